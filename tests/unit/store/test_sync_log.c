#include "store/line.h"
#include "unit/store/sync_world.h"

#include <jansson.h>
#include <sodium.h>

static struct world w;

static int setup(void **state)
{
    (void)state;
    world_init(&w);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    world_done(&w);
    return 0;
}

struct lines {
    int64_t next, stop_at;
    struct chain_hash head;
    int gone;
    char last[SYNC_LINE_SIZE], all[1 << 16];
};

static enum err take_line(void *ctx, int64_t seq, struct str line,
                          const struct chain_hash *hash)
{
    struct lines *lines = ctx;
    json_t *root = json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    assert_null(memchr(line.ptr, '\n', line.len));
    assert_int_equal(seq, lines->next);
    assert_int_equal(json_integer_value(json_object_get(root, "seq")), seq);
    lines->next++;
    if (json_object_get(root, "gone")) {
        lines->gone++;
    } else {
        struct chain_hash own = chain_line_hash(line);
        assert_true(chain_eq(&own, hash));
    }
    json_decref(root);
    lines->head = chain_next(&lines->head, hash);
    str_copy(lines->last, sizeof lines->last, line);
    strncat(lines->all, line.ptr, sizeof lines->all - strlen(lines->all) - 1);
    return lines->stop_at == seq ? ERR_FULL : ERR_OK;
}

/* All lines from the log's start on, chained by a second hand. */
static struct lines *read_all(const struct sync_log *log)
{
    static struct lines lines;
    lines = (struct lines){.next = log->start};
    lines.head = chain_start(sync_dev(&w), log->epoch, log->start);
    assert_int_equal(store_log_lines(w.store, log->start, take_line, &lines), ERR_OK);
    assert_int_equal(lines.next, log->written + 1);
    return &lines;
}

static void test_a_new_log(void **state)
{
    (void)state;
    struct sync_log log = sync_log_now(&w); /* this boot is the first fact */
    struct chain_hash head = chain_start(sync_dev(&w), 1, 1), got;
    assert_int_equal(log.epoch, 1);
    assert_int_equal(log.start, 1);
    assert_int_equal(log.seq, 0);
    assert_int_equal(log.written, 1);
    assert_true(chain_eq(&log.head, &head));
    assert_int_equal(store_log_head(w.store, &log, 0, &got), ERR_OK);
    assert_true(chain_eq(&got, &head));
    assert_int_equal(store_log_head(w.store, &log, 2, &got), ERR_NOT_FOUND);
    assert_int_equal(store_log_head(w.store, &log, -1, &got), ERR_NOT_FOUND);
    assert_int_equal(sync_log_now(&w).written, 1);
}

static void test_lines_make_the_head(void **state)
{
    (void)state;
    struct chain_hash head;
    after_job(&w, 1, 1);
    struct sync_log log = sync_log_now(&w);
    struct lines *lines = read_all(&log);
    assert_int_equal(lines->gone, 0);
    assert_int_equal(store_log_head(w.store, &log, log.written, &head), ERR_OK);
    assert_true(chain_eq(&head, &lines->head));
    sync_ack(&w, 2);
    log = sync_log_now(&w);
    assert_int_equal(log.seq, 2);
    assert_int_equal(log.start, 1);
    assert_int_equal(store_log_head(w.store, &log, log.written, &head), ERR_OK);
    assert_true(chain_eq(&head, &lines->head));
    assert_int_equal(store_log_head(w.store, &log, 0, &head), ERR_OK);
    struct chain_hash first = chain_start(sync_dev(&w), 1, 1);
    assert_true(chain_eq(&head, &first));
}

