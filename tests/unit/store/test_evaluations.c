#include "unit/store/after.h"

static struct world w;
static struct uid job;

static int setup(void **state)
{
    (void)state;
    world_init(&w);
    job = after_job(&w, 1, 7);
    after_work(&w, job, 1);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_done(&w);
    return 0;
}

static struct job_brief brief_of(void)
{
    struct job_brief brief;
    assert_int_equal(store_job_brief(w.store, job, &brief), ERR_OK);
    return brief;
}

static enum err put(int n, enum form_side side)
{
    struct store_view view = after_view(n, job, side);
    return store_view_put(w.store, &view);
}

static void test_a_view_is_kept(void **state)
{
    (void)state;
    struct store_view view = after_view(1, job, SIDE_SITE), got;
    view.staff = after_staff();
    view.wants_talk = true; /* not the site's to say */
    after_blob(&view.words_for_team, "WORDS", 560);
    assert_int_equal(store_view_put(w.store, &view), ERR_OK);
    assert_int_equal(store_view_put(w.store, &view), ERR_OK);
    assert_int_equal(store_view_get(w.store, job, SIDE_SELF, &got), ERR_NOT_FOUND);
    assert_int_equal(store_view_get(w.store, job, SIDE_SITE, &got), ERR_OK);
    assert_true(uid_eq(got.id, view.id) && uid_eq(got.staff, view.staff));
    assert_false(got.wants_talk);
    assert_int_equal(got.for_team.len, 304);
    assert_memory_equal(got.for_team.bytes, view.for_team.bytes, 304);
    assert_memory_equal(got.for_person.bytes, view.for_person.bytes, 304);
    assert_int_equal(got.words_for_team.len, 560);
    assert_int_equal(got.for_centre.len, 0); /* only in the log */
    assert_true(brief_of().site_in);
    assert_false(brief_of().self_in || brief_of().talk);
    struct store_about about;
    assert_int_equal(store_about(w.store, brief_of().wish.participant, &about), ERR_OK);
    assert_true(about.jobs == 1 && about.views == 1);
    view.for_centre.bytes[9]++;
    assert_int_equal(store_view_put(w.store, &view), ERR_CONFLICT);
    world_assert_replay_equal(&w);
}

static void test_views_change_until_both_are_in(void **state)
{
    (void)state;
    struct store_view got;
    assert_int_equal(put(1, SIDE_SELF), ERR_OK);
    assert_int_equal(put(2, SIDE_SELF), ERR_OK);
    assert_int_equal(store_view_get(w.store, job, SIDE_SELF, &got), ERR_OK);
    assert_true(uid_eq(got.id, world_uid('V', 2)));
    assert_int_equal(put(3, SIDE_SITE), ERR_OK);
    int64_t before = world_events(&w);
    assert_int_equal(put(4, SIDE_SELF), ERR_DENIED);
    assert_int_equal(put(5, SIDE_SITE), ERR_DENIED);
    assert_int_equal(put(3, SIDE_SITE), ERR_OK); /* a retry of what was saved */
    assert_int_equal(world_events(&w), before);
}

static void test_a_closed_one_takes_no_view(void **state)
{
    (void)state;
    assert_int_equal(after_decide(&w, 1, job, EVALUATION_CLOSE), EVALUATION_OK);
    assert_int_equal(put(1, SIDE_SELF), ERR_DENIED);
    assert_true(brief_of().closed);
}

static void test_talk_of_a_view(void **state)
{
    (void)state;
    struct store_view view = after_view(1, job, SIDE_SELF);
    view.wants_talk = true;
    assert_int_equal(store_view_put(w.store, &view), ERR_OK);
    assert_true(brief_of().talk);
    assert_int_equal(after_decide(&w, 1, job, EVALUATION_TALKED), EVALUATION_OK);
    assert_false(brief_of().talk);
    world_assert_replay_equal(&w);
}

