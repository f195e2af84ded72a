/* The team's table with jobs on it, for the tests of what the team does with them. */
#ifndef UNIT_SCREENS_DAY_H
#define UNIT_SCREENS_DAY_H

#include "stage.h"

#include "screens/staff_jobs.h"

static inline struct job_brief day_job(int n, enum assignment_state state)
{
    struct job_brief job = {.state = state, .accepted = true, .next_aspect = -1,
                            .next_index = -1};
    job.wish.id = stage_id(100 + n);
    job.wish.participant = stage_id(200 + n);
    job.wish.state = WISH_CONFIRMED;
    job.wish.work.date = STAGE_TODAY;
    job.wish.work.start = 15 * 60;
    job.wish.work.end = 17 * 60;
    str_copy(job.wish.alias, sizeof job.wish.alias, n == 0 ? STR("Falke") : STR("Luchs"));
    str_copy(job.wish.title, sizeof job.wish.title, STR("Handyhilfe"));
    str_copy(job.wish.code, sizeof job.wish.code, STR("B01"));
    return job;
}

static inline void day_list(struct stage *stage, enum effect_kind to,
                            const struct job_brief *jobs, int count)
{
    struct reply *reply = stage_reply(stage, to, ERR_OK);
    reply->count = count;
    for (int i = 0; i < count; i++) {
        reply->jobs[i] = jobs[i];
    }
    stage_answer(stage);
}

/* The whole job, as it was when the brief was made. */
static inline void day_whole(struct stage *stage, const struct job_brief *job)
{
    struct reply *reply = stage_reply(stage, EFFECT_STAFF_JOB, ERR_OK);
    reply->brief = *job;
    assignment_from_wish(&reply->job, &job->wish);
    reply->job.now.accepted = job->accepted;
    reply->job.now.state = job->state;
    reply->job.now.in = job->in;
    reply->job.now.out = job->out;
    stage_answer(stage);
}

/* Does any text or label of the present frame hold these words? */
static inline bool day_shows(const struct stage *stage, const char *words)
{
    static struct frame frame;
    view(&stage->model, text_measure_fixed(), &frame);
    return memmem(frame.texts, frame.text_len, words, strlen(words)) != NULL;
}

/* Does a byte string lie anywhere in the model? */
static inline bool day_keeps(const struct stage *stage, const char *words)
{
    return memmem(&stage->model, sizeof stage->model, words, strlen(words)) != NULL;
}

#endif
