/* A run and its quiet end. */
#include "sync/net/world.h"

#include <stdio.h>
#include <string.h>

#define QUIET_ROUNDS 60
#define CALM_ROUNDS 2
#define MINUTE_MS 60000

static void reset_kiosk(struct world *world, int slot, bool there)
{
    struct kiosk *kiosk = &world->kiosks[slot];
    kiosk_stop(kiosk);
    kiosk->there = there;
    kiosk->revoked = kiosk->revoked_then = kiosk->image_there = false;
    kiosk->boots = 0;
    kiosk->mirror.count = 0;
    kiosk->dev = (struct uid){{0}};
    kiosk->two_handles = dice_one_in(&world->dice, 4);
    vfs_crash_wipe(kiosk->image);
    vfs_crash_wipe(kiosk->disk);
    if (slot >= WORLD_KIOSKS) {
        kiosk_remove_files(
            kiosk); /* the others' are theirs in all runs: they are marks */
    }
    if (!there) {
        return;
    }
    bool blank = dice_one_in(&world->dice, 8);
    snprintf(kiosk->machine, sizeof kiosk->machine, "m%d", slot);
    kiosk_load(kiosk, blank ? world->blank_kiosks[slot] : world->fresh_kiosks[slot],
               kiosk->dir);
    if (!blank) {
        mirror_copy(&kiosk->mirror, &world->fresh_mirrors[slot]);
        kiosk->dev = world->fresh_devs[slot];
    }
    vfs_crash_seed(kiosk->disk, dice_next(&world->dice));
    kiosk_start(kiosk, &world->dice);
}

/* Most runs are short, as each begins with much that can go wrong at once; one of
 * twenty is long, as some faults need a history. */
static int throw_steps(uint64_t seed)
{
    struct dice dice = dice_make(seed, 0, 2);
    uint32_t x = dice_below(&dice, 20);
    return (int)(x < 14   ? dice_between(&dice, 8, 20)
                 : x < 19 ? dice_between(&dice, 20, 48)
                          : dice_between(&dice, 48, 200));
}

static void reset(struct world *world, uint64_t seed, const struct world_options *options)
{
    world->seed = seed;
    world->step = 0;
    world->options = *options;
    world->steps = options->steps > 0 ? options->steps : throw_steps(seed);
    world->failed = false;
    world->wrong[0] = world->what[0] = '\0';
    world->weather = true;
    world->now_ms = WORLD_START_MS;
    world->dice = dice_make(seed, 0, 0);
    world_seed_sqlite(world);
    world->old_centre = dice_one_in(&world->dice, 3);
    world->truth = world->truth_then = world->fresh_truth;
    world->counts = (struct world_counts){0};
    world->doubt_count = 0;
    world->generation = 1;
    road_forget(&world->road);
    centre_stop(&world->centre);
    world->centre.down = world->centre.backup_there = false;
    world->centre.clock = (struct fake_clock){world->now_ms, 1000};
    vfs_crash_wipe(world->centre.backup);
    centre_load(&world->centre, world->fresh_centre, world->centre.dir);
    vfs_crash_seed(world->centre.disk, dice_next(&world->dice));
    centre_reseed(&world->centre, &world->dice);
    centre_start(&world->centre);
    /* In two of three runs the kiosks of one house only are there. */
    int only = (int)dice_below(&world->dice, 3 * WORLD_HOMES) / 2;
    for (int i = 0; i < WORLD_BODIES; i++) {
        bool there = only >= WORLD_HOMES || world->kiosks[i].home == only;
        reset_kiosk(world, i, there && i < WORLD_KIOSKS);
    }
    mishap_before(world);
    staff_before(world);
}

static void people_acts(struct world *world)
{
    struct kiosk *kiosk = world_kiosk(world);
    int count = 1 + (int)dice_below(&world->dice, 3);
    for (int i = 0; i < count && !world->failed; i++) {
        people_act(world, kiosk);
    }
}

