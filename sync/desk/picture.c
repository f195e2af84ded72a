#include "desk/picture.h"

#include <fcntl.h>
#include <png.h>
#include <setjmp.h>
#include <string.h>
#include <unistd.h>

#define MODULE_PIXELS 8
#define SIDE_MAX ((QR_SIZE_MAX + 2 * QR_QUIET) * MODULE_PIXELS)
#define ROW_SIZE ((SIDE_MAX + 7) / 8)

/* One bit a pixel, 1 is white. */
static void pack_row(uint8_t row[ROW_SIZE], const struct qr *qr, int y)
{
    int side = (qr->size + 2 * QR_QUIET) * MODULE_PIXELS;
    memset(row, 0, ROW_SIZE);
    for (int x = 0; x < side; x++) {
        if (!qr_is_dark(qr, x / MODULE_PIXELS - QR_QUIET, y / MODULE_PIXELS - QR_QUIET)) {
            row[x / 8] |= (uint8_t)(0x80 >> x % 8);
        }
    }
}

static void write_rows(png_structp png, png_infop info, const struct qr *qr)
{
    uint8_t row[ROW_SIZE];
    int side = (qr->size + 2 * QR_QUIET) * MODULE_PIXELS;
    png_set_IHDR(png, info, (png_uint_32)side, (png_uint_32)side, 1, PNG_COLOR_TYPE_GRAY,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    for (int y = 0; y < side; y++) {
        pack_row(row, qr, y);
        png_write_row(png, row);
    }
    png_write_end(png, info);
}

static bool write_png(png_structp png, FILE *file, const struct qr *qr)
{
    png_infop info = png_create_info_struct(png);
    bool done = false;
    /* libpng comes back here when it fails; nothing set before is changed after. */
    if (info && setjmp(png_jmpbuf(png)) == 0) {
        png_init_io(png, file);
        write_rows(png, info, qr);
        done = true;
    }
    png_destroy_write_struct(&png, &info);
    return done;
}

enum err picture_write(const char *path, const struct qr *qr)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *file = fd >= 0 ? fdopen(fd, "wb") : NULL;
    if (file == NULL) {
        return ERR_IO;
    }
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    volatile bool written = png && write_png(png, file, qr);
    if (fclose(file) != 0) {
        written = false;
    }
    if (!written) {
        (void)unlink(path);
    }
    return written ? ERR_OK : ERR_IO;
}

/* Two modules a character, one above the other; light on dark, as terminals are. */
void picture_print(FILE *out, const struct qr *qr)
{
    static const char *const blocks[] = {"█", "▄", "▀", " "};
    for (int y = -QR_QUIET; y < qr->size + QR_QUIET; y += 2) {
        for (int x = -QR_QUIET; x < qr->size + QR_QUIET; x++) {
            int dark = qr_is_dark(qr, x, y) + 2 * qr_is_dark(qr, x, y + 1);
            fputs(blocks[dark], out);
        }
        fputc('\n', out);
    }
}
