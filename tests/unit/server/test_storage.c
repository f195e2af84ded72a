#include "support/sql_probe.h"
#include "support/vfs_crash.h"
#include "unit/server/hall.h"

#include <fcntl.h>
#include <sys/stat.h>

static const char count_sql[] = "SELECT count(*) FROM organisation";
static const char add_sql[] = "INSERT INTO organisation (id, name) VALUES (:id, :name)";

static enum err add_named(struct storage *storage, uint8_t n, struct str name)
{
    struct uid id = {{n}};
    struct ask ask = ask_on(storage, add_sql);
    ask_uid(&ask, ":id", &id);
    ask_text(&ask, ":name", name);
    return ask_run(&ask);
}

static enum err add(struct storage *storage, uint8_t n)
{
    return add_named(storage, n, STR("Haus"));
}

static void test_opening(void **state)
{
    struct hall hall;
    (void)state;
    hall_make(&hall);
    assert_int_equal(hall_try_open(&hall, false), ERR_NOT_FOUND);
    assert_string_not_equal(hall.why, "");
    hall_open(&hall);
    assert_int_equal(hall_number(&hall, "PRAGMA synchronous"), 2);
    assert_int_equal(hall_number(&hall, "PRAGMA foreign_keys"), 1);
    struct ask ask = ask_on(hall.storage, "PRAGMA journal_mode");
    assert_true(ask_row(&ask));
    assert_true(str_eq(ask_peek_text(&ask, 0), STR("wal")));
    assert_int_equal(ask_done(&ask), ERR_OK);
    struct stat info;
    assert_int_equal(stat(hall.path, &info), 0);
    assert_int_equal(info.st_mode & 077, 0);
    hall_close(&hall);
    assert_int_equal(hall_try_open(&hall, false), ERR_OK);
    assert_int_equal(hall_number(&hall, count_sql), 0);
    hall_done(&hall);
}

static void test_files_that_are_not_ours(void **state)
{
    static const struct {
        const char *name, *sql;
        enum err err;
    } rows[] = {
        {"another program's", "PRAGMA application_id = 7", ERR_CORRUPT},
        {"no version", "PRAGMA user_version = 0", ERR_CORRUPT},
        {"a newer version", "PRAGMA user_version = 999", ERR_UNSUPPORTED},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct hall hall;
        hall_make(&hall);
        hall_open(&hall);
        hall_close(&hall);
        assert_int_equal(sql_run(hall.path, NULL, rows[i].sql), 0);
        enum err err = hall_try_open(&hall, true);
        if (err != rows[i].err || hall.said.len == 0) {
            fail_msg("%s: %s: %s", rows[i].name, err_name(err), hall.why);
        }
        hall_done(&hall);
    }
}

/* old/centre-v1.db: 73 facts of one kiosk, as the first version kept them. */
static void copy_old(const char *to)
{
    static char bytes[1 << 18];
    FILE *in = fopen("tests/unit/server/old/centre-v1.db", "rb");
    FILE *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    size_t len = fread(bytes, 1, sizeof bytes, in);
    assert_int_equal(fwrite(bytes, 1, len, out), len);
    assert_int_equal(fclose(in), 0);
    assert_int_equal(fclose(out), 0);
}

static int64_t indexes(struct hall *hall, const char *name)
{
    struct ask ask = ask_on(hall->storage, "SELECT count(*) FROM sqlite_schema"
                                           " WHERE type = 'index' AND name = :name");
    ask_text(&ask, ":name", str_of(name));
    assert_true(ask_row(&ask));
    int64_t count = ask_get_int(&ask, 0);
    assert_int_equal(ask_done(&ask), ERR_OK);
    return count;
}

static void test_a_file_of_the_first_version(void **state)
{
    struct hall hall;
    (void)state;
    hall_make(&hall);
    copy_old(hall.path);
    for (int i = 0; i < 2; i++) { /* and again as a new one */
        assert_int_equal(hall_try_open(&hall, false), ERR_OK);
        assert_int_equal(hall_number(&hall, "PRAGMA user_version"), 2);
        assert_int_equal(hall_number(&hall, "SELECT count(*) FROM event"), 73);
        assert_int_equal(
            hall_number(&hall, "SELECT count(*) FROM wish WHERE state = 'confirmed'"), 8);
        assert_int_equal(indexes(&hall, "wish_day"), 1);
        assert_int_equal(indexes(&hall, "wish_person"), 0);
        assert_int_equal(storage_check(hall.storage, &hall.said), ERR_OK);
        hall_close(&hall);
    }
    hall_done(&hall);
}

