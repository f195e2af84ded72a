/* A person's own views over time, told in the words that were chosen. */
#include "domain/difference.h"

#include <string.h>

/* One answer with its question, so that it can be compared across versions. */
struct answered {
    const struct form_question *question; /* NULL: none */
    int step;
};

static struct answered answer_in(const struct form_set *forms,
                                 const struct evaluation_view *view, const char *code)
{
    const struct evaluation_form *form = form_set_find(forms, view->form);
    struct answered none = {NULL, ANSWER_SKIPPED};
    if (!form || view->side != SIDE_SELF || !evaluation_view_valid(form, view)) {
        return none;
    }
    int aspect = evaluation_form_aspect(form, code);
    if (aspect < 0 ||
        form_question_place(&form->aspects[aspect], view->aspects[aspect]) == 0) {
        return none;
    }
    return (struct answered){&form->aspects[aspect], view->aspects[aspect]};
}

static struct sentence told(const struct form_question *q, int first, int last)
{
    int before = form_question_place(q, first), now = form_question_place(q, last);
    struct sentence s = {0};
    if (now < before || (now == before && now < form_question_places(q))) {
        return s;
    }
    s = sentence_of(now > before
                        ? N_("{aspect}: Beim ersten Mal „{before}“, heute „{now}“.")
                        : N_("{aspect}: Beim ersten Mal „{now}“ und heute wieder."));
    sentence_word(&s, "aspect", q->name);
    if (now > before) {
        sentence_word(&s, "before", q->steps[first]);
    }
    sentence_word(&s, "now", q->steps[last]);
    return s;
}

/* First answer and today's; between them only the ends are told. */
static struct sentence line_of(const struct form_set *forms,
                               const struct evaluation_view *const *selves, size_t count,
                               const char *code)
{
    struct answered last = answer_in(forms, selves[count - 1], code);
    for (size_t i = 0; last.question && i + 1 < count; i++) {
        struct answered first = answer_in(forms, selves[i], code);
        if (first.question && form_question_same(first.question, last.question)) {
            return told(last.question, first.step, last.step);
        }
    }
    return sentence_of(NULL);
}

static bool moved(const struct sentence *s)
{
    return s->arg_count == SENTENCE_ARGS_MAX;
}

void difference_development(const struct form_set *forms,
                            const struct evaluation_view *const *selves, size_t count,
                            struct development *out)
{
    memset(out, 0, sizeof *out);
    const struct evaluation_form *today =
        count < 2 ? NULL : form_set_find(forms, selves[count - 1]->form);
    if (!today) {
        return;
    }
    struct sentence lines[FORM_ASPECTS_MAX];
    for (int i = 0; i < today->aspect_count; i++) {
        lines[i] = line_of(forms, selves, count, today->aspects[i].code);
    }
    for (int steps = 1; steps >= 0; steps--) { /* steps forward first, then what stayed */
        for (int i = 0; i < today->aspect_count; i++) {
            if (lines[i].text && moved(&lines[i]) == (steps == 1) &&
                out->line_count < DEVELOPMENT_MAX) {
                out->lines[out->line_count++] = lines[i];
            }
        }
    }
}
