/* Writes many facts into a kiosk's folder, as the kiosk would: day by day people come,
 * wish, work and go, and some things do not fit. usage: tool_facts DIR COUNT [SEED]
 * [KIND]
 *
 * KIND "unfit" writes only the cheapest kind; "days" writes the days that were, each fact
 * with the time it would have had, as if the kiosk had been on since. At least COUNT
 * facts are written; prints how many the log has then. */
#include "store/jobs.h"
#include "store/machine.h"
#include "store/sync.h"
#include "support/support.h"

#include "proof/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MINUTE_MS 60000
#define DAY_MS (INT64_C(1440) * MINUTE_MS)
#define JOBS_A_DAY 8
#define PEOPLE_MAX 80
#define DAYS_BACK 400
#define WAIT_MAX_MS 30000

struct facts {
    struct store *store;
    struct fake_clock time; /* only used with "days" */
    bool days;
    uint64_t seed;
    struct rng rng;
    struct participant people[PEOPLE_MAX];
    struct uid staff;
    date_t day;
    int people_ever, offer;
};

static bool must(enum err err, const char *what)
{
    if (err != ERR_OK) {
        fprintf(stderr, "tool_facts: %s: %s\n", what, err_name(err));
    }
    return err == ERR_OK;
}

/* ---- the time -------------------------------------------------------------------------
 */

/* On this day at this minute, and a little later with each fact. */
static void set_time(struct facts *facts, int minute)
{
    date_t date;
    int there;
    int64_t noon_ms = (int64_t)facts->day * DAY_MS + DAY_MS / 2;
    date_from_wall_ms(noon_ms, &date, &there);
    int64_t wall_ms = noon_ms + (int64_t)(minute - there) * MINUTE_MS;
    fake_clock_advance(&facts->time, wall_ms - facts->time.wall_ms);
}

static void let_pass(struct facts *facts)
{
    fake_clock_advance(&facts->time, 1000 + rng_below(&facts->rng, 20000));
}

/* ---- people ---------------------------------------------------------------------------
 */

static struct participant *newest(struct facts *facts)
{
    return &facts->people[(facts->people_ever - 1) % PEOPLE_MAX];
}

/* Nobody if there is nobody. */
static struct participant *somebody(struct facts *facts)
{
    int known = facts->people_ever < PEOPLE_MAX ? facts->people_ever : PEOPLE_MAX;
    return &facts->people[known > 0 ? rng_below(&facts->rng, (uint32_t)known) : 0];
}

static bool put_person(struct facts *facts)
{
    struct store_enrolment e = {.id = uid_make(&facts->rng), .staff = facts->staff};
    uint8_t number[4];
    e.who.id = uid_make(&facts->rng);
    rng_fill(&facts->rng, number, sizeof number);
    snprintf(e.who.alias, sizeof e.who.alias, "Otter %02x%02x%02x%02x", number[0],
             number[1], number[2], number[3]);
    e.who.band = AGE_16_17;
    e.who.band_until = facts->day + 300;
    e.who.full_time_schooling = true;
    e.who.consents[CONSENT_CUSTODIAN] = (struct consent){true, facts->day + 200};
    e.who.consents[CONSENT_STORE] = (struct consent){false, DATE_NONE};
    e.who.interests = 1u << 3 | 1u << 5;
    e.who.languages = 5;
    snprintf(e.who.district, sizeof e.who.district, "Nord");
    snprintf(e.secret, sizeof e.secret, "$argon2id$v=19$none");
    rng_fill(&facts->rng, e.card, sizeof e.card);
    facts->people_ever++;
    *newest(facts) = e.who;
    let_pass(facts);
    return must(store_enrol(facts->store, &e), "enrol");
}

/* ---- a job ----------------------------------------------------------------------------
 */

