/* Printing for the team: the day on one page, a new card, the order sheet of a site. */
#include "screens/staff_print.h"

static const struct {
    const char *icon, *text, *note;
    enum color fill;
} prints[STAFF_PRINT_COUNT] = {
    [STAFF_PRINT_DAY] = {"printer", N_("Tagesblatt drucken"),
                         N_("Wer heute kommt, auf einer Seite."), COLOR_SKY},
    [STAFF_PRINT_CARD] = {"person", N_("Karte drucken"),
                          N_("Für jemanden, dessen Karte weg ist."), COLOR_LEMON},
    [STAFF_PRINT_ORDER] = {"place", N_("Zettel für die Stelle"),
                           N_("Mit dem Code, der Kommen und Stunden bestätigt."),
                           COLOR_MINT},
};

struct staff_card staff_printer_card(struct ui *ui)
{
    static const struct {
        enum color fill;
        const char *title, *note;
    } states[PRINT_STATE_COUNT] = {
        [PRINT_NONE] = {COLOR_WHITE, N_("Drucker"), N_("Tippe, dann sehe ich nach.")},
        [PRINT_RUNNING] = {COLOR_WHITE, N_("Drucker"), N_("Ich sehe gerade nach …")},
        [PRINT_DONE] = {COLOR_WHITE, N_("Drucker bereit"),
                        N_("Tippe, um noch mal zu prüfen.")},
        [PRINT_NO_PRINTER] = {COLOR_WHITE, N_("Kein Drucker"),
                              N_("Codes erscheinen auf dem Bildschirm.")},
        [PRINT_PAPER_OUT] = {COLOR_PEACH, N_("Papier ist leer"),
                             N_("Lege eine Rolle ein. Dann tippe hier.")},
        [PRINT_COVER_OPEN] = {COLOR_PEACH, N_("Drucker ist offen"),
                              N_("Mach den Deckel zu. Dann tippe hier.")},
        [PRINT_FAILED] = {COLOR_PEACH, N_("Drucker antwortet nicht"),
                          N_("Prüfe Strom und Kabel. Dann tippe hier.")},
    };
    enum print_state state = ui->model->printer;
    return (struct staff_card){
        states[state].fill, "printer", ui_tr(ui, states[state].title),
        ui_tr(ui, states[state].note), msg_make(MSG_CARD_PRINT, 0, 0)};
}

static const char *print_text(struct ui *ui, int which)
{
    bool day_runs = which == STAFF_PRINT_DAY &&
                    ui->model->staff.jobs.print_state == PRINT_RUNNING;
    return ui_tr(ui, day_runs ? N_("Ich drucke …") : prints[which].text);
}

void staff_print_foot(struct ui *ui)
{
    struct rect foot = ui_foot(ui);
    for (int i = 0; i < STAFF_PRINT_COUNT; i++) {
        ui_foot_start(ui, &foot,
                      &(struct button){BUTTON_PLAIN, NULL, print_text(ui, i),
                                       msg_make(MSG_PRINT, i, 0), FONT_LABEL});
    }
}

/* ---- the screen -------------------------------------------------------------------- */

static void print_view(struct ui *ui)
{
    struct rect area = staff_area(ui);
    int count = STAFF_PRINT_COUNT + 1, columns = ui->height > ui->width ? 1 : 2;
    int gap = ui->low ? 18 : UI_GAP, rows = count / columns;
    int width = (area.w - gap * (columns - 1)) / columns;
    int height = (area.h - gap * (rows - 1)) / rows;
    height = height > 220 ? 220 : height;
    ui_head(ui, ui_tr(ui, "Drucken"), NULL);
    for (int i = 0; i < count; i++) {
        struct staff_card card = staff_printer_card(ui);
        if (i < STAFF_PRINT_COUNT) {
            card = (struct staff_card){prints[i].fill, prints[i].icon, print_text(ui, i),
                                       ui_tr(ui, prints[i].note),
                                       msg_make(MSG_PRINT, i, 0)};
        }
        staff_card(ui,
                   rect_make(area.x + i % columns * (width + gap),
                             area.y + i / columns * (height + gap), width, height),
                   &card);
    }
}

void staff_print_ask(struct model *model, struct effects *effects)
{
    ask(model, effects, EFFECT_PRINTER_STATUS);
    model->printer = PRINT_RUNNING;
}

static void print_day(struct model *model, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    if (jobs->print_state == PRINT_RUNNING || !jobs->known) {
        return;
    }
    ask(model, effects, EFFECT_PRINT_DAY);
    jobs->print_state = PRINT_RUNNING;
    model->notice = NOTICE_NONE;
}

void staff_print_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    if (msg->kind == MSG_CARD_PRINT) {
        staff_print_ask(model, effects);
    }
    if (msg->kind != MSG_PRINT) {
        return;
    }
    switch (msg->a) {
    case STAFF_PRINT_DAY:
        print_day(model, effects);
        break;
    case STAFF_PRINT_CARD:
        go(model, effects, SCREEN_STAFF_CARD);
        break;
    case STAFF_PRINT_ORDER:
        go(model, effects, SCREEN_STAFF_ORDER);
        break;
    default:
        break;
    }
}

/* ---- answers ----------------------------------------------------------------------- */

void printer_on_status(struct model *model, const struct reply *reply,
                       struct effects *effects)
{
    (void)effects;
    model->printer = reply->print;
}

/* The day's page or an order sheet. */
void day_on_print(struct model *model, const struct reply *reply, struct effects *effects)
{
    bool printed = reply->err == ERR_OK && reply->print == PRINT_DONE;
    if (!model->staff.open) {
        return;
    }
    model->staff.jobs.print_state = reply->err == ERR_OK ? reply->print : PRINT_FAILED;
    model->printer = (enum print_state)model->staff.jobs.print_state;
    model->notice = printed ? NOTICE_PRINTED : NOTICE_NOT_PRINTED;
    if (printed) {
        effects_add(effects, EFFECT_SOUND_DONE);
    }
}

const struct screen screen_staff_print = {.name = "staff_print",
                                          .theme = THEME_STAFF,
                                          .personal = true,
                                          .view = print_view,
                                          .update = staff_print_update};
