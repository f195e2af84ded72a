/* The simulated net at work: time, who, clients, sticks; and what is told of it. */
#include "sync/net/world.h"

#include "proof/chain.h"

#include <stdarg.h>
#include <stdio.h>

#include <sqlite3.h>

#define CONTACT_STEPS 8

/* ---- failing and telling ----------------------------------------------------------- */

bool world_fail(struct world *world, const char *wrong, const char *format, ...)
{
    va_list args;
    if (world->failed) {
        return false;
    }
    world->failed = true;
    snprintf(world->wrong, sizeof world->wrong, "%s", wrong);
    va_start(args, format);
    vsnprintf(world->what, sizeof world->what, format, args);
    va_end(args);
    world_trace(world, "WRONG: %s: %s", wrong, world->what);
    return false;
}

void world_trace(struct world *world, const char *format, ...)
{
    va_list args;
    if (!world->options.trace) {
        return;
    }
    printf("%4d  ", world->step);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

void world_seed_sqlite(struct world *world)
{
    int seed = (int)(dice_next(&world->dice) & 0x7fffffff);
    sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, seed | 1, (sqlite3 *)NULL);
}

/* ---- time -------------------------------------------------------------------------- */

void world_pass(struct world *world, int64_t ms)
{
    world->now_ms += ms;
    world->centre.clock.wall_ms = world->now_ms;
    world->centre.clock.mono_ms += ms;
    for (int i = 0; i < WORLD_BODIES; i++) {
        fake_clock_advance(&world->kiosks[i].clock, ms);
    }
}

/* ---- who --------------------------------------------------------------------------- */

struct kiosk *world_kiosk(struct world *world)
{
    struct kiosk *kiosk;
    do {
        kiosk = &world->kiosks[dice_below(&world->dice, WORLD_BODIES)];
    } while (!kiosk->there);
    return kiosk;
}

bool world_doubts(struct world *world, struct kiosk *kiosk)
{
    int64_t epoch = 0;
    struct sync_centre centre;
    if (!vfs_crash_dead(kiosk->disk) && store_epoch(kiosk->store, &epoch) != ERR_OK) {
        return true;
    }
    for (int i = 0; i < world->doubt_count; i++) {
        const struct doubt *doubt = &world->doubts[i];
        if (uid_eq(doubt->dev, kiosk->dev) && epoch >= doubt->from &&
            epoch <= doubt->to) {
            return true;
        }
    }
    /* A kiosk that has not yet heard that the centre was put back. */
    return vfs_crash_dead(kiosk->disk) ||
           store_centre_get(kiosk->store, &centre) != ERR_OK ||
           centre.generation != world->generation;
}

void world_doubt(struct world *world, struct kiosk *kiosk, int64_t from, int64_t to)
{
    struct truth *truth = &world->truth;
    CHECK(world->doubt_count < WORLD_DOUBTS_MAX);
    world->doubts[world->doubt_count++] =
        (struct doubt){kiosk->dev, from < to ? from : to, from < to ? to : from};
    for (int i = 0; i < truth->wish_count; i++) {
        const struct kiosk *of = &world->kiosks[truth->wishes[i].slot];
        truth->wishes[i].excused |= uid_eq(of->dev, kiosk->dev);
    }
}

void world_note_revoked(struct world *world, struct uid dev, int64_t rev, bool told)
{
    for (int i = 0; i < WORLD_BODIES; i++) {
        struct kiosk *kiosk = &world->kiosks[i];
        if (kiosk->there && uid_eq(kiosk->dev, dev) && !kiosk->revoked) {
            kiosk->revoked = told;
            kiosk->revoked_rev = rev;
        }
    }
}

/* ---- the client -------------------------------------------------------------------- */

static void find_device(struct kiosk *kiosk)
{
    uint8_t seed[STORE_SEED_SIZE];
    struct sync_centre centre;
    struct key key;
    if (store_centre_get(kiosk->store, &centre) == ERR_OK &&
        store_device_seed(kiosk->store, seed) == ERR_OK) {
        key_from_seed(seed, &key);
        kiosk->dev = chain_device_of(&key.public);
    }
}

static void after_step(struct world *world, struct kiosk *kiosk)
{
    static const enum crash_loss losses[] = {CRASH_KEEP, CRASH_DROP, CRASH_TEAR};
    if (vfs_crash_dead(kiosk->disk)) {
        world->counts.kiosk_power_losses++;
        kiosk_lose_power(kiosk, losses[dice_below(&world->dice, 3)], &world->dice);
        return;
    }
    bool struck = vfs_crash_struck(kiosk->disk);
    vfs_crash_arm(kiosk->disk, kiosk->full ? CRASH_FULL : CRASH_NONE, kiosk->full);
    if (uid_is_nil(kiosk->dev)) {
        find_device(kiosk);
    }
    if (!struck && !world->failed) {
        kiosk_note_saved(kiosk);
    }
    if (!world->failed) {
        world_check_kiosk(world, kiosk);
    }
}

