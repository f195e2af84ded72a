/* Opening the app, stepping it until it rests, letting fake time pass. */
#include "play/play.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define REST_LIMIT_MS 10000

bool play_fail(const struct play *play, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: ", play->script, play->line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return false;
}

void play_path(const struct play *play, const char *name, char out[PLAY_PATH_SIZE])
{
    struct buf path;
    buf_init(&path, out, PLAY_PATH_SIZE);
    buf_printf(&path, "%s/%s", play->out, name);
}

bool play_open(struct play *play)
{
    char memory[512] = "";
    struct buf why;
    buf_init(&why, memory, sizeof memory);
    play->app = calloc(1, sizeof *play->app);
    CHECK(play->app != NULL);
    play->is_open = true;
    enum err err = app_open(play->app, &play->options, &why);
    if (err != ERR_OK) {
        return play_fail(play, "the program does not open: %s %s", err_name(err), memory);
    }
    return play_settle(play);
}

void play_close(struct play *play)
{
    if (play->is_open) {
        app_close(play->app);
        free(play->app);
        play->is_open = false;
    }
}

/* What staff or the young person would hold in their hands now. */
static void note_papers(struct play *play)
{
    const struct model *model = &play->app->model;
    if (model->staff.new_card[0] != '\0') {
        str_copy(play->card, sizeof play->card, str_of(model->staff.new_card));
    }
    if (model->visit.payload[0] != '\0') {
        str_copy(play->slip, sizeof play->slip, str_of(model->visit.payload));
    }
}

static void real_pause(void)
{
    const struct timespec pause = {0, 1000000};
    nanosleep(&pause, NULL);
}

static int64_t real_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Held characters wait for fake time, everything else for the workers. */
static void let_it_go_on(struct play *play)
{
    int held_ms = input_sleep_ms(&play->app->input, play->clock.mono_ms);
    if (held_ms >= 0) {
        play_clock_advance(&play->clock, held_ms + 1);
    } else if (play->device.count == 0) {
        real_pause();
    }
}

bool play_settle(struct play *play)
{
    int64_t until = real_ms() + REST_LIMIT_MS;
    app_step(play->app, 0);
    note_papers(play);
    while (play->device.count > 0 || !app_is_idle(play->app)) {
        if (real_ms() > until) {
            return play_fail(play, "a worker has not answered for %d s", REST_LIMIT_MS / 1000);
        }
        let_it_go_on(play);
        app_step(play->app, 0);
        note_papers(play);
    }
    return true;
}

bool play_wait(struct play *play, int64_t ms)
{
    while (ms > 0) {
        int sleep_ms = app_sleep_ms(play->app);
        int64_t part = sleep_ms < 0 || sleep_ms > ms ? ms : sleep_ms < 1 ? 1 : sleep_ms;
        play_clock_advance(&play->clock, part);
        ms -= part;
        if (!play_settle(play)) {
            return false;
        }
    }
    return true;
}
