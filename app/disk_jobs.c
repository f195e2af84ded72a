#include "disk_jobs.h"

static void load_offers(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    (void)effect;
    answer->err = disk_load_offers(disk);
}

static disk_fn *const jobs[EFFECT_KIND_COUNT] = {
    [EFFECT_LOAD_OFFERS] = load_offers,
    [EFFECT_SIGN_IN_ALIAS] = disk_sign_in_alias,
    [EFFECT_READ_SCAN] = disk_read_scan,
    [EFFECT_LIST_WISHES] = disk_list_wishes,
    [EFFECT_SAVE_WISH] = disk_save_wish,
    [EFFECT_UNDO_WISH] = disk_undo_wish,
    [EFFECT_SAVE_UNFIT] = disk_save_unfit,
    [EFFECT_SAVE_TALK] = disk_save_talk,
    [EFFECT_ABOUT] = disk_about,
    [EFFECT_STAFF_KNOWN] = disk_staff_known,
    [EFFECT_STAFF_SIGN_IN] = disk_staff_sign_in,
    [EFFECT_STAFF_ADD] = disk_staff_add,
    [EFFECT_STAFF_LIST] = disk_staff_list,
    [EFFECT_DECIDE] = disk_decide,
    [EFFECT_ENROL] = disk_enrol,
    [EFFECT_ISSUE_CARD] = disk_issue_card,
};

bool disk_does(enum effect_kind kind)
{
    return kind < EFFECT_KIND_COUNT && jobs[kind] != NULL;
}

void disk_run(void *ctx, const struct job *job, struct reply *answer)
{
    CHECK(disk_does(job->effect.kind));
    jobs[job->effect.kind](ctx, &job->effect, answer);
}

bool disk_idle(void *ctx)
{
    struct disk *disk = ctx;
    return store_changed(disk->store);
}

enum err disk_load_offers(struct disk *disk)
{
    date_t today;
    int minute;
    size_t count = 0;
    date_from_wall_ms(clock_wall_ms(&disk->clock), &today, &minute);
    enum err err = store_offers_list(disk->store, today, offers_box_fill(disk->offers),
                                     OFFERS_MAX, &count);
    if (err == ERR_OK || err == ERR_FULL) {
        /* An import beyond OFFERS_MAX is refused, so a full list is a whole one. */
        offers_box_swap(disk->offers, count);
        return ERR_OK;
    }
    return err;
}
