/* What a person keeps: exact bytes, and a sheet that does not care for order. */
#include "form.h"

#include "domain/sheet.h"

#include <stdio.h>
#include <time.h>

#define ITEMS 60

static struct evaluation_form form;

static int open_form(void **state)
{
    (void)state;
    form_open(&form);
    return 0;
}

static struct sheet_item item_of(unsigned n, date_t date, int field, int minutes)
{
    struct sheet_item item = {.job = {{1}},
                              .date = date,
                              .start = 900,
                              .end = 1020,
                              .field = field,
                              .minutes = minutes,
                              .confirmed = true,
                              .next_aspect = -1,
                              .next_index = -1};
    item.job.b[14] = (uint8_t)(n >> 8);
    item.job.b[15] = (uint8_t)n;
    str_copy(item.title, sizeof item.title, STR("Handyhilfe im Seniorencafé"));
    evaluation_view_init(&item.self, SIDE_SELF, 0);
    evaluation_view_init(&item.site, SIDE_SITE, 0);
    return item;
}

static struct sheet_item random_item(const struct rng *rng, unsigned n)
{
    struct sheet_item item =
        item_of(n, 20000 + (int)rng_below(rng, 20), (int)rng_below(rng, FIELD_MAX + 1),
                (int)rng_below(rng, 241));
    item.start = 60 * (int)rng_below(rng, 3); /* some at the same time */
    item.end = item.start + 1 + (int)rng_below(rng, 240);
    item.revision = (int)rng_below(rng, 3);
    item.confirmed = rng_below(rng, 3) > 0;
    item.missed = rng_below(rng, 10) == 0;
    item.has_self = rng_below(rng, 4) > 0;
    item.has_site = rng_below(rng, 3) > 0;
    if (item.has_self) {
        item.self = form_random_view(rng, &form, SIDE_SELF);
        item.next_aspect = (int)rng_below(rng, 7) - 1;
        item.next_index = item.next_aspect < 0 ? -1 : (int)rng_below(rng, 2);
    }
    if (item.has_site) {
        item.site = form_random_view(rng, &form, SIDE_SITE);
    }
    if (rng_below(rng, 3) == 0) {
        snprintf(item.strength, sizeof item.strength, "Ich kann gut zuhören, %u.",
                 rng_below(rng, 5));
    }
    item.words.b[3] = (uint8_t)rng_below(rng, 2);
    assert_true(sheet_item_valid(&item));
    return item;
}

/* ---- bytes ---- */

static void test_items_come_back(void **state)
{
    (void)state;
    uint64_t seed = 4;
    struct rng rng = fake_rng(&seed);
    for (unsigned n = 0; n < 2000; n++) {
        uint8_t bytes[SHEET_ITEM_BYTES_MAX], again[SHEET_ITEM_BYTES_MAX];
        struct sheet_item item = random_item(&rng, n), back;
        size_t len = sheet_item_encode(&item, bytes, sizeof bytes);
        assert_int_equal(sheet_item_decode(bytes, len, &back), ERR_OK);
        assert_int_equal(sheet_item_encode(&back, again, sizeof again), len);
        assert_memory_equal(bytes, again, len);
        assert_true(uid_eq(back.job, item.job) && uid_eq(back.words, item.words));
        assert_int_equal(back.date, item.date);
        assert_int_equal(back.minutes, item.minutes);
        assert_int_equal(back.confirmed, item.confirmed);
        assert_int_equal(back.next_aspect, item.next_aspect);
        assert_string_equal(back.title, item.title);
        assert_string_equal(back.strength, item.strength);
        assert_int_equal(back.site.tiles, item.site.tiles);
        assert_memory_equal(back.self.aspects, item.self.aspects,
                            sizeof item.self.aspects);
    }
}

