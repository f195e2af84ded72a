/* Wishes as they stand at the centre, and their rows in the feed. */
#ifndef SERVER_WISHES_H
#define SERVER_WISHES_H

#include "server/offers.h"

#define REASON_SIZE 16

struct wish_row {
    struct uid id, dev, participant;
    int64_t ord; /* order of receipt */
    char code[OFFER_CODE_SIZE], date[DATE_SIZE];
    enum stand stand;
    char reason[REASON_SIZE];
    struct uid decision; /* of the centre; nil: a kiosk's, or none yet */
    struct uid staff, lease; /* nil: none */
};

/* Is it a reason of a "no"? domain/wish.h has them. */
bool wish_reason_valid(struct str reason);

/* ERR_NOT_FOUND */
enum err wishes_find(const struct scene *scene, struct uid id, struct wish_row *wish_out)
    NODISCARD;
/* A new one, as the last in the order. Not for one that is there. */
enum err wishes_add(const struct scene *scene, const struct wish_row *wish, struct str body)
    NODISCARD;
/* Writes stand, reason, decision, staff and lease, and the row of the feed. */
enum err wishes_put(const struct scene *scene, const struct wish_row *wish) NODISCARD;
/* The same for a decision of the centre: it gets an id of its own. */
enum err wishes_decide(const struct scene *scene, struct wish_row *wish, enum stand stand,
                       const char *reason) NODISCARD;
/* The first wish of an offer's day that stands so. ERR_NOT_FOUND */
enum err wishes_first(const struct scene *scene, const struct offer_row *offer,
                      enum stand stand, struct wish_row *wish_out) NODISCARD;
/* Whether anybody was ever confirmed for this code and is still. */
enum err wishes_any_confirmed(const struct scene *scene, struct str code, bool *any_out)
    NODISCARD;

#endif
