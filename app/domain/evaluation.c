#include "domain/evaluation.h"

#include <string.h>

#define VIEW_VERSION 1
#define BYTE_SKIPPED 0xFF

/* ---- one side's answers ---- */

void evaluation_view_init(struct evaluation_view *view, enum form_side side, int form)
{
    memset(view, 0, sizeof *view);
    view->side = side;
    view->form = form;
    view->again = ANSWER_SKIPPED;
    memset(view->aspects, ANSWER_SKIPPED, sizeof view->aspects);
    memset(view->about_site, ANSWER_SKIPPED, sizeof view->about_site);
}

static bool answers_exist(const struct form_question *questions, int count,
                          const int8_t *answers, int max)
{
    for (int i = 0; i < max; i++) {
        int steps = i < count ? questions[i].step_count : 0;
        if (answers[i] < ANSWER_SKIPPED || answers[i] >= steps) {
            return false;
        }
    }
    return true;
}

bool evaluation_view_valid(const struct evaluation_form *form,
                           const struct evaluation_view *view)
{
    int about_count = view->side == SIDE_SELF ? form->about_count : 0;
    return view->form == form->version && view->tiles >> form->tile_count == 0 &&
           answers_exist(form->aspects, form->aspect_count, view->aspects,
                         FORM_ASPECTS_MAX) &&
           answers_exist(form->about, about_count, view->about_site, FORM_ABOUT_MAX) &&
           answers_exist(&form->again, 1, &view->again, 1);
}

bool evaluation_view_wants_talk(const struct evaluation_form *form,
                                const struct evaluation_view *view)
{
    if (view->side != SIDE_SELF || view->form != form->version) {
        return false;
    }
    for (int i = 0; i < form->about_count; i++) {
        int talk = form->about[i].talk_step;
        if (talk >= 0 && view->about_site[i] == talk) {
            return true;
        }
    }
    return false;
}

/* Layout: version, side, form (2), aspects (8), about the site (4), again, tiles (2),
 * own words, one byte kept free and 0. A skipped answer is 0xFF. */
void evaluation_view_encode(const struct evaluation_view *view,
                            uint8_t out[EVALUATION_VIEW_BYTES])
{
    CHECK(view->form >= 1 && view->form <= FORM_VERSION_MAX);
    memset(out, 0, EVALUATION_VIEW_BYTES);
    out[0] = VIEW_VERSION;
    out[1] = (uint8_t)view->side;
    out[2] = (uint8_t)(view->form >> 8);
    out[3] = (uint8_t)view->form;
    for (int i = 0; i < FORM_ASPECTS_MAX; i++) {
        out[4 + i] = (uint8_t)view->aspects[i];
    }
    for (int i = 0; i < FORM_ABOUT_MAX; i++) {
        out[12 + i] = (uint8_t)view->about_site[i];
    }
    out[16] = (uint8_t)view->again;
    out[17] = (uint8_t)(view->tiles >> 8);
    out[18] = (uint8_t)view->tiles;
    out[19] = view->has_own_words ? 1 : 0;
}

static bool take_answers(const uint8_t *bytes, int count, int8_t *answers)
{
    for (int i = 0; i < count; i++) {
        if (bytes[i] >= FORM_STEPS_MAX && bytes[i] != BYTE_SKIPPED) {
            return false;
        }
        answers[i] = bytes[i] == BYTE_SKIPPED ? ANSWER_SKIPPED : (int8_t)bytes[i];
    }
    return true;
}

static bool says_nothing(const int8_t *answers, int count)
{
    for (int i = 0; i < count; i++) {
        if (answers[i] != ANSWER_SKIPPED) {
            return false;
        }
    }
    return true;
}

enum err evaluation_view_decode(const uint8_t *bytes, size_t len,
                                struct evaluation_view *view_out)
{
    struct evaluation_view view;
    if (len > 0 && bytes[0] > VIEW_VERSION) {
        return ERR_UNSUPPORTED;
    }
    if (len != EVALUATION_VIEW_BYTES || bytes[0] != VIEW_VERSION ||
        bytes[1] > SIDE_SITE) {
        return ERR_INVALID;
    }
    evaluation_view_init(&view, (enum form_side)bytes[1], bytes[2] << 8 | bytes[3]);
    view.tiles = (uint16_t)(bytes[17] << 8 | bytes[18]);
    view.has_own_words = bytes[19] == 1;
    if (view.form < 1 || view.tiles >> FORM_TILES_MAX != 0 || bytes[19] > 1 ||
        bytes[20] != 0 || !take_answers(bytes + 4, FORM_ASPECTS_MAX, view.aspects) ||
        !take_answers(bytes + 12, FORM_ABOUT_MAX, view.about_site) ||
        !take_answers(bytes + 16, 1, &view.again)) {
        return ERR_INVALID;
    }
    if (view.side == SIDE_SITE && !says_nothing(view.about_site, FORM_ABOUT_MAX)) {
        return ERR_INVALID;
    }
    *view_out = view;
    return ERR_OK;
}

struct evaluation_view evaluation_view_for_site(const struct evaluation_view *self)
{
    struct evaluation_view view;
    evaluation_view_init(&view, SIDE_SELF, self->form);
    memcpy(view.aspects, self->aspects, sizeof view.aspects);
    view.tiles = self->tiles;
    return view;
}

