#include "support/states.h"

#include "support/hand.h"

#include "base/asset.h"
#include "domain/offer_json.h"

#include <stdlib.h>
#include <string.h>

static struct str asset_text(const char *name)
{
    const struct asset *asset = asset_find(name);
    CHECK(asset);
    return (struct str){(const char *)asset->data, asset->len};
}

struct states *states_open(void)
{
    char memory[256];
    struct buf error;
    struct states *s = calloc(1, sizeof *s);
    CHECK(s);
    buf_init(&error, memory, sizeof memory);
    CHECK(rules_load(asset_text("rules/youth-work.json"), STR(""), &error, &s->rules) ==
          ERR_OK);
    CHECK(calendar_load(asset_text("rules/berlin-calendar.json"), &error, &s->calendar) ==
          ERR_OK);
    CHECK(evaluation_form_load(asset_text("forms/evaluation.json"), &error, &s->forms[0]) ==
          ERR_OK);
    s->form_set = (struct form_set){s->forms, 1};
    return s;
}

void states_close(struct states *states)
{
    rules_free(states->rules);
    calendar_free(states->calendar);
    free(states);
}

/* ---- the hand that plays --------------------------------------------------------------- */

static void type(struct hand *h, const char *text)
{
    for (; *text; text++) {
        tap(h, MSG_KEY, *text, 0);
    }
}

static int offer_index(const struct model *model, const char *code)
{
    for (int i = 0; i < model->offer_count; i++) {
        if (strcmp(model->offers[i].code, code) == 0) {
            return i;
        }
    }
    CHECK(!"no such offer");
    return -1;
}

void make_falke(struct participant *who)
{
    memset(who, 0, sizeof *who);
    str_copy(who->alias, sizeof who->alias, STR("Falke"));
    str_copy(who->district, sizeof who->district, STR("Mitte"));
    who->id.b[0] = 1;
    who->band = AGE_13_14;
    who->band_until = DATE_NONE;
    who->full_time_schooling = true;
    who->consents[CONSENT_CUSTODIAN] =
        (struct consent){true, date_from_ymd(2027, 7, 31)};
    who->interests = 1u << 3 | 1u << 5;
    who->tried = 1u << 3;
}

/* ---- the visitor's states -------------------------------------------------------------- */

static void home(struct hand *h)
{
    (void)h;
}

static void home_no_offers(struct hand *h)
{
    h->model->offer_count = 0;
}

static void age(struct hand *h)
{
    tap(h, MSG_OPEN, SCREEN_OFFERS, 0);
}

static void age_school(struct hand *h)
{
    age(h);
    tap(h, MSG_AGE, AGE_IS_15_17, 0);
}

static void age_young(struct hand *h)
{
    age(h);
    tap(h, MSG_AGE, AGE_IS_UNDER_13, 0);
}

static void offers(struct hand *h)
{
    age(h);
    tap(h, MSG_AGE, AGE_IS_13_14, 0);
}

static void offers_last_page(struct hand *h)
{
    offers(h);
    tap(h, MSG_PAGE, 1, 0);
}

static void offers_filtered_empty(struct hand *h)
{
    offers(h);
    tap(h, MSG_FILTER, FILTER_TODAY, 0);
}

static void offers_none(struct hand *h)
{
    home_no_offers(h);
    offers(h);
}

static void offer(struct hand *h)
{
    offers(h);
    tap(h, MSG_OFFER, offer_index(h->model, "B05"), 0);
}

static void offer_focus(struct hand *h)
{
    offer(h);
    h->model->focus = 0;
}

static void offer_pressed(struct hand *h)
{
    offer(h);
    update_press(h->model, (struct msg){MSG_WISH, 0, 0});
}

static void unfit(struct hand *h)
{
    offer(h);
    tap(h, MSG_NOT_FIT, 0, 0);
}

static void unfit_said(struct hand *h)
{
    unfit(h);
    tap(h, MSG_NOT_FIT_REASON, UNFIT_TIME, 0);
}

