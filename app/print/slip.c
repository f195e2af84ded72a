#include "print/slip.h"

#include "base/utf8.h"

#define LINE_CHARS_MAX 120
#define END_LINES 6 /* rule, QR code, name, space, note, cut */

static void begin(struct slip *slip, bool rtl)
{
    slip->count = 0;
    slip->rtl = rtl;
    slip->qr_text[0] = '\0';
    slip->qr.size = 0;
}

static struct slip_line *add(struct slip *slip, enum slip_kind kind)
{
    CHECK(slip->count < SLIP_LINES_MAX);
    struct slip_line *line = &slip->lines[slip->count++];
    line->kind = kind;
    line->style = STYLE_NORMAL;
    line->centred = false;
    line->text[0] = '\0';
    return line;
}

/* U+2066 … U+2069: they hold a value together where text runs from right to left. */
static bool is_isolate(struct str s, size_t at)
{
    return s.len - at >= 3 && (uint8_t)s.ptr[at] == 0xE2 &&
           (uint8_t)s.ptr[at + 1] == 0x81 && (uint8_t)s.ptr[at + 2] >= 0xA6 &&
           (uint8_t)s.ptr[at + 2] <= 0xA9;
}

static void put_space(struct buf *b)
{
    if (b->len > 0 && b->data[b->len - 1] != ' ') {
        buf_putc(b, ' ');
    }
}

/* Cleans one piece between isolates; its outer spaces stay, as they part words. */
static void put_piece(struct buf *b, struct str piece)
{
    char clean[SLIP_TEXT_SIZE];
    if (piece.len > 0 && piece.ptr[0] == ' ') {
        put_space(b);
    }
    utf8_clean(clean, sizeof clean, piece, LINE_CHARS_MAX);
    buf_puts(b, clean);
    if (piece.len > 0 && piece.ptr[piece.len - 1] == ' ') {
        put_space(b);
    }
}

/* utf8_clean() with isolates kept: without them "10 €" is turned round in Arabic. */
static void clean_rtl(char out[SLIP_TEXT_SIZE], struct str text)
{
    struct buf b;
    size_t from = 0;
    buf_init(&b, out, SLIP_TEXT_SIZE);
    for (size_t at = 0; at < text.len; at++) {
        if (is_isolate(text, at)) {
            put_piece(&b, (struct str){text.ptr + from, at - from});
            buf_put(&b, (struct str){text.ptr + at, 3});
            at += 2;
            from = at + 1;
        }
    }
    put_piece(&b, (struct str){text.ptr + from, text.len - from});
}

/* An empty text adds no line. */
static void add_text(struct slip *slip, enum slip_kind kind, enum slip_style style,
                     bool centred, struct str text)
{
    struct slip_line *line = add(slip, kind);
    line->style = style;
    line->centred = centred;
    if (utf8_clean(line->text, sizeof line->text, text, LINE_CHARS_MAX) == 0) {
        slip->count--;
    } else if (slip->rtl) {
        clean_rtl(line->text, text);
    }
}

static enum err add_qr(struct slip *slip, struct str text)
{
    if (text.len >= sizeof slip->qr_text) {
        return ERR_FULL;
    }
    enum err err = qr_encode(text, &slip->qr);
    if (!err) {
        str_copy(slip->qr_text, sizeof slip->qr_text, text);
        add(slip, SLIP_QR);
    }
    return err;
}

/* "FALKE · 7K3M-QX" under the QR code. */
static void add_name_and_code(struct slip *slip, struct str alias, struct str code)
{
    char memory[SLIP_TEXT_SIZE];
    struct buf b;
    buf_init(&b, memory, sizeof memory);
    buf_put(&b, alias);
    if (alias.len > 0 && code.len > 0) {
        buf_puts(&b, " · ");
    }
    buf_put(&b, code);
    add_text(slip, SLIP_TEXT, STYLE_SPACED, true, buf_str(&b));
}

