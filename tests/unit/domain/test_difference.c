/* Two views in words. Also holds the rule of review: no number about a person. */
#include "form.h"

#include "domain/difference.h"

#include <stdio.h>

static struct evaluation_form form;

static int open_form(void **state)
{
    (void)state;
    form_open(&form);
    return 0;
}

/* Steps of the six aspects as digits, - for skipped: "0-1230". */
static struct evaluation_view view_of(enum form_side side, const char *steps,
                                      uint16_t tiles)
{
    struct evaluation_view v;
    evaluation_view_init(&v, side, 1);
    for (int i = 0; steps[i]; i++) {
        v.aspects[i] = (int8_t)(steps[i] == '-' ? ANSWER_SKIPPED : steps[i] - '0');
    }
    v.tiles = tiles;
    return v;
}

static const char *german(const struct sentence *s, char out[256])
{
    struct buf b;
    buf_init(&b, out, 256);
    sentence_german(&b, s);
    return out;
}

static const struct {
    const char *name, *self, *site;
    uint16_t self_tiles, site_tiles;
    const char *kinds; /* = same, + site sees more, ? worth a talk, - not comparable */
    const char *strength, *agreement, *talk;
    int first_step; /* aspect; -1: none */
} cases[] = {
    {"as in the picture", "012201", "010001", 0, 0,
     "==++==", "Die Stelle hat gesehen: Du hast genau gearbeitet.",
     "Das habt ihr beide gesehen: Du warst pünktlich.", "", 1},
    {"all best", "000000", "000000", 4, 6,
     "======", "Die Stelle hat gesehen: Du hast mitgedacht.",
     "Das habt ihr beide gesehen: Du warst pünktlich.", "", 0},
    {"worth a talk", "000000", "002000", 0, 1,
     "==?===", "Die Stelle hat gesehen: Du warst pünktlich.",
     "Das habt ihr beide gesehen: Du warst pünktlich.",
     "Bei „Sorgfalt“ lohnt ein Gespräch.", 2},
    {"not needed", "003300", "003000", 0, 0,
     "===-==", "Die Stelle hat gesehen: Du warst pünktlich.",
     "Das habt ihr beide gesehen: Du warst pünktlich.", "", 2},
    {"not needed by both", "---3--", "---3--", 0, 0, "------", "", "", "", 0},
    {"all skipped", "------", "------", 0, 0, "------", "", "", "", 0},
    {"site skipped", "010000", "------", 0, 0, "------", "", "", "", 1},
    {"self skipped", "------", "000000", 0, 0, "------",
     "Die Stelle hat gesehen: Du warst pünktlich.", "", "", 0},
    {"site sees less throughout", "000000", "233233", 0, 0, "??????", "", "",
     "Bei „Zeit“ lohnt ein Gespräch.", 0},
    {"agree on something not best", "-1----", "-1----", 0, 0, "-=----", "",
     "Bei „Absprache“ wart ihr euch einig.", "", 1},
    {"the site's tile alone", "------", "------", 1, 2, "------",
     "Die Stelle hat gesehen: Du warst freundlich.", "", "", 0},
};

static void check(const char *name, const char *what, const struct sentence *s,
                  const char *want)
{
    char text[256];
    if (strcmp(german(s, text), want) != 0) {
        fail_msg("%s, %s: \"%s\"", name, what, text);
    }
}

static void test_words(void **state)
{
    (void)state;
    static const char signs[] = "=+?-";
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct difference d;
        struct evaluation_view self =
            view_of(SIDE_SELF, cases[i].self, cases[i].self_tiles);
        struct evaluation_view site =
            view_of(SIDE_SITE, cases[i].site, cases[i].site_tiles);
        difference_of(&form, &self, &site, &d);
        for (int k = 0; k < form.aspect_count; k++) {
            if (signs[d.aspects[k]] != cases[i].kinds[k]) {
                fail_msg("%s: aspect %d", cases[i].name, k);
            }
        }
        check(cases[i].name, "strength", &d.strength, cases[i].strength);
        check(cases[i].name, "agreement", &d.agreement, cases[i].agreement);
        check(cases[i].name, "talk", &d.talk, cases[i].talk);
        int first = d.step_count > 0 ? d.steps[0].aspect : -1;
        if (first != cases[i].first_step || d.step_count != DIFFERENCE_STEPS_MAX) {
            fail_msg("%s: first of %d steps is %d", cases[i].name, d.step_count, first);
        }
    }
}

