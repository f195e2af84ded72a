/* The centre has locked this kiosk: it opens for nobody, and says so in every language.
 */
#include "screens/screen.h"

static const char *const sentences[] = {
    N_("Dieser Kiosk ist gesperrt."),
    N_("Bitte sprich mit dem Team."),
};

/* Each language in its own direction, but where this screen's direction puts it. */
static void draw_language(struct ui *ui, struct rect at, int language)
{
    struct i18n own = ui->i18n;
    struct words title = {FONT_BIG, COLOR_INK, PLACE_CENTER, 2};
    struct words note = {FONT_LEAD, COLOR_INK, PLACE_CENTER, 2};
    ui->i18n = i18n_of(language);
    if (ui->i18n.rtl != own.rtl) {
        at.x = ui->width - at.x - at.w;
    }
    const char *what = ui_tr(ui, sentences[0]), *then = ui_tr(ui, sentences[1]);
    title.font = ui_fit(ui, rect_make(0, 0, at.w, at.h * 55 / 100), title, what);
    int above = ui_measure(ui, title, at.w, what).height;
    note.font = ui_fit(ui, rect_make(0, 0, at.w, at.h - above - 2), note, then);
    int below = ui_measure(ui, note, at.w, then).height;
    rect_cut_top(&at, (at.h - above - below) / 2 > 0 ? (at.h - above - below) / 2 : 0);
    rect_cut_top(&at, ui_text(ui, at, title, what) + 2);
    ui_text(ui, at, note, then);
    ui->i18n = own;
}

static void draw_read_aloud(struct ui *ui)
{
    int size = ui->low ? 56 : 60;
    ui_round(ui, rect_make(ui->width - UI_MARGIN - size, ui->low ? 10 : 14, size, size),
             "read-aloud", msg_make(MSG_READ_ALOUD, 0, 0), ui_tr(ui, "Vorlesen"),
             COLOR_WHITE);
}

static void locked_view(struct ui *ui)
{
    int count = language_count(), size = ui->low ? 84 : 150;
    struct rect area = rect_make(UI_MARGIN, ui->low ? 16 : 40, ui->width - 2 * UI_MARGIN,
                                 ui->height - (ui->low ? 32 : 72));
    const char *spoken =
        UI_FILL(ui, "{what} {then}", TR_ARG("what", ui_tr(ui, sentences[0])),
                TR_ARG("then", ui_tr(ui, sentences[1])));
    frame_title(ui->frame, str_of(spoken));
    draw_read_aloud(ui);
    struct rect top = rect_cut_top(&area, ui->tiny ? 56 : size + (ui->low ? 10 : 24));
    if (!ui->tiny) {
        ui_icon(ui, rect_make(top.x + (top.w - size) / 2, top.y, size, size), "lock");
    }
    int columns = ui->narrow ? 1 : 2, rows = (count + columns - 1) / columns;
    int width = (area.w - UI_GAP * (columns - 1)) / columns, height = area.h / rows;
    for (int i = 0; i < count; i++) {
        bool alone = i == count - 1 && i % columns == 0;
        int x = alone ? area.x + (area.w - width) / 2
                      : area.x + i % columns * (width + UI_GAP);
        draw_language(ui, rect_make(x, area.y + i / columns * height, width, height - 10),
                      i);
    }
}

const struct screen screen_locked = {
    .name = "locked", .theme = THEME_PAPER, .view = locked_view};
