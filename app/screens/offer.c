/* One offer: three short sentences, five facts, one main action. */
#include "screens/words.h"

#include "domain/field.h"

#include <string.h>

struct fact {
    const char *icon;
    enum color fill;
    const char *title, *note;
};

static enum match_because because_of(const struct browse *browse)
{
    for (int i = 0; i < browse->shown_count; i++) {
        if (browse->shown[i].offer == browse->offer) {
            return browse->shown[i].because;
        }
    }
    return BECAUSE_NONE;
}

/* ---- the picture side ------------------------------------------------------------------ */

static void draw_tag(struct ui *ui, struct rect at, const char *text)
{
    struct words words = {FONT_PILL, COLOR_INK, PLACE_CENTER, 1};
    words.font = ui_fit(ui, rect_make(0, 0, at.w - 26, 38), words, text);
    struct text_box box = ui_measure(ui, words, at.w - 26, text);
    if (box.cut) {
        return; /* the pictogram says it, and so do the words below */
    }
    struct rect tag = rect_cut_end(&at, box.width + 26);
    tag.h = 38;
    ui_box(ui, tag, (struct look){.fill = COLOR_PAPER, .radius = 14});
    ui_text_middle(ui, rect_inset(tag, 6), words, text);
}

static void draw_picture_words(struct ui *ui, struct rect inside, const struct offer *offer)
{
    struct words title = {FONT_HUGE, COLOR_INK, PLACE_START, 3};
    struct words text = {FONT_TEXT, COLOR_INK, PLACE_START, 8};
    const char *name = ui_own(ui, offer->title), *story = ui_own(ui, offer->text);
    text.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h * 62 / 100), text, story);
    int height = ui_measure(ui, text, inside.w, story).height;
    title.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h - height - 8), title, name);
    ui_text(ui, inside, title, name);
    ui_text(ui, rect_cut_bottom(&inside, height), text, story);
}

static void draw_picture(struct ui *ui, struct rect at, const struct offer *offer)
{
    ui_box(ui, at, (struct look){ui_field_tint(offer->field), COLOR_INK, 3, 28, 10});
    struct rect inside = rect_inset(at, ui->low ? 24 : 34);
    int size = at.h * 26 / 100 > 150 ? 150 : at.h * 26 / 100;
    size = ui->tiny ? 64 : size;
    struct rect top = rect_cut_top(&inside, size);
    ui_icon(ui, rect_cut_start(&top, size), field_icon(offer->field));
    if (!ui->tiny) {
        draw_tag(ui, top, ui_tr(ui, field_name(offer->field)));
    }
    rect_cut_top(&inside, ui->low ? 10 : 26);
    draw_picture_words(ui, inside, offer);
}

/* ---- the five facts -------------------------------------------------------------------- */

static const char *hours_note(struct ui *ui, const struct offer *offer)
{
    char memory[64];
    struct buf b;
    buf_init(&b, memory, sizeof memory);
    tr_hours(&b, &ui->i18n, offer_paid_minutes(offer));
    if (offer->work.break_minutes > 0) {
        return UI_FILL(ui, ui_tr(ui, "{hours} und {n} Minuten Pause"), TR_ARG("hours", memory),
                       TR_ARG("n", ui_number(ui, offer->work.break_minutes)));
    }
    return UI_FILL(ui, "{hours}", TR_ARG("hours", memory));
}

static const char *walk_note(struct ui *ui, const struct offer *offer)
{
    if (offer->walk_minutes <= 0) {
        return ui_tr(ui, "Ein Coach zeigt dir den Weg.");
    }
    const char *format = tr_n(&ui->i18n, "{n} Minute von hier", "{n} Minuten von hier",
                              offer->walk_minutes);
    return UI_FILL(ui, format, TR_ARG("n", ui_number(ui, offer->walk_minutes)));
}

static const char *place_title(struct ui *ui, const struct offer *offer)
{
    if (offer->place[0] == '\0') {
        return ui_own(ui, offer->district);
    }
    return UI_FILL(ui, ui_tr(ui, "{place}, {district}"),
                   TR_ARG("place", offer->place), TR_ARG("district", offer->district));
}

