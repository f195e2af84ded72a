/* People of other kiosks of the same centre: their card works here as well.
 *
 * Nobody is taken over who was not here: a kiosk knows whom it has seen, not all of the
 * centre. Their pictures and their sheet stay where they enrolled. */
#ifndef STORE_ADOPT_H
#define STORE_ADOPT_H

#include "store/sync.h"

/* Whoever the centre says holds this card becomes a person of this kiosk. ERR_NOT_FOUND:
 * nobody does, or was deleted here and the centre does not know yet. */
enum err adopt_by_card(struct store *store,
                       const uint8_t card[STORE_LOOKUP_SIZE]) NODISCARD;
/* Inside a write transaction, for a row `person`: somebody of this kiosk got a new card
 * at another one, so the old one opens nothing any more. Else nothing. */
enum err adopt_new_card(struct store *store, struct str id, struct str body,
                        int *facts) NODISCARD;

#endif
