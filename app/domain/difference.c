/* Words for two views. Nothing is summed: each aspect stands for itself. */
#include "domain/difference.h"

#include <string.h>

/* A question as it is compared: its answer's place on the scale, 0 if it has none. */
static int place(const struct evaluation_form *form, const struct evaluation_view *view,
                 int aspect)
{
    return form_question_place(&form->aspects[aspect], view->aspects[aspect]);
}

static enum difference_kind compare(const struct evaluation_form *form,
                                    const struct evaluation_view *self,
                                    const struct evaluation_view *site, int aspect)
{
    int own = place(form, self, aspect), theirs = place(form, site, aspect);
    if (own == 0 || theirs == 0) {
        return DIFFERENCE_NOT_COMPARABLE;
    }
    if (own == theirs) {
        return DIFFERENCE_SAME;
    }
    return theirs > own ? DIFFERENCE_SITE_SEES_MORE : DIFFERENCE_WORTH_A_TALK;
}

const char *difference_word(enum difference_kind kind)
{
    static const char *const words[DIFFERENCE_KIND_COUNT] = {
        [DIFFERENCE_SAME] = N_("gleich gesehen"),
        [DIFFERENCE_SITE_SEES_MORE] = N_("die Stelle sieht mehr in dir"),
        [DIFFERENCE_WORTH_A_TALK] = N_("hier lohnt ein Gespräch"),
        [DIFFERENCE_NOT_COMPARABLE] = N_("nicht vergleichbar"),
    };
    CHECK((int)kind >= 0 && kind < DIFFERENCE_KIND_COUNT);
    return words[kind];
}

static struct sentence line(const struct form_question *aspect, enum difference_kind kind)
{
    static const char *const texts[DIFFERENCE_KIND_COUNT] = {
        [DIFFERENCE_SAME] = N_("Bei „{aspect}“ wart ihr euch einig."),
        [DIFFERENCE_SITE_SEES_MORE] = N_("Die Stelle sieht bei „{aspect}“ mehr in dir."),
        [DIFFERENCE_WORTH_A_TALK] = N_("Bei „{aspect}“ lohnt ein Gespräch."),
    };
    struct sentence s = sentence_of(texts[kind]);
    if (s.text) {
        sentence_word(&s, "aspect", aspect->name);
    }
    return s;
}

static bool answered_best(const struct evaluation_form *form,
                          const struct evaluation_view *view, int aspect)
{
    return place(form, view, aspect) == form_question_places(&form->aspects[aspect]);
}

static struct sentence seen(const char *you, const char *name)
{
    struct sentence s = sentence_of(you[0] ? N_("Die Stelle hat gesehen: {seen}")
                                           : N_("Der Stelle ist aufgefallen: {seen}"));
    sentence_word(&s, "seen", you[0] ? you : name);
    return s;
}

/* The first tile of a set, in the form's order; -1 if it is empty. */
static int first_tile(const struct evaluation_form *form, unsigned tiles)
{
    for (int i = 0; i < form->tile_count; i++) {
        if (tiles >> i & 1u) {
            return i;
        }
    }
    return -1;
}

/* One strength: what both named, else what the site named, else what the site saw at its
 * best, first where it sees more than the person. */
static struct sentence choose_strength(const struct evaluation_form *form,
                                       const struct evaluation_view *self,
                                       const struct evaluation_view *site,
                                       const struct difference *d)
{
    int tile = first_tile(form, site->tiles & self->tiles);
    tile = tile >= 0 ? tile : first_tile(form, site->tiles);
    if (tile >= 0) {
        return seen(form->tiles[tile].you, form->tiles[tile].text);
    }
    for (int more = 1; more >= 0; more--) {
        for (int i = 0; i < form->aspect_count; i++) {
            bool sees_more = d->aspects[i] == DIFFERENCE_SITE_SEES_MORE;
            if (answered_best(form, site, i) && (sees_more || !more)) {
                return seen(form->aspects[i].you, form->aspects[i].name);
            }
        }
    }
    return sentence_of(NULL);
}

/* Both saw the same, and it went well: one observed action. */
static struct sentence choose_agreement(const struct evaluation_form *form,
                                        const struct evaluation_view *site,
                                        const struct difference *d)
{
    for (int best = 1; best >= 0; best--) {
        for (int i = 0; i < form->aspect_count; i++) {
            const struct form_question *q = &form->aspects[i];
            if (d->aspects[i] != DIFFERENCE_SAME) {
                continue;
            }
            if (best && answered_best(form, site, i) && q->you[0]) {
                struct sentence s = sentence_of(N_("Das habt ihr beide gesehen: {seen}"));
                sentence_word(&s, "seen", q->you);
                return s;
            }
            if (!best) {
                return d->lines[i];
            }
        }
    }
    return sentence_of(NULL);
}

