/* Everything the screens know, in one struct of fixed size.
 *
 * Only update (screens/update.c) changes it, only views read it. What is personal lies
 * in struct visit, so that forgetting is one memset. */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "domain/calendar.h"
#include "domain/match.h"
#include "model/centre.h"
#include "model/effect.h"
#include "model/msg.h"

#define BACK_MAX 8
#define NAME_SIZE 96

enum screen_id {
    SCREEN_HOME,
    SCREEN_AGE,
    SCREEN_OFFERS,
    SCREEN_OFFER,
    SCREEN_UNFIT,
    SCREEN_WHO,
    SCREEN_SAVED,
    SCREEN_WISHES,
    SCREEN_ABOUT,
    SCREEN_TALK,
    SCREEN_LANGUAGE,
    SCREEN_STAFF_DOOR,
    SCREEN_STAFF,
    SCREEN_STAFF_WISH,
    SCREEN_ENROL,
    SCREEN_CARD,
    SCREEN_STORED,
    SCREEN_HERE,        /* "Ich bin da": check in, break, check out */
    SCREEN_AGREEMENT,   /* five pictures */
    SCREEN_HOW,         /* "Wie war's?": jobs to say something about, or news */
    SCREEN_EVALUATE,    /* one statement a page; also the site's view */
    SCREEN_RESULT,      /* giving back */
    SCREEN_SHEET,
    SCREEN_SHEET_PRINT,
    SCREEN_VOICES,
    SCREEN_PROPOSE,
    SCREEN_SITE,        /* the code of an order sheet, then attendance and view */
    SCREEN_STAFF_JOB,
    SCREEN_CALL,        /* the coach's phone call after a job */
    SCREEN_STAFF_VOICES,
    SCREEN_STAFF_PRINT,
    SCREEN_STAFF_CARD,  /* a new card for somebody who has lost theirs */
    SCREEN_STAFF_ORDER, /* the order sheet for a site */
    SCREEN_CENTRE,      /* which centre this kiosk belongs to, and coming to one */
    SCREEN_PARKED,      /* what the centre does not understand yet */
    SCREEN_LOCKED,      /* the centre has locked this kiosk: it opens for nobody */
    SCREEN_COUNT
};

/* "I am …", told without signing in. */
enum age_choice {
    AGE_UNKNOWN,
    AGE_IS_UNDER_13,
    AGE_IS_13_14,
    AGE_IS_15_17,        /* asks on: still at school? */
    AGE_IS_15_17_SCHOOL,
    AGE_IS_15_17_FREE,
    AGE_IS_18,
};

enum filter { FILTER_ALL, FILTER_TODAY, FILTER_WEEK, FILTER_SHORT, FILTER_PAIR, FILTER_NEW,
              FILTER_COUNT };

/* A line on top of a screen that says what just happened; see notice_text(). */
enum notice {
    NOTICE_NONE,
    NOTICE_CARD_UNKNOWN,
    NOTICE_CARD_BROKEN,
    NOTICE_SLIP_TRUE,
    NOTICE_SLIP_FALSE,
    NOTICE_WRONG,         /* unknown alias or wrong pictures: the same words for both */
    NOTICE_WAIT,          /* too many tries */
    NOTICE_NOT_SAVED,
    NOTICE_DISK_FULL,
    NOTICE_UNDONE,
    NOTICE_UNDO_LATE,     /* a coach has decided already */
    NOTICE_UNFIT_SAVED,
    NOTICE_ALREADY_WISHED,
    NOTICE_ALIAS_TAKEN,
    NOTICE_ALIAS_SHORT,
    NOTICE_ALIAS_UNKNOWN,
    NOTICE_DECIDED,
    NOTICE_DECIDED_BEFORE, /* by somebody else, or the wish was taken back */
    NOTICE_NO_PLACE,
    NOTICE_NOT_READ,
    NOTICE_SEEN,
    NOTICE_SITE_CODE,
    NOTICE_AGREED,
    NOTICE_CALLED_OFF,
    NOTICE_NOT_PRINTED,
    NOTICE_PRINTED,
    NOTICE_CENTRE_URL,    /* to staff: this is no address */
    NOTICE_CENTRE_PLACES, /* to staff: the centre gives the places of this job */
    NOTICE_FOR_STAFF,     /* a code that only staff can use */
    NOTICE_STATE_LOST,    /* to staff: the store was broken and set aside */
    NOTICE_STATE_COPIED,  /* to staff: these files are, or were, on another machine too */
    NOTICE_COUNT
};