static const char *money_note(struct ui *ui, const struct offer *offer)
{
    char memory[48];
    struct buf month;
    struct date_ymd day = date_to_ymd(offer->work.date);
    date_t next = day.month == 12 ? date_from_ymd(day.year + 1, 1, 1)
                                  : date_from_ymd(day.year, day.month + 1, 1);
    buf_init(&month, memory, sizeof memory);
    tr_date(&month, &ui->i18n, next, DATE_MONTH);
    return UI_FILL(ui, ui_tr(ui, "{money} pro Stunde. Geld kommt Anfang {month}."),
                   TR_ARG("money", words_money_spoken(ui, offer->cents_per_hour)),
                   TR_ARG("month", memory));
}

static const char *places_title(struct ui *ui, const struct offer *offer)
{
    int free = offer_free(offer);
    if (free == 0) {
        return ui_tr(ui, "Alle Plätze sind vergeben");
    }
    const char *format = tr_n(&ui->i18n, "Noch {n} von {count} Platz frei",
                              "Noch {n} von {count} Plätzen frei", offer->places);
    return UI_FILL(ui, format, TR_ARG("n", ui_number(ui, free)),
                   TR_ARG("count", ui_number(ui, offer->places)));
}

/* Only a place that the centre has lent to this kiosk is given without asking. */
static bool can_be_taken(const struct offer *offer)
{
    return offer->at_once && offer->leased > 0;
}

static const char *places_note(struct ui *ui, const struct offer *offer)
{
    if (can_be_taken(offer)) {
        return ui_tr(ui, "Sofort-Zusage möglich.");
    }
    if (offer->places > 1) {
        return ui_tr(ui, "Du arbeitest mit anderen zusammen.");
    }
    return ui_tr(ui, offer->adult_present ? N_("Jemand ist die ganze Zeit da.")
                                          : N_("Du arbeitest alleine."));
}

static const char *consent_note(struct ui *ui, const struct rules_person *person)
{
    if (person->age >= 18) {
        return ui_tr(ui, "Du entscheidest selbst.");
    }
    return ui_tr(ui, ui->model->visit.signed_in
                         ? N_("Deine Eltern haben schon unterschrieben.")
                         : N_("Deine Eltern müssen unterschreiben."));
}

static struct fact permission_fact(struct ui *ui, const struct offer *offer)
{
    const struct rules_verdict *verdict = &ui->model->browse.verdict;
    struct rules_person person;
    if (!verdict->allowed) {
        const struct rules_reason *reason = &verdict->reasons[0];
        return (struct fact){"close", COLOR_PEACH, ui_tr(ui, reason->text),
                             reason->instead[0] ? ui_tr(ui, reason->instead) : reason->law};
    }
    if (!browse_person(ui->model, offer->work.date, &person)) {
        return (struct fact){"check", COLOR_WHITE,
                             UI_FILL(ui, ui_tr(ui, "Ab {n} Jahren"),
                                     TR_ARG("n", ui_number(ui, offer->min_age))),
                             ui_tr(ui, "Tippe auf „Ja“, dann prüfen wir das zusammen.")};
    }
    return (struct fact){"check", COLOR_WHITE,
                         UI_FILL(ui, ui_tr(ui, "Ab {n} Jahren. Du darfst das machen."),
                                 TR_ARG("n", ui_number(ui, offer->min_age))),
                         consent_note(ui, &person)};
}

