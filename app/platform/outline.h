/* Answers around a circle: tinted inside, lines, a mark on each corner. */
#ifndef PLATFORM_OUTLINE_H
#define PLATFORM_OUTLINE_H

#include "platform/pixels.h"
#include "ui/frame.h"

/* Corners of which a neighbour is missing have their mark only. */
void outline_draw(const struct canvas *canvas, const struct draw *draw, enum theme theme);

#endif
