/* Enums as they are written into events and tables: stable words, never numbers. */
#ifndef STORE_NAMES_H
#define STORE_NAMES_H

#include "base/buf.h"

struct names {
    const char *const *words;
    int count;
};

extern const struct names names_wish_state, names_decline, names_unfit, names_age_band,
    names_job_by, names_job_reason, names_side, names_hold, names_voice_kind,
    names_voice_state, names_choice;

const char *names_word(const struct names *names, int value);
int names_value(const struct names *names, struct str word); /* -1: unknown */

#endif
