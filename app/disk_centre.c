/* The centre, for the screens: which one, how far it has got, and coming to one. */
#include "disk_jobs.h"

#include "disk_keys.h"

#include "base/log.h"
#include "store/sync.h"

#include <sodium.h>

static enum centre_asking asking_of(enum sync_enrol_state state)
{
    static const enum centre_asking asking[SYNC_ENROL_STATE_COUNT] = {
        [SYNC_ENROL_NONE] = CENTRE_NOT_ASKED, [SYNC_ENROL_ASKED] = CENTRE_ASKED,
        [SYNC_ENROL_DONE] = CENTRE_JOINED,    [SYNC_ENROL_REFUSED] = CENTRE_REFUSED,
        [SYNC_ENROL_FAILED] = CENTRE_FAILED,  [SYNC_ENROL_ELSEWHERE] = CENTRE_ELSEWHERE,
    };
    return asking[state];
}

static enum err load_asking(struct disk *disk, struct centre *centre)
{
    struct sync_enrol enrol;
    enum err err = store_enrol_get(disk->store, &enrol);
    if (err == ERR_OK) {
        centre->asking = asking_of(enrol.state);
        str_copy(centre->asked_url, sizeof centre->asked_url, str_of(enrol.url));
    }
    sodium_memzero(&enrol, sizeof enrol);
    return err;
}

static enum err load_which(struct disk *disk, struct centre *centre)
{
    struct sync_centre which;
    enum err err = store_centre_get(disk->store, &which);
    if (err == ERR_OK) {
        centre->locked = which.locked;
        str_copy(centre->url, sizeof centre->url, str_of(which.url));
        str_copy(centre->name, sizeof centre->name, str_of(which.name));
        str_copy(centre->organisation, sizeof centre->organisation,
                 str_of(which.organisation));
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

enum err disk_load_centre(struct disk *disk, struct centre *centre_out)
{
    struct centre centre = {0};
    enum err err = load_which(disk, &centre);
    if (err == ERR_OK) {
        err = load_asking(disk, &centre);
    }
    if (err == ERR_OK) {
        err = store_receipts(disk->store, &centre.receipts);
    }
    centre.words_can_be_sealed = disk_can_seal_words(disk);
    if (err == ERR_OK) {
        *centre_out = centre;
    }
    return err;
}

void disk_tell_receipts(struct disk *disk, struct reply *answer)
{
    answer->receipts_told = store_receipts(disk->store, &answer->receipts) == ERR_OK;
}

void disk_centre(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    (void)effect;
    answer->err = disk_load_centre(disk, &answer->centre);
}

void disk_centre_ask(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    uint8_t code[CREDENTIAL_CODE_BYTES];
    answer->err =
        credential_code_bytes(str_of(effect->text), str_of(effect->words), code);
    if (answer->err == ERR_OK) {
        answer->err = store_enrol_ask(disk->store, effect->text, code);
    }
    if (answer->err == ERR_OK) {
        answer->err = disk_load_centre(disk, &answer->centre);
    }
    log_line("event=enrol_ask err=%s", err_name(answer->err));
    sodium_memzero(code, sizeof code);
}

void disk_parked(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    struct sync_parked list[PARKED_MAX];
    size_t count = 0;
    (void)effect;
    answer->err = store_parked(disk->store, list, PARKED_MAX, &count);
    if (answer->err != ERR_OK && answer->err != ERR_FULL) {
        return;
    }
    answer->count = count < PARKED_MAX ? (int)count : PARKED_MAX;
    for (int i = 0; i < answer->count; i++) {
        struct parked_fact *fact = &answer->parked[i];
        fact->seq = list[i].seq;
        str_copy(fact->kind, sizeof fact->kind, str_of(list[i].kind));
        str_copy(fact->why, sizeof fact->why, str_of(list[i].why));
    }
}
