/* What wakes the client: the kiosk wrote something, a network came up, somebody asks to
 * end.
 *
 * A thread of its own waits for them; without an event nothing wakes. Where the system
 * has no way to watch a folder, it is looked at every 30 seconds. */
#ifndef CLIENT_WATCH_H
#define CLIENT_WATCH_H

#include "client/link.h"

#include <stdint.h>

#define WATCH_FACTS 1u
#define WATCH_LINK 2u
#define WATCH_STOP 4u

struct watch;

/* The line that is to be woken. All from another thread. */
struct watch_line {
    const struct link *link;
    void (*stop)(const struct link *link); /* the program is asked to end */
    void (*calm)(const struct link *link); /* an interrupt that nobody met is void */
    bool (*due)(void *ctx);                /* does something wait to be sent? */
    void *due_ctx;
};

/* First of all in main: threads that are started later inherit it. */
void watch_block_signals(void);
enum err watch_open(const char *dir, const struct watch_line *line,
                    struct watch **watch_out) NODISCARD;
void watch_close(struct watch *watch);
/* From here on what becomes due counts, and ends a long poll. */
void watch_arm(struct watch *watch);
/* What happened since it was taken last; waits for something up to `wait_ms`. */
unsigned watch_take(struct watch *watch, int64_t wait_ms);

#endif
