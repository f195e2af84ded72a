#include "unit/unit.h"

#include "conf.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
    char path[64], file[96];
};

static void folder_make(struct folder *folder, const char *text)
{
    snprintf(folder->path, sizeof folder->path, "/tmp/anlauf-conf-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    snprintf(folder->file, sizeof folder->file, "%s/" CONF_FILE, folder->path);
    FILE *file = fopen(folder->file, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void folder_remove(struct folder *folder)
{
    unlink(folder->file);
    rmdir(folder->path);
}

static enum err read_with(struct folder *folder, const char *option, const char *value,
                          struct conf *conf, char why_text[512])
{
    char program[] = "anlauf", data[] = "--data";
    char *argv[] = {program, data, folder->path, (char *)option, (char *)value};
    struct conf_args args;
    struct buf why;
    buf_init(&why, why_text, 512);
    return conf_read(conf, &args, option != NULL ? value != NULL ? 5 : 4 : 3, argv, &why);
}

static void test_order(void **state)
{
    struct folder folder;
    struct conf conf;
    char why[512];
    (void)state;
    folder_make(&folder, "# the device\n\nrotate = 90\nidle=45\ncentre = Haus am Park \n");
    assert_int_equal(read_with(&folder, "--rotate", "270", &conf, why), ERR_OK);
    assert_int_equal(conf.rotate, 270);
    assert_int_equal(conf.idle_s, 45);
    assert_int_equal(conf.warn_s, 20);
    assert_string_equal(conf.centre, "Haus am Park");
    folder_remove(&folder);
}

static void test_bad_files(void **state)
{
    static const struct {
        const char *text, *why;
    } rows[] = {
        {"rotate = 90\nrotat = 90\n", ":2: rotat: is no setting"},
        {"\n\nsize = 10x10\n", ":3: size: must be like 1280x800, 320 to 4096 each"},
        {"size = 1280\n", ":1: size: must be like 1280x800, or auto"},
        {"idle\n", ":1: must be \"name = value\""},
        {"idle = -1\n", ":1: idle: is no number in its range (see --help)"},
        {"idle = 99999\n", ":1: idle: is no number in its range (see --help)"},
        {"fullscreen = maybe\n", ":1: fullscreen: must be yes or no"},
        {"lang = xx\n", ":1: lang: is no language of this program"},
        {"rotate = 45\n", ":1: rotate: must be 0, 90, 180 or 270"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct folder folder;
        struct conf conf;
        char why[512], expected[512];
        folder_make(&folder, rows[i].text);
        assert_int_equal(read_with(&folder, NULL, NULL, &conf, why), ERR_INVALID);
        snprintf(expected, sizeof expected, "%s%s", folder.file, rows[i].why);
        assert_string_equal(why, expected);
        folder_remove(&folder);
    }
}

static void test_bad_arguments(void **state)
{
    static const struct {
        const char *option, *value, *why;
    } rows[] = {
        {"--rotate", "45", "--rotate: must be 0, 90, 180 or 270"},
        {"--colour", "red", "--colour: is no setting"},
        {"--idle", NULL, "--idle: is no option, or lacks its value"},
        {"-x", NULL, "-x: is no option, or lacks its value"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct folder folder;
        struct conf conf;
        char why[512];
        folder_make(&folder, "");
        assert_int_equal(read_with(&folder, rows[i].option, rows[i].value, &conf, why),
                         ERR_INVALID);
        assert_string_equal(why, rows[i].why);
        folder_remove(&folder);
    }
}

/* What --print-conf says can be read again and says the same. */
static void test_printed_form(void **state)
{
    struct folder folder;
    struct conf conf, again;
    char why[512], text[4096] = "";
    (void)state;
    folder_make(&folder, "rotate = 180\nphone = 030 1234\nsize = 800x480\n");
    assert_int_equal(read_with(&folder, NULL, NULL, &conf, why), ERR_OK);
    FILE *out = fmemopen(text, sizeof text, "w");
    conf_print(&conf, out);
    fclose(out);
    FILE *file = fopen(folder.file, "w");
    fputs(text, file);
    fclose(file);
    assert_int_equal(read_with(&folder, NULL, NULL, &again, why), ERR_OK);
    assert_memory_equal(&conf, &again, sizeof conf);
    folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_bad_files),
        cmocka_unit_test(test_bad_arguments),
        cmocka_unit_test(test_printed_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
