/* A scanned, typed or imported string changes nothing it should not: the program goes on,
 * the store is whole, nothing new is in the log of facts, no command reaches the printer,
 * and no line for the operator repeats it. */
#include "support/bed.h"
#include "unit/unit.h"

#include "base/utf8.h"
#include "cli/cli.h"
#include "domain/participant.h"
#include "print/escpos.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LONG_BYTES 10000

static char flood[LONG_BYTES + 1];

static const struct {
    const char *name, *text;
} hostile[] = {
    {"sql", "Robert'); DROP TABLE person;--x"},
    {"sql with quotes", "\" OR 1=1; DELETE FROM event; --"},
    {"formats", "%s%n%x%s%n%x%s%n%x%s%n%99999d"},
    {"control bytes", "zq\x01\x02\x03\x07\x08\x0b\x0c\x1f\x7fzq-control"},
    {"lines", "zq-first\nzq-second\r\nzq-third"},
    {"terminal", "\x1b[2J\x1b]0;zq-title\x07\x1b[31mzq-red"},
    {"escpos drawer", "zq\x1bp\x01\x19\xfa zq-drawer"},
    {"escpos cut", "zq-cut\x1d\x56\x41\x03\x1b@\x1d(k"},
    {"bidi override", "zq\u202egnp.exe\u202c\u2066\u2067\u2069zq-bidi"},
    {"zero width", "zq\u200b\u200c\u200d\ufeff\u2060\u00adzq-nothing"},
    {"broken utf-8", "zq\xff\xfe\xc3\x28\xf0\x9f\x92zq-broken"},
    {"overlong", "zq\xc0\xaf\xe0\x80\xafzq-overlong"},
    {"surrogates", "zq\xed\xa0\x80\xed\xb0\x80zq-pair"},
    {"card of nobody", "ANKPAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
    {"slip of nobody", "ANS0AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
    {"path", "../../../../etc/passwd\x2f..zq-path"},
    {"combining", "zq\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308zq-zalgo"},
    {"ten thousand", flood},
};

static int fill_flood(void **state)
{
    (void)state;
    for (int i = 0; i < LONG_BYTES; i++) {
        flood[i] = (char)('A' + i % 23);
    }
    return 0;
}

/* ---- what was said on stderr ------------------------------------------------------------ */

struct ear {
    FILE *file;
    int stderr_fd;
};

static void ear_open(struct ear *ear)
{
    fflush(stderr);
    ear->file = tmpfile();
    ear->stderr_fd = dup(STDERR_FILENO);
    assert_non_null(ear->file);
    assert_true(dup2(fileno(ear->file), STDERR_FILENO) >= 0);
}

/* Twelve bytes of it in a row are no accident. */
static bool repeats(const char *said, const char *text)
{
    char piece[13] = "";
    size_t len = strlen(text), part = len < 12 ? len : 12;
    for (size_t at = 0; at + part <= len; at++) {
        memcpy(piece, text + at, part);
        if (strstr(said, piece) != NULL) {
            return true;
        }
    }
    return false;
}

static bool ear_heard(struct ear *ear, const char *text)
{
    static char said[65536];
    fflush(stderr);
    dup2(ear->stderr_fd, STDERR_FILENO);
    close(ear->stderr_fd);
    rewind(ear->file);
    size_t len = fread(said, 1, sizeof said - 1, ear->file);
    said[len] = '\0';
    fclose(ear->file);
    return repeats(said, text);
}

/* ---- the store --------------------------------------------------------------------------- */

static int64_t ask_state(const struct bed *bed, const char *sql, char *text, size_t size)
{
    char path[128];
    sqlite3 *db = NULL;
    sqlite3_stmt *row = NULL;
    snprintf(path, sizeof path, "%s/state.db", bed->dir);
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int64_t answer = sqlite3_column_int64(row, 0);
    if (text != NULL) {
        str_copy(text, size, str_of((const char *)sqlite3_column_text(row, 0)));
    }
    sqlite3_finalize(row);
    sqlite3_close(db);
    return answer;
}

static int64_t facts(const struct bed *bed)
{
    return ask_state(bed, "SELECT count(*) FROM event", NULL, 0);
}

static void assert_whole(const struct bed *bed)
{
    char answer[64];
    ask_state(bed, "PRAGMA integrity_check", answer, sizeof answer);
    assert_string_equal(answer, "ok");
}

/* ---- a hostile keyboard ------------------------------------------------------------------ */

/* As the window hands characters on: valid ones only, a few at a time. */
static void send_text(struct bed *bed, const char *text, int gap_ms)
{
    struct str all = str_of(text);
    size_t at = 0;
    while (at < all.len) {
        struct event event = {.kind = EVENT_TEXT};
        size_t from = at;
        utf8_next(all, &at);
        if (!utf8_valid((struct str){all.ptr + from, at - from})) {
            continue;
        }
        memcpy(event.text, all.ptr + from, at - from);
        fake_clock_advance(&bed->clock, gap_ms);
        event.mono_ms = bed->clock.mono_ms;
        bed->events[bed->event_count++] = event;
        app_step(bed->app, 0);
    }
    while (bed->event_count > 0) {
        app_step(bed->app, 0);
    }
}

static void settle(struct bed *bed)
{
    fake_clock_advance(&bed->clock, 200);
    do {
        bed_rest(bed);
    } while (bed->event_count > 0);
}

static void send_enter(struct bed *bed)
{
    bed->events[bed->event_count++] = (struct event){
        .kind = EVENT_KEY, .key = KEY_CHOOSE, .mono_ms = bed->clock.mono_ms};
    settle(bed);
}

static void tap(struct bed *bed, struct msg msg)
{
    bed_finger(bed, msg, EVENT_FINGER_DOWN);
    bed_finger(bed, msg, EVENT_FINGER_UP);
    settle(bed);
}

static void assert_alias_clean(const char *alias)
{
    char clean[ALIAS_SIZE];
    struct str s = str_of(alias);
    assert_true(utf8_valid(s));
    size_t len = utf8_clean(clean, sizeof clean, s, ALIAS_SIZE);
    /* Only a space at its end, where typing goes on, may be more. */
    assert_true(s.len - len <= 1);
    assert_memory_equal(clean, alias, len);
}

static void test_scanned(void **state)
{
    struct bed bed;
    (void)state;
    bed_open(&bed, NULL);
    int64_t before = facts(&bed);
    for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
        struct ear ear;
        ear_open(&ear);
        send_text(&bed, hostile[i].text, 1);
        send_enter(&bed);
        bool heard = ear_heard(&ear, hostile[i].text);
        if (heard || facts(&bed) != before || bed.app->model.visit.signed_in) {
            fail_msg("%s: %s", hostile[i].name, heard ? "in the log" : "changed something");
        }
        bed_reopen(&bed, NULL);
        before = facts(&bed);
    }
    assert_whole(&bed);
    bed_close(&bed);
}

static void test_typed_as_alias(void **state)
{
    struct bed bed;
    (void)state;
    bed_open(&bed, NULL);
    for (size_t i = 0; i < ARRAY_LEN(hostile) - 1; i++) { /* by hand nobody types 10 kB */
        int64_t before = facts(&bed);
        struct ear ear;
        tap(&bed, msg_open(SCREEN_WISHES));
        ear_open(&ear);
        send_text(&bed, hostile[i].text, 120);
        send_enter(&bed);
        bool heard = ear_heard(&ear, hostile[i].text);
        assert_alias_clean(bed.app->model.visit.alias);
        if (heard || facts(&bed) != before) {
            fail_msg("%s: %s", hostile[i].name, heard ? "in the log" : "changed something");
        }
        bed_reopen(&bed, NULL);
    }
    assert_whole(&bed);
    bed_close(&bed);
}

/* Enrolment, the door and signing in type through the same gate. */
static void test_alias_gate(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
        char alias[ALIAS_SIZE] = "";
        struct str all = str_of(hostile[i].text);
        for (size_t at = 0; at < all.len;) {
            alias_type(alias, (int)utf8_next(all, &at));
            assert_alias_clean(alias);
        }
        assert_true(utf8_count(str_of(alias)) <= ALIAS_CHARS_MAX);
    }
}

