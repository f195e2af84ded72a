/* "Meine Wünsche": what became of them, and undo while nobody has decided. */
#include "screens/jobs.h"
#include "screens/wishes_row.h"
#include "screens/words.h"

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
    const char *icon = ui->width < WISHES_SLIM ? NULL : "flash";
    ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, icon, ui_tr(ui, "Jobs ansehen"),
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
    int least = ui->width < WISHES_SLIM ? 200 : ui->narrow ? 138 : ui->width < 900 ? 118 : 104;
    int rows = (area.h + GAP) / (least + GAP);
    rows = rows < 1 ? 1 : rows;
    int pages = visit->wish_count > 0 ? (visit->wish_count + rows - 1) / rows : 1;
    int page = ui->model->browse.page < pages ? ui->model->browse.page : 0;
    if (visit->wish_count == 0) {
        draw_empty(ui, area);
    }
    for (int i = 0; i < rows && page * rows + i < visit->wish_count; i++) {
        wishes_row(ui, rect_make(area.x, area.y + i * (least + GAP), area.w, least),
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
    } else if (msg->kind == MSG_JOB) {
        model->visit.jobs.open = msg->a;
        go(model, effects, SCREEN_AGREEMENT);
    }
}

static void wishes_enter(struct model *model, struct effects *effects)
{
    model->browse.page = 0;
    if (model->visit.signed_in) {
        ask(model, effects, EFFECT_LIST_WISHES);
        jobs_ask(model, effects);
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
