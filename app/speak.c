/* When something is spoken: a new screen says its title, a new focus its label; a title
 * that changes ("saved") and a notice are news too. */
#include "app.h"

#include <string.h>

#define WORDS_SIZE 8192

static void say(struct app *app, const struct buf *words)
{
    const struct speaker *speaker = &app->options.speaker;
    if (words->len > 0) {
        speaker->say(speaker->ctx, buf_str(words), app->model.language);
    }
}

static bool has_new_title(const struct app *app, const struct frame *frame)
{
    const struct frame *last = &app->frames[!app->shown];
    return !str_eq(frame_str(last, last->title, last->title_len),
                   frame_str(frame, frame->title, frame->title_len));
}

void speak_news(struct app *app, const struct frame *frame)
{
    char memory[WORDS_SIZE];
    struct buf words;
    const struct model *model = &app->model;
    const struct i18n i18n = i18n_of(model->language);
    const struct spoken now = {true, model->warning, model->screen, model->notice,
                               frame->focus};
    const struct spoken before = app->spoken;
    bool arrived = !before.any || now.screen != before.screen || now.warning != before.warning;
    buf_init(&words, memory, sizeof memory);
    if (arrived || has_new_title(app, frame)) {
        speech_of_title(frame, &i18n, model->env.headphones, &words);
    }
    if (now.notice != before.notice) {
        speech_of_hit(frame, frame_hit_of(frame, (struct msg){MSG_DISMISS, 0, 0}),
                      model->env.headphones, &words);
    }
    if (frame->focus >= 0 && (arrived || now.focus != before.focus)) {
        speech_of_focus(frame, &i18n, model->env.headphones, &words);
    }
    app->spoken = now;
    say(app, &words);
}

void speak_screen(struct app *app)
{
    char memory[WORDS_SIZE];
    struct buf words;
    const struct i18n i18n = i18n_of(app->model.language);
    buf_init(&words, memory, sizeof memory);
    speech_of_screen(app_shown(app), &i18n, app->model.env.headphones, &words);
    say(app, &words);
}
