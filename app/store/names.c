/* Enums as they are written into events and tables. */
#include "store/names.h"

#include "domain/assignment.h"
#include "domain/evaluation.h"
#include "domain/voice.h"

static const char *const wish_states[] = {"asked", "confirmed", "declined", "undone"};
static const char *const declines[] = {"none", "full", "cancelled", "rules", "talk"};
static const char *const unfits[] = {"none",  "time",  "place", "work",
                                     "money", "alone", "other"};
static const char *const age_bands[] = {"13-14", "15", "16-17", "18+"};
static const char *const job_bys[] = {"kiosk", "site-code", "staff"};
static const char *const job_reasons[] = {
    "none",        "forgotten-in", "forgotten-out", "clock-wrong", "wrong-tap", "site-told",
    "person-told", "longer",       "shorter",       "called-off",  "other"};
static const char *const sides[] = {"self", "site"};
static const char *const holds[] = {"none", "hurtful", "private", "other"};
static const char *const voice_kinds[] = {"question", "idea"};
static const char *const voice_states[] = {"waiting", "open", "done", "put-away"};
static const char *const choices[] = {"none", "for", "not-for-me"};

_Static_assert(ARRAY_LEN(wish_states) == WISH_STATE_COUNT, "a word for each");
_Static_assert(ARRAY_LEN(declines) == DECLINE_REASON_COUNT, "a word for each");
_Static_assert(ARRAY_LEN(unfits) == UNFIT_REASON_COUNT, "a word for each");
_Static_assert(ARRAY_LEN(age_bands) == AGE_BAND_COUNT, "a word for each");
_Static_assert(ARRAY_LEN(job_bys) == ASSIGNMENT_BY_COUNT, "a word for each");
_Static_assert(ARRAY_LEN(job_reasons) == ASSIGNMENT_REASON_COUNT, "a word for each");
_Static_assert(ARRAY_LEN(holds) == HOLD_COUNT, "a word for each");
_Static_assert(ARRAY_LEN(voice_kinds) == VOICE_KIND_COUNT, "a word for each");
_Static_assert(ARRAY_LEN(voice_states) == VOICE_STATE_COUNT, "a word for each");
_Static_assert(ARRAY_LEN(choices) == VOICE_CHOICE_COUNT, "a word for each");

const struct names names_wish_state = {wish_states, WISH_STATE_COUNT};
const struct names names_decline = {declines, DECLINE_REASON_COUNT};
const struct names names_unfit = {unfits, UNFIT_REASON_COUNT};
const struct names names_age_band = {age_bands, AGE_BAND_COUNT};
const struct names names_job_by = {job_bys, ASSIGNMENT_BY_COUNT};
const struct names names_job_reason = {job_reasons, ASSIGNMENT_REASON_COUNT};
const struct names names_side = {sides, ARRAY_LEN(sides)};
const struct names names_hold = {holds, HOLD_COUNT};
const struct names names_voice_kind = {voice_kinds, VOICE_KIND_COUNT};
const struct names names_voice_state = {voice_states, VOICE_STATE_COUNT};
const struct names names_choice = {choices, VOICE_CHOICE_COUNT};

const char *names_word(const struct names *names, int value)
{
    CHECK(value >= 0 && value < names->count);
    return names->words[value];
}

int names_value(const struct names *names, struct str word)
{
    for (int i = 0; i < names->count; i++) {
        if (str_eq(word, str_of(names->words[i]))) {
            return i;
        }
    }
    return -1;
}
