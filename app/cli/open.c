/* anlauf open: the words that were sealed to the centre, for who holds its key. */
#include "cli/command.h"

#include "base/utf8.h"
#include "cli/ask.h"
#include "domain/json_read.h"
#include "proof/centre_key.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_KEY "centre.key"
#define WORDS_SIZE (SEAL_TEXT_MAX + 1)
#define ANSWER_SIZE (6 * WORDS_SIZE + 256) /* each byte escaped */

enum { OPTION_KEY, OPTION_RECOVERY, OPTION_PASSPHRASE };

/* ---- the key ----------------------------------------------------------------------------- */

static bool read_key(struct cli *cli, const char *path, struct centre_key *key_out)
{
    char *text = NULL;
    size_t len = 0;
    if (!cli_read_file(cli, path, &text, &len)) {
        return false;
    }
    enum err err = centre_key_parse((struct str){text, len}, key_out);
    free(text);
    if (err != ERR_OK) {
        cli_complain(cli, "%s: is no key of a centre, or was changed", path);
    }
    return err == ERR_OK;
}

static enum err recover(const struct centre_key *key, struct str typed,
                        struct seal_pair *pair_out)
{
    struct recovery recovery;
    enum err err = recovery_parse(typed, &recovery);
    if (err == ERR_OK) {
        err = centre_key_recover(key, &recovery, pair_out);
    }
    recovery_wipe(&recovery);
    return err;
}

static void complain_of_secret(struct cli *cli, enum err err, const char *what)
{
    if (err == ERR_INVALID) {
        cli_complain(cli, "%s: there is a typing error in it", what);
    } else if (err == ERR_DENIED) {
        cli_complain(cli, "%s: does not open this key", what);
    } else {
        cli_complain(cli, "the key does not open (%s)", err_name(err));
    }
}

static bool unlock(struct cli *cli, const struct centre_key *key,
                   const struct command_args *args, struct seal_pair *pair_out)
{
    char secret[ASK_SIZE] = "";
    bool by_paper = args->options[OPTION_RECOVERY] != NULL;
    const char *what = by_paper ? "recovery key" : "passphrase";
    if (!ask_secret_at(cli, args->options[OPTION_PASSPHRASE], what, secret)) {
        return false;
    }
    enum err err = by_paper ? recover(key, str_of(secret), pair_out)
                            : centre_key_open(key, str_of(secret), pair_out);
    sodium_memzero(secret, sizeof secret);
    if (err != ERR_OK) {
        complain_of_secret(cli, err, what);
    }
    return err == ERR_OK;
}

/* ---- the lines --------------------------------------------------------------------------- */

/* Anybody can seal to the centre, so what comes out is cleaned before it is shown. */
static enum err open_words(const struct seal_pair *pair, struct str text,
                           char words_out[WORDS_SIZE])
{
    uint8_t sealed[SEAL_SIZE(SEAL_TEXT_MAX)], bytes[SEAL_TEXT_MAX];
    size_t sealed_len, len;
    enum err err = seal_text_parse(text, sealed, sizeof sealed, &sealed_len);
    if (err == ERR_OK) {
        err = seal_open(pair, SEAL_WORDS, sealed, sealed_len, bytes, sizeof bytes, &len);
    }
    if (err == ERR_OK) {
        utf8_clean(words_out, WORDS_SIZE, (struct str){(const char *)bytes, len},
                   SEAL_TEXT_MAX);
    }
    sodium_memzero(bytes, sizeof bytes);
    return err;
}

static void answer_text(struct cli *cli, const char *words)
{
    fprintf(cli->out, "%s\n", words);
}

