#include "domain/wish.h"

#include <string.h>

void wish_from_offer(struct wish *wish, struct uid id, const struct participant *who,
                     const struct offer *offer)
{
    memset(wish, 0, sizeof *wish);
    wish->id = id;
    wish->participant = who->id;
    str_copy(wish->alias, sizeof wish->alias, str_of(who->alias));
    str_copy(wish->code, sizeof wish->code, str_of(offer->code));
    str_copy(wish->title, sizeof wish->title, str_of(offer->title));
    str_copy(wish->place, sizeof wish->place, str_of(offer->place));
    str_copy(wish->district, sizeof wish->district, str_of(offer->district));
    wish->field = offer->field;
    wish->cents = offer_cents(offer);
    wish->work = offer->work;
    wish->state = WISH_ASKED;
}

bool wish_counts(const struct wish *wish)
{
    return wish->state == WISH_ASKED || wish->state == WISH_CONFIRMED;
}
