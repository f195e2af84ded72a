/* The forms of evaluations that travel inside the program: assets/forms/NAME.json, each a
 * version of its own. */
#ifndef APP_FORMS_H
#define APP_FORMS_H

#include "domain/evaluation_form.h"

struct forms;

/* ERR_INVALID: `why` names file and place; ERR_CONFLICT: two files of one version. */
enum err forms_open(struct buf *why, struct forms **forms_out) NODISCARD;
void forms_close(struct forms *forms); /* NULL is fine */
/* Oldest version first. Lives as long as the forms. */
const struct form_set *forms_set(const struct forms *forms);

#endif
