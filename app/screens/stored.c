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
    const char *format = free < DISK_LOW ? N_("Der Speicher ist fast voll: noch {size}.")
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
    if (inside.h < height + 28) {
        int width = ui_measure(ui, number, inside.w, count->number).width;
        ui_text_middle(ui, rect_cut_start(&inside, width + 1), number, count->number);
        rect_cut_start(&inside, 14);
    } else {
        text.font =
            ui_fit(ui, rect_make(0, 0, inside.w, inside.h - height), text, count->text);
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
        {COLOR_LILAC, ui_number(ui, all->people), ui_tr(ui, "Menschen")},
        {COLOR_LEMON, ui_number(ui, all->wishes_asked), ui_tr(ui, "offene Wünsche")},
        {COLOR_MINT, ui_number(ui, all->wishes_confirmed), ui_tr(ui, "Zusagen")},
        {COLOR_PEACH, ui_number(ui, all->wishes_declined), ui_tr(ui, "Absagen")},
        {COLOR_SKY, ui_number(ui, all->offers), ui_tr(ui, "Jobs")},
        {COLOR_WHITE, ui_number(ui, (long)all->events),
         ui_tr(ui, "Einträge im Protokoll")},
    };
    int columns = at.w < 360                 ? 1
                  : at.h < 300 && at.w > 760 ? 3
                                             : 2,
        gap = ui->low ? 10 : 18;
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

static const char *const never[] = {
    N_("Keine echten Namen."), N_("Keine Adressen."),  N_("Keine Telefonnummern."),
    N_("Kein Geburtsdatum."),  N_("Keine Bankdaten."),
};

static const char *promise_text(struct ui *ui)
{
    return UI_FILL(ui, "{a} {b} {c} {d} {e}", TR_ARG("a", ui_tr(ui, never[0])),
                   TR_ARG("b", ui_tr(ui, never[1])), TR_ARG("c", ui_tr(ui, never[2])),
                   TR_ARG("d", ui_tr(ui, never[3])), TR_ARG("e", ui_tr(ui, never[4])));
}

static bool fit_in_lines(const struct ui *ui, int width)
{
    for (size_t i = 0; i < ARRAY_LEN(never); i++) {
        struct words words = {.font = FONT_PILL};
        if (ui_measure(ui, words, width, ui_tr(ui, never[i])).cut) {
            return false;
        }
    }
    return true;
}

/* One promise a line where there is room, else all in one paragraph. */
static void draw_never(struct ui *ui, struct rect at)
{
    struct words words = {FONT_TEXT, COLOR_INK, PLACE_START, 1};
    int count = (int)ARRAY_LEN(never), height = at.h / count;
    height = height > 64 ? 64 : height;
    if (height < 38 || !fit_in_lines(ui, at.w - 44)) {
        words = (struct words){FONT_FINE, COLOR_INK, PLACE_START, 6};
        ui_text(ui, at, words, promise_text(ui));
        return;
    }
    for (int i = 0; i < count; i++) {
        struct rect row = rect_cut_top(&at, height);
        struct rect cross = rect_cut_start(&row, 28);
        ui_icon_in(ui, rect_make(cross.x, cross.y + (height - 28) / 2, 28, 28), "close",
                   COLOR_INK);
        rect_cut_start(&row, 16);
        words.font = ui_fit(ui, row, words, ui_tr(ui, never[i]));
        ui_text_middle(ui, row, words, ui_tr(ui, never[i]));
    }
}

static void draw_promise(struct ui *ui, struct rect at)
{
    const char *title = ui_tr(ui, "Das speichert der Kiosk nie");
    const char *disk = disk_text(ui, ui->model->staff.overview.disk_free_bytes);
    struct words big = {FONT_CARD, COLOR_INK, PLACE_START, 2};
    struct words small = {at.h < 330 ? FONT_FINE : FONT_NOTE, COLOR_INK, PLACE_START, 2};
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, at.h < 300 ? 18 : 30);
    big.font = ui_fit(ui, rect_make(0, 0, inside.w, 70), big, title);
    rect_cut_top(&inside, ui_text(ui, inside, big, title) + 8);
    if (ui->model->staff.listed && inside.h > 220) {
        int height = ui_measure(ui, small, inside.w, disk).height;
        struct rect foot = rect_cut_bottom(&inside, height);
        rect_cut_bottom(&inside, 24);
        ui_line(ui, rect_make(foot.x, foot.y - 14, foot.w, 2), COLOR_LINE);
        ui_text(ui, foot, small, disk);
    }
    draw_never(ui, inside);
}

void staff_tell_of_store(struct model *model)
{
    if (model->state_set_aside) {
        model->notice = NOTICE_STATE_LOST;
    } else if (model->state_copied) {
        model->notice = NOTICE_STATE_COPIED;
    }
}

static bool has_to_tell(const struct model *model)
{
    return model->state_set_aside || model->state_copied;
}

static void draw_foot(struct ui *ui)
{
    if (has_to_tell(ui->model)) {
        struct rect foot = ui_foot(ui);
        staff_main(ui, &foot, "check", ui_tr(ui, "Verstanden"),
                   msg_make(MSG_STAFF_CONFIRM, 0, 0), true);
    }
}

static void stored_view(struct ui *ui)
{
    const char *title = ui_tr(ui, "Was ist gespeichert?");
    struct rect area = staff_area(ui);
    ui_head(ui, title,
            UI_FILL(ui, "{title} {never}: {promise}", TR_ARG("title", title),
                    TR_ARG("never", ui_tr(ui, "Das speichert der Kiosk nie")),
                    TR_ARG("promise", promise_text(ui))));
    if (!has_to_tell(ui->model)) {
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

static void stored_update(struct model *model, const struct msg *msg,
                          struct effects *effects)
{
    (void)effects;
    if (msg->kind == MSG_STAFF_CONFIRM) {
        /* One thing at a time: what is still to be told comes after it. */
        model->state_copied = model->state_copied && model->state_set_aside;
        model->state_set_aside = false;
        model->notice = NOTICE_NONE;
        staff_tell_of_store(model);
    }
}

static void stored_enter(struct model *model, struct effects *effects)
{
    ask(model, effects, EFFECT_STAFF_LIST);
    staff_tell_of_store(model);
}

const struct screen screen_stored = {.name = "stored",
                                     .theme = THEME_STAFF,
                                     .view = stored_view,
                                     .update = stored_update,
                                     .enter = stored_enter};
