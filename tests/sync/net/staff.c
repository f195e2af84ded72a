/* What staff do at the centre. */
#include "server/effects.h"
#include "server/feed.h"
#include "sync/net/world.h"

#include <stdio.h>
#include <string.h>

enum staff_kind {
    STAFF_POST,
    STAFF_DECIDE,
    STAFF_RECALL,
    STAFF_REVOKE_LEASE,
    STAFF_CALL_OFF,
    STAFF_REVOKE_KIOSK,
    STAFF_FORGET,
    STAFF_TASK,
    STAFF_UNPARK,
    STAFF_SEAL,
    STAFF_FUTURE_ROW,
    STAFF_COMPACT,
    STAFF_COUNT
};

static const struct {
    const char *name;
    int weight;
} kinds[STAFF_COUNT] = {{"post", 12},        {"decide", 24},    {"recall", 14},
                        {"revoke-lease", 2}, {"call-off", 2},   {"revoke-kiosk", 1},
                        {"forget", 1},       {"task-done", 2},  {"unpark", 3},
                        {"seal", 1},         {"future-row", 2}, {"compact", 2}};

static enum staff_kind throw_kind(struct dice *dice)
{
    int sum = 0;
    for (int i = 0; i < STAFF_COUNT; i++) {
        sum += kinds[i].weight;
    }
    int x = (int)dice_below(dice, (uint32_t)sum);
    for (int i = 0; i < STAFF_COUNT; i++) {
        x -= kinds[i].weight;
        if (x < 0) {
            return (enum staff_kind)i;
        }
    }
    return STAFF_DECIDE;
}

/* ---- looking things up ------------------------------------------------------------- */

int64_t centre_number(struct centre *centre, const char *sql, const struct uid *home)
{
    int64_t number = -1;
    struct ask ask = ask_on(centre->storage, sql);
    if (home) {
        ask_uid(&ask, ":centre", home);
    }
    if (ask_row(&ask)) {
        number = ask_get_int(&ask, 0);
    }
    enum err err = ask_done(&ask);
    if (err != ERR_OK) {
        world_fail(centre->world, "read", "the centre cannot be read: %s: %s",
                   err_name(err), storage_detail(centre->storage));
    }
    return number;
}

/* The n-th id that a query finds, n thrown. */
static bool some_id(struct world *world, int home, const char *sql, struct uid *id_out)
{
    uint32_t n = 0;
    bool found = false;
    uint64_t thrown = dice_next(&world->dice);
    struct uid ids[64];
    struct ask ask = ask_on(world->centre.storage, sql);
    ask_uid(&ask, ":centre", &world->homes[home]);
    while (n < 64 && ask_row(&ask)) {
        ids[n++] = ask_get_uid(&ask, 0);
    }
    enum err err = ask_done(&ask);
    found = err == ERR_OK && n > 0;
    if (found) {
        *id_out = ids[thrown % n];
    }
    return found;
}

/* ---- wishes and leases ------------------------------------------------------------- */

static enum err decide(struct world *world, int home)
{
    static const char *const reasons[] = {"full", "rules", "talk", "none"};
    struct decision decision = {.staff = world->staff[home],
                                .confirm = !dice_one_in(&world->dice, 4)};
    enum decide_answer answer = DECIDE_OK;
    char said[200];
    struct buf why;
    buf_init(&why, said, sizeof said);
    snprintf(decision.reason, sizeof decision.reason, "%s",
             decision.confirm ? "none" : reasons[dice_below(&world->dice, 3)]);
    if (!some_id(world, home,
                 "SELECT id FROM wish WHERE centre = :centre"
                 " AND state <> 'undone' ORDER BY ord LIMIT 64",
                 &decision.wish)) {
        return ERR_NOT_FOUND;
    }
    enum err err =
        admin_decide(&world->centre.admin, world->homes[home], &decision, &answer, &why);
    world_trace(world, "  decides %d: answer %d %s", decision.confirm, (int)answer, said);
    struct truth_wish *wish = truth_find_wish(&world->truth, decision.wish);
    if (wish && !decision.confirm && (err == ERR_OK || err == ERR_UNKNOWN)) {
        wish->excused = true; /* a coach may say no also after a yes */
    }
    return err;
}

