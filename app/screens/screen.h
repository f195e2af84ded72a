/* One file = one screen = one const struct screen, gathered in screens/table.c.
 *
 * A view is a pure function of the model. An update changes the model for messages that
 * the screen itself put into its frame; what every screen understands (back, language,
 * scans, time-outs) is in screens/update.c. Answers of workers are handled by the file
 * whose screen asked: see the reply table in screens/replies.c. */
#ifndef SCREENS_SCREEN_H
#define SCREENS_SCREEN_H

#include "ui/ui.h"

struct screen {
    const char *name; /* for golden files and logs: "home" */
    enum theme theme;
    bool personal;    /* shows a person's own data: labels are spoken on headphones only */
    void (*view)(struct ui *ui);
    void (*update)(struct model *model, const struct msg *msg, struct effects *effects);
    /* The screen has just come up, by way of forward or back. May be NULL. */
    void (*enter)(struct model *model, struct effects *effects);
    /* "Back" within the screen; false: the screen itself is left. May be NULL. */
    bool (*back)(struct model *model);
};

const struct screen *screen_of(enum screen_id id);

/* Changes the model and asks for effects. `reply` only with MSG_REPLY. */
void update(struct model *model, const struct msg *msg, const struct reply *reply,
            struct effects *effects);
/* A finger went down on (or left) the control with this message. */
void update_press(struct model *model, struct msg pressed);

/* The frame of the model's present screen. */
void view(const struct model *model, struct text_measure measure, struct frame *frame);

/* Adds an effect that belongs to this visit: its answer is dropped once the visit ended. */
struct effect *ask(const struct model *model, struct effects *effects, enum effect_kind kind);
/* Opens a screen and lets it ask for what it needs. */
void go(struct model *model, struct effects *effects, enum screen_id screen);

/* The screens; each defined in the file of its name. */
extern const struct screen screen_home, screen_age, screen_offers, screen_offer,
    screen_unfit, screen_who, screen_saved, screen_wishes, screen_about, screen_talk,
    screen_language, screen_staff_door, screen_staff, screen_staff_wish, screen_enrol,
    screen_card, screen_stored;
extern const struct screen screen_here, screen_agreement, screen_how, screen_evaluate,
    screen_result, screen_sheet, screen_sheet_print, screen_voices, screen_propose,
    screen_site, screen_staff_job, screen_call, screen_staff_voices, screen_staff_print,
    screen_staff_card, screen_staff_order, screen_centre, screen_parked, screen_locked;

/* Answers of workers, in the file of the screen that asked. */
typedef void reply_fn(struct model *model, const struct reply *reply,
                      struct effects *effects);
reply_fn who_on_sign_in, who_on_scan, wishes_on_list, wishes_on_undo, saved_on_wish,
    saved_on_print, unfit_on_saved, talk_on_saved, about_on_reply, staff_on_known,
    staff_on_sign_in, staff_on_added, staff_on_list, staff_on_decided, enrol_on_saved,
    card_on_issued, card_on_print, printer_on_status;
reply_fn jobs_on_list, here_on_event, evaluate_on_saved, result_on_evaluation,
    result_on_opened, sheet_on_opened, sheet_on_print, agreement_on_print,
    hours_on_print, voices_on_list, voices_on_saved, voices_on_words, site_on_entered,
    site_on_scan,
    today_on_list, calls_on_list, calls_on_talked, staff_job_on_job, staff_job_on_event,
    call_on_evaluation,
    call_on_views, call_on_note, day_on_print;
reply_fn centre_on_asked, centre_on_scan, parked_on_list;

/* The house's own name for its jobs, else the centre's; "" if nobody gave one. */
const char *home_name(const struct model *model);

/* Signs a person in and continues where the visit wanted to go (who.c). */
void who_signed_in(struct model *model, const struct participant *who,
                   struct effects *effects);
/* Begins the wish for the open offer, signed in or not (offer.c). */
void offer_wish(struct model *model, struct effects *effects);

/* What staff did with a proposal is saved: back to the list (staff_voices.c). */
void staff_voices_done(struct model *model);
reply_fn site_on_event, here_on_seen;

/* The person's event on the open job was answered (agreement.c). */
void agreement_answered(struct model *model, enum assignment_answer answer,
                        struct effects *effects);

/* A character from a keyboard (8 = delete) into an alias being typed; false: no room or
 * not allowed there. */
bool alias_type(char alias[ALIAS_SIZE], int character);

#endif
