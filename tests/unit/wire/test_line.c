#include "wire/line.h"
#include "unit/unit.h"
#include "wire/bytes.h"

#include <stdio.h>

#define FIRST                                                                            \
    "{\"seq\":413,\"id\":\"00041061050R3GG28A1C60T3GF\",\"kind\":\"wish.made\",\"v\":1,"
#define TIMES "\"boot\":17,\"mono_ms\":83011,\"wall_ms\":1795430000000,"
#define SALT "\"salt\":\"AAECAwQFBgc\","
#define BODY "\"body\":{\"offer\":\"R-204\", \"n\":[1,{}]}}"
#define EVENT FIRST TIMES SALT BODY
#define HASH "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define SIG43 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define SIG SIG43 SIG43

static struct wire_line parse(const char *text)
{
    struct wire_line line;
    wire_line_parse(str_of(text), &line);
    return line;
}

static void test_event(void **state)
{
    char id[UID_TEXT_SIZE];
    struct wire_line line = parse(EVENT);
    struct chain_hash hash = chain_line_hash(STR(EVENT));
    (void)state;
    assert_int_equal(line.what, WIRE_EVENT);
    assert_true(chain_eq(&line.hash, &hash));
    assert_int_equal(line.seq, 413);
    assert_string_equal(line.kind, "wish.made");
    assert_int_equal(line.version, 1);
    assert_true(line.has_id);
    uid_format(line.id, id);
    assert_string_equal(id, "00041061050R3GG28A1C60T3GF");
    assert_int_equal(line.boot, 17);
    assert_int_equal(line.mono_ms, 83011);
    assert_int_equal(line.wall_ms, 1795430000000);
    assert_true(str_eq(line.body, STR("{\"offer\":\"R-204\", \"n\":[1,{}]}")));
}

/* The wall clock, and what it said as the boot began. */
static void test_times(void **state)
{
    static const struct {
        const char *times;
        int64_t wall_ms; /* -1: not understood */
    } rows[] = {
        {"\"mono_ms\":5,\"wall_ms\":7,", 7},
        {"\"boot_ms\":7,\"mono_ms\":5,", 12},
        {"\"mono_ms\":5,\"boot_ms\":7,", 12},
        {"\"boot_ms\":0,\"mono_ms\":5,", 5},
        {"\"boot_ms\":7,\"mono_ms\":5,\"wall_ms\":1,", 12},
        {"\"boot_ms\":9007199254740990,\"mono_ms\":1,", WIRE_NUMBER_MAX},
        {"\"boot_ms\":9007199254740991,\"mono_ms\":1,", -1},
        {"\"boot_ms\":-1,\"mono_ms\":5,", -1},
        {"\"boot_ms\":null,\"mono_ms\":5,\"wall_ms\":7,", -1},
        {"\"boot_ms\":7,\"wall_ms\":7,", -1},
        {"\"mono_ms\":5,", -1},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char text[512];
        snprintf(text, sizeof text, FIRST "\"boot\":17,%s" SALT BODY, rows[i].times);
        struct wire_line line = parse(text);
        print_message("%s\n", rows[i].times);
        assert_int_equal(line.what, rows[i].wall_ms < 0 ? WIRE_UNREADABLE : WIRE_EVENT);
        assert_int_equal(line.wall_ms, rows[i].wall_ms < 0 ? 0 : rows[i].wall_ms);
    }
}

