/* The slips of what comes after a wish: what stands on them, and what must not. */
#include "unit/unit.h"

#include "support/support.h"

#include "credentials.h"
#include "forms.h"
#include "slips.h"

#include <stdio.h>

#define OWN_WORDS "XYLOFON gestimmt"

static struct slip slip;
static struct model *model;
static struct forms *forms;

static struct wish a_wish(int day, const char *alias)
{
    struct wish wish = {
        .id = {{(uint8_t)day, 1}},
        .participant = {{9}},
        .field = 3,
        .cents = 1000,
        .work = {.date = date_from_ymd(2026, 11, day), .start = 900, .end = 1020}};
    str_copy(wish.alias, sizeof wish.alias, str_of(alias));
    str_copy(wish.code, sizeof wish.code, STR("H-1042"));
    str_copy(wish.title, sizeof wish.title, STR("Handyhilfe im Seniorencafé"));
    str_copy(wish.place, sizeof wish.place, STR("Seniorenhaus am Park"));
    str_copy(wish.district, sizeof wish.district, STR("Mitte"));
    return wish;
}

static struct sheet_item an_item(int day)
{
    struct sheet_item item = {.job = {{(uint8_t)day}},
                              .date = date_from_ymd(2026, 11, day),
                              .start = 900,
                              .end = 1020,
                              .field = 1 + day % FIELD_MAX,
                              .minutes = 120,
                              .confirmed = true,
                              .has_self = true,
                              .has_site = true,
                              .next_aspect = -1,
                              .next_index = -1};
    str_copy(item.title, sizeof item.title, STR("Handyhilfe im Seniorencafé"));
    str_copy(item.strength, sizeof item.strength, STR(OWN_WORDS));
    evaluation_view_init(&item.self, SIDE_SELF, 1);
    evaluation_view_init(&item.site, SIDE_SITE, 1);
    for (int i = 0; i < FORM_ASPECTS_MAX; i++) {
        item.self.aspects[i] = i < 6 ? (int8_t)(i % 2) : ANSWER_SKIPPED;
        item.site.aspects[i] = i < 6 ? 0 : ANSWER_SKIPPED;
    }
    item.self.tiles = (uint16_t)(day * 37 % 256);
    item.site.tiles = (uint16_t)(day * 91 % 256);
    return item;
}

static void fill_sheet(int count)
{
    for (int i = 0; i < count; i++) {
        model->sheet.items[i] = an_item(1 + i % 30);
        model->sheet.items[i].job.b[1] = (uint8_t)i;
        model->sheet.items[i].job.b[2] = (uint8_t)(i >> 8);
    }
    assert_int_equal(sheet_build(model->sheet.items, (size_t)count, forms_set(forms), 0,
                                 &model->sheet.sheet),
                     ERR_OK);
}

static int set_up(void **state)
{
    char memory[256];
    struct buf why;
    (void)state;
    buf_init(&why, memory, sizeof memory);
    assert_int_equal(forms_open(&why, &forms), ERR_OK);
    model = calloc(1, sizeof *model);
    model->env.forms = forms_set(forms);
    model->today = date_from_ymd(2026, 11, 25);
    str_copy(model->visit.who.alias, sizeof model->visit.who.alias, STR("Falke"));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(model);
    forms_close(forms);
    return 0;
}

static bool says(const char *what)
{
    for (int i = 0; i < slip.count; i++) {
        if (strstr(slip.lines[i].text, what) != NULL) {
            return true;
        }
    }
    return false;
}

static struct effect of(enum effect_kind kind)
{
    struct effect effect = {.kind = kind, .wish = a_wish(25, "")};
    str_copy(effect.text, sizeof effect.text, STR("ANS0123456789"));
    str_copy(effect.alias, sizeof effect.alias, STR("Falke"));
    return effect;
}

static void test_a_date_stays_on_one_line(void **state)
{
    struct effect effect = of(EFFECT_PRINT_WISH);
    (void)state;
    assert_int_equal(slips_make(&effect, model, &slip), ERR_OK);
    assert_true(says("Mi, 25.11. · 15–17 Uhr"));
}

static void test_the_agreement_has_five_facts(void **state)
{
    struct effect effect = of(EFFECT_PRINT_AGREEMENT);
    (void)state;
    assert_int_equal(slips_make(&effect, model, &slip), ERR_OK);
    assert_true(says("Unsere Abmachung") && says("Handyhilfe im Seniorencafé"));
    assert_true(says("Wann: Mi, 25.11.") && says("Wo: Seniorenhaus am Park, Mitte"));
    assert_true(says("Mit wem: ") && says("Wie viel: 10 Euro") && says("Falke"));
    assert_string_equal(slip.qr_text, "ANS0123456789");
}

static void test_hours_are_a_bestaetigung(void **state)
{
    struct effect effect = of(EFFECT_PRINT_HOURS);
    (void)state;
    effect.alias[0] = '\0';
    effect.job_event.minutes = 120;
    assert_int_equal(slips_make(&effect, model, &slip), ERR_OK);
    assert_true(says("Bestätigung") && says("2 Stunden"));
    assert_false(says("Zeugnis") || says("Falke"));
}

