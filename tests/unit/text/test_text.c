#include "text/text.h"

#include "base/utf8.h"
#include "support/support.h"
#include "unit/unit.h"

static struct text *text;
static struct text_spec latin = {WEIGHT_TEXT, 22, 27, false};
static struct text_spec arabic = {WEIGHT_TITLE, 26, 32, true};

static int open_text(void **state)
{
    char memory[128];
    struct buf why;
    (void)state;
    buf_init(&why, memory, sizeof memory);
    return text_open(&why, &text) == ERR_OK ? 0 : -1;
}

static int close_text(void **state)
{
    (void)state;
    text_close(text);
    return 0;
}

static struct text_box measured(const struct text_spec *spec, struct str s, int width_max,
                                int lines_max)
{
    struct text_box box;
    struct text_measure measure = text_measure(text);
    measure.measure(measure.ctx, spec, s, width_max, lines_max, &box);
    return box;
}

/* Runs of the lines from left to right; the file names shortened to a letter. */
static const struct {
    const char *name, *text, *runs;
    bool rtl;
    int width_max, lines_max;
} run_cases[] = {
    {"empty", "", "", false, 999, 9},
    {"german", "Blumen gießen", "ltr I \"Blumen gießen\"\n", false, 999, 9},
    {"hebrew in german", "Das ist אבג jetzt",
     "ltr I \"Das ist \", rtl H \"אבג\", ltr H \" \", ltr I \"jetzt\"\n", false, 999, 9},
    {"arabic with digits", "في 25 يوم",
     "rtl A \"يوم\", rtl I \" \", ltr I \"25\", rtl A \"في \"\n", true, 999, 9},
    {"isolated number stays in place",
     "تسجيل \u2068"
     "12\u2069",
     "ltr I \"12\", rtl A \"تسجيل \"\n", true, 999, 9},
    {"isolate keeps latin together",
     "قل \u2068"
     "A-1 (x)\u2069!",
     "rtl I \"!\", ltr I \"A-1 (x)\", rtl A \"قل \"\n", true, 999, 9},
    {"latin in a right-to-left paragraph", "Hof", "ltr I \"Hof\"\n", true, 999, 9},
    {"break at a space", "Blumen gießen", "ltr I \"Blumen\"\nltr I \"gießen\"\n", false,
     100, 9},
    {"break between words only", "Hof – Garten", "ltr I \"Hof –\"\nltr I \"Garten\"\n",
     false, 90, 9},
    {"no-break space holds", "Preis 10\u00A0€", "ltr I \"Preis\"\nltr I \"10\u00A0€\"\n",
     false, 90, 9},
    {"long word is broken", "Rindfleischetikett",
     "ltr I \"Rindfleis\"\nltr I \"chetikett\"\n", false, 100, 9},
    {"soft hyphen unused", "Kiez\u00ADfest", "ltr I \"Kiezfest\"\n", false, 999, 9},
    {"soft hyphen used", "Kiez\u00ADfest",
     "ltr I \"Kiez\", ltr I \"-\"\nltr I \"fest\"\n", false, 60, 9},
    {"new line", "a\nb", "ltr I \"a\"\nltr I \"b\"\n", false, 999, 9},
    {"empty line between", "a\n\nb", "ltr I \"a\"\n\nltr I \"b\"\n", false, 999, 9},
    {"dots", "Blumen gießen im Hof", "ltr I \"Blumen\", ltr I \"…\"\n", false, 110, 1},
    {"dots for a lost line", "a\nb", "ltr I \"a\", ltr I \"…\"\n", false, 999, 1},
    {"control bytes are not drawn", "a\x01\x1b[2Jb\x7f", "ltr I \"a[2Jb\"\n", false, 999,
     9},
    {"bidi override is obeyed, not drawn", "\u202Eab\u202C", "rtl I \"ab\"\n", false, 999,
     9},
    {"malformed",
     "a\xFF"
     "b",
     "ltr I \"a\", ltr N \"\uFFFD\", ltr I \"b\"\n", false, 999, 9},
    {"tab is a space", "a\tb", "ltr I \"a b\"\n", false, 999, 9},
};

