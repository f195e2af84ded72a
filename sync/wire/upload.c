/* The decompressed body lies where it stays: zstd writes into one stretch of address
 * space and reads its window there, and the lines point into it. So an upload costs what
 * it is long and not a megabyte of window beside it; pages nobody wrote to cost nothing.
 */
#include "wire/upload.h"

#include "wire/words.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define ZSTD_STATIC_LINKING_ONLY /* for ZSTD_d_stableOutBuffer */
#include <zstd.h>

/* Behind each event one check, and the signature. */
#define LINES_MAX (2 * WIRE_EVENTS_MAX + 1)
#define LINES_FIRST 64
#define FRAME_HEADER_MAX 18 /* RFC 8878, 3.1.1 */

/* A line as it was read, in less than half of struct wire_line: there may be thousands. */
struct line_at {
    struct chain_hash hash;
    struct uid id;
    int64_t seq, boot, mono_ms, wall_ms;
    int version;
    uint32_t at;
    uint16_t len, body_at, body_len;
    uint8_t what;
    bool has_id;
    char kind[WIRE_KIND_SIZE];
};

struct wire_upload {
    enum wire_coding coding;
    ZSTD_DCtx *zstd; /* NULL when there is no frame to go on with */
    size_t want;     /* bytes that zstd would like next */
    size_t fed;      /* bytes of this frame that it got */
    char *body;      /* WIRE_UPLOAD_MAX bytes of address space */
    size_t len;      /* of the body so far */
    size_t cut;      /* where the line begins that is not whole yet */
    struct line_at *lines;
    size_t count, size, events;
    struct wire_header header;
    bool has_header, ended; /* ended: a signature came */
    enum err err;           /* sticks */
};

