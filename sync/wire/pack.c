#include "wire/pack.h"

#include "wire/words.h"

#include <stdlib.h>
#include <zstd.h>

/* Lines are long words known from the lines just before, and random salts and ids. So
 * matches of less than six bytes are chance and cost more than they save, and the quickest
 * search with a table that remembers little finds most: the best one finds a tenth more,
 * and takes six times as long. */
#define LEVEL 1
#define MATCH_MIN 6
#define TABLE_LOG 13
#define WINDOW_LOG 18
_Static_assert(WINDOW_LOG <= WIRE_WINDOW_LOG, "within what the protocol allows");

struct wire_pack {
    ZSTD_CCtx *zstd; /* NULL: plain */
    bool words;
    struct bytes body;
    size_t raw;
};

/* As a dictionary of raw bytes, which is what a prefix is in the frame; but read in once,
 * where a prefix would be read in again for each body. */
static enum err know_words(ZSTD_CCtx *zstd)
{
    size_t rc = ZSTD_CCtx_loadDictionary(zstd, wire_words().ptr, wire_words().len);
    return ZSTD_isError(rc) ? ERR_FULL : ERR_OK;
}

static enum err make_zstd(struct wire_pack *pack)
{
    pack->zstd = ZSTD_createCCtx();
    if (pack->zstd == NULL) {
        return ERR_FULL;
    }
    ZSTD_CCtx_setParameter(pack->zstd, ZSTD_c_compressionLevel, LEVEL);
    ZSTD_CCtx_setParameter(pack->zstd, ZSTD_c_windowLog, WINDOW_LOG);
    ZSTD_CCtx_setParameter(pack->zstd, ZSTD_c_minMatch, MATCH_MIN);
    ZSTD_CCtx_setParameter(pack->zstd, ZSTD_c_hashLog, TABLE_LOG);
    /* Chain and signature say more than a checksum would. */
    ZSTD_CCtx_setParameter(pack->zstd, ZSTD_c_checksumFlag, 0);
    ZSTD_CCtx_setParameter(pack->zstd, ZSTD_c_contentSizeFlag, 0);
    return pack->words ? know_words(pack->zstd) : ERR_OK;
}

enum err wire_pack_make(enum wire_coding coding, struct wire_pack **pack_out)
{
    struct wire_pack *pack = calloc(1, sizeof *pack);
    if (pack == NULL) {
        return ERR_FULL;
    }
    pack->words = coding == WIRE_WORDS;
    if (coding != WIRE_PLAIN && make_zstd(pack) != ERR_OK) {
        wire_pack_free(pack);
        return ERR_FULL;
    }
    *pack_out = pack;
    return ERR_OK;
}

void wire_pack_free(struct wire_pack *pack)
{
    if (pack != NULL) {
        ZSTD_freeCCtx(pack->zstd);
        bytes_free(&pack->body);
        free(pack);
    }
}

/* ---- writing ----------------------------------------------------------------------- */

static void compress(struct wire_pack *pack, struct str text, ZSTD_EndDirective how)
{
    ZSTD_inBuffer in = {text.ptr, text.len, 0};
    char memory[4096];
    size_t left;
    do {
        ZSTD_outBuffer out = {memory, sizeof memory, 0};
        left = ZSTD_compressStream2(pack->zstd, &out, &in, how);
        bytes_put(&pack->body, memory, out.pos);
        if (ZSTD_isError(left)) {
            pack->body.failed = true;
        }
    } while (!pack->body.failed &&
             (how == ZSTD_e_continue ? in.pos < in.size : left > 0));
}

static void write_text(struct wire_pack *pack, struct str text, ZSTD_EndDirective how)
{
    pack->raw += text.len;
    if (pack->zstd == NULL) {
        bytes_put(&pack->body, text.ptr, text.len);
    } else if (!pack->body.failed) {
        compress(pack, text, how);
    }
}

/* {"NAME":"…"} with the bytes in base 64. */
static void write_member(struct wire_pack *pack, const char *name, const uint8_t *bytes,
                         size_t len, ZSTD_EndDirective how)
{
    char memory[128], text[B64_SIZE(KEY_SIGNATURE_SIZE)];
    struct buf b;
    CHECK(len <= KEY_SIGNATURE_SIZE);
    b64_format(bytes, len, text);
    buf_init(&b, memory, sizeof memory);
    buf_printf(&b, "{\"%s\":\"%s\"}\n", name, text);
    write_text(pack, buf_str(&b), how);
}

void wire_pack_begin(struct wire_pack *pack, const struct wire_header *header)
{
    char memory[160], check[B64_SIZE(CHAIN_CHECK_SIZE)];
    struct buf b;
    bytes_clear(&pack->body);
    pack->raw = 0;
    if (pack->zstd != NULL) {
        ZSTD_CCtx_reset(pack->zstd, ZSTD_reset_session_only);
    }
    b64_format(header->check, CHAIN_CHECK_SIZE, check);
    buf_init(&b, memory, sizeof memory);
    buf_printf(&b, "{\"from\":%lld,\"check\":\"%s\",\"boot\":%lld,\"mono_ms\":%lld}\n",
               (long long)header->from, check, (long long)header->boot,
               (long long)header->mono_ms);
    write_text(pack, buf_str(&b), ZSTD_e_continue);
}

void wire_pack_line(struct wire_pack *pack, struct str line)
{
    write_text(pack, line, ZSTD_e_continue);
    write_text(pack, STR("\n"), ZSTD_e_continue);
}

void wire_pack_check(struct wire_pack *pack, const struct chain_hash *head)
{
    write_member(pack, "check", head->b, CHAIN_CHECK_SIZE, ZSTD_e_flush);
}

enum err wire_pack_end(struct wire_pack *pack,
                       const uint8_t signature[KEY_SIGNATURE_SIZE])
{
    write_member(pack, "sig", signature, KEY_SIGNATURE_SIZE, ZSTD_e_end);
    return pack->body.failed ? ERR_FULL : ERR_OK;
}

struct str wire_pack_body(const struct wire_pack *pack)
{
    return bytes_str(&pack->body);
}

size_t wire_pack_raw(const struct wire_pack *pack)
{
    return pack->raw;
}
