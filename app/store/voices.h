/* Proposals and votes of young people (domain/voice.h). Same rules as store.h. */
#ifndef STORE_VOICES_H
#define STORE_VOICES_H

#include "domain/voice.h"
#include "store/evaluations.h"

#define VOICES_MAX 64

/* words.len 0: only tiles. Words are sealed to team and centre; never shown before staff
 * gave the item a title. */
struct store_proposal {
    struct voice_item item; /* item.id is the fact's id; state WAITING */
    struct uid participant; /* not kept with the item: only that one may propose a day */
    struct store_blob words_for_team, words_for_centre;
};
/* ERR_FULL: VOICES_MAX items that wait or are open. ERR_DENIED: this person has proposed
 * something today. ERR_NOT_FOUND: no such person. */
enum err store_voice_propose(struct store *store, const struct store_proposal *proposal)
    NODISCARD;
/* The voter's key is derived here from person, item and a secret of this kiosk: votes of
 * one person on two items cannot be linked by who reads the log without that secret. It
 * lies in the data folder: who holds all of that can tell votes of people who are still
 * known here, until they are forgotten. */
enum err store_voice_cast(struct store *store, struct uid fact, struct uid item,
                          struct uid participant, enum voice_choice choice) NODISCARD;
enum voice_staff_kind { VOICE_STAFF_OPEN, VOICE_STAFF_ANSWER, VOICE_STAFF_PUT_AWAY };
enum err store_voice_staff(struct store *store, struct uid fact, struct uid item,
                           struct uid staff, enum voice_staff_kind kind, struct str text)
    NODISCARD;

struct store_voice {
    struct voice_item item;
    struct voice_result result; /* as published */
    enum voice_choice own;      /* of the person who asks; CHOICE_NONE without one */
};
/* For young people: open ones (oldest first), then answered ones (newest first); for staff
 * (`all`): waiting ones before them. What is more than max is left out at the end. */
enum err store_voices_list(struct store *store, struct uid participant, bool all,
                           struct store_voice *voices, size_t max, size_t *count_out)
    NODISCARD;
enum err store_voice_words(struct store *store, struct uid item,
                           struct store_blob *for_team_out) NODISCARD;

#endif
