#include "base/subcommand.h"

#include "base/buf.h"
#include "base/check.h"

#include <stdarg.h>
#include <string.h>

struct reading {
    const struct subcommand_list *list;
    const struct subcommand *command;
    int argc, at;
    char **argv;
    FILE *err;
    struct subcommand_args args;
};

static void complain(const struct subcommand_list *list, FILE *err, const char *format,
                     ...) PRINTF_LIKE(3, 4);

static void complain(const struct subcommand_list *list, FILE *err, const char *format,
                     ...)
{
    va_list args;
    va_start(args, format);
    fprintf(err, "%s: ", list->program);
    vfprintf(err, format, args);
    fputc('\n', err);
    va_end(args);
}

/* ---- help ------------------------------------------------------------------------------- */

static void print_name(const struct subcommand_list *list,
                       const struct subcommand *command, FILE *out)
{
    fprintf(out, "%s %s", list->program, command->first);
    if (command->second != NULL) {
        fprintf(out, " %s", command->second);
    }
    for (int i = 0; i < SUBCOMMAND_WORDS_MAX && command->words[i] != NULL; i++) {
        fprintf(out, " %s", command->words[i]);
    }
}

/* Those that begin with a word, or all (NULL). Returns how many; out NULL: only that. */
static int names(const struct subcommand_list *list, const char *first, FILE *out)
{
    int count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct subcommand *command = list->at(i);
        if (first != NULL && strcmp(command->first, first) != 0) {
            continue;
        }
        count++;
        if (out != NULL) {
            fputs("  ", out);
            print_name(list, command, out);
            fputc('\n', out);
        }
    }
    return count;
}

void subcommand_names(const struct subcommand_list *list, FILE *out)
{
    (void)names(list, NULL, out);
}

static void help_option(const struct subcommand_option *option, FILE *out)
{
    char memory[40];
    struct buf text;
    buf_init(&text, memory, sizeof memory);
    buf_printf(&text, "--%s %s", option->name,
               option->value != NULL ? option->value : "");
    fprintf(out, "  %-22s %s\n", memory, option->help);
}

static void help_of(const struct subcommand_list *list, const struct subcommand *command,
                    FILE *out)
{
    static const struct subcommand_option help = {"help", NULL, "this text"};
    fputs("usage: ", out);
    print_name(list, command, out);
    fprintf(out, " [options]\n\n%s\n\nOptions:\n", command->help);
    for (const struct subcommand_option *o = command->options; o && o->name; o++) {
        help_option(o, out);
    }
    help_option(&list->data, out);
    help_option(&help, out);
    fprintf(out, "\n%s", list->notes);
}

static bool wants_help(int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

/* ---- arguments -------------------------------------------------------------------------- */

/* Where its value belongs; *option_out is what it is. NULL: there is none of this name. */
static const char **place_of(struct reading *reading, struct str name,
                             const struct subcommand_option **option_out)
{
    const struct subcommand_option *options = reading->command->options;
    if (str_eq(name, str_of(reading->list->data.name))) {
        *option_out = &reading->list->data;
        return &reading->args.data;
    }
    for (int i = 0; options != NULL && options[i].name != NULL; i++) {
        if (str_eq(name, str_of(options[i].name))) {
            *option_out = &options[i];
            return &reading->args.options[i];
        }
    }
    return NULL;
}

/* One "--name value" or "--name=value", or "--name" if it takes no value. */
static bool take_option(struct reading *reading)
{
    const struct subcommand_option *option = NULL;
    const char *text = reading->argv[reading->at++] + 2;
    const char *eq = strchr(text, '=');
    struct str name = {text, eq != NULL ? (size_t)(eq - text) : strlen(text)};
    const char **place = place_of(reading, name, &option);
    const char *wrong = NULL;
    if (place == NULL) {
        wrong = "is no option here";
    } else if (option->value == NULL) {
        *place = "";
        wrong = eq != NULL ? "takes no value" : NULL;
    } else if (eq != NULL) {
        *place = eq + 1;
    } else if (reading->at == reading->argc) {
        wrong = "lacks its value";
    } else {
        *place = reading->argv[reading->at++];
    }
    if (wrong != NULL) {
        complain(reading->list, reading->err, "--%.*s: %s", (int)name.len, name.ptr,
                 wrong);
    }
    return wrong == NULL;
}

static bool take_word(struct reading *reading)
{
    const char *word = reading->argv[reading->at++];
    for (int i = 0; i < SUBCOMMAND_WORDS_MAX && reading->command->words[i] != NULL; i++) {
        if (reading->args.words[i] == NULL) {
            reading->args.words[i] = word;
            return true;
        }
    }
    complain(reading->list, reading->err, "%s: one argument too many", word);
    return false;
}

static bool has_all_words(const struct reading *reading)
{
    const char *const *words = reading->command->words;
    for (int i = 0; i < SUBCOMMAND_WORDS_MAX && words[i] != NULL; i++) {
        if (reading->args.words[i] == NULL && words[i][0] != '[') {
            complain(reading->list, reading->err, "%s is missing; try --help", words[i]);
            return false;
        }
    }
    return true;
}

static bool read_args(struct reading *reading)
{
    while (reading->at < reading->argc) {
        bool is_option = strncmp(reading->argv[reading->at], "--", 2) == 0;
        if (!(is_option ? take_option(reading) : take_word(reading))) {
            return false;
        }
    }
    return has_all_words(reading);
}

/* ---- which ------------------------------------------------------------------------------ */

static bool find(const struct subcommand_list *list, int argc, char **argv,
                 size_t *index_out)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct subcommand *command = list->at(i);
        if (strcmp(argv[0], command->first) == 0 &&
            (command->second == NULL ||
             (argc > 1 && strcmp(argv[1], command->second) == 0))) {
            *index_out = i;
            return true;
        }
    }
    return false;
}

/* "anlauf rules", whose second word is unknown or not there yet, or no such first word. */
static enum subcommand_read explain(const struct subcommand_list *list, int argc,
                                    char **argv, FILE *out, FILE *err)
{
    if (wants_help(argc, argv) && names(list, argv[0], out) > 0) {
        return SUBCOMMAND_HELP;
    }
    if (names(list, argv[0], NULL) == 0) {
        complain(list, err, "%s: is no sub-command; there are:", argv[0]);
        subcommand_names(list, err);
    } else {
        complain(list, err, "%s: its second word is one of:", argv[0]);
        (void)names(list, argv[0], err);
    }
    return SUBCOMMAND_WRONG;
}

enum subcommand_read subcommand_read(const struct subcommand_list *list, int argc,
                                     char **argv, FILE *out, FILE *err, size_t *index_out,
                                     struct subcommand_args *args_out)
{
    CHECK(argc > 0);
    if (!find(list, argc, argv, index_out)) {
        return explain(list, argc, argv, out, err);
    }
    struct reading reading = {.list = list,
                              .command = list->at(*index_out),
                              .argc = argc,
                              .argv = argv,
                              .err = err};
    if (wants_help(argc, argv)) {
        help_of(list, reading.command, out);
        return SUBCOMMAND_HELP;
    }
    reading.at = reading.command->second != NULL ? 2 : 1;
    if (!read_args(&reading)) {
        return SUBCOMMAND_WRONG;
    }
    *args_out = reading.args;
    return SUBCOMMAND_RUN;
}
