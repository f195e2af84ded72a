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
#define ANSWER_SIZE 32768 /* some of an event's fields, each byte of words escaped */

enum { OPTION_KEY, OPTION_RECOVERY, OPTION_PASSPHRASE };

/* ---- the key ---------------------------------------------------------------------- */

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
                   const struct subcommand_args *args, struct seal_pair *pair_out)
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

/* ---- what is sealed --------------------------------------------------------------- */

struct opened {
    enum seal_purpose purpose;
    size_t len;
    uint8_t bytes[SEAL_LEN_MAX];
};

/* ERR_INVALID: it has not the form of sealed text. ERR_DENIED: it does not open. */
static enum err unseal(const struct seal_pair *pair, struct str text, struct opened *out)
{
    uint8_t sealed[SEAL_SIZE_MAX];
    size_t len;
    if (seal_text_parse(text, sealed, sizeof sealed, &len) != ERR_OK ||
        !seal_size_exists(len)) {
        return ERR_INVALID;
    }
    enum err err = ERR_CORRUPT;
    for (int purpose = 1; purpose < SEAL_PURPOSE_END && err == ERR_CORRUPT; purpose++) {
        out->purpose = (enum seal_purpose)purpose;
        err = seal_open(pair, out->purpose, sealed, len, out->bytes, sizeof out->bytes,
                        &out->len);
    }
    return err;
}

static bool is_text(const struct opened *opened)
{
    return opened->purpose == SEAL_WORDS || opened->purpose == SEAL_NOTE;
}

/* Anybody can seal to the centre, so words are cleaned before they are shown. */
static void clean_words(const struct opened *opened, char words_out[WORDS_SIZE])
{
    utf8_clean(words_out, WORDS_SIZE,
               (struct str){(const char *)opened->bytes, opened->len}, SEAL_TEXT_MAX);
}

/* ---- lines of sealed text --------------------------------------------------------- */

static bool open_text(struct cli *cli, const struct seal_pair *pair, struct str line,
                      size_t number)
{
    char words[WORDS_SIZE];
    struct opened opened;
    enum err err = unseal(pair, line, &opened);
    bool good = err == ERR_OK && is_text(&opened);
    if (good) {
        clean_words(&opened, words);
        fprintf(cli->out, "%s\n", words);
    } else if (err == ERR_DENIED) {
        cli_complain(cli, "line %zu: sealed to another key, or changed", number);
    } else {
        cli_complain(cli, "line %zu: is neither sealed words nor an event", number);
    }
    sodium_memzero(words, sizeof words);
    sodium_memzero(&opened, sizeof opened);
    return good;
}

/* ---- lines of events -------------------------------------------------------------- */

/* Words as they are; a view, which is no text, as base 64 of its bytes. */
static void put_opened(struct buf *answer, const char *name, const struct opened *opened)
{
    char text[SEAL_BASE64_SIZE(SEAL_LEN_MAX)];
    buf_puts(answer, answer->len > 1 ? "," : "");
    buf_json(answer, str_of(name));
    buf_putc(answer, ':');
    if (is_text(opened)) {
        clean_words(opened, text);
    } else {
        seal_text_format(opened->bytes, opened->len, text, sizeof text);
    }
    buf_json(answer, str_of(text));
    sodium_memzero(text, sizeof text);
}

/* The members of the body that are sealed. False if one does not open; *found counts. */
static bool open_members(struct cli *cli, const struct seal_pair *pair,
                         const json_t *body, size_t number, struct buf *answer,
                         int *found)
{
    struct opened opened;
    const char *name;
    json_t *value;
    bool good = true;
    json_object_foreach((json_t *)(uintptr_t)body, name, value)
    {
        struct str text = {json_string_value(value), json_string_length(value)};
        enum err err = json_is_string(value) ? unseal(pair, text, &opened) : ERR_INVALID;
        if (err == ERR_OK) {
            put_opened(answer, name, &opened);
            ++*found;
        } else if (err != ERR_INVALID) {
            cli_complain(cli, "line %zu: field %s: %s", number, name,
                         err == ERR_DENIED ? "sealed to another key, or changed"
                                           : "sealed in a form that is not ours");
            good = false;
        }
    }
    sodium_memzero(&opened, sizeof opened);
    return good;
}

static void put_name(struct buf *answer, const json_t *event, const char *name)
{
    const json_t *value = json_object_get(event, name);
    if (json_is_string(value) && json_string_length(value) < 64) {
        buf_printf(answer, answer->len > 1 ? ",\"%s\":" : "\"%s\":", name);
        buf_json(answer, str_of(json_string_value(value)));
    }
}

static bool answer_event(struct cli *cli, const struct seal_pair *pair,
                         const json_t *event, const json_t *body, size_t number)
{
    char memory[ANSWER_SIZE];
    struct buf answer;
    int found = 0;
    buf_init(&answer, memory, sizeof memory);
    buf_putc(&answer, '{');
    put_name(&answer, event, "id");
    put_name(&answer, event, "kind");
    bool good = open_members(cli, pair, body, number, &answer, &found);
    buf_putc(&answer, '}');
    if (answer.cut) {
        cli_complain(cli, "line %zu: holds more than an event can", number);
        good = false;
    } else if (found > 0) {
        fprintf(cli->out, "%s\n", memory);
    }
    sodium_memzero(memory, sizeof memory);
    return good;
}

static bool open_event(struct cli *cli, const struct seal_pair *pair, struct str line,
                       size_t number)
{
    struct json_ctx ctx;
    struct json_node event, body = {0};
    json_t *root = json_read_open(&ctx, line, &event);
    bool good = root != NULL && json_read_object(&event, "body", JSON_REQUIRED, &body);
    if (good) {
        good = answer_event(cli, pair, event.value, body.value, number);
    } else {
        cli_complain(cli, "line %zu: is neither sealed words nor an event", number);
    }
    json_decref(root);
    return good;
}

/* ---- all lines -------------------------------------------------------------------- */

static bool open_line(struct cli *cli, const struct seal_pair *pair, struct str line,
                      size_t number)
{
    if (line.len == 0) {
        return true;
    }
    return line.ptr[0] == '{' ? open_event(cli, pair, line, number)
                              : open_text(cli, pair, line, number);
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

static enum cli_exit run(struct cli *cli, const struct subcommand_args *args)
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

static const struct subcommand_option options[] = {
    {"key", "FILE", "the centre's key; else " DEFAULT_KEY},
    {"recovery", NULL, "asks for the printed recovery key instead"},
    {"passphrase", "FILE", "takes what would be typed from a file's first line"},
    {NULL, NULL, NULL},
};

const struct command command_open = {
    .call.first = "open",
    .call.help =
        "Opens what was sealed to the centre. Reads lines from the standard\n"
        "input: sealed words in base 64, answered with the words; or events as\n"
        "`anlauf events` prints them, answered with an object of their id, their\n"
        "kind and each sealed field opened (a view, which is no text, as base 64),\n"
        "if they have one. A line that does not open is named and skipped; the exit\n"
        "code becomes 1. The passphrase is asked at the terminal.",
    .call.options = options,
    .run = run,
};