static void test_lines(void **state)
{
    (void)state;
    struct difference d;
    struct evaluation_view self = view_of(SIDE_SELF, "0-02--", 0);
    struct evaluation_view site = view_of(SIDE_SITE, "0-20--", 0);
    difference_of(&form, &self, &site, &d);
    check("lines", "same", &d.lines[0], "Bei „Zeit“ wart ihr euch einig.");
    check("lines", "none", &d.lines[1], "");
    check("lines", "talk", &d.lines[2], "Bei „Sorgfalt“ lohnt ein Gespräch.");
    check("lines", "more", &d.lines[3], "Die Stelle sieht bei „Fragen“ mehr in dir.");
    for (int i = 0; i < DIFFERENCE_KIND_COUNT; i++) {
        assert_true(difference_word((enum difference_kind)i)[0] != '\0');
    }
}

/* For all answers: sentences never judge, never count, never say "nie". */
static void check_kind_words(const struct sentence *s)
{
    static const char *const never[] = {"schlecht", "schlechter", "weniger", "falsch",
                                        "nie",      "Punkte",     "besser",  "Note"};
    char text[256];
    german(s, text);
    for (size_t i = 0; i < ARRAY_LEN(never); i++) {
        assert_null(strstr(text, never[i]));
    }
    assert_null(strchr(text, '{'));
    assert_null(strpbrk(text, "0123456789%"));
}

static void test_random_views(void **state)
{
    (void)state;
    uint64_t seed = 20261127;
    struct rng rng = fake_rng(&seed);
    for (int round = 0; round < 3000; round++) {
        struct difference d, again, other;
        struct evaluation_view self = form_random_view(&rng, &form, SIDE_SELF);
        struct evaluation_view site = form_random_view(&rng, &form, SIDE_SITE);
        struct evaluation_view stranger = form_random_view(&rng, &form, SIDE_SITE);
        difference_of(&form, &self, &site, &d);
        difference_of(&form, &self, &stranger, &other); /* somebody else's in between */
        difference_of(&form, &self, &site, &again);
        assert_memory_equal(&d, &again, sizeof d);
        for (int i = 0; i < form.aspect_count; i++) {
            int own = form_question_place(&form.aspects[i], self.aspects[i]);
            int theirs = form_question_place(&form.aspects[i], site.aspects[i]);
            assert_true((d.aspects[i] == DIFFERENCE_SITE_SEES_MORE) ==
                        (own > 0 && theirs > own));
            assert_true((d.aspects[i] == DIFFERENCE_WORTH_A_TALK) ==
                        (theirs > 0 && own > theirs));
            check_kind_words(&d.lines[i]);
        }
        check_kind_words(&d.strength);
        check_kind_words(&d.agreement);
        assert_in_range(d.step_count, 2, 3);
        for (int i = 0; i < d.step_count; i++) {
            assert_string_equal(d.steps[i].text,
                                form.aspects[d.steps[i].aspect].next[d.steps[i].index]);
            assert_true(i == 0 || strcmp(d.steps[i].text, d.steps[i - 1].text) != 0);
        }
        /* what the person said about the site changes nothing of how they are seen */
        memset(self.about_site, ANSWER_SKIPPED, sizeof self.about_site);
        self.again = ANSWER_SKIPPED;
        difference_of(&form, &self, &site, &again);
        assert_memory_equal(&d, &again, sizeof d);
    }
}

static void test_other_versions_are_not_compared(void **state)
{
    (void)state;
    struct difference d;
    struct evaluation_view self = view_of(SIDE_SELF, "000000", 1);
    struct evaluation_view site = view_of(SIDE_SITE, "000000", 1);
    site.form = 2;
    difference_of(&form, &self, &site, &d);
    for (int i = 0; i < d.aspect_count; i++) {
        assert_int_equal(d.aspects[i], DIFFERENCE_NOT_COMPARABLE);
    }
    assert_null(d.strength.text);
    assert_int_equal(d.step_count, 0);
}

