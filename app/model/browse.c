/* Which offers are shown to whom: rules and matching put to work, nothing of their own. */
#include "model/model.h"

#include <string.h>

#define SHORT_MINUTES 120

static struct rules_person told_person(enum age_choice age)
{
    /* The youngest age of the choice, and consent taken as given: nobody has signed in
     * yet, and the offer's screen says that a signature will be needed. */
    switch (age) {
    case AGE_IS_15_17:
    case AGE_IS_15_17_SCHOOL:
        return (struct rules_person){15, true, true};
    case AGE_IS_15_17_FREE:
        return (struct rules_person){15, false, true};
    case AGE_IS_18:
        return (struct rules_person){18, false, true};
    case AGE_IS_13_14:
        return (struct rules_person){13, true, true};
    default:
        return (struct rules_person){12, true, true};
    }
}

bool browse_person(const struct model *model, date_t on, struct rules_person *person_out)
{
    const struct participant *who = &model->visit.who;
    if (!model->visit.signed_in) {
        *person_out = told_person(model->browse.age);
        return model->browse.age != AGE_UNKNOWN;
    }
    enum age_band band = participant_band(who, on);
    *person_out = (struct rules_person){
        .age = age_band_years(band),
        .full_time_schooling = who->full_time_schooling,
        .consent = consent_valid(&who->consents[CONSENT_CUSTODIAN], on),
    };
    return true;
}

static size_t history_of(const struct model *model, const char *but_code,
                         struct rules_work *history)
{
    size_t count = 0;
    for (int i = 0; i < model->visit.wish_count; i++) {
        const struct wish *wish = &model->visit.wishes[i];
        if (!wish_counts(wish) || strcmp(wish->code, but_code) == 0) {
            continue;
        }
        struct rules_day day = calendar_day(model->env.calendar, wish->work.date, NULL);
        history[count++] = (struct rules_work){
            .date = wish->work.date,
            .start = wish->work.start,
            .end = wish->work.end,
            .break_minutes = wish->work.break_minutes,
            .in_holidays_quota = day.school_holiday && model->visit.who.full_time_schooling,
        };
    }
    return count;
}

static void judge(const struct model *model, const struct offer *offer, bool with_history,
                  struct rules_verdict *verdict)
{
    struct rules_person person;
    struct rules_work history[WISHES_MAX];
    struct rules_day day = calendar_day(model->env.calendar, offer->work.date, NULL);
    size_t count = with_history ? history_of(model, offer->code, history) : 0;
    browse_person(model, offer->work.date, &person);
    rules_check(model->env.rules, &person, &offer->work, &day, history, count, verdict);
}

static bool suits_site(const struct model *model, const struct offer *offer)
{
    struct rules_person person;
    browse_person(model, offer->work.date, &person);
    return person.age >= offer->min_age &&
           !(offer->after_schooling && person.full_time_schooling && person.age < 18);
}

static bool has_begun(const struct model *model, const struct offer *offer)
{
    return offer->work.date < model->today ||
           (offer->work.date == model->today && offer->work.start <= model->minute);
}

static bool passes(const struct model *model, const struct offer *offer, enum filter filter)
{
    switch (filter) {
    case FILTER_TODAY:
        return offer->work.date == model->today;
    case FILTER_WEEK:
        return date_week_start(offer->work.date) == date_week_start(model->today);
    case FILTER_SHORT:
        return offer_paid_minutes(offer) <= SHORT_MINUTES;
    case FILTER_PAIR:
        return offer_free(offer) >= 2;
    case FILTER_NEW:
        return !field_in(model->visit.who.tried, offer->field);
    default:
        return true;
    }
}

enum standing { STANDING_HIDDEN, STANDING_OPEN, STANDING_BLOCKED };

static enum standing standing_of(const struct model *model, const struct offer *offer)
{
    struct rules_verdict verdict;
    if (has_begun(model, offer) || !suits_site(model, offer)) {
        return STANDING_HIDDEN;
    }
    judge(model, offer, true, &verdict);
    if (verdict.allowed) {
        return offer_free(offer) > 0 ? STANDING_OPEN : STANDING_BLOCKED;
    }
    judge(model, offer, false, &verdict);
    return verdict.allowed ? STANDING_BLOCKED : STANDING_HIDDEN;
}

/* Sorts into eligible (for the matching) and blocked (by date, at the end). */
static int sort_standings(const struct model *model, bool *eligible, int *blocked)
{
    int blocked_count = 0;
    struct rules_person person;
    bool known = browse_person(model, model->today, &person);
    for (int i = 0; i < model->offer_count; i++) {
        enum standing standing =
            known ? standing_of(model, &model->offers[i]) : STANDING_HIDDEN;
        eligible[i] = standing == STANDING_OPEN;
        if (standing == STANDING_BLOCKED) {
            blocked[blocked_count++] = i;
        }
    }
    return blocked_count;
}

void browse_refresh(struct model *model)
{
    static const struct match_wishes nothing_known;
    bool eligible[OFFERS_MAX];
    int blocked[OFFERS_MAX];
    struct match_entry order[OFFERS_MAX];
    struct browse *browse = &model->browse;
    struct match_wishes wishes = nothing_known;
    if (model->visit.signed_in) {
        const struct participant *who = &model->visit.who;
        wishes.interests = who->interests;
        wishes.tried = who->tried;
        wishes.again = who->again;
        wishes.district = who->district;
    }
    wishes.declined = browse->declined;
    wishes.today = model->today;
    wishes.now = model->minute;
    int blocked_count = sort_standings(model, eligible, blocked);
    int order_count = (int)match_order(model->offers, eligible, (size_t)model->offer_count,
                                       &wishes, order);
    browse->all_count = order_count + blocked_count;
    browse->shown_count = 0;
    for (int i = 0; i < browse->all_count; i++) {
        bool is_blocked = i >= order_count;
        int offer = is_blocked ? blocked[i - order_count] : order[i].offer;
        if (passes(model, &model->offers[offer], browse->filter)) {
            browse->shown[browse->shown_count++] = (struct shown){
                .offer = offer,
                .because = is_blocked ? BECAUSE_NONE : order[i].because,
                .blocked = is_blocked,
            };
        }
    }
}

void browse_judge(struct model *model)
{
    struct rules_person person;
    const struct offer *offer = &model->offers[model->browse.offer];
    if (browse_person(model, offer->work.date, &person)) {
        judge(model, offer, true, &model->browse.verdict);
    } else {
        model->browse.verdict = (struct rules_verdict){.allowed = true};
    }
}
