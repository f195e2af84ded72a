/* An evaluation (Auswertung): two views of one job, collected blind, shown together after
 * the coach's release.
 *
 * Pure. Who may see what is asked here and nowhere else:
 *  - blind: nobody sees the other's view before both are in, or the coach has closed it;
 *    from then on no view can change any more;
 *  - release: nothing of the site's view reaches the young person, and nothing of theirs
 *    the site, before the coach has released it;
 *  - "Ich will reden" and the answers about the site are never the site's to see. */
#ifndef DOMAIN_EVALUATION_H
#define DOMAIN_EVALUATION_H

#include "base/uid.h"
#include "domain/evaluation_form.h"

#define ANSWER_SKIPPED (-1)
#define EVALUATION_VIEW_BYTES 21 /* the same for every view: its length tells nothing */

/* One side's answers. Steps are indices into the form's questions or ANSWER_SKIPPED;
 * what the form has not is ANSWER_SKIPPED. */
struct evaluation_view {
    enum form_side side;
    int form; /* version, 1 … FORM_VERSION_MAX */
    int8_t aspects[FORM_ASPECTS_MAX];
    int8_t about_site[FORM_ABOUT_MAX]; /* self only */
    int8_t again;
    uint16_t tiles;     /* bit n: tile n */
    bool has_own_words; /* sealed elsewhere */
};

/* All skipped. */
void evaluation_view_init(struct evaluation_view *view, enum form_side side, int form);
/* Do the answers exist in this form? */
bool evaluation_view_valid(const struct evaluation_form *form,
                           const struct evaluation_view *view);
/* Did the person choose a step that means "Ich will reden"? */
bool evaluation_view_wants_talk(const struct evaluation_form *form,
                                const struct evaluation_view *view);
void evaluation_view_encode(const struct evaluation_view *view,
                            uint8_t out[EVALUATION_VIEW_BYTES]);
/* ERR_INVALID: not exactly what encode writes. ERR_UNSUPPORTED: a newer version. */
enum err evaluation_view_decode(const uint8_t *bytes, size_t len,
                                struct evaluation_view *view_out) NODISCARD;
/* What the site may see of the person's view, once it may see it at all: without the
 * answers about the site, without "again", without a sign of own words. */
struct evaluation_view evaluation_view_for_site(const struct evaluation_view *self);

enum evaluation_hold { HOLD_NONE, HOLD_HURTFUL, HOLD_PRIVATE, HOLD_OTHER, HOLD_COUNT };

struct evaluation {
    struct uid assignment;
    bool self_in, site_in; /* there is a view of that side */
    struct evaluation_view self, site;
    bool closed;    /* by the coach, although a view is missing */
    bool released;  /* by the coach */
    bool self_talk; /* "Ich will reden", until a coach has talked */
    bool self_talked;
    enum evaluation_hold held;   /* the site's own words are kept back, and why */
    int next_aspect, next_index; /* the step the person chose; -1 */
};

enum evaluation_event_kind {
    EVALUATION_SELF_IN,
    EVALUATION_SITE_IN,
    EVALUATION_TALK,    /* the young person, at any time, also before any answer */
    EVALUATION_TALKED,  /* the coach */
    EVALUATION_CLOSE,   /* the coach */
    EVALUATION_HOLD,    /* the coach; `hold` is the reason */
    EVALUATION_UNHOLD,  /* the coach */
    EVALUATION_RELEASE, /* the coach */
    EVALUATION_NEXT,    /* the young person, after the release */
    EVALUATION_EVENT_COUNT
};

struct evaluation_event {
    enum evaluation_event_kind kind;
    struct evaluation_view view; /* SELF_IN, SITE_IN */
    enum evaluation_hold hold;
    int next_aspect, next_index;
};

enum evaluation_answer {
    EVALUATION_OK,
    EVALUATION_SAME,      /* it was so already: nothing changed, nothing wrong */
    EVALUATION_LOCKED,    /* both are in, or it is closed: no view changes any more */
    EVALUATION_NOT_YET,   /* release, next step: too early */
    EVALUATION_NOTHING,   /* there is no view to close on, to release, to talk about */
    EVALUATION_REASON,    /* holding back needs a reason */
    EVALUATION_MALFORMED, /* the view is of the other side, or the step out of range */
    EVALUATION_ANSWER_COUNT
};

void evaluation_init(struct evaluation *e, struct uid assignment);
/* Any answer but EVALUATION_OK leaves the evaluation as it was. */
enum evaluation_answer evaluation_apply(struct evaluation *e,
                                        const struct evaluation_event *event);
const char *evaluation_answer_text(enum evaluation_answer answer); /* German */
const char *evaluation_hold_text(enum evaluation_hold hold);       /* German, for staff */

/* Both in or closed: the coach may call. */
bool evaluation_ready(const struct evaluation *e);
bool evaluation_site_view_visible_to_person(const struct evaluation *e);
bool evaluation_site_words_visible_to_person(const struct evaluation *e);
bool evaluation_self_view_visible_to_site(const struct evaluation *e);
/* Side by side. The coach enters the site's view on the phone and so stays blind too. */
bool evaluation_views_visible_to_coach(const struct evaluation *e);
/* "Ich will reden" is open: for coaches only, whatever the state of the views. */
bool evaluation_talk_visible_to_coach(const struct evaluation *e);
/* May this side still give or change its view? */
bool evaluation_may_answer(const struct evaluation *e, enum form_side side);

#endif
