/* What is on screen, in the words a person would use: without invisible marks. */
#include "play/play.h"

#include <string.h>

#define TEXT_SIZE 2048

static const char *plain(char memory[TEXT_SIZE], const struct frame *frame, uint32_t at,
                         uint32_t len)
{
    struct buf out;
    buf_init(&out, memory, TEXT_SIZE);
    tr_plain(&out, frame_str(frame, at, len));
    return memory;
}

static bool shows(const struct frame *frame, const char *text)
{
    char memory[TEXT_SIZE];
    for (int i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (draw->kind == DRAW_TEXT &&
            strstr(plain(memory, frame, draw->text, draw->text_len), text) != NULL) {
            return true;
        }
    }
    for (int i = 0; i < frame->hit_count; i++) {
        const struct hit *hit = &frame->hits[i];
        if (strstr(plain(memory, frame, hit->label, hit->label_len), text) != NULL) {
            return true;
        }
    }
    return false;
}

/* Cuts the next of "one|another" off; false: there is none. */
static bool next_of(const char **all, char memory[TEXT_SIZE])
{
    size_t len = strcspn(*all, "|");
    if (**all == '\0') {
        return false;
    }
    CHECK(len < TEXT_SIZE);
    memcpy(memory, *all, len);
    memory[len] = '\0';
    *all += len + ((*all)[len] == '|');
    return true;
}

bool play_shows(const struct frame *frame, const char *text)
{
    char one[TEXT_SIZE];
    while (next_of(&text, one)) {
        if (shows(frame, one)) {
            return true;
        }
    }
    return false;
}

/* 2: the same, 1: begins with it, 0: neither. */
static int likeness(const struct frame *frame, const struct hit *hit, const char *label)
{
    char memory[TEXT_SIZE];
    const char *text = plain(memory, frame, hit->label, hit->label_len);
    return strcmp(text, label) == 0 ? 2 : strncmp(text, label, strlen(label)) == 0;
}

static int find(const struct frame *frame, const char *label, int nth)
{
    int best = 0, found = -1, matches = 0;
    for (int i = 0; i < frame->hit_count; i++) {
        int like = likeness(frame, &frame->hits[i], label);
        matches += like > 0;
        if (nth > 0 && like > 0 && matches == nth) {
            return i;
        }
        if (like > 0 && like >= best) {
            best = like;
            found = i;
        }
    }
    return nth > 0 ? -1 : found;
}

int play_find(const struct frame *frame, const char *label, int nth)
{
    char one[TEXT_SIZE];
    int found = -1;
    while (found < 0 && next_of(&label, one)) {
        found = find(frame, one, nth);
    }
    return found;
}

void play_list(const struct frame *frame, FILE *out)
{
    char memory[TEXT_SIZE];
    for (int i = 0; i < frame->hit_count; i++) {
        const struct hit *hit = &frame->hits[i];
        fprintf(out, "    [%s]\n", plain(memory, frame, hit->label, hit->label_len));
    }
    for (int i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        if (draw->kind == DRAW_TEXT) {
            fprintf(out, "    %s\n", plain(memory, frame, draw->text, draw->text_len));
        }
    }
}

bool play_lost(const struct play *play, const char *what)
{
    play_fail(play, "\"%s\" is not on screen \"%s\"; there is:", what,
              screen_of(play->app->model.screen)->name);
    play_list(app_shown(play->app), stderr);
    return false;
}
