/* Any body of a POST, in pieces of any size: lines or an error, and the same ones as in
 * one piece. The first byte says how: */
#include "wire/upload.h"

#include <string.h>
#include <zstd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum how {
    HOW_ZSTD = 1,   /* the bytes are a zstd stream, else text */
    HOW_PACKED = 2, /* the bytes are text that is sent as zstd */
    HOW_PIECE = 4,  /* and all bits above: the size of a piece, less one */
};

static struct wire_upload *fed(enum wire_coding coding, const uint8_t *data, size_t size,
                               size_t piece, enum err *err_out)
{
    struct wire_upload *upload;
    CHECK(wire_upload_make(coding, &upload) == ERR_OK);
    *err_out = ERR_OK;
    for (size_t at = 0; at < size; at += piece) {
        *err_out =
            wire_upload_feed(upload, data + at, size - at < piece ? size - at : piece);
    }
    CHECK(*err_out == ERR_OK || *err_out == ERR_INVALID || *err_out == ERR_FULL);
    return upload;
}

static bool is_same(const struct wire_line *a, const struct wire_line *b)
{
    return a->what == b->what && chain_eq(&a->hash, &b->hash) && a->seq == b->seq &&
           strcmp(a->kind, b->kind) == 0 && a->version == b->version &&
           a->has_id == b->has_id && uid_eq(a->id, b->id) && a->boot == b->boot &&
           a->mono_ms == b->mono_ms && a->wall_ms == b->wall_ms &&
           str_eq(a->body, b->body) &&
           memcmp(a->check, b->check, sizeof a->check) == 0 &&
           memcmp(a->signature, b->signature, sizeof a->signature) == 0;
}

static void check_line(const struct wire_line *line, struct str text)
{
    struct wire_line again;
    wire_line_parse(text, &again);
    CHECK(is_same(line, &again));
    CHECK(memchr(text.ptr, '\n', text.len) == NULL && text.len <= WIRE_LINE_MAX);
    CHECK(line->what != WIRE_EVENT || (line->body.len >= 2 && line->body.ptr[0] == '{'));
}

static void check_same(const struct wire_upload *a, const struct wire_upload *b)
{
    const struct wire_header *header = wire_upload_header(a);
    CHECK((header == NULL) == (wire_upload_header(b) == NULL));
    CHECK(header == NULL || header->from == wire_upload_header(b)->from);
    CHECK(wire_upload_count(a) == wire_upload_count(b));
    for (size_t i = 0; i < wire_upload_count(a); i++) {
        struct wire_line line, other_line;
        struct str text, other_text;
        wire_upload_at(a, i, &line, &text);
        wire_upload_at(b, i, &other_line, &other_text);
        CHECK(str_eq(text, other_text));
        check_line(&line, text);
    }
}

static void check_coding(enum wire_coding coding, const uint8_t *data, size_t size,
                         size_t piece)
{
    enum err whole_err, err;
    struct wire_upload *whole = fed(coding, data, size, size ? size : 1, &whole_err);
    struct wire_upload *pieces = fed(coding, data, size, piece, &err);
    CHECK(whole_err == err);
    check_same(whole, pieces);
    wire_upload_free(whole);
    wire_upload_free(pieces);
}

static void check_packed(const uint8_t *data, size_t size, size_t piece)
{
    static uint8_t packed[1 << 20];
    enum err text_err, err;
    size_t len = ZSTD_compress(packed, sizeof packed, data, size, 1);
    if (ZSTD_isError(len)) {
        return;
    }
    struct wire_upload *text = fed(WIRE_PLAIN, data, size, size ? size : 1, &text_err);
    struct wire_upload *zstd = fed(WIRE_ZSTD, packed, len, piece, &err);
    CHECK(text_err == err);
    check_same(text, zstd);
    wire_upload_free(text);
    wire_upload_free(zstd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    unsigned how = data[0];
    size_t piece = how / HOW_PIECE + 1;
    if (how & HOW_PACKED) {
        check_packed(data + 1, size - 1, piece);
    } else {
        enum wire_coding coding = how % 3 == 0 ? WIRE_WORDS : WIRE_ZSTD;
        check_coding(how & HOW_ZSTD ? coding : WIRE_PLAIN, data + 1, size - 1, piece);
    }
    return 0;
}
