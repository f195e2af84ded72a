/* What a script did, for a real finger to do again: each command as it stood in the script,
 * but a tap as its place on the picture; after each, the last words and the picture that it
 * led to. */
#include "play/play.h"

#include <string.h>

/* The last line of a file, with its end. */
static void last_line(const char *path, char line[PLAY_LINE_SIZE])
{
    FILE *file = fopen(path, "re");
    line[0] = '\0';
    while (file != NULL && fgets(line, PLAY_LINE_SIZE, file) != NULL) {
    }
    if (file != NULL) {
        fclose(file);
    }
}

void play_trace_tap(struct play *play, int x, int y)
{
    if (play->trace != NULL) {
        fprintf(play->trace, "tap %d %d\n", x, y);
    }
}

void play_trace_line(struct play *play, const char *line)
{
    if (play->trace != NULL && strncmp(line, "tap", 3) != 0) {
        fputs(line, play->trace);
    }
}

bool play_trace_shown(struct play *play)
{
    char name[32], path[PLAY_PATH_SIZE], line[PLAY_LINE_SIZE];
    struct buf b;
    struct platform *platform = &play->options.platform;
    if (play->trace == NULL) {
        return true;
    }
    buf_init(&b, name, sizeof name);
    buf_printf(&b, "step-%03d.png", play->line);
    play_path(play, name, path);
    if (png_write(path, platform->surface(platform->ctx)) != ERR_OK) {
        return play_fail(play, "%s cannot be written", path);
    }
    play_path(play, "speech.txt", path);
    last_line(path, line);
    fprintf(play->trace, "said %sshown %s\n", line, name);
    return true;
}