enum err wire_upload_make(enum wire_coding coding, struct wire_upload **upload_out)
{
    struct wire_upload *upload = calloc(1, sizeof *upload);
    if (upload == NULL) {
        return ERR_FULL;
    }
    upload->coding = coding;
    upload->body = mmap(NULL, WIRE_UPLOAD_MAX, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (upload->body == MAP_FAILED) {
        free(upload);
        return ERR_FULL;
    }
    *upload_out = upload;
    return ERR_OK;
}

void wire_upload_free(struct wire_upload *upload)
{
    if (upload != NULL) {
        ZSTD_freeDCtx(upload->zstd);
        munmap(upload->body, WIRE_UPLOAD_MAX);
        free(upload->lines);
        free(upload);
    }
}

/* ---- lines ------------------------------------------------------------------------- */

static enum err make_room(struct wire_upload *upload)
{
    if (upload->count < upload->size) {
        return ERR_OK;
    }
    size_t size = upload->size ? upload->size + upload->size / 2 : LINES_FIRST;
    struct line_at *lines = realloc(upload->lines, size * sizeof *lines);
    if (lines == NULL) {
        return ERR_FULL;
    }
    upload->lines = lines;
    upload->size = size;
    return ERR_OK;
}

static void keep(struct line_at *at, const struct wire_line *line, struct str text,
                 size_t place)
{
    *at = (struct line_at){
        .hash = line->hash,
        .id = line->id,
        .seq = line->seq,
        .boot = line->boot,
        .mono_ms = line->mono_ms,
        .wall_ms = line->wall_ms,
        .version = line->version,
        .at = (uint32_t)place,
        .len = (uint16_t)text.len,
        .body_at = line->body.len > 0 ? (uint16_t)(line->body.ptr - text.ptr) : 0,
        .body_len = (uint16_t)line->body.len,
        .what = (uint8_t)line->what,
        .has_id = line->has_id,
    };
    memcpy(at->kind, line->kind, sizeof at->kind);
}

static enum err add_line(struct wire_upload *upload, struct str text)
{
    struct wire_line line;
    if (upload->ended) {
        return ERR_INVALID;
    }
    if (make_room(upload) != ERR_OK) {
        return ERR_FULL;
    }
    wire_line_parse(text, &line);
    bool is_event = line.what != WIRE_CHECK && line.what != WIRE_SIG;
    if (upload->count == LINES_MAX || (is_event && upload->events == WIRE_EVENTS_MAX)) {
        return ERR_FULL;
    }
    upload->ended = line.what == WIRE_SIG;
    upload->events += is_event;
    keep(&upload->lines[upload->count++], &line, text, (size_t)(text.ptr - upload->body));
    return ERR_OK;
}

static enum err take_line(struct wire_upload *upload, struct str text)
{
    if (text.len > WIRE_LINE_MAX) {
        return ERR_FULL;
    }
    if (upload->has_header) {
        return add_line(upload, text);
    }
    enum err err = wire_header_parse(text, &upload->header);
    upload->has_header = err == ERR_OK;
    return err;
}

/* Takes the lines that became whole with the bytes from `from` on. */
static enum err take_lines(struct wire_upload *upload, size_t from)
{
    const char *lf;
    while ((lf = memchr(upload->body + from, '\n', upload->len - from)) != NULL) {
        const char *line = upload->body + upload->cut;
        enum err err = take_line(upload, (struct str){line, (size_t)(lf - line)});
        if (err != ERR_OK) {
            return err;
        }
        from = upload->cut = (size_t)(lf - upload->body) + 1;
    }
    return upload->len - upload->cut > WIRE_LINE_MAX ? ERR_FULL : ERR_OK;
}

/* ---- bytes ------------------------------------------------------------------------- */

static enum err feed_plain(struct wire_upload *upload, const char *bytes, size_t len)
{
    size_t from = upload->len;
    size_t fits = WIRE_UPLOAD_MAX - from;
    memcpy(upload->body + from, bytes, len < fits ? len : fits);
    upload->len += len < fits ? len : fits;
    enum err err = take_lines(upload, from);
    return err != ERR_OK || len <= fits ? err : ERR_FULL;
}

static enum err open_frame(struct wire_upload *upload)
{
    upload->zstd = ZSTD_createDCtx();
    upload->fed = 0;
    if (upload->zstd == NULL) {
        return ERR_FULL;
    }
    ZSTD_DCtx_setParameter(upload->zstd, ZSTD_d_windowLogMax, WIRE_WINDOW_LOG);
    /* A zstd that knows it no more keeps a window of its own: more memory, else the same.
     */
    ZSTD_DCtx_setParameter(upload->zstd, ZSTD_d_stableOutBuffer, 1);
    if (upload->coding == WIRE_WORDS) {
        struct str words = wire_words();
        ZSTD_DCtx_refPrefix(upload->zstd, words.ptr, words.len);
    }
    return ERR_OK;
}

/* A frame's header goes in byte by byte: given four, a zstd that also reads the formats
 * of old looks for their magic there, whatever stood before, and hands over to old
 * decoders. Later it tells how much it wants for the next block and the header behind it;
 * it is given no more than the block, so that what fails never takes whole blocks before
 * it along. */
static size_t next_size(const struct wire_upload *upload, size_t left)
{
    size_t block_header = 3;
    if (upload->fed < FRAME_HEADER_MAX || upload->want <= block_header) {
        return 1;
    }
    size_t block = upload->want - block_header;
    return block < left ? block : left;
}

static enum err step_zstd(struct wire_upload *upload, ZSTD_inBuffer *in)
{
    size_t from = upload->len;
    ZSTD_outBuffer out = {upload->body, WIRE_UPLOAD_MAX, from};
    if (upload->zstd == NULL && open_frame(upload) != ERR_OK) {
        return ERR_FULL;
    }
    size_t want = ZSTD_decompressStream(upload->zstd, &out, in);
    upload->len = out.pos;
    upload->want = want;
    upload->fed += in->pos;
    enum err err = take_lines(upload, from);
    if (err == ERR_OK && ZSTD_isError(want)) {
        err = out.size - out.pos < ZSTD_BLOCKSIZE_MAX ? ERR_FULL : ERR_INVALID;
    }
    if (want == 0 || err != ERR_OK) {
        ZSTD_freeDCtx(upload->zstd);
        upload->zstd = NULL;
    }
    return err;
}

static enum err feed_zstd(struct wire_upload *upload, const char *bytes, size_t len)
{
    while (len > 0) {
        ZSTD_inBuffer in = {bytes, next_size(upload, len), 0};
        size_t before = upload->len;
        enum err err = step_zstd(upload, &in);
        if (err != ERR_OK) {
            return err;
        }
        if (in.pos == 0 && upload->len == before) {
            return ERR_FULL; /* nowhere to write to */
        }
        bytes += in.pos;
        len -= in.pos;
    }
    return ERR_OK;
}

enum err wire_upload_feed(struct wire_upload *upload, const void *bytes, size_t len)
{
    if (upload->err == ERR_OK && len > 0) {
        upload->err = upload->coding != WIRE_PLAIN ? feed_zstd(upload, bytes, len)
                                                  : feed_plain(upload, bytes, len);
    }
    return upload->err;
}

/* ---- what came --------------------------------------------------------------------- */

const struct wire_header *wire_upload_header(const struct wire_upload *upload)
{
    return upload->has_header ? &upload->header : NULL;
}

size_t wire_upload_count(const struct wire_upload *upload)
{
    return upload->count;
}

static void recall(const struct line_at *at, struct str text, struct wire_line *line)
{
    *line = (struct wire_line){
        .what = (enum wire_line_kind)at->what,
        .hash = at->hash,
        .seq = at->seq,
        .version = at->version,
        .has_id = at->has_id,
        .id = at->id,
        .boot = at->boot,
        .mono_ms = at->mono_ms,
        .wall_ms = at->wall_ms,
        .body = {text.ptr + at->body_at, at->body_len},
    };
    memcpy(line->kind, at->kind, sizeof line->kind);
}

/* Checks and signatures are few: they are read anew. */
void wire_upload_at(const struct wire_upload *upload, size_t i,
                    struct wire_line *line_out, struct str *text_out)
{
    CHECK(i < upload->count);
    const struct line_at *at = &upload->lines[i];
    *text_out = (struct str){upload->body + at->at, at->len};
    if (at->what == WIRE_CHECK || at->what == WIRE_SIG) {
        wire_line_parse(*text_out, line_out);
    } else {
        recall(at, *text_out, line_out);
    }
}

size_t wire_upload_memory(const struct wire_upload *upload)
{
    return sizeof *upload + upload->len + upload->size * sizeof *upload->lines +
           (upload->zstd ? ZSTD_sizeof_DCtx(upload->zstd) : 0);
}
