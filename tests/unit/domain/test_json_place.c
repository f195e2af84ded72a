#include "domain/json_place.h"
#include "unit/unit.h"

static const char text[] = "\n{ \"a\" : [1, {\"b\\\"]\": \"}{][\\\\\"},\n"
                           "  {\"c\" : -1.5e3 ,\n   \"d\":\n null}, []],\n"
                           " \"e\":{},\n \"f\" : \"x\" }\n";

#define KEY(name)                                                                        \
    {                                                                                    \
        name, 0                                                                          \
    }
#define AT(i)                                                                            \
    {                                                                                    \
        NULL, i                                                                          \
    }

static const struct {
    const char *name;
    struct json_step steps[4];
    size_t count;
    int line;
} cases[] = {
    {"the root", {KEY("a")}, 0, 2},
    {"a", {KEY("a")}, 1, 2},
    {"first item", {KEY("a"), AT(0)}, 2, 2},
    {"third item", {KEY("a"), AT(2)}, 2, 3},
    {"its c", {KEY("a"), AT(2), KEY("c")}, 3, 3},
    {"its d", {KEY("a"), AT(2), KEY("d")}, 3, 4},
    {"its missing z: the object", {KEY("a"), AT(2), KEY("z")}, 3, 3},
    {"fourth item", {KEY("a"), AT(3)}, 2, 5},
    {"a fifth item: the list", {KEY("a"), AT(4)}, 2, 2},
    {"in an empty list", {KEY("a"), AT(3), AT(0)}, 3, 5},
    {"e", {KEY("e")}, 1, 6},
    {"in an empty object", {KEY("e"), KEY("x")}, 2, 6},
    {"f", {KEY("f")}, 1, 7},
    {"below a text", {KEY("f"), KEY("x")}, 2, 7},
    {"a key in a list", {KEY("a"), KEY("x")}, 2, 2},
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int line = json_place_line(str_of(text), cases[i].steps, cases[i].count);
        if (line != cases[i].line) {
            fail_msg("%s: got %d", cases[i].name, line);
        }
    }
}

/* It is only asked about good texts, and yet must not run away on a bad one. */
static void test_cut_texts_end(void **state)
{
    (void)state;
    const struct json_step steps[] = {KEY("a"), AT(2), KEY("d")};
    for (size_t len = 0; len < sizeof text; len++) {
        char *copy =
            malloc(len + 1); /* exactly as long: a sanitizer sees one step more */
        assert_non_null(copy);
        memcpy(copy, text, len);
        assert_true(json_place_line((struct str){copy, len}, steps, 3) >= 1);
        free(copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_cut_texts_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
