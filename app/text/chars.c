#include "text/chars.h"

#include "base/utf8.h"

#include <fribidi.h>
#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>

#define SOFT_HYPHEN 0xADu
#define SCRIPT_LATIN 0

/* Those that a font of Debian shows; others are shaped as if they had no rules. */
static const struct {
    const char *name, *tag;
} scripts[] = {
    {"Latin", "Latn"},      {"Arabic", "Arab"},     {"Hebrew", "Hebr"},
    {"Cyrillic", "Cyrl"},   {"Greek", "Grek"},      {"Ethiopic", "Ethi"},
    {"Armenian", "Armn"},   {"Georgian", "Geor"},   {"Devanagari", "Deva"},
    {"Bengali", "Beng"},    {"Gurmukhi", "Guru"},   {"Gujarati", "Gujr"},
    {"Tamil", "Taml"},      {"Telugu", "Telu"},     {"Kannada", "Knda"},
    {"Malayalam", "Mlym"},  {"Sinhala", "Sinh"},    {"Thai", "Thai"},
    {"Lao", "Laoo"},        {"Khmer", "Khmr"},      {"Myanmar", "Mymr"},
    {"Tibetan", "Tibt"},    {"Syriac", "Syrc"},     {"Thaana", "Thaa"},
    {"Han", "Hani"},        {"Hiragana", "Hira"},   {"Katakana", "Kana"},
    {"Hangul", "Hang"},     {"Tifinagh", "Tfng"},   {"Other", "Zyyy"},
};

const char *chars_script_tag(int script)
{
    return scripts[script].tag;
}

bool chars_is_hidden(uint32_t cp)
{
    return cp == SOFT_HYPHEN || cp == 0x61C || cp == 0x200B || cp == 0x200E ||
           cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2060 && cp <= 0x206F) || (cp >= 0xFE00 && cp <= 0xFE0F) ||
           cp == 0xFEFF || (cp >= 0xE0000 && cp <= 0xE0FFF);
}

bool chars_is_space(uint32_t cp)
{
    return cp == ' ' || (cp >= 0x2000 && cp <= 0x200A && cp != 0x2007) || cp == 0x3000;
}

static bool is_joiner(uint32_t cp)
{
    return cp == 0x200C || cp == 0x200D;
}

bool chars_may_split(const struct chars *chars, int at)
{
    if (at <= 0 || at >= chars->count) {
        return true;
    }
    uint32_t before = chars->cp[at - 1], after = chars->cp[at];
    return before != 0x200D && uc_is_grapheme_break(before, after);
}

static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || cp == 0xFFFE || cp == 0xFFFF;
}

/* '\n' for whatever ends a paragraph, 0 for what is left out. */
static uint32_t simplify(uint32_t cp)
{
    if (cp == 0x2028 || cp == 0x2029 || cp == '\n') {
        return '\n';
    }
    if (cp == '\t') {
        return ' ';
    }
    return is_control(cp) ? 0 : cp;
}

static void decode(struct chars *chars, struct str text)
{
    size_t at = 0;
    chars->count = 0;
    while (at < text.len && chars->count < CHARS_MAX) {
        uint32_t cp = simplify(utf8_next(text, &at));
        if (cp != 0) {
            chars->cp[chars->count++] = cp;
        }
    }
    chars->cut = at < text.len;
}

static bool is_plain(const struct chars *chars)
{
    for (int i = 0; i < chars->count; i++) {
        if (chars->cp[i] >= 0x590) {
            return false;
        }
    }
    return true;
}

/* Levels of one paragraph, [from, to). */
static void find_levels(struct chars *chars, int from, int to, bool rtl)
{
    FriBidiParType base = rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    FriBidiCharType *types = chars->types + from;
    FriBidiBracketType *brackets = chars->brackets + from;
    int n = to - from;
    fribidi_get_bidi_types(chars->cp + from, n, types);
    fribidi_get_bracket_types(chars->cp + from, n, types, brackets);
    if (n > 0 && fribidi_get_par_embedding_levels_ex(types, brackets, n, &base,
                                                     chars->level + from) == 0) {
        memset(chars->level + from, rtl, (size_t)n); /* out of memory */
    }
}

static void find_all_levels(struct chars *chars, bool rtl)
{
    if (!rtl && is_plain(chars)) {
        memset(chars->level, 0, (size_t)chars->count);
        return;
    }
    for (int from = 0, at = 0; at <= chars->count; at++) {
        if (at == chars->count || chars->cp[at] == '\n') {
            find_levels(chars, from, at, rtl);
            from = at + 1;
        }
    }
}

static void find_breaks(struct chars *chars)
{
    u32_possible_linebreaks(chars->cp, (size_t)chars->count, "UTF-8", chars->may_break);
    for (int i = 0; i < chars->count; i++) {
        chars->may_break[i] = chars->may_break[i] == UC_BREAK_POSSIBLE;
    }
}

static int script_index(const char *name)
{
    int i = 0;
    while (i < (int)ARRAY_LEN(scripts) - 1 && strcmp(scripts[i].name, name) != 0) {
        i++;
    }
    return i;
}

static bool is_shared(const char *script)
{
    return strcmp(script, "Common") == 0 || strcmp(script, "Inherited") == 0;
}

static const char *script_name(uint32_t cp)
{
    const uc_script_t *script = uc_script(cp);
    return script ? script->name : "Common";
}

/* Marks, spaces and joiners stay with what stands before them where that face can. */
static bool follows(uint32_t cp)
{
    return cp == ' ' || cp == 0xA0 || cp == 0x202F || is_joiner(cp) ||
           chars_is_hidden(cp) || (cp >= 0x300 && uc_combining_class(cp) != 0);
}

static void find_faces(struct chars *chars, struct fonts *fonts, int main)
{
    int face = main, script = SCRIPT_LATIN;
    for (int i = 0; i < chars->count; i++) {
        uint32_t cp = chars->cp[i];
        bool ascii = cp < 0x80 && cp != ' ';
        const char *name = ascii ? "Common" : script_name(cp);
        if (cp >= 0x80 && !is_shared(name)) {
            script = script_index(name);
        } else if (ascii) {
            script = SCRIPT_LATIN;
        }
        bool stays = follows(cp) && (chars_is_hidden(cp) || fonts_has(fonts, face, cp));
        if (!stays) {
            face = ascii ? main : fonts_pick(fonts, main, name, cp);
        }
        chars->script[i] = (uint8_t)script;
        chars->face[i] = (uint8_t)face;
    }
}

void chars_init(struct chars *chars, struct fonts *fonts, const struct text_spec *spec,
                struct str text)
{
    decode(chars, text);
    find_all_levels(chars, spec->rtl);
    find_breaks(chars);
    find_faces(chars, fonts, fonts_main(fonts, spec));
}