static void step(struct world *world)
{
    world_seed_sqlite(world);
    uint32_t x = dice_below(&world->dice, 100);
    world_pass(world, dice_between(&world->dice, 0, 20 * MINUTE_MS));
    if (x < 38) {
        people_acts(world);
    } else if (x < 73) {
        world_client_step(world, world_kiosk(world));
    } else if (x < 75) {
        world_parcel(world, world_kiosk(world));
    } else if (x < 88) {
        staff_act(world);
    } else {
        mishap(world);
    }
}

/* ---- the quiet end ----------------------------------------------------------------- */

static void calm(struct world *world)
{
    world->weather = false;
    if (!world->centre.storage) {
        centre_start(&world->centre);
    }
    world->centre.full = false;
    world->centre.down = false;
    vfs_crash_arm(world->centre.disk, CRASH_NONE, 0);
    for (int i = 0; i < WORLD_BODIES; i++) {
        struct kiosk *kiosk = &world->kiosks[i];
        kiosk->full = false;
        vfs_crash_arm(kiosk->disk, CRASH_NONE, 0);
        if (kiosk->there && !world->failed) {
            client_link_up(kiosk->client);
        }
    }
}

/* Who is locked out is what the centre says; and what staff were told was done, it says.
 */
static void find_revoked(struct world *world, struct kiosk *kiosk)
{
    char state[16] = "";
    struct ask ask =
        ask_on(world->centre.storage,
               "SELECT state FROM device WHERE centre = :centre AND id = :id");
    ask_uid(&ask, ":centre", &world->homes[kiosk->home]);
    ask_uid(&ask, ":id", &kiosk->dev);
    if (ask_row(&ask)) {
        ask_get_text(&ask, 0, state, sizeof state);
    }
    bool is = ask_done(&ask) == ERR_OK && strcmp(state, "revoked") == 0;
    if (kiosk->revoked && !is) {
        world_fail(world, "revoked", "kiosk %d: its revocation is lost", kiosk->slot);
    }
    kiosk->revoked = is;
}

static bool is_settled(struct kiosk *kiosk, enum client_step did)
{
    return did == CLIENT_CURRENT || (did == CLIENT_HELP && !kiosk_is_member(kiosk)) ||
           (did == CLIENT_NOTHING && uid_is_nil(kiosk->dev));
}

/* All have said all, and each knows what the others said. */
static void settle(struct world *world)
{
    int calm_rounds = 0;
    for (int round = 0; round < QUIET_ROUNDS && calm_rounds < CALM_ROUNDS; round++) {
        bool all = true;
        for (int i = 0; i < WORLD_BODIES && !world->failed; i++) {
            struct kiosk *kiosk = &world->kiosks[i];
            if (kiosk->there) {
                enum client_step did = world_client_once(world, kiosk);
                all = all && is_settled(kiosk, did);
            }
        }
        calm_rounds = all ? calm_rounds + 1 : 0;
        world_pass(world, 6 * MINUTE_MS);
        if (world->failed) {
            return;
        }
    }
    if (calm_rounds < CALM_ROUNDS) {
        world_fail(world, "quiet", "not all is sent and told after %d quiet rounds",
                   QUIET_ROUNDS);
    }
}

static void end_quietly(struct world *world)
{
    world->step = world->steps + 1;
    world->dice = dice_make(world->seed, (uint64_t)world->step, 1);
    world_seed_sqlite(world);
    calm(world);
    for (int i = 0; i < WORLD_BODIES && !world->failed; i++) {
        if (world->kiosks[i].there && !uid_is_nil(world->kiosks[i].dev)) {
            find_revoked(world, &world->kiosks[i]);
        }
    }
    if (!world->failed) {
        staff_unpark(world);
    }
    if (!world->failed) {
        settle(world);
    }
    /* What came before the line that it speaks of. */
    if (!world->failed && staff_unpark(world) > 0) {
        settle(world);
    }
    if (!world->failed) {
        world_check_end(world);
    }
}

bool world_run(struct world *world, uint64_t seed, const struct world_options *options)
{
    reset(world, seed, options);
    for (int i = 1; i <= world->steps && !world->failed; i++) {
        world->step = i;
        if (options->skip && options->skip[i]) {
            continue;
        }
        world->dice = dice_make(seed, (uint64_t)i, 1);
        world->counts.steps++;
        step(world);
    }
    if (!world->failed) {
        end_quietly(world);
    }
    return !world->failed;
}
