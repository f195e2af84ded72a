#include "platform/pixels.h"

#include <string.h>

/* Four pixels at once, on x86 and ARM alike, without asking for -O3. */
typedef uint32_t four __attribute__((vector_size(16), aligned(4), may_alias));

static void fill(uint32_t *out, int count, uint32_t rgb)
{
    four value = {rgb, rgb, rgb, rgb};
    for (; count >= 32; count -= 32, out += 32) {
        four *to = (four *)out;
        to[0] = value;
        to[1] = value;
        to[2] = value;
        to[3] = value;
        to[4] = value;
        to[5] = value;
        to[6] = value;
        to[7] = value;
    }
    for (; count >= 4; count -= 4, out += 4) {
        *(four *)out = value;
    }
    for (int i = 0; i < count; i++) {
        out[i] = rgb;
    }
}

void pixels_fill(const struct canvas *canvas, int y, int x0, int x1, uint32_t rgb)
{
    struct rect clip = canvas->clip;
    x0 = x0 > clip.x ? x0 : clip.x;
    x1 = x1 < clip.x + clip.w ? x1 : clip.x + clip.w;
    if (y >= clip.y && y < clip.y + clip.h && x0 < x1) {
        fill(pixels_row(canvas, y) + x0, x1 - x0, rgb);
    }
}

void pixels_fill_rect(const struct canvas *canvas, struct rect rect, uint32_t rgb)
{
    struct rect part = rect_intersect(rect, canvas->clip);
    for (int y = part.y; y < part.y + part.h; y++) {
        fill(pixels_row(canvas, y) + part.x, part.w, rgb);
    }
}

void pixels_cover(const struct canvas *canvas, int y, int x, int count,
                  const uint8_t *cover, int step, uint32_t rgb)
{
    struct rect clip = canvas->clip;
    uint32_t *row = pixels_row(canvas, y);
    if (y < clip.y || y >= clip.y + clip.h) {
        return;
    }
    for (int i = 0; i < count; i++) {
        if (x + i >= clip.x && x + i < clip.x + clip.w) {
            row[x + i] = pixels_mix(row[x + i], rgb, cover[i * step]);
        }
    }
}
