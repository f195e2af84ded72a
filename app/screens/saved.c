/* The wish is saved: what happened, what comes next, the slip as it prints. */
#include "screens/centre_words.h"
#include "screens/words.h"

/* ---- the slip on screen ---------------------------------------------------------------- */

/* Three pixels a module of the longest payload: below it a lens sees dirt. */
#define CODE_LEAST_PX 160
#define SLIP_LINES 3

/* How much of the paper there is room for beside a code that can be read. */
enum slip_part { SLIP_CODE, SLIP_TITLE, SLIP_WHOLE };

static const struct words slip_title = {FONT_CARD, COLOR_INK, PLACE_START, 2};

static int pixels_of(const struct ui *ui, int units)
{
    return units * ui->scale / 1024;
}

static int slip_inset(const struct ui *ui, enum slip_part part)
{
    return part == SLIP_CODE ? 14 : ui->tiny ? 18 : 28;
}

static enum slip_part slip_part_of(struct ui *ui, struct rect at, const struct wish *wish)
{
    enum { HEAD = 65, BETWEEN = 19, FOOT = 30, LINE = 32 };
    int inset = slip_inset(ui, SLIP_WHOLE);
    int title = ui_measure(ui, slip_title, at.w - 2 * inset, ui_own(ui, wish->title)).height;
    int rest = pixels_of(ui, at.h - 2 * inset - HEAD - BETWEEN - FOOT - title);
    if (rest < CODE_LEAST_PX) {
        return SLIP_CODE;
    }
    bool whole = rest - pixels_of(ui, SLIP_LINES * LINE) >= CODE_LEAST_PX;
    return whole && !ui->tiny ? SLIP_WHOLE : SLIP_TITLE;
}

static void draw_slip_lines(struct ui *ui, struct rect *inside, const struct wish *wish)
{
    struct words line = {FONT_FINE, COLOR_INK, PLACE_START, 1};
    const char *where = wish->place[0] ? UI_FILL(ui, ui_tr(ui, "{place}, {district}"),
                                                 TR_ARG("place", wish->place),
                                                 TR_ARG("district", wish->district))
                                       : ui_own(ui, wish->district);
    const char *lines[SLIP_LINES] = {words_when_brief(ui, &wish->work), where,
                                     words_money_spoken(ui, wish->cents)};
    for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
        line.font = ui_fit(ui, rect_make(0, 0, inside->w, 34), line, lines[i]);
        rect_cut_top(inside, ui_text(ui, *inside, line, lines[i]) + 1);
    }
}

static void draw_slip_text(struct ui *ui, struct rect *inside, enum slip_part part)
{
    const struct wish *wish = &ui->model->visit.wish;
    struct rect head = rect_cut_top(inside, 40);
    ui_icon(ui, rect_cut_start(&head, 38), "flash");
    rect_cut_start(&head, 8);
    struct words title = {FONT_SMALL_TITLE, COLOR_INK, PLACE_START, 1};
    const char *kind =
        ui_tr(ui, ui->model->visit.taken ? N_("Blitzjob-Zusage") : N_("Blitzjob-Wunsch"));
    title.font = ui_fit(ui, head, title, kind);
    ui_text_middle(ui, head, title, kind);
    rect_cut_top(inside, ui->tiny ? 2 : 10);
    ui_dashes(ui, rect_cut_top(inside, 3));
    rect_cut_top(inside, 12);
    rect_cut_top(inside, ui_text(ui, *inside, slip_title, ui_own(ui, wish->title)) + 4);
    if (part == SLIP_WHOLE) {
        draw_slip_lines(ui, inside, wish);
    }
    rect_cut_top(inside, 8);
    ui_dashes(ui, rect_cut_top(inside, 3));
    rect_cut_top(inside, 4);
}

static void draw_slip(struct ui *ui, struct rect at)
{
    const struct visit *visit = &ui->model->visit;
    enum slip_part part = slip_part_of(ui, at, &visit->wish);
    char code[8];
    uid_short(visit->wish.id, code);
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 10, 8});
    struct rect inside = rect_inset(at, slip_inset(ui, part));
    if (part != SLIP_CODE) {
        draw_slip_text(ui, &inside, part);
    }
    struct rect foot = rect_cut_bottom(&inside, 30);
    const char *name = UI_FILL(ui, "{alias} · {code}", TR_ARG("alias", visit->who.alias),
                               TR_ARG("code", code));
    struct words small = {FONT_PILL, COLOR_INK, PLACE_CENTER, 1};
    small.font = ui_fit(ui, foot, small, name);
    ui_text_middle(ui, foot, small, name);
    int size = inside.h < inside.w ? inside.h : inside.w;
    if (visit->payload[0]) {
        ui_qr(ui, rect_make(inside.x + (inside.w - size) / 2, inside.y, size, size),
              visit->payload);
    }
}

