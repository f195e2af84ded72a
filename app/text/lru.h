/* A bounded cache: entries by 64-bit hash, the longest unused go first.
 *
 * Entries are the caller's, each beginning with a struct lru_entry, and belong to the
 * cache from lru_put on; it frees them with the function given. Pointers to entries are
 * good until the next lru_put. One thread. */
#ifndef TEXT_LRU_H
#define TEXT_LRU_H

#include "base/buf.h"

#define LRU_BUCKETS 512

struct lru_entry {
    uint64_t hash;
    size_t cost; /* bytes */
    struct lru_entry *chain, *newer, *older;
};

struct lru {
    struct lru_entry *buckets[LRU_BUCKETS];
    struct lru_entry *newest, *oldest;
    size_t cost, cost_max;
    void (*free)(struct lru_entry *entry);
};

typedef bool lru_match(const struct lru_entry *entry, const void *key);

void lru_init(struct lru *lru, size_t cost_max, void (*free)(struct lru_entry *entry));
void lru_done(struct lru *lru);
/* The entry with this hash that `match` agrees to; NULL if none. It counts as used. */
struct lru_entry *lru_find(struct lru *lru, uint64_t hash, lru_match *match,
                           const void *key);
/* Takes `entry` in and drops old ones until cost_max holds; never `entry` itself. */
void lru_put(struct lru *lru, struct lru_entry *entry, uint64_t hash, size_t cost);

/* FNV-1a, to build such hashes from: start with LRU_HASH. */
#define LRU_HASH UINT64_C(0xCBF29CE484222325)
uint64_t lru_hash(uint64_t hash, const void *bytes, size_t len);
uint64_t lru_hash_int(uint64_t hash, int value);

#endif
