/* The job as it happens: every way of coming and going has its designed answer. */
#include "day.h"
#include "support/support.h"

#include <stdio.h>

/* "agree@800 in@900 out@1020": kiosk; in+ by staff, in* by the site's code. */
static const struct {
    const char *word;
    enum assignment_event_kind kind;
} words[] = {
    {"agree", JOB_AGREE},      {"in", JOB_CHECK_IN},    {"out", JOB_CHECK_OUT},
    {"rest", JOB_BREAK_START}, {"work", JOB_BREAK_END}, {"miss", JOB_MISS},
    {"why", JOB_MISS_REASON},  {"cancel", JOB_CANCEL},  {"undo", JOB_UNDO},
    {"confirm", JOB_CONFIRM},
};

static struct assignment_event parse(const struct assignment *a, const char *text)
{
    char word[16];
    int minute, length = 0;
    assert_int_equal(sscanf(text, "%15[a-z]%n", word, &length), 1);
    enum assignment_by by = text[length] == '+'   ? BY_STAFF
                            : text[length] == '*' ? BY_SITE_CODE
                                                  : BY_KIOSK;
    assert_int_equal(sscanf(strchr(text, '@'), "@%d", &minute), 1);
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (strcmp(words[i].word, word) == 0) {
            struct assignment_event e = day_event(a, words[i].kind, by, minute);
            struct assignment_hours hours;
            assignment_minutes(a, &hours);
            e.minutes = hours.minutes;
            return e;
        }
    }
    fail_msg("no such word: %s", word);
    return (struct assignment_event){0};
}

static enum assignment_answer play(struct assignment *a, const char *way)
{
    enum assignment_answer answer = ASSIGNMENT_ANSWER_COUNT;
    for (const char *at = way; at; at = strchr(at, ' ')) {
        at += *at == ' ';
        struct assignment_event e = parse(a, at);
        answer = assignment_apply(a, &e);
    }
    return answer;
}

