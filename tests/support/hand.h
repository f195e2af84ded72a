/* The hand that plays a state: taps, and answers of workers. For support/states*.c only.
 */
#ifndef SUPPORT_HAND_H
#define SUPPORT_HAND_H

#include "screens/screen.h"

#include <string.h>

#define STATES_FORMS_MAX 4

struct states {
    struct rules *rules;
    struct calendar *calendar;
    struct evaluation_form forms[STATES_FORMS_MAX];
    struct form_set form_set;
    struct effects effects;
    struct reply reply;
};

struct hand {
    struct states *states;
    struct model *model;
};

struct state_row {
    const char *name;
    void (*make)(struct hand *hand);
};

/* What comes after the job: states_evaluation.c. */
extern const struct state_row evaluation_states[];
extern const int evaluation_states_count;
/* The team's day: states_team.c. */
extern const struct state_row team_states[];
extern const int team_states_count;
/* Around the job: states_jobs.c. */
extern const struct state_row jobs_states[];
extern const int jobs_states_count;
/* Voices and sites: states_voices.c. */
extern const struct state_row voices_states[];
extern const int voices_states_count;
/* The centre: states_centre.c. */
extern const struct state_row centre_states[];
extern const int centre_states_count;
/* As far as these, by way of the screens before (states.c). */
void play_typing(struct hand *hand, const char *text);
void play_offer(struct hand *hand);   /* one offer is open */
void play_saving(struct hand *hand);  /* a wish for it is being saved */
void play_wishes(struct hand *hand);  /* four wishes of Falke */
void play_about(struct hand *hand);   /* what the kiosk knows about Falke */
void play_staff(struct hand *hand);   /* the team's table, with three wishes */
void make_falke(struct participant *who);

static inline void tap(struct hand *h, enum msg_kind kind, int a, int b)
{
    struct msg msg = {kind, a, b};
    h->states->effects.count = 0;
    update(h->model, &msg, NULL, &h->states->effects);
}

static inline struct reply *reply_to(struct hand *h, enum effect_kind kind, enum err err)
{
    struct reply *reply = &h->states->reply;
    memset(reply, 0, sizeof *reply);
    reply->to = kind;
    reply->err = err;
    reply->serial = h->model->serial;
    return reply;
}

static inline void send(struct hand *h)
{
    struct msg msg = {MSG_REPLY, 0, 0};
    h->states->effects.count = 0;
    update(h->model, &msg, &h->states->reply, &h->states->effects);
}

#endif
