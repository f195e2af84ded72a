/* A proposal: tiles, or own words that only coaches read. */
#include "screens/own_words.h"

#include <string.h>

static const char *const question_lead =
    N_("Was sollen wir nach einem Job fragen? Schreib es auf.");
static const char *const idea_lead = N_("Was soll sich im Kiez ändern? Wähle aus.");

static void draw_saved(struct ui *ui)
{
    struct rect area = ui_content(ui), foot = ui_foot(ui);
    const char *title = ui_tr(ui, "Danke! Das Team schaut es sich an.");
    const char *text = ui_tr(ui, "Dann können alle darüber abstimmen. "
                                 "Niemand sieht, dass es von dir ist.");
    ui->frame->ground = COLOR_MINT;
    ui_head(ui, NULL, title);
    rect_cut_top(&area, ui->low ? 10 : 60);
    struct words big = {FONT_HUGE, COLOR_INK, PLACE_START, 3};
    big.font = ui_fit(ui, rect_make(0, 0, area.w, area.h / 2), big, title);
    rect_cut_top(&area, ui_text(ui, area, big, title) + 20);
    ui_text(ui, area, (struct words){FONT_LEAD, COLOR_INK, PLACE_START, 4}, text);
    ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, NULL, ui_tr(ui, "Fertig"),
                                            msg_make(MSG_BACK, 0, 0), FONT_BUTTON});
}

static void draw_tiles(struct ui *ui, struct rect area)
{
    const struct voice_visit *voices = &ui->model->visit.voices;
    int count = voice_tile_count(), columns = ui->narrow ? 2 : 4, gap = 18;
    int rows = (count + columns - 1) / columns;
    int width = (area.w - gap * (columns - 1)) / columns;
    int height = (area.h - 8 - gap * (rows - 1)) / rows;
    height = height > 120 ? 120 : height;
    for (int i = 0; i < count; i++) {
        ui_tile(ui,
                rect_make(area.x + i % columns * (width + gap),
                          area.y + i / columns * (height + gap), width, height),
                voices->tiles >> i & 1u ? COLOR_BLITZ : COLOR_WHITE, NULL,
                ui_tr(ui, voice_tile(i)), voices->tiles >> i & 1u, msg_make(MSG_TILE, i, 0));
    }
}

static void draw_typing(struct ui *ui, struct rect area)
{
    const struct voice_visit *voices = &ui->model->visit.voices;
    const char *shown = voices->words[0] ? voices->words : ui_tr(ui, "Tippe hier …");
    struct words words = {FONT_TEXT, voices->words[0] ? COLOR_INK : COLOR_MUTED, PLACE_START,
                          ui->tiny ? 2 : 4};
    struct rect box = rect_cut_top(&area, area.h * 36 / 100);
    ui_box(ui, box, (struct look){COLOR_WHITE, COLOR_INDIGO, 5, 22, 0});
    struct rect inside = rect_inset(box, ui->low ? 14 : 22);
    words.font = ui_fit(ui, inside, words, shown);
    ui_text(ui, inside, words, shown);
    rect_cut_top(&area, 14);
    ui_keyboard(ui, area);
}

static void draw_foot(struct ui *ui)
{
    const struct voice_visit *voices = &ui->model->visit.voices;
    struct rect foot = ui_foot(ui);
    bool ready = (voices->tiles != 0 || voices->words[0]) && !voices->saving;
    if (ready) {
        ui_foot_end(ui, &foot, &(struct button){BUTTON_MAIN, "check", ui_tr(ui, "Vorschlagen"),
                                                msg_make(MSG_FORM_SAVE, 0, 0), FONT_BUTTON});
    }
    if (ui->model->env.words_can_be_sealed && voices->kind == VOICE_IDEA) {
        const char *text = ui_tr(ui, voices->typing ? N_("Zu den Kacheln")
                                                    : N_("Eigene Worte"));
        ui_foot_start(ui, &foot,
                      &(struct button){BUTTON_PLAIN, NULL, text,
                                       msg_make(MSG_WORDS, !voices->typing, 0), FONT_BUTTON});
    }
    if (voices->typing) {
        struct words note = {FONT_FINE, COLOR_MUTED, PLACE_START, 2};
        const char *text = ui_tr(ui, "Nur Coaches können das lesen.");
        if (foot.w > 200) {
            ui_text_middle(ui, foot, note, text);
        }
    }
}

static void propose_view(struct ui *ui)
{
    const struct voice_visit *voices = &ui->model->visit.voices;
    struct rect area = ui_content(ui);
    bool idea = voices->kind == VOICE_IDEA;
    if (voices->saved) {
        draw_saved(ui);
        return;
    }
    ui_head(ui, ui_tr(ui, idea ? N_("Deine Idee") : N_("Deine Frage")), NULL);
    struct words lead = {FONT_TEXT, COLOR_MUTED, PLACE_START, 2};
    const char *text = ui_tr(ui, idea ? idea_lead : question_lead);
    if (!idea && !ui->model->env.words_can_be_sealed) {
        text = ui_tr(ui, "Sag deine Frage dem Team. Schreiben geht hier noch nicht.");
    }
    lead.font = ui_fit(ui, rect_make(0, 0, area.w, ui->low ? 40 : 72), lead, text);
    rect_cut_top(&area, ui_text(ui, area, lead, text) + (ui->low ? 10 : 18));
    if (voices->typing) {
        draw_typing(ui, area);
    } else if (idea) {
        draw_tiles(ui, area);
    }
    draw_foot(ui);
}

/* ---- messages -------------------------------------------------------------------------- */

static void save(struct model *model, struct effects *effects)
{
    struct voice_visit *voices = &model->visit.voices;
    if (voices->saving || (voices->tiles == 0 && voices->words[0] == '\0')) {
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_VOICE_PROPOSE);
    effect->fact = voices->fact;
    effect->voice_kind = voices->kind;
    effect->tiles = voices->tiles;
    str_copy(effect->words, sizeof effect->words, str_of(voices->words));
    voices->saving = true;
}

static void propose_update(struct model *model, const struct msg *msg,
                           struct effects *effects)
{
    struct voice_visit *voices = &model->visit.voices;
    switch (msg->kind) {
    case MSG_TILE:
        voices->tiles ^= 1u << msg->a;
        break;
    case MSG_WORDS:
        voices->typing = msg->a;
        break;
    case MSG_KEY:
        if (voices->typing) {
            words_type(voices->words, VOICE_CHARS_MAX, msg->a);
        }
        break;
    case MSG_FORM_SAVE:
        save(model, effects);
        break;
    default:
        break;
    }
}

static void propose_enter(struct model *model, struct effects *effects)
{
    struct voice_visit *voices = &model->visit.voices;
    (void)effects;
    voices->tiles = 0;
    memset(voices->words, 0, sizeof voices->words);
    voices->typing = voices->kind == VOICE_QUESTION && model->env.words_can_be_sealed;
    voices->saving = voices->saved = false;
    voices->fact = model->fresh[0];
}

const struct screen screen_propose = {.name = "propose",
                                      .theme = THEME_PAPER,
                                      .personal = true,
                                      .view = propose_view,
                                      .update = propose_update,
                                      .enter = propose_enter};