static struct wish make_wish(struct facts *facts)
{
    struct wish wish;
    struct offer offer = {.field = 3, .cents_per_hour = 1000, .places = 2, .min_age = 13};
    static const enum work_kind kinds[] = {WORK_GARDEN, WORK_HOUSE, WORK_ERRANDS,
                                           WORK_SHOPPING, WORK_PETS};
    int n = facts->offer++;
    snprintf(offer.code, sizeof offer.code, "T-%04d", n % 10000);
    snprintf(offer.title, sizeof offer.title, "Laub harken");
    snprintf(offer.place, sizeof offer.place, "Gartentor");
    snprintf(offer.district, sizeof offer.district, "Nord");
    offer.work = (struct offer_work){.date = facts->day,
                                     .start = 960,
                                     .end = 1080,
                                     .site_kind = SITE_NONPROFIT,
                                     .work_kind = kinds[n % ARRAY_LEN(kinds)],
                                     .load_g = 1000 * (n % 8)};
    wish_from_offer(&wish, uid_make(&facts->rng), somebody(facts), &offer);
    return wish;
}

/* Where the centre decides, there is no job yet: *decided_out false. */
static bool put_wish(struct facts *facts, const struct wish *wish, bool *decided_out)
{
    struct store_decision decision = {uid_make(&facts->rng), wish->id, facts->staff, true,
                                      DECLINE_NONE};
    *decided_out = false;
    let_pass(facts);
    if (!must(store_wish(facts->store, wish), "wish")) {
        return false;
    }
    let_pass(facts);
    enum err err = store_decide(facts->store, &decision);
    *decided_out = err == ERR_OK;
    return err == ERR_UNSUPPORTED || must(err, "decide");
}

static bool put_job_event(struct facts *facts, struct uid job,
                          enum assignment_event_kind kind)
{
    let_pass(facts);
    struct assignment_event event = {
        .kind = kind,
        .assignment = job,
        .at = {facts->time.wall_ms, store_boot(facts->store), facts->time.mono_ms, 0}};
    enum assignment_answer answer;
    struct job_brief brief;
    if (kind == JOB_CONFIRM) {
        event.by = BY_STAFF;
        event.staff = facts->staff;
        event.minutes = 105;
        event.reason = REASON_SHORTER;
    }
    return must(
        store_job_event(facts->store, uid_make(&facts->rng), &event, &answer, &brief),
        "job event");
}

/* Who is there does the same as the others, and soon after them. */
static bool put_step(struct facts *facts, const struct uid *jobs, int count, int minute,
                     enum assignment_event_kind kind)
{
    set_time(facts, minute);
    for (int i = 0; i < count; i++) {
        if (!put_job_event(facts, jobs[i], kind)) {
            return false;
        }
    }
    return true;
}

static bool put_jobs(struct facts *facts)
{
    struct uid jobs[JOBS_A_DAY];
    int count = 0;
    set_time(facts, 13 * 60);
    for (int i = 0; i < JOBS_A_DAY; i++) {
        struct wish wish = make_wish(facts);
        bool decided;
        jobs[count] = wish.id;
        if (!put_wish(facts, &wish, &decided)) {
            return false;
        }
        count += decided;
    }
    return put_step(facts, jobs, count, 15 * 60, JOB_AGREE) &&
           put_step(facts, jobs, count, 15 * 60 + 56, JOB_CHECK_IN) &&
           put_step(facts, jobs, count, 17 * 60, JOB_BREAK_START) &&
           put_step(facts, jobs, count, 17 * 60 + 16, JOB_BREAK_END) &&
           put_step(facts, jobs, count, 18 * 60 + 1, JOB_CHECK_OUT) &&
           put_step(facts, jobs, count, 18 * 60 + 8, JOB_CONFIRM);
}

/* ---- what is said beside it -----------------------------------------------------------
 */

static bool put_small(struct facts *facts)
{
    char code[OFFER_CODE_SIZE];
    snprintf(code, sizeof code, "T-%04d", (int)rng_below(&facts->rng, 200));
    let_pass(facts);
    return must(store_unfit(facts->store, uid_make(&facts->rng), somebody(facts)->id,
                            str_of(code),
                            (enum unfit_reason)(1 + rng_below(&facts->rng, 6))),
                "unfit");
}

