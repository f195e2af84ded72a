/* wait → translate → update → effects → view → present what changed. */
#include "app.h"

#include <sodium.h>
#include <string.h>

/* Before this moment the program did not exist, so the clock must be wrong. */
#define CLOCK_PLAUSIBLE_FROM_MS 1767225600000 /* 2026-01-01T00:00Z */
/* A flood of events must not keep the picture waiting. */
#define EVENTS_PER_STEP 512

void app_set_time(struct app *app)
{
    struct model *model = &app->model;
    model->mono_ms = clock_mono_ms(&app->options.clock);
    model->wall_ms = clock_wall_ms(&app->options.clock);
    date_from_wall_ms(model->wall_ms, &model->today, &model->minute);
    model->clock_doubtful = model->wall_ms < CLOCK_PLAUSIBLE_FROM_MS;
    for (size_t i = 0; i < ARRAY_LEN(model->fresh); i++) {
        model->fresh[i] = uid_make(&app->options.rng);
    }
}

static void wipe_effects(struct effects *effects)
{
    sodium_memzero(effects->list, (size_t)effects->count * sizeof effects->list[0]);
    effects->count = 0;
}

/* The keys of a visit go with it. If the worker has no room, the next step tries again.
 */
static void forget_keys(struct app *app)
{
    struct job job = {.effect = {.kind = EFFECT_FORGET_KEYS, .serial = app->model.serial},
                      .sheet = SHEET_NONE};
    if (app->model.visit.signed_in) {
        /* A card of somebody else ended the last visit and began this one. */
        job.effect.participant = app->model.visit.who.id;
    }
    app->forget_keys = worker_put(app->disk_worker, &job) != ERR_OK;
    sodium_memzero(&job, sizeof job);
}

void app_send(struct app *app, struct msg msg, const struct reply *reply)
{
    uint32_t serial = app->model.serial;
    app_set_time(app);
    update(&app->model, &msg, reply, &app->effects);
    if (app->model.serial != serial || app->forget_keys) {
        forget_keys(app);
    }
    effects_run(app);
    wipe_effects(&app->effects);
    app->changed = true;
}

/* Only the frame knows how many things there are to focus. */
static void move_focus(struct app *app, int step)
{
    int count = app_shown(app)->hit_count;
    int focus = app->model.focus;
    if (step == 0 || count == 0) {
        focus = -1;
    } else if (focus < 0) {
        focus = step > 0 ? 0 : count - 1;
    } else {
        focus = (focus + step + count) % count;
    }
    app_send(app, (struct msg){MSG_FOCUS, step, count}, NULL);
    app->model.focus = focus;
}

static void act(struct app *app, const struct input_act *act)
{
    if (act->kind == INPUT_PRESS) {
        app_set_time(app);
        update_press(&app->model, act->msg);
        app->changed = true;
        return;
    }
    if (act->msg.kind == MSG_FOCUS) {
        move_focus(app, act->msg.a);
        return;
    }
    if (act->msg.kind == MSG_SCAN) {
        str_copy(app->model.scanned, sizeof app->model.scanned,
                 str_of(app->input.scanned));
        sodium_memzero(app->input.scanned, sizeof app->input.scanned);
    }
    app_send(app, act->msg, NULL);
}

static void act_all(struct app *app, const struct input_acts *acts)
{
    for (int i = 0; i < acts->count; i++) {
        act(app, &acts->list[i]);
    }
}

static void expose(struct app *app)
{
    const struct frame *frame = app_shown(app);
    struct rect all = rect_make(0, 0, frame->width, frame->height);
    if (app->drawn) {
        app->options.platform.present(app->options.platform.ctx, &all, 1);
    }
}

static void resize(struct app *app, int width, int height)
{
    app->model.width = width;
    app->model.height = height;
    app->drawn = false;
    app->changed = true;
}

static void take_event(struct app *app, const struct event *event)
{
    struct input_acts acts = {0};
    switch (event->kind) {
    case EVENT_QUIT:
        app->ending = true;
        break;
    case EVENT_EXPOSE:
        expose(app);
        break;
    case EVENT_RESIZE:
        resize(app, event->x, event->y);
        break;
    case EVENT_WAKE:
    case EVENT_NONE:
        break;
    default:
        if (app->drawn) {
            input_event(&app->input, event, app_shown(app), &acts);
            act_all(app, &acts);
        }
        break;
    }
}

/* Stops at the first event that changes something: the next one is meant for the picture
 * that shows the change. */
static void take_events(struct app *app, int timeout_ms)
{
    const struct platform *platform = &app->options.platform;
    struct event event;
    for (int i = 0; i < EVENTS_PER_STEP; i++) {
        if (!platform->wait(platform->ctx, timeout_ms, &event)) {
            break;
        }
        take_event(app, &event);
        if (app->changed || app->ending) {
            break;
        }
        timeout_ms = 0;
    }
}

