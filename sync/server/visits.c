#include "server/visits.h"

#include <stdlib.h>
#include <sys/socket.h>

void visits_init(struct visits *visits, struct clock clock)
{
    *visits = (struct visits){.clock = clock};
    pthread_mutex_init(&visits->lock, NULL);
}

void visits_done(struct visits *visits)
{
    pthread_mutex_destroy(&visits->lock);
}

struct visit *visits_come(struct visits *visits, int fd)
{
    struct visit *visit = malloc(sizeof *visit);
    if (visit == NULL) {
        return NULL;
    }
    *visit = (struct visit){.fd = fd, .since_ms = clock_mono_ms(&visits->clock)};
    pthread_mutex_lock(&visits->lock);
    visit->next = visits->first;
    visit->link = &visits->first;
    if (visits->first != NULL) {
        visits->first->link = &visit->next;
    }
    visits->first = visit;
    visits->count++;
    pthread_mutex_unlock(&visits->lock);
    return visit;
}

void visits_go(struct visits *visits, struct visit *visit)
{
    if (visit == NULL) {
        return;
    }
    pthread_mutex_lock(&visits->lock);
    *visit->link = visit->next;
    if (visit->next != NULL) {
        visit->next->link = visit->link;
    }
    visits->count--;
    pthread_mutex_unlock(&visits->lock);
    free(visit);
}

void visits_mark(struct visits *visits, struct visit *visit, bool busy)
{
    if (visit == NULL) {
        return;
    }
    pthread_mutex_lock(&visits->lock);
    visit->busy = busy;
    visit->since_ms = clock_mono_ms(&visits->clock);
    pthread_mutex_unlock(&visits->lock);
}

/* Only shut, not closed: the descriptor stays its owner's, who finds the line dead. */
void visits_sweep(struct visits *visits, int64_t idle_max_ms, int64_t busy_max_ms)
{
    int64_t now_ms = clock_mono_ms(&visits->clock);
    pthread_mutex_lock(&visits->lock);
    for (struct visit *visit = visits->first; visit != NULL; visit = visit->next) {
        int64_t max_ms = visit->busy ? busy_max_ms : idle_max_ms;
        if (visit->fd >= 0 && now_ms - visit->since_ms > max_ms) {
            shutdown(visit->fd, SHUT_RDWR);
            visit->fd = -1;
            visits->shut++;
        }
    }
    pthread_mutex_unlock(&visits->lock);
}
