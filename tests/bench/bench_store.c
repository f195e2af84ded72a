/* How long the store takes: opening, committing a fact, reading the offers.
 *
 * bench_store [DIR]   a folder is made in DIR (default: here, so that syncs are real) */
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define COMMITS 500
#define OPENS 50
#define READS 50

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
    store_close(store);
    bench_opening(dir);
    remove_file(dir, "state.db");
    remove_file(dir, "feed.db");
    remove_file(dir, "lock");
    rmdir(dir);
    return 0;
}
