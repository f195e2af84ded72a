/* What the bodies of events say of work and people, as the rules ask for it. What is not
 * said means what is usual of work, and of people what protects most. */
#include "server/law.h"

#include "domain/participant.h"
#include "server/body.h"

#define LOAD_MAX 1000000 /* grams */

/* ---- the work -------------------------------------------------------------------- */

enum { DATE, START, END, BREAK, SITE, KIND, LOAD, DANGEROUS, PACED, ALCOHOL, MEMBERS };

static bool read_hours(const struct str *values, struct offer_work *work)
{
    int64_t rest;
    if (!value_date(values[DATE], &work->date) ||
        !value_time(values[START], &work->start) ||
        !value_time(values[END], &work->end) ||
        !value_int_or_0(values[BREAK], MINUTES_PER_DAY, &rest)) {
        return false;
    }
    work->break_minutes = (int)rest;
    return work->start < work->end;
}

static bool read_kinds(const struct str *values, struct offer_work *work)
{
    struct str site, kind;
    if (!value_text(values[SITE], &site) || !value_text(values[KIND], &kind)) {
        return false;
    }
    int site_kind = site_kind_from_name(site), work_kind = work_kind_from_name(kind);
    if (site_kind < 0 || work_kind < 0) {
        return false;
    }
    work->site_kind = (enum site_kind)site_kind;
    work->work_kind = (enum work_kind)work_kind;
    return true;
}

/* In one walk: it is read again for every other work of the same person. */
bool law_work_read(struct str body, struct offer_work *work_out)
{
    static const char *const names[MEMBERS] = {
        [DATE] = "date",      [START] = "start",
        [END] = "end",        [BREAK] = "break_minutes",
        [SITE] = "site_kind", [KIND] = "work_kind",
        [LOAD] = "load_g",    [DANGEROUS] = "dangerous",
        [PACED] = "paced",    [ALCOHOL] = "alcohol_tobacco",
    };
    struct str values[MEMBERS];
    struct offer_work work = {0};
    int64_t load;
    body_values(body, names, MEMBERS, values);
    if (!read_hours(values, &work) || !read_kinds(values, &work) ||
        !value_int_or_0(values[LOAD], LOAD_MAX, &load) ||
        !value_flag_or_false(values[DANGEROUS], &work.dangerous) ||
        !value_flag_or_false(values[PACED], &work.paced) ||
        !value_flag_or_false(values[ALCOHOL], &work.alcohol_tobacco)) {
        return false;
    }
    work.load_g = (int)load;
    *work_out = work;
    return true;
}

/* ---- the person ------------------------------------------------------------------ */

static bool read_band(struct str body, struct participant *who)
{
    static const char *const bands[AGE_BAND_COUNT] = {"13-14", "15", "16-17", "18+"};
    struct str word;
    if (!body_text(body, "band", &word)) {
        return false;
    }
    for (int i = 0; i < AGE_BAND_COUNT; i++) {
        if (str_eq(word, str_of(bands[i]))) {
            who->band = (enum age_band)i;
            return true;
        }
    }
    return false;
}

/* A day that cannot be read is one that is over: the side that protects. */
static void read_until(struct str object, const char *name, date_t *until)
{
    struct str value;
    *until = DATE_NONE;
    if (body_value(object, name, &value) && !body_date(object, name, until)) {
        *until = 0;
    }
}

static void read_consent(struct str body, struct consent *consent)
{
    struct str consents, custodian;
    if (body_object(body, "consents", &consents) &&
        body_object(consents, "custodian", &custodian) &&
        body_flag(custodian, "given", &consent->given)) {
        read_until(custodian, "until", &consent->until);
    }
}

bool law_person_read(struct str body, date_t on, struct rules_person *person_out)
{
    struct participant who = {.band_until = DATE_NONE};
    struct consent consent = {.given = false};
    bool schooling = true;
    if (!read_band(body, &who)) {
        return false;
    }
    if (!body_date(body, "band_until", &who.band_until)) {
        who.band_until = DATE_NONE;
    }
    if (!body_flag(body, "full_time_schooling", &schooling)) {
        schooling = true;
    }
    read_consent(body, &consent);
    *person_out = (struct rules_person){age_band_years(participant_band(&who, on)),
                                        schooling, consent_valid(&consent, on)};
    return true;
}
