/* anlauf rules check: JSON lines in, JSON lines out. */
#include "cli/command.h"

#include "base/asset.h"
#include "domain/rules_json.h"

#include <stdlib.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF" /* some editors begin a file with it */

struct books {
    struct rules *rules;
    struct calendar *calendar;
};

static struct str asset_text(const char *name)
{
    const struct asset *asset = asset_find(name);
    CHECK(asset != NULL);
    return (struct str){(const char *)asset->data, asset->len};
}

static bool open_books(struct cli *cli, const char *tighten, struct books *books)
{
    char memory[512], *text = NULL;
    size_t len = 0;
    struct buf error;
    buf_init(&error, memory, sizeof memory);
    if (tighten != NULL && !cli_read_file(cli, tighten, &text, &len)) {
        return false;
    }
    enum err err = rules_load(asset_text("rules/youth-work.json"), (struct str){text, len},
                              &error, &books->rules);
    if (err == ERR_OK) {
        err = calendar_load(asset_text("rules/berlin-calendar.json"), &error,
                            &books->calendar);
    }
    if (err != ERR_OK) {
        fprintf(cli->err, "%s: %s\n", tighten != NULL ? tighten : "rules", memory);
    }
    free(text);
    return err == ERR_OK;
}

static struct str without_blanks(const char *line, ssize_t len)
{
    while (len > 0 && strchr("\n\r\t ", line[len - 1]) && line[len - 1] != '\0') {
        len--;
    }
    return (struct str){line, (size_t)len};
}

static struct str without_mark(struct str text)
{
    const size_t mark = strlen(BYTE_ORDER_MARK);
    bool marked = text.len >= mark && memcmp(text.ptr, BYTE_ORDER_MARK, mark) == 0;
    return marked ? (struct str){text.ptr + mark, text.len - mark} : text;
}

/* False if a line was malformed; the others are answered all the same. */
static bool answer_all(struct cli *cli, const struct books *books)
{
    char answer[RULES_ANSWER_SIZE], *line = NULL;
    size_t size = 0, number = 0;
    ssize_t len;
    bool good = true;
    struct buf out;
    buf_init(&out, answer, sizeof answer);
    while ((len = getline(&line, &size, cli->in)) >= 0) {
        struct str text = without_blanks(line, len);
        if (++number == 1) {
            text = without_mark(text);
        }
        if (text.len == 0) {
            continue;
        }
        good &= rules_check_line(books->rules, books->calendar, text, number, &out) == ERR_OK;
        fprintf(cli->out, "%s\n", answer);
        fflush(cli->out); /* somebody may be waiting for it before the next question */
    }
    free(line);
    return good;
}

static enum cli_exit run(struct cli *cli, const struct subcommand_args *args)
{
    struct books books = {0};
    bool good = open_books(cli, args->options[0], &books) && answer_all(cli, &books);
    calendar_free(books.calendar);
    rules_free(books.rules);
    return good ? CLI_OK : CLI_FAILED;
}

static const struct subcommand_option options[] = {
    {"tighten", "FILE", "the organisation's rules, which can only tighten"},
    {NULL, NULL, NULL},
};

const struct command command_rules_check = {
    .call.first = "rules",
    .call.second = "check",
    .call.help =
        "May this person do this job? Reads one JSON object a line from the standard\n"
        "input and answers each with one line. A malformed line gets an error object\n"
        "with its number, and the exit code becomes 1. Blank lines are passed over.",
    .call.options = options,
    .run = run,
};
