/* One wish, for staff to decide: yes, or no with a kind reason. */
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"
#include "screens/words.h"

#include "domain/field.h"

struct reason {
    enum decline_reason reason;
    enum color fill;
    const char *icon, *text;
};

/* What the young person will read; never about the person. */
static const struct reason reasons[] = {
    {DECLINE_FULL, COLOR_SKY, "people", N_("Andere haben vorher gefragt.")},
    {DECLINE_CANCELLED, COLOR_PEACH, "close", N_("Der Job fällt aus.")},
    {DECLINE_RULES, COLOR_LEMON, "clock", N_("Das Gesetz erlaubt es da nicht.")},
    {DECLINE_TALK, COLOR_LILAC, "talk", N_("Lass uns kurz darüber reden.")},
};

static bool is_open(const struct staff_session *staff)
{
    return staff->wish.state == WISH_ASKED;
}

/* ---- view -------------------------------------------------------------------------- */

static const char *place_of(struct ui *ui, const struct wish *wish)
{
    if (wish->place[0] == '\0') {
        return wish->district;
    }
    return UI_FILL(ui, ui_tr(ui, "{place}, {district}"), TR_ARG("place", wish->place),
                   TR_ARG("district", wish->district));
}

static void draw_fact(struct ui *ui, struct rect at, enum color fill, const char *icon,
                      const char *text)
{
    int size = at.h < 72 ? at.h - 4 : 68;
    struct rect spot = rect_cut_start(&at, size);
    spot = rect_make(spot.x, spot.y + (spot.h - size) / 2, size, size);
    ui_box(ui, spot, (struct look){fill, COLOR_INK, 3, 18, 0});
    ui_icon(ui, rect_inset(spot, size / 5), icon);
    rect_cut_start(&at, 18);
    struct words words = {FONT_LABEL, COLOR_INK, PLACE_START, 2};
    words.font = ui_fit(ui, at, words, text);
    ui_text_middle(ui, at, words, text);
}

static void draw_facts(struct ui *ui, struct rect at, const struct wish *wish)
{
    const struct {
        enum color fill;
        const char *icon, *text;
    } facts[] = {
        {COLOR_LILAC, "person", wish->alias},
        {COLOR_LEMON, "clock", words_when(ui, &wish->work)},
        {COLOR_MINT, "place", place_of(ui, wish)},
        {COLOR_BLITZ, "euro", words_money_spoken(ui, wish->cents)},
    };
    int columns = at.w >= 620 ? 2 : 1, gap = ui->low ? 10 : 20;
    int rows = (int)ARRAY_LEN(facts) / columns,
        width = (at.w - (columns - 1) * 28) / columns;
    int height = (at.h - gap * (rows - 1)) / rows;
    height = height > 96 ? 96 : height;
    for (int i = 0; i < (int)ARRAY_LEN(facts); i++) {
        struct rect cell = rect_make(at.x + i % columns * (width + 28),
                                     at.y + i / columns * (height + gap), width, height);
        draw_fact(ui, cell, facts[i].fill, facts[i].icon, facts[i].text);
    }
}

static const char *state_text(struct ui *ui, const struct wish *wish)
{
    switch (wish->state) {
    case WISH_CONFIRMED:
        return ui_tr(ui, "Das Team hat zugesagt.");
    case WISH_UNDONE:
        return ui_tr(ui, "Der Wunsch ist zurückgenommen.");
    case WISH_DECLINED:
        for (size_t i = 0; i < ARRAY_LEN(reasons); i++) {
            if (reasons[i].reason == wish->reason) {
                return ui_tr(ui, reasons[i].text);
            }
        }
        return ui_tr(ui, "Das Team hat abgesagt.");
    default:
        return UI_FILL(ui, ui_tr(ui, "{alias} wünscht sich diesen Job."),
                       TR_ARG("alias", wish->alias));
    }
}

static void draw_wish(struct ui *ui, struct rect at)
{
    const struct wish *wish = &ui->model->staff.wish;
    bool tight = at.h < 330;
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, tight ? 16 : 34);
    struct rect top = rect_cut_top(&inside, tight ? 72 : inside.h * 30 / 100);
    int size = inside.w < 500 ? 72 : top.h > 120 ? 120 : top.h;
    struct rect tile = rect_cut_start(&top, size);
    rect_cut_start(&top, 24);
    struct words title = {FONT_BIG, COLOR_INK, PLACE_START, 3};
    top.h = top.h > 120 ? 120 : top.h;
    tile.y = top.y + (top.h - size) / 2;
    tile.h = size;
    ui_box(ui, tile, (struct look){ui_field_tint(wish->field), COLOR_INK, 3, 22, 0});
    ui_icon(ui, rect_inset(tile, size / 6), field_icon(wish->field));
    title.font = ui_fit(ui, top, title, wish->title);
    ui_text_middle(ui, top, title, wish->title);
    struct rect state = rect_cut_bottom(&inside, tight ? 44 : inside.w < 500 ? 84 : 60);
    rect_cut_bottom(&inside, tight ? 6 : 16);
    struct words words = {FONT_NOTE, COLOR_INK, PLACE_START, tight ? 1 : 3};
    rect_cut_end(&state, staff_wish_chip(ui, state, wish) + 18);
    words.font = ui_fit(ui, state, words, state_text(ui, wish));
    ui_text_middle(ui, state, words, state_text(ui, wish));
    rect_cut_top(&inside, tight ? 8 : 14);
    draw_facts(ui, inside, wish);
}

