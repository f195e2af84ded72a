#include "desk/command.h"

#include <string.h>

static const struct command *const commands[] = {
    &command_serve,        &command_init,         &command_organisation_add,
    &command_centre_add,   &command_centre_seal,  &command_staff_add,
    &command_code,         &command_import,       &command_call_off,
    &command_list,         &command_wish_confirm, &command_wish_decline,
    &command_lease_recall, &command_lease_revoke, &command_kiosk_revoke,
    &command_forget,       &command_task_done,    &command_unpark,
    &command_parcel,       &command_backup,       &command_restore,
    &command_check,        &command_tls_make,
};

void desk_complain(struct desk *desk, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("anlauf-server: ", desk->err);
    vfprintf(desk->err, format, args);
    fputc('\n', desk->err);
    va_end(args);
}

/* ---- help ------------------------------------------------------------------------------- */

static void print_name(const struct command *command, FILE *out)
{
    fprintf(out, "anlauf-server %s", command->first);
    if (command->second != NULL) {
        fprintf(out, " %s", command->second);
    }
    for (int i = 0; i < COMMAND_WORDS_MAX && command->words[i] != NULL; i++) {
        fprintf(out, " %s", command->words[i]);
    }
}

static void print_line(const struct command *command, FILE *out)
{
    if (out != NULL) {
        fputs("  ", out);
        print_name(command, out);
        fputc('\n', out);
    }
}

/* Those that begin with a word, or all (NULL). Returns how many; out NULL: only that. */
static int list(const char *first, FILE *out)
{
    int count = 0;
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        if (first == NULL || strcmp(commands[i]->first, first) == 0) {
            print_line(commands[i], out);
            count++;
        }
    }
    return count;
}

void desk_list(FILE *out)
{
    (void)list(NULL, out);
}

static void help_option(const char *name, const char *value, const char *help, FILE *out)
{
    char text[32];
    struct buf b;
    buf_init(&b, text, sizeof text);
    buf_printf(&b, "--%s %s", name, value != NULL ? value : "");
    fprintf(out, "  %-22s %s\n", text, help);
}

static void help_of(const struct command *command, FILE *out)
{
    fputs("usage: ", out);
    print_name(command, out);
    fprintf(out, " [options]\n\n%s\n\nOptions:\n", command->help);
    for (const struct command_option *o = command->options; o && o->name; o++) {
        help_option(o->name, o->value, o->help, out);
    }
    help_option("data", "DIR", "the centre's data folder", out);
    help_option("help", "", "this text", out);
    fputs("\nAn id may be cut to its first characters, six at least, if only one begins so; a\n"
          "wish may be named as its slip does (7K3M-QX).\n"
          "Exit codes: 0 done, 1 refused or failed, 2 wrong arguments,\n"
          "3 the data folder cannot be opened.\n",
          out);
}

/* ---- arguments -------------------------------------------------------------------------- */

static int option_index(const struct command *command, struct str name)
{
    const struct command_option *options = command->options;
    for (int i = 0; options != NULL && options[i].name != NULL; i++) {
        if (str_eq(name, str_of(options[i].name))) {
            return i;
        }
    }
    return -1;
}

/* One "--name value" or "--name=value", or "--name" if it takes no value. */
static bool take_option(struct desk *desk, const struct command *command, int argc,
                        char **argv, int *at, struct command_args *args)
{
    const char *text = argv[(*at)++] + 2;
    const char *eq = strchr(text, '=');
    struct str name = {text, eq != NULL ? (size_t)(eq - text) : strlen(text)};
    bool is_data = str_eq(name, STR("data"));
    int index = option_index(command, name);
    if (!is_data && index < 0) {
        desk_complain(desk, "--%.*s: is no option here", (int)name.len, name.ptr);
        return false;
    }
    if (!is_data && command->options[index].value == NULL) {
        args->options[index] = "";
        if (eq != NULL) {
            desk_complain(desk, "--%.*s: takes no value", (int)name.len, name.ptr);
        }
        return eq == NULL;
    }
    if (eq == NULL && *at == argc) {
        desk_complain(desk, "--%s: lacks its value", text);
        return false;
    }
    const char *value = eq != NULL ? eq + 1 : argv[(*at)++];
    *(is_data ? &desk->data : &args->options[index]) = value;
    return true;
}

static bool take_word(struct desk *desk, const struct command *command, const char *word,
                      struct command_args *args)
{
    for (int i = 0; i < COMMAND_WORDS_MAX && command->words[i] != NULL; i++) {
        if (args->words[i] == NULL) {
            args->words[i] = word;
            return true;
        }
    }
    desk_complain(desk, "%s: one argument too many", word);
    return false;
}

static bool has_all_words(struct desk *desk, const struct command *command,
                          const struct command_args *args)
{
    for (int i = 0; i < COMMAND_WORDS_MAX && command->words[i] != NULL; i++) {
        if (args->words[i] == NULL && command->words[i][0] != '[') {
            desk_complain(desk, "%s is missing; try --help", command->words[i]);
            return false;
        }
    }
    return true;
}

static bool read_args(struct desk *desk, const struct command *command, int argc, char **argv,
                      struct command_args *args)
{
    int at = 0;
    while (at < argc) {
        bool is_option = strncmp(argv[at], "--", 2) == 0;
        bool good = is_option ? take_option(desk, command, argc, argv, &at, args)
                              : take_word(desk, command, argv[at++], args);
        if (!good) {
            return false;
        }
    }
    return has_all_words(desk, command, args);
}

/* ---- finding and running ---------------------------------------------------------------- */

static const struct command *find(int argc, char **argv)
{
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        const struct command *command = commands[i];
        if (strcmp(argv[0], command->first) == 0 &&
            (command->second == NULL || (argc > 1 && strcmp(argv[1], command->second) == 0))) {
            return command;
        }
    }
    return NULL;
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

/* "anlauf-server wish", whose second word is unknown or not there yet. */
static enum desk_exit explain(struct desk *desk, int argc, char **argv)
{
    if (wants_help(argc, argv) && list(argv[0], desk->out) > 0) {
        return DESK_OK;
    }
    if (list(argv[0], NULL) == 0) {
        desk_complain(desk, "%s: is no sub-command; there are:", argv[0]);
        desk_list(desk->err);
    } else {
        desk_complain(desk, "%s: its second word is one of:", argv[0]);
        (void)list(argv[0], desk->err);
    }
    return DESK_USAGE;
}

enum desk_exit desk_run(struct desk *desk, int argc, char **argv)
{
    struct command_args args = {0};
    CHECK(argc > 0);
    const struct command *command = find(argc, argv);
    if (command == NULL) {
        return explain(desk, argc, argv);
    }
    if (wants_help(argc, argv)) {
        help_of(command, desk->out);
        return DESK_OK;
    }
    int used = command->second != NULL ? 2 : 1;
    if (!read_args(desk, command, argc - used, argv + used, &args)) {
        return DESK_USAGE;
    }
    enum desk_exit result = command->run(desk, &args);
    if (fflush(desk->out) != 0 || ferror(desk->out)) {
        desk_complain(desk, "the answer could not be written");
        return DESK_FAILED;
    }
    return result;
}
