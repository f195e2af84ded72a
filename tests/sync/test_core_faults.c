/* The centre's disk fails at its n-th write, or the power goes.
 *
 * Two kiosks and a third that is enrolled on the way send what they have, over a disk in
 * memory (vfs_crash.h). Whatever was answered 200 or 201 must be there after the restart;
 * whatever was not is there whole or not at all; chains, effects and the feed agree; and
 * going on from the cursor brings all of it. */
#include "support/vfs_crash.h"
#include "unit/server/town.h"

#define VFS "core-crash"
#define KIOSKS 3
#define LINES 9

#if defined(__SANITIZE_ADDRESS__)
#define STRIDE 5
#else
#define STRIDE 1
#endif

struct drama {
    struct town town;
    struct vfs_crash *vfs;
    struct kiosk kiosks[KIOSKS];
    struct enrol_code code; /* of the third */
    bool enrolled;          /* and it was told so */
    int64_t acked[KIOSKS], signed_seq[KIOSKS];
    int64_t seen_rev;
    const char *what;
    int nth;
};

static void hold(struct drama *drama, bool ok, const char *what)
{
    if (!ok) {
        fail_msg("%s, fault at %d: %s", drama->what, drama->nth, what);
    }
}

/* ---- the play ---------------------------------------------------------------------- */

static void fill_log(struct kiosk *kiosk)
{
    char line[256];
    for (int n = 1; n <= LINES; n++) {
        if (n % 3 == 0) {
            snprintf(line, sizeof line, "no line at all: %d", n);
            kiosk_line(kiosk, line);
        } else {
            kiosk_event(kiosk, "odd.kind", "{}"); /* becomes a row of the feed */
        }
    }
}

static void set_up(struct drama *drama, const char *what, int nth)
{
    struct town *town = &drama->town;
    drama->what = what;
    drama->nth = nth;
    memset(town, 0, sizeof *town);
    vfs_crash_wipe(drama->vfs);
    hall_make(&town->hall);
    town->hall.vfs = VFS;
    hall_open(&town->hall);
    town->time = (struct fake_clock){TOWN_NOW, 1000};
    town->seed = 11;
    town->rng = fake_rng(&town->seed);
    town->centre = (struct uid){{7}};
    town_keys(town);
    town_exec(town, "INSERT INTO organisation (id, name) VALUES"
                    " (x'01000000000000000000000000000000', 'Verein')");
    town_centre(town, town->centre);
    town_core(town);
    for (int i = 0; i < KIOSKS; i++) {
        if (i < 2) {
            kiosk_join(town, &drama->kiosks[i]);
        } else {
            kiosk_make(town, &drama->kiosks[i]);
        }
        fill_log(&drama->kiosks[i]);
        drama->acked[i] = drama->signed_seq[i] = 0;
    }
    drama->code = town_code(town, town->centre);
    drama->enrolled = false;
    drama->seen_rev = 0;
}

static void note(struct drama *drama, int i)
{
    struct kiosk *kiosk = &drama->kiosks[i];
    if (kiosk->status == 200) {
        drama->acked[i] = kiosk_number(kiosk, "seq");
        drama->signed_seq[i] = kiosk_number(kiosk, "signed");
    }
}

static void send(struct drama *drama, int i, int64_t from, int64_t to)
{
    kiosk_upload(&drama->town, &drama->kiosks[i], from, to);
    note(drama, i);
}

/* Two uploads in one transaction, the second cut behind its first check. */
static void send_two(struct drama *drama)
{
    struct core_job jobs[2];
    struct wire_pack *pack;
    assert_int_equal(wire_pack_make(WIRE_PLAIN, &pack), ERR_OK);
    for (int i = 0; i < 2; i++) {
        struct kiosk *kiosk = &drama->kiosks[i];
        jobs[i] = (struct core_job){
            .what = CORE_UPLOAD, .token = str_of(kiosk->token), .epoch = 1};
        assert_int_equal(wire_upload_make(WIRE_PLAIN, &jobs[i].upload), ERR_OK);
        kiosk_pack(kiosk, 4, 7, 2, pack);
        struct str body = wire_pack_body(pack);
        assert_int_equal(
            wire_upload_feed(jobs[i].upload, body.ptr, i ? body.len * 2 / 3 : body.len),
            ERR_OK);
    }
    core_run(drama->town.core, jobs, 2);
    core_settle(drama->town.core);
    for (int i = 0; i < 2; i++) {
        kiosk_answer(&drama->kiosks[i], &jobs[i]);
        wire_upload_free(jobs[i].upload);
    }
    note(drama, 0);
    wire_pack_free(pack);
}

static void look_at_feed(struct drama *drama)
{
    struct core_job job = {.what = CORE_FEED, .token = str_of(drama->kiosks[0].token)};
    core_run(drama->town.core, &job, 1);
    if (job.status == 200) {
        struct wire_row rows[64];
        struct wire_page_end end;
        size_t count;
        enum err err = wire_page_read(bytes_str(&job.reply), drama->town.centre, 0,
                                      &drama->town.server, rows, 64, &count, &end, NULL);
        hold(drama, err == ERR_OK, "a page that cannot be read");
        hold(drama, end.to >= drama->seen_rev, "a revision went back");
        hold(drama, (int64_t)count == end.live, "rows and their number differ");
        drama->seen_rev = end.to;
    }
    bytes_free(&job.reply);
}

static void enrol_third(struct drama *drama)
{
    if (kiosk_enrol(&drama->town, &drama->kiosks[2], &drama->code) == 201) {
        drama->enrolled = true;
    }
    if (drama->enrolled && kiosk_session(&drama->town, &drama->kiosks[2]) == 200) {
        send(drama, 2, 1, 5);
    }
}

