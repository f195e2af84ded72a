/* Colours by their role. A theme is a table of them. */
#ifndef UI_THEME_H
#define UI_THEME_H

#include <stdint.h>

enum color {
    COLOR_NONE, /* nothing is drawn */
    COLOR_INK,
    COLOR_PAPER, /* the ground of a screen */
    COLOR_WHITE, /* the ground of cards and buttons */
    COLOR_MUTED,
    COLOR_BLITZ,
    COLOR_INDIGO,
    COLOR_ON_INDIGO, /* text on indigo and on ink */
    COLOR_MINT, COLOR_SKY, COLOR_PEACH, COLOR_LILAC,
    COLOR_LEMON, COLOR_ROSE, COLOR_AQUA, COLOR_SAND,
    COLOR_OK,
    COLOR_BAD,
    COLOR_LINE, /* hair lines in lists */
    COLOR_COUNT
};

enum theme { THEME_PAPER, THEME_CONTRAST, THEME_STAFF, THEME_COUNT };

/* 0x00RRGGBB. COLOR_NONE gives 0. */
uint32_t theme_rgb(enum theme theme, enum color color);

#endif
