#include "signals.h"

#include <signal.h>

/* Ends the thread without anybody having asked. */
#define SIGNAL_ENOUGH SIGUSR1

static sigset_t ending_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGNAL_ENOUGH);
    return set;
}

void signals_block(void)
{
    sigset_t set = ending_signals();
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

static void *wait_for_signal(void *arg)
{
    struct signals *signals = arg;
    sigset_t set = ending_signals();
    int number;
    sigwait(&set, &number);
    if (number != SIGNAL_ENOUGH) {
        atomic_store(&signals->asked, true);
        signals->ring(signals->ring_ctx);
    }
    return NULL;
}

enum err signals_open(struct signals *signals, void (*ring)(void *ctx), void *ring_ctx)
{
    atomic_init(&signals->asked, false);
    signals->ring = ring;
    signals->ring_ctx = ring_ctx;
    int rc = pthread_create(&signals->thread, NULL, wait_for_signal, signals);
    return rc == 0 ? ERR_OK : ERR_FULL;
}

bool signals_asked(struct signals *signals)
{
    return atomic_load(&signals->asked);
}

void signals_close(struct signals *signals)
{
    pthread_kill(signals->thread, SIGNAL_ENOUGH);
    pthread_join(signals->thread, NULL);
}
