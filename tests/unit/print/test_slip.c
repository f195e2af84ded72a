#include "print/slip_png.h"
#include "unit/print/paper.h"

static struct slip slip;
static uint8_t memory[ESCPOS_BYTES_MAX];
static struct paper paper;

static const char payload[] =
    "ANS040N4B20F80020G30G2GC1Q81450N30D1Q7G20G30G052C03GG1XQ02H5C34GB9H60S35759MJU4R09EUGDTW22KA"
    "LFUR9DM59VW22J9Q02HLHR9HR9FGA6EH90HAKWC0UJ1XQM1LUGGVUP5ADC53KTQHM4R40F0063DR9QJW000";

static struct slip_wish wish(void)
{
    return (struct slip_wish){
        .heading = STR("Blitzjob-Wunsch"),
        .title = STR("Handyhilfe im Seniorencafé"),
        .when = STR("Freitag, 27.11. · 15–17 Uhr"),
        .place = STR("Seniorenhaus am Park, Mitte"),
        .money = STR("10 Euro"),
        .payload = str_of(payload),
        .alias = STR("FALKE"),
        .code = STR("7K3M-QX"),
        .note = STR("Ein Wunsch, kein Vertrag. Ein Coach sagt dir Bescheid."),
    };
}

static void print(const char *profile, bool painted)
{
    struct text_paint paint = paper_text_paint();
    struct bytes out;
    bytes_init(&out, memory, sizeof memory);
    assert_int_equal(escpos_encode(&slip, profile_find(str_of(profile)),
                                   painted ? &paint : NULL, &out), ERR_OK);
    paper_read(&paper, out.data, out.len);
}

static void test_every_profile_has_a_name_and_a_width(void **state)
{
    (void)state;
    assert_null(profile_find(STR("")));
    assert_non_null(profile_find(STR(PROFILE_DEFAULT)));
    for (size_t i = 0; i < profile_count(); i++) {
        const struct profile *p = profile_at(i);
        assert_ptr_equal(profile_find(str_of(p->name)), p);
        assert_true(p->dots == 384 || p->dots == 576);
    }
}

static void test_the_wish_on_58_mm(void **state)
{
    struct slip_wish in = wish();
    (void)state;
    assert_int_equal(slip_wish(&in, &slip), ERR_OK);
    print("generic-58", false);
    assert_string_equal(paper.text, " Blitzjob-Wunsch\n"
                                    "Handyhilfe im\n"
                                    "Seniorencaf\x82\n"
                                    "Freitag, 27.11. \xFA 15-17 Uhr\n"
                                    "Seniorenhaus am Park, Mitte\n"
                                    "10 Euro\n"
                                    "FALKE \xFA 7K3M-QX\n"
                                    "Ein Wunsch, kein Vertrag. Ein Coach sagt\n"
                                    "dir Bescheid.\n");
    assert_int_equal(paper.icons, 1);
    assert_int_equal(paper.rasters, 3); /* two rules and the QR code */
    assert_int_equal(paper.raster_rows, 3 + 3 + 45 * 7);
    assert_int_equal(paper.cuts, 0);
}

static void test_the_lightning_is_the_drawn_one(void **state)
{
    struct slip_wish in = wish();
    static const uint8_t command[] = {0x1B, '*', 33, 24, 0};
    (void)state;
    assert_int_equal(slip_wish(&in, &slip), ERR_OK);
    print("generic-58", false);
    const uint8_t *at = memmem(memory, 200, command, sizeof command);
    assert_non_null(at);
    for (int x = 0; x < 24; x++) {
        for (int y = 0; y < 24; y++) {
            int dark = at[sizeof command + (size_t)(x * 3 + y / 8)] >> (7 - y % 8) & 1;
            assert_int_equal(dark, draw_lightning_at(x, y, 24));
        }
    }
}

static void test_the_wish_on_80_mm(void **state)
{
    struct slip_wish in = wish();
    (void)state;
    assert_int_equal(slip_wish(&in, &slip), ERR_OK);
    print("epson-tm", false);
    assert_int_equal(paper.native_qrs, 1);
    assert_int_equal(paper.rasters, 2);
    assert_int_equal(paper.cuts, 1);
    assert_non_null(strstr(paper.text, "Handyhilfe im\nSeniorencaf\x82\n"));
    assert_non_null(strstr(paper.text, "Ein Wunsch, kein Vertrag. Ein Coach sagt dir Bescheid.\n"));
}

static void test_what_is_not_known_is_left_out(void **state)
{
    struct slip_wish in = {.heading = STR("Wunsch"), .payload = str_of(payload)};
    (void)state;
    assert_int_equal(slip_wish(&in, &slip), ERR_OK);
    print("generic-80", false);
    assert_string_equal(paper.text, " Wunsch\n");
    in.payload = STR("");
    assert_int_equal(slip_wish(&in, &slip), ERR_INVALID);
}