static const struct {
    const char *name, *way;
    enum assignment_answer answer;
    enum assignment_state state;
} ways[] = {
    {"agree", "agree@800", ANSWER_AGREED, ASSIGNMENT_EXPECTED},
    {"agree twice", "agree@800 agree@801", ANSWER_AGREED_BEFORE, ASSIGNMENT_EXPECTED},
    {"site cannot agree", "agree*@800", ANSWER_NEEDS_STAFF, ASSIGNMENT_EXPECTED},
    {"no agreement", "in@900", ANSWER_IN_NO_AGREEMENT, ASSIGNMENT_EXPECTED},
    {"61 early", "agree@800 in@839", ANSWER_IN_FAR_EARLY, ASSIGNMENT_EXPECTED},
    {"61 early, staff", "agree@800 in+@839", ANSWER_IN_EARLY, ASSIGNMENT_THERE},
    {"60 early", "agree@800 in@840", ANSWER_IN_EARLY, ASSIGNMENT_THERE},
    {"6 early", "agree@800 in@894", ANSWER_IN_EARLY, ASSIGNMENT_THERE},
    {"5 early", "agree@800 in@895", ANSWER_IN_ON_TIME, ASSIGNMENT_THERE},
    {"on time", "agree@800 in@900", ANSWER_IN_ON_TIME, ASSIGNMENT_THERE},
    {"5 late", "agree@800 in@905", ANSWER_IN_ON_TIME, ASSIGNMENT_THERE},
    {"6 late", "agree@800 in@906", ANSWER_IN_LATE, ASSIGNMENT_THERE},
    {"30 late", "agree@800 in@930", ANSWER_IN_LATE, ASSIGNMENT_THERE},
    {"31 late", "agree@800 in@931", ANSWER_IN_FAR_LATE, ASSIGNMENT_EXPECTED},
    {"31 late, site says yes", "agree@800 in*@931", ANSWER_IN_LATE, ASSIGNMENT_THERE},
    {"last minute, staff", "agree@800 in+@1019", ANSWER_IN_LATE, ASSIGNMENT_THERE},
    {"over", "agree@800 in+@1020", ANSWER_IN_OVER, ASSIGNMENT_EXPECTED},
    {"day before", "agree@-900 in+@-1", ANSWER_IN_WRONG_DAY, ASSIGNMENT_EXPECTED},
    {"first minute", "agree@-900 in@0", ANSWER_IN_FAR_EARLY, ASSIGNMENT_EXPECTED},
    {"day after", "agree@800 in+@1440", ANSWER_IN_WRONG_DAY, ASSIGNMENT_EXPECTED},
    {"twice", "agree@800 in@900 in@901", ANSWER_IN_TWICE, ASSIGNMENT_THERE},
    {"after out", "agree@800 in@900 out@1020 in@1021", ANSWER_IN_AFTER_OUT,
     ASSIGNMENT_GONE},
    {"out first", "agree@800 out@1020", ANSWER_OUT_BEFORE_IN, ASSIGNMENT_EXPECTED},
    {"out", "agree@800 in@900 out@1020", ANSWER_OUT_OK, ASSIGNMENT_GONE},
    {"out twice", "agree@800 in@900 out@1020 out@1021", ANSWER_OUT_TWICE,
     ASSIGNMENT_GONE},
    {"out 16 early", "agree@800 in@900 out@1004", ANSWER_OUT_EARLY, ASSIGNMENT_GONE},
    {"out 15 early", "agree@800 in@900 out@1005", ANSWER_OUT_OK, ASSIGNMENT_GONE},
    {"out 15 late", "agree@800 in@900 out@1035", ANSWER_OUT_OK, ASSIGNMENT_GONE},
    {"out 16 late", "agree@800 in@900 out@1036", ANSWER_OUT_LATE, ASSIGNMENT_GONE},
    {"out 60 late", "agree@800 in@900 out@1080", ANSWER_OUT_LATE, ASSIGNMENT_GONE},
    {"out 61 late", "agree@800 in@900 out@1081", ANSWER_OUT_FORGOTTEN, ASSIGNMENT_THERE},
    {"out next day", "agree@800 in@900 out*@2400", ANSWER_OUT_FORGOTTEN,
     ASSIGNMENT_THERE},
    {"out late, staff", "agree@800 in@900 out+@1081", ANSWER_OUT_LATE, ASSIGNMENT_GONE},
    {"out after 1", "agree@800 in@900 out@901", ANSWER_OUT_SOON, ASSIGNMENT_THERE},
    {"out after 2", "agree@800 in@900 out@902", ANSWER_OUT_EARLY, ASSIGNMENT_GONE},
    {"out after 1, staff", "agree@800 in@900 out+@901", ANSWER_OUT_EARLY,
     ASSIGNMENT_GONE},
    {"rest before", "agree@800 rest@880", ANSWER_BREAK_NOT_THERE, ASSIGNMENT_EXPECTED},
    {"work before", "agree@800 work@880", ANSWER_BREAK_NOT_THERE, ASSIGNMENT_EXPECTED},
    {"rest", "agree@800 in@900 rest@950", ANSWER_BREAK_BEGUN, ASSIGNMENT_THERE},
    {"rest twice", "agree@800 in@900 rest@950 rest@951", ANSWER_BREAK_TWICE,
     ASSIGNMENT_THERE},
    {"no rest", "agree@800 in@900 work@950", ANSWER_BREAK_NONE, ASSIGNMENT_THERE},
    {"rest 14", "agree@800 in@900 rest@950 work@964", ANSWER_BREAK_SHORT,
     ASSIGNMENT_THERE},
    {"rest 15", "agree@800 in@900 rest@950 work@965", ANSWER_BREAK_ENDED,
     ASSIGNMENT_THERE},
    {"out in rest", "agree@800 in@900 rest@950 out@1020", ANSWER_OUT_OK, ASSIGNMENT_GONE},
    {"missed early", "agree@800 miss+@930", ANSWER_MISSED_EARLY, ASSIGNMENT_EXPECTED},
    {"missed", "agree@800 miss+@931", ANSWER_MISSED, ASSIGNMENT_MISSED},
    {"missed, kiosk early", "agree@800 miss@1019", ANSWER_MISSED_EARLY,
     ASSIGNMENT_EXPECTED},
    {"missed, kiosk", "agree@800 miss@1020", ANSWER_MISSED, ASSIGNMENT_MISSED},
    {"missed, site", "agree@800 miss*@1020", ANSWER_NEEDS_STAFF, ASSIGNMENT_EXPECTED},
    {"missed twice", "miss@1020 miss@1021", ANSWER_MISSED_BEFORE, ASSIGNMENT_MISSED},
    {"missed but there", "agree@800 in@900 miss+@950", ANSWER_MISSED_NOT,
     ASSIGNMENT_THERE},
    {"came after missed", "agree@800 miss+@931 in@935", ANSWER_IN_AFTER_MISSED,
     ASSIGNMENT_MISSED},
    {"why", "miss@1020 why@2000", ANSWER_MISSED_THANKS, ASSIGNMENT_MISSED},
    {"why of nothing", "why@2000", ANSWER_MISSED_NOT, ASSIGNMENT_EXPECTED},
    {"cancel", "agree@800 cancel@810", ANSWER_CANCELLED, ASSIGNMENT_CANCELLED},
    {"cancel, site", "agree@800 cancel*@810", ANSWER_NEEDS_STAFF, ASSIGNMENT_EXPECTED},
    {"cancel there", "agree@800 in@900 cancel@910", ANSWER_CANCEL_THERE,
     ASSIGNMENT_THERE},
    {"in when off", "agree@800 cancel+@810 in@900", ANSWER_IS_CANCELLED,
     ASSIGNMENT_CANCELLED},
    {"undo nothing", "undo@800", ANSWER_UNDO_NONE, ASSIGNMENT_EXPECTED},
    {"undo out", "agree@800 in@900 out@1000 undo@1010", ANSWER_UNDONE, ASSIGNMENT_THERE},
    {"undo out late", "agree@800 in@900 out@1000 undo@1011", ANSWER_UNDO_LATE,
     ASSIGNMENT_GONE},
    {"undo of staff's", "agree@800 cancel+@810 undo@811", ANSWER_NEEDS_STAFF,
     ASSIGNMENT_CANCELLED},
    {"undo by staff", "agree@800 cancel@810 undo+@900", ANSWER_UNDONE,
     ASSIGNMENT_EXPECTED},
    {"undo twice", "agree@800 in@900 undo@901 undo@902", ANSWER_UNDONE, ASSIGNMENT_THERE},
    {"confirm", "agree@800 in@900 out@1020 confirm*@1021", ANSWER_CONFIRMED,
     ASSIGNMENT_GONE},
    {"confirm there", "agree@800 in@900 confirm+@950", ANSWER_CONFIRM_NOT_GONE,
     ASSIGNMENT_THERE},
    {"confirm twice", "agree@800 in@900 out@1020 confirm*@1021 confirm+@1022",
     ANSWER_CONFIRM_TWICE, ASSIGNMENT_GONE},
    {"confirm oneself", "agree@800 in@900 out@1020 confirm@1021", ANSWER_NEEDS_STAFF,
     ASSIGNMENT_GONE},
};

