/* Any device file: refused with its line, or every setting is in its range, and what is
 * printed is read back the same. */
#include "conf.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char dir[] = "/tmp/fuzz-conf-XXXXXX";
static char path[sizeof dir + sizeof CONF_FILE];

static void forget(void)
{
    unlink(path);
    rmdir(dir);
}

static void make_dir(void)
{
    struct buf b;
    CHECK(mkdtemp(dir) != NULL);
    buf_init(&b, path, sizeof path);
    buf_printf(&b, "%s/" CONF_FILE, dir);
    atexit(forget);
}

static enum err read_conf(struct conf *conf)
{
    char name[] = "anlauf", option[] = "--data", memory[512] = "";
    char *argv[] = {name, option, dir, NULL};
    struct conf_args args;
    struct buf why;
    buf_init(&why, memory, sizeof memory);
    memset(conf, 0, sizeof *conf);
    enum err err = conf_read(conf, &args, 3, argv, &why);
    CHECK(err == ERR_OK || strncmp(memory, path, strlen(path)) == 0);
    return err;
}

static void write_file(const void *data, size_t size)
{
    FILE *file = fopen(path, "we");
    CHECK(file != NULL && fwrite(data, 1, size, file) == size);
    CHECK(fclose(file) == 0);
}

static void check_same_again(const struct conf *conf)
{
    static struct conf again;
    char printed[16384];
    FILE *out = fmemopen(printed, sizeof printed, "w");
    CHECK(out != NULL);
    conf_print(conf, out);
    long len = ftell(out);
    fclose(out);
    write_file(printed, (size_t)len);
    CHECK(read_conf(&again) == ERR_OK);
    CHECK(strcmp(again.centre, conf->centre) == 0 && strcmp(again.lang, conf->lang) == 0);
    CHECK(strcmp(again.printer, conf->printer) == 0 && again.idle_s == conf->idle_s);
    CHECK(again.width == conf->width && again.rotate == conf->rotate);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct conf conf;
    if (path[0] == '\0') {
        make_dir();
    }
    write_file(data, size);
    if (read_conf(&conf) == ERR_OK) {
        CHECK(conf.rotate % 90 == 0 && conf.rotate >= 0 && conf.rotate < 360);
        CHECK(conf.width == 0 || (conf.width >= 320 && conf.height <= 4096));
        CHECK(conf.idle_s >= 20 && conf.warn_s >= 5);
        check_same_again(&conf);
    }
    return 0;
}