static void test_an_order_knows_no_alias(void **state)
{
    struct effect effect = of(EFFECT_PRINT_ORDER);
    (void)state;
    str_copy(effect.text, sizeof effect.text, STR("ANOABCDEFGHJK"));
    str_copy(effect.alias, sizeof effect.alias, STR("ABCDE-FGHJK"));
    model->staff.wish_count = 3;
    model->staff.wishes[0] = a_wish(25, "Falke");
    model->staff.wishes[1] = a_wish(25, "Dachs");
    model->staff.wishes[2] = a_wish(26, "Reh");
    for (int i = 0; i < 3; i++) {
        model->staff.wishes[i].state = WISH_CONFIRMED;
    }
    assert_int_equal(slips_make(&effect, model, &slip), ERR_OK);
    assert_true(says("2 junge Menschen kommen.") && says("ABCDE-FGHJK"));
    assert_false(says("Falke") || says("Dachs"));
}

static void test_the_day_says_who_when_and_how(void **state)
{
    struct effect effect = of(EFFECT_PRINT_DAY);
    (void)state;
    for (int i = 0; i < JOBS_MAX; i++) {
        model->staff.jobs.jobs[i].wish = a_wish(25, i == 0 ? "Falke" : "Dachs");
        model->staff.jobs.jobs[i].state =
            (enum assignment_state)(i % ASSIGNMENT_STATE_COUNT);
        model->staff.jobs.jobs[i].talk = i == 0;
    }
    model->staff.jobs.count = 3;
    assert_int_equal(slips_make(&effect, model, &slip), ERR_OK);
    assert_true(says("Mittwoch, 25. November") && says("15–17 Uhr · Falke"));
    assert_true(says("kommt noch · will reden") && says("Nur fürs Team."));
    model->staff.jobs.count = JOBS_MAX;
    assert_int_equal(slips_make(&effect, model, &slip), ERR_OK);
    assert_true(says(" mehr: siehe Kiosk."));
    model->staff.jobs.count = 0;
    assert_int_equal(slips_make(&effect, model, &slip), ERR_OK);
    assert_true(says("Heute kommt niemand."));
}

static const struct {
    enum sheet_part part;
    const char *title;
} parts[] = {
    {SHEET_PART_JOBS, "Meine Jobs"},
    {SHEET_PART_HOURS, "Meine Stunden"},
    {SHEET_PART_FIELDS, "Das habe ich probiert"},
    {SHEET_PART_STRENGTHS, "Meine Stärken"},
    {SHEET_PART_VIEWS, "Mein letzter Job"},
    {SHEET_PART_SENTENCES, "Wie es weiterging"},
};

static void test_the_sheet_holds_what_was_chosen(void **state)
{
    (void)state;
    fill_sheet(3);
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        struct effect effect = of(EFFECT_PRINT_SHEET);
        effect.tiles = 1u << parts[i].part;
        assert_int_equal(slips_make(&effect, model, &slip), ERR_OK);
        for (size_t k = 0; k < ARRAY_LEN(parts); k++) {
            if (says(parts[k].title) != (i == k) &&
                parts[k].part != SHEET_PART_SENTENCES) {
                fail_msg("%s with %s", parts[k].title, parts[i].title);
            }
        }
        assert_true(says("Mein Blatt") && says("Falke"));
    }
}

static void test_own_words_are_never_printed(void **state)
{
    struct effect effect = of(EFFECT_PRINT_SHEET);
    (void)state;
    effect.tiles = (1u << SHEET_PART_COUNT) - 1;
    fill_sheet(SHEET_ITEMS_MAX);
    assert_int_equal(slips_make(&effect, model, &slip), ERR_OK);
    assert_false(says("XYLOFON"));
    assert_true(says("Und 486 davor."));
    assert_true(says("Mein letzter Job"));
}

/* In every language, the fullest sheet finds room. */
static void test_languages(void **state)
{
    struct effect effect = of(EFFECT_PRINT_SHEET);
    (void)state;
    effect.tiles = (1u << SHEET_PART_COUNT) - 1;
    fill_sheet(60);
    for (effect.language = 0; effect.language < language_count(); effect.language++) {
        assert_int_equal(slips_make(&effect, model, &slip), ERR_OK);
        assert_int_equal(slip.rtl, language_at(effect.language)->rtl);
    }
}

int main(void)
{
#define WITH_MODEL(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        WITH_MODEL(test_a_date_stays_on_one_line),
        WITH_MODEL(test_the_agreement_has_five_facts),
        WITH_MODEL(test_hours_are_a_bestaetigung),
        WITH_MODEL(test_an_order_knows_no_alias),
        WITH_MODEL(test_the_day_says_who_when_and_how),
        WITH_MODEL(test_the_sheet_holds_what_was_chosen),
        WITH_MODEL(test_own_words_are_never_printed),
        WITH_MODEL(test_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
