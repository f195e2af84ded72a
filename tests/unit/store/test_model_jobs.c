/* Random sequences of all that can happen after a wish, against a second opinion
 * (reference.h). Many short runs, each from a seed that a failure tells. */
#include "unit/store/reference.h"

#if defined(__SANITIZE_ADDRESS__)
#define RUNS 160
#else
#define RUNS 1500
#endif
#define ACTIONS 20
#define FACTS_MAX 8 /* kept for being tried again */
#define RUNS_PER_STORE 40
#define RUNS_PER_NIGHT 8

static struct world w;
static struct reference ref;
static uint64_t seed;
static int run, facts, minute;

static uint32_t pick(uint32_t below)
{
    struct rng rng = fake_rng(&seed);
    return rng_below(&rng, below);
}

static void hold(bool ok, const char *what)
{
    if (!ok) {
        fail_msg("run %d: %s", run, what);
    }
}

/* Ids of this run only. */
static struct uid of_run(char kind, int n)
{
    return (struct uid){
        {(uint8_t)kind, (uint8_t)(run >> 8), (uint8_t)run, (uint8_t)n, 1}};
}

static struct uid next_fact(void)
{
    facts++;
    return (struct uid){{'f', (uint8_t)(run >> 8), (uint8_t)run, (uint8_t)(facts >> 8),
                         (uint8_t)facts, 2}};
}

/* ---- the beginning ----------------------------------------------------------------- */

static void enrol(int person)
{
    struct store_enrolment e = world_enrolment(person);
    e.id = of_run('E', person);
    e.who.id = of_run('P', person);
    snprintf(e.who.alias, sizeof e.who.alias, "Falke %d %d", run, person);
    memcpy(e.card, &e.id, sizeof e.id);
    assert_int_equal(store_enrol(w.store, &e), ERR_OK);
}

static void confirm(int job)
{
    struct participant who = {.id = of_run('P', job % REF_PEOPLE)};
    struct offer offer = world_offer(7);
    struct wish wish;
    snprintf(offer.code, sizeof offer.code, "B-%d-%d", run, job);
    wish_from_offer(&wish, of_run('W', job), &who, &offer);
    assert_int_equal(store_wish(w.store, &wish), ERR_OK);
    struct store_decision d = {of_run('D', job), wish.id, after_staff(), true,
                               DECLINE_NONE};
    assert_int_equal(store_decide(w.store, &d), ERR_OK);
}

static void propose(void)
{
    struct store_proposal p = {.participant = of_run('P', REF_VOTERS - 1)};
    p.item = (struct voice_item){.id = of_run('I', 0), .kind = VOICE_IDEA, .tiles = 1};
    assert_int_equal(store_voice_propose(w.store, &p), ERR_OK);
    assert_int_equal(store_voice_staff(w.store, of_run('o', 0), p.item.id, after_staff(),
                                       VOICE_STAFF_OPEN, STR("Licht")),
                     ERR_OK);
}

static void begin(void)
{
    seed = (uint64_t)run + 1;
    facts = 0;
    minute = 940;
    for (int i = 0; i < REF_VOTERS; i++) {
        enrol(i);
    }
    for (int i = 0; i < REF_JOBS; i++) {
        confirm(i);
    }
    propose();
    ref_init(&ref, world_events(&w));
}

/* ---- actions ----------------------------------------------------------------------- */

struct tried {
    struct uid fact;
    struct assignment_event event;
    enum assignment_answer answer;
    int job;
};
static struct tried tried[FACTS_MAX];
static int tried_count;

static struct assignment_event random_event(int job)
{
    struct assignment_event e =
        after_event(of_run('W', job), pick(ASSIGNMENT_EVENT_COUNT), minute);
    if (e.kind == JOB_UNDO || pick(3) == 0) {
        e.by = BY_STAFF;
        e.staff = after_staff();
        e.reason = REASON_OTHER;
    }
    e.minutes = e.kind == JOB_CONFIRM ? 30 * (int)pick(3) : 0;
    e.missed_form = 1;
    if (e.kind == JOB_CORRECT) {
        e.values.in = after_minute(REF_START);
        e.values.out = after_minute(REF_END);
    }
    return e;
}