static void test_transactions(void **state)
{
    struct hall hall;
    (void)state;
    hall_make(&hall);
    hall_open(&hall);
    assert_int_equal(storage_begin(hall.storage), ERR_OK);
    assert_int_equal(add(hall.storage, 1), ERR_OK);
    assert_int_equal(storage_end(hall.storage, ERR_DENIED), ERR_DENIED);
    assert_int_equal(hall_number(&hall, count_sql), 0);

    /* What goes wrong behind a mark is taken back alone. */
    assert_int_equal(storage_begin(hall.storage), ERR_OK);
    assert_int_equal(storage_mark(hall.storage), ERR_OK);
    assert_int_equal(add(hall.storage, 1), ERR_OK);
    assert_int_equal(storage_unmark(hall.storage, ERR_OK), ERR_OK);
    assert_int_equal(storage_mark(hall.storage), ERR_OK);
    assert_int_equal(add(hall.storage, 2), ERR_OK);
    assert_int_equal(add(hall.storage, 1), ERR_CONFLICT);
    assert_int_equal(storage_unmark(hall.storage, ERR_CONFLICT), ERR_CONFLICT);
    assert_int_equal(add(hall.storage, 3), ERR_OK);
    assert_int_equal(storage_end(hall.storage, ERR_OK), ERR_OK);
    assert_int_equal(hall_number(&hall, count_sql), 2);

    assert_int_equal(storage_begin_read(hall.storage), ERR_OK);
    assert_int_equal(hall_number(&hall, count_sql), 2);
    assert_int_equal(storage_end(hall.storage, ERR_OK), ERR_OK);
    hall_done(&hall);
}

static void test_values(void **state)
{
    struct uid id = {{9, 8, 7}};
    struct hall hall;
    char text[3];
    uint8_t bytes[16];
    (void)state;
    hall_make(&hall);
    hall_open(&hall);
    struct ask ask = ask_on(hall.storage, "SELECT :id, :text, :none, :number, :nil");
    ask_uid(&ask, ":id", &id);
    ask_text(&ask, ":text", STR("abc"));
    ask_text(&ask, ":none", (struct str){NULL, 0});
    ask_int(&ask, ":number", INT64_MIN);
    ask_uid(&ask, ":nil", &(struct uid){{0}});
    assert_true(ask_row(&ask));
    assert_true(uid_eq(ask_get_uid(&ask, 0), id));
    ask_get_blob(&ask, 0, bytes, sizeof bytes);
    assert_memory_equal(bytes, id.b, sizeof bytes);
    assert_true(ask_is_null(&ask, 2));
    assert_true(ask_get_int(&ask, 3) == INT64_MIN);
    assert_true(uid_is_nil(ask_get_uid(&ask, 4)));
    assert_int_equal(ask.err, ERR_OK);
    ask_get_text(&ask, 1, text, sizeof text); /* too long for it */
    assert_int_equal(ask_done(&ask), ERR_CORRUPT);

    /* Nothing of a run stays for the next one. */
    ask = ask_on(hall.storage, add_sql);
    assert_int_equal(ask_run(&ask), ERR_CONFLICT); /* NOT NULL */
    assert_non_null(strstr(storage_detail(hall.storage), "NOT NULL"));
    hall_done(&hall);
}

static void test_two_at_once(void **state)
{
    struct hall hall, second;
    (void)state;
    hall_make(&hall);
    hall_open(&hall);
    second = hall;
    hall_open(&second);
    assert_false(storage_changed(hall.storage));
    assert_int_equal(storage_begin(second.storage), ERR_OK);
    assert_int_equal(add(second.storage, 1), ERR_OK);
    assert_int_equal(hall_number(&hall, count_sql), 0);
    assert_int_equal(storage_end(second.storage, ERR_OK), ERR_OK);
    assert_int_equal(hall_number(&hall, count_sql), 1);
    assert_true(storage_changed(hall.storage));
    assert_false(storage_changed(hall.storage));
    hall_close(&second);
    hall_done(&hall);
}

static void test_backup(void **state)
{
    struct hall hall;
    char path[128];
    (void)state;
    hall_make(&hall);
    hall_open(&hall);
    assert_int_equal(storage_begin(hall.storage), ERR_OK);
    assert_int_equal(add(hall.storage, 1), ERR_OK);
    assert_int_equal(storage_end(hall.storage, ERR_OK), ERR_OK);
    snprintf(path, sizeof path, "%s/copy.db", hall.dir);
    for (int i = 0; i < 2; i++) { /* the second replaces the first */
        enum err err = storage_backup(hall.storage, path, &hall.said);
        if (err != ERR_OK) {
            fail_msg("backup: %s: %s", err_name(err), hall.why);
        }
        assert_int_equal(sql_number(path, NULL, count_sql), 1);
        assert_int_equal(sql_number(path, NULL, "PRAGMA application_id"), 1095650371);
    }
    snprintf(path, sizeof path, "%s/nowhere/copy.db", hall.dir);
    assert_int_not_equal(storage_backup(hall.storage, path, &hall.said), ERR_OK);
    assert_int_equal(storage_check(hall.storage, &hall.said), ERR_OK);
    hall_done(&hall);
}

