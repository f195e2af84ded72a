/* What every screen has: head, foot, notice, time-out warning. */
#include "ui/notice.h"
#include "ui/ui.h"

static int bare_head_height(const struct ui *ui)
{
    return ui->low ? 80 : 92;
}

/* In large text there is no row to spare: the notice lies over the head there. */
static int notice_height(const struct ui *ui)
{
    bool shown = ui->model->notice != NOTICE_NONE && !ui->tiny;
    return !shown ? 0 : ui->low ? 78 : 92;
}

int ui_head_height(const struct ui *ui)
{
    return bare_head_height(ui) + notice_height(ui);
}

int ui_foot_height(const struct ui *ui)
{
    return ui->low ? 94 : 110;
}

struct rect ui_content(const struct ui *ui)
{
    int head = ui_head_height(ui);
    return rect_make(UI_MARGIN, head, ui->width - 2 * UI_MARGIN,
                     ui->height - head - ui_foot_height(ui));
}

struct rect ui_foot(const struct ui *ui)
{
    int height = ui->low ? 68 : 78;
    return rect_make(UI_MARGIN, ui->height - ui_foot_height(ui) + (ui->low ? 10 : 14),
                     ui->width - 2 * UI_MARGIN, height);
}

struct rect ui_foot_end(struct ui *ui, struct rect *foot, const struct button *button)
{
    struct rect at = rect_cut_end(foot, ui_button_width(ui, button));
    rect_cut_end(foot, 16);
    ui_button(ui, at, button);
    return at;
}

struct rect ui_foot_start(struct ui *ui, struct rect *foot, const struct button *button)
{
    struct rect at = rect_cut_start(foot, ui_button_width(ui, button));
    rect_cut_start(foot, 16);
    ui_button(ui, at, button);
    return at;
}

static void draw_language(struct ui *ui, struct rect *row, int size)
{
    const char *name = language_at(ui->model->language)->name;
    struct msg msg = msg_open(SCREEN_LANGUAGE);
    if (ui->model->screen == SCREEN_LANGUAGE) {
        return;
    }
    if (ui->narrow) {
        ui_round(ui, rect_cut_end(row, size), "language", msg, name, COLOR_WHITE);
    } else {
        struct rect at = rect_cut_end(row, ui_pill_width(ui, "language", name));
        ui_pill(ui, at, false, "language", name, msg);
    }
    rect_cut_end(row, 16);
}

/* What the next press of the button does. */
static const char *text_size_label(const struct ui *ui)
{
    if (ui->model->text_percent < 150) {
        return ui_tr(ui, "Schrift größer");
    }
    return ui_tr(ui, ui->model->contrast ? N_("Schrift normal") : N_("Schwarz auf Weiß"));
}

struct rect ui_head_row(struct ui *ui, const char *spoken)
{
    int size = ui->low ? 56 : 60;
    struct rect row =
        rect_make(UI_MARGIN, ui->low ? 10 : 14, ui->width - 2 * UI_MARGIN, size);
    bool is_home = ui->model->screen == SCREEN_HOME;
    frame_title(ui->frame, str_of(spoken));
    if (is_home) {
        struct rect spot = rect_cut_start(&row, 64);
        ui_icon(ui, rect_make(spot.x, spot.y + (size - 48) / 2, 48, 48), "flash");
    } else {
        ui_round(ui, rect_cut_start(&row, size), "back", msg_make(MSG_BACK, 0, 0),
                 ui_tr(ui, "Zurück"), COLOR_WHITE);
        rect_cut_start(&row, 16);
    }
    draw_language(ui, &row, size);
    ui_round(ui, rect_cut_end(&row, size), "read-aloud", msg_make(MSG_READ_ALOUD, 0, 0),
             ui_tr(ui, "Vorlesen"), COLOR_WHITE);
    rect_cut_end(&row, 16);
    ui_round(ui, rect_cut_end(&row, size), "text-size", msg_make(MSG_TEXT_SIZE, 0, 0),
             text_size_label(ui), COLOR_WHITE);
    rect_cut_end(&row, 16);
    return row;
}

void ui_head_title(struct ui *ui, struct rect row, const char *title)
{
    struct words words = {FONT_TITLE, COLOR_INK, PLACE_START, ui->narrow ? 2 : 1};
    words.font = ui_fit(ui, row, words, title);
    ui_text_middle(ui, row, words, title);
}

void ui_head(struct ui *ui, const char *title, const char *spoken)
{
    struct rect row = ui_head_row(ui, spoken ? spoken : title ? title : "");
    if (title) {
        ui_head_title(ui, row, title);
    }
}

void ui_notice(struct ui *ui)
{
    const char *text = notice_text(ui);
    if (!text) {
        return;
    }
    int top = ui->tiny ? 4 : bare_head_height(ui) - 4;
    int height = ui->tiny ? bare_head_height(ui) - 12 : notice_height(ui) - 12;
    struct rect at = rect_make(UI_MARGIN, top, ui->width - 2 * UI_MARGIN, height);
    struct words words = {FONT_LABEL, COLOR_INK, PLACE_START, 3};
    int down = ui_touch(ui, at, 6, msg_make(MSG_DISMISS, 0, 0), text);
    at.y += down;
    ui_box(ui, at, (struct look){notice_tint(ui->model->notice), COLOR_INK, 3, 22, 6 - down});
    struct rect inside = rect_make(at.x + 26, at.y + 6, at.w - 52, at.h - 12);
    struct rect cross = rect_cut_end(&inside, 32);
    ui_icon_in(ui, rect_make(cross.x, cross.y + (cross.h - 32) / 2, 32, 32), "close",
               COLOR_INK);
    rect_cut_end(&inside, 16);
    words.font = ui_fit(ui, inside, words, text);
    ui_text_middle(ui, inside, words, text);
}

void ui_warning(struct ui *ui)
{
    int left = model_seconds_left(ui->model);
    int height = ui->low ? 300 : 340, width = ui->narrow ? ui->width - 64 : 720;
    struct rect at = rect_make((ui->width - width) / 2, (ui->height - height) / 2, width,
                               height);
    if (!ui->model->warning || left < 0) {
        return;
    }
    /* The whole screen answers: wherever a hand lands, the visit goes on. */
    const char *title = ui_tr(ui, "Bist du noch da?");
    const char *text =
        UI_FILL(ui,
                tr_n(&ui->i18n, "Der Kiosk vergisst dich in {n} Sekunde.",
                     "Der Kiosk vergisst dich in {n} Sekunden.", left),
                TR_ARG("n", ui_number(ui, left)));
    frame_title(ui->frame, str_of(title));
    ui_touch(ui, rect_make(0, 0, ui->width, ui->height), 0, msg_make(MSG_STAY, 0, 0), title);
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, 36);
    struct rect foot = rect_cut_bottom(&inside, 84);
    struct words big = {FONT_BIG, COLOR_INK, PLACE_CENTER, 1};
    rect_cut_top(&inside, ui_text(ui, inside, big, title) + 12);
    ui_text(ui, inside, (struct words){FONT_TEXT, COLOR_INK, PLACE_CENTER, 2}, text);
    ui_button(ui, foot, &(struct button){BUTTON_MAIN, "check", ui_tr(ui, "Ja, weiter"),
                                         msg_make(MSG_STAY, 1, 0), FONT_BUTTON});
}
