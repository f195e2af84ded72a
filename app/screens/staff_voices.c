/* The team and the voices: read, put to the vote, answer, put away. */
#include "screens/own_words.h"
#include "screens/words.h"

#include <string.h>

/* What is being typed: a title for the vote, or "we did". */
enum { MODE_LIST = 0, MODE_OPEN, MODE_ANSWER };

static const struct voice_shown *chosen(const struct model *model)
{
    const struct voice_visit *voices = &model->staff.jobs.voices;
    return voices->page >= 0 && voices->page < voices->count ? &voices->voices[voices->page]
                                                             : NULL;
}

static int mode_of(const struct model *model)
{
    const struct voice_shown *voice = chosen(model);
    if (!model->staff.jobs.voices.typing || !voice) {
        return MODE_LIST;
    }
    return voice->item.state == VOICE_WAITING ? MODE_OPEN : MODE_ANSWER;
}

static const char *tiles_words(struct ui *ui, uint32_t tiles)
{
    char memory[300];
    struct buf b;
    buf_init(&b, memory, sizeof memory);
    for (int i = 0; i < voice_tile_count(); i++) {
        if (tiles >> i & 1u) {
            buf_puts(&b, b.len > 0 ? ", " : "");
            buf_puts(&b, ui_tr(ui, voice_tile(i)));
        }
    }
    return ui_own(ui, memory);
}

static const char *state_word(struct ui *ui, enum voice_state state)
{
    static const char *const texts[VOICE_STATE_COUNT] = {
        [VOICE_WAITING] = N_("neu"),
        [VOICE_OPEN] = N_("wird abgestimmt"),
        [VOICE_DONE] = N_("beantwortet"),
        [VOICE_PUT_AWAY] = N_("weggelegt"),
    };
    return ui_tr(ui, texts[state]);
}

static void draw_row(struct ui *ui, struct rect at, int index)
{
    const struct voice_shown *voice = &ui->model->staff.jobs.voices.voices[index];
    const char *name = voice->item.title[0] ? ui_own(ui, voice->item.title)
                                            : tiles_words(ui, voice->item.tiles);
    const char *state = state_word(ui, voice->item.state);
    if (!voice->item.title[0] && voice->item.tiles == 0) {
        name = ui_tr(ui, "Eigene Worte, noch nicht gelesen");
    }
    int down = ui_touch(ui, at, 6, msg_make(MSG_STAFF_ROW, index, 0), name);
    at.y += down;
    ui_box(ui, at, (struct look){voice->item.state == VOICE_WAITING ? COLOR_LEMON : COLOR_WHITE,
                                 COLOR_INK, 3, 22, 6 - down});
    struct rect inside = rect_inset(at, 18);
    struct words fine = {FONT_PILL, COLOR_INK, PLACE_END, 1};
    int width = ui_measure(ui, fine, inside.w / 2, state).width + 6;
    struct rect right = rect_cut_end(&inside, width);
    ui_text_middle(ui, right, fine, state);
    rect_cut_end(&inside, 16);
    struct words title = {FONT_LABEL, COLOR_INK, PLACE_START, 2};
    title.font = ui_fit(ui, inside, title, name);
    ui_text_middle(ui, inside, title, name);
}

static void draw_list(struct ui *ui, struct rect area)
{
    const struct voice_visit *voices = &ui->model->staff.jobs.voices;
    int gap = 16, height = 92;
    if (voices->count == 0) {
        ui_text_middle(ui, area, (struct words){FONT_BIG, COLOR_INK, PLACE_CENTER, 2},
                       ui_tr(ui, voices->known ? N_("Gerade ist nichts da.")
                                               : N_("Einen Moment …")));
    }
    for (int i = 0; i < voices->count && (i + 1) * (height + gap) <= area.h + gap; i++) {
        draw_row(ui, rect_make(area.x, area.y + i * (height + gap), area.w, height), i);
    }
}

static void draw_typing(struct ui *ui, struct rect area, const struct voice_shown *voice)
{
    const struct staff_jobs *jobs = &ui->model->staff.jobs;
    const char *said = jobs->voices.words[0]  ? ui_own(ui, jobs->voices.words)
                       : voice->item.title[0] ? ui_own(ui, voice->item.title)
                                              : tiles_words(ui, voice->item.tiles);
    const char *hint = ui_tr(ui, mode_of(ui->model) == MODE_OPEN
                                     ? N_("So steht es bei der Abstimmung …")
                                     : N_("Das haben wir gemacht …"));
    struct words lead = {FONT_LABEL, COLOR_INK, PLACE_START, 3};
    lead.font = ui_fit(ui, rect_make(0, 0, area.w, area.h / 5), lead, said);
    rect_cut_top(&area, ui_text(ui, area, lead, said) + 12);
    struct rect box = rect_cut_top(&area, ui->low ? 84 : 110);
    struct words words = {FONT_TEXT, jobs->voice_title[0] ? COLOR_INK : COLOR_MUTED,
                          PLACE_START, 2};
    const char *shown = jobs->voice_title[0] ? jobs->voice_title : hint;
    ui_box(ui, box, (struct look){COLOR_WHITE, COLOR_INDIGO, 5, 22, 0});
    struct rect inside = rect_inset(box, 14);
    words.font = ui_fit(ui, inside, words, shown);
    ui_text(ui, inside, words, shown);
    rect_cut_top(&area, 14);
    ui_keyboard(ui, area);
}

