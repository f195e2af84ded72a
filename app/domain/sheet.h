/* The sheet (Mein Blatt): what a young person keeps of all jobs, as pure data.
 *
 * One item holds everything of one finished job; it is encoded, sealed to the owner's
 * card and stored as one blob. The sheet is built from the opened items, in any order,
 * and belongs to its owner: nothing here compares people. */
#ifndef DOMAIN_SHEET_H
#define DOMAIN_SHEET_H

#include "domain/difference.h"
#include "domain/offer.h"

#define SHEET_ITEMS_MAX 500
#define SHEET_WORDS_SIZE 484 /* ≤ 120 characters */
#define SHEET_STRENGTHS_MAX 12
#define SHEET_ITEM_BYTES_MAX 1024
#define SHEET_MINUTES_MAX 1440

struct sheet_item {
    struct uid job; /* the assignment's id */
    int revision;   /* 0 … 65535; of two items of one job the higher one holds */
    date_t date;
    int start, end; /* as agreed, minutes of day */
    int field;      /* 0 … FIELD_MAX */
    bool missed; /* a no-show: on no page of the sheet, so that forgetting is complete */
    int minutes; /* of attendance */
    bool confirmed; /* the minutes, by staff or site */
    char title[OFFER_TITLE_SIZE];
    bool has_self, has_site; /* site: only what the coach has released */
    struct evaluation_view self, site;
    int next_aspect, next_index;     /* the chosen step of self.form; -1 */
    struct uid words;                /* sealed own words at the centre; nil: none */
    char strength[SHEET_WORDS_SIZE]; /* a strength in own words, if kept here; or "" */
};

/* Bytes written, ≤ SHEET_ITEM_BYTES_MAX. The item must be valid. */
size_t sheet_item_encode(const struct sheet_item *item, uint8_t *out, size_t size);
/* ERR_INVALID: not exactly what encode writes; ERR_UNSUPPORTED: a newer version. */
enum err sheet_item_decode(const uint8_t *bytes, size_t len,
                           struct sheet_item *item_out) NODISCARD;
bool sheet_item_valid(const struct sheet_item *item);

/* A strength the person saw themselves or a site told: once each, newest first; of more
 * than SHEET_STRENGTHS_MAX the newest are told. */
struct sheet_strength {
    const char *text; /* German source text (a tile of the form), or own words */
    bool own_words;   /* then `text` is shown as it is */
    bool by_self, by_site;
};

struct sheet {
    int jobs;
    int minutes;                      /* confirmed */
    int minutes_open;                 /* not yet confirmed */
    int field_minutes[FIELD_MAX + 1]; /* confirmed */
    field_set_t tried, never_tried;
    int new_field;                    /* proposal; 0: all tried */
    const struct sheet_item *last;    /* newest job; NULL: none yet */
    const struct sheet_item *outline; /* newest job with a view of either side; or NULL */
    struct difference difference; /* of `outline`, if it has both and the form is known */
    bool has_difference;
    int strength_count;
    struct sheet_strength strengths[SHEET_STRENGTHS_MAX];
    struct development development;
    int order_count;
    uint16_t order[SHEET_ITEMS_MAX]; /* indices of the items shown, newest first */
};

/* Borrows from items and forms; items must be valid, the pointer never NULL. ERR_FULL:
 * more than SHEET_ITEMS_MAX items. Items in another order give the same sheet. */
enum err sheet_build(const struct sheet_item *items, size_t count,
                     const struct form_set *forms, field_set_t interests,
                     struct sheet *out) NODISCARD;

/* One corner of an outline: a share of the way from the middle, in thousandths, for
 * drawing an answer of one job; -1: skipped or not on the scale, the outline has a gap.
 */
int sheet_outline_corner(const struct evaluation_form *form,
                         const struct evaluation_view *view, int aspect);

#endif