/* "Inter-SemiBold.otf" → "I", "NotoSansArabic-Bold.ttf" → "A". */
static void shorten(char *runs)
{
    char *out = runs;
    for (char *p = runs; *p; p++) {
        bool file = strncmp(p, "Inter", 5) == 0 || strncmp(p, "NotoSans", 8) == 0;
        if (file) {
            *out++ = *p == 'I' ? 'I' : p[8] == '-' ? 'N' : p[8];
            p = strchr(p, ' ');
        }
        *out++ = *p;
    }
    *out = '\0';
}

static void test_runs(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(run_cases); i++) {
        char memory[1024];
        struct buf out;
        struct text_spec spec = latin;
        spec.rtl = run_cases[i].rtl;
        buf_init(&out, memory, sizeof memory);
        text_inspect(text, &spec, str_of(run_cases[i].text), run_cases[i].width_max,
                     run_cases[i].lines_max, &out);
        shorten(memory);
        if (strcmp(memory, run_cases[i].runs) != 0) {
            fail_msg("%s: got %s instead of %s", run_cases[i].name, memory,
                     run_cases[i].runs);
        }
    }
}

#define SIDE 400

static uint32_t pixels[SIDE * SIDE];

static void paint(const struct text_spec *spec, const char *s, struct rect rect,
                  int align, int lines_max)
{
    struct surface surface = {pixels, SIDE, SIDE, SIDE};
    struct text_paint painter = text_paint(text);
    for (size_t i = 0; i < ARRAY_LEN(pixels); i++) {
        pixels[i] = 0xFFFFFF;
    }
    painter.paint(painter.ctx, &surface, rect_make(0, 0, SIDE, SIDE), rect, spec, align,
                  lines_max, str_of(s), 0x000000);
}

static struct rect ink(void)
{
    int x0 = SIDE, y0 = SIDE, x1 = 0, y1 = 0;
    for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
            if (pixels[y * SIDE + x] != 0xFFFFFF) {
                x0 = x < x0 ? x : x0;
                y0 = y < y0 ? y : y0;
                x1 = x + 1 > x1 ? x + 1 : x1;
                y1 = y + 1 > y1 ? y + 1 : y1;
            }
        }
    }
    return rect_make(x0, y0, x1 - x0, y1 - y0);
}

static const char *const painted[] = {
    "Hamburg",
    "Flyer für das Kiezfest am Samstag",
    "شاهد الوظائف",
    "12 وظيفة جديدة. بدون تسجيل.",
    "Das ist אבג jetzt",
    "10\u00A0€ für 2 Stunden",
    "Ж б ю",
    "Ω",
};

static void test_paint_stays_inside_what_was_measured(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(painted); i++) {
        for (int align = 0; align < 3; align++) {
            const struct text_spec *spec = i % 2 ? &latin : &arabic;
            struct text_box box = measured(spec, str_of(painted[i]), 200, 9);
            int x = align == 1 ? 350 - box.width : align == 2 ? 250 - box.width / 2 : 150;
            paint(spec, painted[i], rect_make(150, 100, 200, box.height), align, 9);
            struct rect r = ink();
            if (r.x < x - 3 || r.x + r.w > x + box.width + 3 || r.w < box.width - 8 ||
                r.y < 100 - spec->size / 3 ||
                r.y + r.h > 100 + box.height + spec->size / 3) {
                fail_msg("%s, align %d: ink %d,%d %dx%d of box %dx%d", painted[i], align,
                         r.x, r.y, r.w, r.h, box.width, box.height);
            }
        }
    }
}

static void test_capitals_stand_in_the_middle_of_a_line(void **state)
{
    (void)state;
    for (int size = 20; size <= 64; size += 4) {
        struct text_spec spec = {WEIGHT_TITLE, size, size * 5 / 4, false};
        paint(&spec, "HEH", rect_make(10, 100, 300, spec.line_height), 0, 1);
        struct rect r = ink();
        int above = r.y - 100, below = 100 + spec.line_height - (r.y + r.h);
        assert_in_range(above - below + 2, 0, 4);
    }
}

