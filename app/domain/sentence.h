/* A German sentence with its values: what pure code says without knowing a language.
 *
 * `text` is the source text and the key in the catalogues; its {places} are filled by who
 * shows it (i18n's tr_fill). Strings are borrowed: from constants, or from the form, view
 * or item that the sentence was made of, which must outlive it. */
#ifndef DOMAIN_SENTENCE_H
#define DOMAIN_SENTENCE_H

#include "domain/date.h"

#define SENTENCE_ARGS_MAX 3

/* Marks a source text for the catalogues, as i18n.h does for all above it. */
#ifndef N_
#define N_(text) (text)
#endif

enum sentence_value {
    VALUE_WORD,    /* German source text: translate it */
    VALUE_TEXT,    /* a name or title: as it is */
    VALUE_COUNT,   /* a plain number */
    VALUE_MINUTES, /* a length of time: "2 Stunden" */
    VALUE_CLOCK,   /* a minute of the day: "15:42" */
    VALUE_DATE     /* a date_t */
};

struct sentence_arg {
    const char *name; /* the place without braces */
    enum sentence_value kind;
    const char *text; /* VALUE_WORD, VALUE_TEXT */
    int number;       /* the others */
};

struct sentence {
    const char *text; /* NULL: there is nothing to say */
    int arg_count;
    struct sentence_arg args[SENTENCE_ARGS_MAX];
};

struct sentence sentence_of(const char *text);
/* Adds a value; at most SENTENCE_ARGS_MAX. */
void sentence_word(struct sentence *s, const char *name, const char *german);
void sentence_text(struct sentence *s, const char *name, const char *text);
void sentence_number(struct sentence *s, const char *name, enum sentence_value kind,
                     int number);
/* In German with its values, as tests, logs of staff and slips without catalogue show it.
 */
void sentence_german(struct buf *out, const struct sentence *s);

#endif
