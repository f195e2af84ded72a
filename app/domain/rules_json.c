#include "domain/rules_json.h"

#include "domain/json_read.h"

#define ID_BYTES_MAX 4096

/* A question as read, with what the engine takes. */
struct question {
    const struct calendar *calendar;
    struct str id; /* no pointer until known; may be empty */
    struct rules_person person;
    struct offer_work work;
    struct rules_day day;
    struct rules_work history[RULES_HISTORY_MAX];
    size_t history_count;
};

static bool read_id(const struct json_node *root, struct question *q)
{
    struct str id;
    if (!json_read_str(root, "id", JSON_REQUIRED, &id)) {
        return false;
    }
    if (id.len > ID_BYTES_MAX) {
        return json_read_fail(root, "id", "is longer than %d bytes", ID_BYTES_MAX);
    }
    q->id = id;
    return true;
}

static bool read_person(const struct json_node *root, struct rules_person *person)
{
    static const char *const names[] = {"age", "full_time_schooling", "consent"};
    struct json_node node;
    return json_read_object(root, "participant", JSON_REQUIRED, &node) &&
           json_read_only(&node, names, ARRAY_LEN(names)) &&
           json_read_int(&node, "age", JSON_REQUIRED, 0, 120, &person->age) &&
           json_read_bool(&node, "full_time_schooling", JSON_REQUIRED,
                          &person->full_time_schooling) &&
           json_read_bool(&node, "consent", JSON_REQUIRED, &person->consent);
}

/* start < end, and the break leaves some work. */
static bool read_hours(const struct json_node *node, int *start, int *end, int *rest)
{
    *rest = 0;
    if (!json_read_time(node, "start", JSON_REQUIRED, start) ||
        !json_read_time(node, "end", JSON_REQUIRED, end) ||
        !json_read_int(node, "break_minutes", JSON_OPTIONAL, 0, MINUTES_PER_DAY, rest)) {
        return false;
    }
    if (*end <= *start) {
        return json_read_fail(node, "end", "must be later than 'start'");
    }
    return *rest < *end - *start ||
           json_read_fail(node, "break_minutes", "must be shorter than the job");
}

static bool read_kinds(const struct json_node *node, struct offer_work *w)
{
    struct str site, work;
    if (!json_read_str(node, "site_kind", JSON_REQUIRED, &site) ||
        !json_read_str(node, "work_kind", JSON_REQUIRED, &work)) {
        return false;
    }
    int site_kind = site_kind_from_name(site), work_kind = work_kind_from_name(work);
    if (site_kind < 0) {
        return json_read_fail(node, "site_kind", "is not a known kind of site");
    }
    if (work_kind < 0) {
        return json_read_fail(node, "work_kind", "is not a known kind of work");
    }
    w->site_kind = (enum site_kind)site_kind;
    w->work_kind = (enum work_kind)work_kind;
    return true;
}

static bool read_work(const struct json_node *root, struct offer_work *w)
{
    static const char *const names[] = {
        "date",      "start",   "end",       "break_minutes", "site_kind",
        "work_kind", "load_kg", "dangerous", "paced",         "alcohol_tobacco"};
    struct json_node node;
    return json_read_object(root, "offer", JSON_REQUIRED, &node) &&
           json_read_only(&node, names, ARRAY_LEN(names)) &&
           json_read_date(&node, "date", JSON_REQUIRED, &w->date) &&
           read_hours(&node, &w->start, &w->end, &w->break_minutes) &&
           read_kinds(&node, w) &&
           json_read_milli(&node, "load_kg", JSON_REQUIRED, 1000, 3, &w->load_g) &&
           json_read_bool(&node, "dangerous", JSON_REQUIRED, &w->dangerous) &&
           json_read_bool(&node, "paced", JSON_REQUIRED, &w->paced) &&
           json_read_bool(&node, "alcohol_tobacco", JSON_REQUIRED, &w->alcohol_tobacco);
}

static bool read_entry(const struct json_node *node, const struct calendar *calendar,
                       struct rules_work *w)
{
    static const char *const names[] = {"date", "start", "end", "break_minutes",
                                        "school_holiday"};
    bool known;
    if (!json_read_only(node, names, ARRAY_LEN(names)) ||
        !json_read_date(node, "date", JSON_REQUIRED, &w->date) ||
        !read_hours(node, &w->start, &w->end, &w->break_minutes)) {
        return false;
    }
    w->in_holidays_quota =
        calendar_day(calendar, w->date, &known).school_holiday || !known;
    return json_read_bool(node, "school_holiday", JSON_OPTIONAL, &w->in_holidays_quota);
}