static void test_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        struct assignment a = day_assignment(1);
        enum assignment_answer answer = play(&a, ways[i].way);
        if (answer != ways[i].answer || a.now.state != ways[i].state) {
            fail_msg("%s: \"%s\", state %d", ways[i].name, assignment_words(answer)->text,
                     (int)a.now.state);
        }
    }
}

static void test_every_answer_has_words_and_places(void **state)
{
    (void)state;
    struct assignment a = day_assignment(1);
    for (int i = 0; i < ASSIGNMENT_ANSWER_COUNT; i++) {
        char text[256];
        struct buf b;
        buf_init(&b, text, sizeof text);
        struct sentence s = assignment_sentence(&a, (enum assignment_answer)i);
        assert_non_null(s.text);
        sentence_german(&b, &s);
        assert_null(strchr(text, '{'));
        assert_false(b.cut);
    }
    for (int i = 1; i < ASSIGNMENT_REASON_COUNT; i++) {
        assert_true(assignment_reason_text((enum assignment_reason)i)[0] != '\0');
    }
}

/* ---- hours ---- */

static const struct {
    const char *name, *way;
    int pause, minutes, rest;
} hours_cases[] = {
    {"whole", "agree@800 in@900 out@1020", 0, 120, 0},
    {"early counts from the start", "agree@800 in@870 out@1020", 0, 120, 0},
    {"longer counts to the end", "agree@800 in@900 out@1080", 0, 120, 0},
    {"late", "agree@800 in@910 out@1020", 0, 110, 0},
    {"gone early", "agree@800 in@900 out@960", 0, 60, 0},
    {"rest 14 is work", "agree@800 in@900 rest@950 work@964 out@1020", 0, 120, 0},
    {"rest 15", "agree@800 in@900 rest@950 work@965 out@1020", 0, 105, 15},
    {"two pieces of 14", "agree@800 in@900 rest@910 work@924 rest@950 work@964 out@1020",
     0, 120, 0},
    {"two pieces of 15", "agree@800 in@900 rest@910 work@925 rest@950 work@965 out@1020",
     0, 90, 30},
    {"rest before the start", "agree@800 in@870 rest@880 work@910 out@1020", 0, 110, 10},
    {"agreed break, none noted", "agree@800 in@900 out@1020", 30, 90, 0},
    {"agreed break, gone early", "agree@800 in@900 out@960", 30, 60, 0},
    {"agreed break, shorter one", "agree@800 in@900 rest@950 work@970 out@1020", 30, 90,
     20},
    {"agreed break, longer one", "agree@800 in@900 rest@940 work@980 out@1020", 30, 80,
     40},
    {"not gone yet", "agree@800 in@900", 0, 0, 0},
};