/* ---- what happened --------------------------------------------------------------------- */

static void draw_mark(struct ui *ui, struct rect at, bool saved)
{
    ui_box(ui, at, (struct look){saved ? COLOR_OK : COLOR_WHITE, COLOR_INK, 4, at.w / 2, 0});
    ui_icon_in(ui, rect_inset(at, at.w / 4), saved ? "check" : "clock",
               saved ? COLOR_ON_INDIGO : COLOR_INK);
}

static const char *headline(struct ui *ui)
{
    const struct visit *visit = &ui->model->visit;
    if (visit->saved) {
        return UI_FILL(ui,
                       ui_tr(ui, visit->taken ? N_("Du hast den Job, {alias}.")
                                              : N_("Dein Wunsch ist gespeichert, {alias}.")),
                       TR_ARG("alias", visit->who.alias));
    }
    return ui_tr(ui, visit->saving ? N_("Einen Moment …") : N_("Noch nicht gespeichert"));
}

static const char *next_steps(struct ui *ui)
{
    const struct visit *visit = &ui->model->visit;
    if (visit->saved) {
        return visit->taken
                   ? ui_tr(ui, "Der Platz gehört dir. Du siehst ihn auch unter "
                               "„Meine Wünsche“.")
                   : centre_asked_text(ui);
    }
    return ui_tr(ui, visit->saving ? N_("Dein Wunsch wird gerade gespeichert.")
                                   : N_("Das hat nicht geklappt. Es ist nichts verloren. "
                                        "Tippe auf „Noch mal“."));
}

/* Large text on a small display: everything gives way to the words and the code. */
static bool is_small(const struct ui *ui)
{
    return ui->tiny || ui->width < 600;
}

static void draw_story(struct ui *ui, struct rect area)
{
    const struct visit *visit = &ui->model->visit;
    bool small = is_small(ui);
    int mark = small ? 64 : ui->low || ui->narrow ? 96 : 150;
    const char *title = headline(ui), *text = next_steps(ui);
    const char *print = visit->saved ? words_print_state(ui, visit->print) : "";
    struct words big = {FONT_HERO, COLOR_INK, PLACE_START, 3};
    struct words lead = {FONT_LEAD, COLOR_INK, PLACE_START, 5};
    if (!ui->tiny) { /* the ground's colour says it too */
        draw_mark(ui, rect_make(area.x, area.y, mark, mark), visit->saved);
        rect_cut_top(&area, mark + (small || ui->low ? 16 : 36));
    }
    lead.font = small ? FONT_FINE : ui->low || ui->narrow ? FONT_TEXT : FONT_LEAD;
    int rest = ui_measure(ui, lead, area.w, text).height + (print[0] ? 90 : 0) + 24;
    big.font = ui_fit(ui, rect_make(0, 0, area.w, area.h - rest), big, title);
    rect_cut_top(&area, ui_text(ui, area, big, title) + 14);
    rect_cut_top(&area, ui_text(ui, area, lead, text) + (ui->low ? 10 : 22));
    if (print[0]) {
        struct rect row = rect_cut_top(&area, 64);
        struct rect spot = rect_cut_start(&row, 48);
        ui_icon(ui, rect_make(spot.x, spot.y + 8, 48, 48), "printer");
        rect_cut_start(&row, 14);
        ui_text_middle(ui, row, (struct words){FONT_NOTE, COLOR_INK, PLACE_START, 2}, print);
    }
}

/* Where there is room for one only: without a slip, printing; else another job. */
static void draw_more(struct ui *ui, struct rect foot)
{
    enum print_state print = ui->model->visit.print;
    bool no_slip = print == PRINT_PAPER_OUT || print == PRINT_COVER_OPEN ||
                   print == PRINT_FAILED;
    struct button more = {BUTTON_PLAIN, NULL, ui_tr(ui, "Noch ein Job"),
                          msg_open(SCREEN_OFFERS), FONT_BUTTON};
    struct button again = {BUTTON_PLAIN, NULL, ui_tr(ui, "Noch mal drucken"),
                           msg_make(MSG_PRINT_AGAIN, 0, 0), FONT_BUTTON};
    int more_width = ui_button_width(ui, &more), again_width = ui_button_width(ui, &again);
    bool both = more_width + UI_GAP + again_width <= foot.w;
    if (more_width <= foot.w && (both || !no_slip)) {
        ui_foot_start(ui, &foot, &more);
    }
    if (print != PRINT_RUNNING && again_width <= foot.w) {
        ui_foot_start(ui, &foot, &again);
    }
}

