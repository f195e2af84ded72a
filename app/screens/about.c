/* "Was weiß der Kiosk über mich?": everything, in plain words, and what it never knows. */
#include "screens/screen.h"

#include "domain/field.h"

#define LINES_MAX 8
#define ITEM_ICON 94 /* with the gap behind it */

struct item {
    const char *icon, *title, *note;
    enum color fill;
};

static void add(struct item *items, int *count, struct item item)
{
    if (*count < LINES_MAX) {
        items[(*count)++] = item;
    }
}

static const char *band_words(struct ui *ui, const struct participant *who)
{
    static const char *const bands[AGE_BAND_COUNT] = {
        [AGE_13_14] = N_("13–14 Jahre"),
        [AGE_15] = N_("15 Jahre"),
        [AGE_16_17] = N_("16–17 Jahre"),
        [AGE_18] = N_("18 oder älter"),
    };
    const char *school = ui_tr(ui, who->full_time_schooling ? N_("du gehst zur Schule")
                                                            : N_("Schule ist fertig"));
    return UI_FILL(ui, ui_tr(ui, "{age}, {school}"),
                   TR_ARG("age", ui_tr(ui, bands[participant_band(who, ui->model->today)])),
                   TR_ARG("school", school));
}

static const char *consent_words(struct ui *ui, const struct consent *consent)
{
    char memory[64];
    struct buf until;
    if (!consent_valid(consent, ui->model->today)) {
        return ui_tr(ui, "nein");
    }
    if (consent->until == DATE_NONE) {
        return ui_tr(ui, "ja");
    }
    buf_init(&until, memory, sizeof memory);
    tr_date(&until, &ui->i18n, consent->until, DATE_DAY);
    return UI_FILL(ui, ui_tr(ui, "ja, bis {date}"), TR_ARG("date", memory));
}

static const char *interest_words(struct ui *ui, const struct participant *who)
{
    char memory[400];
    struct buf b;
    buf_init(&b, memory, sizeof memory);
    for (int field = 1; field <= FIELD_MAX; field++) {
        if (field_in(who->interests, field)) {
            buf_puts(&b, b.len > 0 ? ", " : "");
            buf_puts(&b, ui_tr(ui, field_name(field)));
        }
    }
    return b.len > 0 ? UI_FILL(ui, "{list}", TR_ARG("list", memory)) : ui_tr(ui, "noch nichts");
}

static const char *jobs_words(struct ui *ui, const struct visit *visit)
{
    return UI_FILL(ui,
                   ui_tr(ui, "Jobs: {jobs}. Antworten danach: {views}. "
                             "Auf deinem Blatt: {items}."),
                   TR_ARG("jobs", ui_number(ui, visit->about_jobs)),
                   TR_ARG("views", ui_number(ui, visit->about_views)),
                   TR_ARG("items", ui_number(ui, visit->about_items)));
}

/* Whatever else is said here is known there as well. */
static const char *centre_note(struct ui *ui)
{
    const struct words words = {FONT_TINY, COLOR_MUTED, PLACE_START, ui->narrow ? 2 : 1};
    const char *plain = ui_tr(ui, "Die Zentrale und die Kioske dort bekommen es. "
                                  "Sonst niemand.");
    if (ui->model->centre.name[0] == '\0') {
        return plain;
    }
    const char *named = UI_FILL(ui,
                                ui_tr(ui, "„{name}“ und die Kioske dort bekommen es. "
                                          "Sonst niemand."),
                                TR_ARG("name", ui->model->centre.name));
    return ui_measure(ui, words, ui_content(ui).w - ITEM_ICON, named).cut ? plain : named;
}

static void add_centre(struct ui *ui, struct item *items, int *count)
{
    if (ui->model->centre.receipts.enrolled) {
        add(items, count,
            (struct item){"safe-centre", ui_tr(ui, "Auch die Zentrale weiß das"),
                          centre_note(ui), COLOR_AQUA});
    }
}

static int personal_items(struct ui *ui, struct item *items)
{
    const struct visit *visit = &ui->model->visit;
    const struct participant *who = &visit->who;
    int count = 0;
    add(items, &count, (struct item){"my-sheet", ui_tr(ui, "Dein Spitzname"), who->alias,
                                     COLOR_SKY});
    add(items, &count, (struct item){"clock", ui_tr(ui, "Alter und Schule"),
                                     band_words(ui, who), COLOR_LEMON});
    add(items, &count, (struct item){"check", ui_tr(ui, "Deine Eltern sind einverstanden"),
                                     consent_words(ui, &who->consents[CONSENT_CUSTODIAN]),
                                     COLOR_MINT});
    add(items, &count, (struct item){"check", ui_tr(ui, "Dein Blatt darf bleiben"),
                                     consent_words(ui, &who->consents[CONSENT_STORE]),
                                     COLOR_MINT});
    add(items, &count, (struct item){"new", ui_tr(ui, "Das interessiert dich"),
                                     interest_words(ui, who), COLOR_LILAC});
    if (visit->about_known) {
        const char *format = ui_tr(ui, "Wünsche: {wishes}. „Passt nicht“: {unfits}. "
                                       "„Ich will reden“: {talks}.");
        add(items, &count,
            (struct item){"wishes", ui_tr(ui, "Was du hier getippt hast"),
                          UI_FILL(ui, format,
                                  TR_ARG("wishes", ui_number(ui, visit->about_wishes)),
                                  TR_ARG("unfits", ui_number(ui, visit->about_unfits)),
                                  TR_ARG("talks", ui_number(ui, visit->about_talks))),
                          COLOR_PEACH});
        add(items, &count,
            (struct item){"how-was-it", ui_tr(ui, "Deine Jobs und was danach kam"),
                          jobs_words(ui, visit), COLOR_SAND});
    }
    add_centre(ui, items, &count);
    return count;
}

