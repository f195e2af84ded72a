/* States around the job: coming, resting, going, the agreement, "Wie war's?". */
#include "support/hand.h"

static void signed_in_at(struct hand *h, enum screen_id screen)
{
    make_falke(&h->model->visit.who);
    h->model->visit.signed_in = true;
    tap(h, MSG_OPEN, screen, 0);
}

static void make_job(struct hand *h, int index, const char *code, int days,
                     enum assignment_state state)
{
    struct job_brief *job = &h->states->reply.jobs[index];
    const struct offer *offer = &h->model->offers[0];
    for (int i = 0; i < h->model->offer_count; i++) {
        if (strcmp(h->model->offers[i].code, code) == 0) {
            offer = &h->model->offers[i];
        }
    }
    wish_from_offer(&job->wish, (struct uid){{(uint8_t)(index + 1), 5}}, &h->model->visit.who,
                    offer);
    job->wish.state = WISH_CONFIRMED;
    job->wish.work.date = h->model->today + days;
    job->state = state;
    job->accepted = true;
    job->next_aspect = job->next_index = -1;
    h->states->reply.count = index + 1;
}

static void listed(struct hand *h)
{
    send(h);
}

static void here_none(struct hand *h)
{
    signed_in_at(h, SCREEN_HERE);
    reply_to(h, EFFECT_LIST_JOBS, ERR_OK);
    listed(h);
}

static void here(struct hand *h)
{
    signed_in_at(h, SCREEN_HERE);
    reply_to(h, EFFECT_LIST_JOBS, ERR_OK);
    make_job(h, 0, "B03", 0, ASSIGNMENT_EXPECTED);
    listed(h);
}

static void here_choice(struct hand *h)
{
    signed_in_at(h, SCREEN_HERE);
    reply_to(h, EFFECT_LIST_JOBS, ERR_OK);
    make_job(h, 0, "B03", 0, ASSIGNMENT_EXPECTED);
    make_job(h, 1, "B05", 0, ASSIGNMENT_EXPECTED);
    listed(h);
    h->model->visit.jobs.open = -1;
}

static void answered(struct hand *h, enum assignment_answer answer, enum assignment_state state)
{
    here(h);
    struct job_brief brief = h->model->visit.jobs.jobs[0];
    brief.state = state;
    tap(h, MSG_JOB_EVENT, JOB_CHECK_IN, 0);
    struct reply *reply = reply_to(h, EFFECT_JOB_EVENT, ERR_OK);
    reply->answer = answer;
    reply->brief = brief;
    send(h);
}

static void here_in(struct hand *h)
{
    answered(h, ANSWER_IN_ON_TIME, ASSIGNMENT_THERE);
}

static void here_out(struct hand *h)
{
    answered(h, ANSWER_OUT_OK, ASSIGNMENT_GONE);
}

static void here_wrong_day(struct hand *h)
{
    answered(h, ANSWER_IN_WRONG_DAY, ASSIGNMENT_EXPECTED);
}

static void here_unsure(struct hand *h)
{
    answered(h, ANSWER_IN_TIME_UNSURE, ASSIGNMENT_THERE);
}

static void agreement(struct hand *h)
{
    signed_in_at(h, SCREEN_WISHES);
    reply_to(h, EFFECT_LIST_JOBS, ERR_OK);
    make_job(h, 0, "B05", 3, ASSIGNMENT_EXPECTED);
    h->states->reply.jobs[0].accepted = false;
    listed(h);
    tap(h, MSG_JOB, 0, 0);
}

static void agreement_accepted(struct hand *h)
{
    agreement(h);
    struct job_brief brief = h->model->visit.jobs.jobs[0];
    tap(h, MSG_AGREE, 0, 0);
    struct reply *reply = reply_to(h, EFFECT_JOB_EVENT, ERR_OK);
    brief.accepted = true;
    reply->answer = ANSWER_AGREED;
    reply->brief = brief;
    send(h);
}

static void how_empty(struct hand *h)
{
    signed_in_at(h, SCREEN_HOW);
    reply_to(h, EFFECT_LIST_JOBS, ERR_OK);
    listed(h);
}

static void how(struct hand *h)
{
    signed_in_at(h, SCREEN_HOW);
    reply_to(h, EFFECT_LIST_JOBS, ERR_OK);
    make_job(h, 0, "B03", 0, ASSIGNMENT_GONE);
    make_job(h, 1, "B05", -2, ASSIGNMENT_GONE);
    make_job(h, 2, "B02", -4, ASSIGNMENT_GONE);
    make_job(h, 3, "B10", -7, ASSIGNMENT_MISSED);
    struct job_brief *jobs = h->states->reply.jobs;
    jobs[1].self_in = true;
    jobs[2].self_in = jobs[2].site_in = jobs[2].released = true;
    listed(h);
}

static void how_missed(struct hand *h)
{
    how(h);
    tap(h, MSG_JOB, 3, 0);
}

const struct state_row jobs_states[] = {
    {"here-none", here_none},
    {"here", here},
    {"here-choice", here_choice},
    {"here-in", here_in},
    {"here-out", here_out},
    {"here-wrong-day", here_wrong_day},
    {"here-unsure", here_unsure},
    {"agreement", agreement},
    {"agreement-accepted", agreement_accepted},
    {"how-empty", how_empty},
    {"how", how},
    {"how-missed", how_missed},
};

const int jobs_states_count = (int)ARRAY_LEN(jobs_states);
