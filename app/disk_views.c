/* Views are opened: for the person with their card after the release, for the team with a
 * coach's card once nothing can change any more. */
#include "disk_jobs.h"

#include "disk_sheet.h"

#include <sodium.h>

/* Opens one side; a side that this pair does not open is told as closed. */
static bool open_side(struct disk *disk, const struct seal_pair *pair,
                      enum disk_reader reader, struct uid job, enum form_side side,
                      struct reply *answer)
{
    struct evaluation_view *view = side == SIDE_SELF ? &answer->self : &answer->site;
    char *words = side == SIDE_SELF ? answer->self_words : answer->words;
    enum err err = disk_view_open(disk, pair, reader, job, side, view, words);
    if (err == ERR_DENIED || err == ERR_CORRUPT || err == ERR_INVALID) {
        answer->closed = true;
    } else if (err != ERR_OK && err != ERR_NOT_FOUND) {
        answer->err = err;
    }
    return err == ERR_OK;
}

/* ERR_DENIED: not theirs, not released, or no card in this visit (then also closed). */
void disk_open_result(struct disk *disk, const struct effect *effect,
                      struct reply *answer)
{
    const struct seal_pair *pair = keyring_person(disk->keyring, effect->participant);
    struct uid job = effect->wish.id;
    struct job_brief *brief = &answer->brief;
    answer->err = store_job_brief(disk->store, job, brief);
    if (answer->err == ERR_OK &&
        (!uid_eq(brief->wish.participant, effect->participant) || !brief->released)) {
        *brief = (struct job_brief){0};
        answer->err = ERR_DENIED;
    } else if (answer->err == ERR_OK && pair == NULL) {
        answer->closed = true;
        answer->err = ERR_DENIED;
    }
    if (answer->err != ERR_OK) {
        return;
    }
    answer->has_self = open_side(disk, pair, FOR_PERSON, job, SIDE_SELF, answer);
    answer->has_site = open_side(disk, pair, FOR_PERSON, job, SIDE_SITE, answer);
    if (brief->hold != HOLD_NONE) {
        sodium_memzero(answer->words, sizeof answer->words);
        answer->site.has_own_words = false;
    }
}

/* Oldest first; a note that does not open is told as closed. */
static void open_notes(struct disk *disk, const struct seal_pair *team, struct uid job,
                       struct reply *answer)
{
    struct store_note notes[NOTES_MAX];
    size_t count = 0, len = 0;
    enum err err = store_notes_get(disk->store, job, notes, NOTES_MAX, &count);
    if (err != ERR_OK && err != ERR_FULL) {
        answer->err = err;
        return;
    }
    for (size_t i = 0; i < count; i++) {
        char *text = answer->notes[answer->count].text;
        if (disk_unseal(team, SEAL_NOTE, job, &notes[i].for_team, (uint8_t *)text,
                        OWN_WORDS_SIZE - 1, &len)) {
            text[len] = '\0';
            answer->count++;
        } else {
            answer->closed = true;
        }
    }
}

/* reply.count: of notes. Views only when both are in or the coach has closed: the coach
 * who enters the site's view on the phone stays blind too. */
void disk_open_views(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    const struct seal_pair *team = keyring_team(disk->keyring);
    struct uid job = effect->wish.id;
    struct job_brief *brief = &answer->brief;
    answer->err = store_job_brief(disk->store, job, brief);
    if (answer->err != ERR_OK || team == NULL) {
        answer->closed = team == NULL;
        return;
    }
    if ((brief->self_in && brief->site_in) || brief->closed) {
        answer->has_self = open_side(disk, team, FOR_TEAM, job, SIDE_SELF, answer);
        answer->has_site = open_side(disk, team, FOR_TEAM, job, SIDE_SITE, answer);
    }
    open_notes(disk, team, job, answer);
}
