/* Places, leases, wishes and the waiting list: sync/PROTOCOL.md, "Places".
 *
 * Always: confirmed wishes + unused leased places ≤ places of the offer; and so confirmed ≤
 * places, whatever kiosks say. What a kiosk confirmed without a free place goes to the
 * waiting list and becomes a task; it is never dropped silently. No clock: order is the
 * order of receipt at the centre (wish.ord), ties by (dev, seq). */
#ifndef SERVER_PLACES_H
#define SERVER_PLACES_H

#include "server/effects.h"

/* An offer is new, has other places, came or went: leases are split anew over the centre's
 * kiosks (decide.h), waiting wishes move up to "asked", the feed rows follow. */
enum err places_settle(const struct scene *scene, struct str code) NODISCARD;
/* The same for all offers of today or later: a kiosk came or went. */
enum err places_settle_all(const struct scene *scene) NODISCARD;
/* The first lines of a new epoch of the scene's kiosk are in, and its log is there: it gets
 * its leases. What an older epoch holds stays counted, as its body may still give it away;
 * staff are told. */
enum err places_new_body(const struct scene *scene) NODISCARD;
/* Its wishes are declined with the reason "cancelled", kiosks are asked for their leases,
 * and it leaves the feed. ERR_NOT_FOUND */
enum err places_call_off(const struct scene *scene, struct str code) NODISCARD;

enum decide_answer {
    DECIDE_OK,
    DECIDE_NO_SUCH,   /* no such wish */
    DECIDE_ALREADY,   /* it is decided so */
    DECIDE_DECLINED,  /* a yes after a no: who was told no may ask anew */
    DECIDE_UNDONE,    /* the young person took it back */
    DECIDE_FULL,      /* all places are confirmed: the wish stands on the waiting list */
    DECIDE_LEASED,    /* the last places are at kiosks: asked back; confirmed when they come */
    DECIDE_RULES,     /* the law or the house says no; `why` says which and what instead */
    DECIDE_ANSWER_COUNT
};
struct decision {
    struct uid wish, staff;
    bool confirm;
    char reason[16];  /* of a "no": full cancelled rules talk none; else ERR_INVALID */
};
enum err places_decide(const struct scene *scene, const struct decision *decision,
                       enum decide_answer *answer_out, struct buf *why) NODISCARD;

/* ERR_NOT_FOUND. Harmless to repeat. */
enum err places_recall(const struct scene *scene, struct uid lease) NODISCARD;
/* Taken away unseen: what the kiosk promised meanwhile may be one too many. */
enum err places_revoke(const struct scene *scene, struct uid lease) NODISCARD;

#endif
