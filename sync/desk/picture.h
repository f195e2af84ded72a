/* A QR code for people: as a PNG file, and with blocks on a terminal. */
#ifndef DESK_PICTURE_H
#define DESK_PICTURE_H

#include "qr/qr.h"

#include <stdio.h>

/* Mode 0600. ERR_IO. */
enum err picture_write(const char *path, const struct qr *qr) NODISCARD;
void picture_print(FILE *out, const struct qr *qr);

#endif