static void test_form_of_a_line(void **state)
{
    (void)state;
    static const struct {
        int64_t wall_ms;
        const char *expected;
    } clocks[] = {
        {1795430000123, "\"boot_ms\":1795429995123,\"mono_ms\":5000,"},
        {4000, "\"boot_ms\":0,\"mono_ms\":5000,"},
        {-5, "\"boot_ms\":0,\"mono_ms\":5000,"},
        {INT64_MIN, "\"boot_ms\":0,\"mono_ms\":5000,"},
        {INT64_MAX, "\"boot_ms\":9007199254735991,\"mono_ms\":5000,"},
    };
    char id[UID_TEXT_SIZE], expected_id[100];
    world_person(&w, 1);
    uid_format(world_uid('E', 1), id);
    snprintf(expected_id, sizeof expected_id,
             "{\"seq\":2,\"id\":\"%s\",\"kind\":\"participant.enrolled\"", id);
    for (size_t i = 0; i < ARRAY_LEN(clocks); i++) {
        w.time.wall_ms = clocks[i].wall_ms;
        assert_int_equal(store_unfit(w.store, world_uid('F', (int)i), (struct uid){{0}},
                                     STR("B-9"), UNFIT_TIME),
                         ERR_OK);
        struct sync_log log = sync_log_now(&w);
        struct lines *lines = read_all(&log);
        assert_non_null(strstr(lines->last, clocks[i].expected));
        assert_non_null(
            strstr(lines->last, "\"kind\":\"offer.unfit\",\"v\":1,\"boot\":1,"));
        assert_non_null(strstr(lines->last, "\"salt\":\""));
        assert_non_null(strstr(lines->last, ",\"body\":{\"code\":"));
        assert_null(strstr(lines->last, "\"id\":")); /* nothing refers to it */
        assert_non_null(strstr(lines->all, "{\"seq\":1,\"kind\":\"kiosk.started\""));
        assert_non_null(strstr(lines->all, expected_id));
    }
}

/* Another version of the program names other kinds, and has other times: its lines stay
 * what they were. */
static void test_a_line_that_another_version_wrote(void **state)
{
    (void)state;
    static const char *const ids[] = {"", "\"id\":\"%s\","};
    static const char *const times[] = {"\"boot_ms\":6,\"mono_ms\":5",
                                        "\"mono_ms\":5,\"wall_ms\":11"};
    char id[UID_TEXT_SIZE], sql[1024];
    world_person(&w, 1);
    uid_format(world_uid('E', 1), id);
    for (size_t i = 0; i < LINE_FORMS; i++) {
        char line[256], named[64], hex[65];
        snprintf(named, sizeof named, ids[i % 2], id);
        snprintf(line, sizeof line,
                 "{\"seq\":2,%s\"kind\":\"moon.landed\",\"v\":1,\"boot\":1,%s,"
                 "\"salt\":\"AAAAAAAAAAA\",\"body\":{}}",
                 named, times[i / 2]);
        struct chain_hash hash = chain_line_hash(str_of(line));
        sodium_bin2hex(hex, sizeof hex, hash.b, sizeof hash.b);
        snprintf(sql, sizeof sql,
                 "DROP TRIGGER IF EXISTS event_no_update; UPDATE event SET"
                 " kind = 'moon.landed', mono_ms = 5, wall_ms = 11, salt = zeroblob(8),"
                 " body = '{}', hash = x'%s' WHERE seq = 2",
                 hex);
        assert_int_equal(sql_run(w.state, NULL, sql), 0);
        struct sync_log log = sync_log_now(&w);
        assert_string_equal(read_all(&log)->last, line);
    }
}

static void test_reading_stops(void **state)
{
    (void)state;
    static struct lines lines;
    world_person(&w, 1);
    world_person(&w, 2);
    lines = (struct lines){.next = 2, .stop_at = 2};
    assert_int_equal(store_log_lines(w.store, 2, take_line, &lines), ERR_OK);
    assert_int_equal(lines.next, 3);
}

