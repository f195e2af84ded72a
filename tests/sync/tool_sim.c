/* The net in one process, run by the thousand: kiosks, centre, people, staff, mishaps.
 *
 *   tool_sim --seeds 1-2000          each seed is a run; the first thing that does not
 *                                    hold ends it and is told
 *   tool_sim --seed 7 --trace        all that happened in one
 *   tool_sim --seed 7 --shrink       leaves out what is not needed to fail
 *   tool_sim --seed 7 --keep 3,9,12  only these steps
 *   tool_sim --seeds … --steps 120   so long each, whatever the seeds say
 *   tool_sim --plant NAME --seeds …  with a fault planted; needs its own build
 *   tool_sim --list-plants
 *
 * Exit 0: all held (with --plant: it was found). */
#include "base/plant.h"
#include "sync/net/plants.h"
#include "sync/net/quick.h"
#include "sync/net/shrink.h"
#include "sync/net/world.h"

#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

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

/* ---- signatures -------------------------------------------------------------------- */

/* A run makes and checks thousands. Here a keyed hash stands for one: who changes a byte
 * is found as ever, and nobody here forges. All other tests have the real ones. */

#define KEYS_KNOWN 32

int crypto_sign_seed_keypair(unsigned char *public, unsigned char *secret,
                             const unsigned char *seed)
{
    static struct {
        unsigned char seed[32], public[32];
    } known[KEYS_KNOWN];
    static size_t next;
    size_t i = 0;
    while (i < KEYS_KNOWN && memcmp(known[i].seed, seed, 32) != 0) {
        i++;
    }
    if (i == KEYS_KNOWN) {
        unsigned char hash[64];
        i = next++ % KEYS_KNOWN;
        memcpy(known[i].seed, seed, 32);
        crypto_hash_sha512(hash, seed, 32);
        hash[0] &= 248;
        hash[31] = (unsigned char)((hash[31] & 127) | 64);
        crypto_scalarmult_ed25519_base_noclamp(known[i].public, hash);
    }
    memcpy(public, known[i].public, 32);
    memcpy(secret, seed, 32);
    memcpy(secret + 32, public, 32);
    return 0;
}

int crypto_sign_detached(unsigned char *signature, unsigned long long *len,
                         const unsigned char *message, unsigned long long message_len,
                         const unsigned char *secret)
{
    if (len) {
        *len = 64;
    }
    return crypto_generichash(signature, 64, message, message_len, secret + 32, 32);
}

int crypto_sign_verify_detached(const unsigned char *signature,
                                const unsigned char *message,
                                unsigned long long message_len,
                                const unsigned char *public)
{
    unsigned char own[64];
    crypto_generichash(own, 64, message, message_len, public, 32);
    return memcmp(own, signature, 64) == 0 ? 0 : -1;
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
    *options = (struct options){.from = 1, .to = 100, };
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
    if (options->world.steps < 0 || options->world.steps > WORLD_STEPS_MAX) {
        usage();
    }
}

static void add(struct world_counts *sum, const struct world_counts *one)
{
    sum->steps += one->steps;
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
    sum->kept += one->kept;
}

static void tell(const struct world_counts *c, uint64_t runs, uint64_t bad,
                 double seconds)
{
    double minutes = seconds > 0 ? seconds / 60 : 1;
    printf("%llu seeds, %llu bad; a minute of processor time: %.0f seeds, %.0f steps,"
           " %.0f acts, %.0f client steps\n",
           (unsigned long long)runs, (unsigned long long)bad, (double)runs / minutes,
           c->steps / minutes, c->acts / minutes, c->client_steps / minutes);
    printf("steps %d, acts %d, client steps %d, power lost: kiosks %d, centre %d; cards copied %d,"
           " put back %d; centre restored %d; disks full %d; parcels %d; promises %d, of"
           " which %d had to be kept\n",
           c->steps, c->acts, c->client_steps, c->kiosk_power_losses, c->centre_power_losses,
           c->copies, c->put_back, c->restores, c->full_disks, c->parcels, c->promises,
           c->kept);
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

int main(int argc, char **argv)
{
    struct options options;
    read_options(&options, argc, argv);
    quick_memory();
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
