/* The kinds of facts: the one table. A new fact is one line in kinds.c. */
#ifndef STORE_KINDS_H
#define STORE_KINDS_H

enum kind {
    KIND_KIOSK_STARTED,
    KIND_STAFF_ADDED,
    KIND_PARTICIPANT_ENROLLED,
    KIND_CARD_ISSUED,
    KIND_WISH_MADE,
    KIND_WISH_UNDONE,
    KIND_WISH_CONFIRMED,
    KIND_WISH_DECLINED,
    KIND_OFFER_UNFIT,
    KIND_TALK_ASKED,
    KIND_COUNT
};

#define KIND_STATEMENTS_MAX 2

struct kind_row {
    const char *name;
    int version; /* of the body's form */
    /* What the fact changes: SQL over :seq, :id, :wall_ms and :body, the same when it is
     * written and when the log is replayed. Unused entries are NULL. */
    const char *project[KIND_STATEMENTS_MAX];
};

extern const struct kind_row kinds[KIND_COUNT];

enum kind kind_from_name(const char *name); /* KIND_COUNT: unknown */

#endif
