#include "ui/ui.h"

#include "domain/field.h"

/* One tint a field, the same on every screen and slip of colour. */
enum color ui_field_tint(int field)
{
    static const unsigned char tints[FIELD_MAX + 1] = {
        [1] = COLOR_SAND,   [2] = COLOR_PEACH,  [3] = COLOR_MINT,   [4] = COLOR_AQUA,
        [5] = COLOR_SKY,    [6] = COLOR_LILAC,  [7] = COLOR_SAND,   [8] = COLOR_AQUA,
        [9] = COLOR_ROSE,   [10] = COLOR_LEMON, [11] = COLOR_PEACH, [12] = COLOR_LILAC,
        [13] = COLOR_PEACH, [14] = COLOR_ROSE,  [15] = COLOR_SKY,   [16] = COLOR_LEMON,
        [17] = COLOR_LILAC, [18] = COLOR_ROSE,  [19] = COLOR_LEMON, [20] = COLOR_SAND,
        [21] = COLOR_AQUA,  [22] = COLOR_MINT,  [23] = COLOR_SKY,   [24] = COLOR_ROSE,
        [25] = COLOR_SKY,
    };
    return field >= 1 && field <= FIELD_MAX ? (enum color)tints[field] : COLOR_SAND;
}
