#include "platform/rotate.h"

bool rotate_is_sideways(int rotate)
{
    return rotate == 90 || rotate == 270;
}

struct rect rotate_rect(int rotate, int width, int height, struct rect r)
{
    switch (rotate) {
    case 90:
        return rect_make(height - r.y - r.h, r.x, r.h, r.w);
    case 180:
        return rect_make(width - r.x - r.w, height - r.y - r.h, r.w, r.h);
    case 270:
        return rect_make(r.y, width - r.x - r.w, r.h, r.w);
    default:
        return r;
    }
}

void rotate_back(int rotate, int width, int height, int *x, int *y)
{
    int device_x = *x, device_y = *y;
    switch (rotate) {
    case 90:
        *x = device_y;
        *y = height - 1 - device_x;
        break;
    case 180:
        *x = width - 1 - device_x;
        *y = height - 1 - device_y;
        break;
    case 270:
        *x = width - 1 - device_y;
        *y = device_x;
        break;
    default:
        break;
    }
}

void rotate_copy(int rotate, const struct surface *picture, struct surface *device,
                 struct rect r)
{
    r = rect_intersect(r, rect_make(0, 0, picture->width, picture->height));
    struct rect to = rotate_rect(rotate, picture->width, picture->height, r);
    /* How far one step right or down on the picture moves on the device. */
    ptrdiff_t stride = device->stride;
    bool sideways = rotate_is_sideways(rotate);
    ptrdiff_t right = sideways ? stride : 1, down = sideways ? -1 : stride;
    if (rotate >= 180) {
        right = -right;
        down = -down;
    }
    int first_x = rotate == 90 || rotate == 180 ? to.x + to.w - 1 : to.x;
    int first_y = rotate == 180 || rotate == 270 ? to.y + to.h - 1 : to.y;
    for (int y = 0; y < r.h; y++) {
        const uint32_t *from =
            picture->pixels + (ptrdiff_t)(r.y + y) * picture->stride + r.x;
        uint32_t *out = device->pixels + first_y * stride + first_x + y * down;
        for (int x = 0; x < r.w; x++) {
            out[x * right] = from[x];
        }
    }
}