static int public_items(struct ui *ui, struct item *items)
{
    int count = 0;
    add(items, &count,
        (struct item){"my-sheet", ui_tr(ui, "Ohne Anmeldung: nichts über dich"),
                      ui_tr(ui, "Nach deinem Besuch ist alles weg."), COLOR_SKY});
    add(items, &count,
        (struct item){"check", ui_tr(ui, "Mit Anmeldung: nur das Nötigste"),
                      ui_tr(ui, "Dein Spitzname, dein Alter ungefähr, deine Wünsche."),
                      COLOR_MINT});
    add_centre(ui, items, &count);
    add(items, &count,
        (struct item){"close", ui_tr(ui, "Das weiß der Kiosk nie"),
                      ui_tr(ui, "Deinen echten Namen, Adresse, Telefon, Geburtstag, Konto."),
                      COLOR_PEACH});
    add(items, &count,
        (struct item){"talk", ui_tr(ui, "Du willst etwas löschen?"),
                      ui_tr(ui, "Sag es dem Team. Das ist dein gutes Recht."), COLOR_LILAC});
    return count;
}

static void draw_item(struct ui *ui, struct rect at, const struct item *item)
{
    int size = at.h > 76 ? 72 : at.h - 4;
    struct rect spot = rect_cut_start(&at, size);
    spot.y += (spot.h - size) / 2;
    spot.h = size;
    ui_box(ui, spot, (struct look){item->fill, COLOR_INK, 3, 18, 0});
    ui_icon(ui, rect_inset(spot, size / 5), item->icon);
    rect_cut_start(&at, 22);
    struct words title = {FONT_LABEL, COLOR_INK, PLACE_START, 1};
    struct words note = {FONT_FINE, COLOR_MUTED, PLACE_START, ui->narrow ? 2 : 1};
    title.font = ui_fit(ui, rect_make(0, 0, at.w, at.h / 2), title, item->title);
    note.font = ui_fit(ui, rect_make(0, 0, at.w, at.h / 2), note, item->note);
    int height = ui_measure(ui, title, at.w, item->title).height +
                 ui_measure(ui, note, at.w, item->note).height;
    rect_cut_top(&at, height < at.h ? (at.h - height) / 2 : 0);
    rect_cut_top(&at, ui_text(ui, at, title, item->title));
    ui_text(ui, at, note, item->note);
}

static void about_view(struct ui *ui)
{
    struct item items[LINES_MAX];
    struct rect area = ui_content(ui), foot = ui_foot(ui);
    bool signed_in = ui->model->visit.signed_in;
    int count = signed_in ? personal_items(ui, items) : public_items(ui, items);
    ui_head(ui, ui_tr(ui, "Was weiß der Kiosk über mich?"), NULL);
    rect_cut_top(&area, 6);
    int step = area.h / count > 112 ? 112 : area.h / count;
    for (int i = 0; i < count; i++) {
        draw_item(ui, rect_cut_top(&area, step - (ui->tiny ? 4 : 10)), &items[i]);
        rect_cut_top(&area, ui->tiny ? 4 : 10);
    }
    if (signed_in) {
        ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, NULL, ui_tr(ui, "Fertig"),
                                                msg_make(MSG_HOME, 0, 0), FONT_BUTTON});
    } else {
        ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, "my-sheet",
                                                ui_tr(ui, "Zeig mir meins"),
                                                msg_make(MSG_SIGN_IN, 0, 0), FONT_BUTTON});
    }
}

static void about_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    if (msg->kind == MSG_SIGN_IN) {
        model->visit.after = SCREEN_ABOUT;
        go(model, effects, SCREEN_WHO);
    }
}

static void about_enter(struct model *model, struct effects *effects)
{
    if (model->visit.signed_in) {
        ask(model, effects, EFFECT_ABOUT);
    }
}

void about_on_reply(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct visit *visit = &model->visit;
    (void)effects;
    visit->about_known = reply->err == ERR_OK;
    visit->about_wishes = reply->about_wishes;
    visit->about_unfits = reply->about_unfits;
    visit->about_talks = reply->about_talks;
    visit->about_cards = reply->about_cards;
    visit->about_jobs = reply->about_jobs;
    visit->about_views = reply->about_views;
    visit->about_items = reply->about_items;
}

const struct screen screen_about = {.name = "about",
                                    .theme = THEME_PAPER,
                                    .personal = true,
                                    .view = about_view,
                                    .update = about_update,
                                    .enter = about_enter};