static void test_other_letters_become_a_picture(void **state)
{
    struct slip_wish in = wish();
    (void)state;
    in.title = STR("مساعدة في المقهى");
    in.money = STR("10 €");
    in.rtl = true;
    assert_int_equal(slip_wish(&in, &slip), ERR_OK);
    print("generic-58", true);
    assert_int_equal(paper.rasters, 5);
    assert_null(strstr(paper.text, "10 "));
    print("epson-tm-58", true); /* has the Euro sign */
    assert_int_equal(paper.rasters, 3);
    assert_non_null(strstr(paper.text, "10 \xD5\n"));
    print("generic-58", false); /* nobody paints: left out, not wrong */
    assert_int_equal(paper.rasters, 3);
    assert_null(strstr(paper.text, "?"));
}

static void test_isolates_are_not_printed(void **state)
{
    struct slip_wish in = wish();
    (void)state;
    in.money = STR("\xE2\x81\xA8" "10\xE2\x81\xA9  Euro");
    for (int rtl = 0; rtl < 2; rtl++) {
        in.rtl = rtl;
        assert_int_equal(slip_wish(&in, &slip), ERR_OK);
        print("generic-58", false);
        assert_non_null(strstr(paper.text, "\n10 Euro\n"));
    }
    assert_string_equal(slip.lines[6].text, "\xE2\x81\xA8" "10\xE2\x81\xA9 Euro");
    in.money = STR("\xE2\x81\xA8\xE2\x81\xA9");
    assert_int_equal(slip_wish(&in, &slip), ERR_OK);
    print("generic-58", false);
    assert_non_null(strstr(paper.text, "Mitte\nFALKE"));
}

static void test_a_card_and_a_test_page(void **state)
{
    struct slip_card card = {
        .heading = STR("Deine Karte"), .alias = STR("Falke"),
        .payload = STR("ANKP000000000000000000000000000000001P"),
        .care = STR("Pass gut auf diese Karte auf."), .fold = STR("Hier falten."),
    };
    struct slip_test page = {
        .heading = STR("Druckertest"), .printer = STR("generic-58"),
        .text = STR("Zwölf Boxkämpfer jagen Viktor quer über den großen Deich."),
        .good = STR("Alles gut lesbar?"),
    };
    (void)state;
    assert_int_equal(slip_card(&card, &slip), ERR_OK);
    print("generic-58", false);
    assert_non_null(strstr(paper.text, "Pass gut auf diese Karte auf.\n"));
    assert_int_equal(slip_test(&page, &slip), ERR_OK);
    for (size_t i = 0; i < profile_count(); i++) {
        print(profile_at(i)->name, false);
        assert_non_null(strstr(paper.text, "....+....1....+....2....+....3..\n"));
        assert_non_null(strstr(paper.text, "Alles gut lesbar?\n"));
    }
}

static void test_nothing_in_a_text_is_a_command(void **state)
{
    static char big[10240];
    static const struct {
        const char *name, *text;
    } cases[] = {
        {"reset and cut", "\x1b@\x1dV\x42"},
        {"feed", "a\n\n\n\x1b\x64\xff"},
        {"one-byte controls of C1", "\xC2\x9B" "31m\xC2\x85"},
        {"real-time command", "\x10\x14\x01\x00\x05"},
        {"kanji mode", "\x1c&"},
        {"bidi override", "\xE2\x80\xAE" "falke"},
        {"invalid UTF-8", "\xff\xfe\x1b\xc0\x9b"},
        {"formats", "%s%n%1000000d"},
        {"delete", "a\x7f"},
        {"ten kilobytes", big},
        {"only spaces", "    "},
    };
    (void)state;
    memset(big, 'W', sizeof big - 1);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str text = str_of(cases[i].text);
        struct slip_wish in = {text, text, text, text, text, str_of(payload),
                               text, text, text, false};
        assert_int_equal(slip_wish(&in, &slip), ERR_OK);
        in.rtl = i % 2;
        assert_int_equal(slip_wish(&in, &slip), ERR_OK);
        for (size_t j = 0; j < profile_count(); j++) {
            print(profile_at(j)->name, j % 2 == 0);
            assert_int_equal(paper.cuts, profile_at(j)->cutter);
            assert_true(paper.icons <= 1);
        }
    }
}

