/* The link by libcurl: HTTP/1.1, TLS 1.2 or 1.3, one connection that is kept. */
#ifndef CLIENT_LINK_CURL_H
#define CLIENT_LINK_CURL_H

#include "client/link.h"

#include <stdint.h>

/* Before any other thread is started. ERR_UNSUPPORTED, ERR_FULL. */
enum err link_curl_open(struct link *link_out) NODISCARD;
/* The request that is under way, and each one after it, ends at once with status 0: the
 * program is to end. From any thread. */
void link_curl_stop(const struct link *link);
/* An interrupt that no long poll met is void from here on. From any thread. */
void link_curl_calm(const struct link *link);
/* Bytes of HTTP that went out and came in since it was opened, without TLS. */
void link_curl_bytes(const struct link *link, int64_t *sent_out, int64_t *got_out);

#endif
