/* The commands of a script: each stands in the table of its file. */
#include "play/play.h"

#include <stdlib.h>
#include <string.h>

static bool cmd_wait(struct play *play, int count, char **words)
{
    (void)count;
    return play_wait(play, strtoll(words[1], NULL, 10));
}

static bool cmd_include(struct play *play, int count, char **words)
{
    (void)count;
    return play_script(play, words[1]);
}

static const struct play_command list[] = {
    {"wait", 1, 1, cmd_wait, "MS: time passes"},
    {"include", 1, 1, cmd_include, "FILE: the commands there"},
};

static const struct play_commands own = {list, (int)ARRAY_LEN(list)};
static const struct play_commands *const all[] = {
    &own,
    &play_touch_commands,
    &play_expect_commands,
    &play_paper_commands,
    &play_outside_commands,
    &play_centre_commands,
    &play_time_commands,
    &play_real_commands,
};

static const struct play_command *find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        for (int n = 0; n < all[i]->count; n++) {
            if (strcmp(name, all[i]->list[n].name) == 0) {
                return &all[i]->list[n];
            }
        }
    }
    return NULL;
}

bool play_command(struct play *play, int count, char **words)
{
    const struct play_command *command = find(words[0]);
    if (command == NULL) {
        return play_fail(play, "%s is no command", words[0]);
    }
    if (count - 1 < command->words_min || count - 1 > command->words_max) {
        return play_fail(play, "%s %s", words[0], command->help);
    }
    return command->run(play, count, words);
}

void play_help(FILE *out)
{
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        for (int n = 0; n < all[i]->count; n++) {
            const struct play_command *command = &all[i]->list[n];
            fprintf(out, "  %-14s %s\n", command->name, command->help);
        }
    }
}