static void draw_fact(struct ui *ui, struct rect at, const struct fact *fact, int lines,
                      bool with_note)
{
    int size = at.h > 76 ? 72 : at.h - 6;
    size = size > 72 ? 72 : size;
    struct rect spot = rect_cut_start(&at, size);
    spot.y += (at.h - size) / 2;
    spot.h = size;
    ui_box(ui, spot, (struct look){fact->fill, COLOR_INK, 3, 18, 0});
    ui_icon(ui, rect_inset(spot, size / 5), fact->icon);
    rect_cut_start(&at, 22);
    struct words title = {FONT_BUTTON, COLOR_INK, PLACE_START, lines};
    struct words note = {FONT_FINE, COLOR_MUTED, PLACE_START, lines};
    int room = with_note ? at.h * 58 / 100 : at.h;
    title.font = ui_fit(ui, rect_make(0, 0, at.w, room), title, fact->title);
    int height = ui_measure(ui, title, at.w, fact->title).height, note_height = 0;
    if (with_note) {
        note.font = ui_fit(ui, rect_make(0, 0, at.w, at.h - height), note, fact->note);
        struct text_box box = ui_measure(ui, note, at.w, fact->note);
        with_note = !box.cut;
        note_height = with_note ? box.height : 0;
    }
    int spare = at.h - height - note_height;
    rect_cut_top(&at, spare > 0 ? spare / 2 : 0);
    rect_cut_top(&at, ui_text(ui, at, title, fact->title));
    if (with_note) {
        ui_text(ui, at, note, fact->note);
    }
}

static void draw_facts(struct ui *ui, struct rect area, const struct offer *offer)
{
    const struct fact facts[] = {
        {"clock", COLOR_LEMON, words_when(ui, &offer->work), hours_note(ui, offer)},
        {"place", COLOR_MINT, place_title(ui, offer), walk_note(ui, offer)},
        {"euro", COLOR_BLITZ, words_money_spoken(ui, offer_cents(offer)),
         money_note(ui, offer)},
        {"people", COLOR_ROSE, places_title(ui, offer), places_note(ui, offer)},
        permission_fact(ui, offer),
    };
    int count = (int)ARRAY_LEN(facts);
    bool refused = !ui->model->browse.verdict.allowed;
    /* The reason needs room: in large text the facts that no longer matter give way. */
    int first = refused && ui->tiny ? 3 : 0;
    int extra = refused ? (ui->tiny ? 130 : 54) : 0;
    int step = (area.h - extra) / (count - first);
    step = step > 100 ? 100 : step;
    for (int i = first; i < count; i++) {
        bool last = refused && i == count - 1;
        draw_fact(ui, rect_cut_top(&area, last ? step - 8 + extra : step - 8), &facts[i],
                  last ? 4 : 1, last || step >= 66);
        rect_cut_top(&area, 8);
    }
}

/* ---- the screen ------------------------------------------------------------------------ */

static const char *bottom_note(struct ui *ui, const struct offer *offer)
{
    const char *wish =
        ui_tr(ui, can_be_taken(offer) ? N_("Sagst du Ja, ist der Platz gleich deiner.")
                                      : N_("Ein Tipp ist ein Wunsch, kein Vertrag. "
                                           "Ein Coach sagt dir Bescheid."));
    const char *because = words_because(ui, offer, because_of(&ui->model->browse));
    if (!ui->model->browse.verdict.allowed) {
        return ui_tr(ui, "Das Gesetz schützt dich. Andere Jobs gehen.");
    }
    if (because[0] == '\0') {
        return wish;
    }
    return UI_FILL(ui, "{because} {wish}", TR_ARG("because", because), TR_ARG("wish", wish));
}

static void draw_actions(struct ui *ui, const struct offer *offer)
{
    struct rect foot = ui_foot(ui);
    bool open = ui->model->browse.verdict.allowed && offer_free(offer) > 0;
    struct button yes = {BUTTON_MAIN, "check",
                         ui_tr(ui, ui->narrow ? N_("Ja, das will ich")
                                              : N_("Ja, das will ich machen")),
                         msg_make(MSG_WISH, 0, 0), FONT_CARD};
    struct button other = {BUTTON_MAIN, "flash", ui_tr(ui, "Andere Jobs ansehen"),
                           msg_make(MSG_BACK, 0, 0), FONT_BUTTON};
    struct button no = {BUTTON_PLAIN, NULL, ui_tr(ui, "Passt nicht"),
                        msg_make(MSG_NOT_FIT, 0, 0), FONT_BUTTON};
    struct button *main = open ? &yes : &other;
    int width = ui_button_width(ui, main) + (ui->narrow ? 0 : 120);
    if (open) {
        ui_foot_start(ui, &foot, &no);
    }
    struct rect at = rect_cut_end(&foot, width < foot.w ? width : foot.w);
    ui_button(ui, at, main);
}