static void test_kinds(void **state)
{
    static const struct {
        const char *name, *text;
        enum wire_line_kind what;
    } rows[] = {
        {"an event", EVENT, WIRE_EVENT},
        {"unknown members", FIRST TIMES SALT "\"new\":{\"a\":[]},\"gone\":1," BODY,
         WIRE_EVENT},
        {"another order", "{" SALT TIMES "\"v\":1,\"kind\":\"a\",\"seq\":1," BODY,
         WIRE_EVENT},
        {"white space", " { \"seq\" : 1 ,\"kind\":\"a\", \"v\":1," TIMES SALT BODY " ",
         WIRE_EVENT},
        {"greatest numbers",
         "{\"seq\":9007199254740991,\"kind\":\"a\",\"v\":2147483647,"
         "\"boot\":0,\"mono_ms\":0,\"wall_ms\":9007199254740991," SALT BODY,
         WIRE_EVENT},
        {"gone", "{\"seq\":414,\"gone\":\"" HASH "\"}", WIRE_GONE},
        {"gone, and more", "{\"seq\":414,\"gone\":\"" HASH "\",\"why\":\"age\"}",
         WIRE_GONE},
        {"check", "{\"check\":\"AAECAwQFBgc\"}", WIRE_CHECK},
        {"check, and more", "{\"check\":\"AAECAwQFBgc\",\"seq\":1}", WIRE_CHECK},
        {"signature", "{\"sig\":\"" SIG "\"}", WIRE_SIG},

        {"empty", "", WIRE_UNREADABLE},
        {"no object", "[]", WIRE_UNREADABLE},
        {"no members", "{}", WIRE_UNREADABLE},
        {"no id is fine, but no salt", "{\"seq\":1,\"kind\":\"a\",\"v\":1," TIMES BODY,
         WIRE_UNREADABLE},
        {"no body",
         "{\"seq\":1,\"kind\":\"a\",\"v\":1," TIMES "\"salt\":\"AAECAwQFBgc\"}",
         WIRE_UNREADABLE},
        {"a member twice", FIRST TIMES SALT "\"v\":1," BODY, WIRE_UNREADABLE},
        {"twice in the body", FIRST TIMES SALT "\"body\":{\"a\":1,\"a\":2}}",
         WIRE_UNREADABLE},
        {"seq 0", "{\"seq\":0,\"kind\":\"a\",\"v\":1," TIMES SALT BODY, WIRE_UNREADABLE},
        {"seq a text", "{\"seq\":\"1\",\"kind\":\"a\",\"v\":1," TIMES SALT BODY,
         WIRE_UNREADABLE},
        {"seq 2^53", "{\"seq\":9007199254740992,\"kind\":\"a\",\"v\":1," TIMES SALT BODY,
         WIRE_UNREADABLE},
        {"v 2^31", "{\"seq\":1,\"kind\":\"a\",\"v\":2147483648," TIMES SALT BODY,
         WIRE_UNREADABLE},
        {"kind empty", "{\"seq\":1,\"kind\":\"\",\"v\":1," TIMES SALT BODY,
         WIRE_UNREADABLE},
        {"kind of 33",
         "{\"seq\":1,\"kind\":\"abcdefghijklmnopqrstuvwxyz.abcdef\",\"v\":1," TIMES SALT
             BODY,
         WIRE_UNREADABLE},
        {"kind of capitals", "{\"seq\":1,\"kind\":\"A\",\"v\":1," TIMES SALT BODY,
         WIRE_UNREADABLE},
        {"kind escaped", "{\"seq\":1,\"kind\":\"\\u0061\",\"v\":1," TIMES SALT BODY,
         WIRE_UNREADABLE},
        {"id of 25",
         "{\"seq\":1,\"id\":\"0004106105R3GG28A1C60T3GF\",\"kind\":\"a\",\"v\":1," TIMES
             SALT BODY,
         WIRE_UNREADABLE},
        {"salt of 7", FIRST TIMES "\"salt\":\"AAECAwQFBg\"," BODY, WIRE_UNREADABLE},
        {"body no object", FIRST TIMES SALT "\"body\":[]}", WIRE_UNREADABLE},
        {"negative time", FIRST "\"boot\":17,\"mono_ms\":-1,\"wall_ms\":1," SALT BODY,
         WIRE_UNREADABLE},
        {"fraction", FIRST "\"boot\":17,\"mono_ms\":1.5,\"wall_ms\":1," SALT BODY,
         WIRE_UNREADABLE},
        {"CR", EVENT "\r", WIRE_UNREADABLE},
        {"not UTF-8", FIRST TIMES SALT "\"body\":{\"a\":\"\xE4\"}}", WIRE_UNREADABLE},
        {"nested nine deep", FIRST TIMES SALT "\"body\":{\"a\":[[[[[[[]]]]]]]}}",
         WIRE_UNREADABLE},
        {"gone of 31", "{\"seq\":414,\"gone\":\"AAAA\"}", WIRE_UNREADABLE},
        {"gone of nothing", "{\"seq\":0,\"gone\":\"" HASH "\"}", WIRE_UNREADABLE},
        {"gone first", "{\"gone\":\"" HASH "\",\"seq\":414}", WIRE_UNREADABLE},
        {"check of 7", "{\"check\":\"AAECAwQFBg\"}", WIRE_UNREADABLE},
        {"check of a number", "{\"check\":1}", WIRE_UNREADABLE},
        {"signature of 32", "{\"sig\":\"" SIG43 "\"}", WIRE_UNREADABLE},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct wire_line line = parse(rows[i].text);
        if (line.what != rows[i].what) {
            fail_msg("%s: %d", rows[i].name, line.what);
        }
        struct chain_hash hash = chain_line_hash(str_of(rows[i].text));
        if (line.what == WIRE_UNREADABLE) {
            assert_true(chain_eq(&line.hash, &hash));
            assert_int_equal(line.seq, 0);
        }
    }
}