static void take_held_input(struct app *app)
{
    struct input_acts acts = {0};
    input_time(&app->input, clock_mono_ms(&app->options.clock), &acts);
    act_all(app, &acts);
}

static void take_sheet(struct app *app)
{
    struct model *model = &app->model;
    if (app->reply.serial != model->serial) {
        sheet_box_wipe(app->sheets);
        return;
    }
    sheet_box_take(app->sheets, model);
    model->visit.who.tried = app->reply.tried;
    model->visit.who.again = app->reply.again;
    browse_refresh(model);
}

static void take_answer(struct app *app)
{
    if (app->reply.to == EFFECT_OPEN_SHEET && app->reply.err == ERR_OK) {
        take_sheet(app);
    }
    if (app->reply.to == EFFECT_LOAD_OFFERS && app->reply.err == ERR_OK) {
        offers_box_take(app->offers, &app->model);
    }
    app_send(app, (struct msg){MSG_REPLY, 0, 0}, &app->reply);
    sodium_memzero(&app->reply, sizeof app->reply);
}

static void take_answers_of(struct app *app, struct worker *worker)
{
    while (worker_get(worker, &app->reply)) {
        take_answer(app);
    }
}

/* The screen hears of a job that found no room as it hears of one that failed. */
static void take_refusals(struct app *app)
{
    for (int i = 0; i < app->refusal_count; i++) {
        const struct refusal *refusal = &app->refusals[i];
        app->reply.to = refusal->kind;
        app->reply.serial = refusal->serial;
        app->reply.err = refusal->err;
        app->reply.print = printing_does(refusal->kind) ? PRINT_FAILED : PRINT_NONE;
        take_answer(app);
    }
    app->refusal_count = 0;
}

static void take_answers(struct app *app)
{
    take_answers_of(app, app->disk_worker);
    take_answers_of(app, app->print_worker);
    take_refusals(app);
    if (app->forget_keys) {
        forget_keys(app);
    }
    if (worker_rang(app->disk_worker)) {
        app_send(app, (struct msg){MSG_FEED_CHANGED, 0, 0}, NULL);
    }
}

static void tick(struct app *app)
{
    date_t before = app->model.today;
    app_send(app, (struct msg){MSG_TICK, 0, 0}, NULL);
    if (app->model.today != before) {
        /* Yesterday's offers go; what everybody may take today may have changed. */
        app_send(app, (struct msg){MSG_FEED_CHANGED, 0, 0}, NULL);
    }
}

static void draw(struct app *app)
{
    const struct platform *platform = &app->options.platform;
    const struct frame *before = app->drawn ? app_shown(app) : NULL;
    struct frame *next = &app->frames[!app->shown];
    struct rect damage[FRAME_DAMAGE_MAX];
    view(&app->model, text_measure(app->text), next);
    int count = frame_damage(before, next, damage);
    if (count > 0) {
        raster_draw(app->raster, next, damage, count, platform->surface(platform->ctx));
        platform->present(platform->ctx, damage, count);
        app->presents++;
    }
    app->shown = !app->shown;
    app->drawn = true;
    app->changed = false;
    speak_news(app, next);
}

static void plan_tick(struct app *app)
{
    int sleep_ms = model_sleep_ms(&app->model);
    app->tick_due_ms = sleep_ms < 0 ? INT64_MAX : app->model.mono_ms + sleep_ms;
}

int app_sleep_ms(const struct app *app)
{
    int64_t now = clock_mono_ms(&app->options.clock);
    int held = input_sleep_ms(&app->input, now);
    int64_t left = app->tick_due_ms == INT64_MAX ? -1 : app->tick_due_ms - now;
    if (app->changed || (left < 0 && app->tick_due_ms != INT64_MAX)) {
        return 0;
    }
    return held >= 0 && (left < 0 || held < left) ? held : (int)left;
}

bool app_step(struct app *app, int limit_ms)
{
    int timeout_ms = app_sleep_ms(app);
    if (limit_ms >= 0 && (timeout_ms < 0 || timeout_ms > limit_ms)) {
        timeout_ms = limit_ms;
    }
    take_events(app, timeout_ms);
    take_held_input(app);
    take_answers(app);
    if (clock_mono_ms(&app->options.clock) >= app->tick_due_ms) {
        tick(app);
    }
    if (app->changed) {
        draw(app);
        plan_tick(app);
    }
    return !app->ending;
}

bool app_is_idle(struct app *app)
{
    return !app->changed && app->refusal_count == 0 && !app->forget_keys &&
           worker_is_idle(app->disk_worker) && worker_is_idle(app->print_worker) &&
           input_sleep_ms(&app->input, clock_mono_ms(&app->options.clock)) < 0;
}
