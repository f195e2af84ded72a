/* Pictures of screens as PNG files. */
#include "platform/raster.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

static void pack_row(uint8_t *out, const uint32_t *pixels, int width)
{
    for (int x = 0; x < width; x++) {
        *out++ = (uint8_t)(pixels[x] >> 16);
        *out++ = (uint8_t)(pixels[x] >> 8);
        *out++ = (uint8_t)pixels[x];
    }
}

static void write_rows(png_structp png, png_infop info, const struct surface *surface,
                       uint8_t *row)
{
    png_set_IHDR(png, info, (png_uint_32)surface->width, (png_uint_32)surface->height, 8,
                 PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 3);
    png_set_filter(png, 0, PNG_FILTER_NONE); /* flat colours: smallest so, and fastest */
    png_write_info(png, info);
    for (int y = 0; y < surface->height; y++) {
        pack_row(row, surface->pixels + (ptrdiff_t)y * surface->stride, surface->width);
        png_write_row(png, row);
    }
    png_write_end(png, info);
}

static bool write_png(png_structp png, FILE *file, const struct surface *surface)
{
    png_infop info = png_create_info_struct(png);
    uint8_t *row = malloc((size_t)surface->width * 3);
    bool done = false;
    /* libpng comes back here when it fails; nothing set before is changed after. */
    if (info && row && setjmp(png_jmpbuf(png)) == 0) {
        png_init_io(png, file);
        write_rows(png, info, surface, row);
        done = true;
    }
    free(row);
    png_destroy_write_struct(&png, &info);
    return done;
}

enum err png_write(const char *path, const struct surface *surface)
{
    FILE *file = fopen(path, "wb");
    if (!file) {
        return ERR_IO;
    }
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    volatile bool written = png && write_png(png, file, surface);
    if (fclose(file) != 0) {
        written = false;
    }
    if (!written) {
        remove(path);
    }
    return written ? ERR_OK : ERR_IO;
}
