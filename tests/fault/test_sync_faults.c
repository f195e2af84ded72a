/* Faults of the disk while the kiosk belongs to a centre: enrolled, pages down, places
 * taken, receipts, leases given back, people forgotten (faults.h). */
#include "fault/faults.h"
#include "unit/store/sync_world.h"

/* The centre's rows after so many of its changes. */
static void build_feed(struct run *run, struct feed *feed, int changes)
{
    struct world w = {.store = run->store};
    struct uid dev = sync_dev(&w);
    char id[UID_TEXT_SIZE];
    uid_format(uid_of('P', 2), id);
    *feed = (struct feed){.count = 0};
    for (int i = 1; i <= changes; i++) {
        if (i == 1) {
            feed_offer(feed, 1, 5, 0, true);
        } else if (i == 2) {
            feed_lease(feed, 1, 1, dev, 1, 2, "granted");
        } else if (i == 3) {
            feed_offer(feed, 2, 5, 0, true);
        } else if (i == 4) {
            feed_lease(feed, 1, 1, dev, 1, 2, "recalled");
        } else if (i == 5) {
            feed_put(feed, "offer", "B-0002", "");
        } else {
            feed_put(feed, "forgotten", id, "{}");
        }
    }
}

static enum err pull(struct run *run, const struct feed *feed)
{
    struct sync_row rows[FEED_ROWS];
    struct sync_page page = {.more = true};
    enum err err = ERR_OK;
    while (err == ERR_OK && page.more) {
        struct sync_feed cursor;
        err = store_feed_get(run->store, &cursor);
        if (err == ERR_OK && cursor.since > feed->rev) {
            return ERR_OK; /* a retry of an older step */
        }
        if (err == ERR_OK) {
            feed_page(feed, cursor.since, 2, rows, &page);
            err = store_feed_apply(run->store, &page);
        }
    }
    return err;
}

/* ---- steps ----------------------------------------------------------------------------
 */

static enum err do_centre(struct run *run, int n)
{
    struct sync_centre centre = sync_centre_of(n);
    return store_centre_put(run->store, &centre, NULL);
}

static int newest_row(struct run *run)
{
    return (int)sql_number(run->feed, VFS, "SELECT coalesce(max(rev), 0) FROM feed_row");
}

/* A retry of an older step within a pass: the centre has what it had. */
static enum err do_pages(struct run *run, int n)
{
    static struct feed feed;
    int newest = newest_row(run);
    build_feed(run, &feed, n > newest ? n : newest);
    return pull(run, &feed);
}

static enum err do_pass(struct run *run, int n)
{
    enum err err = store_feed_restart(run->store);
    return err == ERR_OK ? do_pages(run, n) : err;
}

static enum err do_take(struct run *run, int n)
{
    struct participant who = {.id = uid_of('P', 1)};
    struct wish wish = world_wish(1, &who, 1);
    bool taken = false;
    wish.id = uid_of('W', n);
    enum err err = store_wish_take(run->store, &wish, uid_of('D', n), &taken);
    hold(run, err != ERR_OK || taken, "leased and not taken", "take");
    return err;
}

static enum err do_ack(struct run *run, int n)
{
    struct sync_log log;
    enum err err = store_log_get(run->store, &log);
    if (err == ERR_OK) {
        err = store_log_head(run->store, &log, n, &log.head);
    }
    if (err == ERR_OK) {
        log.seq = n;
        err = store_log_ack(run->store, &log);
    }
    return err;
}

static enum err do_settle(struct run *run, int n)
{
    int facts = 0;
    (void)n;
    return store_feed_settle(run->store, &facts);
}

static enum err do_contact(struct run *run, int n)
{
    return store_contact(run->store, n, SYNC_TROUBLE_DISK);
}

static enum err do_ask(struct run *run, int n)
{
    static const uint8_t code[10] = {1};
    (void)n;
    return store_enrol_ask(run->store, "https://centre.example", code);
}

static enum err do_new_epoch(struct run *run, int n)
{
    (void)n;
    return store_log_new_epoch(run->store);
}

/* ---- is it there? ---------------------------------------------------------------------
 */

static bool has_centre(struct run *run, struct uid id)
{
    struct sync_centre centre;
    (void)id;
    return store_centre_get(run->store, &centre) == ERR_OK;
}

static bool has_pages(struct run *run, struct uid id)
{
    struct sync_feed cursor;
    assert_int_equal(store_feed_get(run->store, &cursor), ERR_OK);
    return cursor.since >= id.b[1] || newest_row(run) >= id.b[1]; /* a pass is at 0 */
}

static bool has_ack(struct run *run, struct uid id)
{
    struct sync_receipts receipts;
    assert_int_equal(store_receipts(run->store, &receipts), ERR_OK);
    return receipts.acked >= id.b[1];
}

static bool has_contact(struct run *run, struct uid id)
{
    struct sync_receipts receipts;
    assert_int_equal(store_receipts(run->store, &receipts), ERR_OK);
    return receipts.last_ms == id.b[1];
}

static bool has_asked(struct run *run, struct uid id)
{
    struct sync_enrol enrol;
    (void)id;
    assert_int_equal(store_enrol_get(run->store, &enrol), ERR_OK);
    return enrol.state == SYNC_ENROL_ASKED;
}

