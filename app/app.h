/* The only root object: the whole kiosk, made of what is handed in.
 *
 * main hands in the real world, tests/play a fake one; nothing here knows the difference.
 * One thread, but for the two workers inside. */
#ifndef APP_APP_H
#define APP_APP_H

#include "disk_jobs.h"
#include "forms.h"
#include "print_jobs.h"
#include "worker.h"

#include "platform/platform.h"
#include "platform/raster.h"
#include "screens/screen.h"
#include "speech/speech.h"
#include "text/text.h"
#include "ui/input.h"

struct app_options {
    struct clock clock;
    struct rng rng;
    struct platform platform;  /* stays the caller's, and outlives the app */
    struct print_port printer; /* likewise */
    struct speaker speaker;    /* likewise */
    const char *dir;           /* the data folder */
    const char *vfs;           /* NULL: SQLite's own */
    const char *boot_id;
    const char *machine;       /* see store_options; NULL: unknown */
    struct str tightening; /* the organisation's rule file, or empty */
    struct model_env env;  /* rules, calendar and forms are filled in here */
    int forget_days;       /* personal things older than that go; 0: never */
    /* How far the wall clock may be off; NULL: it is right. From the disk worker. */
    int64_t (*clock_error_ms)(void *ctx);
    void *clock_ctx;
    int poll_ms; /* real time between looks for new offers */
};

/* What was said last, so that only news are spoken. */
struct spoken {
    bool any, warning;
    enum screen_id screen;
    enum notice notice;
    int focus;
};

/* A job that no worker took. */
struct refusal {
    enum effect_kind kind;
    uint32_t serial;
    enum err err;
};

struct app {
    struct app_options options;
    struct rules *rules;
    struct calendar *calendar;
    struct forms *forms;
    struct text *text;
    struct raster *raster;
    struct device_key *key;
    struct offers_box *offers;
    struct sheet_box *sheets;
    struct keyring *keyring;
    struct disk disk;
    struct printing *printing;
    struct worker *disk_worker, *print_worker;

    struct model model;
    struct input input;
    struct frame frames[2];
    int shown;    /* which of them is on screen */
    bool drawn;   /* one of them is */
    bool changed; /* the model is newer than the frame */
    bool ending;
    int64_t tick_due_ms; /* monotonic */
    struct spoken spoken;
    struct effects effects;
    struct reply reply; /* the one being handled */
    bool forget_keys;   /* a visit has ended and the disk worker does not know it yet */
    int refusal_count;
    struct refusal refusals[EFFECTS_MAX];
    int64_t presents; /* how often pixels went out */
};

/* `why` gets one line. The app is zeroed memory of the caller; app_close also after an
 * error. ERR_CORRUPT, ERR_INVALID: rules or calendar (`why` names the place). */
enum err app_open(struct app *app, const struct app_options *options,
                  struct buf *why) NODISCARD;
/* Waits at most limit_ms (-1: as long as nothing is due), then does what there is to do,
 * up to the picture on screen. False: the program shall end. */
bool app_step(struct app *app, int limit_ms);
/* How long app_step would wait; -1: until something happens. */
int app_sleep_ms(const struct app *app);
/* Nothing is queued, running, held back or undrawn. */
bool app_is_idle(struct app *app);
void app_close(struct app *app);

const struct frame *app_shown(const struct app *app);

/* Gives the model the present time and fresh ids: before each update (loop.c). */
void app_set_time(struct app *app);
/* Sends a message through update, carries out what it asks for (loop.c). */
void app_send(struct app *app, struct msg msg, const struct reply *reply);
/* Carries out app->effects (effects.c). */
void effects_run(struct app *app);
/* Says what is new in the shown frame (speak.c). */
void speak_news(struct app *app, const struct frame *frame);
void speak_screen(struct app *app);

#endif
