/* A kiosk of the simulated net. */
#include "sync/net/kiosk.h"

#include "base/check.h"
#include "sync/net/road.h"
#include "sync/net/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_MS 1795430000000 /* 2026-11-23 */
#define YEAR_2085_MS 3629000000000

/* ---- what was told to be saved ------------------------------------------------------
 */

void mirror_push(struct mirror *mirror, const struct chain_hash *hash)
{
    if (mirror->count == mirror->room) {
        mirror->room = mirror->room * 2 + 64;
        mirror->hashes = realloc(mirror->hashes, mirror->room * sizeof *mirror->hashes);
        CHECK(mirror->hashes);
    }
    mirror->hashes[mirror->count++] = *hash;
}

void mirror_copy(struct mirror *to, const struct mirror *from)
{
    to->count = 0;
    for (size_t i = 0; i < from->count; i++) {
        mirror_push(to, &from->hashes[i]);
    }
}

struct reading {
    struct kiosk *kiosk;
    int64_t next;
    size_t known; /* lines below are compared, the others noted */
    const char *wrong;
};

/* A line that was erased keeps its hash in the chain; any other has its own. */
static bool hash_is_true(struct str line, const struct chain_hash *hash)
{
    struct chain_hash own = chain_line_hash(line);
    return chain_eq(&own, hash) || memmem(line.ptr, line.len, "\"gone\":", 7);
}

static enum err note_line(void *ctx, int64_t seq, struct str line,
                          const struct chain_hash *hash)
{
    struct reading *reading = ctx;
    struct mirror *mirror = &reading->kiosk->mirror;
    if (seq != reading->next) {
        reading->wrong = "a number is missing in a kiosk's log";
    } else if (!hash_is_true(line, hash)) {
        reading->wrong = "a line of a kiosk's log has another hash";
    } else if ((size_t)seq <= reading->known) {
        bool same = chain_eq(hash, &mirror->hashes[seq - 1]);
        reading->wrong = same ? NULL : "a saved fact of a kiosk is another one now";
    } else {
        mirror_push(mirror, hash);
    }
    reading->next++;
    return reading->wrong ? ERR_FULL : ERR_OK;
}

/* Reads the log from a number on. */
static bool read_log(struct kiosk *kiosk, int64_t from)
{
    struct reading reading = {kiosk, from, kiosk->mirror.count, NULL};
    enum err err = store_log_lines(kiosk->store, from, note_line, &reading);
    if (err != ERR_OK) {
        return world_fail(kiosk->world, "log", "kiosk %d: the log cannot be read: %s",
                          kiosk->slot, err_name(err));
    }
    if (reading.wrong) {
        return world_fail(kiosk->world, "log", "kiosk %d: %s at %lld", kiosk->slot,
                          reading.wrong, (long long)reading.next - 1);
    }
    if ((size_t)reading.next <= reading.known) {
        return world_fail(kiosk->world, "saved", "kiosk %d: %zu facts saved, %lld there",
                          kiosk->slot, reading.known, (long long)reading.next - 1);
    }
    return true;
}

bool kiosk_note_saved(struct kiosk *kiosk)
{
    return read_log(kiosk, (int64_t)kiosk->mirror.count + 1);
}

/* ---- on and off ---------------------------------------------------------------------
 */

void kiosk_make(struct kiosk *kiosk, struct world *world, int slot, const char *stage)
{
    *kiosk = (struct kiosk){.world = world, .slot = slot};
    snprintf(kiosk->vfs_name, sizeof kiosk->vfs_name, "kiosk%d", slot);
    snprintf(kiosk->dir, sizeof kiosk->dir, "%s/k%d", stage, slot);
    CHECK(mkdir(kiosk->dir, 0700) == 0);
    kiosk->disk = vfs_crash_make(kiosk->vfs_name);
    kiosk->image = vfs_crash_make("image");
}

static void remove_file(const struct kiosk *kiosk, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", kiosk->dir, name);
    unlink(path);
}

void kiosk_remove_files(struct kiosk *kiosk)
{
    remove_file(kiosk, "state.db");
    remove_file(kiosk, "feed.db");
    remove_file(kiosk, "lock");
    remove_file(kiosk, "state.check");
    remove_file(kiosk, "feed.check");
}

void kiosk_free(struct kiosk *kiosk)
{
    kiosk_stop(kiosk);
    vfs_crash_free(kiosk->disk);
    vfs_crash_free(kiosk->image);
    free(kiosk->mirror.hashes);
    free(kiosk->image_mirror.hashes);
    kiosk_remove_files(kiosk);
    rmdir(kiosk->dir);
}

