/* Offers of a centre with what is promised of them, and their rows in the feed. */
#ifndef SERVER_OFFERS_H
#define SERVER_OFFERS_H

#include "domain/offer.h"
#include "server/decide.h"
#include "server/effects.h"

#define DATE_SIZE 11 /* "2026-11-27" with NUL */

struct offer_row {
    char code[OFFER_CODE_SIZE], date[DATE_SIZE];
    int64_t places; /* that the centre gives: without those taken elsewhere */
    bool open;      /* not called off */
    struct decide_count count;
};

/* The day of the server's clock, in Germany. */
void scene_today(const struct scene *scene, char date_out[DATE_SIZE]);
/* Open, and today or later: there is something to give away. */
bool offers_live(const struct scene *scene, const struct offer_row *offer);

/* ERR_NOT_FOUND */
enum err offers_find(const struct scene *scene, struct str code, struct offer_row *offer_out)
    NODISCARD;
/* Counts what is promised of a code on a day; places stay as they are. */
enum err offers_count(const struct scene *scene, struct str code, struct str date,
                      struct decide_count *count_out) NODISCARD;
/* The row follows what is confirmed; it is there while the offer is live. */
enum err offers_put_row(const struct scene *scene, const struct offer_row *offer) NODISCARD;

#endif
