/* Faults of the disk while the kiosk saves what comes after a wish, and while it forgets
 * (faults.h). People, wish and answer are there before the first fault. */
#include "fault/faults.h"
#include "store/forget.h"
#include "store/jobs.h"
#include "store/voices.h"

#include <sqlite3.h>

#define JOB uid_of('W', 4)
#define PERSON uid_of('P', 1)
#define STAFF uid_of('S', 1)

/* ---- steps ------------------------------------------------------------------------- */

static enum err do_job(struct run *run, int n)
{
    static const enum assignment_event_kind events[] = {JOB_AGREE, JOB_CHECK_IN,
                                                        JOB_CORRECT, JOB_CONFIRM};
    struct job_brief brief;
    enum assignment_answer answer;
    int64_t day_ms = (int64_t)TODAY * 86400000 - 3600000;
    struct moment start = {day_ms + 960 * 60000, 1, 5000, 0};
    struct assignment_event e = {.kind = events[n],
                                 .assignment = JOB,
                                 .at = start,
                                 .by = BY_STAFF,
                                 .staff = STAFF,
                                 .reason = REASON_OTHER};
    e.values.in = start;
    e.values.out = start;
    e.values.out.wall_ms += 3600000;
    e.values.out.mono_ms += 3600000;
    if (n > 0 && !has_event(run, uid_of('J', n - 1))) {
        return ERR_DENIED; /* each builds on the one before, also when tried again */
    }
    enum err err = store_job_event(run->store, uid_of('J', n), &e, &answer, &brief);
    return err == ERR_OK && !assignment_words(answer)->recorded ? ERR_DENIED : err;
}

static void fill(struct store_blob *blob, size_t len)
{
    blob->len = len;
    memset(blob->bytes, 0x77, len);
}

static enum err do_view(struct run *run, int n)
{
    static struct store_view view;
    view = (struct store_view){
        .id = uid_of('V', n), .assignment = JOB, .side = n == 1 ? SIDE_SELF : SIDE_SITE};
    fill(&view.for_team, 304);
    fill(&view.for_person, 304);
    fill(&view.for_centre, 304);
    fill(&view.words_for_team, 1072);
    fill(&view.words_for_centre, 1072);
    return store_view_put(run->store, &view);
}

static enum err do_evaluation(struct run *run, int n)
{
    static const enum evaluation_event_kind events[] = {
        EVALUATION_TALK, EVALUATION_TALKED, EVALUATION_RELEASE, EVALUATION_NEXT};
    struct job_brief brief;
    enum evaluation_answer answer;
    struct evaluation_event e = {.kind = events[n]};
    enum err err = store_evaluation_event(run->store, uid_of('G', n), JOB, STAFF, &e,
                                          &answer, &brief);
    return err == ERR_OK && answer != EVALUATION_OK ? ERR_DENIED : err;
}

static enum err do_note(struct run *run, int n)
{
    static struct store_note note;
    note = (struct store_note){.id = uid_of('O', n), .assignment = JOB, .staff = STAFF};
    fill(&note.for_team, 560);
    fill(&note.for_centre, 560);
    return store_note_put(run->store, &note);
}

static enum err do_person_key(struct run *run, int n)
{
    uint8_t key[STORE_PUBLIC_KEY_SIZE] = {(uint8_t)n};
    return store_person_key_put(run->store, PERSON, key);
}

static enum err do_team_key(struct run *run, int n)
{
    uint8_t key[STORE_PUBLIC_KEY_SIZE] = {(uint8_t)n};
    return store_team_key_put(run->store, key);
}

static enum err do_wrap(struct run *run, int n)
{
    (void)n;
    return store_team_wrap_put(run->store, STAFF, "WRAP");
}

static enum err look_at_item(void *ctx, const struct store_sheet_item *item)
{
    *(int *)ctx = item->sealed.len == 1328 ? item->revision : -1;
    return ERR_OK;
}

static bool has_sheet(struct run *run, struct uid id)
{
    int revision = -1;
    assert_int_equal(store_sheet_each(run->store, PERSON, look_at_item, &revision),
                     ERR_OK);
    return revision >= id.b[1];
}

static enum err do_sheet(struct run *run, int n)
{
    static struct store_sheet_item item;
    if (n > 0 && !has_sheet(run, uid_of(0, n - 1))) {
        return ERR_DENIED;
    }
    item = (struct store_sheet_item){.participant = PERSON, .job = JOB, .revision = n};
    fill(&item.sealed, 1328);
    return store_sheet_put(run->store, &item);
}