/* ---- who sees what ---- */

void evaluation_init(struct evaluation *e, struct uid assignment)
{
    memset(e, 0, sizeof *e);
    e->assignment = assignment;
    e->next_aspect = e->next_index = -1;
}

bool evaluation_ready(const struct evaluation *e)
{
    return (e->self_in && e->site_in) || e->closed;
}

bool evaluation_site_view_visible_to_person(const struct evaluation *e)
{
    return evaluation_ready(e) && e->released && e->site_in;
}

bool evaluation_site_words_visible_to_person(const struct evaluation *e)
{
    return evaluation_site_view_visible_to_person(e) && e->held == HOLD_NONE;
}

bool evaluation_self_view_visible_to_site(const struct evaluation *e)
{
    return evaluation_ready(e) && e->released && e->self_in;
}

bool evaluation_views_visible_to_coach(const struct evaluation *e)
{
    return evaluation_ready(e);
}

bool evaluation_talk_visible_to_coach(const struct evaluation *e)
{
    return e->self_talk;
}

bool evaluation_may_answer(const struct evaluation *e, enum form_side side)
{
    (void)side; /* both sides are locked together, or one could answer the other */
    return !evaluation_ready(e);
}

/* ---- what happens ---- */

static enum evaluation_answer
view_in(struct evaluation *e, const struct evaluation_view *view, enum form_side side)
{
    if (view->side != side || view->form < 1 || view->form > FORM_VERSION_MAX) {
        return EVALUATION_MALFORMED;
    }
    if (!evaluation_may_answer(e, side)) {
        return EVALUATION_LOCKED;
    }
    *(side == SIDE_SELF ? &e->self : &e->site) = *view;
    *(side == SIDE_SELF ? &e->self_in : &e->site_in) = true;
    return EVALUATION_OK;
}

static enum evaluation_answer talk(struct evaluation *e)
{
    if (e->self_talk) {
        return EVALUATION_SAME;
    }
    e->self_talk = true;
    e->self_talked = false;
    return EVALUATION_OK;
}

static enum evaluation_answer talked(struct evaluation *e)
{
    if (!e->self_talk) {
        return e->self_talked ? EVALUATION_SAME : EVALUATION_NOTHING;
    }
    e->self_talk = false;
    e->self_talked = true;
    return EVALUATION_OK;
}

static enum evaluation_answer close(struct evaluation *e)
{
    if (evaluation_ready(e)) {
        return EVALUATION_SAME;
    }
    e->closed = true;
    return EVALUATION_OK;
}

static enum evaluation_answer hold(struct evaluation *e, enum evaluation_hold reason)
{
    if ((int)reason <= HOLD_NONE || reason >= HOLD_COUNT) {
        return EVALUATION_REASON;
    }
    if (!e->site_in) {
        return EVALUATION_NOTHING;
    }
    if (e->held == reason) {
        return EVALUATION_SAME;
    }
    e->held = reason;
    return EVALUATION_OK;
}

static enum evaluation_answer unhold(struct evaluation *e)
{
    if (e->held == HOLD_NONE) {
        return EVALUATION_SAME;
    }
    e->held = HOLD_NONE;
    return EVALUATION_OK;
}

static enum evaluation_answer release(struct evaluation *e)
{
    if (e->released) {
        return EVALUATION_SAME;
    }
    if (!evaluation_ready(e)) {
        return EVALUATION_NOT_YET;
    }
    if (!e->self_in && !e->site_in) {
        return EVALUATION_NOTHING;
    }
    e->released = true;
    return EVALUATION_OK;
}

static enum evaluation_answer choose_next(struct evaluation *e,
                                          const struct evaluation_event *event)
{
    if (!e->released) {
        return EVALUATION_NOT_YET;
    }
    if (event->next_aspect < 0 || event->next_aspect >= FORM_ASPECTS_MAX ||
        event->next_index < 0 || event->next_index >= FORM_NEXT_MAX) {
        return EVALUATION_MALFORMED;
    }
    if (e->next_aspect == event->next_aspect && e->next_index == event->next_index) {
        return EVALUATION_SAME;
    }
    e->next_aspect = event->next_aspect;
    e->next_index = event->next_index;
    return EVALUATION_OK;
}

enum evaluation_answer evaluation_apply(struct evaluation *e,
                                        const struct evaluation_event *event)
{
    switch (event->kind) {
    case EVALUATION_SELF_IN:
        return view_in(e, &event->view, SIDE_SELF);
    case EVALUATION_SITE_IN:
        return view_in(e, &event->view, SIDE_SITE);
    case EVALUATION_TALK:
        return talk(e);
    case EVALUATION_TALKED:
        return talked(e);
    case EVALUATION_CLOSE:
        return close(e);
    case EVALUATION_HOLD:
        return hold(e, event->hold);
    case EVALUATION_UNHOLD:
        return unhold(e);
    case EVALUATION_RELEASE:
        return release(e);
    case EVALUATION_NEXT:
        return choose_next(e, event);
    case EVALUATION_EVENT_COUNT:
        break;
    }
    CHECK(!"a kind of event that there is not");
    return EVALUATION_MALFORMED;
}