/* ---- files and arguments ----------------------------------------------------------------- */

struct answer {
    enum cli_exit exit;
    char text[65536]; /* both streams */
};

static void run_cli(const struct bed *bed, int count, char **words, struct answer *answer)
{
    struct fake_clock clock = bed->clock;
    FILE *in = fopen("/dev/null", "re"), *out = tmpfile();
    assert_true(in != NULL && out != NULL);
    struct cli cli = {.data = bed->dir,
                      .clock = fake_clock(&clock),
                      .rng = rng_system(),
                      .boot_id = "bed",
                      .in = in,
                      .out = out,
                      .err = out};
    answer->exit = cli_run(&cli, count, words);
    rewind(out);
    answer->text[fread(answer->text, 1, sizeof answer->text - 1, out)] = '\0';
    fclose(out);
    fclose(in);
}

static void test_verified(void **state)
{
    static struct answer answer;
    struct bed bed;
    (void)state;
    bed_open(&bed, NULL);
    int64_t before = facts(&bed);
    for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
        char verify[] = "verify", *text = strdup(hostile[i].text);
        char *words[] = {verify, text, NULL};
        run_cli(&bed, 2, words, &answer);
        if (answer.exit != CLI_FAILED || repeats(answer.text, text)) {
            fail_msg("%s: exit %d: %s", hostile[i].name, answer.exit, answer.text);
        }
        free(text);
    }
    assert_int_equal(facts(&bed), before);
    assert_whole(&bed);
    bed_close(&bed);
}