static void arm(struct world *world, struct kiosk *kiosk)
{
    if (world->weather && !kiosk->full && dice_one_in(&world->dice, 12)) {
        enum crash_fault fault = dice_one_in(&world->dice, 3) ? CRASH_IOERR : CRASH_POWER;
        vfs_crash_arm(kiosk->disk, fault, 1 + (int)dice_below(&world->dice, 40));
    }
}

enum client_step world_client_once(struct world *world, struct kiosk *kiosk)
{
    kiosk_reseed(kiosk, &world->dice);
    centre_reseed(&world->centre, &world->dice);
    arm(world, kiosk);
    world->counts.client_steps++;
    enum client_step did = client_step(kiosk->client, 0);
    world_trace(world, "kiosk %d: client: %d %s%s", kiosk->slot, (int)did,
                client_detail(kiosk->client),
                vfs_crash_struck(kiosk->disk) ? ", disk fault" : "");
    after_step(world, kiosk);
    return did;
}

void world_client_step(struct world *world, struct kiosk *kiosk)
{
    int most = 1 + (int)dice_below(&world->dice, CONTACT_STEPS);
    enum client_step did = CLIENT_MORE;
    if (dice_one_in(&world->dice, 6)) {
        client_link_up(kiosk->client);
    }
    for (int i = 0; i < most && did == CLIENT_MORE && !world->failed; i++) {
        did = world_client_once(world, kiosk);
    }
}

/* ---- on a stick -------------------------------------------------------------------- */

static void damage(struct world *world, struct bytes *file)
{
    if (world->weather && file->len > 0 && dice_one_in(&world->dice, 8)) {
        size_t at = dice_below(&world->dice, (uint32_t)file->len);
        file->data[at] = (char)(file->data[at] ^ 4);
    }
}

static bool carry_up(struct world *world, struct bytes *file, struct bytes *answer)
{
    char said[200];
    struct buf why;
    static const enum crash_loss losses[] = {CRASH_KEEP, CRASH_DROP, CRASH_TEAR};
    struct centre *centre = &world->centre;
    buf_init(&why, said, sizeof said);
    if (world->weather && dice_one_in(&world->dice, 6)) {
        vfs_crash_arm(centre->disk, CRASH_POWER, 1 + (int)dice_below(&world->dice, 40));
    }
    bytes_clear(answer);
    enum err err = core_parcel(centre->core, bytes_str(file), answer, &why);
    world_trace(world, "  parcel read in: %s %s", err_name(err), said);
    if (vfs_crash_dead(centre->disk)) {
        if (centre_lose_power(centre, losses[dice_below(&world->dice, 3)],
                              &world->dice)) {
            world_check_centre(world);
        }
        return false;
    }
    vfs_crash_arm(centre->disk, centre->full ? CRASH_FULL : CRASH_NONE, centre->full);
    world_check_commit(world);
    return err == ERR_OK;
}

void world_parcel(struct world *world, struct kiosk *kiosk)
{
    struct bytes file = {0}, answer = {0};
    if (!world->centre.storage || uid_is_nil(kiosk->dev)) {
        return;
    }
    kiosk_reseed(kiosk, &world->dice);
    centre_reseed(&world->centre, &world->dice);
    enum err err = client_export(kiosk->client, &file);
    world_trace(world, "kiosk %d: parcel: %s", kiosk->slot, err_name(err));
    world->counts.parcels++;
    damage(world, &file);
    bool answered = err == ERR_OK && carry_up(world, &file, &answer);
    if (answered && dice_one_in(&world->dice, 3) && !world->failed) {
        answered = carry_up(world, &file, &answer);
    }
    if (answered && !dice_one_in(&world->dice, 4) && !world->failed) {
        damage(world, &answer);
        arm(world, kiosk);
        err = client_import(kiosk->client, bytes_str(&answer));
        world_trace(world, "kiosk %d: answer: %s", kiosk->slot, err_name(err));
        after_step(world, kiosk);
    }
    bytes_free(&file);
    bytes_free(&answer);
}

/* ---- enrolment --------------------------------------------------------------------- */

bool world_ask_enrol(struct world *world, struct kiosk *kiosk)
{
    struct enrol_code code;
    struct sync_enrol asked;
    if (!world->centre.storage || !uid_is_nil(kiosk->dev) ||
        store_enrol_get(kiosk->store, &asked) != ERR_OK ||
        asked.state == SYNC_ENROL_ASKED) {
        return true;
    }
    centre_reseed(&world->centre, &world->dice);
    enum err err =
        admin_code_make(&world->centre.admin, world->homes[kiosk->home], &code);
    if (err == ERR_OK) {
        err = store_enrol_ask(kiosk->store, "http://centre:8080", code.b);
    }
    world_trace(world, "kiosk %d: asks to be enrolled: %s", kiosk->slot, err_name(err));
    return err == ERR_OK;
}
