/* Carries out what update asks for: here, or on a worker. */
#include "app.h"

#include <sodium.h>
#include <string.h>

static void refuse(struct app *app, const struct effect *effect, enum err err)
{
    if (app->refusal_count < EFFECTS_MAX) {
        app->refusals[app->refusal_count++] =
            (struct refusal){effect->kind, effect->serial, err};
    }
}

static void to_disk(struct app *app, const struct effect *effect)
{
    struct job job = {*effect, SHEET_NONE};
    enum err err = worker_put(app->disk_worker, &job);
    if (err != ERR_OK) {
        refuse(app, effect, err);
    }
    sodium_memzero(&job, sizeof job);
}

static enum err put_site_code(struct app *app, struct effect *effect)
{
    char shown[CREDENTIAL_SITE_SIZE], qr[CREDENTIAL_SITE_SIZE];
    credential_site_code(app->key, str_of(effect->wish.code), effect->wish.work.date,
                         shown, qr);
    str_copy(effect->text, sizeof effect->text, str_of(qr));
    str_copy(effect->alias, sizeof effect->alias, str_of(shown));
    return ERR_OK;
}

/* The sheet knows no offers; the list of this visit may. */
static enum err sign_hours(struct app *app, struct effect *effect, date_t issued)
{
    const struct job_visit *jobs = &app->model.visit.jobs;
    for (int i = 0; i < jobs->count && effect->wish.code[0] == '\0'; i++) {
        if (uid_eq(jobs->jobs[i].wish.id, effect->wish.id)) {
            memcpy(effect->wish.code, jobs->jobs[i].wish.code, sizeof effect->wish.code);
        }
    }
    return credential_sign_hours(app->key, &effect->wish, effect->job_event.minutes,
                                 issued, effect->text);
}

/* A slip printed again proves the same: its payload is signed anew if it is not known. */
static enum err sign_if_needed(struct app *app, struct effect *effect)
{
    date_t issued = app->model.clock_doubtful ? DATE_NONE : app->model.today;
    if (effect->text[0] != '\0') {
        return ERR_OK;
    }
    switch (effect->kind) {
    case EFFECT_PRINT_WISH:
        return credential_sign_wish(app->key, &effect->wish, issued, effect->text);
    case EFFECT_PRINT_AGREEMENT:
        return credential_sign_agreement(app->key, &effect->wish, issued, effect->text);
    case EFFECT_PRINT_HOURS:
        return sign_hours(app, effect, issued);
    case EFFECT_PRINT_ORDER:
        return put_site_code(app, effect);
    default:
        return ERR_OK;
    }
}

static void to_printer(struct app *app, const struct effect *effect)
{
    struct job job = {*effect, SHEET_NONE};
    enum err err = sign_if_needed(app, &job.effect);
    if (err == ERR_OK && effect->kind != EFFECT_PRINTER_STATUS) {
        err = printing_prepare(app->printing, &job.effect, &app->model, &job.sheet);
    }
    if (err == ERR_OK) {
        err = worker_put(app->print_worker, &job);
        if (err != ERR_OK) {
            printing_drop(app->printing, job.sheet);
        }
    }
    if (err != ERR_OK) {
        refuse(app, effect, err);
    }
    sodium_memzero(&job, sizeof job);
}

static void here(struct app *app, const struct effect *effect)
{
    const struct platform *platform = &app->options.platform;
    const struct speaker *speaker = &app->options.speaker;
    switch (effect->kind) {
    case EFFECT_SPEAK_SCREEN:
        speak_screen(app);
        break;
    case EFFECT_HUSH:
        speaker->hush(speaker->ctx);
        break;
    case EFFECT_SOUND_WARN:
        platform->play(platform->ctx, SOUND_WARN);
        break;
    case EFFECT_SOUND_DONE:
        platform->play(platform->ctx, SOUND_DONE);
        break;
    default:
        CHECK(effect->kind == EFFECT_NONE);
        break;
    }
}

void effects_run(struct app *app)
{
    for (int i = 0; i < app->effects.count; i++) {
        const struct effect *effect = &app->effects.list[i];
        if (disk_does(effect->kind)) {
            to_disk(app, effect);
        } else if (printing_does(effect->kind)) {
            to_printer(app, effect);
        } else {
            here(app, effect);
        }
    }
}
