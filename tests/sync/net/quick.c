/* Memory for SQLite from free lists by size. It never goes back: a run uses as much as
 * the one before. Sanitizers keep their own, which finds more. */
#include "sync/net/quick.h"

#include "base/check.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#define STEP 16
#define CLASSES 1024    /* up to 16 kB; larger ones come from malloc */
#define CHUNK (1 << 20) /* taken at once */
#define HEAD sizeof(size_t) /* SQLite asks for no more than 8 bytes of alignment */

struct block {
    size_t size;        /* of what follows */
    struct block *next; /* while it is free */
};

static struct block *free_lists[CLASSES];
static char *chunk_at, *chunk_end;

static size_t class_of(size_t size)
{
    return (size + STEP - 1) / STEP;
}

static struct block *cut(size_t size)
{
    if ((size_t)(chunk_end - chunk_at) < size + HEAD) {
        chunk_at = malloc(CHUNK);
        CHECK(chunk_at);
        chunk_end = chunk_at + CHUNK;
    }
    struct block *block = (struct block *)chunk_at;
    chunk_at += size + HEAD;
    return block;
}

static void *quick_get(int wanted)
{
    size_t class = class_of((size_t)wanted), size = class * STEP;
    struct block *block;
    if (class >= CLASSES) {
        block = malloc(size + HEAD);
        CHECK(block);
    } else if (free_lists[class]) {
        block = free_lists[class];
        free_lists[class] = block->next;
    } else {
        block = cut(size);
    }
    block->size = size;
    return (char *)block + HEAD;
}

static struct block *block_of(void *at)
{
    return (struct block *)((char *)at - HEAD);
}

static void quick_free(void *at)
{
    struct block *block = block_of(at);
    size_t class = class_of(block->size);
    if (class >= CLASSES) {
        free(block);
    } else {
        block->next = free_lists[class];
        free_lists[class] = block;
    }
}

static int quick_size(void *at)
{
    return at ? (int)block_of(at)->size : 0;
}

static void *quick_resize(void *at, int wanted)
{
    size_t had = block_of(at)->size;
    if ((size_t)wanted <= had) {
        return at;
    }
    void *moved = quick_get(wanted);
    memcpy(moved, at, had);
    quick_free(at);
    return moved;
}

static int quick_round(int wanted)
{
    return (int)(class_of((size_t)wanted) * STEP);
}

static int quick_init(void *ctx)
{
    (void)ctx;
    return SQLITE_OK;
}

static void quick_done(void *ctx)
{
    (void)ctx;
}

void quick_memory(void)
{
    static const sqlite3_mem_methods methods = {quick_get,  quick_free,  quick_resize,
                                                quick_size, quick_round, quick_init,
                                                quick_done, NULL};
    mallopt(M_MMAP_THRESHOLD, 64 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
#ifndef __SANITIZE_ADDRESS__
    sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
#else
    (void)methods;
#endif
}
