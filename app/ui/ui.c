#include "ui/ui.h"

#include "base/check.h"

#include <string.h>

#define SCALE_ONE 1024
/* A 7" display of 800×480 would get letters too small to read at 0.6. */
#define SCALE_MIN 737
/* On still smaller ones letters do get smaller: cut words and flat keys would be worse. */
#define UNITS_LONG_MAX 1111
#define UNITS_SHORT_MAX 666
/* With fewer units than these, however big the text, screens have no room to reflow. */
#define UNITS_WIDE_MIN 853, 533
#define UNITS_UPRIGHT_MIN 1024, 576

struct font_row {
    enum text_weight weight;
    int size, leading; /* units; percent */
};

static const struct font_row fonts[FONT_COUNT] = {
    [FONT_HERO] = {WEIGHT_TITLE, 64, 110},      [FONT_HUGE] = {WEIGHT_TITLE, 52, 110},
    [FONT_BIG] = {WEIGHT_TITLE, 42, 114},       [FONT_TITLE] = {WEIGHT_TITLE, 34, 114},
    [FONT_CARD] = {WEIGHT_TITLE, 28, 114},      [FONT_SMALL_TITLE] = {WEIGHT_TITLE, 26, 115},
    [FONT_BUTTON] = {WEIGHT_LABEL, 28, 118},    [FONT_LABEL] = {WEIGHT_LABEL, 26, 120},
    [FONT_PILL] = {WEIGHT_LABEL, 22, 120},      [FONT_LEAD] = {WEIGHT_TEXT, 30, 138},
    [FONT_TEXT] = {WEIGHT_TEXT, 26, 142},       [FONT_NOTE] = {WEIGHT_TEXT, 24, 136},
    [FONT_FINE] = {WEIGHT_TEXT, 22, 136},       [FONT_TINY] = {WEIGHT_TEXT, 20, 124},
};

/* The scale at which a picture has that many units along its long and short side. */
static int scale_for(const struct model *model, int units_long, int units_short)
{
    bool wide = model->width >= model->height;
    int by_long = (wide ? model->width : model->height) * SCALE_ONE / units_long;
    int by_short = (wide ? model->height : model->width) * SCALE_ONE / units_short;
    return by_long < by_short ? by_long : by_short;
}

static int scale_of(const struct model *model)
{
    bool wide = model->width >= model->height;
    int least = scale_for(model, UNITS_LONG_MAX, UNITS_SHORT_MAX);
    int most = wide ? scale_for(model, UNITS_WIDE_MIN) : scale_for(model, UNITS_UPRIGHT_MIN);
    int scale = scale_for(model, 1280, wide ? 800 : 720);
    least = least < SCALE_MIN ? least : SCALE_MIN;
    scale = (scale < least ? least : scale) * model->text_percent / 100;
    return scale < most ? scale : most;
}

void ui_begin(struct ui *ui, const struct model *model, struct frame *frame,
              struct text_measure measure, enum theme theme)
{
    int scale = scale_of(model);
    *ui = (struct ui){
        .model = model,
        .frame = frame,
        .measure = measure,
        .i18n = i18n_of(model->language),
        .width = model->width * SCALE_ONE / scale,
        .height = model->height * SCALE_ONE / scale,
        .scale = scale,
    };
    ui->narrow = ui->width < 800 || ui->width < ui->height;
    ui->low = ui->height < 740;
    ui->tiny = ui->height < 600;
    frame_begin(frame, model->width, model->height, theme, COLOR_PAPER);
    frame->focus = model->focus;
}

/* ---- units to pixels ------------------------------------------------------------------ */

static int px(const struct ui *ui, int units)
{
    return (units * ui->scale + SCALE_ONE / 2) / SCALE_ONE;
}

/* Lines keep at least one pixel. */
static int px_line(const struct ui *ui, int units)
{
    int pixels = px(ui, units);
    return units > 0 && pixels < 1 ? 1 : pixels;
}

static int units_up(const struct ui *ui, int pixels)
{
    return (pixels * SCALE_ONE + ui->scale - 1) / ui->scale;
}

