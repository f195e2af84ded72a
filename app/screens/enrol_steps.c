#include "screens/enrol_steps.h"

#include "base/utf8.h"

#include <string.h>

#define MONTHS_PER_YEAR 12
/* School years in Berlin end on 31 July (SchulG Berlin §53). */
#define SCHOOL_YEAR_LAST_MONTH 7
#define SCHOOL_YEAR_LAST_DAY 31

static const char *const aliases[] = {
    "Falke", "Luchs", "Delta", "Komet", "Otter", "Lava",  "Nordlicht", "Puma",
    "Kiwi",  "Dachs", "Orbit", "Mango", "Panda", "Biber", "Koralle",   "Turbo",
};

int enrol_alias_count(void)
{
    return (int)ARRAY_LEN(aliases);
}

const char *enrol_alias(int index)
{
    CHECK(index >= 0 && index < (int)ARRAY_LEN(aliases));
    return aliases[index];
}

/* ---- dates ------------------------------------------------------------------------- */

static date_t month_after(date_t today, int months)
{
    struct date_ymd ymd = date_to_ymd(today);
    int month = ymd.month - 1 + months;
    return date_from_ymd(ymd.year + month / MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1,
                         1);
}

static date_t school_year_end(date_t today)
{
    struct date_ymd ymd = date_to_ymd(today);
    bool over = ymd.month > SCHOOL_YEAR_LAST_MONTH;
    return date_from_ymd(ymd.year + over, SCHOOL_YEAR_LAST_MONTH, SCHOOL_YEAR_LAST_DAY);
}

date_t enrol_consent_until(enum custodian_choice choice, date_t today)
{
    struct date_ymd ymd = date_to_ymd(today);
    switch (choice) {
    case CUSTODIAN_YEAR:
        /* The day before the same day of next year: also right for 29 February. */
        return ymd.month == 2 && ymd.day == 29
                   ? date_from_ymd(ymd.year + 1, 2, 28)
                   : date_from_ymd(ymd.year + 1, ymd.month, ymd.day) - 1;
    case CUSTODIAN_SCHOOL_YEAR:
        return school_year_end(today);
    default:
        return DATE_NONE;
    }
}

int enrol_months_max(enum age_band band)
{
    return band == AGE_18 ? 0 : band == AGE_15 ? MONTHS_PER_YEAR : 2 * MONTHS_PER_YEAR;
}

date_t enrol_birthday_month(date_t today, int months)
{
    return month_after(today, months - 1);
}

/* ---- answers ----------------------------------------------------------------------- */

/* The next band begins on the first of the month after the birthday: never too early. */
static void set_band_month(struct enrol_form *form, int months, date_t today)
{
    form->band_month = months;
    form->who.band_until = months > 0 ? month_after(today, months) : DATE_NONE;
}

static void set_band(struct enrol_form *form, enum age_band band, date_t today)
{
    bool moved = !form->answered[FORM_BAND] || form->who.band != band;
    form->who.band = band;
    if (!moved) {
        return;
    }
    set_band_month(form, 0, today);
    /* Everybody below 15 is a child at school (JArbSchG §2(1), SchulG Berlin §42); nobody
     * above 18 needs the question. */
    form->who.full_time_schooling = band == AGE_13_14;
    form->answered[FORM_SCHOOL] = band == AGE_13_14 || band == AGE_18;
    if (band == AGE_18) {
        form->who.consents[CONSENT_CUSTODIAN] = (struct consent){0};
        form->answered[FORM_CUSTODIAN] = false;
    }
}

static void set_custodian(struct enrol_form *form, enum custodian_choice choice,
                          date_t today)
{
    form->who.consents[CONSENT_CUSTODIAN] = (struct consent){
        .given = choice != CUSTODIAN_NO,
        .until = enrol_consent_until(choice, today),
    };
}

static bool in_range(const struct enrol_form *form, enum form_field field, int choice)
{
    int last[FORM_FIELD_COUNT] = {
        [FORM_ALIAS] = enrol_alias_count() - 1,
        [FORM_PICTURES] = -1, /* come as MSG_PICTURE */
        [FORM_BAND] = AGE_BAND_COUNT - 1,
        [FORM_BAND_MONTH] = enrol_months_max(form->who.band),
        [FORM_SCHOOL] = 1,
        [FORM_CUSTODIAN] = CUSTODIAN_COUNT - 1,
        [FORM_STORE] = 1,
        [FORM_INTERESTS] = FIELD_MAX,
        [FORM_LANGUAGES] = language_count() - 1,
    };
    return (int)field >= 0 && field < FORM_FIELD_COUNT && choice >= 0 &&
           choice <= last[field];
}

void enrol_answer(struct enrol_form *form, enum form_field field, int choice,
                  date_t today)
{
    if (!in_range(form, field, choice)) {
        return;
    }
    switch (field) {
    case FORM_ALIAS:
        str_copy(form->who.alias, sizeof form->who.alias, str_of(aliases[choice]));
        break;
    case FORM_BAND:
        set_band(form, (enum age_band)choice, today);
        break;
    case FORM_BAND_MONTH:
        set_band_month(form, choice, today);
        break;
    case FORM_SCHOOL:
        form->who.full_time_schooling = choice == 1;
        break;
    case FORM_CUSTODIAN:
        set_custodian(form, (enum custodian_choice)choice, today);
        break;
    case FORM_STORE:
        form->who.consents[CONSENT_STORE] = (struct consent){choice == 1, DATE_NONE};
        break;
    case FORM_INTERESTS:
        form->who.interests ^= choice > 0 ? 1u << choice : 0;
        break;
    case FORM_LANGUAGES:
        form->who.languages ^= 1u << choice;
        break;
    default:
        break;
    }
    form->answered[field] = true;
}

bool enrol_complete(const struct enrol_form *form, enum enrol_step step)
{
    switch (step) {
    case ENROL_ALIAS:
        return alias_valid(str_of(form->who.alias));
    case ENROL_PICTURES:
        return form->picture_count == SECRET_PICTURES;
    case ENROL_AGE:
        return form->answered[FORM_BAND] && form->answered[FORM_SCHOOL];
    case ENROL_CONSENT:
        return form->answered[FORM_STORE] &&
               (form->who.band == AGE_18 || form->answered[FORM_CUSTODIAN]);
    default:
        return true;
    }
}
