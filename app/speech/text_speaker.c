/* A speaker that writes: one line for each utterance, at once, for tests and Braille. */
#include "speech/backend.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define PATH_SIZE 1024

static void text_say(void *ctx, struct str words, int language)
{
    FILE *file = ctx;
    (void)language;
    for (size_t i = 0; i < words.len; i++) {
        unsigned char c = (unsigned char)words.ptr[i];
        putc(c < ' ' ? ' ' : c, file);
    }
    putc('\n', file);
    (void)fflush(file);
}

static void text_hush(void *ctx)
{
    (void)ctx; /* what is written stays */
}

static void text_close(void *ctx)
{
    if (ctx != stdout) {
        (void)fclose(ctx);
    }
}

enum err speaker_open_text(struct str path, struct buf *why, struct speaker *speaker_out)
{
    char name[PATH_SIZE];
    FILE *file = stdout;
    if (!str_copy(name, sizeof name, path)) {
        buf_puts(why, "the path is too long");
        return ERR_IO;
    }
    if (!str_eq(path, STR("-"))) {
        file = fopen(name, "we");
    }
    if (!file) {
        buf_printf(why, "%s: %s", name, strerror(errno));
        return ERR_IO;
    }
    *speaker_out = (struct speaker){text_say, text_hush, text_close, file};
    return ERR_OK;
}
