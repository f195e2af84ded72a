/* What the staff's screens share: cards with an icon, chips, and words for failures. */
#ifndef SCREENS_STAFF_PARTS_H
#define SCREENS_STAFF_PARTS_H

#include "screens/screen.h"

/* The notice for an answer that is no success. */
enum notice staff_failure(enum err err);
/* "Fr, 27.11., 15–17 Uhr" */
const char *staff_when(struct ui *ui, const struct offer_work *work);

struct staff_card {
    enum color fill;
    const char *icon, *title, *note;
    struct msg msg; /* MSG_NONE: only to read */
};

/* A card with an icon beside title and note; leaves out the note, then the icon, where
 * there is no room for them. */
void staff_card(struct ui *ui, struct rect at, const struct staff_card *card);
/* How the centre stands; leads to its screen (staff_centre.c). */
struct staff_card staff_centre_card(struct ui *ui);
/* A chip at the end of a row; returns its width. */
int staff_chip(struct ui *ui, struct rect row, const char *text, enum color fill);
/* The state of a wish in words and colour, and as such a chip. */
void staff_wish_state(struct ui *ui, const struct wish *wish, const char **text_out,
                      enum color *fill_out);
int staff_wish_chip(struct ui *ui, struct rect row, const struct wish *wish);
/* The list of the chosen tab; its pager goes beside the tabs, else into what is left of
 * the foot, else below the rows. */
void staff_list(struct ui *ui, struct rect at, struct rect foot);
/* Filled and open dots in a row, centred: how far, or how many digits. */
void staff_dots(struct ui *ui, struct rect at, int filled, int count, int size);
/* The alias that is being typed, with its caret. */
void staff_alias_field(struct ui *ui, struct rect at, const char *alias);
/* The content between head and foot, with the air that panels need. */
struct rect staff_area(const struct ui *ui);
/* The main action at the end of the foot, or the same plain and without effect if it may
 * not be used yet. */
void staff_main(struct ui *ui, struct rect *foot, const char *icon, const char *text,
                struct msg msg, bool ready);
/* What opening the store had to tell, until somebody has understood it (screen_stored). */
void staff_tell_of_store(struct model *model);

#endif
