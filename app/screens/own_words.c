#include "screens/own_words.h"

#include "base/utf8.h"

#include <string.h>

#define KEY_ERASE 8
#define CHARS_MAX 250

static void erase_last(char *words)
{
    size_t len = strlen(words);
    words[len > 0 ? utf8_cut(str_of(words), len - 1) : 0] = '\0';
}

/* The keys are small letters: sentences begin with a capital one. */
static bool begins_sentence(const char *words)
{
    size_t len = strlen(words);
    if (len == 0) {
        return true;
    }
    return len > 1 && words[len - 1] == ' ' && strchr(".!?", words[len - 2]);
}

static int capital(int cp)
{
    bool small = (cp >= 'a' && cp <= 'z') ||
                 (cp >= 0xE0 && cp <= 0xFE && cp != 0xF7); /* Latin-1 */
    return small ? cp - 32 : cp;
}

bool words_type(char words[OWN_WORDS_SIZE], size_t chars_max, int character)
{
    char bytes[5], clean[8];
    size_t len = strlen(words);
    if (character == KEY_ERASE) {
        erase_last(words);
        return true;
    }
    bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < ' ' || character > 0x10FFFF || surrogate ||
        utf8_count(str_of(words)) >= chars_max) {
        return false;
    }
    size_t count = utf8_encode((uint32_t)character, bytes);
    bool visible = utf8_clean(clean, sizeof clean, (struct str){bytes, count}, 1) > 0;
    bool space = character == ' ' && len > 0 && words[len - 1] != ' ';
    if ((!visible && !space) || len + count >= OWN_WORDS_SIZE) {
        return false;
    }
    memcpy(words + len, bytes, count);
    words[len + count] = '\0';
    return true;
}

bool own_words_type(char words[OWN_WORDS_SIZE], int character)
{
    int letter = begins_sentence(words) ? capital(character) : character;
    return words_type(words, CHARS_MAX, letter);
}

/* The end of long words is what is being typed: the beginning makes room. */
static const char *visible_end(struct ui *ui, struct rect at, struct words style,
                               const char *words)
{
    const char *shown = UI_FILL(ui, "{words}_", TR_ARG("words", words));
    struct str rest = str_of(words);
    size_t pos = 0;
    while (ui_measure(ui, style, at.w, shown).cut && pos < rest.len) {
        for (int i = 0; i < 16; i++) {
            utf8_next(rest, &pos);
        }
        shown = UI_FILL(ui, "… {words}_", TR_ARG("words", words + pos));
    }
    return shown;
}

void own_words_view(struct ui *ui, const char *title, const char *promise,
                    const char *words)
{
    struct rect area = ui_content(ui), foot = ui_foot(ui);
    struct words note = {FONT_TEXT, COLOR_MUTED, PLACE_START, 1};
    const char *spoken = UI_FILL(ui, "{title}. {promise}", TR_ARG("title", title),
                                 TR_ARG("promise", promise));
    ui_head(ui, title, spoken);
    note.font = ui_fit(ui, rect_make(0, 0, area.w, 40), note, promise);
    rect_cut_top(&area, ui_text(ui, area, note, promise) + (ui->low ? 6 : 12));
    struct rect box = rect_cut_top(&area, area.h * (ui->narrow ? 25 : 32) / 100);
    ui_box(ui, box, (struct look){COLOR_WHITE, COLOR_INK, 3, 22, 0});
    struct rect inside = rect_inset(box, ui->tiny ? 14 : 20);
    struct words style = {FONT_LEAD, COLOR_INK, PLACE_START, 0};
    style.font = ui->tiny ? FONT_FINE : FONT_TEXT;
    int line = ui_measure(ui, style, inside.w, "x").height;
    style.lines_max = inside.h / line > 0 ? inside.h / line : 1;
    ui_text(ui, inside, style, visible_end(ui, inside, style, words));
    rect_cut_top(&area, ui->low ? 12 : 20);
    ui_keyboard_sentence(ui, area);
    ui_foot_end(ui, &foot,
                &(struct button){BUTTON_MAIN, "check", ui_tr(ui, "Fertig"),
                                 msg_make(MSG_WORDS, 0, 0), FONT_BUTTON});
}