static void who(struct hand *h)
{
    offer(h);
    tap(h, MSG_WISH, 0, 0);
}

static void who_typed(struct hand *h)
{
    who(h);
    type(h, "falke");
}

static void who_pictures(struct hand *h)
{
    who_typed(h);
    tap(h, MSG_FORM_FIELD, FORM_PICTURES, 0);
    tap(h, MSG_PICTURE, 1, 0);
    tap(h, MSG_PICTURE, 4, 0);
}

static void who_ready(struct hand *h)
{
    who_pictures(h);
    tap(h, MSG_PICTURE, 2, 0);
    tap(h, MSG_PICTURE, 7, 0);
}

static void who_checking(struct hand *h)
{
    who_ready(h);
    tap(h, MSG_SIGN_IN, 0, 0);
}

static void who_wrong(struct hand *h)
{
    who_checking(h);
    reply_to(h, EFFECT_SIGN_IN_ALIAS, ERR_DENIED);
    send(h);
}

static void who_wait(struct hand *h)
{
    who_checking(h);
    reply_to(h, EFFECT_SIGN_IN_ALIAS, ERR_DENIED)->wait_ms = 15000;
    send(h);
}

static void offer_signed(struct hand *h)
{
    who_checking(h);
    h->model->visit.wish_pending = false;
    make_falke(&reply_to(h, EFFECT_SIGN_IN_ALIAS, ERR_OK)->who);
    send(h);
    reply_to(h, EFFECT_LIST_WISHES, ERR_OK);
    send(h);
}

static void saving(struct hand *h)
{
    offer_signed(h);
    for (size_t i = 0; i < sizeof h->model->fresh[0].b; i++) {
        h->model->fresh[0].b[i] = (uint8_t)(37 * i + 11);
    }
    tap(h, MSG_WISH, 0, 0);
}

static void not_saved(struct hand *h)
{
    saving(h);
    reply_to(h, EFFECT_SAVE_WISH, ERR_UNKNOWN);
    send(h);
}

static void disk_full(struct hand *h)
{
    saving(h);
    reply_to(h, EFFECT_SAVE_WISH, ERR_FULL);
    send(h);
}

static void saved(struct hand *h)
{
    saving(h);
    struct reply *reply = reply_to(h, EFFECT_SAVE_WISH, ERR_OK);
    for (int i = 0; i < 190; i++) {
        reply->text[i] = "0123456789ABCDEFGHJKLMNPQRSTUVWX"[(i * i + 7 * i) % 32];
    }
    send(h);
}

static void printed_as(struct hand *h, enum print_state state)
{
    saved(h);
    reply_to(h, EFFECT_PRINT_WISH, ERR_OK)->print = state;
    send(h);
}

static void saved_printed(struct hand *h)
{
    printed_as(h, PRINT_DONE);
}

static void saved_no_paper(struct hand *h)
{
    printed_as(h, PRINT_PAPER_OUT);
}

static void saved_no_printer(struct hand *h)
{
    printed_as(h, PRINT_NO_PRINTER);
}

static void fill_wishes(struct hand *h, int count)
{
    static const struct {
        enum wish_state state;
        enum decline_reason reason;
    } ends[] = {{WISH_ASKED, DECLINE_NONE},
                {WISH_CONFIRMED, DECLINE_NONE},
                {WISH_DECLINED, DECLINE_FULL},
                {WISH_DECLINED, DECLINE_CANCELLED}};
    struct reply *reply = &h->states->reply;
    struct participant falke;
    make_falke(&falke);
    reply->wish_count = count;
    for (int i = 0; i < count; i++) {
        struct uid id = {{(uint8_t)(i + 1), 7, 9}};
        wish_from_offer(&reply->wishes[i], id, &falke,
                        &h->model->offers[i * 3 % h->model->offer_count]);
        reply->wishes[i].state = ends[i % 4].state;
        reply->wishes[i].reason = ends[i % 4].reason;
    }
}

