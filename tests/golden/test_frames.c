/* Every state of every screen as text: what is drawn, what a tap means, what is spoken.
 * UPDATE=1 writes the files anew: look at the difference before it is committed. */
#include "support/states.h"
#include "unit/unit.h"

#include <stdio.h>

#define DUMP_SIZE (256 * 1024)
#define FOLDER "tests/golden/frames/"

static bool read_file(const char *path, char *out, size_t size)
{
    FILE *file = fopen(path, "r");
    if (!file) {
        return false;
    }
    size_t n = fread(out, 1, size - 1, file);
    out[n] = '\0';
    fclose(file);
    return true;
}

static void write_file(const char *path, struct str text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

static int line_of_difference(const char *a, const char *b)
{
    int line = 1;
    for (; *a && *a == *b; a++, b++) {
        line += *a == '\n';
    }
    return line;
}

static void test_frames(void **state)
{
    struct states *states = states_open();
    struct model *model = calloc(1, sizeof *model);
    struct frame *frame = calloc(1, sizeof *frame);
    char *now = malloc(DUMP_SIZE), *golden = malloc(DUMP_SIZE);
    bool update_all = getenv("UPDATE") != NULL;
    int differing = 0;
    (void)state;
    for (int i = 0; i < states_count(); i++) {
        char path[128];
        struct buf dump;
        snprintf(path, sizeof path, FOLDER "%s.txt", states_name(i));
        states_make(states, i, 1280, 800, 100, 0, model);
        view(model, text_measure_fixed(), frame);
        buf_init(&dump, now, DUMP_SIZE);
        frame_dump(frame, &dump);
        assert_false(dump.cut);
        if (update_all) {
            write_file(path, buf_str(&dump));
        } else if (!read_file(path, golden, DUMP_SIZE) || strcmp(golden, now) != 0) {
            fprintf(stderr, "%s: differs from line %d\n", path,
                    line_of_difference(golden, now));
            differing++;
        }
    }
    states_close(states);
    free(model);
    free(frame);
    free(now);
    free(golden);
    assert_int_equal(differing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_frames)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
