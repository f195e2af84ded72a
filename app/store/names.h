/* Enums as they are written into events and tables: stable words, never numbers. */
#ifndef STORE_NAMES_H
#define STORE_NAMES_H

#include "base/buf.h"

struct names {
    const char *const *words;
    int count;
};

extern const struct names names_wish_state, names_decline, names_unfit, names_age_band;

const char *names_word(const struct names *names, int value);
int names_value(const struct names *names, struct str word); /* -1: unknown */

#endif
