/* One job's item as bytes: it will be sealed, so its form must be exact and old ones must
 * stay readable. Numbers are big-endian. */
#include "domain/sheet.h"

#include "base/utf8.h"

#include <string.h>

#define ITEM_VERSION 1
#define FLAG_MISSED 1u
#define FLAG_CONFIRMED 2u
#define FLAG_SELF 4u
#define FLAG_SITE 8u
#define FLAGS_ALL 15u
#define STRENGTH_CHARS_MAX 120
#define TITLE_CHARS_MAX 60

/* The years that a date of an item can have. */
static bool date_fits(date_t date)
{
    return date >= 0 && date <= date_from_ymd(2199, 12, 31);
}

static bool text_fits(const char *text, size_t size, size_t chars_max)
{
    char clean[SHEET_WORDS_SIZE];
    size_t len = strnlen(text, size);
    struct str s = {text, len};
    return len < size &&
           str_eq((struct str){clean, utf8_clean(clean, sizeof clean, s, chars_max)}, s);
}

static bool view_fits(bool has, const struct evaluation_view *view, enum form_side side)
{
    return !has ||
           (view->side == side && view->form >= 1 && view->form <= FORM_VERSION_MAX);
}

static bool next_fits(const struct sheet_item *item)
{
    if (item->next_aspect == -1) {
        return item->next_index == -1;
    }
    return item->has_self && item->next_aspect >= 0 &&
           item->next_aspect < FORM_ASPECTS_MAX && item->next_index >= 0 &&
           item->next_index < FORM_NEXT_MAX;
}

bool sheet_item_valid(const struct sheet_item *item)
{
    return !uid_is_nil(item->job) && item->revision >= 0 && item->revision <= 65535 &&
           date_fits(item->date) && item->start >= 0 && item->start < item->end &&
           item->end <= MINUTES_PER_DAY && item->field >= 0 && item->field <= FIELD_MAX &&
           item->minutes >= 0 && item->minutes <= SHEET_MINUTES_MAX &&
           text_fits(item->title, sizeof item->title, TITLE_CHARS_MAX) &&
           text_fits(item->strength, sizeof item->strength, STRENGTH_CHARS_MAX) &&
           view_fits(item->has_self, &item->self, SIDE_SELF) &&
           view_fits(item->has_site, &item->site, SIDE_SITE) && next_fits(item);
}

/* ---- writing ---- */

struct writer {
    uint8_t *at;
};

static void put(struct writer *w, uint32_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--) {
        *w->at++ = (uint8_t)(value >> (8 * i));
    }
}

static void put_bytes(struct writer *w, const void *bytes, size_t len)
{
    memcpy(w->at, bytes, len);
    w->at += len;
}

static void put_text(struct writer *w, const char *text)
{
    size_t len = strlen(text);
    put(w, (uint32_t)len, 2);
    put_bytes(w, text, len);
}

static void put_view(struct writer *w, bool has, const struct evaluation_view *view)
{
    if (has) {
        evaluation_view_encode(view, w->at);
        w->at += EVALUATION_VIEW_BYTES;
    }
}

static uint32_t flags_of(const struct sheet_item *item)
{
    return (item->missed ? FLAG_MISSED : 0) | (item->confirmed ? FLAG_CONFIRMED : 0) |
           (item->has_self ? FLAG_SELF : 0) | (item->has_site ? FLAG_SITE : 0);
}

size_t sheet_item_encode(const struct sheet_item *item, uint8_t *out, size_t size)
{
    CHECK(size >= SHEET_ITEM_BYTES_MAX && sheet_item_valid(item));
    struct writer w = {out};
    put(&w, ITEM_VERSION, 1);
    put(&w, flags_of(item), 1);
    put(&w, (uint32_t)item->revision, 2);
    put_bytes(&w, item->job.b, sizeof item->job.b);
    put(&w, (uint32_t)item->date, 4);
    put(&w, (uint32_t)item->start, 2);
    put(&w, (uint32_t)item->end, 2);
    put(&w, (uint32_t)item->field, 1);
    put(&w, (uint32_t)item->minutes, 2);
    put(&w, (uint32_t)(item->next_aspect + 1), 1);
    put(&w, (uint32_t)(item->next_index + 1), 1);
    put_bytes(&w, item->words.b, sizeof item->words.b);
    put_view(&w, item->has_self, &item->self);
    put_view(&w, item->has_site, &item->site);
    put_text(&w, item->title);
    put_text(&w, item->strength);
    return (size_t)(w.at - out);
}

