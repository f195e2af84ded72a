/* The offers that staff post, change and call off. */
#include "sync/net/world.h"

static void put_offer(struct buf *b, int n, const struct truth_offer *offer, bool first)
{
    buf_printf(
        b,
        "%s{\"code\":\"B-%d\",\"title\":\"Laub harken\",\"text\":\"Du harkst Laub.\","
        "\"field\":\"F03\",\"district\":\"Mitte\",\"place\":\"Hof\","
        "\"date\":\"2026-12-%02d\",\"start\":\"16:00\",\"end\":\"17:00\","
        "\"cents_per_hour\":900,\"places\":%d,\"min_age\":13,"
        "\"after_full_time_schooling\":false,\"site_kind\":\"nonprofit\","
        "\"work_kind\":\"garden\",\"at_once\":%s}",
        first ? "" : ",", n + 1, 1 + n / 2, offer->places,
        offer->at_once ? "true" : "false");
}

enum err staff_offers(struct world *world, int home)
{
    char memory[TRUTH_OFFERS * 500], said[200];
    struct buf b, why;
    struct import_counts counts;
    bool first = true;
    buf_init(&b, memory, sizeof memory);
    buf_init(&why, said, sizeof said);
    buf_putc(&b, '[');
    for (int i = 0; i < TRUTH_OFFERS; i++) {
        struct truth_offer *offer = &world->truth.offers[home][i];
        if (offer->places > 0 && !offer->called_off) {
            put_offer(&b, i, offer, first);
            first = false;
        }
    }
    buf_putc(&b, ']');
    CHECK(!b.cut);
    enum err err = admin_offers_import(&world->centre.admin, world->homes[home],
                                       buf_str(&b), &counts, &why);
    world_trace(world, "staff: offers: %s %s", err_name(err), said);
    return err;
}

enum err staff_post(struct world *world, int home)
{
    struct truth_offer *offer =
        &world->truth.offers[home][dice_below(&world->dice, TRUTH_OFFERS)];
    struct truth_offer before = *offer;
    offer->places = 1 + (int)dice_below(&world->dice, 7);
    offer->at_once = before.places > 0 ? before.at_once : !dice_one_in(&world->dice, 3);
    offer->called_off = false;
    enum err err = staff_offers(world, home);
    if (err != ERR_OK) {
        *offer = before; /* below what is promised */
    }
    return err == ERR_INVALID ? ERR_OK : err;
}

enum err staff_call_off(struct world *world, int home)
{
    char code[OFFER_CODE_SIZE];
    int n = (int)dice_below(&world->dice, TRUTH_OFFERS);
    truth_code(n, code);
    enum err err =
        admin_offer_call_off(&world->centre.admin, world->homes[home], str_of(code));
    if (err == ERR_OK || err == ERR_UNKNOWN) {
        world->truth.offers[home][n].called_off = true;
        truth_excuse(&world->truth, home, n);
    }
    return err;
}
