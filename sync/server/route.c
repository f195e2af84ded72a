#include "server/route.h"

#include "wire/page.h"

#include <string.h>

#define LOG_PATH "/v1/log/"

/* Decimal without leading zeros, from `min` to 2^53 - 1. */
static bool read_number(const char *text, int64_t min, int64_t *value_out)
{
    int64_t value = 0;
    size_t len = strlen(text);
    if (len == 0 || len > 16 || (len > 1 && text[0] == '0')) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        value = value * 10 + (text[i] - '0');
    }
    *value_out = value;
    return value >= min && value <= WIRE_NUMBER_MAX;
}

static int one_method(const char *method, const char *wanted, enum core_what what,
                      size_t body_max, struct route *route)
{
    route->what = what;
    route->body_max = body_max;
    return strcmp(method, wanted) == 0 ? 200 : 405;
}

static int find_log(const char *method, const char *epoch, struct route *route)
{
    if (!read_number(epoch, 1, &route->epoch)) {
        return 404;
    }
    if (strcmp(method, "GET") == 0) {
        return one_method(method, "GET", CORE_CURSOR, 0, route);
    }
    return one_method(method, "POST", CORE_UPLOAD, ROUTE_UPLOAD_MAX, route);
}

int route_find(const char *method, const char *path, struct route *route_out)
{
    *route_out = (struct route){0};
    if (strcmp(path, "/v1/feed") == 0) {
        return one_method(method, "GET", CORE_FEED, 0, route_out);
    }
    if (strcmp(path, "/v1/session") == 0) {
        return one_method(method, "POST", CORE_SESSION, ROUTE_JSON_MAX, route_out);
    }
    if (strcmp(path, "/v1/enrol") == 0) {
        return one_method(method, "POST", CORE_ENROL, ROUTE_JSON_MAX, route_out);
    }
    if (strncmp(path, LOG_PATH, strlen(LOG_PATH)) == 0) {
        return find_log(method, path + strlen(LOG_PATH), route_out);
    }
    return 404;
}

bool route_since(struct route *route, const char *text)
{
    return text != NULL && read_number(text, 0, &route->since);
}

bool route_wait(struct route *route, const char *text)
{
    int64_t wait = 0;
    if (text != NULL && !read_number(text, 0, &wait)) {
        return false;
    }
    route->wait_s = wait > ROUTE_WAIT_MAX_S ? ROUTE_WAIT_MAX_S : (int)wait;
    return true;
}

bool route_most(struct route *route, const char *text)
{
    int64_t most = 0;
    if (text != NULL && !read_number(text, 1, &most)) {
        return false;
    }
    route->most = most > WIRE_PAGE_ROWS ? WIRE_PAGE_ROWS : (int)most;
    return true;
}

const char *route_error(int status)
{
    switch (status) {
    case 400:
        return "{\"error\":\"malformed\"}";
    case 401:
        return "{\"error\":\"token\"}";
    case 404:
        return "{\"error\":\"not-found\"}";
    case 405:
        return "{\"error\":\"method\"}";
    case 413:
        return "{\"error\":\"too-large\"}";
    default:
        return "{\"error\":\"busy\"}";
    }
}