static void test_hours(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(hours_cases); i++) {
        struct assignment a = day_assignment(1);
        struct assignment_hours h;
        a.work.break_minutes = hours_cases[i].pause;
        play(&a, hours_cases[i].way);
        assignment_minutes(&a, &h);
        if (h.minutes != hours_cases[i].minutes || h.rest != hours_cases[i].rest ||
            h.confirmed || h.sure != (a.now.state == ASSIGNMENT_GONE)) {
            fail_msg("%s: %d minutes, %d rest, sure %d", hours_cases[i].name, h.minutes,
                     h.rest, h.sure);
        }
    }
}

static void test_seconds_of_a_rest(void **state)
{
    (void)state;
    for (int over = -1; over <= 0; over++) {
        struct assignment a = day_assignment(1);
        struct assignment_hours h;
        play(&a, "agree@800 in@900 rest@950");
        struct assignment_event e = day_event(&a, JOB_BREAK_END, BY_KIOSK, 965);
        e.at.mono_ms += over;
        e.at.wall_ms += over;
        assert_int_equal(assignment_apply(&a, &e),
                         over < 0 ? ANSWER_BREAK_SHORT : ANSWER_BREAK_ENDED);
        play(&a, "out@1020");
        assignment_minutes(&a, &h);
        assert_int_equal(h.minutes, over < 0 ? 120 : 105);
    }
}

static const struct {
    const char *name, *way;
    int end, pause;
    bool rest_short;
} rest_cases[] = {
    {"4.5 hours", "agree@800 in@900 out@1170", 1170, 0, false},
    {"a minute more", "agree@800 in@900 out@1171", 1171, 0, true},
    {"with agreed 30", "agree@800 in@900 out@1201", 1201, 30, false},
    {"noted 29", "agree@800 in@900 rest@1000 work@1029 out@1201", 1201, 30, true},
    {"noted 30", "agree@800 in@900 rest@1000 work@1030 out@1201", 1201, 30, false},
    {"6 hours, 30", "agree@800 in@900 rest@1000 work@1030 out@1290", 1290, 30, false},
    {"a minute more, 30", "agree@800 in@900 rest@1000 work@1030 out@1291", 1291, 30,
     true},
    {"60", "agree@800 in@900 rest@1000 work@1060 out@1380", 1380, 60, false},
};

static void test_rest_of_the_law(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rest_cases); i++) {
        struct assignment a = day_assignment(1);
        struct assignment_hours h;
        a.work.end = rest_cases[i].end;
        a.work.break_minutes = rest_cases[i].pause;
        play(&a, rest_cases[i].way);
        assignment_minutes(&a, &h);
        if (h.rest_short != rest_cases[i].rest_short) {
            fail_msg("%s: %d minutes, %d rest", rest_cases[i].name, h.minutes, h.rest);
        }
    }
}

/* ---- corrections ---- */

static struct assignment_event correction(const struct assignment *a, int in, int out)
{
    struct assignment_event e = day_event(a, JOB_CORRECT, BY_STAFF, 1100);
    e.reason = REASON_FORGOTTEN_OUT;
    e.values.in = in ? day_at(in) : (struct moment){0};
    e.values.out = out ? day_at(out) : (struct moment){0};
    return e;
}

