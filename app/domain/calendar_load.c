/* Reads the school calendar's file; what a day is, is answered in calendar.c. */
#include "domain/calendar.h"

#include "domain/calendar_data.h"
#include "domain/json_read.h"

#include <stdlib.h>

static bool too_many(const struct json_node *list)
{
    return json_read_count(list) > CALENDAR_SPANS_MAX &&
           !json_read_fail(list, NULL, "has more than %d entries", CALENDAR_SPANS_MAX);
}

static bool read_holiday(const struct json_node *node, const struct calendar *c,
                         struct calendar_span *out)
{
    static const char *const names[] = {"name", "from", "until"};
    struct str name;
    if (!json_read_only(node, names, ARRAY_LEN(names)) ||
        !json_read_str(node, "name", JSON_REQUIRED, &name) ||
        !json_read_date(node, "from", JSON_REQUIRED, &out->first) ||
        !json_read_date(node, "until", JSON_REQUIRED, &out->last)) {
        return false;
    }
    if (out->last < out->first) {
        return json_read_fail(node, "until", "must not be before 'from'");
    }
    if (out->first < c->known_from || out->last > c->known_until) {
        return json_read_fail(node, "from", "lies outside known_from and known_until");
    }
    return true;
}

static bool read_holidays(const struct json_node *root, struct calendar *c)
{
    struct json_node list;
    if (!json_read_array(root, "holidays", JSON_REQUIRED, &list) || too_many(&list)) {
        return false;
    }
    for (size_t i = 0; i < json_read_count(&list); i++) {
        struct json_node item = json_read_item(&list, i);
        if (!read_holiday(&item, c, &c->holidays[i])) {
            return false;
        }
        c->holiday_count = i + 1;
    }
    return true;
}

static bool read_free_days(const struct json_node *root, struct calendar *c)
{
    struct json_node list;
    if (!json_read_array(root, "free_days", JSON_REQUIRED, &list) || too_many(&list)) {
        return false;
    }
    for (size_t i = 0; i < json_read_count(&list); i++) {
        struct json_node item = json_read_item(&list, i);
        struct str text;
        date_t day;
        if (!json_read_item_str(&list, i, &text)) {
            return false;
        }
        if (date_parse(text, &day) != ERR_OK) {
            return json_read_fail(&item, NULL, "must be a date like 2026-11-27");
        }
        c->free_days[i] = (struct calendar_span){day, day};
        c->free_count = i + 1;
    }
    return true;
}

static bool read_calendar(const struct json_node *root, struct calendar *c)
{
    static const char *const names[] = {"source",      "note",     "known_from",
                                        "known_until", "holidays", "free_days"};
    struct str text;
    return json_read_only(root, names, ARRAY_LEN(names)) &&
           json_read_str(root, "source", JSON_REQUIRED, &text) &&
           json_read_str(root, "note", JSON_OPTIONAL, &text) &&
           json_read_date(root, "known_from", JSON_REQUIRED, &c->known_from) &&
           json_read_date(root, "known_until", JSON_REQUIRED, &c->known_until) &&
           read_holidays(root, c) && read_free_days(root, c);
}

enum err calendar_load(struct str json, struct buf *error, struct calendar **calendar_out)
{
    struct json_ctx ctx;
    struct json_node root;
    json_t *document = json_read_open(&ctx, json, &root);
    struct calendar *c = calloc(1, sizeof *c);
    CHECK(c);
    if (!document || !read_calendar(&root, c)) {
        json_read_error(&ctx, error);
        calendar_free(c);
        json_decref(document);
        return ERR_INVALID;
    }
    json_decref(document);
    *calendar_out = c;
    return ERR_OK;
}

void calendar_free(struct calendar *calendar)
{
    free(calendar);
}
