/* Where settings come from: the device's file and the command line. */
#include "conf.h"

#include <errno.h>
#include <string.h>

/* ---- the device's file ------------------------------------------------------------------ */

static struct str trim(struct str s)
{
    while (s.len > 0 && (s.ptr[0] == ' ' || s.ptr[0] == '\t')) {
        s.ptr++;
        s.len--;
    }
    while (s.len > 0 && strchr(" \t\r\n", s.ptr[s.len - 1]) != NULL) {
        s.len--;
    }
    return s;
}

static enum err read_line(struct conf *conf, struct str line, struct buf *why)
{
    line = trim(line);
    if (line.len == 0 || line.ptr[0] == '#') {
        return ERR_OK;
    }
    const char *eq = memchr(line.ptr, '=', line.len);
    if (eq == NULL) {
        buf_puts(why, "must be \"name = value\"");
        return ERR_INVALID;
    }
    struct str name = {line.ptr, (size_t)(eq - line.ptr)};
    struct str value = {eq + 1, line.len - name.len - 1};
    return conf_set(conf, trim(name), trim(value), why);
}

static enum err read_file(struct conf *conf, FILE *file, const char *path, struct buf *why)
{
    char memory[1024], detail_memory[256];
    struct buf detail;
    int number = 0;
    buf_init(&detail, detail_memory, sizeof detail_memory);
    while (fgets(memory, sizeof memory, file) != NULL) {
        number++;
        if (read_line(conf, str_of(memory), &detail) != ERR_OK) {
            buf_printf(why, "%s:%d: %s", path, number, detail.data);
            return ERR_INVALID;
        }
    }
    return ERR_OK;
}

static enum err read_device_file(struct conf *conf, struct buf *why)
{
    char path[CONF_TEXT_SIZE + sizeof CONF_FILE + 1];
    struct buf b;
    buf_init(&b, path, sizeof path);
    buf_printf(&b, "%s/" CONF_FILE, conf->data);
    FILE *file = fopen(path, "re");
    if (file == NULL && errno == ENOENT) {
        return ERR_OK;
    }
    if (file == NULL) {
        buf_printf(why, "%s: cannot be read", path);
        return ERR_IO;
    }
    enum err err = read_file(conf, file, path, why);
    fclose(file);
    return err;
}

/* ---- the command line ------------------------------------------------------------------- */

/* Splits "--name=value" or "--name" "value"; *at moves behind what was used. */
static bool take_option(int argc, char **argv, int *at, struct str *name, struct str *value)
{
    const char *arg = argv[*at] + 2;
    const char *eq = strchr(arg, '=');
    (*at)++;
    *name = (struct str){arg, eq != NULL ? (size_t)(eq - arg) : strlen(arg)};
    if (eq != NULL) {
        *value = str_of(eq + 1);
        return true;
    }
    if (*at == argc) {
        return false;
    }
    *value = str_of(argv[(*at)++]);
    return true;
}

static enum err set_option(struct conf *conf, struct str name, struct str value, bool only_data,
                           struct buf *why)
{
    if (str_eq(name, STR("data"))) {
        if (value.len == 0 || !str_copy(conf->data, sizeof conf->data, value)) {
            buf_puts(why, "--data: is empty or too long");
            return ERR_INVALID;
        }
        return ERR_OK;
    }
    if (only_data) {
        return ERR_OK;
    }
    buf_puts(why, "--");
    enum err err = conf_set(conf, name, value, why);
    if (err == ERR_OK) {
        buf_clear(why);
    }
    return err;
}

/* --help and --print-conf have no value. */
static bool take_wish(struct conf_args *args, const char *arg)
{
    bool help = strcmp(arg, "--help") == 0 || strcmp(arg, "-h") == 0;
    bool print_conf = strcmp(arg, "--print-conf") == 0;
    args->help |= help;
    args->print_conf |= print_conf;
    return help || print_conf;
}

static enum err read_arguments(struct conf *conf, struct conf_args *args, int argc,
                               char **argv, bool only_data, struct buf *why)
{
    int at = 1;
    while (at < argc && argv[at][0] == '-') {
        const char *arg = argv[at];
        struct str name, value;
        if (take_wish(args, arg)) {
            at++;
            continue;
        }
        if (strncmp(arg, "--", 2) != 0 || !take_option(argc, argv, &at, &name, &value)) {
            buf_printf(why, "%s: is no option, or lacks its value", arg);
            return ERR_INVALID;
        }
        enum err err = set_option(conf, name, value, only_data, why);
        if (err != ERR_OK) {
            return err;
        }
    }
    args->rest = at;
    return ERR_OK;
}

enum err conf_read(struct conf *conf, struct conf_args *args, int argc, char **argv,
                   struct buf *why)
{
    memset(args, 0, sizeof *args);
    conf_default(conf);
    enum err err = read_arguments(conf, args, argc, argv, true, why);
    if (err == ERR_OK) {
        err = read_device_file(conf, why);
    }
    return err == ERR_OK ? read_arguments(conf, args, argc, argv, false, why) : err;
}
