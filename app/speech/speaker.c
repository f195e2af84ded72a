/* Chooses a speaker by its name. */
#include "speech/backend.h"

static void say_nothing(void *ctx, struct str words, int language)
{
    (void)ctx;
    (void)words;
    (void)language;
}

static void do_nothing(void *ctx)
{
    (void)ctx;
}

enum err speaker_open(struct str spec, struct buf *why, struct speaker *speaker_out)
{
    const struct str text = STR("text:");
    if (str_eq(spec, STR("none"))) {
        *speaker_out = (struct speaker){say_nothing, do_nothing, do_nothing, NULL};
        return ERR_OK;
    }
    if (str_eq(spec, STR("espeak"))) {
        return speaker_open_espeak(why, speaker_out);
    }
    if (str_starts(spec, text) && spec.len > text.len) {
        struct str path = {spec.ptr + text.len, spec.len - text.len};
        return speaker_open_text(path, why, speaker_out);
    }
    buf_puts(why, "speech is none, espeak, text:FILE or text:-");
    return ERR_INVALID;
}
