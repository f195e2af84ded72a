#include "form.h"

#include <stdio.h>

static struct evaluation_form form;

static int open_form(void **state)
{
    (void)state;
    form_open(&form);
    return 0;
}

static void test_the_form_inside(void **state)
{
    (void)state;
    assert_int_equal(form.version, 1);
    assert_int_equal(form.aspect_count, 6);
    assert_int_equal(form.about_count, 3);
    assert_int_equal(form.tile_count, 8);
    assert_int_equal(form.skip_count, 2);
    assert_int_equal(form.reason_count, 8);
    assert_string_equal(form.aspects[3].name, "Fragen");
    assert_int_equal(form.about[2].talk_step, 3);
    assert_int_equal(form.about[0].talk_step, -1);
    assert_string_equal(form.tiles[2].you, "Du hast mitgedacht.");
    for (int i = 0; i < form.aspect_count; i++) { /* two or three small steps each */
        assert_in_range(form.aspects[i].next_count, 2, FORM_NEXT_MAX);
        assert_string_not_equal(form.aspects[i].you, "");
        assert_int_equal(evaluation_form_aspect(&form, form.aspects[i].code), i);
    }
    assert_int_equal(evaluation_form_aspect(&form, "nothing"), -1);
}

static void test_eight_taps(void **state)
{
    (void)state;
    assert_int_equal(evaluation_form_taps(&form, SIDE_SELF), FORM_TAPS_MAX);
    assert_int_equal(evaluation_form_taps(&form, SIDE_SITE), 7);
    assert_int_equal(evaluation_form_page(&form, SIDE_SELF, 5).kind, PAGE_ASPECT);
    assert_int_equal(evaluation_form_page(&form, SIDE_SELF, 5).aspect, 5);
    assert_int_equal(evaluation_form_page(&form, SIDE_SELF, 6).kind, PAGE_ABOUT_SITE);
    assert_int_equal(evaluation_form_page(&form, SIDE_SELF, 7).kind, PAGE_CLOSING);
    assert_int_equal(evaluation_form_page(&form, SIDE_SITE, 6).kind, PAGE_CLOSING);
}

static void test_places(void **state)
{
    (void)state;
    const struct form_question *care = &form.aspects[2], *asking = &form.aspects[3];
    const struct form_question *time = &form.aspects[0];
    assert_int_equal(form_question_places(care), 4);
    assert_int_equal(form_question_place(care, 0), 4); /* "die ganze Zeit" */
    assert_int_equal(form_question_place(care, 3), 1); /* "noch nicht" */
    assert_int_equal(form_question_place(care, 4), 0);
    assert_int_equal(form_question_place(care, ANSWER_SKIPPED), 0);
    assert_int_equal(form_question_places(asking), 3);
    assert_int_equal(form_question_place(asking, 0), 3);
    assert_int_equal(form_question_place(asking, 2), 1);
    assert_int_equal(form_question_place(asking, 3), 0); /* "nicht nötig" */
    assert_int_equal(form_question_places(time), 3);
}

static void test_same_question(void **state)
{
    (void)state;
    struct form_question a = form.aspects[2], b = a;
    assert_true(form_question_same(&a, &b));
    str_copy(b.next[0], sizeof b.next[0], STR("Anders.")); /* not what was asked */
    assert_true(form_question_same(&a, &b));
    str_copy(b.steps[1], sizeof b.steps[1], STR("oft"));
    assert_false(form_question_same(&a, &b));
    b = a;
    b.off_scale = 1;
    assert_false(form_question_same(&a, &b));
    b = a;
    b.step_count--;
    assert_false(form_question_same(&a, &b));
}

