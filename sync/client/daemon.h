/* Steps of the client, for ever: it sleeps until there is something to do. */
#ifndef CLIENT_DAEMON_H
#define CLIENT_DAEMON_H

#include "client/client.h"
#include "client/watch.h"

/* Returns when somebody asked to end. Logs a line for each change of state. */
void daemon_run(struct client *client, struct store *store, struct watch *watch);
const char *daemon_state(enum client_step step); /* "current" … */

#endif
