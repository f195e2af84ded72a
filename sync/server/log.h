/* Where the log of one device and epoch stands at the server. */
#ifndef SERVER_LOG_H
#define SERVER_LOG_H

#include "proof/chain.h"
#include "server/storage.h"
#include "wire/bytes.h"

struct log {
    int64_t epoch, start, seq, signed_seq;
    struct chain_hash head;
    bool has_signature;
    uint8_t signature[KEY_SIGNATURE_SIZE]; /* of the head at signed_seq */
};

/* ERR_NOT_FOUND: nothing came of that epoch. */
enum err log_get(struct storage *storage, struct uid centre, struct uid dev, int64_t epoch,
                 struct log *log_out) NODISCARD;
enum err log_put(struct storage *storage, struct uid centre, struct uid dev,
                 const struct log *log) NODISCARD;
/* Is there a log of a later epoch? Then two bodies write. */
enum err log_is_old(struct storage *storage, struct uid centre, struct uid dev,
                    int64_t epoch, bool *old_out) NODISCARD;
/* "start":…,"seq":…,"head":… as it stands in answers. log NULL: nothing came. */
void log_write_json(const struct log *log, struct bytes *out);

#endif
