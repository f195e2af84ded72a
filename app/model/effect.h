/* What update asks of the world: saving, signing in, printing, speaking.
 *
 * Effects are values. The loop carries them out or hands them to a worker; an answer
 * comes back as MSG_REPLY with a struct reply. */
#ifndef MODEL_EFFECT_H
#define MODEL_EFFECT_H

#include "domain/wish.h"

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
    EFFECT_SAVE_WISH,     /* wish */
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
    EFFECT_KIND_COUNT
};

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
    bool yes;            /* STAFF_KNOWN */
    enum scan_kind scan; /* READ_SCAN */
    enum print_state print;
    struct uid staff;
    char staff_alias[ALIAS_SIZE];
    int about_wishes, about_unfits, about_talks, about_cards;
    struct overview overview;
    int wish_count;
    struct wish wishes[STAFF_WISHES_MAX]; /* LIST_WISHES: at most WISHES_MAX */
};

#endif
