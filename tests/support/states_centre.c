/* The centre: coming to one, how far this kiosk has got, places at once, the lock. */
#include "support/hand.h"

#define MINUTE INT64_C(60000)
#define DAY (24 * 60 * MINUTE)
#define LONG_NAME "Jugendhilfe und Nachbarschaftsarbeit am Brunnenplatz Nord-West"

/* What the worker would tell: `waits` facts not acknowledged, last contact so long ago
 * (-1: nobody knows). */
static void belongs(struct hand *h, int waits, int64_t since_ms,
                    enum sync_trouble trouble)
{
    struct reply *reply = reply_to(h, EFFECT_CENTRE, ERR_OK);
    reply->centre = (struct centre){
        .words_can_be_sealed = true,
        .receipts = {.enrolled = true,
                     .written = 412,
                     .acked = 412 - waits,
                     .last_ms = h->model->wall_ms - (since_ms < 0 ? DAY : since_ms),
                     .since_ms = since_ms,
                     .trouble = trouble},
        .asking = CENTRE_JOINED,
        .url = "https://zentrale.example:8443",
        .name = "Zentrale Brunnenviertel",
        .organisation = "Verein am Brunnen",
    };
    send(h);
}

static void asking(struct hand *h, enum centre_asking state)
{
    struct reply *reply = reply_to(h, EFFECT_CENTRE, ERR_OK);
    reply->centre.asking = state;
    str_copy(reply->centre.asked_url, CENTRE_URL_SIZE,
             STR("https://zentrale.example:8443"));
    send(h);
}

/* ---- the lamp on the start screen -------------------------------------------------- */

static void home_centre(struct hand *h)
{
    belongs(h, 0, 2 * MINUTE, SYNC_TROUBLE_NONE);
}

static void home_here(struct hand *h)
{
    belongs(h, 7, 3 * DAY, SYNC_TROUBLE_NONE);
}

static void home_help(struct hand *h)
{
    belongs(h, 7, 2 * MINUTE, SYNC_TROUBLE_SERVER);
}

static void centre_much_named(struct hand *h)
{
    home_centre(h);
    str_copy(h->model->centre.name, sizeof h->model->centre.name, STR(LONG_NAME));
}

static void locked(struct hand *h)
{
    struct reply *reply = reply_to(h, EFFECT_CENTRE, ERR_OK);
    reply->centre.locked = true;
    reply->centre.receipts.enrolled = true;
    send(h);
}

/* ---- at the staff's door ----------------------------------------------------------- */

static void staff_alone(struct hand *h)
{
    play_staff(h);
}

static void staff_asked(struct hand *h)
{
    asking(h, CENTRE_ASKED);
    play_staff(h);
}

static void staff_centre(struct hand *h)
{
    home_centre(h);
    play_staff(h);
}

static void staff_offline(struct hand *h)
{
    belongs(h, 148, 3 * DAY, SYNC_TROUBLE_NONE);
    play_staff(h);
}

static void staff_help(struct hand *h)
{
    belongs(h, 148, 3 * DAY, SYNC_TROUBLE_PROTOCOL);
    play_staff(h);
}

static void open_centre(struct hand *h)
{
    tap(h, MSG_OPEN, SCREEN_CENTRE, 0);
}

static void centre_none(struct hand *h)
{
    play_staff(h);
    open_centre(h);
}

static void type_url(struct hand *h, const char *host)
{
    tap(h, MSG_CENTRE_STEP, CENTRE_URL, 0);
    play_typing(h, host);
}

static void centre_url(struct hand *h)
{
    centre_none(h);
    type_url(h, "zentrale.example:8443");
}

static void centre_url_long(struct hand *h)
{
    centre_none(h);
    type_url(h, "jugendhilfe-und-nachbarschaftsarbeit-am-brunnenplatz.nord-west."
                "kioske.zentrale.example:18443");
}

static void centre_url_wrong(struct hand *h)
{
    centre_none(h);
    type_url(h, "");
    tap(h, MSG_CENTRE_STEP, CENTRE_CODE, 0);
}

static void centre_code(struct hand *h)
{
    centre_url(h);
    tap(h, MSG_CENTRE_STEP, CENTRE_CODE, 0);
    play_typing(h, "7k3mqx2pw");
}