static void test_cut_or_longer_is_refused(void **state)
{
    (void)state;
    uint64_t seed = 6;
    struct rng rng = fake_rng(&seed);
    uint8_t bytes[SHEET_ITEM_BYTES_MAX + 1] = {0};
    struct sheet_item item = random_item(&rng, 1), out, before;
    size_t len = sheet_item_encode(&item, bytes, SHEET_ITEM_BYTES_MAX);
    memset(&out, 9, sizeof out);
    memcpy(&before, &out, sizeof out);
    for (size_t cut = 0; cut < len; cut++) {
        assert_int_equal(sheet_item_decode(bytes, cut, &out), ERR_INVALID);
    }
    bytes[len] = 0;
    assert_int_equal(sheet_item_decode(bytes, len + 1, &out), ERR_INVALID);
    bytes[0] = 2;
    assert_int_equal(sheet_item_decode(bytes, len, &out), ERR_UNSUPPORTED);
    bytes[0] = 0;
    assert_int_equal(sheet_item_decode(bytes, len, &out), ERR_INVALID);
    assert_memory_equal(&out, &before, sizeof out);
}

/* Changed bytes are refused, or are an item that encodes to just these bytes. */
static void test_changed_bytes(void **state)
{
    (void)state;
    uint64_t seed = 12;
    struct rng rng = fake_rng(&seed);
    for (unsigned n = 0; n < 4000; n++) {
        uint8_t bytes[SHEET_ITEM_BYTES_MAX], again[SHEET_ITEM_BYTES_MAX];
        struct sheet_item item = random_item(&rng, n), out;
        size_t len = sheet_item_encode(&item, bytes, sizeof bytes);
        bytes[rng_below(&rng, (uint32_t)len)] = (uint8_t)rng_below(&rng, 256);
        if (sheet_item_decode(bytes, len, &out) == ERR_OK) {
            assert_true(sheet_item_valid(&out));
            assert_int_equal(sheet_item_encode(&out, again, sizeof again), len);
            assert_memory_equal(bytes, again, len);
        }
    }
}

static void test_largest_item(void **state)
{
    (void)state;
    uint8_t bytes[SHEET_ITEM_BYTES_MAX];
    struct sheet_item item = item_of(1, 73000, FIELD_MAX, SHEET_MINUTES_MAX), back;
    item.title[0] = item.strength[0] = '\0';
    for (int i = 0; i < 31; i++) { /* 4 bytes each */
        memcpy(item.title + 4 * i, "𐍈", 5);
    }
    for (int i = 0; i < 120; i++) {
        memcpy(item.strength + 4 * i, "𐍈", 5);
    }
    item.has_self = item.has_site = true;
    item.self.form = item.site.form = FORM_VERSION_MAX;
    item.revision = 65535;
    assert_true(sheet_item_valid(&item));
    size_t len = sheet_item_encode(&item, bytes, sizeof bytes);
    assert_true(len <= SHEET_ITEM_BYTES_MAX);
    assert_int_equal(sheet_item_decode(bytes, len, &back), ERR_OK);
    assert_string_equal(back.strength, item.strength);
}

static void test_valid(void **state)
{
    (void)state;
    struct sheet_item good = item_of(1, 100, 3, 60), i = good;
    assert_true(sheet_item_valid(&i));
    i.field = FIELD_MAX + 1;
    assert_false(sheet_item_valid(&i));
    i = good, i.end = i.start;
    assert_false(sheet_item_valid(&i));
    i = good, i.end = MINUTES_PER_DAY + 1;
    assert_false(sheet_item_valid(&i));
    i = good, i.minutes = SHEET_MINUTES_MAX + 1;
    assert_false(sheet_item_valid(&i));
    i = good, i.minutes = -1;
    assert_false(sheet_item_valid(&i));
    i = good, i.date = -1;
    assert_false(sheet_item_valid(&i));
    i = good, i.revision = 65536;
    assert_false(sheet_item_valid(&i));
    i = good, i.has_self = true; /* of no form */
    assert_false(sheet_item_valid(&i));
    i = good, i.next_aspect = i.next_index = 0; /* a step without an own view */
    assert_false(sheet_item_valid(&i));
    i = good, str_copy(i.strength, sizeof i.strength, STR("zwei\nZeilen"));
    assert_false(sheet_item_valid(&i));
    i = good, memset(i.title, 'a', 61);
    assert_false(sheet_item_valid(&i));
    i = good, memset(&i.job, 0, sizeof i.job);
    assert_false(sheet_item_valid(&i));
}

/* ---- the sheet ---- */

static void build(const struct sheet_item *items, size_t count, struct sheet *out)
{
    struct form_set forms = {&form, 1};
    assert_int_equal(sheet_build(items, count, &forms, 0, out), ERR_OK);
}

