/* The picture secret: eight tiles, four of them in an order only one person knows. */
#ifndef SCREENS_PICTURES_H
#define SCREENS_PICTURES_H

#include "screens/screen.h"

struct picture {
    const char *icon;
    enum color tint;
    const char *name; /* German, translated by the caller; spoken */
};

const struct picture *picture_at(int index); /* 0 … PICTURES-1 */
/* Four boxes, as many filled as chosen: never which ones. */
void pictures_row(struct ui *ui, struct rect at, int count);
/* The tiles, two rows of four; each sends MSG_PICTURE. */
void pictures_grid(struct ui *ui, struct rect at);

/* The answer to MSG_PICTURE and MSG_PICTURE_UNDO. */
void pictures_choose(uint8_t pictures[SECRET_PICTURES], int *count, int picture);
void pictures_undo(uint8_t pictures[SECRET_PICTURES], int *count);

#endif
