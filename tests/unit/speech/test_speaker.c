#include "speech/speech.h"
#include "unit/unit.h"

#include <stdio.h>
#include <unistd.h>

static char why_text[256];
static struct buf why;

static enum err open_speaker(const char *spec, struct speaker *speaker)
{
    buf_init(&why, why_text, sizeof why_text);
    return speaker_open(str_of(spec), &why, speaker);
}

static void test_refuses_what_is_no_speaker(void **state)
{
    (void)state;
    static const char *const specs[] = {"", "text", "text:", "espeak:", "loud", "none "};
    for (size_t i = 0; i < ARRAY_LEN(specs); i++) {
        struct speaker speaker;
        assert_int_equal(open_speaker(specs[i], &speaker), ERR_INVALID);
        assert_true(why.len > 0);
    }
}

static void test_none_is_silent(void **state)
{
    (void)state;
    struct speaker speaker;
    assert_int_equal(open_speaker("none", &speaker), ERR_OK);
    speaker.say(speaker.ctx, STR("Hallo"), 0);
    speaker.hush(speaker.ctx);
    speaker.close(speaker.ctx);
}

static void read_file(const char *path, char text[256])
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, 255, file)] = '\0';
    fclose(file);
}

static void test_text_writes_a_line_at_once(void **state)
{
    (void)state;
    char path[] = "/tmp/speech-XXXXXX", spec[64], text[256];
    struct speaker speaker;
    close(mkstemp(path));
    snprintf(spec, sizeof spec, "text:%s", path);
    assert_int_equal(open_speaker(spec, &speaker), ERR_OK);
    speaker.say(speaker.ctx, STR("Jobs ansehen. 1 von 6."), 0);
    read_file(path, text);
    assert_string_equal(text, "Jobs ansehen. 1 von 6.\n");
    speaker.hush(speaker.ctx);
    speaker.say(speaker.ctx, STR("Zwei\nZeilen\x1b[2J"), 0);
    read_file(path, text);
    assert_string_equal(text, "Jobs ansehen. 1 von 6.\nZwei Zeilen [2J\n");
    speaker.close(speaker.ctx);
    unlink(path);
}

static void test_text_says_why_it_cannot(void **state)
{
    (void)state;
    struct speaker speaker;
    assert_int_equal(open_speaker("text:/nowhere/at/all", &speaker), ERR_IO);
    assert_non_null(strstr(why_text, "/nowhere/at/all"));
}

/* Works on machines with and without sound, and never waits for the end of a sentence. */
static void test_voice_or_a_reason(void **state)
{
    (void)state;
    struct speaker speaker;
    enum err err = open_speaker("espeak", &speaker);
    if (err != ERR_OK) {
        assert_int_equal(err, ERR_UNSUPPORTED);
        assert_true(why.len > 0);
        return;
    }
    speaker.hush(speaker.ctx);
    speaker.close(speaker.ctx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refuses_what_is_no_speaker),
        cmocka_unit_test(test_none_is_silent),
        cmocka_unit_test(test_text_writes_a_line_at_once),
        cmocka_unit_test(test_text_says_why_it_cannot),
        cmocka_unit_test(test_voice_or_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