/* The form's file with one piece replaced. */
static const struct {
    const char *name, *from, *to, *error;
} bad[] = {
    {"unknown field", "\"note\"", "\"nota\"", "line 3: field 'nota'"},
    {"version 0", "\"version\": 1", "\"version\": 0", "line 2: field 'version'"},
    {"code twice", "\"code\": \"care\"", "\"code\": \"time\"", "is there twice"},
    {"code with space", "\"code\": \"care\"", "\"code\": \"ca re\"", "must be 1 to"},
    {"no self", "\"self\": \"Ich war pünktlich.\",", "", "self': is missing"},
    {"step twice", "\"meistens\", \"manchmal\"", "\"meistens\", \"meistens\"",
     "is there twice"},
    {"empty step", "\"ein paar Mal\"", "\"\"", "must be a clean text"},
    {"step with control", "\"ein paar Mal\"", "\"ein\\tMal\"", "must be a clean text"},
    {"six steps", "[\"oft\",", "[\"a\", \"b\", \"oft\",", "has more than 5 entries"},
    {"off scale unknown", "\"off_scale\": [\"nicht nötig\"]", "\"off_scale\": [\"x\"]",
     "names no step"},
    {"nothing to compare", "\"off_scale\": [\"nicht nötig\"]",
     "\"off_scale\": [\"nicht nötig\", \"kaum\", \"manchmal\"]", "must have 2 steps"},
    {"talk unknown", "\"talk\": \"ich will reden\"", "\"talk\": \"reden\"",
     "names no step"},
    {"four next steps", "\"next\": [\"Ich frage: Was kann ich als Nächstes tun?\",",
     "\"next\": [\"a\", \"b\", \"c\",", "has more than 3 entries"},
    {"sentence missing for a tile", "\"Du hast geholfen.\", ", "",
     "must have one sentence for each tile"},
    {"no skip", "[\"weiß nicht\", \"möchte ich nicht sagen\"]", "[]",
     "must not be empty"},
    {"a long step", "\"ein paar Mal\"", "\"ein paar Mal und noch viele Male mehr\"",
     "has more than 32 characters"},
    {"nine taps", "\"aspects\": [",
     "\"aspects\": [{\"code\":\"x\",\"name\":\"X\",\"self\":\"S.\",\"site\":\"T.\","
     "\"steps\":[\"ja\",\"nein\"]},",
     "need 9 taps"},
    {"no aspects", "\"aspects\": [", "\"aspects\": [], \"about_site\": [", ""},
};

static void test_refused(void **state)
{
    (void)state;
    struct str json = form_asset();
    static char text[16384];
    static struct evaluation_form out, before;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        char memory[256];
        struct buf b, error;
        const char *at = strstr(json.ptr, bad[i].from);
        assert_non_null(at);
        buf_init(&b, text, sizeof text);
        buf_put(&b, (struct str){json.ptr, (size_t)(at - json.ptr)});
        buf_puts(&b, bad[i].to);
        buf_puts(&b, at + strlen(bad[i].from));
        assert_false(b.cut);
        buf_init(&error, memory, sizeof memory);
        enum err err = evaluation_form_load(buf_str(&b), &error, &out);
        if (err != ERR_INVALID || !strstr(memory, bad[i].error)) {
            fail_msg("%s: %s", bad[i].name, memory);
        }
        assert_memory_equal(&out, &before, sizeof out);
    }
}

/* A form as a centre may send it: without what only this program's own file has. */
static void test_a_plain_form(void **state)
{
    (void)state;
    static struct evaluation_form out;
    char memory[256];
    struct buf error;
    buf_init(&error, memory, sizeof memory);
    enum err err = evaluation_form_load(
        STR("{\"version\":7,\"aspects\":[{\"code\":\"care\",\"name\":\"Sorgfalt\","
            "\"self\":\"Ich habe genau gearbeitet.\",\"site\":\"Hat genau gearbeitet.\","
            "\"steps\":[\"ja\",\"nein\"]}],\"about_site\":[],\"again\":{\"self\":\"A?\","
            "\"site\":\"B?\",\"steps\":[\"ja\",\"nein\"]},\"went_well\":{\"self\":\"C:\","
            "\"site\":\"D:\",\"tiles\":[\"mitgedacht\"]},\"skip\":[\"weiß nicht\"]}"),
        &error, &out);
    if (err) {
        fail_msg("%s", memory);
    }
    assert_int_equal(evaluation_form_taps(&out, SIDE_SELF), 2);
    assert_string_equal(out.tiles[0].you, "");
    assert_int_equal(out.reason_count, 0);
    struct form_set set = {&out, 1};
    assert_ptr_equal(form_set_find(&set, 7), &out);
    assert_null(form_set_find(&set, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_form_inside), cmocka_unit_test(test_eight_taps),
        cmocka_unit_test(test_places),          cmocka_unit_test(test_same_question),
        cmocka_unit_test(test_refused),         cmocka_unit_test(test_a_plain_form),
    };
    return cmocka_run_group_tests(tests, open_form, NULL);
}
