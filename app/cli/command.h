/* A sub-command: how it is called and what does it. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/subcommand.h"
#include "cli/cli.h"
#include "proof/key.h"
#include "store/store.h"

struct command {
    struct subcommand call;
    enum cli_exit (*run)(struct cli *cli, const struct subcommand_args *args);
};

extern const struct command command_import, command_rules_check, command_verify,
    command_events, command_staff_add, command_key, command_centre_key_make,
    command_centre_key_trust, command_open;

/* Says what went wrong, as "anlauf: …". */
void cli_complain(struct cli *cli, const char *format, ...) PRINTF_LIKE(2, 3);
/* Opens the data folder or complains. */
bool cli_open_store(struct cli *cli, struct store **store_out);
/* The public key of the data folder's kiosk; opens the store. Complains. */
bool cli_device_key(struct cli *cli, struct key_public *public_out);
/* A whole file ("-" is cli->in), at most CLI_FILE_MAX bytes; the caller frees. Complains. */
#define CLI_FILE_MAX (16 * 1024 * 1024)
bool cli_read_file(struct cli *cli, const char *path, char **text_out, size_t *len_out);

#endif
