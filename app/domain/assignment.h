/* An assignment (Einsatz): the job as it happens, for one person.
 *
 * Pure: events in, the new state and one designed answer out. An answer that is not
 * `recorded` has changed nothing. The same events of this assignment in the same order
 * always give the same result, whatever happens to other people in between.
 *
 * What is chosen where the law and the agreement leave room:
 *  - Paid time lies within the agreed start and end and is never more than agreed, until
 *    staff confirm another number with a reason.
 *  - Rest in pieces below 15 minutes is work (JArbSchG §11(1)).
 *  - Coming too late is noted as a time and has no other consequence here. */
#ifndef DOMAIN_ASSIGNMENT_H
#define DOMAIN_ASSIGNMENT_H

#include "domain/moment.h"
#include "domain/wish.h"

#define ASSIGNMENT_BREAKS_MAX 4
#define ASSIGNMENT_HISTORY_MAX 24

#define ASSIGNMENT_EARLY_ASK_MIN 60  /* more than that before the start: ask the team */
#define ASSIGNMENT_ON_TIME_MIN 5     /* around the start */
#define ASSIGNMENT_LATE_ASK_MIN 30   /* more than that after the start: ask the team */
#define ASSIGNMENT_OUT_TIME_MIN 15   /* around the end */
#define ASSIGNMENT_SURE_MS 900000    /* a clock less sure than this decides nothing */
#define ASSIGNMENT_SOON_MS 120000    /* a second scan within it is a slip of the hand */
#define ASSIGNMENT_UNDO_MS 600000    /* a person's own undo */
#define ASSIGNMENT_FORGOTTEN_MIN 60  /* after the end: the check-out was forgotten */
#define ASSIGNMENT_REST_PIECE_MIN 15 /* JArbSchG §11(1) sentence 3 */

enum assignment_state {
    ASSIGNMENT_EXPECTED,
    ASSIGNMENT_THERE,
    ASSIGNMENT_GONE,
    ASSIGNMENT_MISSED, /* "nicht geklappt": asked kindly, no penalty */
    ASSIGNMENT_CANCELLED,
    ASSIGNMENT_STATE_COUNT
};

enum assignment_by { BY_KIOSK, BY_SITE_CODE, BY_STAFF, ASSIGNMENT_BY_COUNT };

/* Why staff changed something; the first is refused; free text is sealed elsewhere. */
enum assignment_reason {
    REASON_NONE,
    REASON_FORGOTTEN_IN,
    REASON_FORGOTTEN_OUT,
    REASON_CLOCK_WRONG,
    REASON_WRONG_TAP,
    REASON_SITE_TOLD,   /* the site told it on the phone */
    REASON_PERSON_TOLD, /* the young person told it */
    REASON_LONGER,      /* it took longer, as agreed with the site */
    REASON_SHORTER,
    REASON_CALLED_OFF,
    REASON_OTHER,
    ASSIGNMENT_REASON_COUNT
};

struct assignment_break {
    struct moment from, until; /* until: no moment while it lasts */
};

/* What an event can change; kept whole in the history, so that nothing is lost. */
struct assignment_values {
    enum assignment_state state;
    bool accepted; /* the agreement, by the young person */
    struct moment in, out;
    enum assignment_by in_by, out_by;
    int break_count;
    struct assignment_break breaks[ASSIGNMENT_BREAKS_MAX];
    int minutes_confirmed; /* -1: not yet */
    enum assignment_by confirmed_by;
    int missed_form, missed_reason; /* tile of that form's version; -1: none told */
};

enum assignment_event_kind {
    JOB_AGREE, /* the agreement is accepted */
    JOB_CHECK_IN,
    JOB_CHECK_OUT,
    JOB_BREAK_START,
    JOB_BREAK_END,
    JOB_CORRECT,     /* staff, reason, `values`: in, out, breaks */
    JOB_CONFIRM,     /* `minutes`; staff need a reason if they differ */
    JOB_MISS,        /* no-show, by staff or at the end of the day by the kiosk */
    JOB_MISS_REASON, /* missed_form, missed_reason: the young person's tile */
    JOB_CANCEL,      /* by staff (reason) or by the young person */
    JOB_UNDO,        /* takes back the last change; twice: brings it again */
    ASSIGNMENT_EVENT_COUNT
};

struct assignment_event {
    enum assignment_event_kind kind;
    struct uid assignment; /* another's event changes nothing: ANSWER_WRONG_JOB */
    struct moment at;
    enum assignment_by by;
    struct uid staff; /* needed for BY_STAFF */
    enum assignment_reason reason;
    int minutes;
    int missed_form, missed_reason;
    struct assignment_values values; /* JOB_CORRECT: in, out and breaks are used */
};

/* What was there before an event, and who replaced it why. */
struct assignment_change {
    enum assignment_event_kind kind;
    struct moment at;
    enum assignment_by by;
    struct uid staff;
    enum assignment_reason reason;
    struct assignment_values earlier;
};