static void wishes_of(struct hand *h, int count)
{
    offer_signed(h);
    tap(h, MSG_OPEN, SCREEN_WISHES, 0);
    reply_to(h, EFFECT_LIST_WISHES, ERR_OK);
    fill_wishes(h, count);
    send(h);
}

static void wishes_none(struct hand *h)
{
    wishes_of(h, 0);
}

static void wishes_some(struct hand *h)
{
    wishes_of(h, 4);
}

static void wishes_many(struct hand *h)
{
    wishes_of(h, 40);
}

static void wishes_undone(struct hand *h)
{
    wishes_of(h, 4);
    tap(h, MSG_UNDO_WISH, 0, 0);
    reply_to(h, EFFECT_UNDO_WISH, ERR_OK);
    send(h);
}

static void offers_signed(struct hand *h)
{
    wishes_of(h, 1);
    tap(h, MSG_OPEN, SCREEN_OFFERS, 0);
}

static void offer_refused(struct hand *h)
{
    offers_signed(h);
    const struct browse *browse = &h->model->browse;
    for (int i = browse->shown_count - 1; i >= 0; i--) {
        if (browse->shown[i].blocked) {
            tap(h, MSG_OFFER, browse->shown[i].offer, 0);
            return;
        }
    }
    CHECK(!"nothing is refused");
}

static void about_public(struct hand *h)
{
    tap(h, MSG_OPEN, SCREEN_ABOUT, 0);
}

static void about_mine(struct hand *h)
{
    wishes_of(h, 2);
    tap(h, MSG_OPEN, SCREEN_ABOUT, 0);
    struct reply *reply = reply_to(h, EFFECT_ABOUT, ERR_OK);
    reply->about_wishes = 12;
    reply->about_jobs = 10;
    reply->about_views = 20;
    reply->about_items = 10;
    send(h);
}

static void talk_public(struct hand *h)
{
    tap(h, MSG_OPEN, SCREEN_TALK, 0);
}

static void talk_signed(struct hand *h)
{
    wishes_of(h, 1);
    tap(h, MSG_OPEN, SCREEN_TALK, 0);
}

static void talk_saved(struct hand *h)
{
    talk_signed(h);
    tap(h, MSG_TALK, 0, 0);
    reply_to(h, EFFECT_SAVE_TALK, ERR_OK);
    send(h);
}

static void language(struct hand *h)
{
    tap(h, MSG_OPEN, SCREEN_LANGUAGE, 0);
}

static void card_unknown(struct hand *h)
{
    reply_to(h, EFFECT_READ_SCAN, ERR_OK)->scan = SCAN_CARD_UNKNOWN;
    send(h);
}

static void warning(struct hand *h)
{
    wishes_of(h, 2);
    h->model->mono_ms += 48000;
    tap(h, MSG_TICK, 0, 0);
}

/* ---- the team's states ----------------------------------------------------------------- */

static void door_known(struct hand *h, bool any)
{
    tap(h, MSG_OPEN, SCREEN_STAFF_DOOR, 0);
    reply_to(h, EFFECT_STAFF_KNOWN, ERR_OK)->yes = any;
    send(h);
}

static void door_setup(struct hand *h)
{
    door_known(h, false);
}

static void door_card(struct hand *h)
{
    door_known(h, true);
}

static void door_pin(struct hand *h)
{
    door_known(h, true);
    struct reply *reply = reply_to(h, EFFECT_READ_SCAN, ERR_OK);
    reply->scan = SCAN_STAFF;
    str_copy(reply->text, sizeof reply->text, STR("STAFFCARD"));
    send(h);
    tap(h, MSG_STAFF_PIN, 2, 0);
    tap(h, MSG_STAFF_PIN, 4, 0);
    tap(h, MSG_STAFF_PIN, 6, 0);
    tap(h, MSG_STAFF_PIN, 8, 0);
}

