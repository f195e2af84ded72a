/* anlauf centre-key make FILE: the key to the words that are entrusted to a centre. */
#include "cli/command.h"

#include "cli/ask.h"
#include "proof/centre_key.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 4096

/* A new file, on the disk when this returns. Never over another one: it may be a key. */
static bool write_new(struct cli *cli, const char *path, mode_t mode, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0) {
        cli_complain(cli, "%s: %s", path, strerror(errno));
        return false;
    }
    ssize_t len = (ssize_t)strlen(text);
    bool good = write(fd, text, (size_t)len) == len && fsync(fd) == 0;
    good &= close(fd) == 0;
    if (!good) {
        cli_complain(cli, "%s: could not be written", path);
        unlink(path);
    }
    return good;
}

static bool write_files(struct cli *cli, const struct centre_key *key, const char *path,
                        const char *public_path)
{
    char file[CENTRE_KEY_FILE_SIZE], public_file[CENTRE_KEY_PUBLIC_SIZE];
    centre_key_format(key, file);
    centre_key_public_format(&key->public, public_file);
    if (!write_new(cli, path, 0600, file)) {
        return false;
    }
    if (!write_new(cli, public_path, 0644, public_file)) {
        unlink(path);
        return false;
    }
    return true;
}

static bool make(struct cli *cli, const struct recovery *recovery,
                 struct centre_key *key_out)
{
    char passphrase[ASK_SIZE] = "";
    enum err err = ERR_DENIED;
    if (ask_secret(cli, cli->in, "passphrase", true, passphrase)) {
        err = centre_key_make(str_of(passphrase), recovery, &cli->rng, key_out);
    }
    sodium_memzero(passphrase, sizeof passphrase);
    if (err == ERR_INVALID) {
        cli_complain(cli, "the passphrase must have %d to %d characters",
                     CENTRE_KEY_PASSPHRASE_MIN, CENTRE_KEY_PASSPHRASE_MAX);
    } else if (err == ERR_FULL) {
        cli_complain(cli, "%d MiB of memory are needed", CENTRE_KEY_MEMORY_MIB);
    }
    return err == ERR_OK;
}

static bool show_recovery(struct cli *cli, const struct recovery *recovery)
{
    char text[RECOVERY_TEXT_SIZE];
    recovery_format(recovery, text);
    bool good = fprintf(cli->out, "%s\n", text) > 0 && fflush(cli->out) == 0;
    sodium_memzero(text, sizeof text);
    return good;
}

static enum cli_exit run(struct cli *cli, const struct subcommand_args *args)
{
    char public_path[PATH_SIZE], id[9];
    struct recovery recovery;
    struct centre_key key;
    struct buf b;
    buf_init(&b, public_path, sizeof public_path);
    buf_printf(&b, "%s.pub", args->words[0]);
    if (b.cut || proof_init() != ERR_OK) {
        return CLI_FAILED;
    }
    recovery_make(&cli->rng, &recovery);
    bool good =
        make(cli, &recovery, &key) && write_files(cli, &key, args->words[0], public_path);
    if (good && !show_recovery(cli, &recovery)) {
        /* A key whose paper nobody has seen must not come into use. */
        unlink(args->words[0]);
        unlink(public_path);
        good = false;
    }
    recovery_wipe(&recovery);
    if (good) {
        key_id_format(seal_key_id(&key.public), id);
        fprintf(cli->err,
                "key %s is in %s; give %s to the kiosks. Above stands the recovery key:\n"
                "print it and lock it away, it is not shown again.\n",
                id, args->words[0], public_path);
    }
    return good ? CLI_OK : CLI_FAILED;
}

const struct command command_centre_key_make = {
    .call.first = "centre-key",
    .call.second = "make",
    .call.words = {"FILE"},
    .call.help =
        "Makes the key to the words that young people entrust to the centre. Asks\n"
        "for a passphrase (or takes the first line of the standard input), writes\n"
        "FILE, which opens the words and never belongs on a kiosk, and FILE.pub for\n"
        "the kiosks. The recovery key is printed once: it opens FILE if the\n"
        "passphrase is forgotten.",
    .run = run,
};
