#include "sync/net/shrink.h"

#include <stdio.h>
#include <string.h>

struct shrinking {
    struct world *world;
    uint64_t seed;
    struct world_options options;
    bool skip[WORLD_STEPS_MAX + 1];
    char wrong[24];
};

static bool still_fails(struct shrinking *s)
{
    return !world_run(s->world, s->seed, &s->options) &&
           strcmp(s->world->wrong, s->wrong) == 0;
}

/* Leaves out `size` steps at a time, wherever that does not help the run. */
static bool pass(struct shrinking *s, int size)
{
    bool any = false;
    for (int from = 1; from <= s->options.steps; from += size) {
        bool before[WORLD_STEPS_MAX + 1];
        bool more = false;
        memcpy(before, s->skip, sizeof before);
        for (int i = from; i < from + size && i <= s->options.steps; i++) {
            more = more || !s->skip[i];
            s->skip[i] = true;
        }
        if (more && still_fails(s)) {
            any = true;
        } else {
            memcpy(s->skip, before, sizeof before);
        }
    }
    return any;
}

void shrink(struct world *world, uint64_t seed, const struct world_options *options)
{
    struct shrinking s = {.world = world, .seed = seed, .options = *options};
    const char *between = "";
    strcpy(s.wrong, world->wrong);
    s.options.trace = false;
    s.options.steps = world->steps;
    s.options.skip = s.skip;
    for (int size = world->steps / 2; size > 1; size /= 2) {
        pass(&s, size);
    }
    while (pass(&s, 1)) {
    }
    printf("  --seed %llu --keep ", (unsigned long long)seed);
    for (int i = 1; i <= world->steps; i++) {
        if (!s.skip[i]) {
            printf("%s%d", between, i);
            between = ",";
        }
    }
    still_fails(&s);
    printf("\n  %s: %s\n", world->wrong, world->what);
}