/* Where a small step may help, most useful first: what is worth a talk, then what the
 * person saw as not yet at its best, then anything. */
static bool step_fits(const struct evaluation_form *form,
                      const struct evaluation_view *self, const struct difference *d,
                      int aspect, int round)
{
    bool talk = d->aspects[aspect] == DIFFERENCE_WORTH_A_TALK;
    bool more = place(form, self, aspect) > 0 && !answered_best(form, self, aspect);
    return round == 0 ? talk : round == 1 ? more && !talk : !talk && !more;
}

static void choose_steps(const struct evaluation_form *form,
                         const struct evaluation_view *self, struct difference *d)
{
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < form->aspect_count; i++) {
            const struct form_question *q = &form->aspects[i];
            if (d->step_count == DIFFERENCE_STEPS_MAX) {
                return;
            }
            if (q->next_count > 0 && step_fits(form, self, d, i, round)) {
                d->steps[d->step_count++] = (struct difference_step){i, 0, q->next[0]};
            }
        }
    }
}

/* Forms with few aspects: fill up with further steps of the same ones. */
static void fill_steps(const struct evaluation_form *form, struct difference *d)
{
    int bases = d->step_count;
    for (int index = 1; index < FORM_NEXT_MAX; index++) {
        for (int i = 0; i < bases && d->step_count < DIFFERENCE_STEPS_MAX; i++) {
            const struct form_question *q = &form->aspects[d->steps[i].aspect];
            if (index < q->next_count) {
                d->steps[d->step_count++] =
                    (struct difference_step){d->steps[i].aspect, index, q->next[index]};
            }
        }
    }
}

static bool of_form(const struct evaluation_form *form,
                    const struct evaluation_view *view)
{
    return evaluation_view_valid(form, view);
}

void difference_of(const struct evaluation_form *form, const struct evaluation_view *self,
                   const struct evaluation_view *site, struct difference *out)
{
    bool comparable = of_form(form, self) && of_form(form, site) &&
                      self->side == SIDE_SELF && site->side == SIDE_SITE;
    memset(out, 0, sizeof *out);
    out->aspect_count = form->aspect_count;
    for (int i = 0; i < form->aspect_count; i++) {
        out->aspects[i] =
            comparable ? compare(form, self, site, i) : DIFFERENCE_NOT_COMPARABLE;
        out->lines[i] = line(&form->aspects[i], out->aspects[i]);
        if (out->aspects[i] == DIFFERENCE_WORTH_A_TALK && !out->talk.text) {
            out->talk = out->lines[i];
        }
    }
    if (comparable) {
        out->strength = choose_strength(form, self, site, out);
        out->agreement = choose_agreement(form, site, out);
        choose_steps(form, self, out);
        fill_steps(form, out);
    }
}

const struct sentence *difference_line(const struct difference *d,
                                       enum difference_kind kind)
{
    static const struct sentence nothing;
    for (int i = 0; i < d->aspect_count; i++) {
        if (d->aspects[i] == kind) {
            return &d->lines[i];
        }
    }
    return &nothing;
}

struct sentence difference_thanks(const char *alias, int minutes)
{
    struct sentence s = sentence_of(N_("Danke, {alias}. Du warst {time} dabei."));
    if (minutes <= 0) {
        s.text = N_("Danke, {alias}. Schön, dass du dabei warst.");
    }
    sentence_text(&s, "alias", alias);
    if (minutes > 0) {
        sentence_number(&s, "time", VALUE_MINUTES, minutes);
    }
    return s;
}

/* The next field of a set after `last`, going round; 0: the set is empty. */
static int next_field(field_set_t set, int last)
{
    for (int i = 1; i <= FIELD_MAX; i++) {
        int field = (last + i - 1) % FIELD_MAX + 1;
        if (field_in(set, field)) {
            return field;
        }
    }
    return 0;
}

int field_never_tried(field_set_t tried, field_set_t interests, int last_field)
{
    int last = last_field >= 1 && last_field <= FIELD_MAX ? last_field : 0;
    int wished = next_field(interests & ~tried, last);
    return wished > 0 ? wished : next_field(~tried, last);
}

struct sentence difference_new_field(int field)
{
    if (field < 1 || field > FIELD_MAX) {
        return sentence_of(N_("Du kennst schon alle Felder."));
    }
    struct sentence s = sentence_of(N_("Neu für dich wäre: {field}."));
    sentence_word(&s, "field", field_name(field));
    return s;
}