static void staff_with(struct hand *h, int wishes)
{
    door_pin(h);
    struct reply *reply = reply_to(h, EFFECT_STAFF_SIGN_IN, ERR_OK);
    str_copy(reply->staff_alias, sizeof reply->staff_alias, STR("Eule"));
    reply->staff.b[0] = 9;
    send(h);
    reply = reply_to(h, EFFECT_STAFF_LIST, ERR_OK);
    fill_wishes(h, wishes);
    reply->overview = (struct overview){.people = 12,
                                        .wishes_asked = wishes,
                                        .wishes_confirmed = 3,
                                        .wishes_declined = 1,
                                        .talks = 2,
                                        .offers = 30,
                                        .events = 148,
                                        .disk_free_bytes = 5000000000,
                                        .state_bytes = 400000,
                                        .feed_bytes = 90000};
    send(h);
    reply_to(h, EFFECT_PRINTER_STATUS, ERR_OK)->print = PRINT_DONE;
    send(h);
}

static void staff_empty(struct hand *h)
{
    staff_with(h, 0);
}

static void staff_list(struct hand *h)
{
    staff_with(h, 9);
    tap(h, MSG_STAFF_TAB, STAFF_TAB_WISHES, 0);
}

static void staff_decided(struct hand *h)
{
    staff_with(h, 9);
    tap(h, MSG_STAFF_TAB, STAFF_TAB_WISHES, 0);
    tap(h, MSG_PAGE, 1, 0);
}

static void staff_open_wish(struct hand *h)
{
    staff_with(h, 9);
    tap(h, MSG_STAFF_ROW, 0, 0);
}

static void stored(struct hand *h)
{
    staff_with(h, 3);
    tap(h, MSG_OPEN, SCREEN_STORED, 0);
}

static void stored_copied(struct hand *h)
{
    staff_with(h, 3);
    h->model->state_copied = true;
    tap(h, MSG_OPEN, SCREEN_STORED, 0);
}

static void enrol_alias(struct hand *h)
{
    staff_with(h, 3);
    tap(h, MSG_OPEN, SCREEN_ENROL, 0);
}

static void enrol_pictures(struct hand *h)
{
    enrol_alias(h);
    type(h, "luchs");
    tap(h, MSG_FORM_STEP, 1, 0);
    tap(h, MSG_PICTURE, 3, 0);
}

static void enrol_age(struct hand *h)
{
    enrol_pictures(h);
    for (int i = 0; i < 3; i++) {
        tap(h, MSG_PICTURE, i, 0);
    }
    tap(h, MSG_FORM_STEP, 1, 0);
}

static void enrol_consents(struct hand *h)
{
    enrol_age(h);
    tap(h, MSG_FORM_CHOICE, FORM_BAND, AGE_13_14);
    tap(h, MSG_FORM_CHOICE, FORM_SCHOOL, 1);
    tap(h, MSG_FORM_STEP, 1, 0);
}

static void enrol_interests(struct hand *h)
{
    enrol_consents(h);
    tap(h, MSG_FORM_CHOICE, FORM_CUSTODIAN, 1);
    tap(h, MSG_FORM_CHOICE, FORM_STORE, 1);
    tap(h, MSG_FORM_STEP, 1, 0);
}

static void new_card(struct hand *h)
{
    enrol_interests(h);
    tap(h, MSG_FORM_SAVE, 0, 0);
    struct reply *reply = reply_to(h, EFFECT_ENROL, ERR_OK);
    str_copy(reply->text, sizeof reply->text, STR("ANP10123456789ABCDEFGHJKLMNPQRSTUVWX"));
    send(h);
}

/* ---- for the other files of states ----------------------------------------------------- */

void play_typing(struct hand *hand, const char *text)
{
    type(hand, text);
}

void play_offer(struct hand *hand)
{
    offer(hand);
}

void play_saving(struct hand *hand)
{
    saving(hand);
}

void play_wishes(struct hand *hand)
{
    wishes_some(hand);
}

void play_about(struct hand *hand)
{
    about_mine(hand);
}

void play_staff(struct hand *hand)
{
    staff_with(hand, 3);
}