static void centre_check(struct hand *h)
{
    centre_code(h);
    play_typing(h, "9zm4tyr");
    tap(h, MSG_CENTRE_STEP, CENTRE_CHECK, 0);
}

static void centre_check_saving(struct hand *h)
{
    centre_check(h);
    tap(h, MSG_CENTRE_ASK, 0, 0);
}

static void centre_waits(struct hand *h)
{
    centre_check_saving(h);
    struct reply *reply = reply_to(h, EFFECT_CENTRE_ASK, ERR_OK);
    reply->centre.asking = CENTRE_ASKED;
    str_copy(reply->centre.asked_url, CENTRE_URL_SIZE,
             STR("https://zentrale.example:8443"));
    send(h);
}

static void centre_refused(struct hand *h)
{
    centre_waits(h);
    asking(h, CENTRE_REFUSED);
}

static void centre_failed(struct hand *h)
{
    centre_waits(h);
    asking(h, CENTRE_FAILED);
}

static void centre_safe(struct hand *h)
{
    centre_waits(h);
    belongs(h, 0, 0, SYNC_TROUBLE_NONE);
}

static void centre_here(struct hand *h)
{
    staff_offline(h);
    open_centre(h);
}

static void centre_elsewhere(struct hand *h)
{
    centre_here(h);
    asking(h, CENTRE_ELSEWHERE);
}

static void centre_one_waits(struct hand *h)
{
    belongs(h, 1, -1, SYNC_TROUBLE_NONE);
    play_staff(h);
    open_centre(h);
}

static void centre_never(struct hand *h)
{
    belongs(h, 412, 0, SYNC_TROUBLE_NONE);
    h->model->centre.receipts.last_ms = 0;
    play_staff(h);
    open_centre(h);
}

static void centre_trouble(struct hand *h, enum sync_trouble trouble)
{
    belongs(h, 148, 5 * 60 * MINUTE, trouble);
    play_staff(h);
    open_centre(h);
}

static void centre_wrong_server(struct hand *h)
{
    centre_trouble(h, SYNC_TROUBLE_SERVER);
}

static void centre_too_old(struct hand *h)
{
    centre_trouble(h, SYNC_TROUBLE_PROTOCOL);
}

static void centre_refuses(struct hand *h)
{
    centre_trouble(h, SYNC_TROUBLE_REFUSED);
}

static void centre_revoked(struct hand *h)
{
    centre_trouble(h, SYNC_TROUBLE_REVOKED);
}

/* As much as there can be: a long name, another centre asked for, facts parked. */
static void centre_much(struct hand *h)
{
    centre_trouble(h, SYNC_TROUBLE_DISK);
    struct centre *centre = &h->model->centre;
    centre->receipts.parked = 3;
    centre->asking = CENTRE_REFUSED;
    str_copy(centre->name, sizeof centre->name, STR(LONG_NAME));
    str_copy(centre->organisation, sizeof centre->organisation, STR(LONG_NAME));
}

static void centre_change(struct hand *h)
{
    centre_much(h);
    struct reply *reply = reply_to(h, EFFECT_READ_SCAN, ERR_OK);
    reply->scan = SCAN_CENTRE;
    str_copy(reply->text, sizeof reply->text, STR("https://neu.zentrale.example"));
    str_copy(reply->words, sizeof reply->words, STR("04HMASW9NF6YY41J"));
    send(h);
}

/* ---- what the centre keeps unread -------------------------------------------------- */

static void parked_of(struct hand *h, int count)
{
    static const struct parked_fact facts[] = {
        {413, "wish.made", "version"},
        {420, "kiosk.started", "kind"},
        {431, "evaluation.self", "body"},
        {77, "", "line"},
    };
    centre_much(h);
    h->model->centre.receipts.parked = count;
    tap(h, MSG_OPEN, SCREEN_PARKED, 0);
    struct reply *reply = reply_to(h, EFFECT_PARKED, ERR_OK);
    reply->count = count;
    for (int i = 0; i < count; i++) {
        reply->parked[i] = facts[i % (int)ARRAY_LEN(facts)];
    }
    send(h);
}

static void parked_loading(struct hand *h)
{
    centre_much(h);
    tap(h, MSG_OPEN, SCREEN_PARKED, 0);
}

static void parked_one(struct hand *h)
{
    parked_of(h, 1);
}

static void parked_many(struct hand *h)
{
    parked_of(h, PARKED_MAX);
    tap(h, MSG_PAGE, 1, 0);
}

