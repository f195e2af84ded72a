#include "conf.h"

#include "i18n/i18n.h"

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
     "language of the start screen"},
    {"contrast", "yes|no", SETTING_YES, AT(contrast), 0, 0, "no",
     "black on white from the start; else it follows the biggest text"},
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

struct model_env conf_env(const struct conf *conf)
{
    struct model_env env = {
        .idle_s = conf->idle_s,
        .warn_s = conf->warn_s,
        .staff_idle_s = conf->staff_idle_s,
        .headphones = conf->headphones,
        .language = language_find(str_of(conf->lang)),
        .contrast = conf->contrast,
    };
    str_copy(env.centre, sizeof env.centre, str_of(conf->centre));
    str_copy(env.phone, sizeof env.phone, str_of(conf->phone));
    return env;
}

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

static void help_languages(FILE *out)
{
    for (int i = 0; i < language_count(); i++) {
        fprintf(out, "%s%s", i == 0 ? ": " : ", ", language_at(i)->code);
    }
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
        if (s->kind == SETTING_LANGUAGE) {
            help_languages(out);
        }
        fprintf(out, s->otherwise[0] != '\0' ? " [%s]\n" : "\n", s->otherwise);
    }
    help_line("print-conf", "", "prints the settings in force, as for the file\n", out);
    help_line("help", "", "this text\n", out);
}