static void staff_voices_view(struct ui *ui)
{
    const struct voice_shown *voice = chosen(ui->model);
    struct rect area = ui_content(ui), foot = ui_foot(ui);
    int mode = mode_of(ui->model);
    ui_head(ui, ui_tr(ui, "Ideen und Stimmen"), NULL);
    rect_cut_top(&area, 8);
    if (mode == MODE_LIST) {
        draw_list(ui, area);
        return;
    }
    draw_typing(ui, area, voice);
    ui_foot_end(ui, &foot,
                &(struct button){BUTTON_MAIN, "check",
                                 ui_tr(ui, mode == MODE_OPEN ? N_("Zur Abstimmung")
                                                             : N_("Antwort zeigen")),
                                 msg_make(MSG_VOICE_STAFF, 0,
                                          mode == MODE_OPEN ? VOICE_DO_OPEN : VOICE_DO_ANSWER),
                                 FONT_BUTTON});
    ui_foot_start(ui, &foot, &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Weglegen"),
                                              msg_make(MSG_VOICE_STAFF, 0, VOICE_DO_PUT_AWAY),
                                              FONT_BUTTON});
}

/* ---- messages and answers -------------------------------------------------------------- */

/* What the tiles say already is a title; the coach may change it. As many tiles as fit. */
static void suggest_title(struct staff_jobs *jobs, const struct voice_item *item)
{
    enum { TITLE_BYTES_MAX = 160 };
    struct buf title;
    buf_init(&title, jobs->voice_title, sizeof jobs->voice_title);
    for (int i = 0; item->state == VOICE_WAITING && i < voice_tile_count(); i++) {
        size_t more = strlen(voice_tile(i)) + strlen(", ");
        if (item->tiles >> i & 1u && title.len + more <= TITLE_BYTES_MAX) {
            buf_puts(&title, title.len > 0 ? ", " : "");
            buf_puts(&title, voice_tile(i));
        }
    }
}

static void open_row(struct model *model, int row, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    jobs->voices.page = row;
    const struct voice_shown *voice = chosen(model);
    if (!voice || voice->item.state == VOICE_DONE) {
        return;
    }
    jobs->voices.typing = true;
    jobs->fact = model->fresh[0];
    memset(jobs->voice_title, 0, sizeof jobs->voice_title);
    suggest_title(jobs, &voice->item);
    memset(jobs->voices.words, 0, sizeof jobs->voices.words);
    if (!uid_is_nil(voice->item.words)) {
        struct effect *effect = ask(model, effects, EFFECT_VOICE_WORDS);
        effect->voice = voice->item.id;
    }
}

static void decide(struct model *model, enum voice_staff what, struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    const struct voice_shown *voice = chosen(model);
    bool needs_text = what != VOICE_DO_PUT_AWAY;
    if (!voice || (needs_text && jobs->voice_title[0] == '\0')) {
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_VOICE_STAFF);
    effect->fact = jobs->fact;
    effect->voice = voice->item.id;
    effect->voice_staff = what;
    str_copy(effect->words, sizeof effect->words, str_of(jobs->voice_title));
}

static void staff_voices_update(struct model *model, const struct msg *msg,
                                struct effects *effects)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    switch (msg->kind) {
    case MSG_STAFF_ROW:
        open_row(model, msg->a, effects);
        break;
    case MSG_KEY:
        if (jobs->voices.typing) {
            words_type(jobs->voice_title, VOICE_CHARS_MAX, msg->a);
        }
        break;
    case MSG_VOICE_STAFF:
        decide(model, (enum voice_staff)msg->b, effects);
        break;
    default:
        break;
    }
}

static void staff_voices_enter(struct model *model, struct effects *effects)
{
    model->staff.jobs.voices.typing = false;
    ask(model, effects, EFFECT_VOICES)->confirm = true;
}

void staff_voices_done(struct model *model)
{
    model->staff.jobs.voices.typing = false;
    memset(model->staff.jobs.voices.words, 0, sizeof model->staff.jobs.voices.words);
}

void voices_on_words(struct model *model, const struct reply *reply, struct effects *effects)
{
    struct voice_visit *voices = &model->staff.jobs.voices;
    (void)effects;
    if (reply->err == ERR_OK) {
        str_copy(voices->words, sizeof voices->words, str_of(reply->words));
    } else {
        model->notice = NOTICE_NOT_READ;
    }
}

const struct screen screen_staff_voices = {.name = "staff_voices",
                                           .theme = THEME_STAFF,
                                           .personal = true,
                                           .view = staff_voices_view,
                                           .update = staff_voices_update,
                                           .enter = staff_voices_enter};