static bool has_epoch(struct run *run, struct uid id)
{
    int64_t epoch = 0;
    assert_int_equal(store_epoch(run->store, &epoch), ERR_OK);
    return epoch >= id.b[1];
}

/* clang-format off */
static const struct step steps[] = {
    {"enrol",       do_enrol,     1, has_event,     'E', false},
    {"enrol again", do_enrol,     2, has_event,     'E', false},
    {"centre",      do_centre,    1, has_centre,     0,  false},
    {"page",        do_pages,     2, has_pages,      0,  false},
    {"take",        do_take,      1, has_event,     'D', true},
    {"page again",  do_pages,     3, has_pages,      0,  false},
    {"ack",         do_ack,       5, has_ack,        0,  true},
    {"recall",      do_pages,     4, has_pages,      0,  false},
    {"settle",      do_settle,    1, NULL,           0,  false},
    {"gone",        do_pages,     5, has_pages,      0,  false},
    {"contact",     do_contact,   7, has_contact,    0,  false},
    {"forgotten",   do_pages,     6, has_pages,      0,  false},
    {"forget",      do_settle,    2, NULL,           0,  false},
    {"anew",        do_pass,      6, NULL,           0,  false},
    {"new epoch",   do_new_epoch, 2, has_epoch,      0,  true},
    {"ask",         do_ask,       1, has_asked,      0,  false},
    {"last reopen", do_reopen,    0, NULL,           0,  false},
};
/* clang-format on */

/* ---- what else must hold --------------------------------------------------------------
 */

static enum err take_line(void *ctx, int64_t seq, struct str line,
                          const struct chain_hash *hash)
{
    struct chain_hash *head = ctx;
    struct chain_hash own = chain_line_hash(line);
    (void)seq;
    assert_true(chain_eq(&own, hash) || strstr(line.ptr, "\"gone\""));
    *head = chain_next(head, hash);
    return ERR_OK;
}

static void check_log(struct run *run)
{
    struct world w = {.store = run->store};
    struct sync_log log;
    struct chain_hash head;
    assert_int_equal(store_log_get(run->store, &log), ERR_OK);
    hold(run, log.seq <= log.written && log.start <= log.seq + 1, "receipt of the future",
         "");
    struct chain_hash own = chain_start(sync_dev(&w), log.epoch, log.start);
    assert_int_equal(store_log_lines(run->store, log.start, take_line, &own), ERR_OK);
    assert_int_equal(store_log_head(run->store, &log, log.written, &head), ERR_OK);
    hold(run, chain_eq(&own, &head), "the head is not that of the lines", "");
}

/* A place is named by a confirmation or free, and the rows are those that were counted.
 */
static void check_feed(struct run *run)
{
    static const char offers[] =
        "SELECT (SELECT count(*) FROM offer) = (SELECT count(*) FROM feed_row"
        " WHERE kind = 'offer') AND (SELECT live FROM cursor) = (SELECT count(*) FROM"
        " feed_row WHERE stale = 0)";
    static const char places[] = "SELECT count(*) FROM wish WHERE (state = 'confirmed')"
                                 " IS NOT (lease IS NOT NULL)";
    hold(run, sql_number(run->feed, VFS, offers) == 1, "rows and what they show differ",
         "");
    hold(run, sql_number(run->state, VFS, places) == 0, "a place without a lease", "");
}

static bool answered(const struct run *run, const char *step)
{
    size_t i = 0;
    while (strcmp(steps[i].name, step) != 0) {
        i++;
    }
    return run->answers[i] == ERR_OK;
}

/* What was settled, if there was a page that asked for it. */
static void check_settled(struct run *run)
{
    struct participant who;
    bool returned =
        sql_number(run->state, VFS, "SELECT count(*) FROM lease_returned") == 1;
    bool forgotten =
        store_person_by_id(run->store, uid_of('P', 2), &who) == ERR_NOT_FOUND;
    hold(run, returned || !answered(run, "recall") || !answered(run, "settle"),
         "called settled and lost", "settle");
    hold(run, forgotten || !answered(run, "forgotten") || !answered(run, "forget"),
         "called settled and lost", "forget");
}

static void check(struct run *run)
{
    check_log(run);
    check_feed(run);
    check_settled(run);
}

static const struct scenario scenario = {steps, ARRAY_LEN(steps), 2, check, 150};

static void test_power_loss(void **state)
{
    (void)state;
    run_all(&scenario, &(struct mode){"power loss, torn", CRASH_POWER, true, CRASH_TEAR,
                                      1000, 9, 1});
    run_all(&scenario, &(struct mode){"power loss, all dropped", CRASH_POWER, true,
                                      CRASH_DROP, 2000, 15, 0});
}

static void test_disk_full(void **state)
{
    (void)state;
    run_all(&scenario,
            &(struct mode){"disk full", CRASH_FULL, false, CRASH_KEEP, 3000, 13, 0});
    run_all(&scenario, &(struct mode){"disk full, then power loss", CRASH_FULL, true,
                                      CRASH_TEAR, 4000, 17, 1});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_power_loss),
        cmocka_unit_test(test_disk_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
