#include "sheet_box.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct sheet_box {
    pthread_mutex_t lock;
    int count; /* handed over and not yet taken */
    int dirty; /* this many may hold something */
    struct sheet_item items[SHEET_ITEMS_MAX];
};

enum err sheet_box_open(struct sheet_box **box_out)
{
    struct sheet_box *box = calloc(1, sizeof *box);
    if (box == NULL) {
        return ERR_FULL;
    }
    pthread_mutex_init(&box->lock, NULL);
    *box_out = box;
    return ERR_OK;
}

/* With the lock held. Only what was written: the rest shall stay untouched memory. */
static void wipe(struct sheet_box *box)
{
    sodium_memzero(box->items, (size_t)box->dirty * sizeof box->items[0]);
    box->count = box->dirty = 0;
}

void sheet_box_close(struct sheet_box *box)
{
    if (box != NULL) {
        wipe(box);
        pthread_mutex_destroy(&box->lock);
        free(box);
    }
}

void sheet_box_wipe(struct sheet_box *box)
{
    pthread_mutex_lock(&box->lock);
    wipe(box);
    pthread_mutex_unlock(&box->lock);
}

struct sheet_item *sheet_box_begin(struct sheet_box *box)
{
    sheet_box_wipe(box);
    return box->items;
}

void sheet_box_put(struct sheet_box *box, int count)
{
    CHECK(count >= 0 && count <= SHEET_ITEMS_MAX);
    pthread_mutex_lock(&box->lock);
    box->count = box->dirty = count;
    pthread_mutex_unlock(&box->lock);
}

void sheet_box_take(struct sheet_box *box, struct model *model)
{
    static const struct form_set no_forms = {NULL, 0};
    const struct form_set *forms = model->env.forms ? model->env.forms : &no_forms;
    struct sheet_open *open = &model->sheet;
    pthread_mutex_lock(&box->lock);
    int count = box->count;
    memcpy(open->items, box->items, (size_t)count * sizeof open->items[0]);
    wipe(box);
    pthread_mutex_unlock(&box->lock);
    CHECK(sheet_build(open->items, (size_t)count, forms, model->visit.who.interests,
                      &open->sheet) == ERR_OK);
}
