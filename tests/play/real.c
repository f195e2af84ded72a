/* Other programs that really run beside the played kiosk, and time that really passes until
 * what they did is on screen. The kiosk is not told: it notices by itself. */
#include "play/play.h"

#include <stdlib.h>
#include <time.h>

#define AWAIT_S 20
#define AWAIT_STEP_MS 20

static bool cmd_shell(struct play *play, int count, char **words)
{
    (void)count;
    int result = system(words[1]);
    return result == 0 || play_fail(play, "%s: ended with %d", words[1], result);
}

static bool cmd_await(struct play *play, int count, char **words)
{
    const struct timespec step = {0, AWAIT_STEP_MS * 1000000L};
    (void)count;
    for (int i = 0; i < AWAIT_S * 1000 / AWAIT_STEP_MS; i++) {
        if (!play_settle(play)) {
            return false;
        }
        if (play_shows(app_shown(play->app), words[1])) {
            return true;
        }
        nanosleep(&step, NULL);
    }
    return play_lost(play, words[1]);
}

static const struct play_command list[] = {
    {"shell", 1, 1, cmd_shell, "\"COMMAND\": another program, which must succeed"},
    {"await", 1, 1, cmd_await, "\"TEXT\": is shown before 20 real seconds are over"},
};

const struct play_commands play_real_commands = {list, (int)ARRAY_LEN(list)};
