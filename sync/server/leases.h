/* Leases: places that one body of one kiosk may give away without asking. */
#ifndef SERVER_LEASES_H
#define SERVER_LEASES_H

#include "server/offers.h"

enum lease_state { LEASE_GRANTED, LEASE_RECALLED, LEASE_RETURNED, LEASE_REVOKED };

struct lease_row {
    struct uid id, dev;
    char code[OFFER_CODE_SIZE], date[DATE_SIZE];
    int64_t epoch, places, used;
    enum lease_state state;
};

/* Granted or recalled: its kiosk may still use it. */
bool lease_open(const struct lease_row *lease);

/* ERR_NOT_FOUND */
enum err leases_find(const struct scene *scene, struct uid id, struct lease_row *lease_out)
    NODISCARD;
/* Was line number `seq` written by the body that holds this lease? A log may bring lines of
 * an older epoch along: all those before the new one begins. What a body promised before it
 * became another still holds. */
enum err leases_held_by_writer(const struct scene *scene, const struct lease_row *lease,
                               int64_t seq, bool *held_out) NODISCARD;
/* Writes state and used, and the row of the feed. One without places left is returned. */
enum err leases_put(const struct scene *scene, struct lease_row *lease) NODISCARD;
/* To each kiosk of the centre, for its newest epoch known, unless that has one. */
enum err leases_grant(const struct scene *scene, const struct offer_row *offer) NODISCARD;
/* Asks back what kiosks have of an offer: all of it, or what is for another day. */
enum err leases_recall(const struct scene *scene, const struct offer_row *offer,
                       bool other_days_only) NODISCARD;
/* Tells staff of places that an older body than this of the scene's kiosk holds. */
enum err leases_tell_copies(const struct scene *scene) NODISCARD;
/* And of those that a kiosk which was locked holds. */
enum err leases_tell_lost(const struct scene *scene, struct uid dev) NODISCARD;

#endif
