/* Lookup keys of cards: kept here, and told to the centre this kiosk belongs to, so that
 * a card opens at each of its kiosks. A key is a keyed hash of the card's 160 random
 * bits: it tells nothing of the card. Inside write transactions. */
#ifndef STORE_CARD_KEYS_H
#define STORE_CARD_KEYS_H

#include "store/store.h"

/* A new card of the person; the lookup keys of replaced ones have no further use. */
enum err card_key_put(struct store *store, struct uid card,
                      const uint8_t lookup[STORE_LOOKUP_SIZE]) NODISCARD;
enum err card_keys_drop_old(struct store *store, struct uid participant) NODISCARD;
/* Nothing if this kiosk belongs to no centre. */
enum err card_key_tell(struct store *store, struct uid card, struct uid participant,
                       const uint8_t lookup[STORE_LOOKUP_SIZE]) NODISCARD;
/* All cards that are good here, to a centre that is new. */
enum err card_keys_tell(struct store *store) NODISCARD;

#endif
