/* Which requests there are: sync/PROTOCOL.md, method by method. Pure. */
#ifndef SERVER_ROUTE_H
#define SERVER_ROUTE_H

#include "server/core.h"

#define ROUTE_WAIT_MAX_S 60
#define ROUTE_JSON_MAX 4096
/* What 4 MB may be on the wire: zstd makes what it cannot compress a little larger. */
#define ROUTE_UPLOAD_MAX (WIRE_UPLOAD_MAX + (64u << 10))

struct route {
    enum core_what what;
    int64_t epoch, since;
    int wait_s, most; /* most 0: not said */
    size_t body_max;
};

/* Path without the query. 200, or the status of the refusal: 404, 405. */
int route_find(const char *method, const char *path, struct route *route_out);
/* A parameter of the query; NULL: not given. False: no such number. */
bool route_since(struct route *route, const char *text);
bool route_wait(struct route *route, const char *text);
bool route_most(struct route *route, const char *text);
/* The body of a refusal: {"error":"WORD"}; constant text. */
const char *route_error(int status);

#endif
