#include "text/text.h"

#include "text/layout.h"
#include "text/mask.h"

#include <stdlib.h>
#include <string.h>

#define LAYOUTS_COST_MAX (512 * 1024)
#define MASKS_COST_MAX (2 * 1024 * 1024)

/* Inter's capitals are 1490/2048 em high; a line's capitals stand in its middle. */
#define CAP_NUM 1490
#define CAP_DEN 2048

struct text {
    struct fonts fonts;
    struct lru layouts, masks;
    struct layout_work work;
};

static void free_entry(struct lru_entry *entry)
{
    free(entry);
}

enum err text_open(struct buf *why, struct text **text_out)
{
    struct text *text = calloc(1, sizeof *text);
    if (!text) {
        buf_puts(why, "no memory for text");
        return ERR_FULL;
    }
    enum err err = fonts_open(&text->fonts);
    if (err != ERR_OK) {
        buf_puts(why, err == ERR_NOT_FOUND
                          ? "no font found: install fonts-inter and fonts-noto-core"
                          : "SDL_ttf does not start");
        free(text);
        return err;
    }
    lru_init(&text->layouts, LAYOUTS_COST_MAX, free_entry);
    lru_init(&text->masks, MASKS_COST_MAX, free_entry);
    *text_out = text;
    return ERR_OK;
}

void text_close(struct text *text)
{
    if (text) {
        lru_done(&text->layouts);
        lru_done(&text->masks);
        fonts_close(&text->fonts);
        free(text);
    }
}

static const struct layout *get_layout(struct text *text, const struct layout_key *key)
{
    uint64_t hash = layout_hash(key);
    struct lru_entry *entry = lru_find(&text->layouts, hash, layout_match, key);
    if (entry) {
        return (const struct layout *)entry;
    }
    struct layout *layout = layout_make(&text->work, &text->fonts, key);
    if (layout) {
        lru_put(&text->layouts, &layout->entry, hash, layout->entry.cost);
    }
    return layout;
}

static const struct mask *get_mask(struct text *text, const struct mask_key *key)
{
    struct lru_entry *entry = lru_find(&text->masks, key->run->hash, mask_match, key);
    if (entry) {
        return (const struct mask *)entry;
    }
    struct mask *mask = mask_make(&text->fonts, key);
    if (mask) {
        lru_put(&text->masks, &mask->entry, key->run->hash, mask->entry.cost);
    }
    return mask;
}

static bool can_show(const struct text_spec *spec)
{
    return spec->size > 0 && spec->size <= 512;
}

static void measure(void *ctx, const struct text_spec *spec, struct str s, int width_max,
                    int lines_max, struct text_box *box_out)
{
    struct layout_key key = {*spec, width_max, lines_max, s};
    const struct layout *layout = can_show(spec) ? get_layout(ctx, &key) : NULL;
    *box_out = layout ? layout->box : (struct text_box){0};
}

struct text_measure text_measure(struct text *text)
{
    return (struct text_measure){measure, text};
}

/* Where and how a text goes into pixels. */
struct brush {
    struct surface *surface;
    struct rect clip, rect;
    int align;
    uint32_t rgb;
};

static void paint_line(struct text *text, const struct layout *layout,
                       const struct line *line, const struct brush *brush, int x, int y)
{
    for (int i = 0; i < line->run_count; i++) {
        const struct run *run = &layout->runs[line->first_run + i];
        struct mask_key key = {run, layout->bytes + run->text};
        const struct mask *mask = get_mask(text, &key);
        if (mask) {
            mask_blit(mask, brush->surface, brush->clip, x + run->x, y, brush->rgb);
        }
    }
}

static int line_x(struct rect rect, int align, int width)
{
    int gap = rect.w - width;
    return rect.x + (align == 1 ? gap : align == 2 ? gap / 2 : 0);
}

/* From a line's top to its base line. */
static int base_line(const struct text_spec *spec)
{
    return (spec->line_height * CAP_DEN + spec->size * CAP_NUM + CAP_DEN) / (2 * CAP_DEN);
}

/* Can any pixel of the line at `top` be inside the clip? Accents and tails reach out. */
static bool is_seen(const struct text_spec *spec, int top, struct rect clip)
{
    int reach = spec->line_height + spec->size;
    return top + spec->line_height + reach > clip.y && top - reach < clip.y + clip.h;
}

static void paint_layout(struct text *text, const struct layout *layout,
                         const struct brush *brush)
{
    const struct text_spec *spec = &layout->key.spec;
    for (int i = 0; i < layout->box.lines; i++) {
        const struct line *line = &layout->lines[i];
        int top = brush->rect.y + i * spec->line_height;
        if (is_seen(spec, top, brush->clip)) {
            paint_line(text, layout, line, brush,
                       line_x(brush->rect, brush->align, line->width),
                       top + base_line(spec));
        }
    }
}

/* Its shape is the contract of ui/text_paint.h.
 * NOLINTNEXTLINE(readability-function-size) */
static void paint(void *ctx, struct surface *surface, struct rect clip, struct rect rect,
                  const struct text_spec *spec, int align, int lines_max, struct str s,
                  uint32_t rgb)
{
    struct layout_key key = {*spec, rect.w, lines_max, s};
    const struct layout *layout = can_show(spec) ? get_layout(ctx, &key) : NULL;
    struct brush brush = {surface, clip, rect, align, rgb};
    if (layout) {
        paint_layout(ctx, layout, &brush);
    }
}

struct text_paint text_paint(struct text *text)
{
    return (struct text_paint){paint, text};
}

void text_inspect(struct text *text, const struct text_spec *spec, struct str s,
                  int width_max, int lines_max, struct buf *out)
{
    struct layout_key key = {*spec, width_max, lines_max, s};
    const struct layout *layout = get_layout(text, &key);
    for (int i = 0; layout && i < layout->box.lines; i++) {
        const struct line *line = &layout->lines[i];
        for (int k = 0; k < line->run_count; k++) {
            const struct run *run = &layout->runs[line->first_run + k];
            buf_printf(out, "%s%s %s ", k > 0 ? ", " : "",
                       run->level % 2 ? "rtl" : "ltr", text->fonts.faces[run->face].file);
            buf_json(out, (struct str){layout->bytes + run->text, run->len});
        }
        buf_putc(out, '\n');
    }
}

size_t text_cache_bytes(const struct text *text)
{
    return text->layouts.cost + text->masks.cost;
}
