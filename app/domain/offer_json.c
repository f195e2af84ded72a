#include "domain/offer_json.h"

#include "domain/field.h"
#include "domain/json_read.h"

#include <string.h>

#define TITLE_CHARS_MAX 60
#define TEXT_CHARS_MAX 300
#define PLACE_CHARS_MAX 60
#define DISTRICT_CHARS_MAX 40
#define LOAD_KG_MAX 200
#define TAKEN_MAX 9999 /* at the centre, where places may have become fewer since */

enum source { FROM_FILE, FROM_FEED };

static const char *const names[] = {
    "code",
    "title",
    "text",
    "field",
    "district",
    "place",
    "date",
    "weekday",
    "start",
    "end",
    "hours",
    "break_minutes",
    "cents_per_hour",
    "places",
    "taken",
    "min_age",
    "site_kind",
    "work_kind",
    "load_kg",
    "dangerous",
    "paced",
    "walk_minutes",
    "adult_present",
    "alcohol_tobacco",
    "after_full_time_schooling",
    "at_once",
};

static bool code_char(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

static bool read_code(const struct json_node *node, struct offer *o)
{
    struct str code;
    if (!json_read_str(node, "code", JSON_REQUIRED, &code)) {
        return false;
    }
    bool ok = code.len > 0 && code.len < sizeof o->code;
    for (size_t i = 0; ok && i < code.len; i++) {
        ok = code_char(code.ptr[i]);
    }
    if (!ok || !str_copy(o->code, sizeof o->code, code)) {
        return json_read_fail(node, "code", "must be 1 to %zu of A-Z, 0-9 and -",
                              sizeof o->code - 1);
    }
    return true;
}

static bool read_texts(const struct json_node *node, struct offer *o)
{
    return json_read_text(node, "title", JSON_REQUIRED, TITLE_CHARS_MAX, o->title,
                          sizeof o->title) &&
           json_read_text(node, "text", JSON_REQUIRED, TEXT_CHARS_MAX, o->text,
                          sizeof o->text) &&
           json_read_text(node, "place", JSON_OPTIONAL, PLACE_CHARS_MAX, o->place,
                          sizeof o->place) &&
           json_read_text(node, "district", JSON_REQUIRED, DISTRICT_CHARS_MAX,
                          o->district, sizeof o->district);
}

/* A word of a fixed list, by its number; `first` is the smallest good one. */
static bool read_word(const struct json_node *node, const char *key,
                      int (*from_name)(struct str), int first, int *out)
{
    struct str word;
    if (!json_read_str(node, key, JSON_REQUIRED, &word)) {
        return false;
    }
    *out = from_name(word);
    return *out >= first || json_read_fail(node, key, "is not a known word");
}

static bool read_words(const struct json_node *node, struct offer *o)
{
    int site, work;
    if (!read_word(node, "field", field_from_code, 1, &o->field) ||
        !read_word(node, "site_kind", site_kind_from_name, 0, &site) ||
        !read_word(node, "work_kind", work_kind_from_name, 0, &work)) {
        return false;
    }
    o->work.site_kind = (enum site_kind)site;
    o->work.work_kind = (enum work_kind)work;
    return true;
}

static bool read_day(const struct json_node *node, date_t today, struct offer *o)
{
    bool date = json_read_has(node, "date"), weekday = json_read_has(node, "weekday");
    int day = 0;
    if (date == weekday) {
        return json_read_fail(node, date ? "weekday" : "date",
                              "give either 'date' or 'weekday'");
    }
    if (date) {
        return json_read_date(node, "date", JSON_REQUIRED, &o->work.date);
    }
    if (!json_read_int(node, "weekday", JSON_REQUIRED, MONDAY, SUNDAY, &day)) {
        return false;
    }
    int ahead = (day - (int)date_weekday(today) + 7) % 7;
    o->work.date = today + (ahead == 0 ? 7 : ahead);
    return true;
}

static bool read_times(const struct json_node *node, struct offer *o)
{
    struct offer_work *w = &o->work;
    if (!json_read_time(node, "start", JSON_REQUIRED, &w->start) ||
        !json_read_time(node, "end", JSON_REQUIRED, &w->end) ||
        !json_read_int(node, "break_minutes", JSON_OPTIONAL, 0, MINUTES_PER_DAY,
                       &w->break_minutes)) {
        return false;
    }
    if (w->end <= w->start) {
        return json_read_fail(node, "end", "must be later than 'start'");
    }
    return w->break_minutes < w->end - w->start ||
           json_read_fail(node, "break_minutes", "must be shorter than the job");
}

/* 100 minutes are 1.67 hours: equal to the last decimal given. */
static bool read_hours(const struct json_node *node, const struct offer *o)
{
    int given = 0, minutes = offer_paid_minutes(o);
    if (!json_read_milli(node, "hours", JSON_OPTIONAL, 24, 2, &given)) {
        return false;
    }
    int off = given - (minutes * 1000 + 30) / 60;
    return !json_read_has(node, "hours") || (off >= -5 && off <= 5) ||
           json_read_fail(node, "hours", "does not agree with start, end and break");
}

static bool read_numbers(const struct json_node *node, enum source source,
                         struct offer *o)
{
    bool file = source == FROM_FILE;
    return json_read_int(node, "cents_per_hour", JSON_REQUIRED, 0, 10000,
                         &o->cents_per_hour) &&
           json_read_int(node, "places", JSON_REQUIRED, 1, 99, &o->places) &&
           json_read_int(node, "taken", JSON_OPTIONAL, 0,
                         file ? o->places : TAKEN_MAX, &o->taken) &&
           json_read_int(node, "walk_minutes", JSON_OPTIONAL, 0, 600, &o->walk_minutes) &&
           json_read_int(node, "min_age", JSON_REQUIRED, 13, 25, &o->min_age) &&
           json_read_milli(node, "load_kg", JSON_OPTIONAL, LOAD_KG_MAX, 2,
                           &o->work.load_g);
}

static bool read_flags(const struct json_node *node, struct offer *o)
{
    return json_read_bool(node, "after_full_time_schooling", JSON_REQUIRED,
                          &o->after_schooling) &&
           json_read_bool(node, "dangerous", JSON_OPTIONAL, &o->work.dangerous) &&
           json_read_bool(node, "paced", JSON_OPTIONAL, &o->work.paced) &&
           json_read_bool(node, "alcohol_tobacco", JSON_OPTIONAL,
                          &o->work.alcohol_tobacco) &&
           json_read_bool(node, "adult_present", JSON_OPTIONAL, &o->adult_present) &&
           json_read_bool(node, "at_once", JSON_OPTIONAL, &o->at_once);
}

static bool read_members(const struct json_node *node, date_t today, enum source source,
                         struct offer *o)
{
    memset(o, 0, sizeof *o); /* what is compared or hashed has no stray bytes */
    return read_code(node, o) && read_texts(node, o) && read_words(node, o) &&
           read_day(node, today, o) && read_times(node, o) && read_hours(node, o) &&
           read_numbers(node, source, o) && read_flags(node, o);
}

static bool read_offer(const struct json_node *node, date_t today, struct offer *o)
{
    return json_read_only(node, names, ARRAY_LEN(names)) &&
           read_members(node, today, FROM_FILE, o);
}

static bool new_code(const struct json_node *node, const struct offer *offers,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(offers[i].code, offers[count].code) == 0) {
            return json_read_fail(node, "code", "stands twice in this file");
        }
    }
    return true;
}

