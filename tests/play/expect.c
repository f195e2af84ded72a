/* What a script looks at, and what must be there. */
#include "play/play.h"

#include "world.h"

#include <stdlib.h>
#include <string.h>

#define DUMP_SIZE (1024 * 1024)

static bool cmd_say(struct play *play, int count, char **words)
{
    (void)play;
    (void)count;
    printf("%s\n", words[1]);
    return true;
}

static bool cmd_list(struct play *play, int count, char **words)
{
    (void)count;
    (void)words;
    printf("%s:\n", screen_of(play->app->model.screen)->name);
    play_list(app_shown(play->app), stdout);
    return true;
}

static bool cmd_shot(struct play *play, int count, char **words)
{
    char name[128], path[PLAY_PATH_SIZE];
    struct buf b;
    struct platform *platform = &play->options.platform;
    (void)count;
    buf_init(&b, name, sizeof name);
    buf_printf(&b, "%02d-%s.png", ++play->shots, words[1]);
    play_path(play, name, path);
    if (png_write(path, platform->surface(platform->ctx)) != ERR_OK) {
        return play_fail(play, "%s cannot be written", path);
    }
    return true;
}

static bool cmd_expect(struct play *play, int count, char **words)
{
    (void)count;
    return play_shows(app_shown(play->app), words[1]) || play_lost(play, words[1]);
}

static bool cmd_expect_not(struct play *play, int count, char **words)
{
    (void)count;
    return !play_shows(app_shown(play->app), words[1]) ||
           play_fail(play, "\"%s\" is on screen", words[1]);
}

static bool cmd_screen(struct play *play, int count, char **words)
{
    const char *name = screen_of(play->app->model.screen)->name;
    (void)count;
    if (strcmp(name, words[1]) == 0) {
        return true;
    }
    play_fail(play, "the screen is \"%s\", not \"%s\"; there is:", name, words[1]);
    play_list(app_shown(play->app), stderr);
    return false;
}

static char *dump(const struct frame *frame)
{
    char *text = malloc(DUMP_SIZE);
    struct buf out;
    CHECK(text != NULL);
    buf_init(&out, text, DUMP_SIZE);
    frame_dump(frame, &out);
    CHECK(!out.cut);
    return text;
}

static bool write_text(struct play *play, const char *path, const char *text)
{
    FILE *file = fopen(path, "we");
    bool good = file != NULL && fputs(text, file) >= 0;
    if (file != NULL) {
        good = fclose(file) == 0 && good;
    }
    return good || play_fail(play, "%s cannot be written", path);
}

static bool cmd_dump(struct play *play, int count, char **words)
{
    char path[PLAY_PATH_SIZE];
    (void)count;
    play_path(play, words[1], path);
    char *text = dump(app_shown(play->app));
    bool good = write_text(play, path, text);
    free(text);
    return good;
}

static bool compare_golden(struct play *play, const char *path, const char *text)
{
    char *golden = NULL, seen[PLAY_PATH_SIZE];
    size_t len = 0;
    if (world_read_file(path, DUMP_SIZE, &golden, &len) != ERR_OK) {
        return play_fail(play, "%s is missing; UPDATE=1 writes it", path);
    }
    bool same = strcmp(golden, text) == 0;
    free(golden);
    if (same) {
        return true;
    }
    play_path(play, "golden-seen.txt", seen);
    return write_text(play, seen, text) &&
           play_fail(play, "the frame differs: diff %s %s", path, seen);
}

/* The frame as text, laid out by the rule that needs no fonts. */
static bool cmd_golden(struct play *play, int count, char **words)
{
    char path[PLAY_PATH_SIZE];
    struct buf b;
    struct frame *frame = calloc(1, sizeof *frame);
    (void)count;
    CHECK(frame != NULL);
    view(&play->app->model, text_measure_fixed(), frame);
    char *text = dump(frame);
    buf_init(&b, path, sizeof path);
    buf_printf(&b, "tests/golden/%s.txt", words[1]);
    const char *update = getenv("UPDATE");
    bool good = update != NULL && update[0] == '1' ? write_text(play, path, text)
                                                   : compare_golden(play, path, text);
    free(text);
    free(frame);
    return good;
}

static const struct play_command list[] = {
    {"list", 0, 0, cmd_list, "what could be tapped and read now, on standard output"},
    {"say", 1, 1, cmd_say, "\"TEXT\": on standard output"},
    {"shot", 1, 1, cmd_shot, "NAME: OUT/NN-NAME.png"},
    {"expect", 1, 1, cmd_expect, "\"TEXT\": is shown or spoken"},
    {"expect-not", 1, 1, cmd_expect_not, "\"TEXT\": is not"},
    {"screen", 1, 1, cmd_screen, "NAME: is the present one"},
    {"dump", 1, 1, cmd_dump, "FILE: the frame as text, into OUT"},
    {"golden", 1, 1, cmd_golden, "NAME: the frame is as in tests/golden/NAME.txt"},
};

const struct play_commands play_expect_commands = {list, (int)ARRAY_LEN(list)};
