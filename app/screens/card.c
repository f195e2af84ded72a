/* A new card, shown and printed once; nothing of it stays when the screen is left. */
#include "screens/staff_parts.h"

/* ---- view -------------------------------------------------------------------------- */

static const char *print_text(struct ui *ui)
{
    static const char *const texts[PRINT_STATE_COUNT] = {
        [PRINT_NONE] = N_("Die Karte ist bereit."),
        [PRINT_RUNNING] = N_("Die Karte wird gedruckt …"),
        [PRINT_DONE] = N_("Die Karte ist gedruckt."),
        [PRINT_NO_PRINTER] = N_("Hier ist kein Drucker. Mach ein Foto vom Code."),
        [PRINT_PAPER_OUT] =
            N_("Das Papier ist leer. Lege eine Rolle ein oder mach ein Foto."),
        [PRINT_COVER_OPEN] = N_("Der Drucker ist offen. Mach ihn zu oder mach ein Foto."),
        [PRINT_FAILED] = N_("Der Drucker antwortet nicht. Mach ein Foto vom Code."),
    };
    return ui_tr(ui, texts[ui->model->staff.print]);
}

static const char *care_text(struct ui *ui)
{
    return ui_tr(
        ui, ui->model->staff.new_is_staff
                ? N_("Pass gut auf diese Karte auf. Mit ihr und deiner PIN öffnest du "
                     "die Team-Seiten.")
                : N_("Pass gut auf diese Karte auf. Mit ihr meldest du dich an."));
}

static void draw_code(struct ui *ui, struct rect at)
{
    int size = at.w < at.h ? at.w : at.h;
    struct rect card =
        rect_make(at.x + (at.w - size) / 2, at.y + (at.h - size) / 2, size, size);
    ui_box(ui, card, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    ui_qr(ui, rect_inset(card, 14), ui->model->staff.new_card);
}

static void draw_words(struct ui *ui, struct rect at)
{
    const char *alias = ui->model->staff.new_alias, *care = care_text(ui);
    struct words name = {FONT_HUGE, COLOR_INK, PLACE_START, 1};
    struct words text = {FONT_LEAD, COLOR_INK, PLACE_START, 4};
    name.font = ui_fit(ui, rect_make(0, 0, at.w, 70), name, alias);
    int bottom = at.y + at.h;
    rect_cut_bottom(&at, at.h * 36 / 100 + 16);
    int name_height = ui_measure(ui, name, at.w, alias).height;
    text.font = ui_measure(ui, text, at.w, care).height > at.h - name_height - 10
                    ? FONT_FINE
                    : FONT_LEAD;
    rect_cut_top(&at, ui_text(ui, at, name, alias) + 10);
    int used = ui_text(ui, at, text, care);
    struct rect note = rect_make(at.x, at.y + used + 16, at.w, bottom - at.y - used - 24);
    note.h = note.h > 150 ? 150 : note.h;
    staff_card(
        ui, note,
        &(struct staff_card){ui->model->staff.print == PRINT_DONE      ? COLOR_MINT
                             : ui->model->staff.print <= PRINT_RUNNING ? COLOR_WHITE
                                                                       : COLOR_PEACH,
                             "printer", print_text(ui), "", msg_make(MSG_NONE, 0, 0)});
}

static void draw_actions(struct ui *ui)
{
    struct rect foot = ui_foot(ui);
    struct button again = {BUTTON_PLAIN, ui->narrow ? NULL : "printer",
                           ui_tr(ui, "Noch mal drucken"), msg_make(MSG_CARD_PRINT, 0, 0),
                           FONT_BUTTON};
    struct button done = {BUTTON_MAIN, "check", ui_tr(ui, "Fertig"),
                          msg_make(MSG_BACK, 0, 0), FONT_CARD};
    ui_foot_end(ui, &foot, &done);
    if (ui->model->staff.print != PRINT_RUNNING) {
        int width = ui_button_width(ui, &again);
        if (width > foot.w) {
            again.text = ui_tr(ui, "Drucken");
            width = ui_button_width(ui, &again);
        }
        ui_button(ui, rect_cut_start(&foot, width < foot.w ? width : foot.w), &again);
    }
}

static void card_view(struct ui *ui)
{
    const struct staff_session *staff = &ui->model->staff;
    struct rect area = staff_area(ui);
    const char *title =
        ui_tr(ui, staff->new_is_staff ? N_("Deine Team-Karte") : N_("Deine neue Karte"));
    ui_head(ui, title,
            UI_FILL(ui, "{title}, {alias}. {care} {print}", TR_ARG("title", title),
                    TR_ARG("alias", staff->new_alias), TR_ARG("care", care_text(ui)),
                    TR_ARG("print", print_text(ui))));
    if (ui->height > ui->width) {
        draw_code(ui, rect_cut_top(&area, area.h * 54 / 100));
        rect_cut_top(&area, 32);
    } else {
        int side = area.h < area.w * 45 / 100 ? area.h : area.w * 45 / 100;
        draw_code(ui, rect_cut_start(&area, side));
        rect_cut_start(&area, 40);
    }
    draw_words(ui, area);
    draw_actions(ui);
}

/* ---- update ------------------------------------------------------------------------ */

static void print(struct model *model, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    if (staff->print == PRINT_RUNNING || staff->new_card[0] == '\0') {
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_PRINT_CARD);
    str_copy(effect->alias, sizeof effect->alias, str_of(staff->new_alias));
    str_copy(effect->text, sizeof effect->text, str_of(staff->new_card));
    effect->confirm = staff->new_is_staff;
    staff->print = PRINT_RUNNING;
}

static void card_enter(struct model *model, struct effects *effects)
{
    if (model->staff.print == PRINT_NONE) {
        print(model, effects);
    }
}

static void card_update(struct model *model, const struct msg *msg,
                        struct effects *effects)
{
    if (msg->kind == MSG_CARD_PRINT) {
        print(model, effects);
    }
}

/* ---- answers ----------------------------------------------------------------------- */

void card_on_print(struct model *model, const struct reply *reply,
                   struct effects *effects)
{
    (void)effects;
    model->printer = reply->print;
    if (model->staff.new_card[0] != '\0') {
        model->staff.print = reply->print;
    }
}

void card_on_issued(struct model *model, const struct reply *reply,
                    struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    staff->jobs.busy = false;
    if (reply->err != ERR_OK) {
        model->notice = reply->err == ERR_NOT_FOUND ? NOTICE_ALIAS_UNKNOWN
                                                    : staff_failure(reply->err);
        return;
    }
    str_copy(staff->new_card, sizeof staff->new_card, str_of(reply->text));
    str_copy(staff->new_alias, sizeof staff->new_alias, str_of(reply->who.alias));
    staff->new_is_staff = false;
    staff->print = PRINT_NONE;
    if (model->screen == SCREEN_STAFF_CARD) {
        model_replace(model, SCREEN_CARD);
        screen_card.enter(model, effects);
        return;
    }
    go(model, effects, SCREEN_CARD);
}

const struct screen screen_card = {.name = "card",
                                   .theme = THEME_STAFF,
                                   .personal = true,
                                   .view = card_view,
                                   .update = card_update,
                                   .enter = card_enter};
