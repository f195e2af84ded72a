/* How the staff's door looks: a card, a PIN, and setting up the first card. */
#include "screens/staff_door.h"
#include "screens/staff_parts.h"

#include <string.h>

static const char *panel_title(const struct ui *ui)
{
    const struct staff_session *staff = &ui->model->staff;
    if (!staff->known) {
        return ui_tr(ui, "Einen Moment …");
    }
    if (!door_is_setting_up(staff)) {
        return ui_tr(ui, staff->card[0] ? N_("Tippe deine PIN")
                                        : N_("Halte deine Team-Karte vor den Scanner"));
    }
    return ui_tr(ui, door_step(staff) == DOOR_PIN ? N_("Denk dir eine PIN aus")
                                                  : N_("Tippe die PIN noch einmal"));
}

static const char *panel_note(const struct ui *ui)
{
    const struct staff_session *staff = &ui->model->staff;
    if (staff->checking) {
        return ui_tr(ui, "Ich prüfe das …");
    }
    if (door_is_setting_up(staff)) {
        return ui_tr(ui, door_step(staff) == DOOR_PIN
                             ? N_("4 bis 8 Ziffern. Niemand sonst kennt sie.")
                             : N_("Dann ist deine Team-Karte fertig."));
    }
    return ui_tr(ui, staff->card[0] ? N_("Schau, dass niemand mitliest.")
                                    : N_("Diese Tür ist nur für das Team."));
}

static void draw_panel_words(struct ui *ui, struct rect inside, const char *title,
                             const char *note)
{
    struct words big = {FONT_BIG, COLOR_ON_INDIGO, PLACE_CENTER, 3};
    struct words small = {FONT_NOTE, COLOR_ON_INDIGO, PLACE_CENTER, 3};
    int note_height = ui_measure(ui, small, inside.w, note).height;
    bool room = inside.h > note_height + 80;
    struct rect head = inside;
    if (room) {
        ui_text(ui, rect_cut_bottom(&head, note_height), small, note);
        rect_cut_bottom(&head, 12);
    }
    big.font = ui_fit(ui, head, big, title);
    ui_text_middle(ui, head, big, title);
}

static void draw_panel(struct ui *ui, struct rect at)
{
    const struct staff_session *staff = &ui->model->staff;
    ui_box(ui, at, (struct look){COLOR_INDIGO, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, at.h < 300 ? 18 : 32);
    if (door_wants_pin(staff)) {
        struct rect row = rect_cut_bottom(&inside, 48);
        int size = (row.w - 8) / 12 < 28 ? (row.w - 8) / 12 : 28;
        ui_box(ui, rect_inset(row, -4), (struct look){COLOR_WHITE, COLOR_INK, 3, 22, 0});
        staff_dots(ui, row, (int)strlen(staff->pin), PIN_DIGITS_MAX, size);
        rect_cut_bottom(&inside, 16);
    }
    int size = inside.h / 2 > 220 ? 220 : inside.h / 2;
    if (inside.h >= 240) {
        struct rect top = rect_cut_top(&inside, size + 20);
        struct rect spot = rect_make(top.x + (top.w - size) / 2, top.y, size, size);
        ui_box(ui, spot, (struct look){COLOR_WHITE, COLOR_INK, 3, size / 6, 0});
        ui_icon(ui, rect_inset(spot, size / 5), staff->card[0] ? "check" : "qr");
    }
    draw_panel_words(ui, inside, panel_title(ui), panel_note(ui));
}

static void draw_pin(struct ui *ui, struct rect area)
{
    if (ui->height > ui->width) {
        draw_panel(ui, rect_cut_top(&area, area.h * 45 / 100));
        rect_cut_top(&area, 32);
    } else {
        draw_panel(ui, rect_cut_start(&area, area.w * 45 / 100));
        rect_cut_start(&area, 40);
    }
    ui_digits(ui, area, MSG_STAFF_PIN);
}

static void draw_alias(struct ui *ui, struct rect area)
{
    const char *text = ui_tr(ui, "Wie heißt du hier im Team? Ein Spitzname reicht.");
    struct words words = {FONT_LEAD, COLOR_INK, PLACE_START, 2};
    int height = area.h < 330 ? 56 : 80;
    words.font = ui_fit(ui, rect_make(0, 0, area.w, height), words, text);
    if (area.h >= 330) {
        rect_cut_top(&area, ui_text(ui, area, words, text) + 10);
    }
    staff_alias_field(ui, rect_cut_top(&area, height), ui->model->staff.setup_alias);
    rect_cut_top(&area, area.h < 330 ? 12 : 28);
    area.h = area.h > 460 ? 460 : area.h;
    ui_keyboard(ui, area);
}

static const char *main_text(const struct ui *ui)
{
    const struct staff_session *staff = &ui->model->staff;
    if (!door_is_setting_up(staff)) {
        return ui_tr(ui, "Öffnen");
    }
    return ui_tr(ui,
                 door_step(staff) == DOOR_PIN_AGAIN ? N_("Karte machen") : N_("Weiter"));
}

void door_view(struct ui *ui)
{
    const struct staff_session *staff = &ui->model->staff;
    struct rect area = staff_area(ui), foot = ui_foot(ui);
    bool new_kiosk = door_is_setting_up(staff);
    const char *title = ui_tr(ui, new_kiosk ? N_("Team einrichten") : N_("Für das Team"));
    const char *what = door_wants_alias(staff) ? ui_tr(ui, "Wie heißt du hier im Team?")
                                               : panel_title(ui);
    ui_head(ui, title,
            UI_FILL(ui, "{title}. {what}", TR_ARG("title", title), TR_ARG("what", what)));
    if (door_wants_alias(staff)) {
        draw_alias(ui, area);
    } else if (door_wants_pin(staff)) {
        draw_pin(ui, area);
    } else {
        int width = area.w < 760 ? area.w : 760;
        draw_panel(ui, rect_make(area.x + (area.w - width) / 2, area.y, width, area.h));
    }
    if (door_wants_alias(staff) || door_wants_pin(staff)) {
        staff_main(ui, &foot, NULL, main_text(ui), msg_make(MSG_SIGN_IN, 0, 0),
                   door_may_go_on(ui->model));
    }
}
