/* Effects that need the store or a slow hash: carried out on the disk worker.
 *
 * The store belongs to this thread once the worker runs. */
#ifndef APP_DISK_JOBS_H
#define APP_DISK_JOBS_H

#include "credentials.h"
#include "offers_box.h"
#include "worker.h"

#include "store/store.h"

struct disk {
    struct store *store;
    const struct device_key *key;
    struct offers_box *offers;
    struct clock clock;
    int64_t opened_mono_ms; /* a wait of an earlier boot begins anew here */
};

bool disk_does(enum effect_kind kind);
/* worker_options.run and .idle; ctx is the struct disk. */
void disk_run(void *ctx, const struct job *job, struct reply *answer);
bool disk_idle(void *ctx);

/* Loads the offers of today and later into the box. */
enum err disk_load_offers(struct disk *disk) NODISCARD;

/* The jobs, by file: disk_sign_in.c, disk_wishes.c, disk_staff.c. */
typedef void disk_fn(struct disk *disk, const struct effect *effect, struct reply *answer);
disk_fn disk_sign_in_alias, disk_read_scan, disk_staff_sign_in;
disk_fn disk_list_wishes, disk_save_wish, disk_undo_wish, disk_save_unfit, disk_save_talk,
    disk_about;
disk_fn disk_staff_known, disk_staff_add, disk_staff_list, disk_decide, disk_enrol,
    disk_issue_card;

#endif
