/* The scripted finger: the real program on a fake clock, printer and display.
 *
 * A script has one command a line; `anlauf-play --help` prints them. The first thing that is not as the script says ends the play. */
#ifndef PLAY_PLAY_H
#define PLAY_PLAY_H

#include "app.h"
#include "conf.h"

#include "support/vfs_crash.h"

#include <pthread.h>
#include <stdatomic.h>

#define PLAY_WORDS_MAX 16
#define PLAY_LINE_SIZE 16384
#define PLAY_VARS_MAX 16
#define PLAY_QUEUE_MAX 512
#define PLAY_PATH_SIZE 512

struct play_clock {
    _Atomic int64_t wall_ms, mono_ms, error_ms;
};

struct play_rng {
    pthread_mutex_t lock;
    uint64_t seed;
};

/* The platform: pixels of the offscreen one, events from the script. */
struct play_device {
    struct platform pixels;
    atomic_bool rung;
    int first, count;
    struct event queue[PLAY_QUEUE_MAX];
    int sounds[3];
};

/* The printer dir:OUT, until the script breaks it. */
struct play_printer {
    struct printer real;
    _Atomic int broken; /* enum printer_state; -1: works */
};

/* What the played centre has sent: its rows as they are now (centre.c). */
#define PLAY_ROWS_MAX 24
#define PLAY_BODY_SIZE 1400
struct play_row {
    char kind[16], id[64], body[PLAY_BODY_SIZE];
    int64_t rev;
};
struct play_feed {
    int count;
    int64_t rev, now_ms; /* its clock never runs backward */
    struct play_row rows[PLAY_ROWS_MAX];
};

struct play_var {
    char name[32];
    char value[PAYLOAD_TEXT_SIZE];
};

struct play {
    const char *script;
    int line;
    FILE *trace; /* NULL: nobody asked */
    struct conf conf;
    char out[PLAY_PATH_SIZE];
    struct play_clock clock;
    struct play_rng rng;
    struct play_device device;
    struct play_printer printer;
    struct app_options options;
    char boot_id[32];
    int boots, shots;
    struct app *app;
    bool is_open;
    struct vfs_crash *disk; /* --disk fake: one that fails when the script says so */
    char card[PAYLOAD_TEXT_SIZE], slip[PAYLOAD_TEXT_SIZE]; /* the last ones shown */
    struct play_feed feed;
    int var_count;
    struct play_var vars[PLAY_VARS_MAX];
};

/* world.c: the fakes. */
struct clock play_clock(struct play_clock *clock);
struct rng play_rng(struct play_rng *rng);
void play_clock_set(struct play_clock *clock, int64_t wall_ms);
void play_clock_advance(struct play_clock *clock, int64_t ms);
struct platform play_platform(struct play_device *device);
void play_queue(struct play *play, struct event event);
struct print_port play_print_port(struct play_printer *printer);

/* run.c: opening the app and letting it come to rest. */
bool play_open(struct play *play);
void play_close(struct play *play);
/* Steps until nothing is left to do; complains after ten seconds. */
bool play_settle(struct play *play);
/* Lets fake time pass, with every tick on the way. */
bool play_wait(struct play *play, int64_t ms);
/* Writes "SCRIPT:LINE: …" and returns false. */
bool play_fail(const struct play *play, const char *format, ...) PRINTF_LIKE(2, 3);
void play_path(const struct play *play, const char *name, char out[PLAY_PATH_SIZE]);

/* look.c: what is on screen. "Diese Woche|Woche" is either: what there is room for. */
bool play_shows(const struct frame *frame, const char *text);
/* Index of the hit with this label; nth 0: the last one. -1: none. */
int play_find(const struct frame *frame, const char *label, int nth);
void play_list(const struct frame *frame, FILE *out);
/* Fails, and says what there is instead. */
bool play_lost(const struct play *play, const char *what);

/* trace.c: the way through the script, to be gone again in a real window. Nothing happens
 * without --trace. */
void play_trace_tap(struct play *play, int x, int y);
void play_trace_line(struct play *play, const char *line);
bool play_trace_shown(struct play *play);

/* time.c: days, wrong clocks, new boots. */
bool play_read_clock(const char *text, int64_t *wall_ms_out);
int64_t play_clock_error_ms(void *clock);

/* main.c: every line of a script, also from within another one. */
bool play_script(struct play *play, const char *path);

/* A line of a script: its first word, and what it does with all of them. */
struct play_command {
    const char *name;
    int words_min, words_max; /* without the name */
    bool (*run)(struct play *play, int count, char **words);
    const char *help;
};

struct play_commands {
    const struct play_command *list;
    int count;
};
/* touch.c, expect.c, papers.c, outside.c, centre.c, time.c */
extern const struct play_commands play_touch_commands, play_expect_commands,
    play_paper_commands, play_outside_commands, play_centre_commands,
    play_time_commands, play_real_commands;

/* commands.c */
bool play_command(struct play *play, int count, char **words);
void play_help(FILE *out);

#endif