static void test_correction_keeps_both(void **state)
{
    (void)state;
    struct assignment a = day_assignment(1);
    struct assignment_hours h;
    play(&a, "agree@800 in@910 out@1000 confirm*@1001");
    struct assignment_event e = correction(&a, 900, 1020);
    e.values.in = moment_told(e.values.in.wall_ms);
    assert_int_equal(assignment_apply(&a, &e), ANSWER_CORRECTED);
    assignment_minutes(&a, &h);
    assert_int_equal(h.minutes, 120);
    assert_false(h.confirmed); /* what was confirmed was another time */
    assert_true(h.sure && a.now.accepted);
    assert_int_equal(a.history_count, 5);
    const struct assignment_change *c = &a.history[4];
    assert_int_equal(c->reason, REASON_FORGOTTEN_OUT);
    assert_true(uid_eq(c->staff, day_uid(9999)));
    assert_int_equal(c->earlier.minutes_confirmed, 90);
    assert_true(c->earlier.in.wall_ms == day_at(910).wall_ms);
    assert_int_equal(play(&a, "undo+@1110"), ANSWER_UNDONE);
    assert_int_equal(a.now.minutes_confirmed, 90);
}

static void test_correction_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int in, out, from, until;
    } bad[] = {
        {"out before in", 1000, 990, 0, 0},       {"out alone", 0, 1000, 0, 0},
        {"a day long", 900, 900 + 1441, 0, 0},    {"another day", 900 - 1441, 0, 0, 0},
        {"break before", 900, 1020, 890, 910},    {"break after", 900, 1020, 1010, 1021},
        {"break backwards", 900, 1020, 960, 950}, {"break not ended", 900, 1020, 960, 0},
        {"break alone", 0, 0, 950, 970},
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct assignment a = day_assignment(1);
        struct assignment_event e = correction(&a, bad[i].in, bad[i].out);
        e.values.break_count = bad[i].from > 0;
        e.values.breaks[0].from = day_at(bad[i].from);
        e.values.breaks[0].until =
            bad[i].until ? day_at(bad[i].until) : (struct moment){0};
        if (assignment_apply(&a, &e) != ANSWER_CORRECT_TIMES || a.history_count != 0) {
            fail_msg("%s", bad[i].name);
        }
    }
}

static void test_correction_needs_staff_and_reason(void **state)
{
    (void)state;
    struct assignment a = day_assignment(1);
    struct assignment_event e = correction(&a, 900, 1020);
    e.reason = REASON_NONE;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_NEEDS_REASON);
    e.reason = ASSIGNMENT_REASON_COUNT;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_NEEDS_REASON);
    e.reason = REASON_OTHER;
    e.staff = day_uid(0);
    assert_int_equal(assignment_apply(&a, &e), ANSWER_NEEDS_STAFF);
    e.by = BY_SITE_CODE;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_NEEDS_STAFF);
    e.by = BY_STAFF;
    e.staff = day_uid(9999);
    e.values.break_count = ASSIGNMENT_BREAKS_MAX + 1;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_CORRECT_TIMES);
    e.values.break_count = 0;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_CORRECTED);
    assert_int_equal(a.now.state, ASSIGNMENT_GONE);
    e = correction(&a, 0, 0); /* was never there after all */
    assert_int_equal(assignment_apply(&a, &e), ANSWER_CORRECTED);
    assert_int_equal(a.now.state, ASSIGNMENT_EXPECTED);
}

static void test_confirm_another_number(void **state)
{
    (void)state;
    struct assignment a = day_assignment(1);
    struct assignment_hours h;
    play(&a, "agree@800 in@900 out@1020");
    struct assignment_event e = day_event(&a, JOB_CONFIRM, BY_SITE_CODE, 1030);
    e.minutes = 121;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_CONFIRM_DIFFERS);
    e = day_event(&a, JOB_CONFIRM, BY_STAFF, 1030);
    e.reason = REASON_NONE;
    e.minutes = 150;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_NEEDS_REASON);
    e.reason = REASON_LONGER;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_CONFIRMED);
    assignment_minutes(&a, &h);
    assert_true(h.confirmed && h.minutes == 150);
    e.minutes = -1;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_CONFIRM_RANGE);
    e.minutes = 1441;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_CONFIRM_RANGE);
    e.minutes = 1440;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_CONFIRMED);
}

/* ---- clocks ---- */

