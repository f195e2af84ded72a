/* What sealing costs. The sheet of 500 jobs is 500 entries to open: it must be on screen
 * within 50 ms, and opening is the greatest part of it. Prints one line a measure: name,
 * nanoseconds, limit (0: only told), and how many were run. */
#include "proof/card.h"
#include "proof/centre_key.h"
#include "proof/site_code.h"
#include "proof/team.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define RUNS 5
#define JOBS 500
#define ENTRY_LEN 200 /* bytes of one entry of the sheet */

static struct rng rng;
static struct card card, staff_card;
static struct seal_pair person, team;
static struct team_wrap wrap;
static struct site_code_key site_key;
static struct centre_key centre;
static uint8_t entries[JOBS][SEAL_SIZE(ENTRY_LEN)];

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void seal_entry(uint8_t sealed[SEAL_SIZE(ENTRY_LEN)])
{
    static const uint8_t entry[ENTRY_LEN] = {1, 2, 3};
    CHECK(seal_put(&person.public, SEAL_HISTORY, entry, sizeof entry, &rng, sealed,
                   SEAL_SIZE(ENTRY_LEN)) == ERR_OK);
}

static void seal_one(void)
{
    seal_entry(entries[0]);
}

static void open_entry(const uint8_t sealed[SEAL_SIZE(ENTRY_LEN)])
{
    uint8_t entry[ENTRY_LEN];
    size_t len;
    CHECK(seal_open(&person, SEAL_HISTORY, sealed, SEAL_SIZE(ENTRY_LEN), entry,
                    sizeof entry, &len) == ERR_OK);
}

static void open_one(void)
{
    open_entry(entries[0]);
}

static void open_sheet(void)
{
    for (size_t i = 0; i < JOBS; i++) {
        open_entry(entries[i]);
    }
}

static void keys_from_card(void)
{
    seal_keys_from_card(&card, &person);
}

static void unwrap_team(void)
{
    struct seal_pair opened;
    CHECK(team_unwrap(&wrap, &staff_card, &team.public, &opened) == ERR_OK);
}

static void check_site_code(void)
{
    CHECK(!site_code_check(&site_key, STR("H-1042"), 20784, "0000000000"));
}

static void open_centre(void)
{
    struct seal_pair opened;
    CHECK(centre_key_open(&centre, STR("vier Apfel im Regen"), &opened) == ERR_OK);
}

/* The fastest of some runs: the machine may be busy with something else. */
static int64_t measure(void (*what)(void), int rounds)
{
    int64_t best = INT64_MAX;
    for (int run = 0; run < RUNS; run++) {
        int64_t start = now_ns();
        for (int i = 0; i < rounds; i++) {
            what();
        }
        int64_t each = (now_ns() - start) / rounds;
        best = each < best ? each : best;
    }
    return best;
}

static void prepare(void)
{
    struct recovery recovery;
    const uint8_t seed[KEY_SEED_SIZE] = {7};
    rng = rng_system();
    card = card_make(CARD_PARTICIPANT, &rng);
    staff_card = card_make(CARD_STAFF, &rng);
    seal_keys_from_card(&card, &person);
    team_make(&rng, &team);
    CHECK(team_wrap(&team, &staff_card, &rng, &wrap) == ERR_OK);
    site_code_key_of(seed, &site_key);
    recovery_make(&rng, &recovery);
    CHECK(centre_key_make(STR("vier Apfel im Regen"), &recovery, &rng, &centre) ==
          ERR_OK);
    for (size_t i = 0; i < JOBS; i++) {
        seal_entry(entries[i]);
    }
}

int main(void)
{
    static const struct {
        const char *name;
        void (*what)(void);
        int rounds;
        int64_t limit_ns;
    } measures[] = {
        {"seal_keys_from_card", keys_from_card, 200, 0},
        {"seal_put", seal_one, 200, 0},
        {"seal_open", open_one, 200, 0},
        {"seal_open_sheet_500", open_sheet, 1, 50000000},
        {"team_unwrap", unwrap_team, 200, 0},
        {"site_code_check", check_site_code, 2000, 0},
        {"centre_key_open", open_centre, 1, 0},
    };
    int failed = 0;
    CHECK(proof_init() == ERR_OK);
    prepare();
    for (size_t i = 0; i < ARRAY_LEN(measures); i++) {
        int64_t ns = measure(measures[i].what, measures[i].rounds);
        bool slow = measures[i].limit_ns > 0 && ns > measures[i].limit_ns;
        printf("%s ns=%lld limit_ns=%lld rounds=%d\n", measures[i].name, (long long)ns,
               (long long)measures[i].limit_ns, measures[i].rounds);
        failed += slow;
    }
    return failed ? 1 : 0;
}
