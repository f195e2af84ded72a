#include "client/daemon.h"

#include "base/log.h"

#include <stdio.h>
#include <string.h>

#define POLL_S 25

struct daemon {
    struct client *client;
    struct store *store;
    struct watch *watch;
    enum client_step said;
    char detail[96];
};

const char *daemon_state(enum client_step step)
{
    static const char *const names[] = {
        [CLIENT_NOTHING] = "no-centre", [CLIENT_MORE] = "busy",
        [CLIENT_CURRENT] = "current",   [CLIENT_WAIT] = "waiting",
        [CLIENT_HELP] = "help",
    };
    return names[step];
}

/* Being busy is no state, unless it says why. */
static void say(struct daemon *daemon, enum client_step step)
{
    const char *detail = client_detail(daemon->client);
    bool dull = step == CLIENT_MORE && detail[0] == '\0';
    if (dull || (step == daemon->said && strcmp(detail, daemon->detail) == 0)) {
        return;
    }
    daemon->said = step;
    snprintf(daemon->detail, sizeof daemon->detail, "%s", detail);
    if (detail[0] != '\0') {
        log_line("anlauf-sync: state=%s why=\"%s\"", daemon_state(step), detail);
    } else {
        log_line("anlauf-sync: state=%s", daemon_state(step));
    }
}

/* What happened while the step ran is looked at before going to sleep. */
static unsigned rest(struct daemon *daemon, int64_t wait_ms)
{
    watch_arm(daemon->watch);
    bool changed = store_changed(daemon->store);
    return watch_take(daemon->watch, changed ? 0 : wait_ms);
}

void daemon_run(struct client *client, struct store *store, struct watch *watch)
{
    struct daemon daemon = {client, store, watch, CLIENT_MORE, ""};
    unsigned seen = 0;
    (void)store_changed(store);
    while ((seen & WATCH_STOP) == 0) {
        if ((seen & WATCH_LINK) != 0) {
            client_link_up(client);
        }
        watch_arm(watch);
        enum client_step step = client_step(client, POLL_S);
        say(&daemon, step);
        int64_t wait_ms = client_wait_ms(client);
        seen = wait_ms > 0 ? rest(&daemon, wait_ms) : watch_take(watch, 0);
    }
}
