/* The team's table: today, wishes and calls, and how the kiosk is, in plain words. */
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"
#include "screens/staff_print.h"

#include <string.h>

#define HEAD_ROOM 1240 /* from this width on, the session fits into the head */
#define CARDS_MAX 6

/* ---- head and foot ----------------------------------------------------------------- */

static const char *session_text(struct ui *ui)
{
    char memory[16];
    struct buf left;
    int seconds = model_seconds_left(ui->model);
    seconds = seconds < 0 ? 0 : seconds;
    buf_init(&left, memory, sizeof memory);
    buf_printf(&left, "%d:%02d", seconds / 60, seconds % 60);
    return UI_FILL(ui, ui_tr(ui, "{alias} · noch {time}"),
                   TR_ARG("alias", ui->model->staff.alias), TR_ARG("time", memory));
}

/* Lock and session from the end of a row; what remains is for the title. */
static void draw_session(struct ui *ui, struct rect *row)
{
    const char *lock = ui_tr(ui, "Sperren"), *session = session_text(ui);
    struct words words = {FONT_PILL, COLOR_INK, PLACE_CENTER, 1};
    ui_pill(ui, rect_cut_end(row, ui_pill_width(ui, NULL, lock) + 8), true, NULL, lock,
            msg_make(MSG_STAFF_LOCK, 0, 0));
    rect_cut_end(row, 16);
    int width = ui_measure(ui, words, ui->width, session).width + 52;
    struct rect at = rect_cut_end(row, width < row->w ? width : row->w);
    rect_cut_end(row, 16);
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, at.h / 2, 4});
    struct rect inside = rect_inset(at, 12);
    words.font = ui_fit(ui, inside, words, session);
    ui_text_middle(ui, inside, words, session);
}

static const char *title_of(struct ui *ui)
{
    if (home_name(ui->model)[0] == '\0') {
        return ui_tr(ui, "Team");
    }
    return UI_FILL(ui, ui_tr(ui, "Team · {centre}"),
                   TR_ARG("centre", home_name(ui->model)));
}

/* Returns what is left free of the foot. */
static struct rect draw_head(struct ui *ui)
{
    const char *title = title_of(ui);
    if (ui->width < HEAD_ROOM) {
        struct rect foot = ui_foot(ui);
        ui_head(ui, title, NULL);
        draw_session(ui, &foot);
        return foot;
    }
    /* The shared head without a title leaves the middle of its row free. */
    const char *language = language_at(ui->model->language)->name;
    int size = ui->low ? 56 : 60;
    int taken = ui_pill_width(ui, "language", language) + 2 * size + 3 * 16;
    struct rect row = rect_make(UI_MARGIN + size + 16, ui->low ? 10 : 14,
                                ui->width - 2 * UI_MARGIN - size - 16 - taken, size);
    struct words words = {FONT_TITLE, COLOR_INK, PLACE_START, 1};
    ui_head(ui, NULL, title);
    draw_session(ui, &row);
    words.font = ui_fit(ui, row, words, title);
    ui_text_middle(ui, row, words, title);
    return rect_make(0, 0, 0, 0);
}

/* ---- the cards --------------------------------------------------------------------- */

static struct staff_card talk_card(struct ui *ui)
{
    int n = ui->model->staff.overview.talks;
    if (n == 0) {
        return (struct staff_card){COLOR_WHITE, "talk", ui_tr(ui, "Niemand wartet"),
                                   ui_tr(ui, "Gerade will niemand reden."),
                                   msg_make(MSG_NONE, 0, 0)};
    }
    const char *format =
        tr_n(&ui->i18n, "{n} Mensch will reden", "{n} Menschen wollen reden", n);
    return (struct staff_card){
        COLOR_LILAC, "talk", UI_FILL(ui, format, TR_ARG("n", ui_number(ui, n))),
        ui_tr(ui, "Geh hin und frag, wer reden mag."), msg_make(MSG_NONE, 0, 0)};
}

static bool has_prints_in_foot(const struct ui *ui)
{
    return ui->width >= HEAD_ROOM;
}

static int fill_cards(struct ui *ui, struct staff_card cards[CARDS_MAX])
{
    int n = 0;
    cards[n++] = (struct staff_card){COLOR_BLITZ, "person", ui_tr(ui, "Neu anmelden"),
                                     ui_tr(ui, "Alias, Karte, Einwilligung"),
                                     msg_open(SCREEN_ENROL)};
    cards[n++] = talk_card(ui);
    cards[n++] = staff_centre_card(ui);
    cards[n] = staff_printer_card(ui);
    if (!has_prints_in_foot(ui)) {
        cards[n].title = ui_tr(ui, "Drucken");
        cards[n].note = ui_tr(ui, "Tagesblatt, Karte, Zettel für die Stelle");
        cards[n].msg = msg_open(SCREEN_STAFF_PRINT);
    }
    n++;
    if (screen_of(SCREEN_STAFF_VOICES)) {
        cards[n++] = (struct staff_card){COLOR_WHITE, "new", ui_tr(ui, "Ideen"),
                                         ui_tr(ui, "Lesen, freigeben, antworten"),
                                         msg_open(SCREEN_STAFF_VOICES)};
    }
    cards[n++] = (struct staff_card){COLOR_WHITE, "box", ui_tr(ui, "Was ist gespeichert?"),
                                     ui_tr(ui, "Nur Zahlen, keine Namen."),
                                     msg_open(SCREEN_STORED)};
    return n;
}

