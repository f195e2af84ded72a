/* What the centre keeps of this kiosk and does not understand yet. */
#include "screens/centre_words.h"
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"

#include <string.h>

#define ROW 92
#define ROW_GAP 16

struct kind_words {
    const char *begins, *text;
};

static const struct kind_words kinds[] = {
    {"wish.", N_("Ein Wunsch")},
    {"offer.", N_("Ein „Passt nicht“")},
    {"talk.", N_("Ein Gespräch")},
    {"job.", N_("Etwas bei einem Job")},
    {"agreement.", N_("Eine Abmachung")},
    {"evaluation.", N_("Eine Rückmeldung")},
    {"note.", N_("Eine Notiz")},
    {"voice.", N_("Eine Idee")},
    {"participant.", N_("Eine Anmeldung")},
    {"person.", N_("Eine Anmeldung")},
    {"card.", N_("Eine Karte")},
    {"lease.", N_("Ein Platz")},
    {"staff.", N_("Etwas vom Team")},
    {"team.", N_("Etwas vom Team")},
};

static const struct kind_words reasons[] = {
    {"kind", N_("So etwas kennt die Zentrale noch nicht.")},
    {"version", N_("Das Programm der Zentrale ist dafür zu alt.")},
    {"body", N_("Etwas daran passt nicht.")},
    {"line", N_("Es ließ sich nicht lesen.")},
};

static const char *words_of(const struct kind_words *rows, size_t count, const char *name,
                            const char *other)
{
    for (size_t i = 0; i < count; i++) {
        if (str_starts(str_of(name), str_of(rows[i].begins))) {
            return rows[i].text;
        }
    }
    return other;
}

static void draw_row(struct ui *ui, struct rect at, const struct parked_fact *fact)
{
    const char *what =
        ui_tr(ui, words_of(kinds, ARRAY_LEN(kinds), fact->kind, N_("Ein Eintrag")));
    const char *why = ui_tr(ui, words_of(reasons, ARRAY_LEN(reasons), fact->why,
                                         N_("Die Zentrale schaut noch nach.")));
    const char *number =
        UI_FILL(ui, ui_tr(ui, "Nr. {n}"), TR_ARG("n", ui_number(ui, (long)fact->seq)));
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 22, 6});
    struct rect inside = rect_make(at.x + 22, at.y + 6, at.w - 44, at.h - 12);
    struct words fine = {FONT_PILL, COLOR_MUTED, PLACE_END, 1};
    ui_text_middle(
        ui, rect_cut_end(&inside, ui_measure(ui, fine, inside.w, number).width + 4), fine,
        number);
    rect_cut_end(&inside, 16);
    struct words title = {FONT_SMALL_TITLE, COLOR_INK, PLACE_START, 1};
    struct words note = {FONT_FINE, COLOR_INK, PLACE_START, 2};
    title.font = ui_fit(ui, rect_make(0, 0, inside.w, 34), title, what);
    int height = ui_measure(ui, title, inside.w, what).height;
    note.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h - height), note, why);
    int spare = inside.h - height - ui_measure(ui, note, inside.w, why).height;
    rect_cut_top(&inside, spare > 0 ? spare / 2 : 0);
    rect_cut_top(&inside, ui_text(ui, inside, title, what));
    ui_text(ui, inside, note, why);
}

static void draw_list(struct ui *ui, struct rect area)
{
    const struct centre_form *form = &ui->model->staff.centre;
    int rows = (area.h + ROW_GAP) / (ROW + ROW_GAP);
    rows = rows < 1 ? 1 : rows;
    int pages = form->parked_count > 0 ? (form->parked_count + rows - 1) / rows : 1;
    int page = ui->model->staff.page < pages ? ui->model->staff.page : pages - 1;
    if (form->parked_count == 0) {
        ui_text_middle(ui, area, (struct words){FONT_BIG, COLOR_INK, PLACE_CENTER, 2},
                       ui_tr(ui, form->parked_known ? N_("Gerade ist nichts da.")
                                                    : N_("Einen Moment …")));
    }
    for (int i = 0; i < rows && page * rows + i < form->parked_count; i++) {
        draw_row(ui, rect_make(area.x, area.y + i * (ROW + ROW_GAP), area.w, ROW),
                 &form->parked[page * rows + i]);
    }
    if (pages > 1) {
        struct rect foot = ui_foot(ui);
        staff_pager(ui, foot, page, pages);
    }
}

static void parked_view(struct ui *ui)
{
    struct rect area = staff_area(ui);
    const char *title = ui_tr(ui, "Sicher aufbewahrt"), *lead = centre_parked_text(ui);
    struct words words = {FONT_NOTE, COLOR_INK, PLACE_START, 2};
    ui_head(ui, title,
            UI_FILL(ui, "{title}. {lead}", TR_ARG("title", title), TR_ARG("lead", lead)));
    if (lead[0]) {
        words.font = ui_fit(ui, rect_make(0, 0, area.w, 64), words, lead);
        rect_cut_top(&area, ui_text(ui, area, words, lead) + 14);
    }
    draw_list(ui, area);
}

static void parked_update(struct model *model, const struct msg *msg,
                          struct effects *effects)
{
    (void)effects;
    if (msg->kind == MSG_PAGE) {
        model->staff.page = msg->a < 0 ? 0 : msg->a;
    }
}

static void parked_enter(struct model *model, struct effects *effects)
{
    if (!model->staff.open) {
        model_forget(model);
        return;
    }
    model->staff.page = 0;
    ask(model, effects, EFFECT_PARKED);
}

void parked_on_list(struct model *model, const struct reply *reply,
                    struct effects *effects)
{
    struct centre_form *form = &model->staff.centre;
    (void)effects;
    if (reply->err != ERR_OK && reply->err != ERR_FULL) {
        model->notice = NOTICE_NOT_READ;
        return;
    }
    form->parked_known = true;
    form->parked_count = reply->count < PARKED_MAX ? reply->count : PARKED_MAX;
    memcpy(form->parked, reply->parked, sizeof form->parked);
}

const struct screen screen_parked = {.name = "parked",
                                     .theme = THEME_STAFF,
                                     .view = parked_view,
                                     .update = parked_update,
                                     .enter = parked_enter};
