/* What a young person says: wishes, "passt nicht", "Ich will reden". */
#include "disk_jobs.h"

#include "store/jobs.h"
#include "store/sync.h"

#include "base/log.h"

void disk_list_wishes(struct disk *disk, const struct effect *effect,
                      struct reply *answer)
{
    size_t count = 0;
    answer->err = store_wishes_of(disk->store, effect->participant, answer->wishes,
                                  WISHES_MAX, &count);
    answer->wish_count = (int)count;
}

void disk_save_wish(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    answer->err = effect->confirm ? store_wish_take(disk->store, &effect->wish,
                                                    effect->fact, &answer->yes)
                                  : store_wish(disk->store, &effect->wish);
    if (answer->err != ERR_OK) {
        log_line("event=wish err=%s", err_name(answer->err));
        return;
    }
    answer->err =
        credential_sign_wish(disk->key, &effect->wish, disk_today(disk), answer->text);
}

void disk_undo_wish(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    answer->err =
        store_wish_undo(disk->store, effect->fact, effect->wish.id, effect->participant);
}

void disk_save_unfit(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    answer->err = store_unfit(disk->store, effect->fact, effect->participant,
                              str_of(effect->wish.code), effect->unfit);
}

void disk_job_seen(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    answer->err = store_job_seen(disk->store, effect->fact, effect->wish.id);
}

void disk_save_talk(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    answer->err = store_talk(disk->store, effect->fact, effect->participant);
}

void disk_about(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    struct store_about about;
    answer->err = store_about(disk->store, effect->participant, &about);
    if (answer->err == ERR_OK) {
        answer->about_wishes = about.wishes;
        answer->about_unfits = about.unfits;
        answer->about_talks = about.talks;
        answer->about_cards = about.cards;
        answer->about_jobs = about.jobs;
        answer->about_views = about.views;
        answer->about_items = about.items;
    }
}
