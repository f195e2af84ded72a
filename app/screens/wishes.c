/* "Meine Wünsche": what became of them, and undo while nobody has decided. */
#include "screens/words.h"

struct state_look {
    const char *text;
    enum color fill;
};

static const char *const declines[DECLINE_REASON_COUNT] = {
    [DECLINE_NONE] = N_("Hat diesmal nicht geklappt. Such dir etwas anderes aus."),
    [DECLINE_FULL] = N_("Die Plätze sind vergeben. Andere Jobs warten auf dich."),
    [DECLINE_CANCELLED] = N_("Die Stelle hat abgesagt. Das liegt nicht an dir."),
    [DECLINE_RULES] = N_("An dem Tag erlaubt es das Gesetz nicht. Andere Jobs gehen."),
    [DECLINE_TALK] = N_("Ein Coach will erst kurz mit dir reden."),
};

static const char *state_note(struct ui *ui, const struct wish *wish)
{
    if (wish->state == WISH_DECLINED) {
        return ui_tr(ui, declines[wish->reason]);
    }
    return UI_FILL(ui, "{when} · {place}", TR_ARG("when", words_when_brief(ui, &wish->work)),
                   TR_ARG("place", wish->place[0] ? wish->place : wish->district));
}

static struct state_look state_look(const struct wish *wish)
{
    static const struct state_look looks[WISH_STATE_COUNT] = {
        [WISH_ASKED] = {N_("gefragt"), COLOR_LEMON},
        [WISH_CONFIRMED] = {N_("zugesagt"), COLOR_MINT},
        [WISH_DECLINED] = {N_("diesmal nicht"), COLOR_SAND},
        [WISH_UNDONE] = {N_("zurückgenommen"), COLOR_WHITE},
    };
    return looks[wish->state];
}

static void draw_state(struct ui *ui, struct rect at, const struct wish *wish)
{
    struct state_look look = state_look(wish);
    ui_box(ui, at, (struct look){look.fill, COLOR_INK, 3, 16, 0});
    ui_text_middle(ui, rect_inset(at, 8), (struct words){FONT_PILL, COLOR_INK, PLACE_CENTER, 1},
                   ui_tr(ui, look.text));
}

static void draw_row(struct ui *ui, struct rect at, int index)
{
    const struct wish *wish = &ui->model->visit.wishes[index];
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 22, 6});
    struct rect inside = rect_make(at.x + 26, at.y + 14, at.w - 44, at.h - 28);
    int undo = ui->narrow ? 0 : 210;
    if (wish->state == WISH_ASKED) {
        struct rect right = rect_cut_end(&inside, ui->narrow ? 190 : undo);
        struct rect spot = ui->narrow ? rect_cut_bottom(&right, 58)
                                      : rect_make(right.x, right.y + (right.h - 64) / 2,
                                                  right.w, 64);
        ui_button(ui, spot,
                  &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Zurücknehmen"),
                                   msg_make(MSG_UNDO_WISH, index, 0), FONT_PILL});
        if (ui->narrow) {
            draw_state(ui, rect_make(right.x, right.y, right.w, 44), wish);
        } else {
            rect_cut_end(&inside, 20);
        }
    }
    if (!ui->narrow || wish->state != WISH_ASKED) {
        struct rect right = rect_cut_end(&inside, 190);
        draw_state(ui, rect_make(right.x, right.y + (right.h - 50) / 2, right.w, 50), wish);
    }
    rect_cut_end(&inside, 16);
    struct words title = {FONT_SMALL_TITLE, COLOR_INK, PLACE_START, 1};
    struct words note = {FONT_FINE, COLOR_MUTED, PLACE_START, 2};
    const char *name = ui_own(ui, wish->title);
    title.font = ui_fit(ui, rect_make(0, 0, inside.w, 40), title, name);
    note.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h - 32), note,
                       state_note(ui, wish));
    int height = ui_measure(ui, title, inside.w, name).height +
                 ui_measure(ui, note, inside.w, state_note(ui, wish)).height;
    rect_cut_top(&inside, (inside.h - height) / 2 > 0 ? (inside.h - height) / 2 : 0);
    rect_cut_top(&inside, ui_text(ui, inside, title, name));
    ui_text(ui, inside, note, state_note(ui, wish));
}

static void draw_empty(struct ui *ui, struct rect area)
{
    const char *title = ui_tr(ui, ui->model->visit.wishes_known
                                      ? N_("Du hast dir noch nichts gewünscht.")
                                      : N_("Einen Moment …"));
    rect_cut_top(&area, area.h / 6);
    ui_icon(ui, rect_make(area.x + area.w / 2 - 60, area.y, 120, 120), "wishes");
    rect_cut_top(&area, 140);
    ui_text(ui, area, (struct words){FONT_BIG, COLOR_INK, PLACE_CENTER, 2}, title);
}

