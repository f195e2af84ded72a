/* Two views of one job, told in words.
 *
 * Review rule: nothing in this header returns or writes a number about a person. Kinds
 * and indices into the form, yes; sums, averages, counts of "same", no. A test reads this
 * header and fails on a signature that could. The result for a person depends on that
 * person's answers only. */
#ifndef DOMAIN_DIFFERENCE_H
#define DOMAIN_DIFFERENCE_H

#include "domain/evaluation.h"
#include "domain/field.h"
#include "domain/sentence.h"

#define DIFFERENCE_STEPS_MAX 3
#define DEVELOPMENT_MAX 3

enum difference_kind {
    DIFFERENCE_SAME,
    DIFFERENCE_SITE_SEES_MORE,
    DIFFERENCE_WORTH_A_TALK, /* the person sees more; said without a verdict */
    DIFFERENCE_NOT_COMPARABLE,
    DIFFERENCE_KIND_COUNT
};

/* A small next step that the person may choose: the form's aspects[aspect].next[index].
 */
struct difference_step {
    int aspect, index;
    const char *text; /* German source text, in the form */
};

struct difference {
    int aspect_count; /* the form's */
    enum difference_kind aspects[FORM_ASPECTS_MAX];
    struct sentence lines[FORM_ASPECTS_MAX]; /* no text: not comparable */
    struct sentence strength;  /* what the site saw; no text: nothing was told */
    struct sentence agreement; /* what both saw the same */
    struct sentence talk;      /* one thing worth a talk */
    int step_count;
    struct difference_step steps[DIFFERENCE_STEPS_MAX];
};

/* Sentences borrow from the form. Views of another version than the form's are not
 * comparable. Call only when evaluation_site_view_visible_to_person(). */
void difference_of(const struct evaluation_form *form, const struct evaluation_view *self,
                   const struct evaluation_view *site, struct difference *out);
/* "gleich gesehen", "die Stelle sieht mehr in dir", "hier lohnt ein Gespräch". */
const char *difference_word(enum difference_kind kind);

/* The first aspect's line of this kind; no text: there is none. */
const struct sentence *difference_line(const struct difference *d,
                                       enum difference_kind kind);

/* "Danke, Falke. Du warst 2 Stunden dabei." */
struct sentence difference_thanks(const char *alias, int minutes);
/* A field never tried: of the interests first, else the next one after the last job's, so
 * that the proposal moves on. 0: all were tried. */
int field_never_tried(field_set_t tried, field_set_t interests, int last_field);
struct sentence difference_new_field(int field);

/* Own views from first to last: "Beim ersten Mal …, heute …". Writes at most
 * DEVELOPMENT_MAX sentences and how many. Only steps forward and what stayed at its best
 * are told; all else belongs into a talk. */
struct development {
    int line_count;
    struct sentence lines[DEVELOPMENT_MAX];
};
void difference_development(const struct form_set *forms,
                            const struct evaluation_view *const *selves, size_t count,
                            struct development *out);

#endif
