#include "speech/speech.h"
#include "unit/unit.h"

static struct frame frame;
static char said[512];
static struct buf out;

static void begin(void)
{
    frame_begin(&frame, 100, 100, (enum theme)0, (enum color)0);
    buf_init(&out, said, sizeof said);
}

static void add(const char *label)
{
    frame_hit(&frame, (struct rect){0, 0, 10, 10}, (struct msg){.kind = MSG_HOME},
              str_of(label));
}

static void start_screen(void)
{
    begin();
    frame_title(&frame, STR("Hallo! Was möchtest du machen?"));
    add("Jobs ansehen");
    add("\u206812\u2069 Jobs. Ohne Anmeldung.");
    add("");
    add("Mein Blatt");
}

static void test_focus(void **state)
{
    (void)state;
    static const struct {
        int focus;
        const char *said;
    } cases[] = {
        {0, "Jobs ansehen. 1 von 4."},
        {1, "12 Jobs. Ohne Anmeldung. 2 von 4."},
        {2, "3 von 4."},
        {3, "Mein Blatt. 4 von 4."},
        {-1, ""},
        {4, ""},
    };
    struct i18n de = i18n_of(0);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        start_screen();
        frame.focus = cases[i].focus;
        speech_of_focus(&frame, &de, false, &out);
        assert_string_equal(said, cases[i].said);
    }
}

static void test_position_in_the_language(void **state)
{
    (void)state;
    struct i18n ar = i18n_of(language_find(STR("ar")));
    begin();
    add("أنا هنا؟");
    frame.focus = 0;
    speech_of_focus(&frame, &ar, false, &out);
    assert_string_equal(said, "أنا هنا؟ 1 من 1.");
}

static void test_screen(void **state)
{
    (void)state;
    struct i18n de = i18n_of(0);
    start_screen();
    speech_of_screen(&frame, &de, false, &out);
    assert_string_equal(said, "Hallo! Was möchtest du machen? Jobs ansehen. "
                              "12 Jobs. Ohne Anmeldung. Mein Blatt.");
    start_screen();
    speech_of_title(&frame, &de, false, &out);
    assert_string_equal(said, "Hallo! Was möchtest du machen?");
    begin();
    speech_of_screen(&frame, &de, false, &out);
    assert_string_equal(said, "");
}

static void test_private_only_on_headphones(void **state)
{
    (void)state;
    struct i18n de = i18n_of(0);
    for (int headphones = 0; headphones < 2; headphones++) {
        start_screen();
        frame.focus = 0;
        frame.speech_private = true;
        speech_of_focus(&frame, &de, headphones, &out);
        speech_of_title(&frame, &de, headphones, &out);
        speech_of_screen(&frame, &de, headphones, &out);
        assert_int_equal(out.len > 0, headphones);
    }
}

static void test_long_screens_are_cut_at_a_character(void **state)
{
    (void)state;
    struct i18n de = i18n_of(0);
    begin();
    for (int i = 0; i < 100; i++) {
        add("Größe ändern");
    }
    speech_of_screen(&frame, &de, false, &out);
    assert_true(out.cut);
    assert_int_equal(strlen(said), out.len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_focus),
        cmocka_unit_test(test_position_in_the_language),
        cmocka_unit_test(test_screen),
        cmocka_unit_test(test_private_only_on_headphones),
        cmocka_unit_test(test_long_screens_are_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
