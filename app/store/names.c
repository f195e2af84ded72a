/* Enums as they are written into events and tables. */
#include "store/names.h"

#include "domain/wish.h"

static const char *const wish_states[] = {"asked", "confirmed", "declined", "undone"};
static const char *const declines[] = {"none", "full", "cancelled", "rules", "talk"};
static const char *const unfits[] = {"none",  "time",  "place", "work",
                                     "money", "alone", "other"};
static const char *const age_bands[] = {"13-14", "15", "16-17", "18+"};

_Static_assert(ARRAY_LEN(wish_states) == WISH_STATE_COUNT, "a word for each");
_Static_assert(ARRAY_LEN(declines) == DECLINE_REASON_COUNT, "a word for each");
_Static_assert(ARRAY_LEN(unfits) == UNFIT_REASON_COUNT, "a word for each");
_Static_assert(ARRAY_LEN(age_bands) == AGE_BAND_COUNT, "a word for each");

const struct names names_wish_state = {wish_states, WISH_STATE_COUNT};
const struct names names_decline = {declines, DECLINE_REASON_COUNT};
const struct names names_unfit = {unfits, UNFIT_REASON_COUNT};
const struct names names_age_band = {age_bands, AGE_BAND_COUNT};

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