static bool put_talk(struct facts *facts)
{
    let_pass(facts);
    return must(store_talk(facts->store, uid_make(&facts->rng), somebody(facts)->id),
                "talk");
}

static bool put_day(struct facts *facts)
{
    do {
        facts->day++;
    } while (date_weekday(facts->day) > FRIDAY);
    set_time(facts, 12 * 60);
    bool good = put_person(facts) && put_talk(facts);
    for (int i = 0; good && i < 4; i++) {
        good = put_small(facts);
    }
    return good && put_jobs(facts);
}

static bool put_some(struct facts *facts, bool only_small)
{
    return only_small ? put_small(facts) : put_day(facts);
}

static bool written(struct facts *facts, int64_t *count_out)
{
    struct sync_log log;
    bool good = must(store_log_get(facts->store, &log), "log");
    *count_out = good ? log.written : 0;
    return good;
}

static bool await_receipt(struct facts *facts)
{
    const struct timespec moment = {0, 1000000};
    struct clock clock = clock_system();
    struct sync_log log;
    int64_t begun_ms = clock_mono_ms(&clock), spent_ms = 0;
    for (;;) {
        if (!must(store_log_get(facts->store, &log), "log")) {
            return false;
        }
        spent_ms = clock_mono_ms(&clock) - begun_ms;
        if (log.seq == log.written || spent_ms > WAIT_MAX_MS) {
            break;
        }
        nanosleep(&moment, NULL);
    }
    printf("ms=%lld\n", (long long)spent_ms);
    return spent_ms <= WAIT_MAX_MS;
}

static bool put_all(struct facts *facts, int64_t count, bool only_small)
{
    int64_t have = 0, goal;
    bool good = written(facts, &have);
    goal = have + count;
    while (good && have < goal) {
        good = put_some(facts, only_small);
        if (good) {
            good = written(facts, &have);
        }
    }
    if (good) {
        printf("%lld\n", (long long)have);
    }
    return good;
}

static bool put_kind(struct facts *facts, int64_t count, const char *kind)
{
    bool waits = strcmp(kind, "wait") == 0;
    return put_all(facts, count, waits || strcmp(kind, "unfit") == 0) &&
           (!waits || await_receipt(facts));
}

static void begin_time(struct facts *facts)
{
    struct clock clock = clock_system();
    date_t today = (date_t)(clock_wall_ms(&clock) / DAY_MS);
    facts->day = today - DAYS_BACK;
    facts->time = (struct fake_clock){(int64_t)facts->day * DAY_MS, 1000};
}

static bool open_store(struct facts *facts, const char *dir)
{
    char boot[MACHINE_BOOT_SIZE] = "", machine[MACHINE_ID_SIZE];
    struct store_report report;
    if (!facts->days) {
        machine_boot(boot);
    }
    machine_id(machine);
    const struct store_options options = {
        dir,          NULL,
        boot,         facts->days ? fake_clock(&facts->time) : clock_system(),
        rng_system(), machine};
    return must(store_open(&options, &report, &facts->store), "open");
}

int main(int argc, char **argv)
{
    static struct facts facts;
    if (argc < 3 || argc > 5) {
        fputs("usage: tool_facts DIR COUNT [SEED] [unfit|days|wait]\n", stderr);
        return 2;
    }
    const char *kind = argc > 4 ? argv[4] : "";
    facts.days = strcmp(kind, "days") == 0;
    facts.seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    facts.rng = facts.seed > 0 ? fake_rng(&facts.seed) : rng_system();
    begin_time(&facts);
    if (proof_init() != ERR_OK || !open_store(&facts, argv[1])) {
        return 3;
    }
    facts.staff = uid_make(&facts.rng);
    bool good = put_kind(&facts, strtoll(argv[2], NULL, 10), kind);
    store_close(facts.store);
    return good ? 0 : 1;
}
