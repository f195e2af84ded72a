/* The running numbers of a centre: the feed's revision with the sum over its rows, and
 * how many wishes were received.
 *
 * An upload changes them for every other line: its scene has room for them, they are read
 * at the first change and written once at its end. A scene without that room (staff) reads
 * and writes them for each change. */
#ifndef SERVER_NUMBERS_H
#define SERVER_NUMBERS_H

#include "proof/digest.h"
#include "server/effects.h"

struct numbers {
    bool open; /* read, and the centre's row held since */
    int64_t rev, live, received;
    struct digest digest;
};

/* Begins a change: *at_out is the scene's own, or else `spare`. */
enum err numbers_open(const struct scene *scene, struct numbers *spare,
                      struct numbers **at_out) NODISCARD;
/* Ends a change: writes them unless they are the scene's own. */
enum err numbers_close(const struct scene *scene, const struct numbers *at) NODISCARD;
/* Writes the scene's own, if anything was changed. At the end of its job, before anybody
 * reads the centre's row. */
enum err numbers_write(const struct scene *scene) NODISCARD;

#endif
