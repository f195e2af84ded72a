/* The kinds of facts: the one table. A new fact is one line in kinds.c. */
#ifndef STORE_KINDS_H
#define STORE_KINDS_H

#include <stdbool.h>

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
    /* in the order of enum assignment_event_kind */
    KIND_JOB_AGREED,
    KIND_JOB_IN,
    KIND_JOB_OUT,
    KIND_JOB_BREAK,
    KIND_JOB_BREAK_OVER,
    KIND_JOB_CORRECTED,
    KIND_JOB_CONFIRMED,
    KIND_JOB_MISSED,
    KIND_JOB_MISSED_WHY,
    KIND_JOB_CANCELLED,
    KIND_JOB_UNDONE,
    /* in the order of enum evaluation_event_kind */
    KIND_EVALUATION_SELF,
    KIND_EVALUATION_SITE,
    KIND_EVALUATION_TALK,
    KIND_EVALUATION_TALKED,
    KIND_EVALUATION_CLOSED,
    KIND_EVALUATION_HELD,
    KIND_EVALUATION_UNHELD,
    KIND_EVALUATION_RELEASED,
    KIND_EVALUATION_NEXT,
    KIND_NOTE_WRITTEN,
    KIND_SHEET_KEPT,
    KIND_PERSON_KEY,
    KIND_TEAM_KEY,
    KIND_TEAM_WRAP,
    /* in the order of enum voice_staff_kind, after the first two */
    KIND_VOICE_PROPOSED,
    KIND_VOICE_CAST,
    KIND_VOICE_OPENED,
    KIND_VOICE_ANSWERED,
    KIND_VOICE_PUT_AWAY,
    KIND_PERSON_DELETED,
    KIND_EPOCH_BEGUN,
    KIND_JOB_SEEN,
    KIND_TALK_DONE,
    KIND_WISH_WAITING,
    KIND_LEASE_RETURNED,
    KIND_PERSON_ADOPTED,
    KIND_CARD_KEY,
    KIND_COUNT
};

#define KIND_STATEMENTS_MAX 3

struct kind_row {
    const char *name;
    int version; /* of the body's form */
    bool named;  /* its id stands on the wire, as something may refer to it */
    /* What the fact changes: SQL over :seq, :id, :kind, :boot, :mono_ms, :wall_ms and
     * :body, the same when it is written and when the log is replayed. Unused entries are
     * NULL. */
    const char *project[KIND_STATEMENTS_MAX];
};

extern const struct kind_row kinds[KIND_COUNT];

enum kind kind_from_name(const char *name); /* KIND_COUNT: unknown */

#endif