static const char *spoken_text(struct ui *ui, const struct offer *offer)
{
    return UI_FILL(ui, "{title}. {text} {when}. {place}. {money}. {permission}",
                   TR_ARG("title", offer->title), TR_ARG("text", offer->text),
                   TR_ARG("when", words_when(ui, &offer->work)),
                   TR_ARG("place", place_title(ui, offer)),
                   TR_ARG("money", words_money_spoken(ui, offer_cents(offer))),
                   TR_ARG("permission", permission_fact(ui, offer).title));
}

static void offer_view(struct ui *ui)
{
    const struct offer *offer = &ui->model->offers[ui->model->browse.offer];
    struct rect area = ui_content(ui);
    const char *note = bottom_note(ui, offer);
    struct words words = {FONT_FINE, COLOR_MUTED, PLACE_START, 3};
    ui_head(ui, NULL, spoken_text(ui, offer));
    if (ui->narrow) {
        draw_picture(ui, rect_cut_top(&area, area.h * 40 / 100), offer);
        rect_cut_top(&area, 30);
    } else {
        struct rect picture = rect_cut_start(&area, area.w * 40 / 100);
        rect_cut_top(&picture, 10);
        rect_cut_bottom(&picture, 18);
        draw_picture(ui, picture, offer);
        rect_cut_start(&area, 40);
        rect_cut_top(&area, 10);
    }
    words.font = ui->tiny ? FONT_TINY : FONT_FINE;
    int height = ui_measure(ui, words, area.w, note).height;
    struct rect bottom = rect_cut_bottom(&area, height + 10);
    draw_facts(ui, area, offer);
    ui_text(ui, bottom, words, note);
    draw_actions(ui, offer);
}

static bool already_wished(const struct model *model, const struct offer *offer)
{
    for (int i = 0; i < model->visit.wish_count; i++) {
        const struct wish *wish = &model->visit.wishes[i];
        if (wish_counts(wish) && strcmp(wish->code, offer->code) == 0) {
            return true;
        }
    }
    return false;
}

void offer_wish(struct model *model, struct effects *effects)
{
    const struct offer *offer = &model->offers[model->browse.offer];
    struct visit *visit = &model->visit;
    if (!visit->signed_in) {
        visit->after = SCREEN_OFFER;
        visit->wish_pending = true;
        go(model, effects, SCREEN_WHO);
        return;
    }
    visit->wish_pending = false;
    browse_judge(model);
    if (already_wished(model, offer)) {
        model->notice = NOTICE_ALREADY_WISHED;
    } else if (model->browse.verdict.allowed && offer_free(offer) > 0) {
        wish_from_offer(&visit->wish, model->fresh[0], &visit->who, offer);
        visit->saved = visit->taken = false;
        visit->decision = model->fresh[1];
        visit->at_once = can_be_taken(offer);
        visit->print = PRINT_NONE;
        visit->payload[0] = '\0';
        model_replace(model, SCREEN_SAVED);
        screen_saved.enter(model, effects);
    }
}

static void offer_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    if (msg->kind == MSG_WISH) {
        offer_wish(model, effects);
    } else if (msg->kind == MSG_NOT_FIT) {
        model->visit.fact = model->fresh[0];
        go(model, effects, SCREEN_UNFIT);
    }
}

static void offer_enter(struct model *model, struct effects *effects)
{
    (void)effects;
    if (model->browse.offer < 0) {
        model_back(model);
        return;
    }
    browse_judge(model);
}

const struct screen screen_offer = {.name = "offer",
                                    .theme = THEME_PAPER,
                                    .view = offer_view,
                                    .update = offer_update,
                                    .enter = offer_enter};
