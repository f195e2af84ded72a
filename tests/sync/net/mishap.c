/* What goes wrong with machines, cards and disks. */
#include "sync/net/world.h"

#include <stdio.h>
#include <unistd.h>

enum mishap_kind {
    MISHAP_KIOSK_POWER,
    MISHAP_KIOSK_KILL,
    MISHAP_KIOSK_FULL,
    MISHAP_CENTRE_POWER,
    MISHAP_CENTRE_DOWN,
    MISHAP_CENTRE_FULL,
    MISHAP_BACKUP,
    MISHAP_RESTORE,
    MISHAP_IMAGE,
    MISHAP_PUT_BACK,
    MISHAP_COPY,
    MISHAP_MOVE,
    MISHAP_ENROL,
    MISHAP_LATER,
    MISHAP_REPLAY,
    MISHAP_COUNT
};

static const struct {
    const char *name;
    int weight;
} kinds[MISHAP_COUNT] = {{"kiosk-power", 8},  {"kiosk-kill", 3},  {"kiosk-full", 3},
                         {"centre-power", 5}, {"centre-down", 4}, {"centre-full", 2},
                         {"backup", 3},       {"restore", 4},     {"image", 4},
                         {"put-back", 4},     {"copy", 3},        {"move", 2},
                         {"enrol", 2},        {"later", 4},       {"replay", 8}};

static enum mishap_kind throw_kind(struct dice *dice)
{
    int sum = 0;
    for (int i = 0; i < MISHAP_COUNT; i++) {
        sum += kinds[i].weight;
    }
    int x = (int)dice_below(dice, (uint32_t)sum);
    for (int i = 0; i < MISHAP_COUNT; i++) {
        x -= kinds[i].weight;
        if (x < 0) {
            return (enum mishap_kind)i;
        }
    }
    return MISHAP_LATER;
}

static enum crash_loss throw_loss(struct dice *dice)
{
    static const enum crash_loss losses[] = {CRASH_KEEP, CRASH_DROP, CRASH_TEAR};
    return losses[dice_below(dice, 3)];
}

/* ---- kiosks ------------------------------------------------------------------------ */

static void fill_kiosk(struct kiosk *kiosk)
{
    kiosk->full = !kiosk->full;
    vfs_crash_arm(kiosk->disk, kiosk->full ? CRASH_FULL : CRASH_NONE, kiosk->full);
    kiosk->world->counts.full_disks += kiosk->full;
}

static void take_image(struct kiosk *kiosk)
{
    vfs_crash_copy(kiosk->image, kiosk->dir, kiosk->disk, kiosk->dir);
    mirror_copy(&kiosk->image_mirror, &kiosk->mirror);
    kiosk->image_there = true;
}

static int64_t epoch_of(struct kiosk *kiosk)
{
    int64_t epoch = 0;
    enum err err = store_epoch(kiosk->store, &epoch);
    if (err != ERR_OK) {
        world_fail(kiosk->world, "read", "kiosk %d: no epoch: %s", kiosk->slot,
                   err_name(err));
    }
    return epoch;
}

/* What this body promised and had not sent is lost with the newer state of its card. */
static void excuse_body(struct kiosk *kiosk)
{
    struct truth *truth = &kiosk->world->truth;
    for (int i = 0; i < truth->wish_count; i++) {
        truth->wishes[i].excused |= truth->wishes[i].slot == kiosk->slot;
    }
    for (int i = 0; i < truth->person_count; i++) {
        truth->people[i].doubtful |=
            truth->people[i].slot == kiosk->slot || truth->people[i].deleted;
    }
}

static void put_back(struct world *world, struct kiosk *kiosk)
{
    if (!kiosk->image_there) {
        take_image(kiosk);
        return;
    }
    int64_t to = epoch_of(kiosk);
    kiosk_stop(kiosk);
    kiosk_load(kiosk, kiosk->image, kiosk->dir);
    mirror_copy(&kiosk->mirror, &kiosk->image_mirror);
    excuse_body(kiosk);
    world->counts.put_back++;
    if (kiosk_start(kiosk, &world->dice)) {
        struct sync_centre centre;
        world_doubt(world, kiosk, epoch_of(kiosk), to);
        if (store_centre_get(kiosk->store, &centre) == ERR_NOT_FOUND) {
            kiosk->dev = (struct uid){{0}}; /* as it was before it was enrolled */
        }
    }
}

/* A hard link has its file's number and age: a copy that nothing tells apart. */
static void link_file(const struct kiosk *from, const struct kiosk *to)
{
    char old[128], new[128];
    snprintf(old, sizeof old, "%s/state.db", from->dir);
    snprintf(new, sizeof new, "%s/state.db", to->dir);
    unlink(new);
    CHECK(link(old, new) == 0);
}

/* The card goes into another machine, which takes its place. */
static void move(struct kiosk *kiosk)
{
    kiosk_stop(kiosk);
    snprintf(kiosk->machine, sizeof kiosk->machine, "o%d.%d", kiosk->slot,
             kiosk->world->step);
    kiosk_start(kiosk, &kiosk->world->dice);
}

static struct kiosk *free_body(struct world *world)
{
    for (int i = WORLD_KIOSKS; i < WORLD_BODIES; i++) {
        if (!world->kiosks[i].there) {
            return &world->kiosks[i];
        }
    }
    return NULL;
}