void slip_begin(struct slip *slip, struct str heading, bool rtl)
{
    begin(slip, rtl);
    add_text(slip, SLIP_HEADING, STYLE_BOLD, false, heading);
    add(slip, SLIP_RULE);
}

void slip_put(struct slip *slip, enum slip_style style, struct str text)
{
    add_text(slip, SLIP_TEXT, style, false, text);
}

void slip_put_centred(struct slip *slip, enum slip_style style, struct str text)
{
    add_text(slip, SLIP_TEXT, style, true, text);
}

void slip_put_rule(struct slip *slip)
{
    add(slip, SLIP_RULE);
}

void slip_put_space(struct slip *slip)
{
    add(slip, SLIP_SPACE);
}

int slip_room(const struct slip *slip)
{
    int room = SLIP_LINES_MAX - END_LINES - slip->count;
    return room > 0 ? room : 0;
}

enum err slip_put_code(struct slip *slip, struct str payload, struct str alias,
                       struct str code)
{
    enum err err = add_qr(slip, payload);
    add_name_and_code(slip, alias, code);
    return err;
}

void slip_end(struct slip *slip, struct str note)
{
    add(slip, SLIP_SPACE);
    add_text(slip, SLIP_TEXT, STYLE_SMALL, true, note);
    add(slip, SLIP_CUT);
}

enum err slip_wish(const struct slip_wish *in, struct slip *slip_out)
{
    slip_begin(slip_out, in->heading, in->rtl);
    add_text(slip_out, SLIP_TEXT, STYLE_TITLE, false, in->title);
    add(slip_out, SLIP_SPACE);
    add_text(slip_out, SLIP_TEXT, STYLE_NORMAL, false, in->when);
    add_text(slip_out, SLIP_TEXT, STYLE_NORMAL, false, in->place);
    add_text(slip_out, SLIP_TEXT, STYLE_NORMAL, false, in->money);
    add(slip_out, SLIP_RULE);
    enum err err = slip_put_code(slip_out, in->payload, in->alias, in->code);
    slip_end(slip_out, in->note);
    return err;
}

enum err slip_card(const struct slip_card *in, struct slip *slip_out)
{
    begin(slip_out, in->rtl);
    add_text(slip_out, SLIP_HEADING, STYLE_BOLD, false, in->heading);
    add(slip_out, SLIP_SPACE);
    add_text(slip_out, SLIP_TEXT, STYLE_TITLE, true, in->alias);
    add_text(slip_out, SLIP_TEXT, STYLE_NORMAL, true, in->care);
    add(slip_out, SLIP_SPACE);
    add(slip_out, SLIP_RULE);
    add_text(slip_out, SLIP_TEXT, STYLE_SMALL, true, in->fold);
    enum err err = add_qr(slip_out, in->payload);
    add(slip_out, SLIP_CUT);
    return err;
}

enum err slip_test(const struct slip_test *in, struct slip *slip_out)
{
    static const char ruler[] = "....+....1....+....2....+....3..";
    begin(slip_out, in->rtl);
    add_text(slip_out, SLIP_HEADING, STYLE_BOLD, false, in->heading);
    add(slip_out, SLIP_RULE);
    add_text(slip_out, SLIP_TEXT, STYLE_NORMAL, false, str_of(ruler));
    add_text(slip_out, SLIP_TEXT, STYLE_SMALL, false, in->text);
    add_text(slip_out, SLIP_TEXT, STYLE_NORMAL, false, in->text);
    add_text(slip_out, SLIP_TEXT, STYLE_BOLD, false, in->text);
    add_text(slip_out, SLIP_TEXT, STYLE_TITLE, false, in->text);
    add(slip_out, SLIP_RULE);
    enum err err = add_qr(slip_out, STR("ANLAUF 0123456789"));
    add_text(slip_out, SLIP_TEXT, STYLE_SPACED, true, in->printer);
    add_text(slip_out, SLIP_TEXT, STYLE_NORMAL, true, in->good);
    add(slip_out, SLIP_CUT);
    return err;
}