/* What the kiosk promised meanwhile, or will before it knows, may be one too many. */
static void excuse_lease(struct world *world, int home, struct uid lease)
{
    char code[OFFER_CODE_SIZE] = "";
    struct ask ask = ask_on(world->centre.storage,
                            "SELECT code FROM lease WHERE centre = :centre AND id = :id");
    ask_uid(&ask, ":centre", &world->homes[home]);
    ask_uid(&ask, ":id", &lease);
    if (ask_row(&ask)) {
        ask_get_text(&ask, 0, code, sizeof code);
    }
    if (ask_done(&ask) == ERR_OK && *code) {
        truth_excuse(&world->truth, home, truth_offer_of(code));
    }
}

static enum err on_lease(struct world *world, int home, bool revoke)
{
    struct uid lease;
    if (!some_id(world, home,
                 "SELECT id FROM lease WHERE centre = :centre"
                 " AND state IN ('granted', 'recalled') ORDER BY id LIMIT 64",
                 &lease)) {
        return ERR_NOT_FOUND;
    }
    if (!revoke) {
        return admin_lease_recall(&world->centre.admin, world->homes[home], lease);
    }
    excuse_lease(world, home, lease);
    return admin_lease_revoke(&world->centre.admin, world->homes[home], lease);
}

void staff_before(struct world *world)
{
    if (dice_one_in(&world->dice, 3)) {
        enum err err = on_lease(world, world_kiosk(world)->home, false);
        (void)err; /* there was none */
    }
}

/* ---- kiosks and people ------------------------------------------------------------- */

static enum err revoke_kiosk(struct world *world, int home)
{
    struct kiosk *kiosk = world_kiosk(world);
    if (!kiosk || uid_is_nil(kiosk->dev)) {
        return ERR_NOT_FOUND;
    }
    (void)home;
    int64_t rev = core_revision(world->centre.core, world->homes[kiosk->home]);
    enum err err =
        admin_device_revoke(&world->centre.admin, world->homes[kiosk->home], kiosk->dev);
    if (err == ERR_OK || err == ERR_UNKNOWN) {
        world_note_revoked(world, kiosk->dev, rev, err == ERR_OK);
    }
    return err;
}

static enum err forget(struct world *world, int home)
{
    struct truth *truth = &world->truth;
    if (truth->person_count == 0) {
        return ERR_NOT_FOUND;
    }
    struct truth_person *person =
        &truth->people[dice_below(&world->dice, (uint32_t)truth->person_count)];
    enum err err =
        admin_person_forget(&world->centre.admin, world->homes[person->home], person->id);
    (void)home;
    if (err == ERR_OK) {
        person->forgotten = true;
    } else if (vfs_crash_struck(world->centre.disk)) {
        person->doubtful = true;
    }
    return err;
}

static enum err task_done(struct world *world, int home)
{
    struct uid task;
    if (!some_id(world, home,
                 "SELECT id FROM task WHERE centre = :centre"
                 " AND state = 'open' ORDER BY at_ms, id LIMIT 64",
                 &task)) {
        return ERR_NOT_FOUND;
    }
    return admin_task_done(&world->centre.admin, world->homes[home], task);
}

/* The centre's program is a newer one from now on. */
static enum err unpark(struct world *world, int home, int *done_out)
{
    world->old_centre = false;
    enum err err = admin_unpark(&world->centre.admin, world->homes[home], done_out);
    world_trace(world, "  %d events are not parked any more", *done_out);
    return err;
}

static enum err seal(struct world *world, int home)
{
    char hex[65];
    for (int i = 0; i < 64; i++) {
        hex[i] = "0123456789abcdef"[dice_below(&world->dice, 16)];
    }
    hex[64] = '\0';
    return admin_centre_seal(&world->centre.admin, world->homes[home], str_of(hex));
}

/* ---- the feed itself --------------------------------------------------------------- */

static struct scene scene(struct world *world, int home)
{
    static struct rng rng;
    rng = fake_rng(&world->centre.rng);
    return (struct scene){.storage = world->centre.storage,
                          .rng = &rng,
                          .centre = world->homes[home],
                          .now_ms = world->now_ms};
}

