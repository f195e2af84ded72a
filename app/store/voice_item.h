/* Items that can be voted on, as they are stored, and the keys that stand for people. */
#ifndef STORE_VOICE_ITEM_H
#define STORE_VOICE_ITEM_H

#include "domain/voice.h"
#include "store/query.h"
#include "store/store.h"

#define VOICE_ITEM_COLUMNS "id, kind, state, tiles, words, title, answer"

void voice_item_read(struct query *q, struct voice_item *item_out); /* from column 0 on */
enum err voice_item_load(struct store *store, struct uid id,
                         struct voice_item *item_out) NODISCARD;

/* A keyed hash of a person for one purpose; without this kiosk's secret nobody can make
 * or link it. */
enum err voice_key(struct store *store, const char *purpose, struct uid participant,
                   const void *of, size_t of_len, struct uid *key_out) NODISCARD;

/* ---- votes.c ---- */
/* Memory for the votes of one item; free(box->votes). ERR_FULL. */
enum err votes_init(struct voice_box *box) NODISCARD;
/* All votes in their order, so that what is published is what it was at the time. */
enum err votes_load(struct store *store, const struct voice_item *item,
                    struct voice_box *box, struct voice_result *result_out) NODISCARD;
enum err votes_voter(struct store *store, struct uid participant, struct uid item,
                     struct uid *voter_out) NODISCARD;

#endif