/* In one column, or two under an upright list. */
static void draw_cards(struct ui *ui, struct rect at, int columns)
{
    struct staff_card cards[CARDS_MAX];
    int count = fill_cards(ui, cards), rows = (count + columns - 1) / columns;
    int gap = at.h < 300 + 60 * columns ? 12 : ui->low || count > 4 ? 14 : UI_GAP;
    int width = (at.w - gap * (columns - 1)) / columns;
    int height = (at.h - gap * (rows - 1)) / rows;
    for (int i = 0; i < count; i++) {
        bool alone = i == count - 1 && i % columns == 0; /* the last one fills its row */
        staff_card(ui,
                   rect_make(at.x + i % columns * (width + gap),
                             at.y + i / columns * (height + gap), alone ? at.w : width,
                             height),
                   &cards[i]);
    }
}

static void staff_view(struct ui *ui)
{
    struct rect area = staff_area(ui), foot = draw_head(ui);
    if (has_prints_in_foot(ui)) {
        staff_print_foot(ui);
    }
    if (ui->height > ui->width) {
        int cards = area.h * 40 / 100 < 330 ? area.h * 40 / 100 : 330;
        draw_cards(ui, rect_cut_bottom(&area, cards), 2);
        rect_cut_bottom(&area, UI_GAP);
        staff_list(ui, area, foot);
        return;
    }
    int side = area.w * 33 / 100;
    side = side > 420 ? 420 : side < 290 ? 290 : side;
    struct rect cards = rect_cut_end(&area, side);
    rect_cut_end(&area, UI_GAP);
    staff_list(ui, area, foot);
    draw_cards(ui, cards, 1);
}

/* ---- update ------------------------------------------------------------------------ */

static void open_row(struct model *model, int row, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    /* The answer to a decision says not which one: one at a time. */
    if (row < 0 || row >= staff->wish_count || staff->deciding) {
        return;
    }
    staff->wish = staff->wishes[row];
    staff->fact = model->fresh[0];
    staff->declining = false;
    go(model, effects, SCREEN_STAFF_WISH);
}

static void open_job(struct model *model, const struct job_brief *jobs, int count, int row,
                     enum screen_id screen, struct effects *effects)
{
    if (row >= 0 && row < count) {
        staff_job_open(model, effects, &jobs[row], screen);
    }
}

static void staff_update(struct model *model, const struct msg *msg,
                         struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    const struct staff_jobs *jobs = &staff->jobs;
    switch (msg->kind) {
    case MSG_STAFF_TAB:
        if (msg->a < STAFF_TAB_TODAY || msg->a > STAFF_TAB_CALLS) {
            break;
        }
        staff->tab = (enum staff_tab)msg->a;
        staff->page = 0;
        break;
    case MSG_PAGE:
        staff->page = msg->a < 0 ? 0 : msg->a;
        break;
    case MSG_STAFF_ROW:
        open_row(model, msg->a, effects);
        break;
    case MSG_JOB:
        open_job(model, jobs->jobs, jobs->count, msg->a, SCREEN_STAFF_JOB, effects);
        break;
    case MSG_RESULT:
        open_job(model, jobs->calls, jobs->call_count, msg->a, SCREEN_CALL, effects);
        break;
    case MSG_TALKED:
        calls_talked(model, msg->a, effects);
        break;
    default:
        staff_print_update(model, msg, effects);
        break;
    }
}

static void staff_enter(struct model *model, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    /* What belongs to one young person does not wait here. */
    memset(&staff->form, 0, sizeof staff->form);
    memset(&staff->wish, 0, sizeof staff->wish);
    memset(&staff->centre, 0, sizeof staff->centre);
    memset(staff->new_card, 0, sizeof staff->new_card);
    memset(staff->new_alias, 0, sizeof staff->new_alias);
    memset(staff->jobs.card_alias, 0, sizeof staff->jobs.card_alias);
    staff->print = PRINT_NONE;
    staff_job_close(model);
    staff_tell_of_store(model);
    ask(model, effects, EFFECT_STAFF_LIST);
    ask(model, effects, EFFECT_STAFF_TODAY);
    ask(model, effects, EFFECT_STAFF_CALLS);
    staff_print_ask(model, effects);
}

/* ---- answers ----------------------------------------------------------------------- */

void staff_on_list(struct model *model, const struct reply *reply,
                   struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    (void)effects;
    if (reply->err != ERR_OK && reply->err != ERR_FULL) {
        return;
    }
    staff->listed = true;
    staff->wish_count = reply->wish_count;
    memcpy(staff->wishes, reply->wishes, sizeof staff->wishes);
    staff->overview = reply->overview;
}

const struct screen screen_staff = {.name = "staff",
                                    .theme = THEME_STAFF,
                                    .personal = true,
                                    .view = staff_view,
                                    .update = staff_update,
                                    .enter = staff_enter};