/* One line of the offer list. */
struct shown {
    int offer; /* index into model.offers */
    enum match_because because;
    bool blocked; /* this person's other work stands in the way: opens with its reason */
};

struct browse {
    enum age_choice age;
    bool ask_school;      /* 15–17 was chosen: the second question is on screen */
    enum filter filter;
    int page;
    int offer;            /* the open one, or -1 */
    int shown_count;      /* after the filter */
    int all_count;        /* before the filter */
    struct shown shown[OFFERS_MAX];
    field_set_t declined; /* "passt nicht" during this visit */
    struct rules_verdict verdict; /* of the open offer for whom we know */
};

/* Who is here. All of it is forgotten together. */
struct visit {
    bool signed_in;
    struct participant who;
    int wish_count;
    struct wish wishes[WISHES_MAX];
    bool wishes_known;    /* the list has been loaded */

    /* the sign-in form */
    char alias[ALIAS_SIZE];
    uint8_t pictures[SECRET_PICTURES];
    int picture_count;
    bool typing;          /* the keyboard is on screen, else the pictures */
    bool checking;        /* a worker compares */
    int64_t wait_until_ms; /* monotonic; 0 = may try now */
    enum screen_id after; /* where to go once signed in */
    bool wish_pending;    /* the open offer was wished for before signing in */

    /* the wish being saved or saved last */
    struct wish wish;
    struct uid decision;  /* id of the promise, if the wish is taken at once */
    bool at_once;         /* the offer said that a "yes" has the place */
    bool saving, saved;
    bool taken;           /* saved, and the place is theirs */
    char payload[PAYLOAD_TEXT_SIZE];
    enum print_state print;

    struct uid fact;      /* id of the fact that was begun, kept through retries */
    bool talk_saving, talk_saved;
    struct job_visit jobs;
    struct voice_visit voices;
    int about_wishes, about_unfits, about_talks, about_cards;
    int about_jobs, about_views, about_items;
    bool about_known;
};

enum staff_tab { STAFF_TAB_TODAY, STAFF_TAB_WISHES, STAFF_TAB_CALLS };

enum form_field {
    FORM_ALIAS,
    FORM_PICTURES,
    FORM_BAND,
    FORM_BAND_MONTH,
    FORM_SCHOOL,
    FORM_CUSTODIAN,
    FORM_STORE,
    FORM_INTERESTS,
    FORM_LANGUAGES,
    FORM_FIELD_COUNT
};

#define FORM_STEPS 5

/* Staff enrol a new young person. */
struct enrol_form {
    int step; /* 0 … FORM_STEPS-1 */
    struct participant who;
    uint8_t pictures[SECRET_PICTURES];
    int picture_count;
    int band_month;  /* months from now until the next band, 1 … 24; 0 = not known */
    bool answered[FORM_FIELD_COUNT];
    int page;        /* of the interests */
    bool saving;
};

struct staff_session {
    bool open;
    struct uid id;
    char alias[ALIAS_SIZE];

    /* the door */
    bool known, any_staff; /* is there a staff card at all? If not: set one up */
    bool typing;           /* setting up: the alias is being typed, else the PIN */
    char setup_alias[ALIAS_SIZE];
    char card[CARD_TEXT_SIZE];
    char pin[PIN_DIGITS_MAX + 1];
    char pin_first[PIN_DIGITS_MAX + 1]; /* setting up: a PIN is typed twice */
    bool checking;
    int64_t wait_until_ms;

