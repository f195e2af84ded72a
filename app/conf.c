#include "conf.h"

#include "i18n/i18n.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum setting_kind { SETTING_TEXT, SETTING_NUMBER, SETTING_ROTATE, SETTING_SIZE, SETTING_YES,
                    SETTING_LANGUAGE };

struct setting {
    const char *name;
    const char *value; /* what stands for it in --help */
    enum setting_kind kind;
    size_t offset;
    int min, max;      /* SETTING_NUMBER; SETTING_TEXT: max bytes */
    const char *otherwise; /* the default */
    const char *help;
};

#define AT(field) offsetof(struct conf, field)

/* clang-format off */
static const struct setting settings[] = {
    {"size", "WxH", SETTING_SIZE, AT(width), 0, 0, "auto",
     "pixels of the upright picture; auto: the whole display"},
    {"rotate", "DEGREES", SETTING_ROTATE, AT(rotate), 0, 0, "0",
     "turns picture and touch: 0, 90, 180 or 270"},
    {"fullscreen", "yes|no", SETTING_YES, AT(fullscreen), 0, 0, "no",
     "covers the whole display, with no frame around it"},
    {"lang", "CODE", SETTING_LANGUAGE, AT(lang), 0, 15, "de",
     "language of the start screen: de, en, ar"},
    {"printer", "SPEC", SETTING_TEXT, AT(printer), 0, 255, "none",
     "usb:DEVICE, tcp:HOST:PORT, dir:FOLDER or none"},
    {"printer-profile", "NAME", SETTING_TEXT, AT(printer_profile), 0, 31, "generic-58",
     "what the printer can do"},
    {"speech", "SPEC", SETTING_TEXT, AT(speech), 0, 255, "none",
     "espeak, text:FILE, text:- or none"},
    {"headphones", "yes|no", SETTING_YES, AT(headphones), 0, 0, "no",
     "speech is heard by one person only: private things may be spoken"},
    {"centre", "NAME", SETTING_TEXT, AT(centre), 0, 95, "",
     "what the start screen calls this place"},
    {"phone", "NUMBER", SETTING_TEXT, AT(phone), 0, 31, "",
     "shown under \"Ich will reden\""},
    {"idle", "SECONDS", SETTING_NUMBER, AT(idle_s), 20, 3600, "90",
     "a visit ends after this time without a touch"},
    {"warn", "SECONDS", SETTING_NUMBER, AT(warn_s), 5, 60, "20",
     "how long before that the screen asks"},
    {"staff-idle", "SECONDS", SETTING_NUMBER, AT(staff_idle_s), 20, 3600, "180",
     "the same for staff"},
    {"rules", "FILE", SETTING_TEXT, AT(rules), 0, 255, "",
     "the organisation's rules, which can only tighten the law's"},
    {"forget-days", "DAYS", SETTING_NUMBER, AT(forget_days), 1, 3650, "60",
     "what is personal leaves the kiosk after this time"},
    {"trust-clock", "yes|no", SETTING_YES, AT(trust_clock), 0, 0, "yes",
     "no: without a network the time may be wrong, and people are told so"},
};
/* clang-format on */

static bool read_number(struct str text, int min, int max, int *out)
{
    int number = 0;
    if (text.len == 0 || text.len > 6) {
        return false;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') {
            return false;
        }
        number = number * 10 + (text.ptr[i] - '0');
    }
    if (number < min || number > max) {
        return false;
    }
    *out = number;
    return true;
}

static const char *set_size(struct conf *conf, struct str value)
{
    const char *x = memchr(value.ptr, 'x', value.len);
    int width = 0, height = 0;
    if (str_eq(value, STR("auto"))) {
        conf->width = conf->height = 0;
        return NULL;
    }
    if (x == NULL) {
        return "must be like 1280x800, or auto";
    }
    struct str w = {value.ptr, (size_t)(x - value.ptr)};
    struct str h = {x + 1, value.len - w.len - 1};
    if (!read_number(w, 320, 4096, &width) || !read_number(h, 320, 4096, &height)) {
        return "must be like 1280x800, 320 to 4096 each";
    }
    conf->width = width;
    conf->height = height;
    return NULL;
}

static const char *set_rotate(int *field, struct str value)
{
    int degrees;
    if (!read_number(value, 0, 270, &degrees) || degrees % 90 != 0) {
        return "must be 0, 90, 180 or 270";
    }
    *field = degrees;
    return NULL;
}