/* One good offer but for its title; the bytes stand in the file as they are. */
static void write_offers(const char *path, const char *title)
{
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs("[{\"code\":\"A1\",\"title\":\"", file);
    for (const char *c = title; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\') {
            fputc('\\', file);
        }
        if ((unsigned char)*c < 0x20) {
            fprintf(file, "\\u%04x", (unsigned)*c);
        } else {
            fputc(*c, file);
        }
    }
    fputs("\",\"text\":\"Text.\",\"field\":\"F01\",\"district\":\"Mitte\",\"date\":"
          "\"2026-11-27\",\"start\":\"16:00\",\"end\":\"17:00\",\"cents_per_hour\":500,"
          "\"places\":1,\"min_age\":13,\"after_full_time_schooling\":false,"
          "\"site_kind\":\"nonprofit\",\"work_kind\":\"garden\"}]\n",
          file);
    fclose(file);
}

static void assert_harmless_on_paper(const char *name, const char *title)
{
    static const char *const commands[] = {"\x1bp\x01", "\x1d\x56\x41\x03", "\x1b[2J",
                                           "\x1b]0;", "\x1d(k"};
    static struct slip slip;
    static uint8_t memory[ESCPOS_BYTES_MAX];
    const struct str text = str_of(title);
    const struct slip_wish wish = {text, text, text, text, text, STR("ANS0"), text, text, text,
                                   false};
    assert_int_equal(slip_wish(&wish, &slip), ERR_OK);
    struct bytes out;
    bytes_init(&out, memory, sizeof memory);
    assert_int_equal(escpos_encode(&slip, profile_find(STR("generic-58")), NULL, &out),
                     ERR_OK);
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        if (memmem(memory, out.len, commands[i], strlen(commands[i])) != NULL) {
            fail_msg("%s: command %zu reached the printer", name, i);
        }
    }
}

static void test_imported(void **state)
{
    static struct answer answer;
    struct bed bed;
    char path[128];
    (void)state;
    bed_open(&bed, NULL);
    snprintf(path, sizeof path, "%s/hostile.json", bed.dir);
    int64_t before = facts(&bed);
    for (size_t i = 0; i < ARRAY_LEN(hostile); i++) {
        char import[] = "import";
        char *words[] = {import, path, NULL};
        write_offers(path, hostile[i].text);
        run_cli(&bed, 2, words, &answer);
        if (answer.exit > CLI_FAILED || repeats(answer.text, hostile[i].text)) {
            fail_msg("%s: exit %d: %s", hostile[i].name, answer.exit, answer.text);
        }
        app_send(bed.app, (struct msg){MSG_FEED_CHANGED, 0, 0}, NULL);
        settle(&bed);
        assert_harmless_on_paper(hostile[i].name, hostile[i].text);
    }
    assert_int_equal(facts(&bed), before);
    assert_whole(&bed);
    bed_close(&bed);
}

/* Only SQL, formats, paths and marks are words a title may hold. */
static void test_import_refuses(void **state)
{
    static const char *const refused[] = {"control bytes", "lines", "terminal",
                                          "escpos drawer", "escpos cut", "bidi override",
                                          "broken utf-8", "overlong", "surrogates",
                                          "ten thousand"};
    static struct answer answer;
    struct bed bed;
    char path[128];
    (void)state;
    bed_open(&bed, NULL);
    snprintf(path, sizeof path, "%s/hostile.json", bed.dir);
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        for (size_t k = 0; k < ARRAY_LEN(hostile); k++) {
            char import[] = "import";
            char *words[] = {import, path, NULL};
            if (strcmp(hostile[k].name, refused[i]) == 0) {
                write_offers(path, hostile[k].text);
                run_cli(&bed, 2, words, &answer);
                if (answer.exit != CLI_FAILED) {
                    fail_msg("%s: was taken", refused[i]);
                }
            }
        }
    }
    bed_close(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scanned),
        cmocka_unit_test(test_typed_as_alias),
        cmocka_unit_test(test_alias_gate),
        cmocka_unit_test(test_verified),
        cmocka_unit_test(test_imported),
        cmocka_unit_test(test_import_refuses),
    };
    return cmocka_run_group_tests(tests, fill_flood, NULL);
}
