#include "text/layout.h"

#include <stdlib.h>
#include <string.h>

#define DOTS 0x2026u
#define SOFT_HYPHEN 0xADu

/* One text on its way into lines. */
struct breaker {
    struct layout_work *work;
    struct fonts *fonts;
    const struct text_spec *spec;
    int width_max, lines_max;
};

/* ---- how wide ---- */

static int trim_end(const struct chars *chars, int from, int to)
{
    while (to > from && (chars_is_space(chars->cp[to - 1]) || chars->cp[to - 1] == '\n' ||
                         (chars_is_hidden(chars->cp[to - 1]) &&
                          chars->cp[to - 1] != SOFT_HYPHEN))) {
        to--;
    }
    return to;
}

static bool ends_in_hyphen(const struct chars *chars, int from, int to)
{
    return to > from && chars->cp[to - 1] == SOFT_HYPHEN;
}

/* The runs are taken back: only their width is wanted. */
static int width_of(const struct breaker *b, int from, int to, uint32_t mark)
{
    struct runs *runs = &b->work->runs;
    int count = runs->count;
    uint32_t bytes_len = runs->bytes_len;
    int width = runs_add(runs, b->fonts, &b->work->chars, b->spec, from, to);
    if (mark != 0) {
        width += runs_add_mark(runs, b->fonts, b->spec, mark, b->spec->rtl);
    }
    runs->count = count;
    runs->bytes_len = bytes_len;
    return width;
}

/* Of a line that ends here: without spaces, with a hyphen if it ends in a soft one. */
static int line_width(const struct breaker *b, int from, int to)
{
    const struct chars *chars = &b->work->chars;
    int end = trim_end(chars, from, to);
    return width_of(b, from, end, ends_in_hyphen(chars, from, end) ? '-' : 0);
}

/* ---- where to break ---- */

static int next_break(const struct chars *chars, int at, int to)
{
    at++;
    while (at < to && !chars->may_break[at]) {
        at++;
    }
    return at;
}

static int last_break(const struct chars *chars, int from, int at)
{
    at--;
    while (at > from && !chars->may_break[at]) {
        at--;
    }
    return at;
}

static int split_before(const struct chars *chars, int from, int at)
{
    while (at > from && !chars_may_split(chars, at)) {
        at--;
    }
    return at;
}

static int split_after(const struct chars *chars, int at, int to)
{
    at++;
    while (at < to && !chars_may_split(chars, at)) {
        at++;
    }
    return at;
}