static void test_empty(void **state)
{
    (void)state;
    static struct sheet s;
    struct sheet_item none = item_of(1, 100, 3, 60);
    build(&none, 0, &s);
    assert_int_equal(s.jobs, 0);
    assert_null(s.last);
    assert_null(s.outline);
    assert_int_equal(s.tried, 0);
    assert_int_equal(s.never_tried, (1u << (FIELD_MAX + 1)) - 2);
    assert_int_equal(s.new_field, 1);
    assert_int_equal(s.strength_count, 0);
}

static void test_jobs_and_hours(void **state)
{
    (void)state;
    static struct sheet s;
    struct sheet_item items[] = {
        item_of(1, 100, 3, 120), item_of(2, 102, 5, 90), item_of(3, 101, 3, 60),
        item_of(4, 103, 7, 30),  item_of(5, 104, 9, 45),
    };
    items[3].confirmed = false;
    items[4].missed = true;
    build(items, ARRAY_LEN(items), &s);
    assert_int_equal(s.jobs, 4);
    assert_int_equal(s.minutes, 270);
    assert_int_equal(s.minutes_open, 30);
    assert_int_equal(s.field_minutes[3], 180);
    assert_int_equal(s.field_minutes[7], 0);
    assert_int_equal(s.tried, 1u << 3 | 1u << 5 | 1u << 7);
    assert_int_equal(s.tried & s.never_tried, 0);
    assert_true(field_in(s.never_tried, 9)); /* a job that did not happen */
    assert_ptr_equal(s.last, &items[3]);
    assert_int_equal(s.new_field, 8);
    assert_int_equal(s.order_count, 4);
    assert_int_equal(s.order[1], 1);
    assert_int_equal(s.order[3], 0);
}

static void test_revisions(void **state)
{
    (void)state;
    static struct sheet s;
    struct sheet_item items[] = {item_of(1, 100, 3, 120), item_of(1, 100, 3, 90),
                                 item_of(2, 101, 5, 30), item_of(2, 101, 5, 30)};
    items[1].revision = 1; /* corrected by staff */
    items[3].revision = 1;
    items[3].missed = true; /* was not there after all */
    for (int swap = 0; swap < 2; swap++) {
        build(items, ARRAY_LEN(items), &s);
        assert_int_equal(s.jobs, 1);
        assert_int_equal(s.minutes, 90);
        struct sheet_item first = items[0], third = items[2];
        items[0] = items[1], items[1] = first;
        items[2] = items[3], items[3] = third;
    }
}

static void test_both_views(void **state)
{
    (void)state;
    static struct sheet s;
    struct sheet_item items[] = {item_of(1, 100, 3, 120), item_of(2, 101, 5, 90),
                                 item_of(3, 102, 5, 90)};
    for (int i = 0; i < 2; i++) {
        items[i].has_self = items[i].has_site = true;
        items[i].self.form = items[i].site.form = 1;
    }
    items[0].self.aspects[2] = 2; /* "manchmal" */
    items[1].self.aspects[2] = 1; /* "meistens" */
    items[1].site.aspects[2] = 0;
    items[1].site.tiles = 1u << 2;
    items[1].self.tiles = 1u << 2 | 1u << 1;
    str_copy(items[0].strength, sizeof items[0].strength, STR("Ich bleibe ruhig."));
    build(items, ARRAY_LEN(items), &s);
    assert_ptr_equal(s.last, &items[2]);
    assert_ptr_equal(s.outline, &items[1]);
    assert_true(s.has_difference);
    assert_int_equal(s.difference.aspects[2], DIFFERENCE_SITE_SEES_MORE);
    assert_int_equal(s.development.line_count, 1);
    assert_int_equal(s.strength_count, 3);
    assert_string_equal(s.strengths[0].text, "freundlich");
    assert_true(s.strengths[0].by_self && !s.strengths[0].by_site);
    assert_string_equal(s.strengths[1].text, "mitgedacht");
    assert_true(s.strengths[1].by_self && s.strengths[1].by_site);
    assert_string_equal(s.strengths[2].text, "Ich bleibe ruhig.");
    assert_true(s.strengths[2].own_words);
    items[1].has_site = false; /* not released: nothing of it anywhere */
    build(items, ARRAY_LEN(items), &s);
    assert_false(s.has_difference);
    assert_false(s.strengths[1].by_site);
}

