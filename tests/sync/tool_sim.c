/* The net in one process, run by the thousand: kiosks, centre, people, staff, mishaps.
 *
 *   tool_sim --seeds 1-2000          each seed is a run; the first thing that does not
 * hold ends it and is told tool_sim --seed 7 --trace        all that happened in one
 *   tool_sim --seed 7 --shrink       leaves out what is not needed to fail
 *   tool_sim --seed 7 --keep 3,9,12  only these steps
 *   tool_sim --plant NAME --seeds …  with a fault planted in the code; needs its own
 * build tool_sim --list-plants
 *
 * Exit 0: all held (with --plant: it was found). */
#include "base/plant.h"
#include "sync/net/plants.h"
#include "sync/net/shrink.h"
#include "sync/net/world.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sqlite3.h>
#include <unistd.h>

#define STEPS 120

struct options {
    uint64_t from, to;
    struct world_options world;
    bool shrink, quiet;
    enum plant plant;
};

static struct world world; /* some hundred kB, and known to the handler of signals */

/* A CHECK that fails is a finding too: say of which seed. */
static void died(int number)
{
    char text[96];
    int len = snprintf(text, sizeof text, "seed %llu: crashed at step %d (signal %d)\n",
                       (unsigned long long)world.seed, world.step, number);
    ssize_t written = write(STDOUT_FILENO, text, (size_t)len);
    (void)written;
    _exit(3);
}

/* The linker hands this to the centre in place of what it knows (--wrap): until staff
 * have put a newer program there, it does not know what these are. */
enum err __real_effects_apply(const struct scene *scene, const struct wire_line *line,
                              enum verdict *verdict_out);
enum err __wrap_effects_apply(const struct scene *scene, const struct wire_line *line,
                              enum verdict *verdict_out);
enum err __wrap_effects_apply(const struct scene *scene, const struct wire_line *line,
                              enum verdict *verdict_out)
{
    static const char *const unknown[] = {"talk.asked", "offer.unfit", "card.issued"};
    for (size_t i = 0; world.old_centre && i < ARRAY_LEN(unknown); i++) {
        if (strcmp(line->kind, unknown[i]) == 0) {
            *verdict_out = VERDICT_KIND;
            return ERR_OK;
        }
    }
    return __real_effects_apply(scene, line, verdict_out);
}

static void usage(void)
{
    fprintf(stderr, "tool_sim --seeds A-B | --seed N [--trace] [--shrink] [--keep LIST]"
                    " [--steps N] [--plant NAME] | --list-plants\n");
    exit(2);
}

static void read_range(struct options *options, const char *text)
{
    char *end;
    options->from = strtoull(text, &end, 10);
    options->to = *end == '-' ? strtoull(end + 1, &end, 10) : options->from;
    if (*end != '\0' || options->to < options->from) {
        usage();
    }
}

static void read_keep(struct options *options, const char *list)
{
    static bool skip[WORLD_STEPS_MAX + 1];
    memset(skip, 1, sizeof skip);
    for (const char *at = list; *at;) {
        char *end;
        long step = strtol(at, &end, 10);
        if (end == at || step < 0 || step > WORLD_STEPS_MAX) {
            usage();
        }
        skip[step] = false;
        at = *end == ',' ? end + 1 : end;
    }
    options->world.skip = skip;
}

static void read_options(struct options *options, int argc, char **argv)
{
    *options = (struct options){.from = 1, .to = 100, .world = {.steps = STEPS}};
    for (int i = 1; i < argc; i++) {
        const char *name = argv[i];
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        if (strcmp(name, "--seeds") == 0 || strcmp(name, "--seed") == 0) {
            read_range(options, value);
        } else if (strcmp(name, "--keep") == 0) {
            read_keep(options, value);
        } else if (strcmp(name, "--steps") == 0) {
            options->world.steps = atoi(value);
        } else if (strcmp(name, "--plant") == 0) {
            options->plant = plants_find(value);
        } else if (strcmp(name, "--trace") == 0) {
            options->world.trace = true;
            continue;
        } else if (strcmp(name, "--shrink") == 0) {
            options->shrink = true;
            continue;
        } else if (strcmp(name, "--list-plants") == 0) {
            plants_list();
            exit(0);
        } else {
            usage();
        }
        i++;
    }
    if (options->world.steps < 1 || options->world.steps > WORLD_STEPS_MAX) {
        usage();
    }
}

static void add(struct world_counts *sum, const struct world_counts *one)
{
    sum->acts += one->acts;
    sum->client_steps += one->client_steps;
    sum->kiosk_power_losses += one->kiosk_power_losses;
    sum->centre_power_losses += one->centre_power_losses;
    sum->copies += one->copies;
    sum->put_back += one->put_back;
    sum->restores += one->restores;
    sum->full_disks += one->full_disks;
    sum->parcels += one->parcels;
    sum->promises += one->promises;
}

static void tell(const struct world_counts *c, uint64_t runs, uint64_t bad,
                 double seconds)
{
    printf("%llu seeds, %llu bad, %.0f a minute of processor time\n",
           (unsigned long long)runs, (unsigned long long)bad,
           seconds > 0 ? (double)runs / seconds * 60 : 0);
    printf("acts %d, client steps %d, power lost: kiosks %d, centre %d; cards copied %d,"
           " put back %d; centre restored %d; disks full %d; parcels %d; promises %d\n",
           c->acts, c->client_steps, c->kiosk_power_losses, c->centre_power_losses,
           c->copies, c->put_back, c->restores, c->full_disks, c->parcels, c->promises);
}

static double seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* With a fault planted, the first bad seed is what was wanted. */
static uint64_t run_all(const struct options *options)
{
    struct world_counts sum = {0};
    uint64_t bad = 0, runs = 0;
    double start = seconds();
    for (uint64_t seed = options->from; seed <= options->to; seed++) {
        bool good = world_run(&world, seed, &options->world);
        add(&sum, &world.counts);
        runs++;
        if (good) {
            continue;
        }
        bad++;
        printf("seed %llu: step %d: %s: %s\n", (unsigned long long)seed, world.step,
               world.wrong, world.what);
        fflush(stdout);
        if (options->shrink) {
            shrink(&world, seed, &options->world);
        }
        if (options->plant != PLANT_NONE) {
            break;
        }
    }
    tell(&sum, runs, bad, seconds() - start);
    return bad;
}

/* One thread, and blocks that come and go by the million stay with the process. */
static void be_quick(void)
{
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 512, 400);
}

int main(int argc, char **argv)
{
    struct options options;
    read_options(&options, argc, argv);
    be_quick();
    signal(SIGABRT, died);
    signal(SIGSEGV, died);
    plants_set(PLANT_NONE);
    if (!world_make(&world)) {
        fprintf(stderr, "tool_sim: %s: %s\n", world.wrong, world.what);
        return 2;
    }
    plants_set(options.plant);
    uint64_t bad = run_all(&options);
    world_free(&world);
    if (options.plant != PLANT_NONE) {
        return bad > 0 ? 0 : 1;
    }
    return bad > 0;
}
