#include "server/decide.h"

#include "base/plant.h"

static const char *const stands[] = {"asked",     "wanted",   "waiting",
                                     "confirmed", "declined", "undone"};
_Static_assert(ARRAY_LEN(stands) == STAND_COUNT, "a word for each");

const char *stand_name(enum stand stand)
{
    CHECK((int)stand >= 0 && stand < STAND_COUNT);
    return stands[stand];
}

enum stand stand_from_name(struct str name)
{
    int stand = 0;
    while (stand < STAND_COUNT && !str_eq(name, str_of(stands[stand]))) {
        stand++;
    }
    return (enum stand)stand;
}

int64_t decide_free(const struct decide_count *count)
{
    int64_t leased = PLANTED(PLANT_LEASES_UNCOUNTED) ? 0 : count->leased;
    int64_t free = count->places - count->confirmed - leased;
    return free > 0 ? free : 0;
}

int64_t decide_share(const struct decide_count *count, int64_t kiosks)
{
    int64_t spare = decide_free(count) - count->queued;
    if (spare <= 0 || kiosks <= 0) {
        return 0;
    }
    return kiosks == 1 ? spare - spare / 4 : spare * 3 / 4 / kiosks;
}

enum decide_from decide_kiosk(const struct decide_count *count,
                              const struct decide_lease *lease)
{
    if (lease->found && lease->open && lease->used < lease->places) {
        return FROM_LEASE;
    }
    return !count || decide_free(count) > 0 ? FROM_CENTRE : FROM_NOWHERE;
}

/* A no stays a no: who was told so may ask anew, and then it is another wish. */
static enum decide_answer decided(enum stand stand, bool confirm)
{
    switch (stand) {
    case STAND_UNDONE:
        return DECIDE_UNDONE;
    case STAND_DECLINED:
        return confirm ? DECIDE_DECLINED : DECIDE_ALREADY;
    case STAND_CONFIRMED:
        return confirm ? DECIDE_ALREADY : DECIDE_OK;
    default:
        return DECIDE_OK;
    }
}

enum decide_answer decide_coach(enum stand stand, bool confirm, bool rules_allow,
                                const struct decide_count *count)
{
    enum decide_answer answer = decided(stand, confirm);
    if (answer != DECIDE_OK || !confirm) {
        return answer;
    }
    if (!rules_allow) {
        return DECIDE_RULES;
    }
    if (!count || decide_free(count) > 0) {
        return DECIDE_OK;
    }
    return count->leased > 0 ? DECIDE_LEASED : DECIDE_FULL;
}

enum decide_queue decide_queue(const struct decide_count *count)
{
    if (count->confirmed >= count->places) {
        return QUEUE_WAITS;
    }
    return decide_free(count) > 0 ? QUEUE_MOVES_UP : QUEUE_STAYS;
}