static void draw_actions(struct ui *ui)
{
    const struct visit *visit = &ui->model->visit;
    struct rect foot = ui_foot(ui);
    if (visit->saved) {
        const char *done =
            UI_FILL(ui, ui_tr(ui, "Fertig · {n}"),
                    TR_ARG("n", ui_number(ui, model_seconds_left(ui->model))));
        ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, NULL, done,
                                                msg_make(MSG_HOME, 0, 0), FONT_BUTTON});
        draw_more(ui, foot);
    } else if (!visit->saving) {
        ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, NULL, ui_tr(ui, "Noch mal"),
                                                msg_make(MSG_WISH, 0, 0), FONT_BUTTON});
        ui_foot_start(ui, &foot, &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Zurück"),
                                                  msg_make(MSG_BACK, 0, 0), FONT_BUTTON});
    }
}

static void saved_view(struct ui *ui)
{
    const struct visit *visit = &ui->model->visit;
    const char *spoken = UI_FILL(ui, "{title} {text} {print}", TR_ARG("title", headline(ui)),
                                 TR_ARG("text", next_steps(ui)),
                                 TR_ARG("print", words_print_state(ui, visit->print)));
    int top = ui->low ? 28 : 48, side = is_small(ui) ? UI_MARGIN : 64;
    struct rect area = rect_make(side, top, ui->width - 2 * side, ui->height - top - 110);
    ui->frame->ground = visit->saved ? COLOR_MINT : COLOR_LEMON;
    frame_title(ui->frame, str_of(spoken));
    if (ui->height > ui->width) {
        struct rect slip = rect_cut_bottom(&area, area.h * (is_small(ui) ? 40 : 52) / 100);
        int width = slip.w < 440 ? slip.w : 440;
        rect_cut_bottom(&slip, 20);
        draw_story(ui, area);
        if (visit->saved) {
            draw_slip(ui, rect_make(slip.x + (slip.w - width) / 2, slip.y, width, slip.h));
        }
    } else {
        int width = area.w * 38 / 100 > 440 ? 440 : area.w * 38 / 100;
        struct rect slip = rect_cut_end(&area, width);
        rect_cut_end(&area, 40);
        draw_story(ui, area);
        if (visit->saved) {
            draw_slip(ui, slip);
        }
    }
    draw_actions(ui);
}

/* ---- messages and answers -------------------------------------------------------------- */

static void save(struct model *model, struct effects *effects)
{
    struct effect *effect = ask(model, effects, EFFECT_SAVE_WISH);
    effect->wish = model->visit.wish;
    effect->fact = model->visit.decision;
    effect->confirm = model->visit.at_once;
    model->visit.saving = true;
}

static void print(struct model *model, struct effects *effects)
{
    struct effect *effect = ask(model, effects, EFFECT_PRINT_WISH);
    effect->wish = model->visit.wish;
    str_copy(effect->alias, sizeof effect->alias, str_of(model->visit.who.alias));
    str_copy(effect->text, sizeof effect->text, str_of(model->visit.payload));
    model->visit.print = PRINT_RUNNING;
}

static void saved_enter(struct model *model, struct effects *effects)
{
    if (!model->visit.saved && !model->visit.saving) {
        save(model, effects);
    }
}

static void saved_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    if (msg->kind == MSG_WISH && !model->visit.saving && !model->visit.saved) {
        save(model, effects);
    } else if (msg->kind == MSG_PRINT_AGAIN && model->visit.print != PRINT_RUNNING) {
        print(model, effects);
    }
}

void saved_on_wish(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct visit *visit = &model->visit;
    visit->saving = false;
    switch (reply->err) {
    case ERR_OK:
        visit->saved = true;
        visit->taken = reply->yes;
        visit->wish.state = reply->yes ? WISH_CONFIRMED : visit->wish.state;
        str_copy(visit->payload, sizeof visit->payload, str_of(reply->text));
        effects_add(effects, EFFECT_SOUND_DONE);
        ask(model, effects, EFFECT_LIST_WISHES);
        if (reply->yes) {
            effects_add(effects, EFFECT_LOAD_OFFERS); /* one place less */
        }
        print(model, effects);
        break;
    case ERR_CONFLICT:
        if (model->screen == SCREEN_SAVED) {
            model_back(model);
        }
        model->notice = NOTICE_ALREADY_WISHED;
        break;
    case ERR_FULL:
        model->notice = NOTICE_DISK_FULL;
        break;
    default:
        break; /* the screen itself says "not saved" and offers to try again */
    }
}

void saved_on_print(struct model *model, const struct reply *reply, struct effects *effects)
{
    (void)effects;
    model->visit.print = reply->print;
    model->printer = reply->print;
}

const struct screen screen_saved = {.name = "saved",
                                    .theme = THEME_PAPER,
                                    .personal = true,
                                    .view = saved_view,
                                    .update = saved_update,
                                    .enter = saved_enter};
