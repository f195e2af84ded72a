#include "world.h"

#include "platform/raster.h"
#include "qr/qr.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/timex.h>

#define MODULE_PIXELS 8
#define WHITE 0xFFFFFF

int64_t world_clock_error_ms(void *ctx)
{
    struct timex times = {.modes = 0};
    (void)ctx;
    int state = adjtimex(&times);
    if (state < 0 || state == TIME_ERROR || (times.status & STA_UNSYNC) != 0) {
        return INT64_MAX;
    }
    return times.maxerror / 1000 + 1;
}

enum err world_read_file(const char *path, size_t max, char **text_out, size_t *len_out)
{
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return ERR_NOT_FOUND;
    }
    enum err err = ERR_FULL;
    char *text = malloc(max + 1);
    if (text != NULL) {
        size_t len = fread(text, 1, max + 1, file);
        err = ferror(file) ? ERR_IO : len > max ? ERR_FULL : ERR_OK;
        if (err == ERR_OK) {
            text[len] = '\0';
            *text_out = text;
            *len_out = len;
        } else {
            free(text);
        }
    }
    fclose(file);
    return err;
}

static void paint(const struct qr *qr, struct surface *surface)
{
    for (int y = 0; y < surface->height; y++) {
        for (int x = 0; x < surface->width; x++) {
            bool dark = qr_is_dark(qr, x / MODULE_PIXELS - QR_QUIET,
                                   y / MODULE_PIXELS - QR_QUIET);
            surface->pixels[y * surface->stride + x] = dark ? 0 : WHITE;
        }
    }
}

enum err world_write_qr(const char *path, struct str text)
{
    struct qr qr;
    enum err err = qr_encode(text, &qr);
    if (err != ERR_OK) {
        return err;
    }
    int side = (qr.size + 2 * QR_QUIET) * MODULE_PIXELS;
    struct surface surface = {calloc((size_t)side * (size_t)side, sizeof(uint32_t)), side,
                              side, side};
    if (surface.pixels == NULL) {
        return ERR_FULL;
    }
    paint(&qr, &surface);
    err = png_write(path, &surface);
    free(surface.pixels);
    return err;
}