struct assignment {
    struct uid id; /* the wish's id */
    struct uid participant;
    char alias[ALIAS_SIZE]; /* filled when listed */
    char code[OFFER_CODE_SIZE];
    char title[OFFER_TITLE_SIZE];
    char place[OFFER_PLACE_SIZE];
    char district[OFFER_DISTRICT_SIZE];
    int field;
    int cents; /* for the whole job as agreed */
    struct offer_work work;
    struct assignment_values now;
    int history_count; /* oldest first */
    struct assignment_change history[ASSIGNMENT_HISTORY_MAX];
};

enum assignment_answer {
    ANSWER_AGREED,
    ANSWER_AGREED_BEFORE,
    ANSWER_IN_EARLY,
    ANSWER_IN_ON_TIME,
    ANSWER_IN_LATE,
    ANSWER_IN_TIME_UNSURE,
    ANSWER_IN_FAR_EARLY, /* ask staff */
    ANSWER_IN_FAR_LATE,  /* ask staff */
    ANSWER_IN_OVER,
    ANSWER_IN_WRONG_DAY,
    ANSWER_IN_NO_AGREEMENT,
    ANSWER_IN_TWICE,
    ANSWER_IN_AFTER_OUT,
    ANSWER_IN_AFTER_MISSED,
    ANSWER_OUT_OK,
    ANSWER_OUT_EARLY,
    ANSWER_OUT_LATE,
    ANSWER_OUT_TIME_UNSURE,
    ANSWER_OUT_SOON,      /* a second scan of the same card */
    ANSWER_OUT_FORGOTTEN, /* long after the end: staff know when it was */
    ANSWER_OUT_BEFORE_IN,
    ANSWER_OUT_TWICE,
    ANSWER_BREAK_BEGUN,
    ANSWER_BREAK_ENDED,
    ANSWER_BREAK_SHORT,
    ANSWER_BREAK_TWICE,
    ANSWER_BREAK_NONE,
    ANSWER_BREAK_NOT_THERE,
    ANSWER_BREAK_FULL,
    ANSWER_CORRECTED,
    ANSWER_CORRECT_TIMES, /* out before in, a break outside, … */
    ANSWER_CONFIRMED,
    ANSWER_CONFIRM_NOT_GONE,
    ANSWER_CONFIRM_DIFFERS, /* the site code confirms what was computed, no other number
                             */
    ANSWER_CONFIRM_RANGE,
    ANSWER_CONFIRM_TWICE,
    ANSWER_MISSED,
    ANSWER_MISSED_EARLY,
    ANSWER_MISSED_BEFORE,
    ANSWER_MISSED_NOT, /* was there after all */
    ANSWER_MISSED_THANKS,
    ANSWER_CANCELLED,
    ANSWER_CANCEL_THERE,
    ANSWER_IS_CANCELLED, /* whatever was tried: the job is off */
    ANSWER_UNDONE,
    ANSWER_UNDO_NONE,
    ANSWER_UNDO_LATE,
    ANSWER_NEEDS_STAFF,
    ANSWER_NEEDS_REASON,
    ANSWER_WRONG_JOB,
    ANSWER_FULL, /* the history has no room: nothing more is changed here */
    ASSIGNMENT_ANSWER_COUNT
};

enum assignment_tone {
    TONE_GOOD, /* all as it should be */
    TONE_MILD, /* noted, and something to know */
    TONE_ASK,  /* not noted: a person helps */
    TONE_TEAM  /* said to staff */
};

struct assignment_words {
    const char *text; /* German source text; may have {start}, {end}, {date} */
    enum assignment_tone tone;
    bool recorded; /* the assignment has changed */
};

/* A confirmed wish as an assignment, state EXPECTED. */
void assignment_from_wish(struct assignment *a, const struct wish *wish);
enum assignment_answer assignment_apply(struct assignment *a,
                                        const struct assignment_event *event);
const struct assignment_words *assignment_words(enum assignment_answer answer);
/* The answer's sentence with this assignment's values. */
struct sentence assignment_sentence(const struct assignment *a,
                                    enum assignment_answer answer);
const char *assignment_reason_text(enum assignment_reason reason); /* German, for staff */

/* What a scan of the card means now: come, go, or the end of a break. */
enum assignment_event_kind assignment_scan_means(const struct assignment *a);
/* Staff should look: still THERE an hour after the end; still EXPECTED after the end.
 * False while `now` is unsure. */
bool assignment_out_forgotten(const struct assignment *a, const struct moment *now);
bool assignment_seems_missed(const struct assignment *a, const struct moment *now);
bool assignment_on_break(const struct assignment *a);
/* The agreed start and end as moments, sure to the minute: what a correction begins with.
 */
struct moment assignment_agreed_start(const struct assignment *a);
struct moment assignment_agreed_end(const struct assignment *a);

struct assignment_hours {
    int minutes; /* confirmed if there is a confirmation, else computed; ≥ 0 */
    int rest;    /* minutes of rest that count */
    bool confirmed;
    bool sure;       /* the times were; if not, staff must confirm */
    bool rest_short; /* less rest than JArbSchG §11(1) asks: staff should look */
};
void assignment_minutes(const struct assignment *a, struct assignment_hours *hours_out);

#endif