static enum err read_all(const struct json_node *root, date_t today, struct offer *offers,
                         size_t max, size_t *count_out)
{
    size_t count = json_read_count(root);
    if (!json_is_array(root->value)) {
        json_read_fail(root, NULL, "must be a list of offers");
        return ERR_INVALID;
    }
    for (size_t i = 0; i < count; i++) {
        struct json_node item = json_read_item(root, i);
        item.record = true;
        if (i == max) {
            json_read_fail(&item, NULL, "more than %zu offers", max);
            return ERR_FULL;
        }
        if (!read_offer(&item, today, &offers[i]) || !new_code(&item, offers, i)) {
            return ERR_INVALID;
        }
    }
    *count_out = count;
    return ERR_OK;
}

enum err offers_parse(struct str json, date_t today, struct offer *offers_out, size_t max,
                      size_t *count_out, struct buf *error)
{
    struct json_ctx ctx;
    struct json_node root;
    json_t *document = json_read_open(&ctx, json, &root);
    enum err err =
        document ? read_all(&root, today, offers_out, max, count_out) : ERR_INVALID;
    if (err) {
        json_read_error(&ctx, error);
    }
    json_decref(document);
    return err;
}

enum err offer_parse_row(struct str json, struct offer *offer_out)
{
    struct json_ctx ctx;
    struct json_node root;
    struct offer offer;
    json_t *document = json_read_open(&ctx, json, &root);
    bool ok = document && json_is_object(root.value) && !json_read_has(&root, "weekday") &&
              read_members(&root, DATE_NONE, FROM_FEED, &offer);
    json_decref(document);
    if (!ok) {
        return ERR_INVALID;
    }
    offer.taken = offer.taken < offer.places ? offer.taken : offer.places;
    *offer_out = offer;
    return ERR_OK;
}
