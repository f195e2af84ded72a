#include "screens/answering.h"

#include "screens/jobs.h"

#include "base/utf8.h"

#include <string.h>

#define OWN_WORDS_CHARS 250

const struct answering *answering_seen(const struct model *model)
{
    return model->staff.open  ? &model->staff.jobs.answering
           : model->site.open ? &model->site.answering
                              : &model->visit.jobs.answering;
}

struct answering *answering_of(struct model *model)
{
    return (struct answering *)answering_seen(model);
}

const struct evaluation_form *answering_form(const struct model *model)
{
    const struct form_set *forms = model->env.forms;
    return forms && forms->count > 0 ? &forms->forms[forms->count - 1] : NULL;
}

const struct job_brief *answering_job(const struct model *model)
{
    const struct site_visit *site = &model->site;
    if (model->staff.open) {
        return &model->staff.jobs.brief;
    }
    if (site->open) {
        bool chosen = site->chosen >= 0 && site->chosen < site->count;
        return chosen ? &site->jobs[site->chosen] : NULL;
    }
    return jobs_open(model);
}

void answering_begin(struct model *model, struct answering *answering,
                     const struct job_brief *job, enum form_side side)
{
    const struct evaluation_form *form = answering_form(model);
    if (!form || uid_eq(answering->assignment, job->wish.id)) {
        return;
    }
    memset(answering, 0, sizeof *answering);
    answering->assignment = job->wish.id;
    answering->side = side;
    answering->by_staff = model->staff.open;
    answering->fact = model->fresh[0];
    answering->date = job->wish.work.date;
    str_copy(answering->title, sizeof answering->title, str_of(job->wish.title));
    evaluation_view_init(&answering->view, side, form->version);
}

static int8_t *answer_at(struct answering *answering, int question)
{
    struct evaluation_view *view = &answering->view;
    return question >= QUESTION_AGAIN   ? &view->again
           : question >= QUESTION_ABOUT ? &view->about_site[question - QUESTION_ABOUT]
                                        : &view->aspects[question];
}

int answering_given(const struct answering *answering, int question)
{
    return *answer_at((struct answering *)answering, question);
}

void answering_next(struct answering *answering, const struct evaluation_form *form)
{
    if (answering->page + 1 < evaluation_form_page_count(form, answering->side)) {
        answering->page++;
    }
}

bool answering_back(struct answering *answering)
{
    if (answering->typing) {
        answering->typing = false;
        return true;
    }
    if (answering->page == 0) {
        return false;
    }
    answering->page--;
    return true;
}

void answering_answer(struct answering *answering, const struct evaluation_form *form,
                      int question, int step)
{
    struct form_page page = evaluation_form_page(form, answering->side, answering->page);
    int8_t *answer = answer_at(answering, question);
    if (page.kind == PAGE_ASPECT) {
        *answer = (int8_t)step;
        answering_next(answering, form);
    } else {
        /* Several questions on one page: a second tap takes the answer back. */
        *answer = (int8_t)(*answer == step ? ANSWER_SKIPPED : step);
    }
}

/* The id stays through retries, and so do the words until they are sealed and saved. */
void answering_save(struct model *model, struct effects *effects)
{
    struct answering *answering = answering_of(model);
    struct effect *effect = ask(model, effects, EFFECT_SAVE_VIEW);
    effect->fact = answering->fact;
    effect->wish.id = answering->assignment;
    effect->by_staff = answering->by_staff;
    utf8_clean(effect->words, sizeof effect->words, str_of(answering->words),
               OWN_WORDS_CHARS);
    answering->view.has_own_words = effect->words[0] != '\0';
    effect->view = answering->view;
    answering->saving = true;
}
