#include "disk_jobs.h"

#include "disk_forget.h"

/* Before this the clock cannot have been right: the program did not exist. */
#define CLOCK_PLAUSIBLE_FROM_MS 1767225600000 /* 2026-01-01T00:00Z */

static void load_offers(struct disk *disk, const struct effect *effect,
                        struct reply *answer)
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
    [EFFECT_JOB_SEEN] = disk_job_seen,
    [EFFECT_ABOUT] = disk_about,
    [EFFECT_STAFF_KNOWN] = disk_staff_known,
    [EFFECT_STAFF_SIGN_IN] = disk_staff_sign_in,
    [EFFECT_STAFF_ADD] = disk_staff_add,
    [EFFECT_STAFF_LIST] = disk_staff_list,
    [EFFECT_DECIDE] = disk_decide,
    [EFFECT_ENROL] = disk_enrol,
    [EFFECT_ISSUE_CARD] = disk_issue_card,
    [EFFECT_LIST_JOBS] = disk_list_jobs,
    [EFFECT_JOB_EVENT] = disk_job_event,
    [EFFECT_SAVE_VIEW] = disk_save_view,
    [EFFECT_EVALUATION] = disk_evaluation,
    [EFFECT_OPEN_RESULT] = disk_open_result,
    [EFFECT_OPEN_SHEET] = disk_open_sheet,
    [EFFECT_VOICES] = disk_voices,
    [EFFECT_VOICE_PROPOSE] = disk_voice_propose,
    [EFFECT_VOICE_CAST] = disk_voice_cast,
    [EFFECT_VOICE_STAFF] = disk_voice_staff,
    [EFFECT_VOICE_WORDS] = disk_voice_words,
    [EFFECT_SITE_ENTER] = disk_site_enter,
    [EFFECT_STAFF_TODAY] = disk_staff_today,
    [EFFECT_STAFF_CALLS] = disk_staff_calls,
    [EFFECT_TALKED] = disk_talked,
    [EFFECT_STAFF_JOB] = disk_staff_job,
    [EFFECT_OPEN_VIEWS] = disk_open_views,
    [EFFECT_SAVE_NOTE] = disk_save_note,
    [EFFECT_CENTRE] = disk_centre,
    [EFFECT_CENTRE_ASK] = disk_centre_ask,
    [EFFECT_PARKED] = disk_parked,
    [EFFECT_FORGET_KEYS] = disk_forget_keys,
};

bool disk_does(enum effect_kind kind)
{
    return kind < EFFECT_KIND_COUNT && jobs[kind] != NULL;
}

void disk_run(void *ctx, const struct job *job, struct reply *answer)
{
    CHECK(disk_does(job->effect.kind));
    jobs[job->effect.kind](ctx, &job->effect, answer);
    disk_tell_receipts(ctx, answer);
}

bool disk_idle(void *ctx)
{
    struct disk *disk = ctx;
    disk_forget_old(disk);
    return store_changed(disk->store);
}

struct moment disk_now(const struct disk *disk)
{
    int64_t wall_ms = clock_wall_ms(&disk->clock);
    int64_t error_ms = disk->clock_error_ms ? disk->clock_error_ms(disk->clock_ctx) : 0;
    return (struct moment){
        .wall_ms = wall_ms,
        .boot = store_boot(disk->store),
        .mono_ms = clock_mono_ms(&disk->clock),
        .uncertainty_ms = wall_ms < CLOCK_PLAUSIBLE_FROM_MS ? MOMENT_UNSURE : error_ms,
    };
}

date_t disk_today(const struct disk *disk)
{
    date_t today;
    int minute;
    int64_t wall_ms = clock_wall_ms(&disk->clock);
    date_from_wall_ms(wall_ms, &today, &minute);
    return wall_ms < CLOCK_PLAUSIBLE_FROM_MS ? DATE_NONE : today;
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
