#include "text/lru.h"

#include <string.h>

void lru_init(struct lru *lru, size_t cost_max, void (*free)(struct lru_entry *entry))
{
    memset(lru, 0, sizeof *lru);
    lru->cost_max = cost_max;
    lru->free = free;
}

static struct lru_entry **bucket_of(struct lru *lru, uint64_t hash)
{
    return &lru->buckets[(hash ^ hash >> 32) % LRU_BUCKETS];
}

static void list_remove(struct lru *lru, struct lru_entry *entry)
{
    *(entry->newer ? &entry->newer->older : &lru->newest) = entry->older;
    *(entry->older ? &entry->older->newer : &lru->oldest) = entry->newer;
}

static void list_add(struct lru *lru, struct lru_entry *entry)
{
    entry->newer = NULL;
    entry->older = lru->newest;
    *(lru->newest ? &lru->newest->newer : &lru->oldest) = entry;
    lru->newest = entry;
}

static void drop(struct lru *lru, struct lru_entry *entry)
{
    struct lru_entry **at = bucket_of(lru, entry->hash);
    while (*at != entry) {
        at = &(*at)->chain;
    }
    *at = entry->chain;
    list_remove(lru, entry);
    lru->cost -= entry->cost;
    lru->free(entry);
}

void lru_done(struct lru *lru)
{
    while (lru->oldest) {
        drop(lru, lru->oldest);
    }
}

struct lru_entry *lru_find(struct lru *lru, uint64_t hash, lru_match *match,
                           const void *key)
{
    struct lru_entry *entry = *bucket_of(lru, hash);
    while (entry && (entry->hash != hash || !match(entry, key))) {
        entry = entry->chain;
    }
    if (entry && entry != lru->newest) {
        list_remove(lru, entry);
        list_add(lru, entry);
    }
    return entry;
}

void lru_put(struct lru *lru, struct lru_entry *entry, uint64_t hash, size_t cost)
{
    struct lru_entry **bucket = bucket_of(lru, hash);
    entry->hash = hash;
    entry->cost = cost;
    entry->chain = *bucket;
    *bucket = entry;
    list_add(lru, entry);
    lru->cost += cost;
    while (lru->cost > lru->cost_max && lru->oldest != entry) {
        drop(lru, lru->oldest);
    }
}

uint64_t lru_hash(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ p[i]) * UINT64_C(0x100000001B3);
    }
    return hash;
}

uint64_t lru_hash_int(uint64_t hash, int value)
{
    return (hash ^ (uint32_t)value) * UINT64_C(0x100000001B3);
}