/* Edges are scaled, not sizes, so that neighbours stay neighbours. */
static struct rect px_rect(const struct ui *ui, struct rect at)
{
    int x0 = px(ui, at.x), x1 = px(ui, at.x + at.w);
    int y0 = px(ui, at.y), y1 = px(ui, at.y + at.h);
    if (ui->i18n.rtl) {
        int mirrored = ui->frame->width - x1;
        x1 = ui->frame->width - x0;
        x0 = mirrored;
    }
    return rect_make(x0, y0, x1 - x0, y1 - y0);
}

static struct text_spec spec_of(const struct ui *ui, enum font font)
{
    const struct font_row *row = &fonts[font];
    int size = px(ui, row->size);
    return (struct text_spec){row->weight, size, size * row->leading / 100, ui->i18n.rtl};
}

static enum text_align align_of(const struct ui *ui, enum place place)
{
    if (place == PLACE_CENTER) {
        return ALIGN_CENTER;
    }
    return (place == PLACE_START) != ui->i18n.rtl ? ALIGN_LEFT : ALIGN_RIGHT;
}

/* ---- text ------------------------------------------------------------------------------ */

static int lines_of(struct words words)
{
    return words.lines_max > 0 ? words.lines_max : 1;
}

struct text_box ui_measure(const struct ui *ui, struct words words, int width,
                           const char *text)
{
    struct text_spec spec = spec_of(ui, words.font);
    struct text_box box;
    ui->measure.measure(ui->measure.ctx, &spec, str_of(text), px(ui, width),
                        lines_of(words), &box);
    box.width = units_up(ui, box.width);
    box.height = units_up(ui, box.height);
    return box;
}

int ui_text(struct ui *ui, struct rect at, struct words words, const char *text)
{
    struct text_box box = ui_measure(ui, words, at.w, text);
    if (text[0] == '\0') {
        return 0;
    }
    at.h = box.height;
    struct draw *draw = frame_draw(ui->frame, DRAW_TEXT, px_rect(ui, at));
    draw->fill = words.color;
    draw->spec = spec_of(ui, words.font);
    draw->align = align_of(ui, words.place);
    draw->lines_max = lines_of(words);
    draw->text = frame_text(ui->frame, str_of(text));
    draw->text_len = (uint32_t)strlen(text);
    return box.height;
}

void ui_text_middle(struct ui *ui, struct rect at, struct words words, const char *text)
{
    struct text_box box = ui_measure(ui, words, at.w, text);
    at.y += (at.h - box.height) / 2;
    ui_text(ui, at, words, text);
}

enum font ui_fit(const struct ui *ui, struct rect at, struct words words, const char *text)
{
    static const enum font titles[] = {FONT_HERO, FONT_HUGE, FONT_BIG, FONT_TITLE,
                                       FONT_CARD, FONT_SMALL_TITLE, FONT_LABEL, FONT_PILL,
                                       FONT_TINY};
    static const enum font plain[] = {FONT_LEAD, FONT_TEXT, FONT_NOTE, FONT_FINE, FONT_TINY};
    bool is_plain = fonts[words.font].weight == WEIGHT_TEXT;
    const enum font *ladder = is_plain ? plain : titles;
    size_t count = is_plain ? ARRAY_LEN(plain) : ARRAY_LEN(titles);
    int biggest = fonts[words.font].size;
    for (size_t i = 0; i < count; i++) {
        if (fonts[ladder[i]].size <= biggest) {
            /* Labels keep their own weight at their own size. */
            words.font = fonts[ladder[i]].size == biggest ? words.font : ladder[i];
            struct text_box box = ui_measure(ui, words, at.w, text);
            if (!box.cut && box.height <= at.h) {
                return words.font;
            }
        }
    }
    return FONT_TINY;
}

/* ---- shapes ---------------------------------------------------------------------------- */

void ui_box(struct ui *ui, struct rect at, struct look look)
{
    struct draw *draw = frame_draw(ui->frame, DRAW_BOX, px_rect(ui, at));
    draw->fill = look.fill;
    draw->line_color = look.outline;
    draw->shadow_color = COLOR_INK;
    draw->line = px_line(ui, look.line);
    draw->radius = px(ui, look.radius);
    draw->shadow = px(ui, look.shadow);
}

/* Pictograms that point somewhere, or from where sound goes somewhere. A check mark is
 * written from left to right by everybody. */