static void test_clip_is_respected(void **state)
{
    (void)state;
    struct surface surface = {pixels, SIDE, SIDE, SIDE};
    struct text_paint painter = text_paint(text);
    struct rect clip = {60, 105, 31, 9};
    paint(&latin, "Flyer für das Kiezfest", rect_make(50, 100, 300, 27), 0, 1);
    static uint32_t whole[SIDE * SIDE];
    memcpy(whole, pixels, sizeof pixels);
    paint(&latin, "", rect_make(0, 0, 1, 1), 0, 1);
    painter.paint(painter.ctx, &surface, clip, rect_make(50, 100, 300, 27), &latin, 0, 1,
                  STR("Flyer für das Kiezfest"), 0);
    for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
            uint32_t want = rect_has(clip, x, y) ? whole[y * SIDE + x] : 0xFFFFFF;
            assert_int_equal(pixels[y * SIDE + x], want);
        }
    }
}

static void test_lines_fit_their_width(void **state)
{
    (void)state;
    static const char *const words =
        "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz, 3-mal am Tag; "
        "أهلاً! ماذا تريد أن تفعل؟ und \u2068"
        "15:42\u2069 Uhr 🇩🇪 👩‍👩‍👧 e\u0301\u0302";
    for (int width = 1; width < 400; width += 7) {
        for (int lines = 1; lines < 9; lines += 3) {
            struct text_box box = measured(&latin, str_of(words), width, lines);
            assert_true(box.lines <= lines);
            assert_true(box.width <= width || width < 40); /* one character is least */
            assert_true(box.cut || box.lines <= lines);
        }
    }
}

static void test_ten_thousand_bytes(void **state)
{
    (void)state;
    static char big[10240];
    memset(big, 'x', sizeof big);
    assert_true(measured(&latin, (struct str){big, sizeof big}, 300, 3).cut);
    assert_int_equal(measured(&latin, (struct str){big, sizeof big}, 300, 0).lines, 64);
    for (size_t i = 0; i < sizeof big; i++) {
        big[i] = "aא ב"[i % 6]; /* malformed on purpose at times */
    }
    assert_true(measured(&latin, (struct str){big, sizeof big}, 1 << 20, 1).lines == 1);
    memset(big, '\n', sizeof big);
    assert_int_equal(measured(&latin, (struct str){big, sizeof big}, 300, 0).lines, 64);
}

static void test_any_bytes(void **state)
{
    (void)state;
    uint64_t seed = 42;
    struct rng rng = fake_rng(&seed);
    for (int round = 0; round < 150; round++) {
        char bytes[96];
        size_t len = rng_below(&rng, sizeof bytes);
        rng_fill(&rng, bytes, len);
        for (size_t i = 0; round % 2 && i + 4 < len; i += 4) {
            utf8_encode(0x20 + rng_below(&rng, 0xD000), bytes + i);
        }
        struct text_spec spec = round % 3 ? latin : arabic;
        struct text_box box = measured(&spec, (struct str){bytes, len}, 80, 4);
        assert_true(box.lines <= 4);
    }
}

static void test_caches_are_bounded(void **state)
{
    (void)state;
    for (int i = 0; i < 1500; i++) {
        char words[32];
        struct buf b;
        struct text_spec spec = {WEIGHT_TITLE, 60 + i % 4, 70, false};
        buf_init(&b, words, sizeof words);
        buf_printf(&b, "%d", i);
        paint(&spec, words, rect_make(0, 0, 400, 70), 0, 1);
    }
    assert_in_range(text_cache_bytes(text), 1, 2560 * 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_runs),
        cmocka_unit_test(test_paint_stays_inside_what_was_measured),
        cmocka_unit_test(test_capitals_stand_in_the_middle_of_a_line),
        cmocka_unit_test(test_clip_is_respected),
        cmocka_unit_test(test_lines_fit_their_width),
        cmocka_unit_test(test_ten_thousand_bytes),
        cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_caches_are_bounded),
    };
    return cmocka_run_group_tests(tests, open_text, close_text);
}
