#include "wire/page.h"

#include "wire/json.h"

#include <sodium.h>
#include <string.h>

static const struct str domain = {"anlauf feed 1", 13};

/* ---- the signature ----------------------------------------------------------------- */

static size_t compose(struct str rows, struct uid centre, const struct wire_page_end *end,
                      char message[KEY_MESSAGE_MAX])
{
    char centre_text[UID_TEXT_SIZE], digest[B64_SIZE(DIGEST_SIZE)];
    uint8_t hash[crypto_hash_sha256_BYTES];
    struct buf b;
    uid_format(centre, centre_text);
    b64_format(end->digest.b, DIGEST_SIZE, digest);
    crypto_hash_sha256(hash, (const unsigned char *)rows.ptr, rows.len);
    buf_init(&b, message, KEY_MESSAGE_MAX - sizeof hash);
    buf_printf(&b, "%s%c%lld%c%lld%c%d%c%lld%c%s%c", centre_text, 0,
               (long long)end->since, 0, (long long)end->to, 0, end->more, 0,
               (long long)end->live, 0, digest, 0);
    memcpy(message + b.len, hash, sizeof hash);
    return b.len + sizeof hash;
}

static void sign(const struct key *server, struct str rows, struct uid centre,
                 const struct wire_page_end *end,
                 uint8_t signature_out[KEY_SIGNATURE_SIZE])
{
    char message[KEY_MESSAGE_MAX];
    size_t len = compose(rows, centre, end, message);
    key_sign(server, domain, (const uint8_t *)message, len, signature_out);
}

static bool is_signed(const struct key_public *server, struct str rows, struct uid centre,
                      const struct wire_page_end *end,
                      const uint8_t signature[KEY_SIGNATURE_SIZE])
{
    char message[KEY_MESSAGE_MAX];
    size_t len = compose(rows, centre, end, message);
    return key_verify(server, domain, (const uint8_t *)message, len, signature);
}

/* ---- writing ----------------------------------------------------------------------- */

void wire_page_row(struct bytes *page, const struct wire_row *row)
{
    bytes_printf(page, "{\"rev\":%lld,\"kind\":", (long long)row->rev);
    bytes_json(page, row->kind);
    bytes_puts(page, ",\"id\":");
    bytes_json(page, row->id);
    bytes_puts(page, ",\"body\":");
    bytes_put(page, row->body.len ? row->body.ptr : "null",
              row->body.len ? row->body.len : 4);
    bytes_puts(page, "}\n");
}

void wire_page_end(struct bytes *page, size_t at, struct uid centre,
                   const struct wire_page_end *end, const struct key *server)
{
    uint8_t signature[KEY_SIGNATURE_SIZE];
    if (page->failed) {
        return;
    }
    CHECK(at <= page->len);
    struct str rows = {bytes_str(page).ptr + at, page->len - at};
    sign(server, rows, centre, end, signature);
    bytes_printf(page, "{\"to\":%lld,\"more\":%d,\"live\":%lld,\"digest\":\"",
                 (long long)end->to, end->more, (long long)end->live);
    bytes_b64(page, end->digest.b, DIGEST_SIZE);
    bytes_puts(page, "\",\"sig\":\"");
    bytes_b64(page, signature, sizeof signature);
    bytes_puts(page, "\"}\n");
}

/* ---- reading ----------------------------------------------------------------------- */

static bool read_body(struct str value, struct str *body_out)
{
    *body_out = str_eq(value, STR("null")) ? (struct str){value.ptr, 0} : value;
    return body_out->len == 0 || value.ptr[0] == '{';
}

static bool read_row(struct str line, struct wire_row *row)
{
    struct json_walk walk = json_walk(line);
    struct str name, value;
    unsigned seen = 0;
    bool good = true;
    while (good && json_walk_next(&walk, &name, &value)) {
        if (str_eq(name, STR("rev"))) {
            seen |= 1;
            good = json_number(value, &row->rev);
        } else if (str_eq(name, STR("kind"))) {
            seen |= 2;
            good = json_plain(value, &row->kind) && row->kind.len > 0;
        } else if (str_eq(name, STR("id"))) {
            seen |= 4;
            good = json_plain(value, &row->id) && row->id.len > 0;
        } else if (str_eq(name, STR("body"))) {
            seen |= 8;
            good = read_body(value, &row->body);
        }
    }
    return good && seen == 15;
}