static void test_decisions(void **state)
{
    (void)state;
    assert_int_equal(after_decide(&w, 1, job, EVALUATION_RELEASE), EVALUATION_NOT_YET);
    assert_int_equal(put(1, SIDE_SELF), ERR_OK);
    assert_int_equal(put(2, SIDE_SITE), ERR_OK);
    assert_int_equal(after_decide(&w, 2, job, EVALUATION_HOLD), EVALUATION_OK);
    assert_int_equal(brief_of().hold, HOLD_HURTFUL);
    assert_int_equal(after_decide(&w, 2, job, EVALUATION_HOLD), EVALUATION_OK);
    assert_int_equal(after_decide(&w, 3, job, EVALUATION_HOLD), EVALUATION_SAME);
    assert_int_equal(after_decide(&w, 4, job, EVALUATION_UNHOLD), EVALUATION_OK);
    assert_int_equal(after_decide(&w, 5, job, EVALUATION_NEXT), EVALUATION_NOT_YET);
    assert_int_equal(after_decide(&w, 6, job, EVALUATION_RELEASE), EVALUATION_OK);
    assert_true(brief_of().released);
    assert_int_equal(after_decide(&w, 7, job, EVALUATION_NEXT), EVALUATION_OK);
    assert_int_equal(brief_of().next_aspect, 1);
    assert_int_equal(brief_of().next_index, 0);
    world_assert_replay_equal(&w);
}

/* Released and told: then the person has it, and the team needs it no longer. */
static void test_what_was_told_is_closed_for_the_team(void **state)
{
    (void)state;
    struct store_view got;
    assert_int_equal(put(1, SIDE_SELF), ERR_OK);
    assert_int_equal(put(2, SIDE_SITE), ERR_OK);
    assert_int_equal(after_decide(&w, 1, job, EVALUATION_RELEASE), EVALUATION_OK);
    assert_int_equal(store_view_get(w.store, job, SIDE_SITE, &got), ERR_OK);
    assert_int_equal(got.for_team.len, 304);
    assert_int_equal(after_decide(&w, 2, job, EVALUATION_NEXT), EVALUATION_OK);
    assert_int_equal(store_view_get(w.store, job, SIDE_SITE, &got), ERR_OK);
    assert_int_equal(got.for_team.len, 0);
    assert_int_equal(got.for_person.len, 304);
}

static void test_refused(void **state)
{
    (void)state;
    struct job_brief brief;
    enum evaluation_answer answer;
    struct evaluation_event event = {.kind = EVALUATION_CLOSE};
    struct uid nobody = {{0}}, fact = world_uid('v', 1);
    assert_int_equal(
        store_evaluation_event(w.store, fact, job, nobody, &event, &answer, &brief),
        ERR_INVALID);
    event.kind = EVALUATION_SELF_IN;
    assert_int_equal(store_evaluation_event(w.store, fact, job, after_staff(), &event,
                                            &answer, &brief),
                     ERR_INVALID);
    event.kind = EVALUATION_TALK;
    assert_int_equal(store_evaluation_event(w.store, fact, world_uid('W', 9), nobody,
                                            &event, &answer, &brief),
                     ERR_NOT_FOUND);
    struct store_view view = after_view(1, world_uid('W', 9), SIDE_SELF);
    assert_int_equal(store_view_put(w.store, &view), ERR_NOT_FOUND);
    view.for_team.len = STORE_SEALED_MAX + 1;
    assert_int_equal(store_view_put(w.store, &view), ERR_INVALID);
}

static enum err find_words(void *ctx, struct str json)
{
    /* "CENTREBLOB" and what follows, as base 64 */
    bool *found = ctx;
    *found = *found || strstr(json.ptr, "Q0VOVFJFQkxPQ") != NULL;
    assert_null(strstr(json.ptr, "BLOB"));
    assert_null(strstr(json.ptr, "VEVBTUJMT0"));    /* TEAMBLOB */
    assert_null(strstr(json.ptr, "UEVSU09OQkxPQ")); /* PERSONBLOB */
    return ERR_OK;
}

