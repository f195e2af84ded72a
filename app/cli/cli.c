#include "cli/command.h"

#include <string.h>

static const struct command *const commands[] = {
    &command_import, &command_rules_check, &command_verify, &command_events,
    &command_staff_add, &command_key, &command_centre_key_make, &command_centre_key_trust,
    &command_open,
};

void cli_complain(struct cli *cli, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("anlauf: ", cli->err);
    vfprintf(cli->err, format, args);
    fputc('\n', cli->err);
    va_end(args);
}

static void print_name(const struct command *command, FILE *out)
{
    fprintf(out, "anlauf %s", command->first);
    if (command->second != NULL) {
        fprintf(out, " %s", command->second);
    }
    if (command->word != NULL) {
        fprintf(out, " %s", command->word);
    }
}

/* Those that begin with a word, or all (NULL). Returns how many. */
static int list(const char *first, FILE *out)
{
    int count = 0;
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        if (first == NULL || strcmp(commands[i]->first, first) == 0) {
            fputs("  ", out);
            print_name(commands[i], out);
            fputc('\n', out);
            count++;
        }
    }
    return count;
}

void cli_list(FILE *out)
{
    (void)list(NULL, out);
}

static void help_option(const char *name, const char *value, const char *help, FILE *out)
{
    fprintf(out, "  --%s %-*s %s\n", name, 16 - (int)strlen(name), value ? value : "", help);
}

static void help_of(const struct command *command, FILE *out)
{
    fputs("usage: ", out);
    print_name(command, out);
    fprintf(out, " [options]\n\n%s\n\nOptions:\n", command->help);
    for (int i = 0; i < COMMAND_OPTIONS_MAX && command->options[i].name != NULL; i++) {
        const struct command_option *option = &command->options[i];
        help_option(option->name, option->value, option->help, out);
    }
    help_option("data", "FOLDER", "the kiosk's data folder", out);
    help_option("help", "", "this text", out);
    fputs("\nExit codes: 0 done, 1 refused or failed, 2 wrong arguments,\n"
          "3 the data folder cannot be opened.\n", out);
}

static int option_index(const struct command *command, struct str name)
{
    for (int i = 0; i < COMMAND_OPTIONS_MAX && command->options[i].name != NULL; i++) {
        if (str_eq(name, str_of(command->options[i].name))) {
            return i;
        }
    }
    return -1;
}

/* One "--name value" or "--name=value", or "--name" if it takes no value. */
static bool take_option(struct cli *cli, const struct command *command, int argc, char **argv,
                        int *at, struct command_args *args)
{
    const char *text = argv[(*at)++] + 2;
    const char *eq = strchr(text, '=');
    struct str name = {text, eq != NULL ? (size_t)(eq - text) : strlen(text)};
    bool is_data = str_eq(name, STR("data"));
    int index = option_index(command, name);
    if (!is_data && index < 0) {
        cli_complain(cli, "--%.*s: is no option here", (int)name.len, name.ptr);
        return false;
    }
    if (!is_data && command->options[index].value == NULL) {
        args->options[index] = "";
        if (eq != NULL) {
            cli_complain(cli, "--%.*s: takes no value", (int)name.len, name.ptr);
        }
        return eq == NULL;
    }
    if (eq == NULL && *at == argc) {
        cli_complain(cli, "--%s: lacks its value", text);
        return false;
    }
    const char *value = eq != NULL ? eq + 1 : argv[(*at)++];
    *(is_data ? &cli->data : &args->options[index]) = value;
    return true;
}

static bool take_word(struct cli *cli, const struct command *command, const char *word,
                      struct command_args *args)
{
    if (command->word == NULL || args->word != NULL) {
        cli_complain(cli, "%s: one argument too many", word);
        return false;
    }
    args->word = word;
    return true;
}

static bool read_args(struct cli *cli, const struct command *command, int argc, char **argv,
                      struct command_args *args)
{
    int at = 0;
    while (at < argc) {
        bool is_option = strncmp(argv[at], "--", 2) == 0;
        bool good = is_option ? take_option(cli, command, argc, argv, &at, args)
                              : take_word(cli, command, argv[at++], args);
        if (!good) {
            return false;
        }
    }
    if (command->word != NULL && args->word == NULL) {
        cli_complain(cli, "%s is missing; try --help", command->word);
        return false;
    }
    return true;
}

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

/* "anlauf rules", whose second word is unknown or not there yet. */
static enum cli_exit explain(struct cli *cli, int argc, char **argv)
{
    if (wants_help(argc, argv) && list(argv[0], cli->out) > 0) {
        return CLI_OK;
    }
    cli_complain(cli, "%s %s: is no sub-command; there are:", argv[0],
                 argc > 1 ? argv[1] : "alone");
    if (list(argv[0], cli->err) == 0) {
        cli_list(cli->err);
    }
    return CLI_USAGE;
}

enum cli_exit cli_run(struct cli *cli, int argc, char **argv)
{
    struct command_args args = {0};
    CHECK(argc > 0);
    const struct command *command = find(argc, argv);
    if (command == NULL) {
        return explain(cli, argc, argv);
    }
    if (wants_help(argc, argv)) {
        help_of(command, cli->out);
        return CLI_OK;
    }
    int used = command->second != NULL ? 2 : 1;
    if (!read_args(cli, command, argc - used, argv + used, &args)) {
        return CLI_USAGE;
    }
    enum cli_exit result = command->run(cli, &args);
    if (fflush(cli->out) != 0 || ferror(cli->out)) {
        cli_complain(cli, "the answer could not be written");
        return CLI_FAILED;
    }
    return result;
}
