/* What a list shows of a job. */
#include "domain/job_brief.h"

#include <string.h>

static void take_evaluation(struct job_brief *brief, const struct evaluation *e)
{
    brief->self_in = e->self_in;
    brief->site_in = e->site_in;
    brief->closed = e->closed;
    brief->released = e->released;
    brief->talk = evaluation_talk_visible_to_coach(e);
    brief->hold = e->held;
    brief->next_aspect = e->next_aspect;
    brief->next_index = e->next_index;
}

void job_brief_of(const struct assignment *a, const struct evaluation *e,
                  const struct wish *wish, const struct moment *now,
                  struct job_brief *brief_out)
{
    memset(brief_out, 0, sizeof *brief_out);
    brief_out->wish = *wish;
    brief_out->state = a->now.state;
    brief_out->accepted = a->now.accepted;
    brief_out->on_break = assignment_on_break(a);
    brief_out->out_forgotten = assignment_out_forgotten(a, now);
    brief_out->seems_missed = assignment_seems_missed(a, now);
    brief_out->missed_told = a->now.missed_reason >= 0;
    brief_out->in = a->now.in;
    brief_out->out = a->now.out;
    assignment_minutes(a, &brief_out->hours);
    take_evaluation(brief_out, e);
}

bool job_brief_wants_self(const struct job_brief *brief)
{
    return brief->state == ASSIGNMENT_GONE && !brief->self_in && !brief->closed;
}

bool job_brief_has_news(const struct job_brief *brief)
{
    bool to_accept = brief->state == ASSIGNMENT_EXPECTED && !brief->accepted;
    return to_accept || (brief->released && brief->next_aspect < 0);
}