static void test_thanks(void **state)
{
    (void)state;
    struct sentence s = difference_thanks("Falke", 120);
    check("thanks", "2 hours", &s, "Danke, Falke. Du warst 2 Stunden dabei.");
    s = difference_thanks("Falke", 61);
    check("thanks", "61", &s, "Danke, Falke. Du warst 1 Stunde 1 Minute dabei.");
    s = difference_thanks("Falke", 45);
    check("thanks", "45", &s, "Danke, Falke. Du warst 45 Minuten dabei.");
    s = difference_thanks("Falke", 0);
    check("thanks", "0", &s, "Danke, Falke. Schön, dass du dabei warst.");
}

static void test_a_new_field(void **state)
{
    (void)state;
    field_set_t all = ((field_set_t)1 << (FIELD_MAX + 1)) - 2;
    assert_int_equal(field_never_tried(0, 0, 0), 1);
    assert_int_equal(field_never_tried(1u << 1, 0, 1), 2);
    assert_int_equal(field_never_tried(0, 0, 25), 1);
    assert_int_equal(field_never_tried(0, 1u << 7 | 1u << 3, 5), 7);
    assert_int_equal(field_never_tried(1u << 7, 1u << 7 | 1u << 3, 5), 3);
    assert_int_equal(field_never_tried(1u << 7 | 1u << 3, 1u << 7 | 1u << 3, 7), 8);
    assert_int_equal(field_never_tried(all, all, 3), 0);
    assert_int_equal(field_never_tried(all & ~(1u << 25), 0, 25), 25);
    assert_int_equal(field_never_tried(0, 0, 99), 1);
    struct sentence s = difference_new_field(18);
    check("new", "film", &s, "Neu für dich wäre: Film, Foto, Schnitt.");
    s = difference_new_field(0);
    check("new", "none", &s, "Du kennst schon alle Felder.");
}

/* ---- over time ---- */

static const struct {
    const char *name, *views[4]; /* from first to last */
    const char *lines[3];
} ways[] = {
    {"one job", {"000000"}, {0}},
    {"forward",
     {"--2---", "--1---"},
     {"Sorgfalt: Beim ersten Mal „manchmal“, heute „meistens“."}},
    {"first that was answered",
     {"------", "--3---", "--2---", "--0---"},
     {"Sorgfalt: Beim ersten Mal „noch nicht“, heute „die ganze Zeit“."}},
    {"stayed at best",
     {"0-----", "0-----"},
     {"Zeit: Beim ersten Mal „ja“ und heute wieder."}},
    {"stayed below: a talk's matter", {"-1----", "-1----"}, {0}},
    {"backward: a talk's matter", {"--0---", "--2---"}, {0}},
    {"today skipped", {"--2---", "------"}, {0}},
    {"off the scale", {"---2--", "---3--"}, {0}},
    {"forward before stayed",
     {"000211", "000100"},
     {"Fragen: Beim ersten Mal „kaum“, heute „manchmal“.",
      "Miteinander: Beim ersten Mal „meistens“, heute „die ganze Zeit“.",
      "Selbst gesehen: Beim ersten Mal „ein paar Mal“, heute „oft“."}},
};

static void test_development(void **state)
{
    (void)state;
    struct form_set forms = {&form, 1};
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        struct evaluation_view views[4];
        const struct evaluation_view *selves[4];
        size_t count = 0;
        struct development d;
        for (; count < 4 && ways[i].views[count]; count++) {
            views[count] = view_of(SIDE_SELF, ways[i].views[count], 0);
            selves[count] = &views[count];
        }
        difference_development(&forms, selves, count, &d);
        for (int k = 0; k < DEVELOPMENT_MAX; k++) {
            const char *want = ways[i].lines[k] ? ways[i].lines[k] : "";
            struct sentence none = {0};
            check(ways[i].name, "line", k < d.line_count ? &d.lines[k] : &none, want);
        }
    }
}

static void test_development_across_versions(void **state)
{
    (void)state;
    static struct evaluation_form both[2];
    struct form_set forms = {both, 2};
    struct development d;
    both[0] = both[1] = form;
    both[1].version = 2;
    struct evaluation_view first = view_of(SIDE_SELF, "--2---", 0);
    struct evaluation_view last = view_of(SIDE_SELF, "--1---", 0);
    const struct evaluation_view *selves[] = {&first, &last};
    last.form = 2;
    difference_development(&forms, selves, 2, &d);
    assert_int_equal(d.line_count, 1); /* the question stayed the same */
    str_copy(both[1].aspects[2].steps[1], FORM_WORD_SIZE, STR("oft"));
    difference_development(&forms, selves, 2, &d);
    assert_int_equal(d.line_count, 0); /* other words: another question */
    last.form = 3;
    difference_development(&forms, selves, 2, &d);
    assert_int_equal(d.line_count, 0);
    difference_development(&forms, selves, 0, &d);
    assert_int_equal(d.line_count, 0);
}