static bool read_history(const struct json_node *root, struct question *q)
{
    struct json_node list;
    if (!json_read_array(root, "history", JSON_OPTIONAL, &list)) {
        return false;
    }
    if (json_read_count(&list) > RULES_HISTORY_MAX) {
        return json_read_fail(root, "history", "has more than %d entries",
                              RULES_HISTORY_MAX);
    }
    for (size_t i = 0; i < json_read_count(&list); i++) {
        struct json_node item = json_read_item(&list, i);
        if (!read_entry(&item, q->calendar, &q->history[i])) {
            return false;
        }
        q->history_count = i + 1;
    }
    return true;
}

static bool read_day(const struct json_node *root, struct question *q)
{
    static const char *const names[] = {"school_day", "school_holiday"};
    struct json_node node;
    q->day = calendar_day(q->calendar, q->work.date, NULL);
    if (!json_read_object(root, "calendar", JSON_OPTIONAL, &node)) {
        return false;
    }
    return !node.value ||
           (json_read_only(&node, names, ARRAY_LEN(names)) &&
            json_read_bool(&node, "school_day", JSON_REQUIRED, &q->day.school_day) &&
            json_read_bool(&node, "school_holiday", JSON_REQUIRED,
                           &q->day.school_holiday));
}

static bool read_question(const struct json_node *root, struct question *q)
{
    static const char *const names[] = {"id",    "on",      "participant",
                                        "offer", "history", "calendar"};
    date_t on;
    return (json_is_object(root->value) ||
            json_read_fail(root, NULL, "must be an object")) &&
           read_id(root, q) && json_read_only(root, names, ARRAY_LEN(names)) &&
           json_read_date(root, "on", JSON_REQUIRED, &on) &&
           read_person(root, &q->person) && read_work(root, &q->work) &&
           read_history(root, q) && read_day(root, q);
}

static void put_error(const struct json_ctx *ctx, const struct question *q,
                      size_t line_number, struct buf *out)
{
    buf_printf(out, "{\"line\":%zu", line_number);
    if (q->id.ptr) {
        buf_puts(out, ",\"id\":");
        buf_json(out, q->id);
    }
    buf_puts(out, ",\"error\":");
    buf_json(out, str_of(ctx->what));
    if (ctx->field[0]) {
        buf_puts(out, ",\"field\":");
        buf_json(out, str_of(ctx->field));
    }
    buf_putc(out, '}');
}

static void put_pair(struct buf *out, const char *name, const char *value)
{
    buf_printf(out, "\"%s\":", name);
    buf_json(out, str_of(value));
}

static void put_reason(const struct rules_reason *reason, struct buf *out)
{
    buf_putc(out, '{');
    put_pair(out, "rule", reason->rule);
    buf_putc(out, ',');
    put_pair(out, "law", reason->law);
    buf_putc(out, ',');
    put_pair(out, "text", reason->text);
    if (reason->instead[0]) {
        buf_putc(out, ',');
        put_pair(out, "instead", reason->instead);
    }
    buf_putc(out, '}');
}

static void put_verdict(const struct rules_verdict *v, struct str id, struct buf *out)
{
    buf_puts(out, "{\"id\":");
    buf_json(out, id);
    buf_printf(out, ",\"allowed\":%s,\"reasons\":[", v->allowed ? "true" : "false");
    for (int i = 0; i < v->reason_count; i++) {
        buf_puts(out, i > 0 ? "," : "");
        put_reason(&v->reasons[i], out);
    }
    buf_puts(out, "]}");
}

enum err rules_check_line(const struct rules *rules, const struct calendar *calendar,
                          struct str line, size_t line_number, struct buf *out)
{
    struct json_ctx ctx;
    struct json_node root;
    struct question q = {.calendar = calendar};
    struct rules_verdict verdict;
    CHECK(out->size >= RULES_ANSWER_SIZE);
    buf_clear(out);
    json_t *document = json_read_open(&ctx, line, &root);
    bool ok = document && read_question(&root, &q);
    if (ok) {
        rules_check(rules, &q.person, &q.work, &q.day, q.history, q.history_count,
                    &verdict);
        put_verdict(&verdict, q.id, out);
    } else {
        put_error(&ctx, &q, line_number, out);
    }
    json_decref(document);
    return ok ? ERR_OK : ERR_INVALID;
}