/* True if it was refused because the person is gone. */
static bool gone(int job, enum err err)
{
    hold((err == ERR_NOT_FOUND) == ref.jobs[job].gone, "a job that is gone or not");
    hold(err == ERR_OK || ref.jobs[job].gone, err_name(err));
    return err != ERR_OK;
}

static void do_event(void)
{
    struct job_brief brief;
    int job = (int)pick(REF_JOBS);
    struct tried t = {next_fact(), random_event(job), ASSIGNMENT_ANSWER_COUNT, job};
    if (gone(job, store_job_event(w.store, t.fact, &t.event, &t.answer, &brief))) {
        return;
    }
    bool recorded = assignment_words(t.answer)->recorded;
    if (recorded != ref_job_event(&ref, job, &t.event, minute)) {
        fail_msg("run %d: event %d at %d: answer %d", run, (int)t.event.kind, minute,
                 (int)t.answer);
    }
    if (recorded) {
        tried[tried_count++ % FACTS_MAX] = t;
    }
}

static void do_again(void)
{
    struct job_brief brief;
    enum assignment_answer answer;
    if (tried_count == 0) {
        return;
    }
    const struct tried *t =
        &tried[pick((uint32_t)(tried_count < FACTS_MAX ? tried_count : FACTS_MAX))];
    if (!gone(t->job, store_job_event(w.store, t->fact, &t->event, &answer, &brief))) {
        hold(answer == t->answer, "another answer to the same event");
    }
}

static void do_view(void)
{
    int job = (int)pick(REF_JOBS);
    struct store_view view = after_view(0, of_run('W', job), pick(2));
    view.id = next_fact();
    view.wants_talk = pick(4) == 0;
    enum err err = store_view_put(w.store, &view);
    if (ref.jobs[job].gone) {
        hold(err == ERR_NOT_FOUND, "a view of nobody");
    } else {
        bool taken = ref_view(&ref, job, view.side, view.wants_talk);
        hold(err == (taken ? ERR_OK : ERR_DENIED), "a view taken or locked");
    }
}

static void do_decide(void)
{
    struct job_brief brief;
    enum evaluation_answer answer;
    int job = (int)pick(REF_JOBS);
    struct evaluation_event e = {.kind = EVALUATION_TALK +
                                         pick(EVALUATION_EVENT_COUNT - EVALUATION_TALK),
                                 .hold = HOLD_HURTFUL + pick(3),
                                 .next_aspect = (int)pick(4),
                                 .next_index = (int)pick(3)};
    enum err err = store_evaluation_event(w.store, next_fact(), of_run('W', job),
                                          after_staff(), &e, &answer, &brief);
    if (!gone(job, err)) {
        hold((answer == EVALUATION_OK) == ref_decide(&ref, job, &e), "a decision");
    }
}

static void do_note(void)
{
    int job = (int)pick(REF_JOBS);
    struct store_note note = {
        .id = next_fact(), .assignment = of_run('W', job), .staff = after_staff()};
    after_blob(&note.for_team, "note", 304);
    if (!gone(job, store_note_put(w.store, &note))) {
        ref.jobs[job].notes++;
        ref.events++;
    }
}

static void do_sheet(void)
{
    int job = (int)pick(REF_JOBS), revision = (int)pick(4);
    struct store_sheet_item item = {.participant = of_run('P', job % REF_PEOPLE),
                                    .job = of_run('W', job),
                                    .revision = revision};
    after_blob(&item.sealed, "sheet", 304);
    if (!gone(job, store_sheet_put(w.store, &item)) &&
        revision > ref.jobs[job].revision) {
        ref.jobs[job].revision = revision;
        ref.events++;
    }
}

