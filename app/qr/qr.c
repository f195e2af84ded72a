#include "qr/qr.h"

#include "base/utf8.h"

#include <qrencode.h>
#include <string.h>

static const char alphanumeric[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

static bool is_alphanumeric(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!text.ptr[i] || !strchr(alphanumeric, text.ptr[i])) {
            return false;
        }
    }
    return true;
}

static enum err take(const QRcode *code, struct qr *qr_out)
{
    if (!code) {
        return ERR_FULL;
    }
    if (code->width > QR_SIZE_MAX) {
        return ERR_FULL;
    }
    qr_out->size = code->width;
    for (int i = 0; i < code->width * code->width; i++) {
        qr_out->modules[i] = code->data[i] & 1;
    }
    return ERR_OK;
}

enum err qr_encode(struct str text, struct qr *qr_out)
{
    /* More bytes than any version up to 20 holds: refused before the long way round. */
    const size_t chars_max = 970;
    if (text.len == 0 || !utf8_valid(text)) {
        return ERR_INVALID;
    }
    QRinput *input = text.len <= chars_max ? QRinput_new2(0, QR_ECLEVEL_M) : NULL;
    if (!input) {
        return ERR_FULL;
    }
    QRencodeMode mode = is_alphanumeric(text) ? QR_MODE_AN : QR_MODE_8;
    QRcode *code = NULL;
    if (QRinput_append(input, mode, (int)text.len, (const unsigned char *)text.ptr) == 0) {
        code = QRcode_encodeInput(input);
    }
    enum err err = take(code, qr_out);
    QRcode_free(code);
    QRinput_free(input);
    return err;
}

bool qr_is_dark(const struct qr *qr, int x, int y)
{
    if (x < 0 || y < 0 || x >= qr->size || y >= qr->size) {
        return false;
    }
    return qr->modules[y * qr->size + x] != 0;
}