static void test_what_was_forgotten_keeps_its_place(void **state)
{
    (void)state;
    struct chain_hash before, after;
    after_job(&w, 1, 1);
    after_job(&w, 2, 1);
    struct sync_log log = sync_log_now(&w);
    assert_int_equal(store_log_head(w.store, &log, log.written, &before), ERR_OK);
    assert_int_equal(
        store_forget_person(w.store, world_uid('f', 1), world_uid('P', 1), after_staff()),
        ERR_OK);
    assert_int_equal(store_log_head(w.store, &log, log.written, &after), ERR_OK);
    assert_true(chain_eq(&before, &after));
    struct lines *lines =
        read_all(&(struct sync_log){log.epoch, 1, 0, {{0}}, log.written + 1});
    assert_int_equal(lines->gone, 3);
    assert_null(strstr(lines->all, "Falke 1"));
    assert_non_null(strstr(lines->all, "Falke 2"));
}

static void test_damage_does_not_go_out(void **state)
{
    (void)state;
    static struct lines lines;
    world_person(&w, 1);
    assert_int_equal(sql_run(w.state, NULL,
                             "DROP TRIGGER event_no_update;"
                             "UPDATE event SET wall_ms = 7 WHERE seq = 2"),
                     0);
    lines = (struct lines){.next = 1};
    assert_int_equal(store_log_lines(w.store, 1, take_line, &lines), ERR_CORRUPT);
    assert_int_equal(lines.next, 2);
}

/* ---- epochs ---------------------------------------------------------------------------
 */

static void test_a_new_epoch_begins_behind_the_receipt(void **state)
{
    (void)state;
    world_person(&w, 1);
    world_person(&w, 2);
    sync_ack(&w, 2);
    assert_int_equal(store_log_new_epoch(w.store), ERR_OK);
    struct sync_log log = sync_log_now(&w);
    struct chain_hash head = chain_start(sync_dev(&w), 2, 3);
    assert_int_equal(log.epoch, 2);
    assert_int_equal(log.start, 3);
    assert_int_equal(log.seq, 2);
    assert_int_equal(log.written, 4);
    assert_true(chain_eq(&log.head, &head));
    struct lines *lines = read_all(&log);
    assert_non_null(strstr(lines->last, "\"kind\":\"epoch.begun\""));
    assert_int_equal(store_log_new_epoch(w.store), ERR_OK); /* once more, nothing sent */
    log = sync_log_now(&w);
    assert_int_equal(log.epoch, 3);
    assert_int_equal(log.start, 3);
}

static void test_a_copy_settles_first(void **state)
{
    (void)state;
    world_person(&w, 1);
    sync_ack(&w, 2);
    world_close(&w);
    w.machine = "another";
    assert_int_equal(sql_run(w.state, NULL, "UPDATE device SET file_mark = 'elsewhere'"),
                     0);
    world_open(&w);
    assert_true(w.report.state_copied);
    struct sync_log log = sync_log_now(&w);
    assert_int_equal(log.epoch, 2);
    assert_int_equal(log.start, 3);
    assert_int_equal(log.written, 3);
    struct sync_receipts receipts;
    assert_int_equal(store_receipts(w.store, &receipts), ERR_OK);
    assert_int_equal(receipts.acked, 2);
    assert_int_equal(receipts.written, 3);
}

static void test_receipts_move_both_ways(void **state)
{
    (void)state;
    static const int64_t seqs[] = {3, 1, 2, 0, 3};
    struct sync_log bad = {.epoch = 1, .start = 5, .seq = 3};
    world_person(&w, 1);
    world_person(&w, 2);
    for (size_t i = 0; i < ARRAY_LEN(seqs); i++) {
        sync_ack(&w, seqs[i]);
        assert_int_equal(sync_log_now(&w).seq, seqs[i]);
    }
    assert_int_equal(store_log_ack(w.store, &bad), ERR_INVALID);
    world_reopen(&w);
    assert_int_equal(sync_log_now(&w).seq, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_new_log, setup, teardown),
        cmocka_unit_test_setup_teardown(test_lines_make_the_head, setup, teardown),
        cmocka_unit_test_setup_teardown(test_form_of_a_line, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_line_that_another_version_wrote, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_reading_stops, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_was_forgotten_keeps_its_place, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_damage_does_not_go_out, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_new_epoch_begins_behind_the_receipt, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(test_a_copy_settles_first, setup, teardown),
        cmocka_unit_test_setup_teardown(test_receipts_move_both_ways, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