static void test_bytes_of_others(void **state)
{
    uint8_t check[CHAIN_CHECK_SIZE] = {0, 1, 2, 3, 4, 5, 6, 7};
    struct wire_line line = parse("{\"check\":\"AAECAwQFBgc\"}");
    (void)state;
    assert_memory_equal(line.check, check, sizeof check);
    line =
        parse("{\"seq\":414,\"gone\":\"_wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\"}");
    assert_int_equal(line.seq, 414);
    assert_int_equal(line.hash.b[0], 0xFF);
    line = parse("{\"sig\":\"_wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" SIG43 "\"}");
    assert_int_equal(line.signature[0], 0xFF);
}

static void test_longest(void **state)
{
    static char text[WIRE_LINE_MAX + 2];
    struct wire_line line;
    struct buf b;
    (void)state;
    buf_init(&b, text, sizeof text);
    buf_printf(&b, "%s", FIRST TIMES SALT "\"body\":{\"a\":\"");
    memset(text + b.len, 'x', WIRE_LINE_MAX - b.len);
    memcpy(text + WIRE_LINE_MAX - 3, "\"}}", 3);
    wire_line_parse((struct str){text, WIRE_LINE_MAX}, &line);
    assert_int_equal(line.what, WIRE_EVENT);
    memcpy(text + WIRE_LINE_MAX - 3, "x\"}}", 4);
    wire_line_parse((struct str){text, WIRE_LINE_MAX + 1}, &line);
    assert_int_equal(line.what, WIRE_UNREADABLE);
}

static void test_header(void **state)
{
    struct wire_header header;
    (void)state;
    assert_int_equal(
        wire_header_parse(STR("{\"from\":413,\"check\":\"AAECAwQFBgc\",\"boot\":17,"
                              "\"mono_ms\":83211,\"new\":null}"),
                          &header),
        ERR_OK);
    assert_int_equal(header.from, 413);
    assert_int_equal(header.boot, 17);
    assert_int_equal(header.mono_ms, 83211);
    assert_int_equal(header.check[7], 7);
}

static void test_header_refused(void **state)
{
    static const char *const rows[] = {
        "",
        "{}",
        EVENT,
        "{\"check\":\"AAECAwQFBgc\",\"boot\":1,\"mono_ms\":1}",
        "{\"from\":0,\"check\":\"AAECAwQFBgc\",\"boot\":1,\"mono_ms\":1}",
        "{\"from\":1,\"from\":1,\"check\":\"AAECAwQFBgc\",\"boot\":1,\"mono_ms\":1}",
        "{\"from\":1,\"check\":\"AAECAwQFBg\",\"boot\":1,\"mono_ms\":1}",
        "{\"from\":1,\"check\":\"AAECAwQFBgc\",\"boot\":-1,\"mono_ms\":1}",
        "{\"from\":1,\"check\":\"AAECAwQFBgc\",\"boot\":1,\"mono_ms\":1}\r",
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct wire_header header;
        if (wire_header_parse(str_of(rows[i]), &header) != ERR_INVALID) {
            fail_msg("accepted: %s", rows[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_event),          cmocka_unit_test(test_times),
        cmocka_unit_test(test_kinds),          cmocka_unit_test(test_bytes_of_others),
        cmocka_unit_test(test_longest),        cmocka_unit_test(test_header),
        cmocka_unit_test(test_header_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
