/* The contacts of a device: its clock beside the centre's. when.h makes times of them. */
#ifndef SERVER_ANCHOR_H
#define SERVER_ANCHOR_H

#include "server/storage.h"
#include "server/when.h"

struct anchor {
    struct uid centre, dev;
    int64_t epoch, boot;
    struct when_anchor when;
};

/* Of a boot the first contact and the last few stay. */
enum err anchor_put(struct storage *storage, const struct anchor *anchor) NODISCARD;
/* Only if the boot has none yet: for what says less than a session. */
enum err anchor_put_first(struct storage *storage, const struct anchor *anchor) NODISCARD;
/* What is known of `where`'s boot; its `when` is not looked at. */
enum err anchor_get(struct storage *storage, const struct anchor *where,
                    struct when *when_out) NODISCARD;

#endif
