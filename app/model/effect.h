/* What update asks of the world: saving, signing in, printing, speaking.
 *
 * Effects are values. The loop carries them out or hands them to a worker; an answer
 * comes back as MSG_REPLY with a struct reply. */
#ifndef MODEL_EFFECT_H
#define MODEL_EFFECT_H

#include "model/after.h"
#include "model/centre.h"

#define PICTURES 8        /* tiles to choose from */
#define SECRET_PICTURES 4 /* of a secret, in order */
#define CARD_TEXT_SIZE 64
#define PAYLOAD_TEXT_SIZE 400
#define PIN_DIGITS_MIN 4
#define PIN_DIGITS_MAX 8
#define EFFECTS_MAX 8
#define STAFF_WISHES_MAX 128

enum effect_kind {
    EFFECT_NONE,
    EFFECT_LOAD_OFFERS,
    EFFECT_SIGN_IN_ALIAS, /* alias, pictures */
    EFFECT_READ_SCAN,     /* text: what the scanner read, whatever it is */
    EFFECT_LIST_WISHES,   /* participant */
    EFFECT_SAVE_WISH,     /* wish; confirm: take it at once, the promise's id is in fact
                             → yes: it is theirs */
    EFFECT_UNDO_WISH,     /* fact, wish.id, participant */
    EFFECT_SAVE_UNFIT,    /* fact, participant, wish.code, unfit */
    EFFECT_SAVE_TALK,     /* fact, participant */
    EFFECT_ABOUT,         /* participant */
    EFFECT_STAFF_KNOWN,   /* is there any staff card yet? */
    EFFECT_STAFF_SIGN_IN, /* text: card, pin */
    EFFECT_STAFF_ADD,     /* fact (also the person), alias, pin */
    EFFECT_STAFF_LIST,    /* wishes to decide, and the overview */
    EFFECT_DECIDE,        /* fact, wish.id, staff, confirm, decline */
    EFFECT_ENROL,         /* fact, who, pictures, staff */
    EFFECT_ISSUE_CARD,    /* fact, alias, staff */
    EFFECT_PRINT_WISH,    /* wish, text: payload */
    EFFECT_PRINT_CARD,    /* alias, text: card, confirm: a staff card */
    EFFECT_PRINTER_STATUS,
    EFFECT_SPEAK_SCREEN,  /* read the whole screen aloud */
    EFFECT_HUSH,
    EFFECT_SOUND_WARN,
    EFFECT_SOUND_DONE,

    /* after the wish; who answers: the job's id is in wish.id */
    EFFECT_LIST_JOBS,     /* participant → jobs */
    EFFECT_JOB_EVENT,     /* fact, job_event → answer, brief */
    EFFECT_JOB_SEEN,      /* fact, wish.id: of a slip whose job another kiosk knows */
    EFFECT_SAVE_VIEW,     /* fact, wish.id, view, words (plain; sealed by the worker, then
                             wiped), staff if by_staff → brief */
    EFFECT_EVALUATION,    /* fact, wish.id, evaluation_event, staff → evaluation, brief */
    EFFECT_OPEN_RESULT,   /* participant, wish.id: needs the card of this visit → self,
                             site, words */
    EFFECT_OPEN_SHEET,    /* participant: needs the card of this visit → count; the items
                             go into model.sheet */
    EFFECT_VOICES,        /* participant or staff (confirm: all) → voices */
    EFFECT_VOICE_PROPOSE, /* fact, participant, voice_kind, tiles, words */
    EFFECT_VOICE_CAST,    /* fact, participant, voice (item), choice */
    EFFECT_VOICE_STAFF,   /* fact, staff, voice (item), voice_staff, words (the text) */
    EFFECT_VOICE_WORDS,   /* staff, voice (item): needs the team's key → words */
    EFFECT_SITE_ENTER,    /* text: the code typed or scanned → jobs, wait_ms */
    EFFECT_STAFF_TODAY,   /* → jobs of today */
    EFFECT_STAFF_CALLS,   /* → jobs to call about, talks */
    EFFECT_TALKED,        /* fact, participant (with whom), staff */
    EFFECT_STAFF_JOB,     /* wish.id → job (whole), brief, team */
    EFFECT_OPEN_VIEWS,    /* wish.id: needs the team's key → self, site, words, notes */
    EFFECT_SAVE_NOTE,     /* fact, wish.id, staff, words */
    EFFECT_PRINT_AGREEMENT, /* wish, alias */
    EFFECT_PRINT_HOURS,   /* wish, job_event.minutes, alias: the Bestätigung, signed */
    EFFECT_PRINT_SHEET,   /* tiles: parts; printed from model.sheet */
    EFFECT_PRINT_ORDER,   /* wish (offer's data): order sheet with the site's code */
    EFFECT_PRINT_DAY,     /* the team's list of today on one page */
    EFFECT_CENTRE,        /* → centre */
    EFFECT_CENTRE_ASK,    /* text: address, words: code → centre; ERR_INVALID: the address */
    EFFECT_PARKED,        /* → parked, count */
    EFFECT_FORGET_KEYS,   /* the visit ended: wipe card and team keys in the worker */
    EFFECT_KIND_COUNT
};

