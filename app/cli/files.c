/* What sub-commands open: the data folder, whole files. */
#include "cli/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

bool cli_open_store(struct cli *cli, struct store **store_out)
{
    const struct store_options options = {
        .dir = cli->data,
        .vfs = cli->vfs,
        .boot_id = cli->boot_id,
        .clock = cli->clock,
        .rng = cli->rng,
    };
    struct store_report report = {0};
    enum err err = store_open(&options, &report, store_out);
    if (err != ERR_OK) {
        cli_complain(cli, "%s: the data folder does not open (%s)", cli->data, err_name(err));
        return false;
    }
    if (report.state_set_aside || report.feed_set_aside) {
        cli_complain(cli, "%s: a broken file was set aside as %s", cli->data, report.aside);
    }
    return true;
}

/* Doubles the memory until the file ends. NULL: too big or no memory. */
static char *read_stream(FILE *file, size_t *len_out)
{
    size_t size = 65536, len = 0;
    char *text = malloc(size + 1);
    while (text != NULL) {
        len += fread(text + len, 1, size - len, file);
        if (len < size) {
            text[len] = '\0';
            *len_out = len;
            return text;
        }
        size *= 2;
        char *grown = size <= CLI_FILE_MAX ? realloc(text, size + 1) : NULL;
        if (grown == NULL) {
            free(text);
        }
        text = grown;
    }
    return NULL;
}

bool cli_read_file(struct cli *cli, const char *path, char **text_out, size_t *len_out)
{
    bool is_stdin = strcmp(path, "-") == 0;
    FILE *file = is_stdin ? cli->in : fopen(path, "re");
    if (file == NULL) {
        cli_complain(cli, "%s: %s", path, strerror(errno));
        return false;
    }
    char *text = read_stream(file, len_out);
    bool broken = ferror(file) != 0;
    if (!is_stdin) {
        fclose(file);
    }
    if (text == NULL || broken) {
        cli_complain(cli, "%s: %s", path, broken ? "cannot be read" : "is too big");
        free(text);
        return false;
    }
    *text_out = text;
    return true;
}
