/* What one screen shows: draw commands, hit areas in focus order, and spoken labels.
 *
 * A frame is plain data in pixels of the (unrotated) picture, made by a view and drawn by
 * the platform. Fixed size: what does not fit is a bug of the view (CHECK). */
#ifndef UI_FRAME_H
#define UI_FRAME_H

#include "base/buf.h"
#include "model/msg.h"
#include "ui/geometry.h"
#include "ui/text_measure.h"
#include "ui/theme.h"

#define FRAME_DRAWS_MAX 1024
#define FRAME_HITS_MAX 128
#define FRAME_TEXT_SIZE 24576

enum draw_kind {
    DRAW_BOX,  /* rounded box: fill, outline inside the rect, hard shadow below it */
    DRAW_TEXT, /* a paragraph */
    DRAW_ICON, /* a pictogram, by asset name without folder and ending */
    DRAW_QR,   /* a QR code of the text, with its quiet zone inside the rect */
    DRAW_DASH, /* a dashed line of `line` pixels height along the rect's top */
    DRAW_OUTLINE, /* answers around a circle that fills the rect: see struct outline */
};

/* Corners of a box that stay square, as bits: the coloured side of a card. */
enum corner {
    CORNER_TOP_LEFT = 1,
    CORNER_TOP_RIGHT = 2,
    CORNER_BOTTOM_LEFT = 4,
    CORNER_BOTTOM_RIGHT = 8,
    CORNER_LEFT = CORNER_TOP_LEFT | CORNER_BOTTOM_LEFT,
    CORNER_RIGHT = CORNER_TOP_RIGHT | CORNER_BOTTOM_RIGHT,
};

#define OUTLINE_CORNERS_MAX 8

enum outline_mark {
    OUTLINE_SPOKES,   /* no outline: lines from the middle to the corners, no mark */
    OUTLINE_CIRCLES,  /* a circle on each corner */
    OUTLINE_DIAMONDS, /* a square standing on its tip */
};

/* Corners at equal angles from the top on, clockwise (mirrored: the other way round).
 * Each is a share of the way from the middle to the circle, in thousandths; -1: none,
 * and the outline has a gap there. */
struct outline {
    enum outline_mark mark;
    bool striped; /* the fill, so that two can be told apart without colour */
    int count;
    int16_t corners[OUTLINE_CORNERS_MAX];
};

enum text_align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTER };

struct draw {
    enum draw_kind kind;
    struct rect rect;
    enum color fill;  /* BOX: inside; TEXT, DASH, QR: the ink; ICON: COLOR_NONE keeps the
                         pictogram's own colours, else its lines take this colour;
                         OUTLINE: inside, as a light tint, and the marks in full; with
                         COLOR_NONE nothing inside, and marks like the line */
    enum color line_color; /* BOX, OUTLINE: outline; marks are edged with ink */
    int line, radius, shadow; /* BOX, DASH, OUTLINE: pixels; the shadow lies outside the
                                 rect; OUTLINE: radius of the marks, 0: none */
    enum color shadow_color;
    unsigned square;       /* BOX: enum corner bits; 0 = all four are round */
    bool mirrored;    /* ICON, OUTLINE: flipped left-right */
    struct outline outline;
    struct text_spec spec; /* TEXT */
    enum text_align align; /* TEXT: physical, already mirrored */
    int lines_max;    /* TEXT */
    uint32_t text, text_len; /* TEXT, ICON, QR: offset into the frame's text */
};

struct hit {
    struct rect rect;      /* may be larger than what is drawn */
    struct msg msg;        /* what a tap means */
    uint32_t label, label_len; /* spoken; offset into the frame's text */
};

struct frame {
    int width, height;     /* pixels */
    enum theme theme;
    enum color ground;
    int draw_count, hit_count;
    uint32_t text_len;
    uint32_t title, title_len; /* spoken when the screen appears */
    bool speech_private;   /* labels are about a person: headphones only */
    int focus;             /* index of the focused hit, or -1: nothing is focused */
    struct draw draws[FRAME_DRAWS_MAX];
    struct hit hits[FRAME_HITS_MAX];
    char texts[FRAME_TEXT_SIZE];
};

void frame_begin(struct frame *frame, int width, int height, enum theme theme,
                 enum color ground);
struct draw *frame_draw(struct frame *frame, enum draw_kind kind, struct rect rect);
/* Copies a text into the frame and returns its offset. */
uint32_t frame_text(struct frame *frame, struct str text);
struct str frame_str(const struct frame *frame, uint32_t offset, uint32_t len);
void frame_hit(struct frame *frame, struct rect rect, struct msg msg, struct str label);
void frame_title(struct frame *frame, struct str title);

/* The topmost (last added) hit at a point; -1 if none. */
int frame_hit_at(const struct frame *frame, int x, int y);
/* Index of the hit with this message; -1 if none. */
int frame_hit_of(const struct frame *frame, struct msg msg);

/* The pixels that a draw command may touch: its rect with shadow; a text also may reach
 * a third of its em beyond (accents, tails, overhang). Nothing is drawn outside. */
struct rect draw_bounds(const struct draw *draw);

/* What must be drawn anew to get from `before` to `after`: at most `max` rectangles that
 * do not overlap, clipped to the frame. `before` may be NULL: everything. Returns how
 * many, 0 if the pictures are equal. */
#define FRAME_DAMAGE_MAX 8
int frame_damage(const struct frame *before, const struct frame *after,
                 struct rect damage[FRAME_DAMAGE_MAX]);

/* A copy without moving the unused rest of the arrays. */
void frame_copy(struct frame *to, const struct frame *from);

/* The text form for golden files: one line a command, hit and label. */
void frame_dump(const struct frame *frame, struct buf *out);

#endif
