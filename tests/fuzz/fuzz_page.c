/* Any bytes as a page: never one without the server's signature. Signed, they are rows in
 * their order, or refused. */
#include "wire/page.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SINCE 480

static struct key server;
static struct uid centre;
static struct wire_row rows[WIRE_PAGE_ROWS];

static enum err read_page(struct str text, size_t *count_out,
                          struct wire_page_end *end_out)
{
    size_t len = 0;
    enum err err = wire_page_read(text, centre, SINCE, &server.public, rows,
                                  WIRE_PAGE_ROWS, count_out, end_out, &len);
    CHECK(err == ERR_OK || err == ERR_INVALID || err == ERR_DENIED);
    CHECK(err != ERR_OK || (len > 0 && len <= text.len));
    return err;
}

static void check_rows(struct str text, size_t count, const struct wire_page_end *end)
{
    int64_t last = SINCE;
    for (size_t i = 0; i < count; i++) {
        CHECK(rows[i].rev > last && rows[i].rev <= end->to);
        CHECK(rows[i].kind.len > 0 && rows[i].id.len > 0);
        CHECK(rows[i].body.ptr >= text.ptr);
        CHECK(rows[i].body.ptr + rows[i].body.len <= text.ptr + text.len);
        last = rows[i].rev;
    }
}

static void check_signed(struct str text)
{
    struct bytes page = {0};
    struct wire_page_end end = {.since = SINCE, .to = 1000, .live = 7}, read;
    size_t count;
    bytes_put(&page, text.ptr, text.len);
    wire_page_end(&page, 0, centre, &end, &server);
    CHECK(!page.failed);
    if (read_page(bytes_str(&page), &count, &read) == ERR_OK) {
        CHECK(read.to == 1000 && read.live == 7 && !read.more);
        check_rows(bytes_str(&page), count, &read);
    }
    bytes_free(&page);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t seed[KEY_SEED_SIZE] = {42};
    struct str text = {(const char *)data, size};
    struct wire_page_end end;
    size_t count;
    key_from_seed(seed, &server);
    CHECK(read_page(text, &count, &end) != ERR_OK);
    check_signed(text);
    return 0;
}
