/* Which plural form a number takes: the expression of a catalogue's Plural-Forms header.
 *
 * As in the GNU gettext manual, "Additional functions for plural forms": a C expression
 * in n with ?: || && == != < > <= >= + - * / % ! and parentheses. It is parsed once into
 * steps over a small stack. Nothing has side effects, so both arms of && || ?: may be
 * computed; a division by zero counts as 0. */
#ifndef I18N_PLURAL_H
#define I18N_PLURAL_H

#include "base/buf.h"
#include "base/err.h"

#define PLURAL_FORMS_MAX 8
#define PLURAL_STEPS_MAX 64 /* Arabic, the longest in use, takes 41 */

struct plural_step {
    uint16_t op; /* enum plural_op in plural.c */
    uint16_t number;
};

struct plural {
    int forms; /* 1 … PLURAL_FORMS_MAX */
    int step_count;
    struct plural_step steps[PLURAL_STEPS_MAX];
};

/* `header` is "nplurals=2; plural=(n != 1);". ERR_INVALID: not such a thing, or larger
 * than the maxima above. */
enum err plural_parse(struct str header, struct plural *plural_out) NODISCARD;

/* 0 … forms − 1; a result outside of it counts as 0. */
int plural_form(const struct plural *plural, unsigned long n);

#endif