static void test_unsure_clock(void **state)
{
    (void)state;
    struct assignment a = day_assignment(1);
    struct assignment_hours h;
    play(&a, "agree@800");
    struct assignment_event e = day_event(&a, JOB_CHECK_IN, BY_KIOSK, 0);
    e.at = (struct moment){1000, 7, 60000, MOMENT_UNSURE};
    assert_int_equal(assignment_apply(&a, &e), ANSWER_IN_TIME_UNSURE);
    e.kind = JOB_CHECK_OUT;
    e.at.mono_ms += ASSIGNMENT_SOON_MS - 1;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_OUT_SOON);
    e.at.mono_ms = 60000 + 60 * 60000;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_OUT_TIME_UNSURE);
    assignment_minutes(&a, &h);
    assert_int_equal(h.minutes,
                     60); /* of one boot: the length is known, the time is not */
    assert_false(h.sure);
    e = day_event(&a, JOB_CONFIRM, BY_SITE_CODE, 1030);
    e.minutes = 60;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_CONFIRM_DIFFERS);
    e = day_event(&a, JOB_CONFIRM, BY_STAFF, 1030);
    e.minutes = 60;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_CONFIRMED);
}

static void test_clock_set_back(void **state)
{
    (void)state;
    struct assignment a = day_assignment(1);
    struct assignment_hours h;
    play(&a, "agree@800 in@900");
    struct assignment_event e = day_event(&a, JOB_CHECK_OUT, BY_KIOSK, 890);
    e.at.boot = 2;
    assert_int_equal(assignment_apply(&a, &e), ANSWER_OUT_TIME_UNSURE);
    assignment_minutes(&a, &h);
    assert_int_equal(h.minutes, 0);
    assert_false(h.sure);
    assert_false(assignment_out_forgotten(&a, &e.at));
}

static void test_what_staff_should_see(void **state)
{
    (void)state;
    struct assignment a = day_assignment(1);
    struct moment end = day_at(1020), before = day_at(1019), late = day_at(1080);
    struct moment later = day_at(1081), unsure = later;
    unsure.uncertainty_ms = ASSIGNMENT_SURE_MS + 1;
    assert_true(assignment_seems_missed(&a, &end));
    assert_false(assignment_seems_missed(&a, &before));
    assert_false(assignment_seems_missed(&a, &unsure));
    assert_int_equal(assignment_scan_means(&a), JOB_CHECK_IN);
    play(&a, "agree@800 in@900");
    assert_int_equal(assignment_scan_means(&a), JOB_CHECK_OUT);
    assert_false(assignment_out_forgotten(&a, &late));
    assert_true(assignment_out_forgotten(&a, &later));
    assert_false(assignment_out_forgotten(&a, &unsure));
    play(&a, "rest@950");
    assert_int_equal(assignment_scan_means(&a), JOB_BREAK_END);
}

/* ---- properties ---- */

static struct assignment_event random_event(const struct rng *rng, unsigned id)
{
    struct assignment a = day_assignment(id);
    struct assignment_event e =
        day_event(&a, (enum assignment_event_kind)rng_below(rng, ASSIGNMENT_EVENT_COUNT),
                  (enum assignment_by)rng_below(rng, ASSIGNMENT_BY_COUNT),
                  700 + (int)rng_below(rng, 500));
    e.minutes = (int)rng_below(rng, 200);
    e.reason = (enum assignment_reason)rng_below(rng, ASSIGNMENT_REASON_COUNT);
    e.at.boot += rng_below(rng, 8) == 0;
    e.at.uncertainty_ms = rng_below(rng, 8) == 0 ? MOMENT_UNSURE : 0;
    e.values.in = day_at(800 + (int)rng_below(rng, 200));
    e.values.out = day_at(900 + (int)rng_below(rng, 200));
    return e;
}

static void check_invariants(const struct assignment *a, const struct assignment *before,
                             enum assignment_answer answer)
{
    struct assignment_hours h;
    assignment_minutes(a, &h);
    bool recorded = assignment_words(answer)->recorded;
    assert_int_equal(a->history_count, before->history_count + recorded);
    if (!recorded) {
        assert_memory_equal(a, before, sizeof *a);
    } else { /* what was there before is kept as it was */
        assert_memory_equal(&a->history[before->history_count].earlier, &before->now,
                            sizeof before->now);
        assert_memory_equal(a->history, before->history,
                            (size_t)before->history_count * sizeof a->history[0]);
    }
    assert_true(h.minutes >= 0 && h.minutes <= MINUTES_PER_DAY && h.rest >= 0);
    assert_true(h.confirmed || h.minutes <= a->work.end - a->work.start);
    assert_true(a->now.state != ASSIGNMENT_GONE ||
                (moment_is(&a->now.in) && moment_is(&a->now.out)));
    assert_true(a->now.state != ASSIGNMENT_THERE || moment_is(&a->now.in));
}