/* ---- places ------------------------------------------------------------------------ */

static void lend_places(struct hand *h)
{
    for (int i = 0; i < h->model->offer_count; i++) {
        h->model->offers[i].at_once = true;
        h->model->offers[i].leased = 1;
    }
}

static void offer_at_once(struct hand *h)
{
    home_centre(h);
    lend_places(h);
    play_offer(h);
}

static void saved_as(struct hand *h, bool taken)
{
    play_saving(h);
    reply_to(h, EFFECT_SAVE_WISH, ERR_OK)->yes = taken;
    send(h);
    reply_to(h, EFFECT_PRINT_WISH, ERR_OK)->print = PRINT_DONE;
    send(h);
}

static void saved_taken(struct hand *h)
{
    home_centre(h);
    lend_places(h);
    saved_as(h, true);
}

static void saved_line_up(struct hand *h)
{
    home_centre(h);
    saved_as(h, false);
}

static void saved_line_down(struct hand *h)
{
    belongs(h, 3, 60 * MINUTE, SYNC_TROUBLE_NONE);
    saved_as(h, false);
}

static void saved_line_long(struct hand *h)
{
    belongs(h, 148, 3 * DAY, SYNC_TROUBLE_NONE);
    saved_as(h, false);
}

static void wishes_waiting(struct hand *h)
{
    home_centre(h);
    play_wishes(h);
    for (int i = 0; i < h->model->visit.wish_count; i++) {
        h->model->visit.wishes[i].waiting = true;
    }
}

static void staff_waiting(struct hand *h)
{
    home_centre(h);
    play_staff(h);
    for (int i = 0; i < h->model->staff.wish_count; i++) {
        h->model->staff.wishes[i].waiting = true;
    }
    tap(h, MSG_STAFF_TAB, STAFF_TAB_WISHES, 0);
}

static void about_centre(struct hand *h)
{
    centre_much_named(h);
    tap(h, MSG_OPEN, SCREEN_ABOUT, 0);
}

static void about_mine_centre(struct hand *h)
{
    centre_much_named(h);
    play_about(h);
}

static void staff_not_here(struct hand *h)
{
    home_centre(h);
    play_staff(h);
    tap(h, MSG_STAFF_ROW, 0, 0);
    tap(h, MSG_STAFF_CONFIRM, 0, 0);
    reply_to(h, EFFECT_DECIDE, ERR_UNSUPPORTED);
    send(h);
}

const struct state_row centre_states[] = {
    {"home-centre", home_centre},
    {"home-here", home_here},
    {"home-help", home_help},
    {"locked", locked},
    {"staff-alone", staff_alone},
    {"staff-asked", staff_asked},
    {"staff-centre", staff_centre},
    {"staff-offline", staff_offline},
    {"staff-help", staff_help},
    {"centre-none", centre_none},
    {"centre-url", centre_url},
    {"centre-url-long", centre_url_long},
    {"centre-url-wrong", centre_url_wrong},
    {"centre-code", centre_code},
    {"centre-check", centre_check},
    {"centre-check-saving", centre_check_saving},
    {"centre-waits", centre_waits},
    {"centre-refused", centre_refused},
    {"centre-failed", centre_failed},
    {"centre-safe", centre_safe},
    {"centre-here", centre_here},
    {"centre-elsewhere", centre_elsewhere},
    {"centre-one-waits", centre_one_waits},
    {"centre-never", centre_never},
    {"centre-wrong-server", centre_wrong_server},
    {"centre-too-old", centre_too_old},
    {"centre-refuses", centre_refuses},
    {"centre-revoked", centre_revoked},
    {"centre-much", centre_much},
    {"centre-change", centre_change},
    {"parked-loading", parked_loading},
    {"parked-one", parked_one},
    {"parked-many", parked_many},
    {"offer-at-once", offer_at_once},
    {"saved-taken", saved_taken},
    {"saved-line-up", saved_line_up},
    {"saved-line-down", saved_line_down},
    {"saved-line-long", saved_line_long},
    {"wishes-waiting", wishes_waiting},
    {"staff-waiting", staff_waiting},
    {"staff-not-here", staff_not_here},
    {"about-centre", about_centre},
    {"about-mine-centre", about_mine_centre},
};

const int centre_states_count = (int)ARRAY_LEN(centre_states);
