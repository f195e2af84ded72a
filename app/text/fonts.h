/* Font files, opened when the first character needs them.
 *
 * A face is one file, known by a small number that stays the same for the program's life.
 * Each face is one TTF_Font whose size is turned as needed: what the kiosk draws again
 * and again are pictures of whole runs, so a glyph cache per size would only cost. */
#ifndef TEXT_FONTS_H
#define TEXT_FONTS_H

#include "base/err.h"
#include "ui/text_measure.h"

#include <SDL_ttf.h>

#define FACES_MAX 64

struct face {
    char file[64];     /* without folder */
    bool missing;      /* looked for and not usable */
    void *bytes;       /* the mapped file */
    size_t len;
    TTF_Font *font;
    int size;          /* that `font` is turned to */
};

/* Widths of runs measured lately: a line is measured to be broken, then to be kept. */
#define WIDTHS_MAX 256

struct known_width {
    uint64_t hash;
    int width;
};

struct fonts {
    struct known_width widths[WIDTHS_MAX];
    struct face faces[FACES_MAX];
    int count;
    int main[4];       /* by enum text_weight, then the one for big titles */
};

/* ERR_NOT_FOUND: no font at all. ERR_UNSUPPORTED: SDL_ttf does not start. */
enum err fonts_open(struct fonts *fonts) NODISCARD;
void fonts_close(struct fonts *fonts);
/* The face that a text of this size and weight is set in. */
int fonts_main(const struct fonts *fonts, const struct text_spec *spec);
/* `main`, or where that has no `cp` of this Unicode script ("Arabic"), one that has. */
int fonts_pick(struct fonts *fonts, int main, const char *script, uint32_t cp);
bool fonts_has(struct fonts *fonts, int face, uint32_t cp);
/* The face turned to a size in pixels (em). */
TTF_Font *fonts_use(struct fonts *fonts, int face, int size);

#endif
