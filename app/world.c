#include "world.h"

#include "platform/raster.h"
#include "qr/qr.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>

#define MODULE_PIXELS 8
#define WHITE 0xFFFFFF

void world_boot_id(char out[BOOT_ID_SIZE])
{
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");
    out[0] = '\0';
    if (file == NULL) {
        return;
    }
    if (fgets(out, BOOT_ID_SIZE, file) != NULL) {
        out[strcspn(out, "\n")] = '\0';
    }
    fclose(file);
}

/* Adds a small file's text, if there is one. */
static bool add_file(crypto_generichash_state *hash, const char *path)
{
    char text[128];
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return false;
    }
    size_t len = fread(text, 1, sizeof text, file);
    fclose(file);
    crypto_generichash_update(hash, (const uint8_t *)text, len);
    return len > 0;
}

void world_machine(char out[MACHINE_SIZE])
{
    /* An image written to a second card has the same machine id, but another card. */
    static const char *const paths[] = {"/etc/machine-id",
                                        "/sys/block/mmcblk0/device/cid"};
    uint8_t id[(MACHINE_SIZE - 1) / 2];
    crypto_generichash_state hash;
    bool known = false;
    crypto_generichash_init(&hash, NULL, 0, sizeof id);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        known = add_file(&hash, paths[i]) || known;
    }
    crypto_generichash_final(&hash, id, sizeof id);
    out[0] = '\0';
    if (known) {
        sodium_bin2hex(out, MACHINE_SIZE, id, sizeof id);
    }
}

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
