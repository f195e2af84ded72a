/* Evaluations on the kiosk: flags in plain, answers only sealed. Same rules as store.h.
 *
 * Each view is kept twice, sealed: for the team (until it is released and told) and for
 * the person (for their sheet); and once more, for the centre, in the event. Who seals is
 * the caller (app/disk_evaluation.c): this file never sees an answer. */
#ifndef STORE_EVALUATIONS_H
#define STORE_EVALUATIONS_H

#include "domain/job_brief.h"
#include "store/store.h"

#define STORE_SEALED_MAX 2048 /* one sealed blob */

struct store_blob {
    size_t len; /* 0: none */
    uint8_t bytes[STORE_SEALED_MAX];
};

/* One side's view: the blobs, and what the flags need to know. */
struct store_view {
    struct uid id, assignment;
    enum form_side side;
    bool wants_talk;                /* a step of it means "Ich will reden" */
    struct uid staff;               /* who entered it; nil: the person or the site */
    struct store_blob for_team, for_person, for_centre;
    struct store_blob words_for_centre, words_for_team; /* own words; len 0: none */
};

/* A later view of a side replaces the earlier one. A retry brings the same bytes: seal with
 * dice of the fact. ERR_DENIED: locked (both are in or it is closed). ERR_NOT_FOUND: no such
 * job. */
enum err store_view_put(struct store *store, const struct store_view *view) NODISCARD;
/* What a side's view is for the person, from its release on: sealed anew by who may read
 * it. No fact of its own: the release is one. ERR_NOT_FOUND: there is no such view. */
enum err store_view_share(struct store *store, struct uid assignment, enum form_side side,
                          const struct store_blob *for_person) NODISCARD;
/* The blobs as they are stored; who may see them is evaluation.h's to say, and who can
 * open them the keys'. for_centre is empty (only in the log); the team's are once it was
 * released, told and talked about. ERR_NOT_FOUND: there is no view of that side. */
enum err store_view_get(struct store *store, struct uid assignment, enum form_side side,
                        struct store_view *view_out) NODISCARD;

/* TALK, TALKED, CLOSE, HOLD, UNHOLD, RELEASE, NEXT. `answer_out` says what it did; only
 * EVALUATION_OK is stored. `staff` nil for TALK and NEXT. */
enum err store_evaluation_event(struct store *store, struct uid fact, struct uid assignment,
                                struct uid staff, const struct evaluation_event *event,
                                enum evaluation_answer *answer_out,
                                struct job_brief *brief_out) NODISCARD;

/* A note of staff on a job, sealed to team and centre. */
struct store_note {
    struct uid id, assignment, staff;
    struct store_blob for_team, for_centre;
};
enum err store_note_put(struct store *store, const struct store_note *note) NODISCARD;
enum err store_notes_get(struct store *store, struct uid assignment, struct store_note *notes,
                         size_t max, size_t *count_out) NODISCARD; /* oldest first */

/* ---- keys ------------------------------------------------------------------------------ */

/* The public half of the pair of a person's card; put with each new card. Items sealed to
 * an older one stay as they are. ERR_NOT_FOUND: no such person, or none known yet. */
enum err store_person_key_get(struct store *store, struct uid participant,
                              uint8_t public_out[STORE_PUBLIC_KEY_SIZE]) NODISCARD;
enum err store_person_key_put(struct store *store, struct uid participant,
                              const uint8_t public[STORE_PUBLIC_KEY_SIZE]) NODISCARD;
/* The team's key: public half once, wraps per staff member (text of proof/team.h). */
enum err store_team_key_get(struct store *store, uint8_t public_out[STORE_PUBLIC_KEY_SIZE])
    NODISCARD;
enum err store_team_key_put(struct store *store, const uint8_t public[STORE_PUBLIC_KEY_SIZE])
    NODISCARD; /* ERR_CONFLICT: there is another one */
enum err store_team_wrap_get(struct store *store, struct uid staff, char *out, size_t size)
    NODISCARD; /* ERR_NOT_FOUND: not wrapped for this card yet */
enum err store_team_wrap_put(struct store *store, struct uid staff, const char *wrap)
    NODISCARD;

/* ---- the sheet ------------------------------------------------------------------------- */

#define STORE_SHEET_MAX 512

/* One finished job, sealed to its owner's key. A higher revision replaces a lower one of
 * the same job. */
struct store_sheet_item {
    struct uid participant, job;
    int revision;
    struct store_blob sealed;
};
enum err store_sheet_put(struct store *store, const struct store_sheet_item *item) NODISCARD;
typedef enum err store_sheet_fn(void *ctx, const struct store_sheet_item *item);
enum err store_sheet_each(struct store *store, struct uid participant, store_sheet_fn *each,
                          void *ctx) NODISCARD;

#endif