static const struct state_row rows[] = {
    {"home", home},
    {"home-no-offers", home_no_offers},
    {"age", age},
    {"age-school", age_school},
    {"age-young", age_young},
    {"offers", offers},
    {"offers-last-page", offers_last_page},
    {"offers-filtered-empty", offers_filtered_empty},
    {"offers-none", offers_none},
    {"offers-signed", offers_signed},
    {"offer", offer},
    {"offer-focus", offer_focus},
    {"offer-pressed", offer_pressed},
    {"offer-signed", offer_signed},
    {"offer-refused", offer_refused},
    {"unfit", unfit},
    {"unfit-said", unfit_said},
    {"who", who},
    {"who-typed", who_typed},
    {"who-pictures", who_pictures},
    {"who-ready", who_ready},
    {"who-checking", who_checking},
    {"who-wrong", who_wrong},
    {"who-wait", who_wait},
    {"card-unknown", card_unknown},
    {"saving", saving},
    {"not-saved", not_saved},
    {"disk-full", disk_full},
    {"saved", saved},
    {"saved-printed", saved_printed},
    {"saved-no-paper", saved_no_paper},
    {"saved-no-printer", saved_no_printer},
    {"wishes-none", wishes_none},
    {"wishes-some", wishes_some},
    {"wishes-many", wishes_many},
    {"wishes-undone", wishes_undone},
    {"about-public", about_public},
    {"about-mine", about_mine},
    {"talk-public", talk_public},
    {"talk-signed", talk_signed},
    {"talk-saved", talk_saved},
    {"language", language},
    {"warning", warning},
    {"staff-door-setup", door_setup},
    {"staff-door-card", door_card},
    {"staff-door-pin", door_pin},
    {"staff-empty", staff_empty},
    {"staff-list", staff_list},
    {"staff-decided", staff_decided},
    {"staff-wish", staff_open_wish},
    {"stored", stored},
    {"stored-copied", stored_copied},
    {"enrol-alias", enrol_alias},
    {"enrol-pictures", enrol_pictures},
    {"enrol-age", enrol_age},
    {"enrol-consents", enrol_consents},
    {"enrol-interests", enrol_interests},
    {"new-card", new_card},
};

struct state_group {
    const struct state_row *rows;
    const int *count;
};

static const int visitor_count = (int)ARRAY_LEN(rows);
static const struct state_group groups[] = {
    {rows, &visitor_count},
    {jobs_states, &jobs_states_count},
    {evaluation_states, &evaluation_states_count},
    {voices_states, &voices_states_count},
    {team_states, &team_states_count},
    {centre_states, &centre_states_count},
};

int states_count(void)
{
    int count = 0;
    for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
        count += *groups[i].count;
    }
    return count;
}

static const struct state_row *row_at(int index)
{
    size_t group = 0;
    while (index >= *groups[group].count) {
        index -= *groups[group++].count;
    }
    return &groups[group].rows[index];
}

const char *states_name(int index)
{
    return row_at(index)->name;
}

void states_make(const struct states *states, int index, int width, int height,
                 int text_percent, int language_index, struct model *model)
{
    char memory[256];
    struct buf error;
    size_t count;
    struct model_env env = {
        .rules = states->rules,
        .calendar = states->calendar,
        .forms = &states->form_set,
        .words_can_be_sealed = true,
        .centre = "Blitzjobs im Brunnenviertel",
        .phone = "030 000 00 00",
        .idle_s = 60,
        .warn_s = 15,
        .staff_idle_s = 300,
        .language = language_index,
    };
    struct hand hand = {(struct states *)states, model};
    buf_init(&error, memory, sizeof memory);
    model_init(model, &env, width, height);
    model->today = date_from_ymd(2026, 11, 22);
    model->minute = 15 * 60 + 42;
    model->wall_ms = date_to_wall_ms(model->today, model->minute);
    model->mono_ms = model->touched_ms = 100000;
    CHECK(offers_parse(asset_text("demo/offers.json"), model->today, model->offers, OFFERS_MAX,
                       &count, &error) == ERR_OK);
    model->offer_count = (int)count;
    model->offers_known = true;
    row_at(index)->make(&hand);
    model->text_percent = text_percent;
}
