/* Words in the visitor's language: gettext catalogues, switched at run time.
 *
 * The source texts are German and are the keys (msgid). Catalogues are compiled by msgfmt
 * and travel inside the program; a text without translation appears in German. All pure
 * and safe from every thread: a catalogue never changes. */
#ifndef I18N_I18N_H
#define I18N_I18N_H

#include "base/buf.h"
#include "domain/date.h"
#include "domain/sentence.h"
#include "i18n/catalogue.h"

#define LANGUAGES_MAX 16

struct language {
    const char *code; /* "de" */
    const char *name; /* in itself: "Deutsch" */
    bool rtl;
    const char *voice; /* espeak-ng voice */
};

/* The languages that have a catalogue; German is index 0. */
int language_count(void);
const struct language *language_at(int index);
int language_find(struct str code); /* -1 if unknown */

/* One language's words, by value; i18n_of(0) is German and always works. A language whose
 * catalogue is refused gives German. */
struct i18n {
    int language;
    bool rtl;
    struct catalogue catalogue; /* empty: the source texts themselves */
};
struct i18n i18n_of(int language);

/* Marks a source text that is looked up later (tables). */
#define N_(text) (text)

/* The translation, or the source text. Lives as long as the program. */
const char *tr(const struct i18n *i18n, const char *source);
/* With the plural form for n; `n` itself is inserted by the caller as {n}. */
const char *tr_n(const struct i18n *i18n, const char *one, const char *many, long n);

/* Named values for {name} in a text. Each is wrapped in isolates (U+2068 … U+2069), so
 * that it cannot disturb the direction of what stands around it. */
struct tr_arg {
    const char *name;
    struct str value;
};
#define TR_ARG(name, text) ((struct tr_arg){(name), str_of(text)})

/* Appends `format` (already translated) with its values filled in. An unknown {name}
 * stays as it is. */
void tr_fill(struct buf *out, const char *format, const struct tr_arg *args,
             size_t count);

/* Dates, times and money, appended in the language's own form; digits stay Western. */
enum date_style {
    DATE_FULL,         /* "Freitag, 27. November" */
    DATE_SHORT,        /* "Fr, 27.11." */
    DATE_NUMBERS,      /* "27.11.": for little room */
    DATE_DAY,          /* "27.11.2026": may be years away */
    DATE_WEEKDAY,      /* "Fr" */
    DATE_WEEKDAY_FULL, /* "Freitag" */
    DATE_MONTH,        /* "Dezember" */
};
void tr_date(struct buf *out, const struct i18n *i18n, date_t date,
             enum date_style style);
/* "15–17 Uhr", "15:30–17 Uhr"; spoken: "15 bis 17 Uhr". */
void tr_span(struct buf *out, const struct i18n *i18n, int start, int end, bool spoken);
void tr_clock(struct buf *out, const struct i18n *i18n, int minute); /* "15:42" */
void tr_money(struct buf *out, const struct i18n *i18n, int cents); /* "7,50 €", "5 €" */
void tr_money_words(struct buf *out, const struct i18n *i18n, int cents); /* "10 Euro" */
void tr_hours(struct buf *out, const struct i18n *i18n, int minutes); /* "2 Stunden" */

/* One value of a sentence; `dates` for its days. */
void tr_value(struct buf *out, const struct i18n *i18n, const struct sentence_arg *arg,
              enum date_style dates);

/* A copy without isolates and other invisible marks: for speech, slips and logs. */
void tr_plain(struct buf *out, struct str text);

#endif
