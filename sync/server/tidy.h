/* What grows and is needed no longer: once an hour, when nothing else is to be done. */
#ifndef SERVER_TIDY_H
#define SERVER_TIDY_H

#include "server/storage.h"

/* So many deletions a centre's feed keeps in mind. A kiosk that was away for longer starts
 * its feed anew, which costs it the live rows once. */
#define TIDY_DELETIONS_KEPT 1000

/* Own transaction. */
enum err tidy_feeds(struct storage *storage) NODISCARD;

#endif
