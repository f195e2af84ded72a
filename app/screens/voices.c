/* Ideas and questions of young people: vote, propose, and see what came of it. */
#include "screens/words.h"

static const char *kind_word(struct ui *ui, enum voice_kind kind)
{
    return ui_tr(ui, kind == VOICE_IDEA ? N_("Idee") : N_("Frage für die Auswertung"));
}

/* ---- one voice ------------------------------------------------------------------------- */

static void draw_votes(struct ui *ui, struct rect at, int row, enum voice_choice own)
{
    bool in = ui->model->visit.signed_in;
    struct button yes = {own == CHOICE_FOR ? BUTTON_DARK : BUTTON_PLAIN, NULL,
                         ui_tr(ui, "Bin dafür"),
                         msg_make(MSG_VOTE, row, own == CHOICE_FOR ? CHOICE_NONE : CHOICE_FOR),
                         FONT_PILL};
    struct button no = {own == CHOICE_NOT_FOR_ME ? BUTTON_DARK : BUTTON_PLAIN, NULL,
                        ui_tr(ui, "Nichts für mich"),
                        msg_make(MSG_VOTE, row,
                                 own == CHOICE_NOT_FOR_ME ? CHOICE_NONE : CHOICE_NOT_FOR_ME),
                        FONT_PILL};
    struct button sign_in = {BUTTON_PLAIN, NULL, ui_tr(ui, "Anmelden und abstimmen"),
                             msg_make(MSG_SIGN_IN, 0, 0), FONT_PILL};
    if (!in) {
        ui_button(ui, rect_cut_start(&at, ui_button_width(ui, &sign_in)), &sign_in);
        return;
    }
    ui_button(ui, rect_cut_start(&at, ui_button_width(ui, &yes)), &yes);
    rect_cut_start(&at, 16);
    ui_button(ui, rect_cut_start(&at, ui_button_width(ui, &no)), &no);
}

static void draw_voice(struct ui *ui, struct rect at, int row)
{
    const struct voice_shown *voice = &ui->model->visit.voices.voices[row];
    bool done = voice->item.state == VOICE_DONE;
    struct sentence result = voice_result_sentence(&voice->result);
    struct words title = {FONT_CARD, COLOR_INK, PLACE_START, 2};
    struct words note = {FONT_FINE, COLOR_MUTED, PLACE_START, 2};
    ui_box(ui, at, (struct look){done ? COLOR_MINT : COLOR_WHITE, COLOR_INK, 3, 24, 8});
    struct rect inside = rect_make(at.x + 28, at.y + 18, at.w - 56, at.h - 34);
    struct rect foot = rect_cut_bottom(&inside, 62);
    struct words tag = {FONT_TINY, COLOR_MUTED, PLACE_START, 1};
    rect_cut_top(&inside, ui_text(ui, inside, tag, kind_word(ui, voice->item.kind)) + 2);
    const char *name = ui_own(ui, voice->item.title);
    title.font = ui_fit(ui, inside, title, name);
    ui_text(ui, inside, title, name);
    if (done) {
        const char *answer = UI_FILL(ui, ui_tr(ui, "Wir haben gemacht: {answer}"),
                                     TR_ARG("answer", voice->item.answer));
        note.color = COLOR_INK;
        note.font = ui_fit(ui, foot, note, answer);
        ui_text_middle(ui, foot, note, answer);
        return;
    }
    struct rect right = ui->narrow ? rect_make(0, 0, 0, 0)
                                   : rect_cut_end(&foot, foot.w * 40 / 100);
    const char *count = words_sentence(ui, &result);
    draw_votes(ui, foot, row, voice->own);
    if (!ui->narrow) {
        note.place = PLACE_END;
        note.lines_max = 3;
        note.font = ui_fit(ui, right, note, count);
        ui_text_middle(ui, right, note, count);
    }
}

/* ---- the screen ------------------------------------------------------------------------ */

static void draw_empty(struct ui *ui, struct rect area)
{
    bool known = ui->model->visit.voices.known;
    const char *title = ui_tr(ui, known ? N_("Noch keine Idee da. Fang du an!")
                                        : N_("Einen Moment …"));
    rect_cut_top(&area, area.h / 6);
    ui_icon(ui, rect_make(area.x + area.w / 2 - 60, area.y, 120, 120), "idea");
    rect_cut_top(&area, 140);
    ui_text(ui, area, (struct words){FONT_BIG, COLOR_INK, PLACE_CENTER, 2}, title);
}

