/* What staff do at the centre: one function, one transaction. Used by the command line,
 * and by the pages for coaches when they come. Each leaves a line in the audit table. */
#ifndef SERVER_ADMIN_H
#define SERVER_ADMIN_H

#include "server/places.h"
#include "wire/bytes.h"
#include "wire/enrol.h"

struct admin {
    struct storage *storage;
    struct clock clock;
    struct rng rng;
    const char *who; /* for the audit: "cli" or a staff id */
    struct law_books *books; /* law.h; NULL: read anew for each question */
};

/* Keys, generation 1; ERR_OK too if they are there. */
enum err admin_init(struct admin *admin) NODISCARD;
enum err admin_organisation_add(struct admin *admin, struct str name, struct uid *id_out)
    NODISCARD;
enum err admin_centre_add(struct admin *admin, struct uid organisation, struct str name,
                          struct uid *id_out) NODISCARD;
/* The public key words are sealed to; a feed row carries it to all kiosks. */
enum err admin_centre_seal(struct admin *admin, struct uid centre, struct str hex) NODISCARD;
enum err admin_staff_add(struct admin *admin, struct uid centre, struct str alias,
                         struct uid *id_out) NODISCARD;
enum err admin_code_make(struct admin *admin, struct uid centre,
                         struct enrol_code *code_out) NODISCARD;
enum err admin_device_revoke(struct admin *admin, struct uid centre, struct uid dev) NODISCARD;

struct import_counts {
    int added, changed, same;
};
/* An offers file as of the kiosk (domain/offer_json.h). All or nothing. ERR_INVALID: `why`
 * has line and field, or names the offer whose places fall below what is promised. Offers
 * that are not in the file stay. ERR_FULL: more than a kiosk can show. */
enum err admin_offers_import(struct admin *admin, struct uid centre, struct str json,
                             struct import_counts *counts_out, struct buf *why) NODISCARD;
/* Called off: its wishes are declined with the reason "cancelled", and it leaves the feed. */
enum err admin_offer_call_off(struct admin *admin, struct uid centre, struct str code)
    NODISCARD;

enum err admin_decide(struct admin *admin, struct uid centre, const struct decision *decision,
                      enum decide_answer *answer_out, struct buf *why) NODISCARD;
enum err admin_lease_recall(struct admin *admin, struct uid centre, struct uid lease) NODISCARD;
enum err admin_lease_revoke(struct admin *admin, struct uid centre, struct uid lease) NODISCARD;
enum err admin_person_forget(struct admin *admin, struct uid centre, struct uid person)
    NODISCARD;
enum err admin_task_done(struct admin *admin, struct uid centre, struct uid task) NODISCARD;
/* Parked events are tried again (after an upgrade); *done_out: how many are not any more. */
enum err admin_unpark(struct admin *admin, struct uid centre, int *done_out) NODISCARD;
/* The same for every centre that has some: when a server starts, it may be a newer one. */
enum err admin_unpark_all(struct admin *admin, int *done_out) NODISCARD;

/* A backup was put back: the kiosks that were locked in the state before are locked in it,
 * and who was forgotten there is forgotten. Harmless to repeat. */
enum err admin_carry(struct admin *admin, struct storage *before) NODISCARD;

/* Lists as NDJSON, one object a line, oldest first; no free text, no sealed words. */
enum admin_list {
    LIST_ORGANISATIONS, LIST_CENTRES, LIST_STAFF, LIST_KIOSKS, LIST_OFFERS, LIST_WISHES,
    LIST_LEASES, LIST_TASKS, LIST_PARKED, LIST_COUNT
};
const char *admin_list_name(enum admin_list list);
enum err admin_list(struct admin *admin, enum admin_list list, struct uid centre,
                    struct bytes *out) NODISCARD; /* centre nil: of all */

#endif
