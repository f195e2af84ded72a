/* A site at the kiosk: the code of its order sheet opens the jobs of that day, nothing of
 * the young people. */
#include "disk_site.h"

#include <stdlib.h>
#include <string.h>

#define SITE_TRIES "site:code" /* no alias has a colon */
#define SITE_DAYS_BACK 1       /* the view is often given the day after */
#define SITE_DAYS_AHEAD 1
#define DAY_JOBS_MAX 512

void disk_hide_person(struct job_brief *brief)
{
    memset(brief->wish.alias, 0, sizeof brief->wish.alias);
    brief->wish.participant = (struct uid){{0}};
    brief->self_in = brief->talk = brief->missed_told = false;
    brief->hold = HOLD_NONE;
    brief->next_aspect = brief->next_index = -1;
}

void disk_hide_from_slip(struct job_brief *brief)
{
    disk_hide_person(brief);
    brief->self_in = true;
}

bool disk_site_may(const struct disk *disk, const struct job_brief *brief)
{
    return disk->site_code[0] != '\0' && brief->wish.work.date == disk->site_day &&
           strcmp(brief->wish.code, disk->site_code) == 0;
}

/* Looks at all jobs of the day, found or not: time shall not tell which one it is. */
static enum err find_on(struct disk *disk, date_t day, const char *code,
                        struct job_brief *jobs)
{
    size_t count = 0;
    enum err err = store_jobs_on(disk->store, day, jobs, DAY_JOBS_MAX, &count);
    if (err != ERR_OK && err != ERR_FULL) {
        return err;
    }
    for (size_t i = 0; i < count; i++) {
        if (credential_is_site(disk->key, str_of(jobs[i].wish.code), day, code)) {
            str_copy(disk->site_code, sizeof disk->site_code, str_of(jobs[i].wish.code));
            disk->site_day = day;
        }
    }
    return ERR_OK;
}

static enum err find(struct disk *disk, const char *code)
{
    date_t today = disk_today(disk);
    struct job_brief *jobs = calloc(DAY_JOBS_MAX, sizeof *jobs);
    enum err err = jobs == NULL ? ERR_FULL : ERR_OK;
    disk->site_code[0] = '\0';
    for (int i = -SITE_DAYS_BACK; i <= SITE_DAYS_AHEAD && err == ERR_OK; i++) {
        err = find_on(disk, today + i, code, jobs);
    }
    free(jobs);
    if (err == ERR_OK && disk->site_code[0] == '\0') {
        err = ERR_DENIED;
    }
    return err;
}

static enum err list(struct disk *disk, struct reply *answer)
{
    size_t count = 0;
    enum err err =
        store_jobs_of_offer(disk->store, str_of(disk->site_code), disk->site_day, false,
                            answer->jobs, JOBS_MAX, &count);
    for (size_t i = 0; i < count; i++) {
        disk_hide_person(&answer->jobs[i]);
    }
    answer->count = (int)count;
    return err == ERR_FULL ? ERR_OK : err;
}

/* ERR_INVALID: a typing error. ERR_DENIED: a wrong code, or wait_ms to go. */
void disk_site_enter(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    char code[CREDENTIAL_SITE_SIZE];
    answer->err = credential_read_site(str_of(effect->text), code);
    if (answer->err == ERR_OK) {
        answer->err = disk_wait_of(disk, STR(SITE_TRIES), &answer->wait_ms);
    }
    if (answer->err != ERR_OK) {
        return;
    }
    if (answer->wait_ms > 0) {
        answer->err = ERR_DENIED;
        return;
    }
    enum err found = find(disk, code);
    if (found != ERR_OK && found != ERR_DENIED) {
        answer->err = found;
        return;
    }
    answer->err = disk_note_try(disk, STR(SITE_TRIES), found != ERR_OK, &answer->wait_ms);
    if (answer->err == ERR_OK) {
        answer->err = found == ERR_OK ? list(disk, answer) : found;
    }
}
