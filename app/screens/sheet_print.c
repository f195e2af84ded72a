/* What of the sheet goes onto paper: nothing that its owner has not chosen. */
#include "screens/screen.h"

#include "screens/sheet_parts.h"

static const char *const part_texts[SHEET_PART_COUNT] = {
    [SHEET_PART_JOBS] = N_("Jobs"),
    [SHEET_PART_HOURS] = N_("Stunden"),
    [SHEET_PART_FIELDS] = N_("Felder"),
    [SHEET_PART_STRENGTHS] = N_("Stärken"),
    [SHEET_PART_VIEWS] = N_("Beide Blicke"),
    [SHEET_PART_SENTENCES] = N_("Was sich bewegt"),
};
static const char *const part_icons[SHEET_PART_COUNT] = {
    [SHEET_PART_JOBS] = "bag",
    [SHEET_PART_HOURS] = "clock",
    [SHEET_PART_FIELDS] = "field-garden",
    [SHEET_PART_STRENGTHS] = "flash",
    [SHEET_PART_VIEWS] = "people",
    [SHEET_PART_SENTENCES] = "target",
};
static const char *const state_texts[PRINT_STATE_COUNT] = {
    [PRINT_NONE] = N_("Auf dem Zettel steht nur, was du wählst."),
    [PRINT_RUNNING] = N_("Es wird gedruckt …"),
    [PRINT_DONE] = N_("Gedruckt. Nimm den Zettel gleich mit."),
    [PRINT_NO_PRINTER] = N_("Hier ist kein Drucker."),
    [PRINT_PAPER_OUT] = N_("Das Papier ist leer. Sag dem Team Bescheid."),
    [PRINT_COVER_OPEN] = N_("Der Drucker ist offen. Sag dem Team Bescheid."),
    [PRINT_FAILED] = N_("Der Drucker antwortet nicht. Probier es noch mal."),
};

/* The newest job whose hours are confirmed; NULL: none. */
static const struct sheet_item *confirmed_item(const struct model *model)
{
    const struct sheet_open *open = &model->sheet;
    for (int i = 0; model->visit.jobs.sheet_known && i < open->sheet.order_count; i++) {
        const struct sheet_item *item = &open->items[open->sheet.order[i]];
        if (item->confirmed && item->minutes > 0) {
            return item;
        }
    }
    return NULL;
}

/* ---- the view ---------------------------------------------------------------------- */

static void draw_part(struct ui *ui, struct rect at, int part)
{
    bool chosen = ui->model->visit.jobs.print_parts >> part & 1u;
    const char *text = ui_tr(ui, part_texts[part]);
    ui_tile(ui, at, chosen ? COLOR_MINT : COLOR_WHITE, part_icons[part],
            chosen ? UI_FILL(ui, ui_tr(ui, "{part}: ja"), TR_ARG("part", text)) : text,
            chosen, msg_make(MSG_PART, part, 0));
}

static void draw_parts(struct ui *ui, struct rect area)
{
    int columns = ui->narrow ? 2 : 3, rows = SHEET_PART_COUNT / columns, gap = UI_GAP;
    int width = (area.w - gap * (columns - 1)) / columns;
    int height = (area.h - 10 - gap * (rows - 1)) / rows;
    height = height > 210 ? 210 : height;
    for (int i = 0; i < SHEET_PART_COUNT; i++) {
        draw_part(ui,
                  rect_make(area.x + i % columns * (width + gap),
                            area.y + i / columns * (height + gap), width, height),
                  i);
    }
}

static void draw_foot(struct ui *ui)
{
    const struct job_visit *jobs = &ui->model->visit.jobs;
    struct rect foot = ui_foot(ui);
    bool ready = jobs->print_parts != 0 && jobs->print_state != PRINT_RUNNING;
    struct button hours = {BUTTON_PLAIN, ui->narrow ? NULL : "clock",
                           ui_tr(ui, "Bestätigung drucken"), msg_make(MSG_PRINT, 1, 0),
                           FONT_BUTTON};
    ui_foot_end(
        ui, &foot,
        &(struct button){ready ? BUTTON_MAIN : BUTTON_PLAIN,
                         ready && !ui->narrow ? "printer" : NULL, ui_tr(ui, "Drucken"),
                         msg_make(ready ? MSG_PRINT : MSG_NONE, 0, 0), FONT_BUTTON});
    if (confirmed_item(ui->model) && jobs->print_state != PRINT_RUNNING) {
        hours.icon = ui_button_width(ui, &hours) <= foot.w ? hours.icon : NULL;
        int width = ui_button_width(ui, &hours);
        ui_button(ui, rect_cut_start(&foot, width < foot.w ? width : foot.w), &hours);
    }
}