static void draw_reasons(struct ui *ui, struct rect at)
{
    const char *text = UI_FILL(ui, ui_tr(ui, "Was soll {alias} lesen?"),
                               TR_ARG("alias", ui->model->staff.wish.alias));
    struct words words = {FONT_TITLE, COLOR_INK, PLACE_START, 1};
    int count = (int)ARRAY_LEN(reasons), gap = ui->low ? 14 : UI_GAP;
    words.font = ui_fit(ui, rect_make(0, 0, at.w, 48), words, text);
    rect_cut_top(&at, ui_text(ui, at, words, text) + 14);
    int columns = at.w < 480 ? 1 : 2, rows = count / columns;
    int width = (at.w - gap * (columns - 1)) / columns;
    int height = (at.h - gap * (rows - 1)) / rows;
    height = height > 240 ? 240 : height;
    for (int i = 0; i < count; i++) {
        ui_tile(ui,
                rect_make(at.x + i % columns * (width + gap),
                          at.y + i / columns * (height + gap), width, height),
                reasons[i].fill, reasons[i].icon, ui_tr(ui, reasons[i].text), false,
                msg_make(MSG_STAFF_DECLINE, (int)reasons[i].reason, 0));
    }
}

static void draw_actions(struct ui *ui)
{
    const struct staff_session *staff = &ui->model->staff;
    struct rect foot = ui_foot(ui);
    struct msg toggle = msg_make(MSG_STAFF_DECLINE, DECLINE_NONE, 0);
    struct button no = {
        BUTTON_PLAIN, NULL,
        ui_tr(ui, staff->declining ? N_("Doch nicht absagen") : N_("Absagen")), toggle,
        FONT_BUTTON};
    if (staff->wish.state == WISH_CONFIRMED) {
        /* A job that was promised can still be called off, or its hours told. */
        staff_main(ui, &foot, NULL, ui_tr(ui, "Der Job"), msg_make(MSG_JOB, 0, 0), true);
    }
    if (!is_open(staff)) {
        return;
    }
    if (!staff->deciding) {
        ui_foot_start(ui, &foot, &no);
    }
    if (staff->deciding || !staff->declining) {
        staff_main(ui, &foot, "check",
                   ui_tr(ui, staff->deciding ? N_("Ich speichere …") : N_("Zusagen")),
                   msg_make(MSG_STAFF_CONFIRM, 0, 0), !staff->deciding);
    }
}

static void wish_view(struct ui *ui)
{
    const struct staff_session *staff = &ui->model->staff;
    const struct wish *wish = &staff->wish;
    struct rect area = staff_area(ui);
    const char *title = ui_tr(ui, staff->declining ? N_("Absagen") : N_("Ein Wunsch"));
    ui_head(ui, title,
            UI_FILL(ui, "{title}. {state} {job}. {when}", TR_ARG("title", title),
                    TR_ARG("state", state_text(ui, wish)), TR_ARG("job", wish->title),
                    TR_ARG("when", words_when(ui, &wish->work))));
    if (staff->declining) {
        draw_reasons(ui, area);
    } else {
        area.h = area.h > 600 ? 600 : area.h;
        draw_wish(ui, area);
    }
    draw_actions(ui);
}

/* ---- update ------------------------------------------------------------------------ */

static void decide(struct model *model, enum decline_reason reason,
                   struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    struct effect *effect = ask(model, effects, EFFECT_DECIDE);
    effect->fact = staff->fact;
    effect->wish = staff->wish;
    effect->confirm = reason == DECLINE_NONE;
    effect->decline = reason;
    staff->deciding = true;
    model->notice = NOTICE_NONE;
}

static void wish_update(struct model *model, const struct msg *msg,
                        struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    if (msg->kind == MSG_JOB && staff->wish.state == WISH_CONFIRMED) {
        struct job_brief job = {.wish = staff->wish, .next_aspect = -1, .next_index = -1};
        staff_job_open(model, effects, &job, SCREEN_STAFF_JOB);
        return;
    }
    if (staff->deciding || !is_open(staff)) {
        return;
    }
    if (msg->kind == MSG_STAFF_CONFIRM) {
        decide(model, DECLINE_NONE, effects);
    } else if (msg->kind == MSG_STAFF_DECLINE && msg->a == DECLINE_NONE) {
        staff->declining = !staff->declining;
    } else if (msg->kind == MSG_STAFF_DECLINE && msg->a < DECLINE_REASON_COUNT) {
        decide(model, (enum decline_reason)msg->a, effects);
    }
}

void staff_on_decided(struct model *model, const struct reply *reply,
                      struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    staff->deciding = false;
    if (model->screen != SCREEN_STAFF_WISH) {
        /* Staff went on meanwhile: the list will tell. */
        if (model->screen == SCREEN_STAFF) {
            ask(model, effects, EFFECT_STAFF_LIST);
        }
        return;
    }
    if (reply->err != ERR_OK) {
        model->notice = staff_failure(reply->err);
        return;
    }
    model_replace(model, SCREEN_STAFF);
    model->back_count = 0;
    screen_staff.enter(model, effects);
    model->notice = NOTICE_DECIDED;
    effects_add(effects, EFFECT_SOUND_DONE);
}

const struct screen screen_staff_wish = {.name = "staff_wish",
                                         .theme = THEME_STAFF,
                                         .personal = true,
                                         .view = wish_view,
                                         .update = wish_update};