static void do_key(void)
{
    int person = (int)pick(REF_PEOPLE), key = 1 + (int)pick(3);
    uint8_t public[STORE_PUBLIC_KEY_SIZE] = {(uint8_t)key};
    enum err err = store_person_key_put(w.store, of_run('P', person), public);
    hold((err == ERR_NOT_FOUND) == ref.person_gone[person], "a key of nobody");
    if (err == ERR_OK && ref.key[person] != key) {
        ref.key[person] = key;
        ref.events++;
    }
}

static void do_vote(void)
{
    int voter = (int)pick(REF_VOTERS);
    enum voice_choice choice = pick(VOICE_CHOICE_COUNT);
    enum err want = ref_cast(&ref, voter, choice);
    hold(store_voice_cast(w.store, next_fact(), of_run('I', 0), of_run('P', voter),
                          choice) == want,
         "a vote");
}

static void do_voice_end(void)
{
    bool answer = pick(2);
    enum voice_state state = ref.voice.state;
    bool may = answer ? state == VOICE_OPEN || state == VOICE_DONE : state != VOICE_DONE;
    enum voice_staff_kind kind = answer ? VOICE_STAFF_ANSWER : VOICE_STAFF_PUT_AWAY;
    enum err err = store_voice_staff(w.store, next_fact(), of_run('I', 0), after_staff(),
                                     kind, STR("Gemacht."));
    hold((err == ERR_OK) == may, "the end of a vote");
    ref.voice.state = may ? (answer ? VOICE_DONE : VOICE_PUT_AWAY) : state;
    ref.events += may;
}

static void do_forget(void)
{
    int person = (int)pick(REF_VOTERS);
    enum err err =
        store_forget_person(w.store, next_fact(), of_run('P', person), after_staff());
    hold(err == (ref.person_gone[person] ? ERR_NOT_FOUND : ERR_OK), "somebody forgotten");
    if (err == ERR_OK) {
        ref_forget(&ref, person);
    }
}

static void do_reopen(void)
{
    world_reopen(&w);
}

static void do_wait(void)
{
    minute += (int)pick(30);
    minute = minute > 1200 ? 1200 : minute;
}

static const struct {
    void (*act)(void);
    uint32_t weight;
} actions[] = {
    {do_event, 60},    {do_again, 8},  {do_view, 14},  {do_decide, 30},
    {do_note, 4},      {do_sheet, 6},  {do_key, 4},    {do_vote, 30},
    {do_voice_end, 1}, {do_forget, 2}, {do_reopen, 1}, {do_wait, 24},
};

static void act(void)
{
    uint32_t all = 0;
    for (size_t i = 0; i < ARRAY_LEN(actions); i++) {
        all += actions[i].weight;
    }
    uint32_t at = pick(all);
    size_t i = 0;
    while (at >= actions[i].weight) {
        at -= actions[i++].weight;
    }
    actions[i].act();
}

/* ---- both say the same ------------------------------------------------------------- */

static void compare_brief(const struct job_brief *b, const struct ref_job *j)
{
    hold(b->state == j->now.state, "state");
    hold(b->accepted == j->now.accepted, "accepted");
    hold(b->on_break == j->now.on_break, "break");
    hold(b->hours.confirmed == (j->now.confirmed >= 0), "confirmed");
    hold(!b->hours.confirmed || b->hours.minutes == j->now.confirmed, "minutes");
    hold(b->self_in == j->self && b->site_in == j->site, "views");
    hold(b->closed == j->closed && b->released == j->released, "closed, released");
    hold(b->talk == j->talk && b->hold == j->hold, "talk, hold");
    hold((b->next_aspect < 0 ? -1 : 10 * b->next_aspect + b->next_index) == j->next,
         "next");
}

