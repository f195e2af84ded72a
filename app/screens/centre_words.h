/* What is true about the way to the centre, in plain words: the lamp, the last contact,
 * what stands in the way. From receipts only (domain/lamp.h). */
#ifndef SCREENS_CENTRE_WORDS_H
#define SCREENS_CENTRE_WORDS_H

#include "screens/screen.h"

enum lamp centre_lamp(const struct model *model);
/* The lamp's pictogram and tint: state is never colour alone. */
const char *centre_lamp_icon(enum lamp lamp);
enum color centre_lamp_tint(enum lamp lamp);
/* In the fewest words; without a centre: that all is kept here. */
const char *centre_lamp_brief(struct ui *ui);
/* The same with how many wait, or what stands in the way. */
const char *centre_lamp_text(struct ui *ui);
/* Who should do what about it; "" if nobody has to. */
const char *centre_help_text(struct ui *ui);
/* How long ago the last contact was, as far as anybody knows. */
const char *centre_contact_text(struct ui *ui);
/* "{n} Einträge versteht die Zentrale noch nicht …"; "" if there are none. */
const char *centre_parked_text(struct ui *ui);

/* How the line is, as a wish needs to know it. */
enum centre_line {
    LINE_NONE, /* no centre */
    LINE_UP,   /* there was contact just now */
    LINE_DOWN,
    LINE_LONG, /* for a day or more, or nobody knows for how long */
};
enum centre_line centre_line(const struct model *model);
/* What happens to a wish that a coach has to decide: as far as this kiosk knows. */
const char *centre_asked_text(struct ui *ui);
/* Whole minutes since the last contact; -1: nobody knows, or there was none. */
long centre_minutes_since(const struct model *model);

#endif