static const char *set_yes(bool *field, struct str value)
{
    if (!str_eq(value, STR("yes")) && !str_eq(value, STR("no"))) {
        return "must be yes or no";
    }
    *field = str_eq(value, STR("yes"));
    return NULL;
}

/* NULL, or what is wrong with the value. */
static const char *set(struct conf *conf, const struct setting *setting, struct str value)
{
    void *field = (char *)conf + setting->offset;
    switch (setting->kind) {
    case SETTING_SIZE:
        return set_size(conf, value);
    case SETTING_ROTATE:
        return set_rotate(field, value);
    case SETTING_YES:
        return set_yes(field, value);
    case SETTING_NUMBER:
        return read_number(value, setting->min, setting->max, field)
                   ? NULL : "is no number in its range (see --help)";
    case SETTING_LANGUAGE:
        if (language_find(value) < 0) {
            return "is no language of this program";
        }
        break;
    case SETTING_TEXT:
        break;
    }
    if (value.len > (size_t)setting->max) {
        return "is too long";
    }
    str_copy(field, CONF_TEXT_SIZE, value);
    return NULL;
}

static const struct setting *find(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
        if (str_eq(name, str_of(settings[i].name))) {
            return &settings[i];
        }
    }
    return NULL;
}

static void put_str(struct buf *b, struct str s)
{
    buf_printf(b, "%.*s", (int)(s.len < 60 ? s.len : 60), s.ptr);
}

enum err conf_set(struct conf *conf, struct str name, struct str value, struct buf *why)
{
    const struct setting *setting = find(name);
    const char *wrong = setting == NULL ? "is no setting" : set(conf, setting, value);
    if (wrong == NULL) {
        return ERR_OK;
    }
    put_str(why, name);
    buf_printf(why, ": %s", wrong);
    return ERR_INVALID;
}

static void default_data(struct conf *conf)
{
    struct buf data;
    const char *xdg = getenv("XDG_DATA_HOME");
    const char *home = getenv("HOME");
    buf_init(&data, conf->data, sizeof conf->data);
    if (xdg != NULL && xdg[0] != '\0') {
        buf_printf(&data, "%s/anlauf", xdg);
    } else if (home != NULL && home[0] != '\0') {
        buf_printf(&data, "%s/.local/share/anlauf", home);
    } else {
        buf_puts(&data, "anlauf-data");
    }
}

void conf_default(struct conf *conf)
{
    memset(conf, 0, sizeof *conf);
    default_data(conf);
    for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
        const char *wrong = set(conf, &settings[i], str_of(settings[i].otherwise));
        CHECK(wrong == NULL);
    }
}

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

/* ---- showing ---------------------------------------------------------------------------- */

static void print_value(const struct conf *conf, const struct setting *setting, FILE *out)
{
    const void *field = (const char *)conf + setting->offset;
    switch (setting->kind) {
    case SETTING_SIZE:
        if (conf->width == 0) {
            fputs("auto", out);
        } else {
            fprintf(out, "%dx%d", conf->width, conf->height);
        }
        break;
    case SETTING_YES:
        fputs(*(const bool *)field ? "yes" : "no", out);
        break;
    case SETTING_NUMBER:
    case SETTING_ROTATE:
        fprintf(out, "%d", *(const int *)field);
        break;
    case SETTING_TEXT:
    case SETTING_LANGUAGE:
        fputs(field, out);
        break;
    }
}

void conf_print(const struct conf *conf, FILE *out)
{
    fprintf(out, "# data folder: %s\n", conf->data);
    for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
        fprintf(out, "%s = ", settings[i].name);
        print_value(conf, &settings[i], out);
        fputc('\n', out);
    }
}

static void help_line(const char *name, const char *value, const char *help, FILE *out)
{
    fprintf(out, "  --%s %-*s %s", name, 24 - (int)strlen(name), value, help);
}

void conf_help(FILE *out)
{
    help_line("data", "FOLDER", "where everything is kept\n", out);
    for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
        const struct setting *s = &settings[i];
        help_line(s->name, s->value, s->help, out);
        if (s->kind == SETTING_NUMBER) {
            fprintf(out, ", %d to %d", s->min, s->max);
        }
        fprintf(out, s->otherwise[0] != '\0' ? " [%s]\n" : "\n", s->otherwise);
    }
    help_line("print-conf", "", "prints the settings in force, as for the file\n", out);
    help_line("help", "", "this text\n", out);
}
