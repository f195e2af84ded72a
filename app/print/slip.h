/* What stands on a slip, before anybody asks how a printer does it.
 *
 * All words come translated from the caller; they are cleaned here (base/utf8.h), so that
 * nothing on a slip can be taken for a command. Isolates around values stay where lines
 * run from right to left. Pure; any thread. */
#ifndef PRINT_SLIP_H
#define PRINT_SLIP_H

#include "base/buf.h"
#include "base/err.h"
#include "qr/qr.h"

#define SLIP_LINES_MAX 96
#define SLIP_TEXT_SIZE 384 /* bytes of one line; longer text is cut at a character */
#define SLIP_QR_TEXT_SIZE 257

enum slip_kind {
    SLIP_TEXT,
    SLIP_HEADING, /* text with the lightning before it */
    SLIP_RULE,    /* dashed */
    SLIP_QR,      /* slip.qr, centred */
    SLIP_SPACE,   /* half a line */
    SLIP_CUT,
};

enum slip_style {
    STYLE_SMALL,
    STYLE_NORMAL,
    STYLE_BOLD,
    STYLE_TITLE,  /* twice as high and wide */
    STYLE_SPACED, /* letters apart, to be read out */
    STYLE_COUNT
};

struct slip_line {
    enum slip_kind kind;
    enum slip_style style;
    bool centred;
    char text[SLIP_TEXT_SIZE];
};

struct slip {
    int count;
    struct slip_line lines[SLIP_LINES_MAX];
    bool rtl;                        /* lines start at the right */
    char qr_text[SLIP_QR_TEXT_SIZE]; /* empty if there is no QR code */
    struct qr qr;
};

/* The slip of a wish. Empty strings leave their line out. */
struct slip_wish {
    struct str heading; /* "Blitzjob-Wunsch" */
    struct str title;
    struct str when, place, money;
    struct str payload;     /* proof/payload.h; for printing only what it is: QR text */
    struct str alias, code; /* "FALKE", "7K3M-QX" */
    struct str note;        /* "Ein Wunsch, kein Vertrag. Ein Coach sagt dir Bescheid." */
    bool rtl;
};

/* ERR_INVALID, ERR_FULL: the payload makes no QR code. */
enum err slip_wish(const struct slip_wish *in, struct slip *slip_out) NODISCARD;

struct slip_card {
    struct str heading; /* "Deine Karte" */
    struct str alias;
    struct str payload; /* proof/card.h */
    struct str care;    /* "Pass gut auf diese Karte auf." */
    struct str fold;    /* "Hier falten." */
    bool rtl;
};

enum err slip_card(const struct slip_card *in, struct slip *slip_out) NODISCARD;

/* A page of the caller's own lines: begin, add what there is, end. Empty texts add no
 * line; beyond slip_room() nothing may be added but what ends the page. */
void slip_begin(struct slip *slip, struct str heading, bool rtl);
void slip_put(struct slip *slip, enum slip_style style, struct str text);
void slip_put_centred(struct slip *slip, enum slip_style style, struct str text);
void slip_put_rule(struct slip *slip);
void slip_put_space(struct slip *slip);
int slip_room(const struct slip *slip);
/* A QR code with name and short code under it. ERR_INVALID, ERR_FULL: as slip_wish(). */
enum err slip_put_code(struct slip *slip, struct str payload, struct str alias,
                       struct str code) NODISCARD;
void slip_end(struct slip *slip, struct str note);

/* The test page: every style, a ruler, umlauts, a QR code. */
struct slip_test {
    struct str heading; /* "Druckertest" */
    struct str printer; /* what is being tried: profile and place */
    struct str text;    /* one sentence with the letters that matter */
    struct str good;    /* "Alles gut lesbar? Dann ist der Drucker bereit." */
    bool rtl;
};

enum err slip_test(const struct slip_test *in, struct slip *slip_out) NODISCARD;

#endif