    enum staff_tab tab;
    int page;
    bool listed;
    int wish_count;
    struct wish wishes[STAFF_WISHES_MAX];
    struct overview overview;
    struct wish wish;      /* the open one, a copy: the list may be loaded anew meanwhile */
    bool deciding, declining;
    struct enrol_form form;
    char new_card[CARD_TEXT_SIZE]; /* just issued: shown until the screen is left */
    char new_alias[ALIAS_SIZE];
    bool new_is_staff;
    enum print_state print;
    struct uid fact;
    struct staff_jobs jobs;
    struct centre_form centre;
};

/* What main hands in and nobody changes. */
struct model_env {
    const struct rules *rules;
    const struct calendar *calendar;
    const struct form_set *forms;   /* all versions; the newest is the last */
    bool words_can_be_sealed;       /* there is a centre key: own words are offered */
    char centre[NAME_SIZE];  /* "Blitzjobs im Brunnenviertel" */
    char phone[32];          /* to be shown under "Ich will reden"; may be empty */
    int idle_s, warn_s, staff_idle_s;
    bool headphones;         /* private labels may be spoken */
    int language;            /* a new visit starts with it */
    bool contrast;           /* likewise */
};

struct model {
    struct model_env env;

    /* the picture */
    int width, height;       /* pixels */
    int text_percent;        /* 100, 125, 150 */
    bool contrast;           /* black on white instead of the screens' own colours */
    int language;

    /* time, set by the loop before each update */
    int64_t mono_ms, wall_ms;
    date_t today;
    int minute;
    bool clock_doubtful;     /* before this program was built: do not show it */
    struct uid fresh[2];     /* ids nobody has used yet */

    /* where we are */
    enum screen_id screen, back[BACK_MAX];
    int back_count;
    enum notice notice;
    int64_t screen_since_ms, touched_ms;
    bool warning;            /* the time-out warning is on screen */
    uint32_t serial;         /* of this visit: answers to an older one are dropped */

    /* the finger and the five keys */
    struct msg pressed;      /* MSG_NONE: no finger */
    int focus;               /* index of a hit; -1: keys are not in use */

    /* offers, as loaded */
    int offer_count;
    bool offers_known;
    struct offer offers[OFFERS_MAX];

    enum print_state printer; /* as last heard */
    bool state_set_aside;    /* until staff have seen it */
    bool state_copied;       /* likewise */
    struct centre centre;

    struct browse browse;
    struct visit visit;
    struct staff_session staff;
    struct site_visit site;
    struct sheet_open sheet;
    char scanned[PAYLOAD_TEXT_SIZE]; /* goes with MSG_SCAN */
};

void model_init(struct model *model, const struct model_env *env, int width, int height);

/* Goes to a screen and remembers the way back; model_back returns (home if nowhere). */
void model_open(struct model *model, enum screen_id screen);
void model_back(struct model *model);
/* Goes to a screen that replaces the present one: back leads past it. */
void model_replace(struct model *model, enum screen_id screen);
/* The end of a visit: everything about a person is wiped, the start screen is shown. */
void model_forget(struct model *model);

/* What is newly known of the centre. A lock ends the visit, whoever is there. */
void model_centre(struct model *model, const struct centre *centre);
void model_receipts(struct model *model, const struct sync_receipts *receipts);

/* Does somebody's own data show or wait here? Then the shorter time-out holds. */
bool model_is_personal(const struct model *model);
/* Seconds until this visit ends by itself; -1: it does not. */
int model_seconds_left(const struct model *model);
/* How long the loop may sleep before MSG_TICK is due; -1: for ever. */
int model_sleep_ms(const struct model *model);

/* Fills browse.shown from offers, age or person, and filter; keeps page in range. */
void browse_refresh(struct model *model);
/* browse.verdict of the open offer. */
void browse_judge(struct model *model);
/* What the rules are asked for: the signed-in person, else the told age. False: unknown. */
bool browse_person(const struct model *model, date_t on, struct rules_person *person_out);

#endif
