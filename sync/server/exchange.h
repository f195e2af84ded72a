/* One request and its answer, as libmicrohttpd's callbacks see them.
 *
 * Bodies are read on its threads; then the connection rests until the writer has run the
 * job. A body that was cut goes to the writer all the same: what came in whole counts. */
#ifndef SERVER_EXCHANGE_H
#define SERVER_EXCHANGE_H

#include "server/room.h"
#include "server/visits.h"
#include "server/writer.h"

#include <microhttpd.h>
#include <stdatomic.h>

/* What all exchanges share. */
struct exchanges {
    struct core *core; /* only core_token_good */
    struct writer *writer;
    struct room room;
    struct visits visits;
    atomic_int active;    /* begun, and not ended yet */
    atomic_int suspended; /* of them with the writer: the daemon must not be stopped */
};

enum MHD_Result exchange_handle(void *cls, struct MHD_Connection *connection, const char *url,
                                const char *method, const char *version, const char *data,
                                size_t *data_size, void **request);
void exchange_completed(void *cls, struct MHD_Connection *connection, void **request,
                        enum MHD_RequestTerminationCode code);

#endif
