#include "ui/theme.h"

#include "base/check.h"

/* Staff see the paper's colours on a cool grey. */
#define STAFF_PAPER 0xEEEFF6

/* The tints of fields stay in high contrast only as white grounds: shape and words
 * carry the meaning there. */
static const uint32_t themes[][COLOR_COUNT] = {
    [THEME_PAPER] =
        {
            [COLOR_INK] = 0x14162B,   [COLOR_PAPER] = 0xFFF7EA,
            [COLOR_WHITE] = 0xFFFFFF, [COLOR_MUTED] = 0x5A5D78,
            [COLOR_BLITZ] = 0xFFCB1F, [COLOR_INDIGO] = 0x3A2BE0,
            [COLOR_ON_INDIGO] = 0xFFFFFF,
            [COLOR_MINT] = 0xB9F0D2,  [COLOR_SKY] = 0xBFE1FF,
            [COLOR_PEACH] = 0xFFD2B5, [COLOR_LILAC] = 0xDDCDFF,
            [COLOR_LEMON] = 0xFFF0A8, [COLOR_ROSE] = 0xFFC8D7,
            [COLOR_AQUA] = 0xB4EDEE,  [COLOR_SAND] = 0xEBDCC6,
            [COLOR_OK] = 0x0A7A4A,    [COLOR_BAD] = 0xC0242D,
            [COLOR_LINE] = 0xDCDDE6,
        },
    [THEME_CONTRAST] =
        {
            [COLOR_INK] = 0x000000,   [COLOR_PAPER] = 0xFFFFFF,
            [COLOR_WHITE] = 0xFFFFFF, [COLOR_MUTED] = 0x000000,
            [COLOR_BLITZ] = 0xFFCB1F, [COLOR_INDIGO] = 0x000000,
            [COLOR_ON_INDIGO] = 0xFFFFFF,
            [COLOR_MINT] = 0xFFFFFF,  [COLOR_SKY] = 0xFFFFFF,
            [COLOR_PEACH] = 0xFFFFFF, [COLOR_LILAC] = 0xFFFFFF,
            [COLOR_LEMON] = 0xFFFFFF, [COLOR_ROSE] = 0xFFFFFF,
            [COLOR_AQUA] = 0xFFFFFF,  [COLOR_SAND] = 0xFFFFFF,
            [COLOR_OK] = 0x000000,    [COLOR_BAD] = 0x000000,
            [COLOR_LINE] = 0x000000,
        },
};

uint32_t theme_rgb(enum theme theme, enum color color)
{
    CHECK(theme < THEME_COUNT && color < COLOR_COUNT);
    if (theme == THEME_STAFF) {
        return color == COLOR_PAPER ? STAFF_PAPER : themes[THEME_PAPER][color];
    }
    return themes[theme][color];
}
