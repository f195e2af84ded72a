/* The form of an evaluation: data, versioned (assets/forms/evaluation.json).
 *
 * Steps stand from most to least, as in the file. A step that is no point on that scale
 * ("nicht nötig") is marked and never compared. A version once used keeps its meaning:
 * changed words are a new version. */
#ifndef DOMAIN_EVALUATION_FORM_H
#define DOMAIN_EVALUATION_FORM_H

#include "base/buf.h"
#include "base/err.h"

#define FORM_ASPECTS_MAX 8
#define FORM_ABOUT_MAX 4
#define FORM_STEPS_MAX 5
#define FORM_TILES_MAX 12
#define FORM_REASONS_MAX 9
#define FORM_SKIPS_MAX 3
#define FORM_NEXT_MAX 3
#define FORM_TAPS_MAX 8 /* on the shortest way */
#define FORM_VERSION_MAX 65535

#define FORM_CODE_SIZE 24
#define FORM_WORD_SIZE 96      /* ≤ 32 characters: a step, a tile */
#define FORM_SENTENCE_SIZE 256 /* ≤ 80 characters */

struct form_question {
    char code[FORM_CODE_SIZE];
    char name[FORM_WORD_SIZE];     /* aspects: "Sorgfalt"; else "" */
    char self[FORM_SENTENCE_SIZE]; /* "Ich habe genau gearbeitet." */
    char site[FORM_SENTENCE_SIZE]; /* "Hat genau gearbeitet."; about_site: "" */
    char you[FORM_SENTENCE_SIZE];  /* "Du hast genau gearbeitet."; may be "" */
    int step_count;
    char steps[FORM_STEPS_MAX][FORM_WORD_SIZE];
    unsigned off_scale; /* bit n: step n is no point on the scale */
    int talk_step;      /* choosing it is "Ich will reden"; -1: none */
    int next_count;     /* small next steps to choose from */
    char next[FORM_NEXT_MAX][FORM_SENTENCE_SIZE];
};

struct form_tile {
    char text[FORM_WORD_SIZE];    /* "mitgedacht" */
    char you[FORM_SENTENCE_SIZE]; /* "Du hast mitgedacht."; may be "" */
};

/* About 25 KiB: keep it in static or allocated memory. */
struct evaluation_form {
    int version;
    int aspect_count, about_count;
    struct form_question aspects[FORM_ASPECTS_MAX], about[FORM_ABOUT_MAX];
    struct form_question again;
    char went_well_self[FORM_SENTENCE_SIZE], went_well_site[FORM_SENTENCE_SIZE];
    int tile_count;
    struct form_tile tiles[FORM_TILES_MAX];
    int skip_count; /* ≥ 1 */
    char skips[FORM_SKIPS_MAX][FORM_WORD_SIZE];
    char missed_ask[FORM_SENTENCE_SIZE]; /* "Nicht geklappt – was war los?" */
    int reason_count;
    char reasons[FORM_REASONS_MAX][FORM_WORD_SIZE]; /* of a no-show */
};

enum form_side { SIDE_SELF, SIDE_SITE };

/* One screen each; a tap on an answer leads to the next one. */
enum form_page_kind { PAGE_ASPECT, PAGE_ABOUT_SITE, PAGE_CLOSING };
struct form_page {
    enum form_page_kind kind;
    int aspect; /* PAGE_ASPECT */
};

/* Strictly; `error` gets "line 3: field 'x': …" on ERR_INVALID. Also refused: a way of
 * more than FORM_TAPS_MAX taps. *form_out is written only on success. */
enum err evaluation_form_load(struct str json, struct buf *error,
                              struct evaluation_form *form_out) NODISCARD;

/* The pages in order: aspects, about the site (all on one; self only), again with tiles.
 */
int evaluation_form_page_count(const struct evaluation_form *form, enum form_side side);
struct form_page evaluation_form_page(const struct evaluation_form *form,
                                      enum form_side side, int index);
/* Taps from the first page to "saved" when each page takes one: an answer, a skip or
 * "Fertig". */
int evaluation_form_taps(const struct evaluation_form *form, enum form_side side);

/* A place on the question's own scale, for drawing one answer: 1 (least) … places.
 * 0: skipped, or a step that is not on the scale. Says nothing about a person. */
int form_question_place(const struct form_question *question, int step);
int form_question_places(const struct form_question *question);
/* The same question with the same steps in another version? */
bool form_question_same(const struct form_question *a, const struct form_question *b);
/* The index of the aspect with that code, or -1. */
int evaluation_form_aspect(const struct evaluation_form *form, const char *code);

/* Forms of several versions, for answers of several years. */
struct form_set {
    const struct evaluation_form *forms;
    size_t count;
};
const struct evaluation_form *form_set_find(const struct form_set *set, int version);

#endif
