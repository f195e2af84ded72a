#include "i18n/i18n.h"
#include "unit/unit.h"

/* ⟨ and ⟩ stand for the isolates U+2068 and U+2069, so that the table can be read. */
static void show_isolates(struct buf *out, const char *text)
{
    for (; *text; text++) {
        if (strncmp(text, "\xE2\x81\xA8", 3) == 0 ||
            strncmp(text, "\xE2\x81\xA9", 3) == 0) {
            buf_puts(out, text[2] == '\xA8' ? "⟨" : "⟩");
            text += 2;
        } else {
            buf_putc(out, *text);
        }
    }
}

static const struct {
    const char *name, *format, *value, *out;
} fill_cases[] = {
    {"nothing to fill", "Hallo!", "x", "Hallo!"},
    {"one value", "{a} Jobs", "12", "⟨12⟩ Jobs"},
    {"twice, other order", "{b}, {a}, {a}", "x", "⟨B⟩, ⟨x⟩, ⟨x⟩"},
    {"unknown name stays", "{c} {a}", "x", "{c} ⟨x⟩"},
    {"brace without end", "{a} {a", "x", "⟨x⟩ {a"},
    {"brace in brace", "{{a}}", "x", "{⟨x⟩}"},
    {"empty braces", "{}", "x", "{}"},
    {"value with braces is not filled again", "{a}", "{b}", "⟨{b}⟩"},
    {"percent signs are only signs", "{a} %s %n", "%n", "⟨%n⟩ %s %n"},
    {"empty value", "{a}!", "", "⟨⟩!"},
    {"isolates inside stay", "{a}", "x\u2068y\u2069z", "⟨x⟨y⟩z⟩"},
    {"an isolate is closed", "{a}!", "x\u2068y", "⟨x⟨y⟩⟩!"},
    {"nothing is closed too early", "{a}!", "x\u2069y", "⟨xy⟩!"},
    {"overrides are dropped", "{a}", "a\u202Eb\u202Cc", "⟨abc⟩"},
    {"arabic", "{a} {b}", "أهلا", "⟨أهلا⟩ ⟨B⟩"},
};

static void test_fill(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(fill_cases); i++) {
        char memory[128], shown[128];
        struct buf out, seen;
        const struct tr_arg args[] = {TR_ARG("a", fill_cases[i].value), TR_ARG("b", "B")};
        buf_init(&out, memory, sizeof memory);
        buf_init(&seen, shown, sizeof shown);
        tr_fill(&out, fill_cases[i].format, args, ARRAY_LEN(args));
        show_isolates(&seen, memory);
        if (strcmp(shown, fill_cases[i].out) != 0) {
            fail_msg("%s: got \"%s\"", fill_cases[i].name, shown);
        }
    }
}

static const struct {
    const char *in, *out;
} plain_cases[] = {
    {"Falke", "Falke"},
    {"\u206812\u2069 Jobs", "12 Jobs"},
    {"5\u00A0€", "5 €"},
    {"Silben\u00ADtrennung", "Silbentrennung"},
    {"a\u200E\u200F\u061C\u202E\u200B\u2066\uFEFFb", "ab"},
    {"أهلاً", "أهلاً"},
    {"", ""},
};

static void test_plain(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(plain_cases); i++) {
        char memory[64];
        struct buf out;
        buf_init(&out, memory, sizeof memory);
        tr_plain(&out, str_of(plain_cases[i].in));
        assert_string_equal(memory, plain_cases[i].out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fill),
        cmocka_unit_test(test_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