static void copy(struct world *world, struct kiosk *from)
{
    struct kiosk *to = free_body(world);
    if (!to) {
        return;
    }
    bool noticed = !dice_one_in(&world->dice, 3);
    int64_t epoch = epoch_of(from);
    kiosk_load(to, from->disk, from->dir);
    mirror_copy(&to->mirror, &from->mirror);
    to->there = true;
    to->home = from->home;
    to->dev = from->dev;
    to->revoked = from->revoked;
    to->revoked_rev = from->revoked_rev;
    to->image_there = false;
    if (noticed) {
        snprintf(to->machine, sizeof to->machine, "m%d", to->slot);
    } else {
        snprintf(to->machine, sizeof to->machine, "%s", from->machine);
        link_file(from, to);
        world_doubt(world, from, epoch, epoch);
    }
    world->counts.copies++;
    world_trace(world, "  kiosk %d is a copy of %d%s", to->slot, from->slot,
                noticed ? "" : " and cannot know");
    kiosk_start(to, &world->dice);
}

/* ---- the centre -------------------------------------------------------------------- */

static void set_down(struct world *world)
{
    struct centre *centre = &world->centre;
    if (centre->storage) {
        centre_stop(centre);
        centre->down = true;
    } else {
        centre->down = false;
        centre_start(centre);
        world_check_centre(world);
    }
}

static void fill_centre(struct centre *centre)
{
    if (centre->storage) {
        centre->full = !centre->full;
        vfs_crash_arm(centre->disk, centre->full ? CRASH_FULL : CRASH_NONE, centre->full);
        centre->world->counts.full_disks += centre->full;
    }
}

static void back_up(struct world *world)
{
    centre_back_up(&world->centre);
    world->truth_then = world->truth;
    for (int i = 0; i < WORLD_BODIES; i++) {
        world->kiosks[i].revoked_then = world->kiosks[i].revoked;
    }
}

/* What only the centre knew, and what it promised, is as it was then. */
static void remember_then(struct world *world)
{
    struct truth *now = &world->truth;
    const struct truth *then = &world->truth_then;
    for (int i = 0; i < now->person_count; i++) {
        struct truth_person *person = &now->people[i];
        bool was = i < then->person_count && then->people[i].forgotten;
        person->doubtful |= person->forgotten && !was;
        person->forgotten = was;
        /* The kiosk may have erased by now that it erased somebody. */
        person->doubtful |= person->deleted && !then->people[i].deleted;
    }
    for (int home = 0; home < WORLD_HOMES; home++) {
        truth_excuse(now, home, -1);
    }
    for (int i = 0; i < WORLD_BODIES; i++) {
        world->kiosks[i].revoked = world->kiosks[i].revoked_then;
    }
}

static void restore(struct world *world)
{
    if (!world->centre.backup_there) {
        back_up(world);
        return;
    }
    world->centre.down = false;
    world->counts.restores++;
    remember_then(world);
    if (centre_restore(&world->centre)) {
        world_check_centre(world);
    }
}

void mishap_before(struct world *world)
{
    if (dice_one_in(&world->dice, 2)) {
        back_up(world);
    }
    for (int i = 0; i < WORLD_KIOSKS; i++) {
        if (world->kiosks[i].there && dice_one_in(&world->dice, 3)) {
            take_image(&world->kiosks[i]);
        }
    }
}

/* ---- all of it --------------------------------------------------------------------- */

static void later(struct world *world)
{
    world_pass(world, dice_between(&world->dice, 3600000, 40ll * 86400000));
}

static void of_kiosk(struct world *world, enum mishap_kind kind, struct kiosk *kiosk)
{
    switch (kind) {
    case MISHAP_KIOSK_POWER:
        world->counts.kiosk_power_losses++;
        kiosk_lose_power(kiosk, throw_loss(&world->dice), &world->dice);
        break;
    case MISHAP_KIOSK_KILL:
        kiosk_kill(kiosk, &world->dice);
        break;
    case MISHAP_KIOSK_FULL:
        fill_kiosk(kiosk);
        break;
    case MISHAP_IMAGE:
        take_image(kiosk);
        break;
    case MISHAP_PUT_BACK:
        put_back(world, kiosk);
        break;
    case MISHAP_COPY:
        copy(world, kiosk);
        break;
    case MISHAP_MOVE:
        move(kiosk);
        break;
    default:
        world_ask_enrol(world, kiosk);
        break;
    }
}

static void of_centre(struct world *world, enum mishap_kind kind)
{
    switch (kind) {
    case MISHAP_CENTRE_POWER:
        if (world->centre.storage) {
            world->counts.centre_power_losses++;
            centre_lose_power(&world->centre, throw_loss(&world->dice), &world->dice);
            world_check_centre(world);
        }
        break;
    case MISHAP_CENTRE_DOWN:
        set_down(world);
        break;
    case MISHAP_CENTRE_FULL:
        fill_centre(&world->centre);
        break;
    case MISHAP_BACKUP:
        back_up(world);
        break;
    case MISHAP_RESTORE:
        restore(world);
        break;
    case MISHAP_LATER:
        later(world);
        break;
    default:
        road_replay(world, &world->dice);
        break;
    }
}

static bool is_of_kiosk(enum mishap_kind kind)
{
    return kind <= MISHAP_KIOSK_FULL || (kind >= MISHAP_IMAGE && kind <= MISHAP_ENROL);
}

void mishap(struct world *world)
{
    enum mishap_kind kind = throw_kind(&world->dice);
    struct kiosk *kiosk = world_kiosk(world);
    if (is_of_kiosk(kind)) {
        world_trace(world, "mishap: %s of kiosk %d", kinds[kind].name, kiosk->slot);
        of_kiosk(world, kind, kiosk);
    } else {
        world_trace(world, "mishap: %s", kinds[kind].name);
        of_centre(world, kind);
    }
}
