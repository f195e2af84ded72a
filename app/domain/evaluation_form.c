#include "domain/evaluation_form.h"

#include <string.h>

static bool has_about(const struct evaluation_form *form, enum form_side side)
{
    return side == SIDE_SELF && form->about_count > 0;
}

int evaluation_form_page_count(const struct evaluation_form *form, enum form_side side)
{
    return form->aspect_count + (has_about(form, side) ? 1 : 0) + 1;
}

struct form_page evaluation_form_page(const struct evaluation_form *form,
                                      enum form_side side, int index)
{
    int count = evaluation_form_page_count(form, side);
    CHECK(index >= 0 && index < count);
    if (index < form->aspect_count) {
        return (struct form_page){PAGE_ASPECT, index};
    }
    return (struct form_page){index == count - 1 ? PAGE_CLOSING : PAGE_ABOUT_SITE, -1};
}

int evaluation_form_taps(const struct evaluation_form *form, enum form_side side)
{
    return evaluation_form_page_count(form, side);
}

static bool on_scale(const struct form_question *q, int step)
{
    return step >= 0 && step < q->step_count && !(q->off_scale >> step & 1u);
}

int form_question_place(const struct form_question *question, int step)
{
    int place = 0;
    for (int i = step; on_scale(question, step) && i < question->step_count; i++) {
        place += on_scale(question, i);
    }
    return place;
}

int form_question_places(const struct form_question *question)
{
    int places = 0;
    for (int i = 0; i < question->step_count; i++) {
        places += on_scale(question, i);
    }
    return places;
}

bool form_question_same(const struct form_question *a, const struct form_question *b)
{
    if (strcmp(a->code, b->code) != 0 || strcmp(a->self, b->self) != 0 ||
        a->step_count != b->step_count || a->off_scale != b->off_scale) {
        return false;
    }
    for (int i = 0; i < a->step_count; i++) {
        if (strcmp(a->steps[i], b->steps[i]) != 0) {
            return false;
        }
    }
    return true;
}

int evaluation_form_aspect(const struct evaluation_form *form, const char *code)
{
    for (int i = 0; i < form->aspect_count; i++) {
        if (strcmp(form->aspects[i].code, code) == 0) {
            return i;
        }
    }
    return -1;
}

const struct evaluation_form *form_set_find(const struct form_set *set, int version)
{
    for (size_t i = 0; i < set->count; i++) {
        if (set->forms[i].version == version) {
            return &set->forms[i];
        }
    }
    return NULL;
}
