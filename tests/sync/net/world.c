/* One run of the simulated net. */
#include "sync/net/world.h"

#include "base/check.h"
#include "proof/chain.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#define CONTACT_STEPS 8
#define QUIET_ROUNDS 60
#define CALM_ROUNDS 2
#define MINUTE_MS 60000

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

/* The salts of write-ahead logs come from a generator that all connections share. */
static void seed_sqlite(struct world *world)
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

static enum client_step one_step(struct world *world, struct kiosk *kiosk)
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
        did = one_step(world, kiosk);
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

/* ---- what all runs begin with ------------------------------------------------------ */

static void must(enum err err, const char *what)
{
    if (err != ERR_OK) {
        fprintf(stderr, "the net cannot be made: %s: %s\n", what, err_name(err));
        exit(2);
    }
}

static void make_offers(struct world *world)
{
    static const int places[TRUTH_OFFERS] = {6, 3, 4};
    for (int home = 0; home < WORLD_HOMES; home++) {
        for (int i = 0; i < TRUTH_OFFERS; i++) {
            world->truth.offers[home][i] =
                (struct truth_offer){.places = places[i], .at_once = i % 3 != 2};
        }
        must(staff_post(world, home) ? ERR_OK : ERR_INVALID, "offers");
    }
}

static void make_homes(struct world *world)
{
    struct uid organisation;
    struct admin *admin = &world->centre.admin;
    must(admin_init(admin), "keys");
    must(admin_organisation_add(admin, STR("Traeger"), &organisation), "organisation");
    for (int home = 0; home < WORLD_HOMES; home++) {
        must(admin_centre_add(admin, organisation, home ? STR("Nord") : STR("Sued"),
                              &world->homes[home]),
             "centre");
        must(
            admin_staff_add(admin, world->homes[home], STR("Coach"), &world->staff[home]),
            "staff");
    }
}

static void make_kiosk(struct world *world, int slot)
{
    struct kiosk *kiosk = &world->kiosks[slot];
    kiosk->home = slot % WORLD_HOMES;
    kiosk->there = true;
    snprintf(kiosk->machine, sizeof kiosk->machine, "m%d", slot);
    kiosk_start(kiosk, &world->dice);
    vfs_crash_copy(world->blank_kiosks[slot], kiosk->dir, kiosk->disk, kiosk->dir);
    if (!world_ask_enrol(world, kiosk)) {
        must(ERR_INVALID, "enrolment");
    }
    enum client_step did = CLIENT_MORE;
    for (int i = 0; i < 20 && did == CLIENT_MORE; i++) {
        did = one_step(world, kiosk);
    }
    must(did == CLIENT_CURRENT && !uid_is_nil(kiosk->dev) ? ERR_OK : ERR_INVALID,
         client_detail(kiosk->client));
}

static void keep_fresh(struct world *world)
{
    for (int i = 0; i < WORLD_KIOSKS; i++) {
        struct kiosk *kiosk = &world->kiosks[i];
        one_step(world, kiosk);
        kiosk_stop(kiosk);
        world->fresh_devs[i] = kiosk->dev;
        vfs_crash_copy(world->fresh_kiosks[i], kiosk->dir, kiosk->disk, kiosk->dir);
        mirror_copy(&world->fresh_mirrors[i], &kiosk->mirror);
    }
    centre_stop(&world->centre);
    vfs_crash_copy(world->fresh_centre, world->centre.dir, world->centre.disk,
                   world->centre.dir);
    world->fresh_truth = world->truth;
}

bool world_make(struct world *world)
{
    memset(world, 0, sizeof *world);
    world->dice = dice_make(0, 0, 0);
    seed_sqlite(world);
    must(proof_init(), "sodium");
    strcpy(world->stage, "/dev/shm/anlauf-net-XXXXXX");
    if (!mkdtemp(world->stage)) {
        strcpy(world->stage, "/tmp/anlauf-net-XXXXXX");
        CHECK(mkdtemp(world->stage));
    }
    centre_make(&world->centre, world, world->stage);
    for (int i = 0; i < WORLD_BODIES; i++) {
        kiosk_make(&world->kiosks[i], world, i, world->stage);
    }
    world->fresh_centre = vfs_crash_make("fresh");
    for (int i = 0; i < WORLD_KIOSKS; i++) {
        world->fresh_kiosks[i] = vfs_crash_make("fresh");
        world->blank_kiosks[i] = vfs_crash_make("blank");
    }
    world->now_ms = WORLD_START_MS;
    world_pass(world, 1000);
    centre_reseed(&world->centre, &world->dice);
    if (!centre_start(&world->centre)) {
        must(ERR_IO, world->what);
    }
    make_homes(world);
    for (int i = 0; i < WORLD_KIOSKS; i++) {
        make_kiosk(world, i);
        people_enrol(world, &world->kiosks[i]);
        one_step(world, &world->kiosks[i]);
    }
    make_offers(world);
    for (int i = 0; i < WORLD_KIOSKS; i++) {
        one_step(world, &world->kiosks[i]);
    }
    keep_fresh(world);
    return !world->failed;
}

void world_free(struct world *world)
{
    for (int i = 0; i < WORLD_BODIES; i++) {
        kiosk_free(&world->kiosks[i]);
    }
    centre_free(&world->centre);
    vfs_crash_free(world->fresh_centre);
    for (int i = 0; i < WORLD_KIOSKS; i++) {
        vfs_crash_free(world->fresh_kiosks[i]);
        vfs_crash_free(world->blank_kiosks[i]);
        free(world->fresh_mirrors[i].hashes);
    }
    road_forget(&world->road);
    rmdir(world->stage);
}

/* ---- a run
 * ------------------------------------------------------------------------------------------
 */

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
        kiosk_remove_files(kiosk); /* the others' are theirs in all runs: they are marks */
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

/* Most runs are short, as each begins with much that can go wrong at once; one in ten is
 * long, as some faults need a history. */
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
    seed_sqlite(world);
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
    seed_sqlite(world);
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

/* ---- the quiet end
 * --------------------------------------------------------------------------------------
 */

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
                enum client_step did = one_step(world, kiosk);
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
    seed_sqlite(world);
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