/* A newer centre tells what older kiosks do not understand. */
static enum err future_row(struct world *world, int home)
{
    struct scene at = scene(world, home);
    bool gone = dice_one_in(&world->dice, 4);
    enum err err = storage_begin(world->centre.storage);
    if (err != ERR_OK) {
        return err;
    }
    char body[40];
    snprintf(body, sizeof body, "{\"n\":%u}", dice_below(&world->dice, 100));
    err =
        feed_put(&at, STR("weather"), dice_one_in(&world->dice, 2) ? STR("a") : STR("b"),
                 gone ? STR("") : str_of(body));
    return storage_end(world->centre.storage, err);
}

static enum err compact(struct world *world, int home)
{
    struct scene at = scene(world, home);
    int64_t rev = 0;
    enum err err = storage_begin(world->centre.storage);
    if (err != ERR_OK) {
        return err;
    }
    err = feed_revision(world->centre.storage, world->homes[home], &rev);
    if (err == ERR_OK) {
        err = feed_compact(&at, rev - (int64_t)dice_below(&world->dice, 10));
    }
    return storage_end(world->centre.storage, err);
}

static enum err perform(struct world *world, enum staff_kind kind, int home)
{
    int unparked = 0;
    switch (kind) {
    case STAFF_POST:
        return staff_post(world, home);
    case STAFF_RECALL:
        return on_lease(world, home, false);
    case STAFF_REVOKE_LEASE:
        return on_lease(world, home, true);
    case STAFF_CALL_OFF:
        return staff_call_off(world, home);
    case STAFF_REVOKE_KIOSK:
        return revoke_kiosk(world, home);
    case STAFF_FORGET:
        return forget(world, home);
    case STAFF_TASK:
        return task_done(world, home);
    case STAFF_UNPARK:
        return unpark(world, home, &unparked);
    case STAFF_SEAL:
        return seal(world, home);
    case STAFF_FUTURE_ROW:
        return future_row(world, home);
    case STAFF_COMPACT:
        return compact(world, home);
    default:
        return decide(world, home);
    }
}

static bool is_answer(enum err err)
{
    return err == ERR_OK || err == ERR_NOT_FOUND || err == ERR_CONFLICT ||
           err == ERR_DENIED || err == ERR_INVALID;
}

void staff_act(struct world *world)
{
    static const enum crash_loss losses[] = {CRASH_KEEP, CRASH_DROP, CRASH_TEAR};
    struct centre *centre = &world->centre;
    int home = world_kiosk(world)->home;
    enum staff_kind kind = throw_kind(&world->dice);
    if (!centre->storage) {
        return;
    }
    if (world->weather && !centre->full && dice_one_in(&world->dice, 20)) {
        vfs_crash_arm(centre->disk, CRASH_POWER, 1 + (int)dice_below(&world->dice, 30));
    }
    centre_reseed(centre, &world->dice);
    enum err err = perform(world, kind, home);
    bool struck = vfs_crash_struck(centre->disk);
    world_trace(world, "staff of %d: %s: %s%s", home, kinds[kind].name, err_name(err),
                struck ? ", disk fault" : "");
    if (!struck && !is_answer(err)) {
        world_fail(world, "answer", "staff: %s: %s: %s", kinds[kind].name, err_name(err),
                   storage_detail(centre->storage));
    }
    if (vfs_crash_dead(centre->disk)) {
        world->counts.centre_power_losses++;
        centre_lose_power(centre, losses[dice_below(&world->dice, 3)], &world->dice);
        if (!world->failed) {
            world_check_centre(world);
        }
        return;
    }
    vfs_crash_arm(centre->disk, centre->full ? CRASH_FULL : CRASH_NONE, centre->full);
    world_check_commit(world);
}

int staff_unpark(struct world *world)
{
    int done = 0;
    for (int home = 0; home < WORLD_HOMES; home++) {
        int more = 0;
        enum err err = unpark(world, home, &more);
        if (err != ERR_OK) {
            world_fail(world, "answer", "staff: unpark: %s", err_name(err));
        }
        done += more;
    }
    return done;
}
