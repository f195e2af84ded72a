#include "domain/offer.h"

static const char *const site_kinds[SITE_KIND_COUNT] = {
    [SITE_PRIVATE] = "private",
    [SITE_NONPROFIT] = "nonprofit",
    [SITE_BUSINESS] = "business",
};

static const char *const work_kinds[WORK_KIND_COUNT] = {
    [WORK_DELIVERY] = "delivery",   [WORK_HOUSE] = "house",
    [WORK_GARDEN] = "garden",       [WORK_ERRANDS] = "errands",
    [WORK_SHOPPING] = "shopping",   [WORK_CHILDCARE] = "childcare",
    [WORK_TUTORING] = "tutoring",   [WORK_PETS] = "pets",
    [WORK_FARM] = "farm",           [WORK_SPORT_HELP] = "sport_help",
    [WORK_EVENT] = "event",         [WORK_CATERING] = "catering",
    [WORK_MARKET] = "market",       [WORK_PERFORMANCE] = "performance",
    [WORK_CARE_HOME] = "care_home", [WORK_CRAFT] = "craft",
    [WORK_OFFICE] = "office",       [WORK_MEDIA] = "media",
    [WORK_OTHER] = "other",
};

static int find(const char *const *names, int count, struct str name)
{
    for (int i = 0; i < count; i++) {
        if (str_eq(str_of(names[i]), name)) {
            return i;
        }
    }
    return -1;
}

int offer_paid_minutes(const struct offer *offer)
{
    return offer->work.end - offer->work.start - offer->work.break_minutes;
}

int offer_cents(const struct offer *offer)
{
    return (int)((int64_t)offer_paid_minutes(offer) * offer->cents_per_hour / 60);
}

int offer_free(const struct offer *offer)
{
    return offer->places - offer->taken;
}

int site_kind_from_name(struct str name)
{
    return find(site_kinds, SITE_KIND_COUNT, name);
}

int work_kind_from_name(struct str name)
{
    return find(work_kinds, WORK_KIND_COUNT, name);
}

const char *site_kind_name(enum site_kind kind)
{
    CHECK((int)kind >= 0 && kind < SITE_KIND_COUNT);
    return site_kinds[kind];
}

const char *work_kind_name(enum work_kind kind)
{
    CHECK((int)kind >= 0 && kind < WORK_KIND_COUNT);
    return work_kinds[kind];
}
