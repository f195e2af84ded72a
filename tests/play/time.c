/* Time beyond a wait: days go by, the clock is wrong, the machine starts anew. */
#include "play/play.h"

#include <stdlib.h>
#include <time.h>

#define CLOCK_LENGTH 16 /* "2026-11-23T15:42" */
#define BOOT_LASTS_MS 5000
#define MINUTE_MS INT64_C(60000)
#define NS_PER_MS 1000000L

bool play_read_clock(const char *text, int64_t *wall_ms_out)
{
    struct str all = str_of(text);
    date_t date;
    int minute;
    if (all.len != CLOCK_LENGTH || text[10] != 'T' ||
        date_parse((struct str){text, 10}, &date) != ERR_OK ||
        time_parse((struct str){text + 11, 5}, &minute) != ERR_OK) {
        return false;
    }
    *wall_ms_out = date_to_wall_ms(date, minute);
    return true;
}

int64_t play_clock_error_ms(void *clock)
{
    return ((struct play_clock *)clock)->error_ms;
}

/* In one step: nobody stands before the kiosk, so its ticks in between change nothing. */
static bool pass(struct play *play, int64_t ms)
{
    play_clock_advance(&play->clock, ms);
    return play_settle(play) && play_wait(play, 1000);
}

static bool cmd_day(struct play *play, int count, char **words)
{
    date_t today;
    int minute;
    date_from_wall_ms(play->clock.wall_ms, &today, &minute);
    if (count > 2 && time_parse(str_of(words[2]), &minute) != ERR_OK) {
        return play_fail(play, "%s is no time", words[2]);
    }
    date_t then = today + (date_t)strtol(words[1], NULL, 10);
    return pass(play, date_to_wall_ms(then, minute) - play->clock.wall_ms);
}

static bool cmd_clock_to(struct play *play, int count, char **words)
{
    int64_t wall_ms;
    (void)count;
    if (!play_read_clock(words[1], &wall_ms)) {
        return play_fail(play, "%s is no time", words[1]);
    }
    if (wall_ms > play->clock.wall_ms) {
        return pass(play, wall_ms - play->clock.wall_ms);
    }
    play->clock.wall_ms = wall_ms;
    return pass(play, 0);
}

/* Real time: the disk worker looks around when nobody asks anything of it. */
static bool cmd_idle(struct play *play, int count, char **words)
{
    const struct timespec pause = {0, 2 * play->options.poll_ms * NS_PER_MS};
    (void)count;
    (void)words;
    nanosleep(&pause, NULL);
    return play_settle(play);
}

static bool cmd_clock_error(struct play *play, int count, char **words)
{
    (void)count;
    play->clock.error_ms = strtoll(words[1], NULL, 10) * MINUTE_MS;
    return true;
}

static bool cmd_reboot(struct play *play, int count, char **words)
{
    struct buf boot;
    int64_t wall_ms = play->clock.wall_ms;
    if (count > 1 && !play_read_clock(words[1], &wall_ms)) {
        return play_fail(play, "%s is no time", words[1]);
    }
    play_close(play);
    buf_init(&boot, play->boot_id, sizeof play->boot_id);
    buf_printf(&boot, "played-boot-%d", ++play->boots);
    play->clock.mono_ms = BOOT_LASTS_MS;
    play->clock.wall_ms = wall_ms;
    return play_open(play);
}

static const struct play_command list[] = {
    {"reboot", 0, 1, cmd_reboot, "[TIME]: the machine too; what its clock says then"},
    {"idle", 0, 0, cmd_idle, "the disk worker does what it does when nobody is there"},
    {"day", 1, 2, cmd_day, "N [HH:MM]: N days pass without a touch, until that time"},
    {"clock", 1, 1, cmd_clock_to,
     "TIME: as --clock; time passes until then, or it is set back"},
    {"clock-error", 1, 1, cmd_clock_error, "MINUTES: how far the clock may be off"},
};

const struct play_commands play_time_commands = {list, (int)ARRAY_LEN(list)};