enum voice_staff { VOICE_DO_OPEN, VOICE_DO_ANSWER, VOICE_DO_PUT_AWAY };

struct effect {
    enum effect_kind kind;
    uint32_t serial; /* comes back in the reply; an answer to an older visit is ignored */
    struct uid fact, participant, staff;
    struct wish wish;
    struct participant who;
    char alias[ALIAS_SIZE];
    char text[PAYLOAD_TEXT_SIZE];
    uint8_t pictures[SECRET_PICTURES];
    char pin[PIN_DIGITS_MAX + 1];
    bool confirm;
    enum decline_reason decline;
    enum unfit_reason unfit;
    int language;
    struct assignment_event job_event;
    struct evaluation_event evaluation_event;
    struct evaluation_view view;
    bool by_staff;
    struct uid voice;
    enum voice_kind voice_kind;
    enum voice_choice choice;
    enum voice_staff voice_staff;
    uint32_t tiles;
    char words[OWN_WORDS_SIZE];
};

struct effects {
    int count;
    struct effect list[EFFECTS_MAX];
};

/* The next effect, zeroed but for its kind. More than EFFECTS_MAX is a bug. */
struct effect *effects_add(struct effects *effects, enum effect_kind kind);

/* How the printer is. */
enum print_state {
    PRINT_NONE,       /* nothing was asked of it */
    PRINT_RUNNING,
    PRINT_DONE,
    PRINT_NO_PRINTER,
    PRINT_PAPER_OUT,
    PRINT_COVER_OPEN,
    PRINT_FAILED,
    PRINT_STATE_COUNT
};

/* What a scanned text turned out to be. */
enum scan_kind {
    SCAN_UNKNOWN,     /* nothing of ours, or misread */
    SCAN_PERSON,      /* a participant's card: reply.who */
    SCAN_CARD_UNKNOWN, /* a card in our form that nobody here owns */
    SCAN_STAFF,       /* a staff card: ask for the PIN */
    SCAN_SLIP_TRUE,   /* a slip signed by this kiosk: reply.text says what it proves */
    SCAN_SLIP_FALSE,  /* in our form, but not signed by a key we know */
    SCAN_CENTRE,      /* a code to come to a centre: reply.text is the address, words the
                         code */
    SCAN_SITE,        /* the code of an order sheet: reply.text, for EFFECT_SITE_ENTER */
};

/* What a kiosk has stored, for the staff's eyes. */
struct overview {
    int people, wishes_asked, wishes_confirmed, wishes_declined, talks, offers;
    int64_t events, disk_free_bytes, state_bytes, feed_bytes;
};

struct reply {
    enum effect_kind to;
    uint32_t serial;
    enum err err;
    int wait_ms;         /* sign-in: how long to wait before the next try */
    struct participant who;
    char text[PAYLOAD_TEXT_SIZE]; /* a payload or a new card */
    bool yes;            /* STAFF_KNOWN, SAVE_WISH */
    bool receipts_told;  /* after every job of the disk worker, as facts may be new */
    struct sync_receipts receipts;
    struct centre centre; /* CENTRE, CENTRE_ASK; its receipts are those above */
    struct parked_fact parked[PARKED_MAX];
    enum scan_kind scan; /* READ_SCAN */
    enum print_state print;
    struct uid staff;
    char staff_alias[ALIAS_SIZE];
    int about_wishes, about_unfits, about_talks, about_cards;
    int about_jobs, about_views, about_items;
    struct overview overview;
    int wish_count;
    struct wish wishes[STAFF_WISHES_MAX]; /* LIST_WISHES: at most WISHES_MAX */

    /* after the wish */
    bool by_card;        /* READ_SCAN: the person's card was read; its key is at hand */
    struct uid slip_wish; /* READ_SCAN: what a true slip is about, known here or not */
    struct uid slip_job; /* READ_SCAN: a true slip is about this job (brief, without
                            alias); nil otherwise */
    field_set_t tried, again; /* OPEN_SHEET: for matching; the loop puts them into who */
    enum assignment_answer answer;
    enum evaluation_answer evaluation;
    struct job_brief brief;
    struct assignment job;
    struct team_name team[TEAM_NAMES_MAX]; /* STAFF_JOB: who stands in the history */
    int count;
    struct job_brief jobs[JOBS_MAX];
    int talk_count;
    struct team_talk talks[TALKS_MAX]; /* STAFF_CALLS */
    struct evaluation_view self, site;
    bool has_self, has_site, closed;
    char words[OWN_WORDS_SIZE], self_words[OWN_WORDS_SIZE];
    struct staff_note notes[NOTES_MAX];
    struct voice_shown voices[VOICES_SHOWN_MAX];
};

#endif