static void draw_pager(struct ui *ui, struct rect at, int pages, int page)
{
    const char *where = UI_FILL(ui, ui_tr(ui, "{n} von {count}"),
                                TR_ARG("n", ui_number(ui, page + 1)),
                                TR_ARG("count", ui_number(ui, pages)));
    struct rect spot = rect_cut_end(&at, ui_pill_width(ui, NULL, where));
    ui_pill(ui, rect_make(spot.x, spot.y + (spot.h - 62) / 2, spot.w, 62), false, NULL, where,
            msg_make(MSG_PAGE, (page + 1) % pages, 0));
}

static struct rect draw_foot(struct ui *ui)
{
    struct rect foot = ui_foot(ui);
    ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, "flash", ui_tr(ui, "Jobs ansehen"),
                                            msg_open(SCREEN_OFFERS), FONT_BUTTON});
    ui_foot_start(ui, &foot, &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Abmelden"),
                                              msg_make(MSG_SIGN_OUT, 0, 0), FONT_BUTTON});
    return foot;
}

static void wishes_view(struct ui *ui)
{
    enum { GAP = 18 };
    const struct visit *visit = &ui->model->visit;
    struct rect area = ui_content(ui);
    const char *title = UI_FILL(ui, ui_tr(ui, "Deine Wünsche, {alias}"),
                                TR_ARG("alias", visit->who.alias));
    ui_head(ui, title, NULL);
    struct rect pager = draw_foot(ui);
    rect_cut_top(&area, 8);
    if (ui->narrow) {
        pager = rect_cut_bottom(&area, 70);
    }
    int least = ui->narrow ? 138 : ui->width < 900 ? 118 : 104;
    int rows = (area.h + GAP) / (least + GAP);
    rows = rows < 1 ? 1 : rows;
    int pages = visit->wish_count > 0 ? (visit->wish_count + rows - 1) / rows : 1;
    int page = ui->model->browse.page < pages ? ui->model->browse.page : 0;
    if (visit->wish_count == 0) {
        draw_empty(ui, area);
    }
    for (int i = 0; i < rows && page * rows + i < visit->wish_count; i++) {
        draw_row(ui, rect_make(area.x, area.y + i * (least + GAP), area.w, least),
                 page * rows + i);
    }
    if (pages > 1) {
        draw_pager(ui, pager, pages, page);
    }
}

static void wishes_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    if (msg->kind == MSG_PAGE) {
        model->browse.page = msg->a;
    } else if (msg->kind == MSG_UNDO_WISH && msg->a < model->visit.wish_count) {
        struct effect *effect = ask(model, effects, EFFECT_UNDO_WISH);
        effect->fact = model->fresh[0];
        effect->wish = model->visit.wishes[msg->a];
    }
}

static void wishes_enter(struct model *model, struct effects *effects)
{
    model->browse.page = 0;
    if (model->visit.signed_in) {
        ask(model, effects, EFFECT_LIST_WISHES);
    }
}

void wishes_on_list(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct visit *visit = &model->visit;
    if (reply->err != ERR_OK) {
        return;
    }
    visit->wish_count = reply->wish_count < WISHES_MAX ? reply->wish_count : WISHES_MAX;
    for (int i = 0; i < visit->wish_count; i++) {
        visit->wishes[i] = reply->wishes[i];
    }
    visit->wishes_known = true;
    browse_refresh(model);
    if (model->screen == SCREEN_OFFER) {
        browse_judge(model);
        if (visit->wish_pending) {
            offer_wish(model, effects);
        }
    }
}

void wishes_on_undo(struct model *model, const struct reply *reply, struct effects *effects)
{
    model->notice = reply->err == ERR_OK       ? NOTICE_UNDONE
                    : reply->err == ERR_DENIED ? NOTICE_UNDO_LATE
                    : reply->err == ERR_FULL   ? NOTICE_DISK_FULL
                                               : NOTICE_NOT_SAVED;
    ask(model, effects, EFFECT_LIST_WISHES);
    ask(model, effects, EFFECT_LOAD_OFFERS);
}

const struct screen screen_wishes = {.name = "wishes",
                                     .theme = THEME_PAPER,
                                     .personal = true,
                                     .view = wishes_view,
                                     .update = wishes_update,
                                     .enter = wishes_enter};