static void compare_job(int n)
{
    static struct store_note notes[ACTIONS];
    struct job_brief brief;
    size_t count = 0;
    const struct ref_job *j = &ref.jobs[n];
    enum err err = store_job_brief(w.store, of_run('W', n), &brief);
    hold(err == (j->gone ? ERR_NOT_FOUND : ERR_OK), "job there or not");
    if (err == ERR_OK) {
        compare_brief(&brief, j);
        assert_int_equal(store_notes_get(w.store, of_run('W', n), notes, ACTIONS, &count),
                         ERR_OK);
        hold(count == (size_t)j->notes, "notes");
    }
}

static bool is_of_run(struct uid job)
{
    return job.b[1] == (uint8_t)(run >> 8) && job.b[2] == (uint8_t)run;
}

static void compare_calls(void)
{
    static struct job_brief briefs[JOBS_MAX];
    size_t count = 0;
    bool talk = true;
    int want = 0;
    assert_int_equal(store_jobs_to_call(w.store, briefs, JOBS_MAX, &count), ERR_OK);
    for (int i = 0; i < REF_JOBS; i++) {
        want += ref_to_call(&ref.jobs[i]);
    }
    for (size_t i = 0; i < count; i++) {
        hold(talk || !briefs[i].talk, "who wants to talk comes first");
        talk = briefs[i].talk;
        want -= is_of_run(briefs[i].wish.id);
    }
    hold(want == 0, "whom to call");
}

static void compare_voice(void)
{
    static struct store_voice voices[VOICES_MAX];
    size_t count = 0;
    int voter = (int)pick(REF_VOTERS);
    assert_int_equal(
        store_voices_list(w.store, of_run('P', voter), false, voices, VOICES_MAX, &count),
        ERR_OK);
    for (size_t i = 0; i < count; i++) {
        if (uid_eq(voices[i].item.id, of_run('I', 0))) {
            hold(voices[i].own == ref.voice.votes[voter], "own vote");
            hold(voices[i].result.voters == ref.voice.voters, "voters");
            hold(voices[i].result.in_favour == ref.voice.in_favour, "in favour");
        }
    }
}

/* Lists are dear: they take turns. */
static void compare(int turn)
{
    for (int i = 0; i < REF_JOBS; i++) {
        compare_job(i);
    }
    if (turn % 5 == 4) {
        compare_calls();
        compare_voice();
    }
}

/* Everybody is forgotten once they are old enough. Votes are nobody's and stay. */
static void night(int people)
{
    struct store_forgotten forgotten;
    w.time.wall_ms += (int64_t)40 * 86400000;
    assert_int_equal(store_forget(w.store, 0, 30, &forgotten), ERR_OK);
    hold(forgotten.people == people, "all are forgotten");
    assert_int_equal(sql_number(w.state, NULL, "SELECT count(*) FROM participant"), 0);
    world_assert_replay_equal(&w);
    if (run % RUNS_PER_STORE == RUNS_PER_STORE - 1) {
        world_done(&w);
    }
}

static int run_once(void)
{
    int people = 0;
    begin();
    tried_count = 0;
    for (int i = 0; i < ACTIONS; i++) {
        act();
        compare(i);
    }
    hold(world_events(&w) == ref.events, "number of events");
    for (int i = 0; i < REF_VOTERS; i++) {
        people += !ref.person_gone[i];
    }
    if (ref.voice.state != VOICE_DONE) {
        assert_int_equal(store_voice_staff(w.store, of_run('o', 1), of_run('I', 0),
                                           after_staff(), VOICE_STAFF_PUT_AWAY, STR("")),
                         ERR_OK);
    }
    return people;
}

static void test_random_actions(void **state)
{
    int people = 0;
    (void)state;
    for (run = 0; run < RUNS; run++) {
        if (run % RUNS_PER_STORE == 0) {
            world_init(&w);
        }
        people += run_once();
        if (run % RUNS_PER_NIGHT == RUNS_PER_NIGHT - 1) {
            world_assert_replay_equal(&w);
            night(people);
            people = 0;
        }
    }
    printf("# %d runs of %d actions\n", RUNS, ACTIONS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_actions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