static void damage(const char *path, off_t at)
{
    static const char noise[] = "this was never a page of a database, was it? no";
    int fd = open(path, O_WRONLY);
    assert_true(fd >= 0);
    for (int i = 0; i < 80; i++) {
        assert_true(pwrite(fd, noise, sizeof noise, at + i * 48) > 0);
    }
    close(fd);
}

static void test_check_finds_damage(void **state)
{
    struct hall hall;
    (void)state;
    hall_make(&hall);
    hall_open(&hall);
    hall_close(&hall);
    assert_int_equal(
        sql_run(hall.path, NULL,
                "PRAGMA foreign_keys = OFF;"
                "INSERT INTO centre VALUES (x'01', x'02', '', 0, 0, 0, x'', 0,"
                " NULL)"),
        0);
    hall_open(&hall);
    assert_int_equal(storage_check(hall.storage, &hall.said), ERR_CORRUPT);
    assert_non_null(strstr(hall.why, "table centre"));
    hall_close(&hall);
    assert_int_equal(sql_run(hall.path, NULL,
                             "DELETE FROM centre; PRAGMA ignore_check_constraints = ON;"
                             "INSERT INTO device VALUES (x'01', x'02', x'', 'odd', 0, 0,"
                             " NULL, 0, 0)"),
                     0);
    hall_open(&hall);
    buf_clear(&hall.said);
    assert_int_equal(storage_check(hall.storage, &hall.said), ERR_CORRUPT);
    assert_non_null(strstr(hall.why, "CHECK"));
    hall_close(&hall);
    damage(hall.path, 5 * 4096);
    assert_int_equal(hall_try_open(&hall, false), ERR_OK);
    assert_int_equal(storage_check(hall.storage, &hall.said), ERR_CORRUPT);
    assert_int_not_equal(hall.said.len, 0);
    hall_done(&hall);
}

/* An error may end the transaction under SQLite's own hand: nothing behind it may be
 * committed alone. More is written than the cache holds, so that the disk is met early.
 */
static enum err write_much(struct storage *storage)
{
    static char name[30000];
    enum err err = storage_begin(storage);
    if (err != ERR_OK) {
        return err;
    }
    memset(name, 'n', sizeof name);
    err = storage_mark(storage);
    for (uint8_t i = 1; i < 100; i++) { /* who does not look goes on */
        enum err one = add_named(storage, i, (struct str){name, sizeof name});
        err = err == ERR_OK ? one : err;
    }
    return storage_end(storage, storage_unmark(storage, err));
}

static void test_bad_disk(void **state)
{
    struct vfs_crash *vfs = vfs_crash_make("full");
    struct hall hall;
    bool struck = true;
    (void)state;
    hall_make(&hall);
    struct storage_options options = {.dir = hall.dir, .vfs = "full", .create = true};
    for (int nth = 1; struck; nth += nth / 2 + 1) {
        for (enum crash_fault fault = CRASH_IOERR; fault <= CRASH_FULL; fault++) {
            vfs_crash_wipe(vfs);
            buf_init(&hall.said, hall.why, sizeof hall.why);
            assert_int_equal(storage_open(&options, &hall.storage, &hall.said), ERR_OK);
            vfs_crash_arm(vfs, fault, nth);
            enum err err = write_much(hall.storage);
            struck = vfs_crash_struck(vfs);
            vfs_crash_arm(vfs, CRASH_NONE, 0);
            assert_int_equal(hall_number(&hall, count_sql), err == ERR_OK ? 99 : 0);
            assert_int_equal(storage_begin(hall.storage), ERR_OK); /* it stays usable */
            assert_int_equal(add(hall.storage, 200), ERR_OK);
            assert_int_equal(storage_end(hall.storage, ERR_OK), ERR_OK);
            hall_close(&hall);
        }
    }
    vfs_crash_free(vfs);
    hall_done(&hall);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opening),
        cmocka_unit_test(test_files_that_are_not_ours),
        cmocka_unit_test(test_a_file_of_the_first_version),
        cmocka_unit_test(test_transactions),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_two_at_once),
        cmocka_unit_test(test_backup),
        cmocka_unit_test(test_check_finds_damage),
        cmocka_unit_test(test_bad_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
