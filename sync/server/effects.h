/* What an event changes at the centre: wishes, people, leases, tasks, rows of the feed. Once
 * for each line hash; due.h says when. */
#ifndef SERVER_EFFECTS_H
#define SERVER_EFFECTS_H

#include "base/clock.h"
#include "base/rng.h"
#include "server/storage.h"
#include "wire/line.h"

struct law_books;
struct numbers;
struct people_known;

/* The centre as one transaction sees it. */
struct scene {
    struct storage *storage;
    const struct rng *rng;
    struct law_books *books; /* law.h; NULL: read anew for each question */
    struct numbers *numbers; /* numbers.h; NULL: read and written for each change */
    struct people_known *known; /* people.h; NULL: looked up for each question */
    struct uid centre;
    int64_t now_ms;
    /* Whose event it is; nil and 0 for what staff do at the centre. */
    struct uid dev;
    int64_t epoch;
};

/* Anything but OK parks the event: stored, and tried again by a newer server. */
enum verdict { VERDICT_OK, VERDICT_KIND, VERDICT_VERSION, VERDICT_BODY, VERDICT_LINE };
const char *verdict_name(enum verdict verdict); /* "ok" "kind" "version" "body" "line" */

/* ERR_OK with a verdict; another error only if the storage failed. A verdict other than OK
 * has changed nothing. The event's row must be there already: what is said of somebody who
 * was forgotten has no effect, and its line is emptied at once. */
enum err effects_apply(const struct scene *scene, const struct wire_line *line,
                       enum verdict *verdict_out) NODISCARD;
/* Whom the event is about: its line can then be erased with the person. Nil: nobody. */
struct uid effects_participant(const struct wire_line *line);

/* Erases a person at the centre: lines (hashes stay), wishes, person; places they held come
 * free; the row `forgotten` tells every kiosk. Harmless to repeat. */
enum err people_forget(const struct scene *scene, struct uid participant) NODISCARD;

#endif
