#include "text/mask.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

bool mask_match(const struct lru_entry *entry, const void *key)
{
    const struct mask *mask = (const struct mask *)entry;
    const struct mask_key *k = key;
    return mask->face == k->run->face && mask->size == k->run->size &&
           mask->script == k->run->script && mask->rtl == (k->run->level % 2 != 0) &&
           mask->len == k->run->len && memcmp(mask->text, k->text, mask->len) == 0;
}

/* ---- making ---- */

static uint8_t cover_at(const SDL_Surface *s, int x, int y)
{
    return ((const uint8_t *)s->pixels)[y * s->pitch + x];
}

static bool row_is_empty(const SDL_Surface *s, int y)
{
    for (int x = 0; x < s->w; x++) {
        if (cover_at(s, x, y) != 0) {
            return false;
        }
    }
    return true;
}

static bool column_is_empty(const SDL_Surface *s, int x)
{
    for (int y = 0; y < s->h; y++) {
        if (cover_at(s, x, y) != 0) {
            return false;
        }
    }
    return true;
}

/* The part of the surface that is not empty; w = h = 0: all is. */
static struct rect find_ink(const SDL_Surface *s)
{
    int top = 0, bottom = s->h, left = 0, right = s->w;
    while (top < bottom && row_is_empty(s, top)) {
        top++;
    }
    while (bottom > top && row_is_empty(s, bottom - 1)) {
        bottom--;
    }
    if (top == bottom) {
        return rect_make(0, 0, 0, 0);
    }
    while (column_is_empty(s, left)) {
        left++;
    }
    while (column_is_empty(s, right - 1)) {
        right--;
    }
    return rect_make(left, top, right - left, bottom - top);
}

/* SDL_ttf moves the base line down where something rises above the face's ascent, and
 * does not tell by how much. */
static int extra_ascent(TTF_Font *font, struct str text, int height)
{
    int ascent = TTF_FontAscent(font), highest = ascent;
    if (height <= TTF_FontHeight(font)) {
        return 0;
    }
    for (size_t at = 0; at < text.len;) {
        int top = 0;
        TTF_GlyphMetrics32(font, utf8_next(text, &at), NULL, NULL, NULL, &top, NULL);
        highest = top > highest ? top : highest;
    }
    return highest - ascent;
}

static struct mask *mask_alloc(const struct mask_key *key, struct rect ink)
{
    size_t stride = ((size_t)ink.w + 7) & ~(size_t)7;
    size_t head = (sizeof(struct mask) + key->run->len + 7) & ~(size_t)7;
    size_t total = head + stride * (size_t)ink.h;
    struct mask *mask = calloc(1, total);
    if (mask) {
        *mask = (struct mask){
            .face = key->run->face, .size = key->run->size, .script = key->run->script,
            .rtl = key->run->level % 2 != 0, .len = key->run->len,
            .w = ink.w, .h = ink.h, .stride = (int)stride,
        };
        mask->entry.cost = total;
        mask->cover = (uint8_t *)mask + head;
        memcpy(mask->text, key->text, key->run->len);
    }
    return mask;
}

static struct mask *mask_of(const SDL_Surface *s, const struct mask_key *key,
                            TTF_Font *font)
{
    struct rect ink = find_ink(s);
    struct str text = {key->text, key->run->len};
    struct mask *mask = mask_alloc(key, ink);
    if (!mask) {
        return NULL;
    }
    mask->x = ink.x;
    mask->y = ink.y - TTF_FontAscent(font) - extra_ascent(font, text, s->h);
    for (int y = 0; y < ink.h; y++) {
        memcpy(mask->cover + y * mask->stride,
               (const uint8_t *)s->pixels + (ink.y + y) * s->pitch + ink.x,
               (size_t)ink.w);
    }
    return mask;
}

struct mask *mask_make(struct fonts *fonts, const struct mask_key *key)
{
    static const SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
    TTF_Font *font = run_font(key->run, fonts);
    /* White on black in 256 steps: each byte is the cover itself. */
    SDL_Surface *s = font ? TTF_RenderUTF8_Shaded(font, key->text, white, black) : NULL;
    if (!s) {
        return NULL;
    }
    struct mask *mask = s->format->BytesPerPixel == 1 ? mask_of(s, key, font) : NULL;
    SDL_FreeSurface(s);
    return mask;
}

/* ---- drawing ---- */

static uint32_t mix(uint32_t below, uint32_t rgb, uint32_t cover)
{
    uint32_t a = cover + (cover >> 7); /* 0 … 256 */
    uint32_t rb = below & 0xFF00FF, g = below & 0x00FF00;
    rb += ((rgb & 0xFF00FF) - rb) * a >> 8;
    g += ((rgb & 0x00FF00) - g) * a >> 8;
    return (rb & 0xFF00FF) | (g & 0x00FF00);
}

static void blit_span(uint32_t *out, const uint8_t *cover, int from, int to, uint32_t rgb)
{
    for (int x = from; x < to; x++) {
        uint32_t c = cover[x];
        if (c == 255) {
            out[x] = rgb;
        } else if (c != 0) {
            out[x] = mix(out[x], rgb, c);
        }
    }
}

/* Eight at a time, because most of a line of text is empty. */
static void blit_row(uint32_t *out, const uint8_t *cover, int from, int to, uint32_t rgb)
{
    for (int x = from & ~7; x < to; x += 8) {
        uint64_t eight;
        memcpy(&eight, cover + x, sizeof eight);
        if (eight != 0) {
            blit_span(out, cover, x > from ? x : from, x + 8 < to ? x + 8 : to, rgb);
        }
    }
}

void mask_blit(const struct mask *mask, struct surface *surface, struct rect clip, int x,
               int y, uint32_t rgb)
{
    struct rect at = rect_make(x + mask->x, y + mask->y, mask->w, mask->h);
    struct rect part = rect_intersect(
        rect_intersect(at, clip), rect_make(0, 0, surface->width, surface->height));
    for (int row = part.y; row < part.y + part.h; row++) {
        uint32_t *out = surface->pixels + (ptrdiff_t)row * surface->stride;
        blit_row(out + at.x, mask->cover + (ptrdiff_t)(row - at.y) * mask->stride,
                 part.x - at.x, part.x + part.w - at.x, rgb);
    }
}
