/* What young people propose and vote on, and what staff make of it. */
#include "disk_jobs.h"

#include "disk_keys.h"

#include "store/voices.h"

#include <sodium.h>
#include <string.h>

void disk_voices(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    struct store_voice voices[VOICES_SHOWN_MAX];
    size_t count = 0;
    bool all = effect->confirm && !uid_is_nil(effect->staff);
    enum err err = store_voices_list(disk->store, effect->participant, all, voices,
                                     VOICES_SHOWN_MAX, &count);
    answer->err = err == ERR_FULL ? ERR_OK : err;
    for (size_t i = 0; i < count; i++) {
        answer->voices[i] =
            (struct voice_shown){voices[i].item, voices[i].result, voices[i].own};
    }
    answer->count = (int)count;
}

static enum err seal_words(struct disk *disk, const struct effect *effect,
                           struct store_proposal *proposal)
{
    const struct disk_seal seal = {
        .fact = effect->fact,
        .about = effect->fact,
        .purpose = SEAL_WORDS,
        .bytes = (const uint8_t *)effect->words,
        .len = strnlen(effect->words, OWN_WORDS_SIZE),
    };
    if (seal.len == 0) {
        return ERR_OK;
    }
    if (seal.len > SEAL_TEXT_MAX) {
        return ERR_INVALID;
    }
    enum err err = disk_seal_for(disk, &seal, FOR_TEAM, &proposal->words_for_team);
    if (err == ERR_OK) {
        err = disk_seal_for(disk, &seal, FOR_CENTRE, &proposal->words_for_centre);
    }
    if (err == ERR_OK &&
        proposal->words_for_team.len + proposal->words_for_centre.len == 0) {
        err = ERR_UNSUPPORTED;
    }
    return err;
}

void disk_voice_propose(struct disk *disk, const struct effect *effect,
                        struct reply *answer)
{
    struct store_proposal proposal = {
        .item = {.id = effect->fact, .kind = effect->voice_kind, .tiles = effect->tiles},
        .participant = effect->participant,
    };
    if (effect->words[0] != '\0') {
        proposal.item.words = effect->fact;
    }
    answer->err = uid_is_nil(effect->participant) ? ERR_DENIED
                                                  : seal_words(disk, effect, &proposal);
    if (answer->err == ERR_OK) {
        answer->err = store_voice_propose(disk->store, &proposal);
    }
}

void disk_voice_cast(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    answer->err = uid_is_nil(effect->participant)
                      ? ERR_DENIED
                      : store_voice_cast(disk->store, effect->fact, effect->voice,
                                         effect->participant, effect->choice);
}

void disk_voice_staff(struct disk *disk, const struct effect *effect,
                      struct reply *answer)
{
    static const enum voice_staff_kind kinds[] = {
        [VOICE_DO_OPEN] = VOICE_STAFF_OPEN,
        [VOICE_DO_ANSWER] = VOICE_STAFF_ANSWER,
        [VOICE_DO_PUT_AWAY] = VOICE_STAFF_PUT_AWAY,
    };
    answer->err =
        uid_is_nil(effect->staff)
            ? ERR_DENIED
            : store_voice_staff(disk->store, effect->fact, effect->voice, effect->staff,
                                kinds[effect->voice_staff], str_of(effect->words));
}

/* closed: the team's key is, or the words were sealed for the centre only. */
void disk_voice_words(struct disk *disk, const struct effect *effect,
                      struct reply *answer)
{
    struct store_blob blob;
    size_t len = 0;
    const struct seal_pair *team = keyring_team(disk->keyring);
    answer->err = store_voice_words(disk->store, effect->voice, &blob);
    if (answer->err != ERR_OK) {
        return;
    }
    if (team != NULL && disk_unseal(team, SEAL_WORDS, effect->voice, &blob,
                                    (uint8_t *)answer->words, OWN_WORDS_SIZE - 1, &len)) {
        answer->words[len] = '\0';
    } else {
        answer->closed = true;
    }
}
