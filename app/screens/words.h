/* Sentences about offers and wishes that several screens say the same way. */
#ifndef SCREENS_WORDS_H
#define SCREENS_WORDS_H

#include "domain/sentence.h"
#include "screens/screen.h"

/* "Fr 15–17 Uhr", "Heute 15–17 Uhr", "Morgen 15–17 Uhr" */
const char *words_when_short(struct ui *ui, const struct offer_work *work);
/* "27.11. 15–17 Uhr": where there is little room */
const char *words_when_tight(struct ui *ui, const struct offer_work *work);
/* "Freitag, 27. November, 15 bis 17 Uhr" */
const char *words_when(struct ui *ui, const struct offer_work *work);
/* "Fr, 27.11. · 15–17 Uhr" */
const char *words_when_brief(struct ui *ui, const struct offer_work *work);
/* "Mitte · 5 Min." */
const char *words_where_short(struct ui *ui, const struct offer *offer);
const char *words_money(struct ui *ui, int cents);        /* "10 €" */
const char *words_money_spoken(struct ui *ui, int cents); /* "10 Euro" */
/* "Weil dir Garten Spaß macht." The reason for a suggestion, as a sentence. */
const char *words_because(struct ui *ui, const struct offer *offer,
                          enum match_because because);
/* What pure code says, in the visitor's language. "" if it says nothing. */
const char *words_sentence(struct ui *ui, const struct sentence *sentence);
/* "Ich bin 13–14", or the alias of who has signed in. */
const char *words_who(struct ui *ui);
const char *words_print_state(struct ui *ui, enum print_state state);

#endif
