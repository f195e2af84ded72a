/* SIGTERM and SIGINT end the program as if its window was closed: a thread of its own
 * waits for them, as a handler could touch nothing but a global. */
#ifndef APP_SIGNALS_H
#define APP_SIGNALS_H

#include "base/err.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct signals {
    pthread_t thread;
    atomic_bool asked; /* to end */
    void (*ring)(void *ctx);
    void *ring_ctx;
};

/* First of all in main: threads that are started later inherit it. */
void signals_block(void);
enum err signals_open(struct signals *signals, void (*ring)(void *ctx), void *ring_ctx)
    NODISCARD;
bool signals_asked(struct signals *signals);
void signals_close(struct signals *signals);

#endif