static void test_corners(void **state)
{
    (void)state;
    struct evaluation_view v;
    evaluation_view_init(&v, SIDE_SELF, 1);
    assert_int_equal(sheet_outline_corner(&form, &v, 0), -1);
    v.aspects[0] = 0;
    assert_int_equal(sheet_outline_corner(&form, &v, 0), 1000);
    v.aspects[0] = 2; /* the last of three */
    assert_int_equal(sheet_outline_corner(&form, &v, 0), 333);
    v.aspects[3] = 3; /* "nicht nötig" */
    assert_int_equal(sheet_outline_corner(&form, &v, 3), -1);
    v.form = 2;
    assert_int_equal(sheet_outline_corner(&form, &v, 0), -1);
}

/* Everything a sheet says, without addresses. */
static void describe(const struct sheet *s, const struct sheet_item *items,
                     struct buf *out)
{
    buf_printf(out, "%d %d %d %x %d;", s->jobs, s->minutes, s->minutes_open, s->tried,
               s->new_field);
    for (int i = 0; i < s->order_count; i++) {
        const struct sheet_item *item = &items[s->order[i]];
        buf_printf(out, "%d.%d.%d,", item->job.b[14], item->job.b[15], item->minutes);
    }
    for (int i = 0; i < s->strength_count; i++) {
        buf_printf(out, "%s%d%d,", s->strengths[i].text, s->strengths[i].by_self,
                   s->strengths[i].by_site);
    }
    for (int i = 0; i < s->development.line_count; i++) {
        sentence_german(out, &s->development.lines[i]);
    }
    if (s->has_difference) {
        sentence_german(out, &s->difference.strength);
        sentence_german(out, &s->difference.agreement);
    }
    assert_false(out->cut);
}

static void test_order_of_items(void **state)
{
    (void)state;
    static struct sheet s;
    static char first[8192], second[8192];
    uint64_t seed = 21;
    struct rng rng = fake_rng(&seed);
    for (int round = 0; round < 200; round++) {
        static struct sheet_item items[ITEMS];
        struct buf a, b;
        buf_init(&a, first, sizeof first);
        buf_init(&b, second, sizeof second);
        for (unsigned i = 0; i < ITEMS; i++) { /* some jobs twice */
            items[i] = random_item(&rng, rng_below(&rng, ITEMS));
        }
        build(items, ITEMS, &s);
        describe(&s, items, &a);
        for (uint32_t i = ITEMS - 1; i > 0; i--) {
            uint32_t j = rng_below(&rng, i + 1);
            struct sheet_item item = items[i];
            items[i] = items[j];
            items[j] = item;
        }
        build(items, ITEMS, &s);
        describe(&s, items, &b);
        assert_string_equal(first, second);
    }
}

static void test_five_hundred_jobs(void **state)
{
    (void)state;
    static struct sheet s;
    static struct sheet_item items[SHEET_ITEMS_MAX + 1];
    uint64_t seed = 500;
    struct rng rng = fake_rng(&seed);
    struct form_set forms = {&form, 1};
    for (unsigned i = 0; i <= SHEET_ITEMS_MAX; i++) {
        items[i] = random_item(&rng, i);
    }
    assert_int_equal(sheet_build(items, SHEET_ITEMS_MAX + 1, &forms, 0, &s), ERR_FULL);
    clock_t before = clock();
    for (int i = 0; i < 10; i++) {
        build(items, SHEET_ITEMS_MAX, &s);
    }
    double ms = (double)(clock() - before) * 1000 / CLOCKS_PER_SEC / 10;
    print_message("# 500 jobs: %.2f ms\n", ms);
    assert_true(ms < 50); /* the whole screen's time; far below it even when slowed */
    assert_true(s.jobs > 400 && s.strength_count == SHEET_STRENGTHS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_items_come_back),
        cmocka_unit_test(test_cut_or_longer_is_refused),
        cmocka_unit_test(test_changed_bytes),
        cmocka_unit_test(test_largest_item),
        cmocka_unit_test(test_valid),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_jobs_and_hours),
        cmocka_unit_test(test_revisions),
        cmocka_unit_test(test_both_views),
        cmocka_unit_test(test_corners),
        cmocka_unit_test(test_order_of_items),
        cmocka_unit_test(test_five_hundred_jobs),
    };
    return cmocka_run_group_tests(tests, open_form, NULL);
}
