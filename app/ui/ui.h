/* How views write into a frame: in units of the 1280×800 design, mirrored by language.
 *
 * A view lays out in whole units, from the start edge (left in German, right in Arabic).
 * This module scales units to pixels, mirrors, and adds what every control has: hit area,
 * spoken label, pressed look, focus ring. Views hold no state and compute no pixels. */
#ifndef UI_UI_H
#define UI_UI_H

#include "i18n/i18n.h"
#include "model/model.h"
#include "ui/frame.h"

struct ui {
    const struct model *model;
    struct frame *frame;
    struct text_measure measure;
    struct i18n i18n;
    int width, height; /* units */
    int scale;         /* pixels of 1024 units */
    bool narrow;       /* upright: one column */
    bool low;          /* little height: smaller head and foot */
    bool tiny;         /* so little height (large text) that only the main things fit */
};

/* Starts the frame of a model. The paper is COLOR_PAPER of the theme unless changed. */
void ui_begin(struct ui *ui, const struct model *model, struct frame *frame,
              struct text_measure measure, enum theme theme);

/* ---- text ------------------------------------------------------------------------------ */

enum font {
    FONT_HERO,     /* 64 / 800 */
    FONT_HUGE,     /* 52 / 800 */
    FONT_BIG,      /* 42 / 800 */
    FONT_TITLE,    /* 34 / 800 */
    FONT_CARD,     /* 28 / 800 */
    FONT_SMALL_TITLE, /* 26 / 800 */
    FONT_BUTTON,   /* 28 / 700 */
    FONT_LABEL,    /* 26 / 700 */
    FONT_PILL,     /* 22 / 700 */
    FONT_LEAD,     /* 30 / 600 */
    FONT_TEXT,     /* 26 / 600 */
    FONT_NOTE,     /* 24 / 600 */
    FONT_FINE,     /* 22 / 600 */
    FONT_TINY,     /* 20 / 600: the smallest there is */
    FONT_COUNT
};

enum place { PLACE_START, PLACE_END, PLACE_CENTER };

struct words {
    enum font font;
    enum color color;
    enum place place;
    int lines_max; /* 0: one */
};

/* How big the text is within a width, in units. */
struct text_box ui_measure(const struct ui *ui, struct words words, int width,
                           const char *text);
/* Draws from the top of the rect and returns the height used. */
int ui_text(struct ui *ui, struct rect at, struct words words, const char *text);
/* Draws vertically centred in the rect. */
void ui_text_middle(struct ui *ui, struct rect at, struct words words, const char *text);
/* The biggest of `font` and smaller ones of its weight in which the text fits the rect;
 * the smallest one if none does. */
enum font ui_fit(const struct ui *ui, struct rect at, struct words words, const char *text);

/* ---- shapes ---------------------------------------------------------------------------- */

struct look {
    enum color fill;
    enum color outline;
    int line, radius, shadow;
};

void ui_box(struct ui *ui, struct rect at, struct look look);
/* One with a direction (arrows, loudspeaker) is mirrored in Arabic. */
void ui_icon(struct ui *ui, struct rect at, const char *name);
/* One colour instead of the pictogram's own. */
void ui_icon_in(struct ui *ui, struct rect at, const char *name, enum color color);
void ui_qr(struct ui *ui, struct rect at, const char *text);
/* Answers around the circle that fills the rect; look.radius is that of the marks. */
void ui_outline(struct ui *ui, struct rect at, const struct outline *outline,
                struct look look);
void ui_dashes(struct ui *ui, struct rect at);
void ui_line(struct ui *ui, struct rect at, enum color color);

/* ---- controls -------------------------------------------------------------------------- */

/* Adds a hit area with its spoken label and says how far the control is pressed down
 * (0 or the depth of its shadow). Call it before drawing the control. */
int ui_touch(struct ui *ui, struct rect at, int shadow, struct msg msg, const char *label);

enum button_kind {
    BUTTON_MAIN,   /* indigo: the one main action of a screen */
    BUTTON_BRAND,  /* blitz */
    BUTTON_PLAIN,  /* white */
    BUTTON_TALK,   /* lilac */
    BUTTON_STOP,   /* rose */
    BUTTON_DARK,   /* ink: chosen, or lock */
};

