/* What this kiosk has stored: plain numbers, and what it never stores. */
#include "screens/staff_parts.h"

#define MEGA INT64_C(1000000)
#define GIGA INT64_C(1000000000)
#define DISK_SCARCE (500 * MEGA)
#define DISK_LOW (50 * MEGA)
#define TILES 6

struct count {
    enum color fill;
    const char *number, *text;
};

static const char *bytes_text(struct ui *ui, int64_t bytes)
{
    bool giga = bytes >= GIGA;
    return UI_FILL(ui, giga ? "{n} GB" : "{n} MB",
                   TR_ARG("n", ui_number(ui, (long)(bytes / (giga ? GIGA : MEGA)))));
}

static const char *disk_text(struct ui *ui, int64_t free)
{
    const char *format = free < DISK_LOW      ? N_("Der Speicher ist fast voll: noch {size}.")
                         : free < DISK_SCARCE ? N_("Der Platz wird knapp: noch {size}.")
                                              : N_("Platz ist genug da: noch {size}.");
    return UI_FILL(ui, ui_tr(ui, format), TR_ARG("size", bytes_text(ui, free)));
}

static void draw_count(struct ui *ui, struct rect at, const struct count *count)
{
    struct words number = {at.h < 96 ? FONT_TITLE : FONT_BIG, COLOR_INK, PLACE_START, 1};
    struct words text = {FONT_NOTE, COLOR_INK, PLACE_START, 2};
    ui_box(ui, at, (struct look){count->fill, COLOR_INK, 3, 22, 0});
    struct rect inside = rect_make(at.x + 18, at.y + 8, at.w - 36, at.h - 16);
    int height = ui_measure(ui, number, inside.w, count->number).height;
    if (inside.h < height + 30 || at.h < 96) {
        int width = ui_measure(ui, number, inside.w, count->number).width;
        ui_text_middle(ui, rect_cut_start(&inside, width + 1), number, count->number);
        rect_cut_start(&inside, 14);
    } else {
        text.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h - height), text, count->text);
        int used = height + ui_measure(ui, text, inside.w, count->text).height;
        rect_cut_top(&inside, (inside.h - used) / 2);
        rect_cut_top(&inside, ui_text(ui, inside, number, count->number));
        ui_text(ui, inside, text, count->text);
        return;
    }
    text.font = ui_fit(ui, inside, text, count->text);
    ui_text_middle(ui, inside, text, count->text);
}

static void draw_counts(struct ui *ui, struct rect at)
{
    const struct overview *all = &ui->model->staff.overview;
    const struct count counts[TILES] = {
        {COLOR_LILAC, ui_number(ui, all->people), ui_tr(ui, "Menschen mit Spitznamen")},
        {COLOR_LEMON, ui_number(ui, all->wishes_asked), ui_tr(ui, "offene Wünsche")},
        {COLOR_MINT, ui_number(ui, all->wishes_confirmed), ui_tr(ui, "Zusagen")},
        {COLOR_PEACH, ui_number(ui, all->wishes_declined), ui_tr(ui, "Absagen")},
        {COLOR_SKY, ui_number(ui, all->offers), ui_tr(ui, "Jobs")},
        {COLOR_WHITE, ui_number(ui, (long)all->events), ui_tr(ui, "Einträge im Protokoll")},
    };
    int columns = at.w < 360 ? 1 : at.h < 300 && at.w > 760 ? 3 : 2, gap = ui->low ? 10 : 18;
    int rows = TILES / columns, width = (at.w - gap * (columns - 1)) / columns;
    int height = (at.h - gap * (rows - 1)) / rows;
    height = height > 170 ? 170 : height;
    for (int i = 0; i < TILES; i++) {
        draw_count(ui,
                   rect_make(at.x + i % columns * (width + gap),
                             at.y + i / columns * (height + gap), width, height),
                   &counts[i]);
    }
}

static const char *promise_text(const struct ui *ui)
{
    return ui_tr(ui, "Keine echten Namen. Keine Adressen. Keine Telefonnummern. "
                     "Kein Geburtsdatum. Keine Bankdaten.");
}

static void draw_promise(struct ui *ui, struct rect at)
{
    const char *title = ui_tr(ui, "Das speichert der Kiosk nie");
    struct words big = {FONT_CARD, COLOR_INK, PLACE_START, 2};
    struct words small = {FONT_NOTE, COLOR_INK, PLACE_START, 8};
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, at.h < 300 ? 18 : 30);
    const char *disk = disk_text(ui, ui->model->staff.overview.disk_free_bytes);
    small.font = at.h < 330 ? FONT_PILL : FONT_NOTE;
    rect_cut_top(&inside, ui_text(ui, inside, big, title) + 8);
    struct rect foot = rect_cut_bottom(&inside, ui_measure(ui, small, inside.w, disk).height);
    ui_text(ui, inside, small, promise_text(ui));
    if (ui->model->staff.listed) {
        ui_line(ui, rect_make(foot.x, foot.y - 12, foot.w, 2), COLOR_LINE);
        ui_text(ui, foot, small, disk);
    }
}

static void draw_foot(struct ui *ui)
{
    if (ui->model->state_set_aside) {
        staff_main(ui, "check", ui_tr(ui, "Verstanden"), msg_make(MSG_STAFF_CONFIRM, 0, 0), true);
    }
}

static void stored_view(struct ui *ui)
{
    const char *title = ui_tr(ui, "Was ist gespeichert?");
    struct rect area = ui_content(ui);
    ui_head(ui, title,
            UI_FILL(ui, "{title} {never}: {promise}", TR_ARG("title", title),
                    TR_ARG("never", ui_tr(ui, "Das speichert der Kiosk nie")),
                    TR_ARG("promise", promise_text(ui))));
    rect_cut_top(&area, 8);
    if (ui->model->state_set_aside) {
        rect_cut_bottom(&area, 12);
    } else {
        area.h = ui->height - area.y - 32; /* no action: the foot is free */
    }
    if (ui->height > ui->width) {
        draw_promise(ui, rect_cut_bottom(&area, area.h * 38 / 100));
        rect_cut_bottom(&area, UI_GAP);
    } else {
        struct rect side = rect_cut_end(&area, area.w * 45 / 100);
        rect_cut_end(&area, UI_GAP);
        draw_promise(ui, side);
    }
    draw_counts(ui, area);
    draw_foot(ui);
}

static void stored_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    (void)effects;
    if (msg->kind == MSG_STAFF_CONFIRM) {
        model->state_set_aside = false;
        model->notice = NOTICE_NONE;
    }
}

static void stored_enter(struct model *model, struct effects *effects)
{
    ask(model, effects, EFFECT_STAFF_LIST);
    if (model->state_set_aside) {
        model->notice = NOTICE_STATE_LOST;
    }
}

const struct screen screen_stored = {.name = "stored",
                                     .theme = THEME_STAFF,
                                     .view = stored_view,
                                     .update = stored_update,
                                     .enter = stored_enter};