static void sheet_print_view(struct ui *ui)
{
    struct rect area = ui_content(ui);
    const char *title = ui_tr(ui, "Was kommt auf den Zettel?");
    const char *text = ui_tr(ui, state_texts[ui->model->visit.jobs.print_state]);
    struct words words = {FONT_LEAD, COLOR_INK, PLACE_START, 2};
    ui_head(ui, title,
            UI_FILL(ui, "{title} {text}", TR_ARG("title", title), TR_ARG("text", text)));
    rect_cut_top(&area, ui->low ? 0 : 8);
    words.font = ui_fit(ui, rect_make(0, 0, area.w, ui->tiny ? 36 : 84), words, text);
    rect_cut_top(&area, ui_text(ui, area, words, text) + (ui->low ? 10 : 24));
    rect_cut_bottom(&area, ui->low ? 6 : 14);
    draw_parts(ui, area);
    draw_foot(ui);
}

/* ---- messages ---------------------------------------------------------------------- */

static void print_hours(struct model *model, struct effects *effects)
{
    const struct sheet_item *item = confirmed_item(model);
    if (!item) {
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_PRINT_HOURS);
    effect->wish.id = item->job;
    effect->wish.participant = model->visit.who.id;
    effect->wish.field = item->field;
    effect->wish.work.date = item->date;
    effect->wish.work.start = item->start;
    effect->wish.work.end = item->end;
    str_copy(effect->wish.title, sizeof effect->wish.title, str_of(item->title));
    effect->job_event.minutes = item->minutes;
    str_copy(effect->alias, sizeof effect->alias, str_of(model->visit.who.alias));
    model->visit.jobs.print_state = PRINT_RUNNING;
}

static void print_sheet(struct model *model, struct effects *effects)
{
    struct job_visit *jobs = &model->visit.jobs;
    if (!jobs->sheet_known || jobs->print_parts == 0) {
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_PRINT_SHEET);
    effect->tiles = jobs->print_parts;
    str_copy(effect->alias, sizeof effect->alias, str_of(model->visit.who.alias));
    jobs->print_state = PRINT_RUNNING;
}

static void sheet_print_update(struct model *model, const struct msg *msg,
                               struct effects *effects)
{
    struct job_visit *jobs = &model->visit.jobs;
    if (jobs->print_state == PRINT_RUNNING) {
        return;
    }
    if (msg->kind == MSG_PART) {
        jobs->print_parts ^= 1u << msg->a;
        jobs->print_state = PRINT_NONE;
    } else if (msg->kind == MSG_PRINT && msg->a == 1) {
        print_hours(model, effects);
    } else if (msg->kind == MSG_PRINT) {
        print_sheet(model, effects);
    }
}

static void sheet_print_enter(struct model *model, struct effects *effects)
{
    (void)effects;
    model->visit.jobs.print_parts = 1u << SHEET_PART_HOURS;
    model->visit.jobs.print_state = PRINT_NONE;
}

void sheet_on_print(struct model *model, const struct reply *reply,
                    struct effects *effects)
{
    (void)effects;
    model->visit.jobs.print_state = (int)reply->print;
    model->printer = reply->print;
}

void hours_on_print(struct model *model, const struct reply *reply,
                    struct effects *effects)
{
    sheet_on_print(model, reply, effects);
}

const struct screen screen_sheet_print = {.name = "sheet-print",
                                          .theme = THEME_PAPER,
                                          .personal = true,
                                          .view = sheet_print_view,
                                          .update = sheet_print_update,
                                          .enter = sheet_print_enter};
