/* What all runs begin with: made once, and kept on disks beside. */
#include "sync/net/world.h"

#include "proof/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
        must(staff_offers(world, home), "offers");
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
        did = world_client_once(world, kiosk);
    }
    must(did == CLIENT_CURRENT && !uid_is_nil(kiosk->dev) ? ERR_OK : ERR_INVALID,
         client_detail(kiosk->client));
}

static void keep_fresh(struct world *world)
{
    for (int i = 0; i < WORLD_KIOSKS; i++) {
        struct kiosk *kiosk = &world->kiosks[i];
        world_client_once(world, kiosk);
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
    world_seed_sqlite(world);
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
        world_client_once(world, &world->kiosks[i]);
    }
    make_offers(world);
    for (int i = 0; i < WORLD_KIOSKS; i++) {
        world_client_once(world, &world->kiosks[i]);
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
