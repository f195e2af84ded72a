#include "client/args.h"

#include <stdlib.h>
#include <string.h>

enum option { OPTION_WHAT, OPTION_DATA, OPTION_SERVER, OPTION_JSON };

struct option_row {
    const char *name, *value, *help;
    enum option option;
    enum args_what what;
};

static const struct option_row options[] = {
    {"once", NULL, "one full exchange, then it ends", OPTION_WHAT, ARGS_ONCE},
    {"status", NULL, "what is safe where; also while another one runs", OPTION_WHAT,
     ARGS_STATUS},
    {"json", NULL, "with --status: as one object", OPTION_JSON, ARGS_DAEMON},
    {"enrol", "CODE",
     "makes this a kiosk of a centre: the code's letters and digits, or the\n"
     "                      text of its QR code (ANE…)",
     OPTION_WHAT, ARGS_ENROL},
    {"server", "URL", "with --enrol: where the centre is (the QR code's text knows it)",
     OPTION_SERVER, ARGS_DAEMON},
    {"export", "FILE", "all that the centre does not have yet, sealed, for a stick",
     OPTION_WHAT, ARGS_EXPORT},
    {"import", "FILE", "the centre's answer from a stick", OPTION_WHAT, ARGS_IMPORT},
    {"data", "FOLDER", "the kiosk's data folder", OPTION_DATA, ARGS_DAEMON},
    {"help", NULL, "this text", OPTION_WHAT, ARGS_HELP},
};

void args_help(FILE *out)
{
    fputs("usage: anlauf-sync [options]\n\n"
          "Carries what happened at a kiosk to its centre, and back what the centre "
          "decided.\n"
          "Without an option it stays and waits for something to do.\n\nOptions:\n",
          out);
    for (size_t i = 0; i < ARRAY_LEN(options); i++) {
        const struct option_row *row = &options[i];
        fprintf(out, "  --%s %-*s %s\n", row->name, 16 - (int)strlen(row->name),
                row->value != NULL ? row->value : "", row->help);
    }
    fputs(
        "\nExit codes: 0 done, 1 refused, failed or in need of help, 2 wrong arguments,\n"
        "3 the data folder cannot be opened, 4 no line to the centre now.\n",
        out);
}

/* The same folder as the kiosk's. */
static void default_data(struct args *args)
{
    struct buf data;
    const char *xdg = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    buf_init(&data, args->data, sizeof args->data);
    if (xdg != NULL && xdg[0] == '/') {
        buf_printf(&data, "%s/anlauf", xdg);
    } else if (home != NULL && home[0] == '/') {
        buf_printf(&data, "%s/.local/share/anlauf", home);
    } else {
        buf_puts(&data, "anlauf-data");
    }
}

static const struct option_row *find(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(options); i++) {
        if (str_eq(name, str_of(options[i].name))) {
            return &options[i];
        }
    }
    return NULL;
}

static bool take(struct args *args, const struct option_row *row, const char *value,
                 struct buf *why)
{
    switch (row->option) {
    case OPTION_WHAT:
        if (args->what != ARGS_DAEMON && row->what != ARGS_HELP) {
            buf_printf(why, "--%s: only one thing at a time", row->name);
            return false;
        }
        args->what = row->what;
        args->value = value;
        return true;
    case OPTION_DATA:
        if (!str_copy(args->data, sizeof args->data, str_of(value)) ||
            args->data[0] == '\0') {
            buf_puts(why, "--data: too long, or empty");
            return false;
        }
        return true;
    case OPTION_SERVER:
        args->server = value;
        return true;
    case OPTION_JSON:
        args->json = true;
        return true;
    }
    return false;
}

/* One "--name value" or "--name=value", or "--name" if it takes no value. */
static bool take_at(struct args *args, int argc, char **argv, int *at, struct buf *why)
{
    const char *text = argv[(*at)++];
    if (strncmp(text, "--", 2) != 0) {
        buf_printf(why, "%s: is no option", text);
        return false;
    }
    text += 2;
    const char *eq = strchr(text, '=');
    struct str name = {text, eq != NULL ? (size_t)(eq - text) : strlen(text)};
    const struct option_row *row = find(name);
    const char *value = eq != NULL ? eq + 1 : NULL;
    if (row == NULL) {
        buf_printf(why, "--%.*s: is no option", (int)name.len, name.ptr);
        return false;
    }
    if (row->value == NULL && value != NULL) {
        buf_printf(why, "--%s: takes no value", row->name);
        return false;
    }
    if (row->value != NULL && value == NULL) {
        if (*at == argc) {
            buf_printf(why, "--%s: lacks its value", row->name);
            return false;
        }
        value = argv[(*at)++];
    }
    return take(args, row, value, why);
}

enum err args_read(struct args *args, int argc, char **argv, struct buf *why)
{
    memset(args, 0, sizeof *args);
    args->what = ARGS_DAEMON;
    default_data(args);
    int at = 1;
    while (at < argc) {
        if (!take_at(args, argc, argv, &at, why)) {
            return ERR_INVALID;
        }
    }
    if (args->server != NULL && args->what != ARGS_ENROL) {
        buf_puts(why, "--server: only with --enrol");
        return ERR_INVALID;
    }
    if (args->json && args->what != ARGS_STATUS) {
        buf_puts(why, "--json: only with --status");
        return ERR_INVALID;
    }
    return ERR_OK;
}
