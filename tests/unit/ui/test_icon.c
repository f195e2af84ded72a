/* Which pictograms are turned in a language from right to left. */
#include "base/check.h"
#include "model/model.h"
#include "ui/ui.h"
#include "unit/unit.h"

static struct model model;
static struct frame frame;

static bool mirrored(const char *language, const char *icon)
{
    struct ui ui;
    model.width = 1280;
    model.height = 800;
    model.text_percent = 100;
    model.language = language_find(str_of(language));
    ui_begin(&ui, &model, &frame, (struct text_measure){0}, THEME_PAPER);
    ui_icon(&ui, rect_make(10, 10, 32, 32), icon);
    assert_int_equal(frame.draw_count, 1);
    return frame.draws[0].mirrored;
}

static void test_mirrored(void **state)
{
    (void)state;
    static const struct {
        const char *language, *icon;
        bool mirrored;
    } rows[] = {
        {"de", "back", false},  {"ar", "back", true},       {"ar", "forward", true},
        {"ar", "delete", true}, {"ar", "read-aloud", true}, {"ar", "check", false},
        {"ar", "clock", false}, {"ar", "safe-here", false},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        assert_int_equal(mirrored(rows[i].language, rows[i].icon), rows[i].mirrored);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_mirrored)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