/* What names the event, and its words. */
static void answer_event(struct cli *cli, const struct json_node *event, const char *words)
{
    static const char *const names[] = {"id", "kind"};
    char answer[ANSWER_SIZE];
    struct buf b;
    buf_init(&b, answer, sizeof answer);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct str value = {0};
        if (json_read_str(event, names[i], JSON_OPTIONAL, &value) && value.ptr != NULL &&
            value.len < 64) {
            buf_printf(&b, "\"%s\":", names[i]);
            buf_json(&b, value);
            buf_putc(&b, ',');
        }
    }
    buf_puts(&b, "\"text\":");
    buf_json(&b, str_of(words));
    fprintf(cli->out, "{%s}\n", answer);
    sodium_memzero(answer, sizeof answer);
}

static enum err open_event(struct cli *cli, const struct seal_pair *pair, struct str line)
{
    struct json_ctx ctx;
    struct json_node event, body = {0};
    struct str sealed = {0};
    char words[WORDS_SIZE];
    enum err err = ERR_OK;
    json_t *root = json_read_open(&ctx, line, &event);
    bool good = root != NULL && json_read_object(&event, "body", JSON_REQUIRED, &body) &&
                json_read_str(&body, "sealed", JSON_OPTIONAL, &sealed);
    if (!good) {
        err = ERR_INVALID;
    } else if (sealed.ptr != NULL) {
        err = open_words(pair, sealed, words);
        if (err == ERR_OK) {
            answer_event(cli, &event, words);
        }
    }
    json_decref(root);
    sodium_memzero(words, sizeof words);
    return err;
}

static enum err open_text(struct cli *cli, const struct seal_pair *pair, struct str line)
{
    char words[WORDS_SIZE];
    enum err err = open_words(pair, line, words);
    if (err == ERR_OK) {
        answer_text(cli, words);
    }
    sodium_memzero(words, sizeof words);
    return err;
}

static bool open_line(struct cli *cli, const struct seal_pair *pair, struct str line,
                      size_t number)
{
    enum err err = line.len == 0 ? ERR_OK
                 : line.ptr[0] == '{' ? open_event(cli, pair, line)
                                      : open_text(cli, pair, line);
    if (err == ERR_DENIED) {
        cli_complain(cli, "line %zu: sealed to another key, or changed", number);
    } else if (err != ERR_OK) {
        cli_complain(cli, "line %zu: is neither sealed text nor an event", number);
    }
    return err == ERR_OK;
}

/* False if a line was refused; the others are opened all the same. */
static bool open_all(struct cli *cli, const struct seal_pair *pair)
{
    char *line = NULL;
    size_t size = 0, number = 0;
    ssize_t len;
    bool good = true;
    while ((len = getline(&line, &size, cli->in)) >= 0) {
        while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r')) {
            len--;
        }
        good &= open_line(cli, pair, (struct str){line, (size_t)len}, ++number);
    }
    free(line);
    return good;
}

static enum cli_exit run(struct cli *cli, const struct command_args *args)
{
    const char *path = args->options[OPTION_KEY];
    struct centre_key key;
    struct seal_pair pair;
    if (proof_init() != ERR_OK ||
        !read_key(cli, path != NULL ? path : DEFAULT_KEY, &key) ||
        !unlock(cli, &key, args, &pair)) {
        return CLI_FAILED;
    }
    bool good = open_all(cli, &pair);
    seal_keys_wipe(&pair);
    return good ? CLI_OK : CLI_FAILED;
}

const struct command command_open = {
    .first = "open",
    .help = "Opens what was sealed to the centre. Reads lines from the standard input: sealed\n"
            "text in base 64, answered with its words, or events as `anlauf events` prints\n"
            "them, of which those with sealed text are answered as {\"id\", \"kind\", \"text\"}.\n"
            "A line that does not open is named and skipped; the exit code becomes 1. The\n"
            "passphrase is asked at the terminal.",
    .options = {{"key", "FILE", "the centre's key; else " DEFAULT_KEY},
                {"recovery", NULL, "asks for the printed recovery key instead"},
                {"passphrase", "FILE", "takes what would be typed from a file's first line"}},
    .run = run,
};