struct end_line {
    struct wire_page_end end;
    uint8_t signature[KEY_SIGNATURE_SIZE];
};

static bool read_more(struct str value, bool *more_out)
{
    *more_out = str_eq(value, STR("1"));
    return *more_out || str_eq(value, STR("0"));
}

static bool read_end(struct str line, struct end_line *end)
{
    struct json_walk walk = json_walk(line);
    struct str name, value;
    unsigned seen = 0;
    bool good = true;
    while (good && json_walk_next(&walk, &name, &value)) {
        if (str_eq(name, STR("to"))) {
            seen |= 1;
            good = json_number(value, &end->end.to);
        } else if (str_eq(name, STR("more"))) {
            seen |= 2;
            good = read_more(value, &end->end.more);
        } else if (str_eq(name, STR("live"))) {
            seen |= 4;
            good = json_number(value, &end->end.live);
        } else if (str_eq(name, STR("digest"))) {
            seen |= 8;
            good = json_b64(value, end->end.digest.b, DIGEST_SIZE);
        } else if (str_eq(name, STR("sig"))) {
            seen |= 16;
            good = json_b64(value, end->signature, KEY_SIGNATURE_SIZE);
        }
    }
    return good && seen == 31;
}

/* The line at *at, which moves behind its LF; false at the end, or if it is cut. */
static bool next_line(struct str text, size_t *at, struct str *line_out)
{
    const char *from = text.ptr + *at;
    const char *lf = *at < text.len ? memchr(from, '\n', text.len - *at) : NULL;
    if (lf == NULL) {
        return false;
    }
    *line_out = (struct str){from, (size_t)(lf - from)};
    *at += line_out->len + 1;
    return true;
}

static bool is_end(struct str line)
{
    struct json_walk walk = json_walk(line);
    struct str name, value;
    return json_walk_next(&walk, &name, &value) && str_eq(name, STR("to"));
}

/* What was read so far, and where. */
struct reading {
    struct wire_row *rows;
    size_t max, count;
    size_t rows_len, len; /* without the last line, and with it */
    int64_t last;         /* revision */
    struct end_line end;
};

static bool add_row(struct reading *page, struct str line)
{
    struct wire_row *row = &page->rows[page->count];
    if (page->count == page->max || !read_row(line, row) || row->rev <= page->last) {
        return false;
    }
    page->last = row->rev;
    page->count++;
    return true;
}

/* Reads up to the last line. */
static enum err read_lines(struct str text, struct reading *page)
{
    struct str line;
    while (next_line(text, &page->len, &line)) {
        if (!json_object_valid(line)) {
            return ERR_INVALID;
        }
        if (is_end(line)) {
            bool good = read_end(line, &page->end) && page->last <= page->end.end.to;
            return good ? ERR_OK : ERR_INVALID;
        }
        if (!add_row(page, line)) {
            return ERR_INVALID;
        }
        page->rows_len = page->len;
    }
    return ERR_INVALID;
}

/* NOLINTNEXTLINE(readability-function-size): a page is of somebody, since when, by whom. */
enum err wire_page_read(struct str text, struct uid centre, int64_t since,
                        const struct key_public *server, struct wire_row *rows,
                        size_t max, size_t *count_out, struct wire_page_end *end_out,
                        size_t *page_len_out)
{
    struct reading page = {.rows = rows, .max = max, .last = since};
    if (read_lines(text, &page) != ERR_OK) {
        return ERR_INVALID;
    }
    page.end.end.since = since;
    struct str signed_rows = {text.ptr, page.rows_len};
    if (!is_signed(server, signed_rows, centre, &page.end.end, page.end.signature)) {
        return ERR_DENIED;
    }
    *count_out = page.count;
    *end_out = page.end.end;
    if (page_len_out != NULL) {
        *page_len_out = page.len;
    }
    return ERR_OK;
}
