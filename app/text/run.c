#include "text/run.h"

#include "base/utf8.h"
#include "text/lru.h"

#include <string.h>

TTF_Font *run_font(const struct run *run, struct fonts *fonts)
{
    TTF_Font *font = fonts_use(fonts, run->face, run->size);
    if (font) {
        bool rtl = run->level % 2 != 0;
        TTF_SetFontDirection(font, rtl ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
        TTF_SetFontScriptName(font, chars_script_tag(run->script));
    }
    return font;
}

static uint64_t run_hash(const struct run *run, const char *text)
{
    uint64_t hash = lru_hash_int(LRU_HASH, run->face << 16 | run->size);
    hash = lru_hash_int(hash, run->script << 1 | (run->level & 1));
    return lru_hash(hash, text, run->len);
}

static void run_measure(struct run *run, struct fonts *fonts, const char *text)
{
    run->hash = run_hash(run, text);
    struct known_width *known = &fonts->widths[run->hash % WIDTHS_MAX];
    if (known->hash != run->hash) {
        TTF_Font *font = run_font(run, fonts);
        int height;
        if (!font || TTF_SizeUTF8(font, text, &known->width, &height) != 0) {
            known->width = 0;
        }
        known->hash = run->hash;
    }
    run->width = known->width;
}

static bool same_run(const struct chars *chars, int a, int b)
{
    return chars->level[a] == chars->level[b] && chars->face[a] == chars->face[b] &&
           chars->script[a] == chars->script[b];
}

static bool is_drawn(const struct chars *chars, int at, int main)
{
    uint32_t cp = chars->cp[at];
    bool joiner = cp == 0x200C || cp == 0x200D;
    return !chars_is_hidden(cp) && !(joiner && chars->face[at] == main);
}

/* Writes the run that starts at `from` and returns where it ends; its length may be 0. */
static int run_collect(struct runs *runs, const struct chars *chars, int main, int from,
                       int to)
{
    struct run *run = &runs->run[runs->count];
    int at = from;
    for (; at < to && same_run(chars, from, at); at++) {
        if (run->len > RUN_BYTES_MAX - 40 &&
            (run->len > RUN_BYTES_MAX - 4 || chars_may_split(chars, at))) {
            break;
        }
        if (is_drawn(chars, at, main)) {
            char *out = runs->bytes + run->text + run->len;
            run->len += (uint32_t)utf8_encode(chars->cp[at], out);
        }
    }
    return at;
}

/* Ends the run under way and returns its width. */
static int run_end(struct runs *runs, struct fonts *fonts)
{
    struct run *run = &runs->run[runs->count];
    if (run->len == 0) {
        return 0;
    }
    runs->bytes[run->text + run->len] = '\0';
    run_measure(run, fonts, runs->bytes + run->text);
    runs->bytes_len += run->len + 1;
    runs->count++;
    return run->width;
}

static bool has_room(struct runs *runs)
{
    bool room = runs->count < RUNS_MAX &&
                runs->bytes_len + RUN_BYTES_MAX + 1 <= RUNS_BYTES_MAX;
    runs->full = runs->full || !room;
    return room;
}

int runs_add(struct runs *runs, struct fonts *fonts, const struct chars *chars,
             const struct text_spec *spec, int from, int to)
{
    int width = 0;
    while (from < to && has_room(runs)) {
        runs->run[runs->count] = (struct run){
            .face = chars->face[from], .size = spec->size, .level = chars->level[from],
            .script = chars->script[from], .text = runs->bytes_len,
        };
        from = run_collect(runs, chars, fonts_main(fonts, spec), from, to);
        width += run_end(runs, fonts);
    }
    return width;
}

int runs_add_mark(struct runs *runs, struct fonts *fonts, const struct text_spec *spec,
                  uint32_t cp, int level)
{
    if (!has_room(runs)) {
        return 0;
    }
    struct run *run = &runs->run[runs->count];
    *run = (struct run){.face = fonts_main(fonts, spec), .size = spec->size,
                        .level = level, .text = runs->bytes_len};
    run->len = (uint32_t)utf8_encode(cp, runs->bytes + run->text);
    return run_end(runs, fonts);
}

static void reverse(struct run *run, int from, int to)
{
    for (to--; from < to; from++, to--) {
        struct run other = run[from];
        run[from] = run[to];
        run[to] = other;
    }
}

static void reverse_level(struct run *run, int count, int level)
{
    for (int from = 0; from < count; from++) {
        int to = from;
        while (to < count && run[to].level >= level) {
            to++;
        }
        reverse(run, from, to);
        from = to > from ? to - 1 : from;
    }
}

void runs_order(struct runs *runs, int first)
{
    struct run *run = runs->run + first;
    int count = runs->count - first, highest = 0, x = 0;
    for (int i = 0; i < count; i++) {
        highest = run[i].level > highest ? run[i].level : highest;
    }
    for (int level = highest; level > 0; level--) {
        reverse_level(run, count, level);
    }
    for (int i = 0; i < count; i++) {
        run[i].x = x;
        x += run[i].width;
    }
}