#define PEOPLE 4
#define EVENTS 40
#define ROUNDS 400

/* Any interleaving that keeps each person's own order gives each person the same. */
static void test_others_change_nothing(void **state)
{
    (void)state;
    uint64_t seed = 20261127;
    struct rng rng = fake_rng(&seed);
    static struct assignment mixed[PEOPLE], alone[PEOPLE], before;
    for (int round = 0; round < ROUNDS; round++) {
        for (unsigned p = 0; p < PEOPLE; p++) {
            mixed[p] = alone[p] = day_assignment(p + 1);
        }
        static struct assignment_event events[EVENTS];
        for (int i = 0; i < EVENTS; i++) {
            unsigned who = rng_below(&rng, PEOPLE);
            events[i] = random_event(&rng, who + 1);
            for (unsigned p = 0; p < PEOPLE; p++) { /* everybody hears everything */
                before = mixed[p];
                enum assignment_answer answer = assignment_apply(&mixed[p], &events[i]);
                assert_true(p == who || answer == ANSWER_WRONG_JOB);
                check_invariants(&mixed[p], &before, answer);
            }
        }
        for (unsigned p = PEOPLE; p-- > 0;) { /* one person after the other */
            for (int i = 0; i < EVENTS; i++) {
                if (uid_eq(events[i].assignment, alone[p].id)) {
                    (void)assignment_apply(&alone[p], &events[i]);
                }
            }
            assert_memory_equal(&mixed[p], &alone[p], sizeof alone[p]);
        }
    }
}

static void test_full_history_changes_nothing(void **state)
{
    (void)state;
    static struct assignment a, before;
    a = day_assignment(1);
    play(&a, "agree@800");
    while (a.history_count < ASSIGNMENT_HISTORY_MAX) {
        assert_int_equal(play(&a, "undo+@900"), ANSWER_UNDONE);
    }
    before = a;
    assert_int_equal(play(&a, "undo+@900"), ANSWER_FULL);
    assert_memory_equal(&a, &before, sizeof a);
}

static void test_breaks_full(void **state)
{
    (void)state;
    struct assignment a = day_assignment(1);
    play(&a, "agree@800 in@900 rest@901 work@902 rest@903 work@904 rest@905 work@906 "
             "rest@907 work@908");
    assert_int_equal(play(&a, "rest@910"), ANSWER_BREAK_FULL);
}

static void test_from_wish(void **state)
{
    (void)state;
    struct assignment a = day_assignment(3);
    assert_true(uid_eq(a.id, day_uid(3)) && uid_eq(a.participant, day_uid(1003)));
    assert_string_equal(a.title, "Handyhilfe im Seniorencafé");
    assert_int_equal(a.now.minutes_confirmed, -1);
    assert_int_equal(a.now.missed_reason, -1);
    assert_int_equal(day_do(&a, JOB_AGREE, 800), ANSWER_AGREED);
    assert_int_equal(day_staff(&a, JOB_MISS, 931), ANSWER_MISSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ways),
        cmocka_unit_test(test_every_answer_has_words_and_places),
        cmocka_unit_test(test_hours),
        cmocka_unit_test(test_seconds_of_a_rest),
        cmocka_unit_test(test_rest_of_the_law),
        cmocka_unit_test(test_correction_keeps_both),
        cmocka_unit_test(test_correction_refused),
        cmocka_unit_test(test_correction_needs_staff_and_reason),
        cmocka_unit_test(test_confirm_another_number),
        cmocka_unit_test(test_unsure_clock),
        cmocka_unit_test(test_clock_set_back),
        cmocka_unit_test(test_what_staff_should_see),
        cmocka_unit_test(test_others_change_nothing),
        cmocka_unit_test(test_full_history_changes_nothing),
        cmocka_unit_test(test_breaks_full),
        cmocka_unit_test(test_from_wish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