/* ---- the rule of review ---- */

/* What may return a number, and of what it speaks. */
static const char *const about_no_person[] = {
    "field_never_tried(",          /* a field */
    "sheet_outline_corner(",       /* one answer of one job, a place in a drawing */
    "evaluation_form_page_count(", /* the form */
    "evaluation_form_taps(",       "evaluation_form_aspect(", "form_question_place(",
    "form_question_places(",       "sheet_item_encode(", /* bytes */
};

static bool is_excused(const char *line)
{
    for (size_t i = 0; i < ARRAY_LEN(about_no_person); i++) {
        if (strstr(line, about_no_person[i])) {
            return true;
        }
    }
    return false;
}

/* A prototype that gives a number: by its return type or through an _out pointer. */
static bool gives_a_number(const char *line)
{
    static const char *const types[] = {"int ",      "long ",     "unsigned ", "double ",
                                        "float ",    "size_t ",   "int64_t ",  "int32_t ",
                                        "uint32_t ", "uint64_t ", "uint16_t "};
    static const char *const outs[] = {"int *",    "double *",   "float *", "int64_t *",
                                       "size_t *", "uint32_t *", "long *"};
    bool found = false;
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        found |= strncmp(line, types[i], strlen(types[i])) == 0;
    }
    for (size_t i = 0; i < ARRAY_LEN(outs); i++) {
        found |= line[0] != ' ' && strstr(line, outs[i]) != NULL;
    }
    return found && strchr(line, '(');
}

static bool names_a_score(const char *line)
{
    static const char *const words[] = {"score", "average", "mean_", "rank",  "sum_",
                                        "total", "percent", "stars", "rating"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (line[0] != '/' && line[0] != ' ' && strstr(line, words[i])) {
            return true;
        }
    }
    return false;
}

/* Prototypes start at the first column in this house; their second lines do not, so
 * they are joined before they are judged. */
static void check_header(const char *name)
{
    char path[512], line[1024];
    const char *here = __FILE__, *end = strstr(here, "tests/unit/");
    assert_non_null(end);
    snprintf(path, sizeof path, "%.*sapp/domain/%s", (int)(end - here), here, name);
    FILE *file = fopen(path, "r");
    if (!file) {
        fail_msg("cannot read %s", path);
    }
    int prototypes = 0;
    while (fgets(line, sizeof line, file)) {
        while (line[0] != ' ' && line[0] != '/' && strchr(line, '(') &&
               !strchr(line, ';')) {
            size_t len = strcspn(line, "\n");
            if (!fgets(line + len, (int)(sizeof line - len), file)) {
                break;
            }
        }
        prototypes += line[0] >= 'a' && strchr(line, '(') && strchr(line, ';');
        if ((gives_a_number(line) && !is_excused(line)) || names_a_score(line)) {
            fail_msg("%s: a number about a person? %s", name, line);
        }
    }
    fclose(file);
    assert_true(prototypes > 0);
}

static void test_no_number_about_a_person(void **state)
{
    (void)state;
    assert_true(gives_a_number("int evaluation_sum(const struct evaluation_view *v);"));
    assert_true(gives_a_number("void difference_of(const struct x *a, int *same_out);"));
    assert_true(names_a_score("struct score evaluation_score(void);"));
    assert_false(gives_a_number("bool evaluation_ready(const struct evaluation *e);"));
    static const char *const headers[] = {"difference.h", "evaluation.h",
                                          "evaluation_form.h", "sheet.h"};
    for (size_t i = 0; i < ARRAY_LEN(headers); i++) {
        check_header(headers[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_random_views),
        cmocka_unit_test(test_other_versions_are_not_compared),
        cmocka_unit_test(test_thanks),
        cmocka_unit_test(test_a_new_field),
        cmocka_unit_test(test_development),
        cmocka_unit_test(test_development_across_versions),
        cmocka_unit_test(test_no_number_about_a_person),
    };
    return cmocka_run_group_tests(tests, open_form, NULL);
}
