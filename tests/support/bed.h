/* A whole app on a fake clock and display, for tests and benchmarks of the loop. */
#ifndef SUPPORT_BED_H
#define SUPPORT_BED_H

#include "support/support.h"

#include "app.h"

#include <stdatomic.h>

struct bed {
    struct fake_clock clock; /* turn it only while the workers rest */
    struct platform pixels;
    atomic_bool rung;
    int event_count;
    struct event events[8];
    struct printer printer;
    char dir[64];
    int poll_ms;             /* real time between looks for news; long unless changed */
    struct app *app;
};

/* CHECKs that it opens. The folder is new; vfs NULL is SQLite's own. */
void bed_open(struct bed *bed, const char *vfs);
/* Closes the app and opens it again on the same folder. */
void bed_reopen(struct bed *bed, const char *vfs);
void bed_close(struct bed *bed); /* removes the folder */

/* The finger goes down on the shown control with this message (or up from it). */
void bed_finger(struct bed *bed, struct msg msg, enum event_kind kind);
/* Asks for an effect as update would. */
void bed_ask(struct bed *bed, const struct effect *effect);
/* Steps until nothing is left to do. */
void bed_rest(struct bed *bed);

#endif