/* How far from `from` fits into `width` with a mark behind, broken at any character. */
static int fit_chars(const struct breaker *b, int from, int to, int width, uint32_t mark)
{
    const struct chars *chars = &b->work->chars;
    /* No line shows more: letters are seldom narrower than a sixth of an em. */
    int most = from + 8 + 6 * (width > 0 ? width : 0) / (b->spec->size + 1);
    int low = from, high = to < most ? to : most;
    while (low < high) {
        int middle = split_before(chars, low, low + (high - low + 1) / 2);
        if (middle == low) {
            middle = split_after(chars, low, high);
        }
        if (width_of(b, from, trim_end(chars, from, middle), mark) <= width) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return split_before(chars, from, low);
}

/* Sums the widths of words until they no longer fit: a good guess for line_fit. */
static int guess_fit(const struct breaker *b, int from, int to)
{
    const struct chars *chars = &b->work->chars;
    int space = width_of(b, from, from, ' '), width = 0, end = from;
    while (end < to) {
        int next = next_break(chars, end, to);
        int trimmed = trim_end(chars, end, next);
        if (width + line_width(b, end, next) > b->width_max) {
            break;
        }
        width += width_of(b, end, trimmed, 0) + (next - trimmed) * space;
        end = next;
    }
    return end;
}

/* Where the line that starts at `from` ends; always behind `from`. */
static int line_fit(const struct breaker *b, int from, int to)
{
    const struct chars *chars = &b->work->chars;
    if (from == to) {
        return to;
    }
    /* Most texts are one line: one look is enough. */
    if (to - from <= RUN_BYTES_MAX && line_width(b, from, to) <= b->width_max) {
        return to;
    }
    int end = guess_fit(b, from, to);
    while (end > from && line_width(b, from, end) > b->width_max) {
        end = last_break(chars, from, end);
    }
    if (end == from) {
        end = fit_chars(b, from, next_break(chars, from, to), b->width_max, 0);
    }
    return end > from ? end : split_after(chars, from, to);
}

/* ---- lines ---- */

static void line_add(const struct breaker *b, int from, int to, uint32_t mark, int level)
{
    struct layout_work *work = b->work;
    struct runs *runs = &work->runs;
    struct line *line = &work->lines[work->box.lines++];
    line->first_run = runs->count;
    line->width = runs_add(runs, b->fonts, &work->chars, b->spec, from, to);
    if (mark != 0) {
        line->width += runs_add_mark(runs, b->fonts, b->spec, mark, level);
    }
    line->run_count = runs->count - line->first_run;
    runs_order(runs, line->first_run);
    work->box.width = line->width > work->box.width ? line->width : work->box.width;
}

static void add_whole(const struct breaker *b, int from, int to)
{
    const struct chars *chars = &b->work->chars;
    int end = trim_end(chars, from, to);
    bool hyphen = ends_in_hyphen(chars, from, end) && to < chars->count;
    line_add(b, from, end, hyphen ? '-' : 0, hyphen ? chars->level[end - 1] : 0);
}

static void add_cut(const struct breaker *b, int from, int to)
{
    int end = fit_chars(b, from, to, b->width_max, DOTS);
    line_add(b, from, trim_end(&b->work->chars, from, end), DOTS, b->spec->rtl);
    b->work->box.cut = true;
}

/* Adds the lines of the paragraph [from, to). False: lines_max is reached before its end,
 * or `more` text follows that has no line left. */
static bool add_paragraph(const struct breaker *b, int from, int to, bool more)
{
    do {
        bool last = b->work->box.lines == b->lines_max - 1;
        int end = line_fit(b, from, to);
        if (last && (end < to || more)) {
            add_cut(b, from, to);
            return false;
        }
        add_whole(b, from, end);
        from = end;
    } while (from < to);
    return true;
}

static void add_lines(const struct breaker *b)
{
    const struct chars *chars = &b->work->chars;
    bool go_on = chars->count > 0;
    for (int from = 0, at = 0; go_on && at <= chars->count; at++) {
        if (at == chars->count || chars->cp[at] == '\n') {
            bool more = at < chars->count - 1 || chars->cut;
            go_on = add_paragraph(b, from, at, more);
            from = at + 1;
            go_on = go_on && from < chars->count;
        }
    }
    b->work->box.cut = b->work->box.cut || chars->cut || b->work->runs.full;
}

/* ---- the finished layout ---- */

uint64_t layout_hash(const struct layout_key *key)
{
    int look = key->spec.size << 3 | (int)key->spec.weight << 1 | key->spec.rtl;
    uint64_t hash = lru_hash_int(LRU_HASH, look);
    hash = lru_hash_int(hash, key->spec.line_height);
    hash = lru_hash_int(hash, key->width_max);
    hash = lru_hash_int(hash, key->lines_max);
    return lru_hash(hash, key->text.ptr, key->text.len);
}

bool layout_match(const struct lru_entry *entry, const void *key)
{
    const struct layout_key *a = &((const struct layout *)entry)->key, *b = key;
    return a->spec.size == b->spec.size && a->spec.weight == b->spec.weight &&
           a->spec.rtl == b->spec.rtl && a->spec.line_height == b->spec.line_height &&
           a->width_max == b->width_max && a->lines_max == b->lines_max &&
           str_eq(a->text, b->text);
}

static struct layout *layout_pack(const struct layout_work *work,
                                  const struct layout_key *key)
{
    size_t lines = (size_t)work->box.lines * sizeof(struct line);
    size_t runs = (size_t)work->runs.count * sizeof(struct run);
    size_t bytes = work->runs.bytes_len;
    size_t total = sizeof(struct layout) + runs + lines + bytes + key->text.len;
    struct layout *layout = malloc(total);
    if (!layout) {
        return NULL;
    }
    *layout = (struct layout){.key = *key, .box = work->box};
    layout->entry.cost = total;
    layout->runs = (struct run *)(layout + 1);
    layout->lines = (struct line *)((char *)layout->runs + runs);
    layout->bytes = (char *)layout->lines + lines;
    layout->key.text.ptr = layout->bytes + bytes;
    memcpy(layout->runs, work->runs.run, runs);
    memcpy(layout->lines, work->lines, lines);
    memcpy(layout->bytes, work->runs.bytes, bytes);
    if (key->text.len > 0) {
        memcpy(layout->bytes + bytes, key->text.ptr, key->text.len);
    }
    return layout;
}

struct layout *layout_make(struct layout_work *work, struct fonts *fonts,
                           const struct layout_key *key)
{
    bool limited = key->lines_max > 0 && key->lines_max < LINES_MAX;
    struct breaker b = {work, fonts, &key->spec, key->width_max,
                        limited ? key->lines_max : LINES_MAX};
    work->runs.count = 0;
    work->runs.bytes_len = 0;
    work->runs.full = false;
    work->box = (struct text_box){0};
    chars_init(&work->chars, fonts, &key->spec, key->text);
    add_lines(&b);
    work->box.height = work->box.lines * key->spec.line_height;
    return layout_pack(work, key);
}
