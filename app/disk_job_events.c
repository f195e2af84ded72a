/* Jobs as they happen: lists for the person, the site and the team, and what happens. */
#include "disk_jobs.h"

#include "base/log.h"
#include "disk_sheet.h"
#include "disk_site.h"

static bool is_of(const struct job_brief *brief, struct uid participant)
{
    return uid_is_nil(participant) || uid_eq(brief->wish.participant, participant);
}

/* A person may act on their own job only, a site on the one that its code has opened.
 * Whoever holds a slip acts without saying who they are. */
static enum err may_act(struct disk *disk, const struct effect *effect,
                        const struct assignment_event *event)
{
    struct job_brief brief;
    enum err err = store_job_brief(disk->store, event->assignment, &brief);
    if (err != ERR_OK) {
        return err;
    }
    bool may = event->by == BY_STAFF       ? !uid_is_nil(event->staff)
               : event->by == BY_SITE_CODE ? disk_site_may(disk, &brief)
                                           : is_of(&brief, effect->participant);
    return may ? ERR_OK : ERR_DENIED;
}

static bool changes_sheet(enum assignment_event_kind kind)
{
    return kind != JOB_AGREE && kind != JOB_CHECK_IN && kind != JOB_BREAK_START &&
           kind != JOB_BREAK_END && kind != JOB_MISS_REASON;
}

void disk_job_event(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    struct assignment_event event = effect->job_event;
    if (!moment_is(&event.at)) {
        event.at = disk_now(disk);
    }
    answer->err = may_act(disk, effect, &event);
    if (answer->err == ERR_OK) {
        answer->err = store_job_event(disk->store, effect->fact, &event, &answer->answer,
                                      &answer->brief);
    }
    if (answer->err != ERR_OK) {
        log_line("event=job_event err=%s", err_name(answer->err));
        return;
    }
    if (changes_sheet(event.kind) && assignment_words(answer->answer)->recorded) {
        disk_sheet_keep(disk, effect->fact, &answer->brief);
    }
    if (event.by == BY_SITE_CODE) {
        disk_hide_person(&answer->brief);
    } else if (event.by == BY_KIOSK && uid_is_nil(effect->participant)) {
        disk_hide_from_slip(&answer->brief);
    }
}

static void count_jobs(struct reply *answer, enum err err, size_t count)
{
    answer->count = (int)count;
    answer->err = err == ERR_FULL ? ERR_OK : err; /* the first JOBS_MAX are shown */
}

void disk_list_jobs(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    size_t count = 0;
    enum err err =
        store_jobs_of(disk->store, effect->participant, answer->jobs, JOBS_MAX, &count);
    count_jobs(answer, err, count);
}

void disk_staff_today(struct disk *disk, const struct effect *effect,
                      struct reply *answer)
{
    size_t count = 0;
    (void)effect;
    enum err err =
        store_jobs_on(disk->store, disk_today(disk), answer->jobs, JOBS_MAX, &count);
    count_jobs(answer, err, count);
}

/* Who waits for a talk; the first TALKS_MAX are shown. */
static enum err list_talks(struct store *store, struct reply *answer)
{
    struct store_talk talks[TALKS_MAX];
    size_t count = 0;
    enum err err = store_talks_list(store, talks, TALKS_MAX, &count);
    for (size_t i = 0; i < count; i++) {
        answer->talks[i].participant = talks[i].participant;
        str_copy(answer->talks[i].alias, sizeof answer->talks[i].alias,
                 str_of(talks[i].alias));
    }
    answer->talk_count = (int)count;
    return err == ERR_FULL ? ERR_OK : err;
}

void disk_talked(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    answer->err =
        store_talked(disk->store, effect->fact, effect->participant, effect->staff);
}

void disk_staff_calls(struct disk *disk, const struct effect *effect,
                      struct reply *answer)
{
    size_t count = 0;
    (void)effect;
    enum err err = store_jobs_to_call(disk->store, answer->jobs, JOBS_MAX, &count);
    count_jobs(answer, err, count);
    if (answer->err == ERR_OK) {
        answer->err = list_talks(disk->store, answer);
    }
}

/* Who is not in the list, or is not known any more, stays a short id on the screen. */
static enum err name_team(struct store *store, const struct assignment *job,
                          struct team_name team[TEAM_NAMES_MAX])
{
    int count = 0;
    for (int i = job->history_count - 1; i >= 0 && count < TEAM_NAMES_MAX; i--) {
        struct uid id = job->history[i].staff;
        bool named = uid_is_nil(id);
        for (int n = 0; n < count && !named; n++) {
            named = uid_eq(team[n].id, id);
        }
        enum err err =
            named ? ERR_NOT_FOUND : store_staff_alias(store, id, team[count].alias);
        if (err == ERR_OK) {
            team[count++].id = id;
        } else if (err != ERR_NOT_FOUND) {
            return err;
        }
    }
    return ERR_OK;
}

void disk_staff_job(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    answer->err = store_job_get(disk->store, effect->wish.id, &answer->job);
    if (answer->err == ERR_OK) {
        answer->err = store_job_brief(disk->store, effect->wish.id, &answer->brief);
    }
    if (answer->err == ERR_OK) {
        answer->err = name_team(disk->store, &answer->job, answer->team);
    }
}