void kiosk_load(struct kiosk *kiosk, const struct vfs_crash *from, const char *from_dir)
{
    CHECK(!kiosk->store);
    remove_file(kiosk, "state.check");
    remove_file(kiosk, "feed.check");
    vfs_crash_copy(kiosk->disk, kiosk->dir, from, from_dir);
}

bool kiosk_is_member(struct kiosk *kiosk)
{
    struct sync_centre centre;
    return kiosk->there && !uid_is_nil(kiosk->dev) && !kiosk->revoked &&
           store_centre_get(kiosk->store, &centre) == ERR_OK && !centre.locked;
}

void kiosk_reseed(struct kiosk *kiosk, struct dice *dice)
{
    kiosk->rng = dice_next(dice);
}

/* Half of the clocks are about right; the others stand anywhere. */
static void set_clock(struct kiosk *kiosk, struct dice *dice)
{
    int64_t now = kiosk->world->now_ms;
    kiosk->clock.wall_ms = dice_one_in(dice, 2) ? now + dice_between(dice, -90000, 90000)
                                                : dice_between(dice, 0, YEAR_2085_MS);
    kiosk->clock.mono_ms = dice_between(dice, 1, 60000);
}

static enum err open_store(struct kiosk *kiosk, struct store **store_out)
{
    struct store_report report;
    struct store_options options = {kiosk->dir,
                                    kiosk->vfs_name,
                                    kiosk->boot_id,
                                    fake_clock(&kiosk->clock),
                                    fake_rng(&kiosk->rng),
                                    kiosk->machine};
    enum err err = store_open(&options, &report, store_out);
    if (err != ERR_OK) {
        world_fail(kiosk->world, "open", "kiosk %d does not open: %s: %s", kiosk->slot,
                   err_name(err), report.detail);
    } else if (report.state_set_aside || report.feed_set_aside) {
        world_fail(kiosk->world, "open", "kiosk %d: files set aside", kiosk->slot);
    }
    return err;
}

static bool make_client(struct kiosk *kiosk)
{
    struct client_options options = {.store = kiosk->clients,
                                     .link = road_link(kiosk),
                                     .clock = fake_clock(&kiosk->clock),
                                     .rng = fake_rng(&kiosk->rng),
                                     .model = "anlauf sim"};
    enum err err = client_make(&options, &kiosk->client);
    return err == ERR_OK || world_fail(kiosk->world, "open", "kiosk %d: no client: %s",
                                       kiosk->slot, err_name(err));
}

static bool open_all(struct kiosk *kiosk)
{
    if (open_store(kiosk, &kiosk->store) != ERR_OK) {
        return false;
    }
    kiosk->clients = kiosk->store;
    if (kiosk->two_handles && open_store(kiosk, &kiosk->clients) != ERR_OK) {
        kiosk->clients = kiosk->store;
        return false;
    }
    return make_client(kiosk);
}

bool kiosk_start(struct kiosk *kiosk, struct dice *dice)
{
    snprintf(kiosk->boot_id, sizeof kiosk->boot_id, "b%d.%d", kiosk->slot,
             kiosk->boots++);
    kiosk->full = false;
    set_clock(kiosk, dice);
    kiosk_reseed(kiosk, dice);
    return open_all(kiosk) && read_log(kiosk, 1);
}

void kiosk_stop(struct kiosk *kiosk)
{
    client_free(kiosk->client);
    if (kiosk->clients != kiosk->store) {
        store_close(kiosk->clients);
    }
    store_close(kiosk->store);
    kiosk->client = NULL;
    kiosk->store = kiosk->clients = NULL;
}

bool kiosk_lose_power(struct kiosk *kiosk, enum crash_loss loss, struct dice *dice)
{
    vfs_crash_lose_power(kiosk->disk);
    kiosk_stop(kiosk);
    vfs_crash_restart(kiosk->disk, loss, dice_next(dice));
    return kiosk_start(kiosk, dice);
}

bool kiosk_kill(struct kiosk *kiosk, struct dice *dice)
{
    vfs_crash_lose_power(kiosk->disk);
    kiosk_stop(kiosk);
    vfs_crash_restart(kiosk->disk, CRASH_KEEP, dice_next(dice));
    kiosk->full = false;
    return open_all(kiosk) && read_log(kiosk, 1);
}
