#include "offers_box.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct offers_box {
    pthread_mutex_t lock;
    int ready; /* which half the loop may read */
    size_t count;
    struct offer halves[2][OFFERS_MAX];
};

enum err offers_box_open(struct offers_box **box_out)
{
    struct offers_box *box = calloc(1, sizeof *box);
    if (box == NULL) {
        return ERR_FULL;
    }
    pthread_mutex_init(&box->lock, NULL);
    *box_out = box;
    return ERR_OK;
}

void offers_box_close(struct offers_box *box)
{
    if (box != NULL) {
        pthread_mutex_destroy(&box->lock);
        free(box);
    }
}

struct offer *offers_box_fill(struct offers_box *box)
{
    /* Only the worker changes `ready`, so it may read it without the lock. */
    return box->halves[!box->ready];
}

void offers_box_swap(struct offers_box *box, size_t count)
{
    CHECK(count <= OFFERS_MAX);
    pthread_mutex_lock(&box->lock);
    box->ready = !box->ready;
    box->count = count;
    pthread_mutex_unlock(&box->lock);
}

static int offer_of_code(const struct model *model, const char *code)
{
    for (int i = 0; i < model->offer_count; i++) {
        if (strcmp(model->offers[i].code, code) == 0) {
            return i;
        }
    }
    return -1;
}

/* Puts an offer that is no longer offered at the end of the list; returns where. */
static int keep_gone(struct model *model, const struct offer *gone)
{
    if (model->offer_count == OFFERS_MAX) {
        model->offer_count--;
    }
    int at = model->offer_count++;
    model->offers[at] = *gone;
    model->offers[at].taken = gone->places;
    return at;
}

void offers_box_take(struct offers_box *box, struct model *model)
{
    struct offer open = {0};
    bool is_open = model->browse.offer >= 0 && model->browse.offer < model->offer_count;
    if (is_open) {
        open = model->offers[model->browse.offer];
    }
    pthread_mutex_lock(&box->lock);
    memcpy(model->offers, box->halves[box->ready], box->count * sizeof model->offers[0]);
    model->offer_count = (int)box->count;
    pthread_mutex_unlock(&box->lock);
    model->offers_known = true;
    if (is_open) {
        int at = offer_of_code(model, open.code);
        model->browse.offer = at >= 0 ? at : keep_gone(model, &open);
    }
    browse_refresh(model);
}
