/* A message: what a tap, a key, a scan, a timer or a worker's answer means.
 *
 * Small and by value, so that a hit area can carry one and two can be compared. */
#ifndef MODEL_MSG_H
#define MODEL_MSG_H

#include <stdbool.h>
#include <stdint.h>

enum msg_kind {
    MSG_NONE,

    /* moving about */
    MSG_BACK,
    MSG_HOME,         /* end of the visit: everything personal is forgotten */
    MSG_OPEN,         /* a: enum screen_id */
    MSG_LANGUAGE,     /* a: language index */
    MSG_TEXT_SIZE,    /* next text size */
    MSG_READ_ALOUD,
    MSG_STAY,         /* the time-out warning was answered */
    MSG_DISMISS,      /* close the notice on top */

    /* offers */
    MSG_FILTER,       /* a: enum filter */
    MSG_PAGE,         /* a: the page to go to; only the view knows how many there are */
    MSG_AGE,          /* a: enum age_choice */
    MSG_OFFER,        /* a: index of the offer */
    MSG_WISH,         /* yes to the open offer */
    MSG_NOT_FIT,      /* "passt nicht" to the open offer */
    MSG_NOT_FIT_REASON, /* a: enum not_fit_reason */

    /* who are you */
    MSG_KEY,          /* a: Unicode character typed; 8 = delete, 13 = enter */
    MSG_PICTURE,      /* a: picture 0 … 7 */
    MSG_PICTURE_UNDO,
    MSG_SIGN_IN,
    MSG_SIGN_OUT,
    MSG_SCAN,         /* text in struct input */

    /* wishes */
    MSG_PRINT_AGAIN,
    MSG_UNDO_WISH,    /* a: row of my wishes */
    MSG_TALK,         /* "Ich will reden" */

    /* staff */
    MSG_STAFF_PIN,    /* a: digit, or 10 = delete */
    MSG_STAFF_LOCK,
    MSG_STAFF_TAB,    /* a: enum staff_tab */
    MSG_STAFF_ROW,    /* a: row */
    MSG_STAFF_CONFIRM, /* the open wish */
    MSG_STAFF_DECLINE, /* a: enum decline_reason */
    MSG_FORM_FIELD,   /* a: enum form_field */
    MSG_FORM_CHOICE,  /* a: enum form_field, b: choice */
    MSG_FORM_STEP,    /* a: +1 or -1 */
    MSG_FORM_SAVE,
    MSG_CARD_PRINT,

    /* after the wish */
    MSG_JOB,          /* a: row of the list on screen */
    MSG_JOB_EVENT,    /* a: enum assignment_event_kind, for the open job */
    MSG_AGREE,        /* the agreement is accepted */
    MSG_ANSWER,       /* a: question (aspect, or 100 + about_site, or 200 again), b: step */
    MSG_SKIP,         /* this page */
    MSG_TILE,         /* a: tile */
    MSG_WORDS,        /* open (a: 1) or close (0) the keyboard for own words */
    MSG_NEXT_STEP,    /* a: aspect, b: index */
    MSG_EVALUATE,     /* a: row: say how it was */
    MSG_RESULT,       /* a: row: hear how it was seen */
    MSG_MISSED,       /* a: tile: why it did not work out */
    MSG_PART,         /* a: enum sheet_part, on or off */
    MSG_PRINT,        /* print what is on screen */
    MSG_VOTE,         /* a: row, b: enum voice_choice */
    MSG_PROPOSE,      /* a: enum voice_kind */
    MSG_CORRECT,      /* a, b: see staff_job.c */
    MSG_SHOW,         /* the coach releases the open evaluation */
    MSG_HOLD,         /* a: enum evaluation_hold */
    MSG_CLOSE,        /* the open evaluation, although a view is missing */
    MSG_TALKED,       /* about the open job; in the list of calls, a: row of talks */
    MSG_NOTE,
    MSG_VOICE_STAFF,  /* a: row, b: enum voice_staff */

    /* the centre */
    MSG_CENTRE_STEP,  /* a: enum centre_step */
    MSG_CENTRE_ASK,   /* what was typed or scanned is right */

    /* the device */
    MSG_PRESS,        /* a finger is down on `pressed` */
    MSG_RELEASE,
    MSG_FOCUS,        /* a: +1 next, -1 previous, 0 none */
    MSG_CHOOSE,
    MSG_TICK,         /* time has passed */
    MSG_REPLY,        /* a worker has answered: struct reply */
    MSG_FEED_CHANGED, /* another program changed what is stored */
    MSG_COUNT
};

struct msg {
    enum msg_kind kind;
    int32_t a, b;
};

static inline bool msg_eq(struct msg x, struct msg y)
{
    return x.kind == y.kind && x.a == y.a && x.b == y.b;
}

#endif
