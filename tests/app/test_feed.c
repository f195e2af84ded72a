/* Offers that another program brings while the kiosk runs. */
#include "unit/unit.h"

#include "support/bed.h"


#include <time.h>

static void offer_make(struct offer *offer, const char *code, int taken)
{
    memset(offer, 0, sizeof *offer);
    str_copy(offer->code, sizeof offer->code, str_of(code));
    str_copy(offer->title, sizeof offer->title, STR("Beete"));
    str_copy(offer->text, sizeof offer->text, STR("Du hilfst im Beet."));
    str_copy(offer->district, sizeof offer->district, STR("Mitte"));
    offer->field = 3;
    offer->work = (struct offer_work){.date = date_from_ymd(2026, 11, 25), .start = 900,
                                      .end = 1020, .site_kind = SITE_NONPROFIT,
                                      .work_kind = WORK_GARDEN};
    offer->cents_per_hour = 500;
    offer->places = 2;
    offer->taken = taken;
    offer->min_age = 13;
}

static void import(struct bed *bed, const struct offer *offers, size_t count)
{
    struct store *store = NULL;
    struct store_report report;
    const struct store_options options = {
        .dir = bed->dir, .boot_id = "bed", .clock = fake_clock(&bed->clock),
        .rng = rng_system()};
    assert_int_equal(store_open(&options, &report, &store), ERR_OK);
    assert_int_equal(store_offers_replace(store, offers, count), ERR_OK);
    store_close(store);
}

static void load(struct bed *bed)
{
    app_send(bed->app, (struct msg){MSG_FEED_CHANGED, 0, 0}, NULL);
    bed_rest(bed);
}

/* The worker that looks at the disk rings when there is something new. */
static void test_news_ring(void **state)
{
    struct bed bed;
    struct offer offer;
    const struct timespec pause = {0, 5000000};
    (void)state;
    offer_make(&offer, "A1", 0);
    bed_open(&bed, NULL);
    bed.poll_ms = 10;
    bed_reopen(&bed, NULL);
    assert_int_equal(bed.app->model.offer_count, 0);
    import(&bed, &offer, 1);
    for (int i = 0; i < 1000 && bed.app->model.offer_count == 0; i++) {
        nanosleep(&pause, NULL);
        app_step(bed.app, 0);
    }
    assert_int_equal(bed.app->model.offer_count, 1);
    bed_close(&bed);
}

/* The open offer keeps its place on screen, wherever it now is in the list. */
static void test_open_offer_stays(void **state)
{
    struct bed bed;
    struct offer offers[2];
    (void)state;
    offer_make(&offers[0], "B1", 0);
    bed_open(&bed, NULL);
    import(&bed, offers, 1);
    load(&bed);
    bed.app->model.browse.offer = 0;

    offer_make(&offers[0], "A1", 0);
    offer_make(&offers[1], "B1", 1);
    import(&bed, offers, 2);
    load(&bed);
    assert_int_equal(bed.app->model.browse.offer, 1);
    assert_int_equal(offer_free(&bed.app->model.offers[1]), 1);

    import(&bed, offers, 1);
    load(&bed);
    assert_int_equal(bed.app->model.offer_count, 2);
    assert_string_equal(bed.app->model.offers[bed.app->model.browse.offer].code, "B1");
    assert_int_equal(offer_free(&bed.app->model.offers[bed.app->model.browse.offer]), 0);
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_news_ring),
        cmocka_unit_test(test_open_offer_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
