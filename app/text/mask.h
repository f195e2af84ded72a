/* The picture of a run: how much each pixel is covered, cut to what is not empty. */
#ifndef TEXT_MASK_H
#define TEXT_MASK_H

#include "text/lru.h"
#include "text/run.h"
#include "ui/text_paint.h"

struct mask {
    struct lru_entry entry; /* first */
    int face, size, script;
    bool rtl;
    uint32_t len;
    int x, y;      /* of the top left pixel, from the run's origin on the base line */
    int w, h;
    int stride;    /* bytes a row, a multiple of 8; beyond w they are 0 */
    uint8_t *cover; /* in this block, 8-aligned */
    char text[];
};

struct mask_key {
    const struct run *run;
    const char *text;
};

lru_match mask_match; /* key: struct mask_key */
/* NULL: no memory, or the face cannot draw it. */
struct mask *mask_make(struct fonts *fonts, const struct mask_key *key);
/* Puts it at (x, y), the origin on the base line. */
void mask_blit(const struct mask *mask, struct surface *surface, struct rect clip, int x,
               int y, uint32_t rgb);

#endif
