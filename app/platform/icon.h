/* Pictograms from the assets, drawn once per size and colour and kept while used. */
#ifndef PLATFORM_ICON_H
#define PLATFORM_ICON_H

#include "platform/tile.h"
#include "text/lru.h"

#define ICONS_COST_MAX (1536 * 1024)

struct icons {
    struct lru tiles;
    struct svg svg;  /* room to work in */
    float *cover;    /* grows to the biggest pictogram */
    size_t cover_len;
};

void icons_init(struct icons *icons);
void icons_done(struct icons *icons);
/* Draws pictogram `name` ("back") at (x, y); an unknown or broken one leaves no mark. */
void icons_draw(struct icons *icons, const struct canvas *canvas, struct str name, int x,
                int y, const struct tile_look *look);

#endif