struct button {
    enum button_kind kind;
    const char *icon; /* NULL: none */
    const char *text;
    struct msg msg;   /* MSG_NONE: shown, but does nothing (waiting) */
    enum font font;   /* 0 (FONT_HERO) means FONT_BUTTON */
};

/* Width that the button needs for its text. */
int ui_button_width(const struct ui *ui, const struct button *button);
void ui_button(struct ui *ui, struct rect at, const struct button *button);
/* A pill: small choices, filters. Returns its width; draws nothing if at.w is 0. */
int ui_pill_width(const struct ui *ui, const char *icon, const char *text);
void ui_pill(struct ui *ui, struct rect at, bool chosen, const char *icon, const char *text,
             struct msg msg);
void ui_round(struct ui *ui, struct rect at, const char *icon, struct msg msg,
              const char *label, enum color fill);
/* A big square choice with a pictogram over a label. */
void ui_tile(struct ui *ui, struct rect at, enum color fill, const char *icon,
             const char *text, bool chosen, struct msg msg);

/* ---- parts that screens share ---------------------------------------------------------- */

#define UI_MARGIN 32
#define UI_GAP 24

struct msg msg_make(enum msg_kind kind, int a, int b);
struct msg msg_open(enum screen_id screen);

/* What lies between head and foot. */
struct rect ui_content(const struct ui *ui);
int ui_head_height(const struct ui *ui);
int ui_foot_height(const struct ui *ui);
/* Back, title, and the controls that are always there. NULL title: none. The title is
 * also what is spoken first; `spoken` may say more (NULL: the title). */
void ui_head(struct ui *ui, const char *title, const char *spoken);
/* A head without title: returns the room between its controls. */
struct rect ui_head_row(struct ui *ui, const char *spoken);
void ui_head_title(struct ui *ui, struct rect row, const char *title); /* in that room */
/* A row of the foot: the rect of the main action at the end edge, 88 high. */
struct rect ui_foot(const struct ui *ui);
/* Places a button at the end (bottom right) or start of the foot; returns its rect. */
struct rect ui_foot_end(struct ui *ui, struct rect *foot, const struct button *button);
struct rect ui_foot_start(struct ui *ui, struct rect *foot, const struct button *button);
/* The notice, if there is one, as a bar below the head, which counts as head then. */
void ui_notice(struct ui *ui);
/* "Bist du noch da?" over everything. */
void ui_warning(struct ui *ui);

const char *ui_tr(const struct ui *ui, const char *source);
/* Words that somebody wrote in some language (a title, a place), in isolates, so that they
 * keep their own direction on a mirrored screen. */
const char *ui_own(struct ui *ui, const char *text);
/* One text with values, kept in the frame's memory for this view only. */
const char *ui_fill(struct ui *ui, const char *format, const struct tr_arg *args, size_t n);
#define UI_FILL(ui, format, ...)                                                            \
    ui_fill((ui), (format), (const struct tr_arg[]){__VA_ARGS__},                           \
            sizeof((const struct tr_arg[]){__VA_ARGS__}) / sizeof(struct tr_arg))
/* A number as text, kept likewise. */
const char *ui_number(struct ui *ui, long n);

/* The tint that a field of work keeps everywhere. */
enum color ui_field_tint(int field);

/* An on-screen keyboard for aliases: letters a–z, ä ö ü ß, digits, space, delete.
 * Sends MSG_KEY. Fills the rect. */
void ui_keyboard(struct ui *ui, struct rect at);
/* The same with . , ! ? : for sentences. */
void ui_keyboard_sentence(struct ui *ui, struct rect at);
/* For the address of a server: a–z, digits and - . / : */
void ui_keyboard_address(struct ui *ui, struct rect at);
/* For a centre's code: the 32 characters that can stand in it. */
void ui_keyboard_code(struct ui *ui, struct rect at);
/* Digits 0–9 and delete, 3 columns. Sends `kind` with a = digit or 8 + 10 for delete. */
void ui_digits(struct ui *ui, struct rect at, enum msg_kind kind);

#endif
