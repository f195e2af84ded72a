#include "unit/store/world.h"

static struct world w;

static int setup(void **state)
{
    (void)state;
    world_init(&w);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_done(&w);
    return 0;
}

static void test_empty(void **state)
{
    (void)state;
    struct offer got[1];
    size_t count = 9;
    assert_int_equal(store_offers_list(w.store, DATE_NONE, got, 1, &count), ERR_OK);
    assert_int_equal(count, 0);
}

static void test_offer_comes_back_whole(void **state)
{
    (void)state;
    struct offer got[2], offer = world_offer(3);
    size_t count;
    offer.field = 0;
    memset(offer.place, 0, sizeof offer.place);
    offer.after_schooling = true;
    offer.adult_present = true;
    offer.walk_minutes = 12;
    offer.taken = 1;
    offer.work = (struct offer_work){WORLD_TODAY, 0, MINUTES_PER_DAY, 30, SITE_BUSINESS,
                                     WORK_OTHER, 12345, true, false, true};
    assert_int_equal(store_offers_replace(w.store, &offer, 1), ERR_OK);
    world_reopen(&w);
    assert_int_equal(store_offers_list(w.store, WORLD_TODAY, got, 2, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_memory_equal(&got[0], &offer, sizeof offer);
}

static void test_order_from_and_max(void **state)
{
    (void)state;
    struct offer offers[14], got[14];
    size_t count;
    for (int i = 0; i < 14; i++) {
        offers[i] = world_offer(i);
        offers[i].work.start = i < 7 ? 960 : 600;
    }
    assert_int_equal(store_offers_replace(w.store, offers, 14), ERR_OK);
    assert_int_equal(store_offers_list(w.store, WORLD_TODAY + 5, got, 14, &count),
                     ERR_OK);
    assert_int_equal(count, 4);
    assert_string_equal(got[0].code, "B-0012");
    assert_string_equal(got[1].code, "B-0005");
    assert_string_equal(got[3].code, "B-0006");
    assert_int_equal(store_offers_list(w.store, WORLD_TODAY, got, 3, &count), ERR_FULL);
    assert_int_equal(count, 3);
    assert_int_equal(store_offers_list(w.store, WORLD_TODAY, got, 14, &count), ERR_OK);
}

static void test_replace_is_all_or_nothing(void **state)
{
    (void)state;
    struct offer offers[3] = {world_offer(1), world_offer(2), world_offer(1)}, got[4];
    size_t count;
    assert_int_equal(store_offers_replace(w.store, offers, 2), ERR_OK);
    assert_int_equal(store_offers_replace(w.store, offers, 3), ERR_CONFLICT);
    strcpy(offers[1].code, "b'--");
    assert_int_equal(store_offers_replace(w.store, offers, 2), ERR_INVALID);
    assert_int_equal(store_offers_replace(w.store, offers, OFFERS_MAX + 1), ERR_FULL);
    assert_int_equal(store_offers_list(w.store, DATE_NONE, got, 4, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(store_offers_replace(w.store, NULL, 0), ERR_OK);
    assert_int_equal(store_offers_list(w.store, DATE_NONE, got, 4, &count), ERR_OK);
    assert_int_equal(count, 0);
}

static void test_as_many_as_a_kiosk_shows(void **state)
{
    (void)state;
    size_t count;
    struct offer *offers = calloc(2 * OFFERS_MAX, sizeof *offers);
    for (int i = 0; i < OFFERS_MAX; i++) {
        offers[i] = world_offer(i);
    }
    assert_int_equal(store_offers_replace(w.store, offers, OFFERS_MAX), ERR_OK);
    assert_int_equal(
        store_offers_list(w.store, DATE_NONE, offers + OFFERS_MAX, OFFERS_MAX, &count),
        ERR_OK);
    assert_int_equal(count, OFFERS_MAX);
    free(offers);
}

static void test_settings(void **state)
{
    (void)state;
    char value[16], small[4];
    assert_int_equal(store_setting_get(w.store, "lang", value, sizeof value),
                     ERR_NOT_FOUND);
    assert_int_equal(store_setting_put(w.store, "lang", "ar"), ERR_OK);
    assert_int_equal(store_setting_put(w.store, "lang", "de'; --"), ERR_OK);
    world_reopen(&w);
    assert_int_equal(store_setting_get(w.store, "lang", value, sizeof value), ERR_OK);
    assert_string_equal(value, "de'; --");
    assert_int_equal(store_setting_get(w.store, "lang", small, sizeof small), ERR_FULL);
    assert_int_equal(store_setting_put(w.store, "lang", ""), ERR_OK);
    assert_int_equal(store_setting_get(w.store, "lang", value, sizeof value), ERR_OK);
    assert_string_equal(value, "");
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(test_empty),
        CASE(test_offer_comes_back_whole),
        CASE(test_order_from_and_max),
        CASE(test_replace_is_all_or_nothing),
        CASE(test_as_many_as_a_kiosk_shows),
        CASE(test_settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