static void test_the_log_has_only_what_the_centre_may_read(void **state)
{
    (void)state;
    bool found = false;
    struct store_view view = after_view(1, job, SIDE_SELF);
    after_blob(&view.words_for_centre, "CENTREBLOB words", STORE_SEALED_MAX);
    after_blob(&view.for_centre, "CENTREBLOB", STORE_SEALED_MAX);
    after_blob(&view.words_for_team, "TEAMBLOB words", STORE_SEALED_MAX);
    assert_int_equal(store_view_put(w.store, &view), ERR_OK);
    struct store_note note = {
        .id = world_uid('N', 1), .assignment = job, .staff = after_staff()};
    after_blob(&note.for_team, "TEAMBLOB", 304);
    after_blob(&note.for_centre, "CENTREBLOB", 304);
    assert_int_equal(store_note_put(w.store, &note), ERR_OK);
    assert_int_equal(store_events(w.store, 0, find_words, &found), ERR_OK);
    assert_true(found);
}

static void test_notes(void **state)
{
    (void)state;
    static struct store_note notes[3];
    size_t count = 9;
    assert_int_equal(store_notes_get(w.store, job, notes, 3, &count), ERR_OK);
    assert_int_equal(count, 0);
    for (int i = 1; i <= 2; i++) {
        struct store_note note = {
            .id = world_uid('N', i), .assignment = job, .staff = after_staff()};
        after_blob(&note.for_team, i == 1 ? "one" : "two", 304);
        assert_int_equal(store_note_put(w.store, &note), ERR_OK);
        assert_int_equal(store_note_put(w.store, &note), ERR_OK);
    }
    assert_int_equal(store_notes_get(w.store, job, notes, 3, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_memory_equal(notes[0].for_team.bytes, "one", 3);
    assert_memory_equal(notes[1].for_team.bytes, "two", 3);
    assert_int_equal(store_notes_get(w.store, job, notes, 1, &count), ERR_FULL);
    world_assert_replay_equal(&w);
}

static void test_keys(void **state)
{
    (void)state;
    uint8_t got[STORE_PUBLIC_KEY_SIZE], key[STORE_PUBLIC_KEY_SIZE] = {1, 0xfe, 3};
    struct uid person = world_uid('P', 1);
    assert_int_equal(store_person_key_get(w.store, person, got), ERR_NOT_FOUND);
    assert_int_equal(store_person_key_put(w.store, world_uid('P', 9), key),
                     ERR_NOT_FOUND);
    for (int i = 0; i < 2; i++) {
        key[5] = (uint8_t)i;
        assert_int_equal(store_person_key_put(w.store, person, key), ERR_OK);
        int64_t before = world_events(&w);
        assert_int_equal(store_person_key_put(w.store, person, key), ERR_OK);
        assert_int_equal(world_events(&w), before);
        assert_int_equal(store_person_key_get(w.store, person, got), ERR_OK);
        assert_memory_equal(got, key, sizeof key);
    }
    assert_int_equal(store_team_key_get(w.store, got), ERR_NOT_FOUND);
    assert_int_equal(store_team_key_put(w.store, key), ERR_OK);
    assert_int_equal(store_team_key_put(w.store, key), ERR_OK);
    key[7] = 7;
    assert_int_equal(store_team_key_put(w.store, key), ERR_CONFLICT);
    assert_int_equal(store_team_key_get(w.store, got), ERR_OK);
    assert_int_equal(got[7], 0);
    world_assert_replay_equal(&w);
}

static void test_wraps(void **state)
{
    (void)state;
    char got[64], alias[ALIAS_SIZE];
    struct store_staff staff = {.id = after_staff(), .alias = "Coach", .pin = "$pin"};
    assert_int_equal(store_team_wrap_put(w.store, staff.id, "WRAP1"), ERR_NOT_FOUND);
    assert_int_equal(store_staff_alias(w.store, staff.id, alias), ERR_NOT_FOUND);
    assert_int_equal(store_staff_add(w.store, &staff), ERR_OK);
    assert_int_equal(store_staff_alias(w.store, staff.id, alias), ERR_OK);
    assert_string_equal(alias, "Coach");
    assert_int_equal(store_team_wrap_get(w.store, staff.id, got, sizeof got),
                     ERR_NOT_FOUND);
    assert_int_equal(store_team_wrap_put(w.store, staff.id, "WRAP1"), ERR_OK);
    int64_t before = world_events(&w);
    assert_int_equal(store_team_wrap_put(w.store, staff.id, "WRAP1"), ERR_OK);
    assert_int_equal(world_events(&w), before);
    assert_int_equal(store_team_wrap_put(w.store, staff.id, "WRAP2"), ERR_OK);
    assert_int_equal(store_team_wrap_get(w.store, staff.id, got, sizeof got), ERR_OK);
    assert_string_equal(got, "WRAP2");
    world_assert_replay_equal(&w);
    assert_int_equal(store_team_wrap_get(w.store, staff.id, got, sizeof got), ERR_OK);
}

struct sheet_seen {
    int count, revisions;
};

static enum err count_item(void *ctx, const struct store_sheet_item *item)
{
    struct sheet_seen *seen = ctx;
    assert_int_equal(item->sealed.len, 1328);
    assert_int_equal(item->sealed.bytes[0], (uint8_t)item->revision);
    seen->count++;
    seen->revisions += item->revision;
    return ERR_OK;
}

static enum err put_item(int n, int revision)
{
    static struct store_sheet_item item;
    item = (struct store_sheet_item){
        .participant = world_uid('P', 1), .job = world_uid('W', n), .revision = revision};
    after_blob(&item.sealed, "", 1328);
    item.sealed.bytes[0] = (uint8_t)revision;
    return store_sheet_put(w.store, &item);
}

static void test_sheet(void **state)
{
    (void)state;
    struct sheet_seen seen = {0};
    assert_int_equal(put_item(1, 1), ERR_OK);
    assert_int_equal(put_item(1, 3), ERR_OK);
    assert_int_equal(put_item(1, 2), ERR_OK); /* older: the newer one stays */
    assert_int_equal(put_item(2, 0), ERR_OK);
    assert_int_equal(store_sheet_each(w.store, world_uid('P', 1), count_item, &seen),
                     ERR_OK);
    assert_int_equal(seen.count, 2);
    assert_int_equal(seen.revisions, 3);
    struct store_about about;
    assert_int_equal(store_about(w.store, world_uid('P', 1), &about), ERR_OK);
    assert_int_equal(about.items, 2);
    seen.count = 0;
    assert_int_equal(store_sheet_each(w.store, world_uid('P', 2), count_item, &seen),
                     ERR_OK);
    assert_int_equal(seen.count, 0);
    world_assert_replay_equal(&w);
    assert_int_equal(put_item(3, -1), ERR_INVALID);
}

static void test_sheet_is_bounded(void **state)
{
    (void)state;
    struct sheet_seen seen = {0};
    for (int i = 0; i <= STORE_SHEET_MAX; i++) {
        assert_int_equal(put_item(i, 0), i < STORE_SHEET_MAX ? ERR_OK : ERR_FULL);
    }
    assert_int_equal(put_item(7, 1), ERR_OK);
    assert_int_equal(store_sheet_each(w.store, world_uid('P', 1), count_item, &seen),
                     ERR_OK);
    assert_int_equal(seen.count, STORE_SHEET_MAX);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(test_a_view_is_kept),
        CASE(test_views_change_until_both_are_in),
        CASE(test_a_closed_one_takes_no_view),
        CASE(test_talk_of_a_view),
        CASE(test_decisions),
        CASE(test_what_was_told_is_closed_for_the_team),
        CASE(test_refused),
        CASE(test_the_log_has_only_what_the_centre_may_read),
        CASE(test_notes),
        CASE(test_keys),
        CASE(test_wraps),
        CASE(test_sheet),
        CASE(test_sheet_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