static enum err do_propose(struct run *run, int n)
{
    static struct store_proposal p;
    p = (struct store_proposal){.participant = PERSON};
    p.item = (struct voice_item){
        .id = uid_of('I', n), .kind = VOICE_IDEA, .words = uid_of('w', n)};
    fill(&p.words_for_team, 304);
    fill(&p.words_for_centre, 304);
    return store_voice_propose(run->store, &p);
}

static enum err do_voice(struct run *run, int n)
{
    if (n == VOICE_STAFF_ANSWER && !has_event(run, uid_of('K', 1))) {
        return ERR_DENIED; /* nobody could vote any more */
    }
    return store_voice_staff(run->store, uid_of('Q', n), uid_of('I', 1), STAFF,
                             (enum voice_staff_kind)n, STR("Licht am Weg"));
}

static enum err do_cast(struct run *run, int n)
{
    return store_voice_cast(run->store, uid_of('K', n), uid_of('I', 1), PERSON,
                            CHOICE_FOR);
}

static enum err do_forget_person(struct run *run, int n)
{
    return store_forget_person(run->store, uid_of('X', n), uid_of('P', n), STAFF);
}

#define DAY_MS 86400000

static enum err do_enrol_long_ago(struct run *run, int n)
{
    run->time.wall_ms -= 100 * (int64_t)DAY_MS;
    enum err err = do_enrol(run, n);
    run->time.wall_ms += 100 * (int64_t)DAY_MS;
    return err;
}

/* Person 4, and nobody else, was not here for long. */
static enum err do_forget(struct run *run, int n)
{
    struct store_forgotten forgotten;
    (void)n;
    return store_forget(run->store, 0, 60, &forgotten);
}

/* ---- is it there? ------------------------------------------------------------------ */

static bool has_person_key(struct run *run, struct uid id)
{
    uint8_t key[STORE_PUBLIC_KEY_SIZE];
    enum err err = store_person_key_get(run->store, PERSON, key);
    return err == ERR_OK && key[0] == id.b[1];
}

static bool has_team_key(struct run *run, struct uid id)
{
    uint8_t key[STORE_PUBLIC_KEY_SIZE];
    (void)id;
    return store_team_key_get(run->store, key) == ERR_OK;
}

static bool has_wrap(struct run *run, struct uid id)
{
    char wrap[8];
    (void)id;
    return store_team_wrap_get(run->store, STAFF, wrap, sizeof wrap) == ERR_OK;
}

static bool has_forgotten(struct run *run, struct uid id)
{
    struct participant who;
    (void)id;
    return store_person_by_id(run->store, uid_of('P', 4), &who) == ERR_NOT_FOUND;
}

/* clang-format off */
static const struct step steps[] = {
    {"enrol 4",   do_enrol_long_ago, 4, has_event, 'E', false},
    {"staff",     do_staff,   1, has_event, 'S', false},
    {"enrol",     do_enrol,   1, has_event, 'E', false},
    {"wish",      do_wish,    4, has_event, 'W', false},
    {"confirm",   do_confirm, 4, has_event, 'D', false},
    {"enrol 3",   do_enrol,   3, has_event, 'E', false},
    {"unfit 3",   do_unfit,   3, has_event, 'F', false},
#define CALM 7
    {"agree",     do_job,     0, has_event, 'J', false},
    {"in",        do_job,     1, has_event, 'J', false},
    {"key",       do_person_key, 1, has_person_key, 0, false},
    {"team key",  do_team_key, 1, has_team_key, 0, false},
    {"wrap",      do_wrap,    0, has_wrap, 0, false},
    {"correct",   do_job,     2, has_event, 'J', false},
    {"talk",      do_evaluation, 0, has_event, 'G', false},
    {"self",      do_view,    1, has_event, 'V', false},
    {"site",      do_view,    2, has_event, 'V', false},
    {"talked",    do_evaluation, 1, has_event, 'G', false},
    {"hours",     do_job,     3, has_event, 'J', false},
    {"note",      do_note,    1, has_event, 'O', false},
    {"reopen",    do_reopen,  0, NULL, 0, false},
    {"release",   do_evaluation, 2, has_event, 'G', false},
    {"next",      do_evaluation, 3, has_event, 'G', false},
    {"sheet",     do_sheet,   0, has_sheet, 0, false},
    {"forget 3",  do_forget_person, 3, has_event, 'X', false},
    {"newer sheet", do_sheet, 1, has_sheet, 0, false},
    {"propose",   do_propose, 1, has_event, 'I', false},
    {"open",      do_voice,   0, has_event, 'Q', false},
    {"cast",      do_cast,    1, has_event, 'K', false},
    {"answer",    do_voice,   1, has_event, 'Q', false},
    {"forget",    do_forget,  0, has_forgotten, 0, false},
    {"last reopen", do_reopen, 0, NULL, 0, false},
};
/* clang-format on */

