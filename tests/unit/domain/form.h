/* The form that travels inside the program, and seeded answers to it. */
#ifndef DOMAIN_FORM_H
#define DOMAIN_FORM_H

#include "base/asset.h"
#include "domain/evaluation.h"
#include "support/support.h"
#include "unit/unit.h"

static inline struct str form_asset(void)
{
    const struct asset *a = asset_find("forms/evaluation.json");
    assert_non_null(a);
    return (struct str){(const char *)a->data, a->len};
}

static inline void form_open(struct evaluation_form *form)
{
    char memory[256];
    struct buf error;
    buf_init(&error, memory, sizeof memory);
    if (evaluation_form_load(form_asset(), &error, form) != ERR_OK) {
        fail_msg("%s", memory);
    }
}

static inline struct evaluation_view form_random_view(const struct rng *rng,
                                                      const struct evaluation_form *form,
                                                      enum form_side side)
{
    struct evaluation_view v;
    evaluation_view_init(&v, side, form->version);
    for (int i = 0; i < form->aspect_count; i++) {
        uint32_t steps = (uint32_t)form->aspects[i].step_count;
        v.aspects[i] = (int8_t)((int)rng_below(rng, steps + 1) - 1);
    }
    for (int i = 0; side == SIDE_SELF && i < form->about_count; i++) {
        uint32_t steps = (uint32_t)form->about[i].step_count;
        v.about_site[i] = (int8_t)((int)rng_below(rng, steps + 1) - 1);
    }
    v.again = (int8_t)((int)rng_below(rng, 4) - 1);
    v.tiles = (uint16_t)(rng_below(rng, 1u << form->tile_count) &
                         rng_below(rng, 1u << form->tile_count));
    v.has_own_words = rng_below(rng, 2);
    return v;
}

#endif
