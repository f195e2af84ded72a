/* The form of a rule in a file: which numbers and lists each kind has, and which way is
 * stricter. Seen only by the loader. */
#ifndef DOMAIN_RULES_FORM_H
#define DOMAIN_RULES_FORM_H

#include "domain/rules_data.h"

enum rule_number_form { NUMBER_COUNT, NUMBER_TIME };
enum rule_stricter { STRICTER_LESS = -1, STRICTER_MORE = 1 };

struct rule_number {
    const char *name; /* NULL: the kind has no such number */
    enum rule_number_form form;
    int max;
    enum rule_stricter stricter;
};

struct rule_form {
    struct rule_number numbers[RULE_NUMBERS];
    const char *list; /* name of its list of work, or NULL */
    bool list_bans;   /* a longer list is the stricter one */
    bool extensions;
    unsigned groups_needed; /* the law's file must say something for these */
};

const struct rule_form *rule_form(enum rule_kind kind);
int rule_kind_from_name(struct str name); /* -1 if unknown */

#endif
