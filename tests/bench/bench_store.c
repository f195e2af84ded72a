/* How long the store takes: opening, committing a fact, reading the offers, a full sheet
 * and a full day of jobs.
 *
 * bench_store [DIR]   a folder is made in DIR (default: here, so that syncs are real) */
#include "store/evaluations.h"
#include "store/jobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COMMITS 500
#define OPENS 50
#define READS 50
#define SHEET_ITEMS 500
#define SEALED_BYTES 1328 /* the largest item, sealed */

static double now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void tell(const char *what, double *ms, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++) {
        sum += ms[i];
    }
    qsort(ms, (size_t)count, sizeof *ms, by_size);
    printf("store %s: p50 %.3f ms, p99 %.3f ms, %.0f/s\n", what, ms[count / 2],
           ms[count * 99 / 100], count / sum * 1000);
}

static struct store *open_store(const char *dir)
{
    struct store *store = NULL;
    struct store_report report;
    struct store_options options = {dir, NULL, "bench", clock_system(), rng_system(), ""};
    if (store_open(&options, &report, &store) != ERR_OK) {
        fprintf(stderr, "bench_store: %s\n", report.detail);
        exit(1);
    }
    return store;
}

static struct offer offer(int n)
{
    struct offer o = {.field = n % 25 + 1, .places = 3, .cents_per_hour = 1000};
    snprintf(o.code, sizeof o.code, "B-%d", n);
    memset(o.title, 't', 50);
    memset(o.text, 'x', 280);
    o.work = (struct offer_work){.date = 20780 + n % 14, .start = 960, .end = 1080};
    return o;
}

static void bench_offers(struct store *store)
{
    static struct offer offers[OFFERS_MAX];
    static double ms[READS];
    size_t count;
    for (int i = 0; i < OFFERS_MAX; i++) {
        offers[i] = offer(i);
    }
    double start = now_ms();
    enum err err = store_offers_replace(store, offers, OFFERS_MAX);
    printf("store replace %d offers: %.3f ms%s\n", OFFERS_MAX, now_ms() - start,
           err == ERR_OK ? "" : " (failed)");
    for (int i = 0; i < READS; i++) {
        start = now_ms();
        err = store_offers_list(store, 20780, offers, OFFERS_MAX, &count);
        ms[i] = now_ms() - start;
    }
    tell(err == ERR_OK ? "list 512 offers" : "list (failed)", ms, READS);
}

static void bench_commits(struct store *store)
{
    static double ms[COMMITS];
    struct rng rng = rng_system();
    for (int i = 0; i < COMMITS; i++) {
        struct uid id = uid_make(&rng);
        double start = now_ms();
        enum err err = store_talk(store, id, (struct uid){{0}});
        ms[i] = now_ms() - start;
        if (err != ERR_OK) {
            fprintf(stderr, "bench_store: %s\n", store_detail(store));
            exit(1);
        }
    }
    tell("commit", ms, COMMITS);
}

static struct uid uid_of(int kind, int n)
{
    return (struct uid){{(uint8_t)kind, (uint8_t)(n >> 8), (uint8_t)n, 1}};
}

static void must(struct store *store, enum err err)
{
    if (err != ERR_OK) {
        fprintf(stderr, "bench_store: %s: %s\n", err_name(err), store_detail(store));
        exit(1);
    }
}

static struct participant enrol(struct store *store, int n)
{
    struct store_enrolment e = {.id = uid_of('E', n), .secret = "$argon2id$"};
    e.who.id = uid_of('P', n);
    snprintf(e.who.alias, sizeof e.who.alias, "Falke %d", n);
    memcpy(e.card, &e.id, sizeof e.id);
    must(store, store_enrol(store, &e));
    return e.who;
}

static enum err count_item(void *ctx, const struct store_sheet_item *item)
{
    *(size_t *)ctx += item->sealed.len;
    return ERR_OK;
}

static void bench_sheet(struct store *store)
{
    static double ms[READS];
    static struct store_sheet_item item;
    struct participant who = enrol(store, 1);
    for (int i = 0; i < SHEET_ITEMS; i++) {
        item =
            (struct store_sheet_item){.participant = who.id, .job = uid_of('W', i + 1)};
        item.sealed.len = SEALED_BYTES;
        memset(item.sealed.bytes, i, SEALED_BYTES);
        must(store, store_sheet_put(store, &item));
    }
    for (int i = 0; i < READS; i++) {
        size_t bytes = 0;
        double start = now_ms();
        must(store, store_sheet_each(store, who.id, count_item, &bytes));
        ms[i] = now_ms() - start;
    }
    tell("read a sheet of 500 jobs", ms, READS);
}

static void work(struct store *store, int n)
{
    struct wish wish;
    struct offer o = offer(n);
    struct participant who = enrol(store, 1000 + n);
    struct moment at = {(int64_t)20780 * 86400000 + 15 * 3600000, 1, 5000, 0};
    static const enum assignment_event_kind course[] = {JOB_AGREE, JOB_CHECK_IN,
                                                        JOB_CHECK_OUT};
    o.work.date = 20780;
    wish_from_offer(&wish, uid_of('J', n), &who, &o);
    must(store, store_wish(store, &wish));
    struct store_decision d = {uid_of('D', n), wish.id, {{0}}, true, DECLINE_NONE};
    must(store, store_decide(store, &d));
    for (int i = 0; i < 3; i++) {
        struct job_brief brief;
        enum assignment_answer answer;
        struct assignment_event e = {.kind = course[i], .assignment = wish.id, .at = at};
        must(store, store_job_event(store, uid_of('j', 3 * n + i), &e, &answer, &brief));
        at.wall_ms += i * 3600000;
        at.mono_ms += i * 3600000;
    }
}

static void bench_jobs(struct store *store)
{
    static struct job_brief briefs[JOBS_MAX];
    static double day[READS], calls[READS];
    size_t count = 0;
    for (int i = 0; i < JOBS_MAX; i++) {
        work(store, i);
    }
    for (int i = 0; i < READS; i++) {
        double start = now_ms();
        must(store, store_jobs_on(store, 20780, briefs, JOBS_MAX, &count));
        day[i] = now_ms() - start;
        start = now_ms();
        must(store, store_jobs_to_call(store, briefs, JOBS_MAX, &count));
        calls[i] = now_ms() - start;
    }
    tell("list a day of 64 jobs", day, READS);
    tell("list whom to call", calls, READS);
}

static void bench_opening(const char *dir)
{
    static double ms[OPENS];
    for (int i = 0; i < OPENS; i++) {
        double start = now_ms();
        struct store *store = open_store(dir);
        ms[i] = now_ms() - start;
        store_close(store);
    }
    tell("open", ms, OPENS);
}

static void remove_file(const char *dir, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    unlink(path);
}

int main(int argc, char **argv)
{
    char dir[256];
    snprintf(dir, sizeof dir, "%s/bench-store-XXXXXX", argc > 1 ? argv[1] : ".");
    if (!mkdtemp(dir)) {
        perror(dir);
        return 1;
    }
    struct store *store = open_store(dir);
    bench_offers(store);
    bench_commits(store);
    bench_sheet(store);
    bench_jobs(store);
    store_close(store);
    bench_opening(dir);
    remove_file(dir, "state.db");
    remove_file(dir, "feed.db");
    remove_file(dir, "lock");
    rmdir(dir);
    return 0;
}
