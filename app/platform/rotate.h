/* A picture shown turned by 0, 90, 180 or 270 degrees clockwise. Pure.
 *
 * "Picture" is what is drawn, "device" what the window shows; width and height are always
 * the picture's. */
#ifndef PLATFORM_ROTATE_H
#define PLATFORM_ROTATE_H

#include "ui/text_paint.h"

/* Are width and height exchanged? */
bool rotate_is_sideways(int rotate);
/* Where a rectangle of the picture is on the device. */
struct rect rotate_rect(int rotate, int width, int height, struct rect r);
/* The picture's pixel at a pixel of the device. */
void rotate_back(int rotate, int width, int height, int *x, int *y);
/* Copies a rectangle of the picture to where it is on the device. */
void rotate_copy(int rotate, const struct surface *picture, struct surface *device,
                 struct rect r);

#endif
