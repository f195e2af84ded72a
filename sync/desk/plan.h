/* What `serve` was told, before anything is opened. */
#ifndef DESK_PLAN_H
#define DESK_PLAN_H

#include "desk/command.h"
#include "desk/files.h"
#include "server/listen.h"
#include "server/tls.h"

enum plan_option {
    PLAN_LISTEN, PLAN_TLS, PLAN_CERT, PLAN_KEY, PLAN_PIN, PLAN_URL, PLAN_BEHIND_PROXY,
    PLAN_CONNECTIONS, PLAN_PER_ADDRESS, PLAN_IDLE, PLAN_OPTION_COUNT
};
extern const struct subcommand_option plan_options[PLAN_OPTION_COUNT + 1];

struct plan {
    const char *address;
    bool own_tls;
    const char *cert, *key; /* NULL: none */
    bool pin;               /* kiosks are told to accept no other key */
    const char *url;        /* NULL: as the socket is called */
    bool behind_proxy;
    int connections_max;
    int per_address_max;    /* 0: no limit; -1: not told */
    int idle_s;
};
/* Complains; then DESK_USAGE is the answer. */
bool plan_read(struct desk *desk, const struct subcommand_args *args, struct plan *plan_out);
bool plan_has_tls(const struct plan *plan);

#endif
