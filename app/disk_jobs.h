/* Effects that need the store or a slow hash: carried out on the disk worker.
 *
 * The store belongs to this thread once the worker runs. */
#ifndef APP_DISK_JOBS_H
#define APP_DISK_JOBS_H

#include "credentials.h"
#include "keyring.h"
#include "offers_box.h"
#include "sheet_box.h"
#include "worker.h"

#include "store/evaluations.h"
#include "store/jobs.h"
#include "store/store.h"

struct disk {
    struct store *store;
    const struct device_key *key;
    struct offers_box *offers;
    struct sheet_box *sheets;
    struct keyring *keyring;
    const struct form_set *forms;
    struct clock clock;
    /* How far the wall clock may be off; NULL: it is right. */
    int64_t (*clock_error_ms)(void *ctx);
    void *clock_ctx;
    int64_t opened_mono_ms;          /* a wait of an earlier boot begins anew here */
    int forget_days;                 /* personal things older than that go; 0: never */
    date_t forgot_on;                /* the day on which that was last done */
    char site_code[OFFER_CODE_SIZE]; /* the job that a site has opened in this visit, or
                                        "" */
    date_t site_day;
};

bool disk_does(enum effect_kind kind);
/* worker_options.run and .idle; ctx is the struct disk. */
void disk_run(void *ctx, const struct job *job, struct reply *answer);
bool disk_idle(void *ctx);

/* Loads the offers of today and later into the box. */
enum err disk_load_offers(struct disk *disk) NODISCARD;

/* What is known of the centre (disk_centre.c). Belonging to none is ERR_OK. */
enum err disk_load_centre(struct disk *disk, struct centre *centre_out) NODISCARD;
/* How far its acknowledgement goes, into every answer: facts may be new. */
void disk_tell_receipts(struct disk *disk, struct reply *answer);

/* This moment, as it is written into what happens. */
struct moment disk_now(const struct disk *disk);
/* Today by the wall clock; DATE_NONE while it cannot be right. */
date_t disk_today(const struct disk *disk);

/* Waiting after wrong tries (disk_sign_in.c), over one key of store_tries. */
enum err disk_wait_of(struct disk *disk, struct str key, int *wait_ms_out) NODISCARD;
enum err disk_note_try(struct disk *disk, struct str key, bool wrong,
                       int *wait_ms_out) NODISCARD;

/* The jobs, by file: disk_sign_in.c, disk_wishes.c, disk_staff.c, disk_job_events.c,
 * disk_evaluation.c, disk_views.c, disk_sheet.c, disk_voices.c, disk_site.c, disk_centre.c. */
typedef void disk_fn(struct disk *disk, const struct effect *effect,
                     struct reply *answer);
disk_fn disk_sign_in_alias, disk_read_scan, disk_staff_sign_in;
disk_fn disk_list_wishes, disk_save_wish, disk_undo_wish, disk_save_unfit, disk_save_talk,
    disk_job_seen,
    disk_about;
disk_fn disk_staff_known, disk_staff_add, disk_staff_list, disk_decide, disk_enrol,
    disk_issue_card;
disk_fn disk_list_jobs, disk_job_event, disk_staff_today, disk_staff_calls,
    disk_talked, disk_staff_job;
disk_fn disk_save_view, disk_evaluation, disk_save_note;
disk_fn disk_open_result, disk_open_views;
disk_fn disk_open_sheet;
disk_fn disk_voices, disk_voice_propose, disk_voice_cast, disk_voice_staff,
    disk_voice_words;
disk_fn disk_site_enter;
disk_fn disk_centre, disk_centre_ask, disk_parked;
disk_fn disk_forget_keys;

#endif
