/* Who is connected, and for how long already without a whole request: what is too slow is
 * shut, however little it sends now and then. Any thread. */
#ifndef SERVER_VISITS_H
#define SERVER_VISITS_H

#include "base/clock.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct visit {
    int fd;
    int64_t since_ms; /* it came, or its last request began or ended */
    bool busy;        /* within a request */
    struct visit *next, **link;
};
struct visits {
    pthread_mutex_t lock;
    struct clock clock;
    struct visit *first;
    size_t count;
    int64_t shut;
};

void visits_init(struct visits *visits, struct clock clock);
void visits_done(struct visits *visits);
/* NULL: no memory. */
struct visit *visits_come(struct visits *visits, int fd);
void visits_go(struct visits *visits, struct visit *visit); /* before the fd is closed */
void visits_mark(struct visits *visits, struct visit *visit, bool busy);
/* Shuts those that are slower than this. */
void visits_sweep(struct visits *visits, int64_t idle_max_ms, int64_t busy_max_ms);

#endif