static bool has_direction(const char *name)
{
    static const char *const names[] = {"back", "forward", "delete", "read-aloud"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static struct draw *add_icon(struct ui *ui, struct rect at, const char *name)
{
    struct draw *draw = frame_draw(ui->frame, DRAW_ICON, px_rect(ui, at));
    draw->mirrored = ui->i18n.rtl && has_direction(name);
    draw->text = frame_text(ui->frame, str_of(name));
    draw->text_len = (uint32_t)strlen(name);
    return draw;
}

void ui_icon(struct ui *ui, struct rect at, const char *name)
{
    add_icon(ui, at, name);
}

void ui_icon_in(struct ui *ui, struct rect at, const char *name, enum color color)
{
    add_icon(ui, at, name)->fill = color;
}

void ui_qr(struct ui *ui, struct rect at, const char *text)
{
    struct draw *draw = frame_draw(ui->frame, DRAW_QR, px_rect(ui, at));
    draw->fill = COLOR_INK;
    draw->text = frame_text(ui->frame, str_of(text));
    draw->text_len = (uint32_t)strlen(text);
}

void ui_outline(struct ui *ui, struct rect at, const struct outline *outline,
                struct look look)
{
    CHECK(outline->count <= OUTLINE_CORNERS_MAX);
    struct draw *draw = frame_draw(ui->frame, DRAW_OUTLINE, px_rect(ui, at));
    draw->fill = look.fill;
    draw->line_color = look.outline;
    draw->line = px_line(ui, look.line);
    draw->radius = px(ui, look.radius);
    draw->mirrored = ui->i18n.rtl;
    draw->outline = *outline;
}

void ui_dashes(struct ui *ui, struct rect at)
{
    struct draw *draw = frame_draw(ui->frame, DRAW_DASH, px_rect(ui, at));
    draw->fill = COLOR_INK;
    draw->line = px_line(ui, 3);
}

void ui_line(struct ui *ui, struct rect at, enum color color)
{
    at.h = 2;
    ui_box(ui, at, (struct look){.fill = color});
}

/* ---- touch ----------------------------------------------------------------------------- */

int ui_touch(struct ui *ui, struct rect at, int shadow, struct msg msg, const char *label)
{
    /* Fingers are wider than what is drawn: the gaps belong to the nearest control. */
    enum { REACH = 7 };
    char plain[512];
    struct buf spoken;
    bool focused = ui->model->focus == ui->frame->hit_count;
    if (msg.kind == MSG_NONE) {
        return 0;
    }
    buf_init(&spoken, plain, sizeof plain);
    tr_plain(&spoken, str_of(label));
    frame_hit(ui->frame, px_rect(ui, rect_inset(at, -REACH)), msg, buf_str(&spoken));
    if (focused) {
        struct rect ring = rect_inset(at, -9);
        ring.h += shadow;
        ui_box(ui, ring, (struct look){.outline = COLOR_INDIGO, .line = 6, .radius = 34});
    }
    return msg_eq(msg, ui->model->pressed) ? shadow : 0;
}

struct msg msg_make(enum msg_kind kind, int a, int b)
{
    return (struct msg){kind, a, b};
}

struct msg msg_open(enum screen_id screen)
{
    return msg_make(MSG_OPEN, (int)screen, 0);
}

/* ---- words ----------------------------------------------------------------------------- */

const char *ui_tr(const struct ui *ui, const char *source)
{
    return tr(&ui->i18n, source);
}

static const char *keep(struct ui *ui, struct str text)
{
    /* With its NUL, so that it can be handed on as a C string. */
    uint32_t at = frame_text(ui->frame, (struct str){text.ptr, text.len + 1});
    return ui->frame->texts + at;
}

const char *ui_fill(struct ui *ui, const char *format, const struct tr_arg *args, size_t n)
{
    char memory[1024];
    struct buf out;
    buf_init(&out, memory, sizeof memory);
    tr_fill(&out, format, args, n);
    return keep(ui, buf_str(&out));
}

const char *ui_number(struct ui *ui, long n)
{
    char memory[24];
    struct buf out;
    buf_init(&out, memory, sizeof memory);
    buf_printf(&out, "%ld", n);
    return keep(ui, buf_str(&out));
}

const char *ui_own(struct ui *ui, const char *text)
{
    return UI_FILL(ui, "{text}", TR_ARG("text", text));
}