static void draw_foot(struct ui *ui, int page, int pages)
{
    struct rect foot = ui_foot(ui);
    ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, "idea", ui_tr(ui, "Eigene Idee"),
                                            msg_make(MSG_PROPOSE, VOICE_IDEA, 0),
                                            FONT_BUTTON});
    struct button question = {BUTTON_PLAIN, NULL, ui_tr(ui, "Frage vorschlagen"),
                              msg_make(MSG_PROPOSE, VOICE_QUESTION, 0), FONT_BUTTON};
    struct button leave = {BUTTON_PLAIN, NULL, ui_tr(ui, "Abmelden"),
                           msg_make(MSG_SIGN_OUT, 0, 0), FONT_BUTTON};
    if (ui->model->visit.signed_in && ui_button_width(ui, &leave) <= foot.w) {
        ui_foot_start(ui, &foot, &leave);
    }
    if (ui_button_width(ui, &question) <= foot.w) {
        ui_foot_start(ui, &foot, &question);
    }
    if (pages > 1) {
        const char *where = UI_FILL(ui, ui_tr(ui, "{n} von {count}"),
                                    TR_ARG("n", ui_number(ui, page + 1)),
                                    TR_ARG("count", ui_number(ui, pages)));
        int width = ui_pill_width(ui, NULL, where);
        if (width <= foot.w) {
            struct rect at = rect_cut_end(&foot, width);
            ui_pill(ui, rect_make(at.x, at.y + (at.h - 62) / 2, at.w, 62), false, NULL, where,
                    msg_make(MSG_PAGE, (page + 1) % pages, 0));
        }
    }
}

static void voices_view(struct ui *ui)
{
    const struct voice_visit *voices = &ui->model->visit.voices;
    struct rect area = ui_content(ui);
    int gap = 20, height = 200;
    const char *spoken = ui_tr(ui, "Ideen und Stimmen"), *title = spoken;
    if (ui->model->visit.signed_in) {
        /* Whose vote it is stays in sight: friends stand around a kiosk. */
        title = UI_FILL(ui, "{title} · {alias}", TR_ARG("title", title),
                        TR_ARG("alias", ui->model->visit.who.alias));
    }
    ui_head(ui, title, spoken);
    rect_cut_top(&area, 8);
    int rows = (area.h + gap) / (height + gap);
    rows = rows < 1 ? 1 : rows;
    int pages = voices->count > 0 ? (voices->count + rows - 1) / rows : 1;
    int page = voices->page < pages ? voices->page : 0;
    if (voices->count == 0) {
        draw_empty(ui, area);
    }
    for (int i = 0; i < rows && page * rows + i < voices->count; i++) {
        draw_voice(ui, rect_make(area.x, area.y + i * (height + gap), area.w, height),
                   page * rows + i);
    }
    draw_foot(ui, page, pages);
}

static void vote(struct model *model, const struct msg *msg, struct effects *effects)
{
    struct voice_visit *voices = &model->visit.voices;
    if (msg->a < 0 || msg->a >= voices->count || !model->visit.signed_in) {
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_VOICE_CAST);
    effect->fact = model->fresh[0];
    effect->voice = voices->voices[msg->a].item.id;
    effect->choice = (enum voice_choice)msg->b;
}

static void sign_in_for(struct model *model, enum screen_id after, struct effects *effects)
{
    model->visit.after = after;
    go(model, effects, SCREEN_WHO);
}

static void voices_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    switch (msg->kind) {
    case MSG_PAGE:
        model->visit.voices.page = msg->a;
        break;
    case MSG_VOTE:
        vote(model, msg, effects);
        break;
    case MSG_SIGN_IN:
        sign_in_for(model, SCREEN_VOICES, effects);
        break;
    case MSG_PROPOSE:
        model->visit.voices.kind = (enum voice_kind)msg->a;
        if (model->visit.signed_in) {
            go(model, effects, SCREEN_PROPOSE);
        } else {
            sign_in_for(model, SCREEN_PROPOSE, effects);
        }
        break;
    default:
        break;
    }
}

static void voices_enter(struct model *model, struct effects *effects)
{
    ask(model, effects, EFFECT_VOICES);
}

void voices_on_list(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct voice_visit *voices =
        model->staff.open ? &model->staff.jobs.voices : &model->visit.voices;
    (void)effects;
    if (reply->err != ERR_OK) {
        model->notice = NOTICE_NOT_READ;
        return;
    }
    voices->known = true;
    voices->count = reply->count < VOICES_SHOWN_MAX ? reply->count : VOICES_SHOWN_MAX;
    for (int i = 0; i < voices->count; i++) {
        voices->voices[i] = reply->voices[i];
    }
}

/* Answers to voting, proposing, and what staff do with a proposal. */
void voices_on_saved(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct voice_visit *voices = &model->visit.voices;
    voices->saving = false;
    if (reply->err != ERR_OK) {
        model->notice = reply->err == ERR_FULL ? NOTICE_DISK_FULL : NOTICE_NOT_SAVED;
        return;
    }
    if (reply->to == EFFECT_VOICE_PROPOSE) {
        voices->saved = true;
        effects_add(effects, EFFECT_SOUND_DONE);
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_VOICES);
    effect->confirm = model->staff.open;
    if (model->staff.open) {
        model->notice = NOTICE_DECIDED;
        staff_voices_done(model);
    }
}

const struct screen screen_voices = {.name = "voices",
                                     .theme = THEME_PAPER,
                                     .view = voices_view,
                                     .update = voices_update,
                                     .enter = voices_enter};
