/* States of voices and proposals, of a site at the kiosk, and what the team does. */
#include "support/hand.h"

static void type(struct hand *h, const char *text)
{
    for (; *text; text++) {
        tap(h, MSG_KEY, *text, 0);
    }
}

static struct voice_shown *voice(struct hand *h, int index, enum voice_kind kind,
                                 enum voice_state state, const char *title)
{
    struct voice_shown *shown = &h->states->reply.voices[index];
    shown->item.id.b[0] = (uint8_t)(index + 1);
    shown->item.kind = kind;
    shown->item.state = state;
    shown->item.tiles = 5;
    str_copy(shown->item.title, sizeof shown->item.title, str_of(title));
    h->states->reply.count = index + 1;
    return shown;
}

static void fill_voices(struct hand *h)
{
    reply_to(h, EFFECT_VOICES, ERR_OK);
    struct voice_shown *light =
        voice(h, 0, VOICE_IDEA, VOICE_OPEN, "Mehr Licht auf dem Bolzplatz");
    light->result = (struct voice_result){true, 12, 9};
    light->own = CHOICE_FOR;
    voice(h, 1, VOICE_QUESTION, VOICE_OPEN, "Gab es genug zu trinken?");
    struct voice_shown *bench = voice(h, 2, VOICE_IDEA, VOICE_DONE, "Bänke am Spielplatz");
    str_copy(bench->item.answer, sizeof bench->item.answer,
             STR("Zwei Bänke stehen seit Oktober. Danke für die Idee!"));
    send(h);
}

static void sign_in(struct hand *h)
{
    make_falke(&h->model->visit.who);
    h->model->visit.signed_in = true;
}

static void voices_empty(struct hand *h)
{
    tap(h, MSG_OPEN, SCREEN_VOICES, 0);
    reply_to(h, EFFECT_VOICES, ERR_OK);
    send(h);
}

static void voices_public(struct hand *h)
{
    tap(h, MSG_OPEN, SCREEN_VOICES, 0);
    fill_voices(h);
}

static void voices_signed(struct hand *h)
{
    sign_in(h);
    voices_public(h);
}

static void voices_answered(struct hand *h)
{
    voices_signed(h);
    tap(h, MSG_PAGE, 1, 0);
}

static void propose(struct hand *h)
{
    voices_signed(h);
    tap(h, MSG_PROPOSE, VOICE_IDEA, 0);
    tap(h, MSG_TILE, 0, 0);
    tap(h, MSG_TILE, 2, 0);
}

static void propose_question(struct hand *h)
{
    voices_signed(h);
    tap(h, MSG_PROPOSE, VOICE_QUESTION, 0);
    type(h, "gab es genug pausen");
}

static void propose_saved(struct hand *h)
{
    propose(h);
    tap(h, MSG_FORM_SAVE, 0, 0);
    reply_to(h, EFFECT_VOICE_PROPOSE, ERR_OK);
    send(h);
}

static void site_door(struct hand *h)
{
    tap(h, MSG_OPEN, SCREEN_SITE, 0);
    type(h, "abcde-fg");
}

static void site_wrong(struct hand *h)
{
    site_door(h);
    tap(h, MSG_SIGN_IN, 0, 0);
    reply_to(h, EFFECT_SITE_ENTER, ERR_DENIED);
    send(h);
}

static void site(struct hand *h)
{
    static const enum assignment_state states[] = {ASSIGNMENT_GONE, ASSIGNMENT_GONE,
                                                   ASSIGNMENT_THERE, ASSIGNMENT_MISSED};
    struct participant nobody = {.band = AGE_15};
    site_door(h);
    tap(h, MSG_SIGN_IN, 0, 0);
    struct reply *reply = reply_to(h, EFFECT_SITE_ENTER, ERR_OK);
    reply->count = (int)ARRAY_LEN(states);
    for (int i = 0; i < reply->count; i++) {
        wish_from_offer(&reply->jobs[i].wish, (struct uid){{(uint8_t)(i + 1)}}, &nobody,
                        &h->model->offers[4]);
        reply->jobs[i].state = states[i];
        reply->jobs[i].hours.minutes = 120;
        reply->jobs[i].hours.confirmed = i == 1;
    }
    send(h);
}

static void team(struct hand *h)
{
    h->model->staff.open = true;
    h->model->staff.id.b[0] = 9;
    str_copy(h->model->staff.alias, sizeof h->model->staff.alias, STR("Eule"));
    tap(h, MSG_OPEN, SCREEN_STAFF_VOICES, 0);
}

static void staff_voices(struct hand *h)
{
    team(h);
    fill_voices(h);
    struct voice_visit *voices = &h->model->staff.jobs.voices;
    voices->voices[1].item.state = VOICE_WAITING;
    voices->voices[1].item.title[0] = '\0';
}

static void staff_voices_title(struct hand *h)
{
    staff_voices(h);
    tap(h, MSG_STAFF_ROW, 1, 0);
    type(h, "mehr licht am platz");
}

const struct state_row voices_states[] = {
    {"voices-empty", voices_empty},
    {"voices", voices_public},
    {"voices-signed", voices_signed},
    {"voices-answered", voices_answered},
    {"propose", propose},
    {"propose-question", propose_question},
    {"propose-saved", propose_saved},
    {"site-door", site_door},
    {"site-wrong", site_wrong},
    {"site", site},
    {"staff-voices", staff_voices},
    {"staff-voices-title", staff_voices_title},
};

const int voices_states_count = (int)ARRAY_LEN(voices_states);
