#include "server/law.h"

#include "base/asset.h"
#include "domain/calendar.h"
#include "server/tasks.h"

/* ---- the books ------------------------------------------------------------------- */

static struct str asset_text(const char *name)
{
    const struct asset *asset = asset_find(name);
    CHECK(asset != NULL);
    return (struct str){(const char *)asset->data, asset->len};
}

/* They were checked when the program was built: only memory can be missing. */
static void open_books(struct law_books *books)
{
    char why[256];
    struct buf error;
    buf_init(&error, why, sizeof why);
    if (!books->rules) {
        enum err err = rules_load(asset_text("rules/youth-work.json"), STR(""), &error,
                                  &books->rules);
        CHECK(err == ERR_OK);
    }
    if (!books->calendar) {
        enum err err = calendar_load(asset_text("rules/berlin-calendar.json"), &error,
                                     &books->calendar);
        CHECK(err == ERR_OK);
    }
}

void law_books_free(struct law_books *books)
{
    rules_free(books->rules);
    calendar_free(books->calendar);
    *books = (struct law_books){0};
}

/* ---- what the centre knows ---------------------------------------------------------- */

static enum err find_work(const struct scene *scene, struct uid wish,
                          struct offer_work *work_out, bool *known_out)
{
    struct ask ask = ask_on(scene->storage, "SELECT body FROM wish"
                                            " WHERE centre = :centre AND id = :id");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &wish);
    *known_out = ask_row(&ask) && law_work_read(ask_peek_text(&ask, 0), work_out);
    return ask_done(&ask);
}

static enum err find_person(const struct scene *scene, struct uid participant, date_t on,
                            struct rules_person *person_out, bool *known_out)
{
    struct ask ask = ask_on(scene->storage, "SELECT body FROM person"
                                            " WHERE centre = :centre AND id = :id");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &participant);
    *known_out = ask_row(&ask) && law_person_read(ask_peek_text(&ask, 0), on, person_out);
    return ask_done(&ask);
}

/* ---- other work ------------------------------------------------------------------ */

struct past {
    const struct calendar *calendar;
    bool schooling;
    size_t count;
    struct rules_work work[RULES_HISTORY_MAX];
};

static void add_past(struct past *past, struct str body)
{
    struct offer_work work;
    if (past->count == RULES_HISTORY_MAX || !law_work_read(body, &work)) {
        return;
    }
    struct rules_day day = calendar_day(past->calendar, work.date, NULL);
    past->work[past->count++] = (struct rules_work){
        .date = work.date,
        .start = work.start,
        .end = work.end,
        .break_minutes = work.break_minutes,
        .in_holidays_quota = day.school_holiday && past->schooling,
    };
}

/* What was only asked for may never come to be, and does not count; what a coach wants
 * confirmed does. The nearest first, as there may be more than fit. */
static enum err read_past(const struct scene *scene, const struct wish_row *wish,
                          struct rules_reach reach, struct past *past)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    date_format(reach.from, from);
    date_format(reach.to, to);
    struct ask ask =
        ask_on(scene->storage,
               "SELECT body FROM wish WHERE centre = :centre"
               " AND participant = :participant AND date BETWEEN :from AND :to"
               " AND id <> :id AND state IN ('confirmed', 'wanted')"
               " ORDER BY date = :date DESC, date");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":participant", &wish->participant);
    ask_uid(&ask, ":id", &wish->id);
    ask_text(&ask, ":from", str_of(from));
    ask_text(&ask, ":to", str_of(to));
    ask_text(&ask, ":date", str_of(wish->date));
    while (ask_row(&ask)) {
        add_past(past, ask_peek_text(&ask, 0));
    }
    return ask_done(&ask);
}

/* ---- the answer ------------------------------------------------------------------ */

static void say(const struct rules_verdict *verdict, struct law_answer *answer)
{
    const struct rules_reason *first = &verdict->reasons[0];
    struct buf words;
    buf_init(&words, answer->words, sizeof answer->words);
    buf_printf(&words, "%s (%s)", first->text, first->law);
    if (first->instead[0]) {
        buf_printf(&words, " %s", first->instead);
    }
}

/* As many reasons as fit whole; the most important come first. */
static void list(const struct rules_verdict *verdict, struct law_answer *answer)
{
    char memory[256];
    struct buf out, one;
    buf_init(&out, answer->rules, sizeof answer->rules);
    buf_puts(&out, "{\"rules\":[");
    for (int i = 0; i < verdict->reason_count; i++) {
        buf_init(&one, memory, sizeof memory);
        buf_puts(&one, i > 0 ? ",{\"rule\":" : "{\"rule\":");
        buf_json(&one, str_of(verdict->reasons[i].rule));
        buf_puts(&one, ",\"law\":");
        buf_json(&one, str_of(verdict->reasons[i].law));
        buf_puts(&one, "}");
        if (one.cut || out.len + one.len + sizeof "]}" > out.size) {
            break;
        }
        buf_put(&out, buf_str(&one));
    }
    buf_puts(&out, "]}");
}

static void judge(const struct law_books *books, const struct rules_person *person,
                  const struct offer_work *work, const struct rules_day *day,
                  const struct past *past, struct law_answer *answer)
{
    struct rules_verdict verdict;
    rules_check(books->rules, person, work, day, past->work, past->count, &verdict);
    answer->law = verdict.allowed ? LAW_ALLOWS : LAW_FORBIDS;
    if (!verdict.allowed) {
        say(&verdict, answer);
        list(&verdict, answer);
    }
}

static enum err ask_books(const struct scene *scene, const struct wish_row *wish,
                          struct law_books *books, struct law_answer *answer)
{
    struct offer_work work;
    struct rules_person person;
    bool known = false;
    enum err err = find_work(scene, wish->id, &work, &known);
    if (err == ERR_OK && known) {
        err = find_person(scene, wish->participant, work.date, &person, &known);
    }
    if (err != ERR_OK || !known) {
        return err;
    }
    open_books(books);
    struct rules_day day = calendar_day(books->calendar, work.date, NULL);
    struct past past; /* large, and read only as far as it was written */
    past.calendar = books->calendar;
    past.schooling = person.full_time_schooling;
    past.count = 0;
    err = read_past(scene, wish, rules_reach(&person, &day, work.date), &past);
    if (err == ERR_OK) {
        judge(books, &person, &work, &day, &past, answer);
    }
    return err;
}

enum err law_ask(const struct scene *scene, const struct wish_row *wish,
                 struct law_answer *answer_out)
{
    struct law_books own = {0};
    *answer_out = (struct law_answer){
        .law = LAW_UNKNOWN,
        .words = "Die Zentrale kennt diese Person noch nicht. Warte, bis der Kiosk sich "
                 "gemeldet hat.",
        .rules = "{}",
    };
    enum err err = ask_books(scene, wish, scene->books ? scene->books : &own, answer_out);
    law_books_free(&own);
    return err;
}

enum err law_watch(const struct scene *scene, const struct wish_row *wish)
{
    char about[UID_TEXT_SIZE];
    struct law_answer answer;
    enum err err = law_ask(scene, wish, &answer);
    if (err != ERR_OK || answer.law == LAW_ALLOWS) {
        return err;
    }
    uid_format(wish->id, about);
    return tasks_open(scene, answer.law == LAW_FORBIDS ? TASK_RULES : TASK_RULES_UNKNOWN,
                      str_of(about), str_of(answer.rules));
}
