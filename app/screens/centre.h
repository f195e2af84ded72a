/* The centre's screen in two halves: what there is (centre_show.c), and typing an address
 * and a code (centre_form.c); centre.c decides which. */
#ifndef SCREENS_CENTRE_H
#define SCREENS_CENTRE_H

#include "screens/screen.h"

void centre_view_show(struct ui *ui);
void centre_view_form(struct ui *ui);

/* Does what is typed look like an address, a whole code? The store's side has the last
 * word. */
bool centre_url_ready(const struct centre_form *form);
bool centre_code_ready(const struct centre_form *form);
/* A character (8: delete) into the field of this step. */
void centre_type(struct centre_form *form, int character);

#endif
