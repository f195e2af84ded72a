/* What comes after a wish: jobs of the world and things to do at them. */
#ifndef UNIT_STORE_AFTER_H
#define UNIT_STORE_AFTER_H

#include "store/evaluations.h"
#include "store/forget.h"
#include "store/jobs.h"
#include "store/voices.h"
#include "unit/store/world.h"

#define MINUTE_MS 60000

static inline struct uid after_staff(void)
{
    return world_uid('S', 1);
}

/* Person n's wish n for offer n, confirmed; the id of the job. */
static inline struct uid after_job(struct world *w, int n, int offer)
{
    struct store_enrolment e = world_enrolment(n);
    struct wish wish = world_wish(n, &e.who, offer);
    assert_int_equal(store_enrol(w->store, &e), ERR_OK);
    assert_int_equal(store_wish(w->store, &wish), ERR_OK);
    struct store_decision d = {world_uid('D', n), wish.id, after_staff(), true,
                               DECLINE_NONE};
    assert_int_equal(store_decide(w->store, &d), ERR_OK);
    return wish.id;
}

/* A minute of today, German winter time. */
static inline struct moment after_minute(int minute)
{
    int64_t midnight_ms =
        (int64_t)WORLD_TODAY * MINUTES_PER_DAY * MINUTE_MS - 60 * MINUTE_MS;
    int64_t of_day_ms = (int64_t)minute * MINUTE_MS;
    return (struct moment){midnight_ms + of_day_ms, 1, of_day_ms, 0};
}

static inline struct assignment_event
after_event(struct uid job, enum assignment_event_kind kind, int minute)
{
    return (struct assignment_event){
        .kind = kind, .assignment = job, .at = after_minute(minute)};
}

static inline enum assignment_answer after_put(struct world *w, struct uid fact,
                                               const struct assignment_event *event)
{
    enum assignment_answer answer = ASSIGNMENT_ANSWER_COUNT;
    struct job_brief brief;
    enum err err = store_job_event(w->store, fact, event, &answer, &brief);
    if (err != ERR_OK) {
        fail_msg("job event: %s", err_name(err));
    }
    return answer;
}

/* Agreed, there at 16:00, gone at 18:00. */
static inline void after_work(struct world *w, struct uid job, int n)
{
    static const struct {
        enum assignment_event_kind kind;
        int minute;
    } course[] = {{JOB_AGREE, 900}, {JOB_CHECK_IN, 960}, {JOB_CHECK_OUT, 1080}};
    for (size_t i = 0; i < ARRAY_LEN(course); i++) {
        struct assignment_event e = after_event(job, course[i].kind, course[i].minute);
        struct uid fact = world_uid('J', 10 * n + (int)i);
        assert_true(assignment_words(after_put(w, fact, &e))->recorded);
    }
}

static inline void after_blob(struct store_blob *blob, const char *marker, size_t len)
{
    blob->len = len;
    memset(blob->bytes, 0xA5, sizeof blob->bytes);
    memcpy(blob->bytes, marker, strlen(marker));
}

static inline struct store_view after_view(int n, struct uid job, enum form_side side)
{
    struct store_view view = {.id = world_uid('V', n), .assignment = job, .side = side};
    after_blob(&view.for_team, "TEAMBLOB", 304);
    after_blob(&view.for_person, "PERSONBLOB", 304);
    after_blob(&view.for_centre, "CENTREBLOB", 304);
    return view;
}

static inline enum evaluation_answer after_decide(struct world *w, int n, struct uid job,
                                                  enum evaluation_event_kind kind)
{
    enum evaluation_answer answer = EVALUATION_ANSWER_COUNT;
    struct job_brief brief;
    struct evaluation_event event = {
        .kind = kind, .hold = HOLD_HURTFUL, .next_aspect = 1, .next_index = 0};
    assert_int_equal(store_evaluation_event(w->store, world_uid('v', n), job,
                                            after_staff(), &event, &answer, &brief),
                     ERR_OK);
    return answer;
}

#endif