/* ---- reading ---- */

struct reader {
    const uint8_t *at;
    size_t left;
    bool failed; /* the first fault; everything after it reads as 0 */
};

static const uint8_t *take_bytes(struct reader *r, size_t len)
{
    if (r->failed || r->left < len) {
        r->failed = true;
        return NULL;
    }
    const uint8_t *bytes = r->at;
    r->at += len;
    r->left -= len;
    return bytes;
}

static uint32_t take(struct reader *r, int count)
{
    const uint8_t *bytes = take_bytes(r, (size_t)count);
    uint32_t value = 0;
    for (int i = 0; bytes && i < count; i++) {
        value = value << 8 | bytes[i];
    }
    return value;
}

static void take_uid(struct reader *r, struct uid *id)
{
    const uint8_t *bytes = take_bytes(r, sizeof id->b);
    if (bytes) {
        memcpy(id->b, bytes, sizeof id->b);
    }
}

static void take_text(struct reader *r, char *out, size_t size)
{
    size_t len = take(r, 2);
    const uint8_t *bytes = take_bytes(r, len);
    if (!bytes || len >= size || memchr(bytes, 0, len)) {
        r->failed = true;
        return;
    }
    memcpy(out, bytes, len);
    out[len] = '\0';
}

static void take_view(struct reader *r, bool has, struct evaluation_view *view)
{
    const uint8_t *bytes = has ? take_bytes(r, EVALUATION_VIEW_BYTES) : NULL;
    if (bytes && evaluation_view_decode(bytes, EVALUATION_VIEW_BYTES, view) != ERR_OK) {
        r->failed = true;
    }
}

static void take_head(struct reader *r, struct sheet_item *item)
{
    uint32_t flags = take(r, 1);
    r->failed = r->failed || flags > FLAGS_ALL;
    item->missed = flags & FLAG_MISSED;
    item->confirmed = flags & FLAG_CONFIRMED;
    item->has_self = flags & FLAG_SELF;
    item->has_site = flags & FLAG_SITE;
    item->revision = (int)take(r, 2);
    take_uid(r, &item->job);
    uint32_t date = take(r, 4);
    r->failed = r->failed || date > INT32_MAX;
    item->date = (date_t)(date & INT32_MAX);
    item->start = (int)take(r, 2);
    item->end = (int)take(r, 2);
    item->field = (int)take(r, 1);
    item->minutes = (int)take(r, 2);
    item->next_aspect = (int)take(r, 1) - 1;
    item->next_index = (int)take(r, 1) - 1;
    take_uid(r, &item->words);
}

enum err sheet_item_decode(const uint8_t *bytes, size_t len, struct sheet_item *item_out)
{
    struct reader r = {bytes, len, false};
    struct sheet_item item;
    uint32_t version = take(&r, 1);
    if (!r.failed && version > ITEM_VERSION) {
        return ERR_UNSUPPORTED;
    }
    memset(&item, 0, sizeof item);
    evaluation_view_init(&item.self, SIDE_SELF, 0);
    evaluation_view_init(&item.site, SIDE_SITE, 0);
    take_head(&r, &item);
    take_view(&r, item.has_self, &item.self);
    take_view(&r, item.has_site, &item.site);
    take_text(&r, item.title, sizeof item.title);
    take_text(&r, item.strength, sizeof item.strength);
    if (r.failed || r.left > 0 || version != ITEM_VERSION || !sheet_item_valid(&item)) {
        return ERR_INVALID;
    }
    *item_out = item;
    return ERR_OK;
}