static void play(struct drama *drama)
{
    send(drama, 0, 1, 3);
    send(drama, 1, 1, 3);
    look_at_feed(drama);
    send_two(drama);
    enrol_third(drama);
    look_at_feed(drama);
    send(drama, 0, drama->acked[0] + 1, 9);
    look_at_feed(drama);
}

/* ---- afterwards -------------------------------------------------------------------- */

static void reopen(struct drama *drama)
{
    struct town *town = &drama->town;
    hall_open(&town->hall);
    town_core(town);
    hold(drama, storage_check(town->hall.storage, &town->hall.said) == ERR_OK,
         "the file is not in order");
}

static int64_t events_of(struct drama *drama, const char *sql, int i)
{
    int64_t value = -1;
    struct ask ask = ask_on(drama->town.hall.storage, sql);
    ask_uid(&ask, ":dev", &drama->kiosks[i].dev);
    if (ask_row(&ask)) {
        value = ask_get_int(&ask, 0);
    }
    assert_int_equal(ask_done(&ask), ERR_OK);
    return value;
}

static void check_log(struct drama *drama, int i)
{
    struct kiosk *kiosk = &drama->kiosks[i];
    char head[64];
    int64_t seq = kiosk_cursor(&drama->town, kiosk);
    hold(drama, seq >= drama->acked[i] || (seq == -1 && drama->acked[i] == 0),
         "what was acknowledged is not there");
    seq = seq < 0 ? 0 : seq;
    hold(drama, events_of(drama, "SELECT count(*) FROM event WHERE dev = :dev", i) == seq,
         "log and events differ");
    hold(drama,
         events_of(drama, "SELECT count(*) FROM parked WHERE dev = :dev", i) == seq,
         "events and what is parked differ");
    if (seq > 0) {
        b64_format(kiosk->heads[seq].b, 32, head);
        hold(drama, strcmp(kiosk_text(kiosk, "head"), head) == 0, "heads differ");
        hold(drama, kiosk_number(kiosk, "signed") >= drama->signed_seq[i],
             "a signature is lost");
    }
}

static void check(struct drama *drama)
{
    hold(drama,
         !drama->enrolled ||
             events_of(drama, "SELECT count(*) FROM device WHERE id = :dev", 2) == 1,
         "a kiosk that was enrolled is not known");
    look_at_feed(drama);
    for (int i = 0; i < KIOSKS; i++) {
        if (i < 2 || drama->kiosks[i].token[0]) {
            check_log(drama, i);
        }
    }
    int64_t parked = town_number(&drama->town, "SELECT count(*) FROM parked");
    int64_t rows =
        town_number(&drama->town, "SELECT count(*) FROM feed WHERE kind = 'verdict'");
    hold(drama, parked == rows, "the feed does not say what is parked");
}

static void go_on(struct drama *drama)
{
    if (kiosk_enrol(&drama->town, &drama->kiosks[2], &drama->code) != 201 ||
        kiosk_session(&drama->town, &drama->kiosks[2]) != 200) {
        hold(drama, false, "enrolling again is refused");
    }
    for (int i = 0; i < KIOSKS; i++) {
        int64_t seq = kiosk_cursor(&drama->town, &drama->kiosks[i]);
        seq = seq < 0 ? 0 : seq;
        send(drama, i, seq + 1, LINES);
        hold(drama, drama->acked[i] == LINES && drama->signed_seq[i] == LINES,
             "it does not go on");
        check_log(drama, i);
    }
}

static void tear_down(struct drama *drama)
{
    for (int i = 0; i < KIOSKS; i++) {
        kiosk_done(&drama->kiosks[i]);
    }
    town_done(&drama->town);
}

/* ---- all faults -------------------------------------------------------------------- */

static void run(const char *what, enum crash_fault fault, enum crash_loss loss)
{
    static struct drama drama;
    bool struck = true;
    int runs = 0;
    drama.vfs = vfs_crash_make(VFS);
    for (int nth = 1; struck; nth += STRIDE, runs++) {
        set_up(&drama, what, nth);
        vfs_crash_arm(drama.vfs, fault, nth);
        play(&drama);
        struck = vfs_crash_struck(drama.vfs);
        core_free(drama.town.core);
        hall_close(&drama.town.hall);
        if (fault == CRASH_POWER) {
            vfs_crash_lose_power(drama.vfs);
            vfs_crash_restart(drama.vfs, loss, (uint64_t)nth);
        }
        vfs_crash_arm(drama.vfs, CRASH_NONE, 0);
        reopen(&drama);
        check(&drama);
        go_on(&drama);
        tear_down(&drama);
    }
    assert_true(runs > 8);
    vfs_crash_free(drama.vfs);
}

static void test_write_error(void **state)
{
    (void)state;
    run("write error", CRASH_IOERR, CRASH_KEEP);
}

static void test_full_disk(void **state)
{
    (void)state;
    run("disk full", CRASH_FULL, CRASH_KEEP);
}

static void test_power_loss_all_survives(void **state)
{
    (void)state;
    run("power loss, all survives", CRASH_POWER, CRASH_KEEP);
}

static void test_power_loss_nothing_survives(void **state)
{
    (void)state;
    run("power loss, nothing unsynced survives", CRASH_POWER, CRASH_DROP);
}

static void test_power_loss_torn(void **state)
{
    (void)state;
    run("power loss, torn", CRASH_POWER, CRASH_TEAR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_write_error),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_power_loss_all_survives),
        cmocka_unit_test(test_power_loss_nothing_survives),
        cmocka_unit_test(test_power_loss_torn),
    };
    return proof_init() == ERR_OK ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