/* ---- what else must hold ----------------------------------------------------------- */

static void check_view(struct run *run, enum form_side side, int n)
{
    static struct store_view view;
    bool there = has_event(run, uid_of('V', n));
    bool talk = has_event(run, uid_of('G', 0)) && !has_event(run, uid_of('G', 1));
    bool told = has_event(run, uid_of('G', 3)) && !talk;
    enum err err = store_view_get(run->store, JOB, side, &view);
    hold(run, err == (there ? ERR_OK : ERR_NOT_FOUND), "view without fact", "");
    hold(run, !there || (view.for_team.len > 0) == !told, "the team's copy", "");
    hold(run, !there || view.for_person.len == 304, "the person's copy", "");
}

static void check_kept(struct run *run)
{
    struct store_note notes[2];
    struct store_blob words;
    size_t count = 0;
    assert_int_equal(store_notes_get(run->store, JOB, notes, 2, &count), ERR_OK);
    hold(run, count == has_event(run, uid_of('O', 1)), "note without fact", "");
    hold(run, count == 0 || notes[0].for_team.len == 560, "note without words", "");
    enum err err = store_voice_words(run->store, uid_of('I', 1), &words);
    bool proposed = has_event(run, uid_of('I', 1));
    hold(run, err == (proposed ? ERR_OK : ERR_NOT_FOUND), "proposal without words", "");
}

/* Whoever is gone has left nothing, whoever is not has all. */
static void check_gone(struct run *run, int n, bool gone)
{
    struct participant who;
    char secret[STORE_HASH_SIZE] = "";
    struct store_enrolment e = enrolment(n);
    enum err err = store_person_by_alias(run->store, str_of(e.who.alias), &who, secret);
    hold(run, (err == ERR_OK) == !gone, "person gone or not", e.who.alias);
    hold(run, (secret[0] != '\0') == !gone, "secret gone or not", e.who.alias);
    err = store_person_by_card(run->store, e.card, &who);
    hold(run, (err == ERR_OK) == !gone, "card gone or not", e.who.alias);
}

static void check_all(struct run *run)
{
    check_view(run, SIDE_SELF, 1);
    check_view(run, SIDE_SITE, 2);
    check_kept(run);
    check_gone(run, 1, false);
    check_gone(run, 3, has_event(run, uid_of('X', 3)));
    hold(run, sql_number(run->state, VFS, "SELECT open FROM forgetting") == 0,
         "the door is open", "");
}

static const struct scenario scenario = {steps, ARRAY_LEN(steps), CALM, check_all, 300};

/* ---- faults ------------------------------------------------------------------------ */

static void test_power_loss(void **state)
{
    (void)state;
    run_all(&scenario, &(struct mode){"power loss, torn", CRASH_POWER, true, CRASH_TEAR,
                                      1000, 7, 0});
    run_all(&scenario, &(struct mode){"power loss, torn", CRASH_POWER, true, CRASH_TEAR,
                                      2001, 7, 1});
    run_all(&scenario, &(struct mode){"power loss, kept", CRASH_POWER, true, CRASH_KEEP,
                                      3002, 7, 1});
    run_all(&scenario, &(struct mode){"power loss, dropped", CRASH_POWER, true,
                                      CRASH_DROP, 4003, 7, 0});
}

static void test_error(void **state)
{
    (void)state;
    run_all(&scenario, &(struct mode){"error", CRASH_IOERR, false, CRASH_KEEP, 0, 5, 1});
    run_all(&scenario, &(struct mode){"error, then power loss", CRASH_IOERR, true,
                                      CRASH_TEAR, 5000, 7, 0});
}

static void test_full_disk(void **state)
{
    (void)state;
    run_all(&scenario,
            &(struct mode){"full disk", CRASH_FULL, false, CRASH_KEEP, 0, 5, 0});
    run_all(&scenario, &(struct mode){"full disk, then power loss", CRASH_FULL, true,
                                      CRASH_TEAR, 6001, 7, 1});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_power_loss),
        cmocka_unit_test(test_error),
        cmocka_unit_test(test_full_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