static void test_wrapping(void **state)
{
    static const struct {
        const char *name, *text;
        int columns;
        const char *lines;
    } cases[] = {
        {"fits", "ab cd", 5, "ab cd|"},
        {"exactly full", "abc de", 3, "abc|de|"},
        {"one too many", "ab cd", 4, "ab|cd|"},
        {"long word", "abcdefgh", 3, "abc|def|gh|"},
        {"word after a long one", "abcdef gh", 4, "abcd|ef|gh|"},
        {"characters, not bytes", "ääää ß", 4, "ääää|ß|"},
        {"spaces at the end", "ab   ", 9, "ab|"},
        {"one column", "ab c", 1, "a|b|c|"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char got[64];
        struct buf b;
        struct str rest = str_of(cases[i].text);
        buf_init(&b, got, sizeof got);
        while (rest.len > 0) {
            buf_put(&b, typeset_wrap(&rest, cases[i].columns));
            buf_putc(&b, '|');
        }
        if (strcmp(got, cases[i].lines) != 0) {
            fail_msg("%s: %s", cases[i].name, got);
        }
    }
}

static void test_no_line_is_wider_than_the_paper(void **state)
{
    static struct typeset typeset;
    struct slip_wish in = wish();
    (void)state;
    in.title = STR("Donaudampfschifffahrtsgesellschaft und noch ein langer Titel dazu");
    assert_int_equal(slip_wish(&in, &slip), ERR_OK);
    for (size_t i = 0; i < profile_count(); i++) {
        assert_int_equal(typeset_make(&slip, profile_at(i), &typeset), ERR_OK);
        for (int j = 0; j < typeset.count; j++) {
            const struct typeset_line *line = &typeset.lines[j];
            assert_true(line->columns <= typeset_columns(profile_at(i), line->from->style));
        }
    }
    assert_int_equal(typeset_columns(profile_find(STR("generic-58")), STYLE_NORMAL), 32);
    assert_int_equal(typeset_columns(profile_find(STR("generic-58")), STYLE_SMALL), 42);
    assert_int_equal(typeset_columns(profile_find(STR("generic-80")), STYLE_NORMAL), 48);
}

static void test_code_pages(void **state)
{
    static const struct {
        uint32_t character;
        uint8_t bytes[CODEPAGE_COUNT];
    } cases[] = {
        {'A', {'A', 'A', 'A'}},        {0xE4, {0x84, 0x84, 0xE4}}, {0xDF, {0xE1, 0xE1, 0xDF}},
        {0x20AC, {0, 0xD5, 0x80}},     {0x2013, {'-', '-', 0x96}}, {0xA0, {' ', ' ', ' '}},
        {0x9B, {0, 0, 0}},             {0x1B, {0, 0, 0}},          {0x7F, {0, 0, 0}},
        {0x627, {0, 0, 0}},            {0x1F600, {0, 0, 0}},       {0, {0, 0, 0}},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        for (int page = 0; page < CODEPAGE_COUNT; page++) {
            assert_int_equal(codepage_byte((enum codepage)page, cases[i].character),
                             cases[i].bytes[page]);
        }
    }
}

static void test_too_little_room_is_told(void **state)
{
    struct slip_wish in = wish();
    struct bytes out;
    (void)state;
    assert_int_equal(slip_wish(&in, &slip), ERR_OK);
    for (size_t size = 0; size < 15000; size += 997) {
        bytes_init(&out, memory, size);
        assert_int_equal(escpos_encode(&slip, profile_at(0), NULL, &out), ERR_FULL);
        assert_true(out.len <= size);
    }
}

static void test_the_picture(void **state)
{
    struct text_paint paint = paper_text_paint();
    struct slip_wish in = wish();
    (void)state;
    assert_int_equal(slip_wish(&in, &slip), ERR_OK);
    for (int width = 384; width <= 576; width += 192) {
        struct surface surface = {0};
        int dark = 0;
        assert_int_equal(slip_png_draw(&slip, width, &paint, &surface), ERR_OK);
        assert_int_equal(surface.width, width);
        assert_true(surface.height > width && surface.height < 4 * width);
        for (int x = 0; x < width; x++) {
            dark += draw_is_dark(&surface, x, 0) + draw_is_dark(&surface, x, surface.height - 1);
        }
        assert_int_equal(dark, 0);
        slip_png_done(&surface);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_profile_has_a_name_and_a_width),
        cmocka_unit_test(test_the_wish_on_58_mm),
        cmocka_unit_test(test_the_lightning_is_the_drawn_one),
        cmocka_unit_test(test_the_wish_on_80_mm),
        cmocka_unit_test(test_what_is_not_known_is_left_out),
        cmocka_unit_test(test_other_letters_become_a_picture),
        cmocka_unit_test(test_isolates_are_not_printed),
        cmocka_unit_test(test_a_card_and_a_test_page),
        cmocka_unit_test(test_nothing_in_a_text_is_a_command),
        cmocka_unit_test(test_wrapping),
        cmocka_unit_test(test_no_line_is_wider_than_the_paper),
        cmocka_unit_test(test_code_pages),
        cmocka_unit_test(test_too_little_room_is_told),
        cmocka_unit_test(test_the_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
