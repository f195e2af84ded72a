#include "cli/ask.h"

#include "cli/command.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* A whole line without control characters, so that a Ctrl-C is not taken for a letter. */
static bool line_is_whole(const char *line, size_t len, size_t size)
{
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)line[i] < ' ' || line[i] == 0x7F) {
            return false;
        }
    }
    return len > 0 && len + 1 < size;
}

static bool read_line(FILE *in, char out[ASK_SIZE])
{
    if (fgets(out, ASK_SIZE, in) == NULL) {
        return false;
    }
    size_t len = strcspn(out, "\r\n");
    bool ended = out[len] != '\0' || len + 1 < ASK_SIZE;
    out[len] = '\0';
    return ended && line_is_whole(out, len, ASK_SIZE);
}

/* Signals are letters while the echo is off: the terminal must not stay silent. */
static bool read_unseen(FILE *in, FILE *shown, const char *question, char out[ASK_SIZE])
{
    struct termios before;
    if (tcgetattr(fileno(in), &before) != 0) {
        return false;
    }
    struct termios silent = before;
    silent.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
    fprintf(shown, "%s: ", question);
    fflush(shown);
    tcsetattr(fileno(in), TCSAFLUSH, &silent);
    bool good = read_line(in, out);
    tcsetattr(fileno(in), TCSAFLUSH, &before);
    fputc('\n', shown);
    return good;
}

static bool read_again(struct cli *cli, FILE *in, const char *first)
{
    char second[ASK_SIZE];
    bool same =
        read_unseen(in, cli->err, "once more", second) && strcmp(first, second) == 0;
    sodium_memzero(second, sizeof second);
    if (!same) {
        cli_complain(cli, "that was not the same");
    }
    return same;
}

bool ask_secret(struct cli *cli, FILE *in, const char *question, bool twice,
                char out[ASK_SIZE])
{
    bool terminal = isatty(fileno(in)) == 1;
    bool good = terminal ? read_unseen(in, cli->err, question, out) : read_line(in, out);
    if (!good) {
        cli_complain(cli, "%s: must be one line of text", question);
    } else if (terminal && twice) {
        good = read_again(cli, in, out);
    }
    return good;
}

bool ask_secret_at(struct cli *cli, const char *path, const char *question,
                   char out[ASK_SIZE])
{
    FILE *in = path != NULL ? fopen(path, "re") : fopen("/dev/tty", "re");
    if (in == NULL) {
        cli_complain(cli, "%s: %s", path != NULL ? path : "no terminal to ask at",
                     strerror(errno));
        return false;
    }
    setvbuf(in, NULL, _IONBF, 0); /* no copy of it in a buffer */
    bool good = ask_secret(cli, in, question, false, out);
    fclose(in);
    return good;
}
