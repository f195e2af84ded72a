/* A stage with the built-in form and one finished job of a signed-in person. */
#ifndef UNIT_SCREENS_AFTER_H
#define UNIT_SCREENS_AFTER_H

#include "base/asset.h"
#include "screens/answering.h"
#include "stage.h"

static struct evaluation_form after_form;
static const struct form_set after_forms = {&after_form, 1};

static inline void after_load_form(void)
{
    char memory[128];
    struct buf error;
    const struct asset *asset = asset_find("forms/evaluation.json");
    buf_init(&error, memory, sizeof memory);
    assert_non_null(asset);
    assert_int_equal(
        evaluation_form_load((struct str){(const char *)asset->data, asset->len}, &error,
                             &after_form),
        ERR_OK);
}

static inline void after_job(struct stage *stage)
{
    struct model *model = &stage->model;
    struct job_visit *jobs = &model->visit.jobs;
    after_load_form();
    stage_init(stage);
    model->env.forms = &after_forms;
    model->env.words_can_be_sealed = true;
    model->visit.signed_in = true;
    model->visit.who.id = stage_id(500);
    jobs->known = true;
    jobs->count = 1;
    jobs->jobs[0].wish.id = stage_id(700);
    jobs->jobs[0].wish.work.date = STAGE_TODAY;
    jobs->jobs[0].state = ASSIGNMENT_GONE;
    jobs->jobs[0].next_aspect = jobs->jobs[0].next_index = -1;
    jobs->open = 0;
}

#endif
