/* What a frame says: sentences that end with a stop, so that a voice pauses there. */
#include "speech/speech.h"

#include <stdio.h>
#include <string.h>

#define NUMBER_SIZE 12

static bool may_speak(const struct frame *frame, bool headphones)
{
    return headphones || !frame->speech_private;
}

static bool ends_sentence(struct str s)
{
    static const char *const stops[] = {".", "!", "?", ":", "…", "؟", "۔"};
    for (size_t i = 0; i < ARRAY_LEN(stops); i++) {
        size_t len = strlen(stops[i]);
        if (s.len >= len && memcmp(s.ptr + s.len - len, stops[i], len) == 0) {
            return true;
        }
    }
    return false;
}

static void put_sentence(struct buf *out, struct str text)
{
    size_t before = out->len;
    if (text.len == 0) {
        return;
    }
    if (before > 0) {
        buf_putc(out, ' ');
    }
    size_t from = out->len;
    tr_plain(out, text);
    while (out->len > from && out->data[out->len - 1] == ' ') {
        out->data[--out->len] = '\0'; /* where an inserted value was empty */
    }
    if (!ends_sentence((struct str){out->data + from, out->len - from})) {
        buf_putc(out, '.');
    }
}

/* "1 von 6" */
static void put_position(struct buf *out, const struct frame *frame,
                         const struct i18n *i18n)
{
    char memory[96], n[NUMBER_SIZE], count[NUMBER_SIZE];
    struct buf position;
    snprintf(n, sizeof n, "%d", frame->focus + 1);
    snprintf(count, sizeof count, "%d", frame->hit_count);
    const struct tr_arg args[] = {TR_ARG("n", n), TR_ARG("count", count)};
    buf_init(&position, memory, sizeof memory);
    tr_fill(&position, tr(i18n, "{n} von {count}"), args, ARRAY_LEN(args));
    put_sentence(out, buf_str(&position));
}

static struct str label_of(const struct frame *frame, int hit)
{
    return frame_str(frame, frame->hits[hit].label, frame->hits[hit].label_len);
}

void speech_of_hit(const struct frame *frame, int hit, bool headphones, struct buf *out)
{
    if (hit >= 0 && hit < frame->hit_count && may_speak(frame, headphones)) {
        put_sentence(out, label_of(frame, hit));
    }
}

void speech_of_focus(const struct frame *frame, const struct i18n *i18n, bool headphones,
                     struct buf *out)
{
    if (frame->focus < 0 || frame->focus >= frame->hit_count ||
        !may_speak(frame, headphones)) {
        return;
    }
    speech_of_hit(frame, frame->focus, headphones, out);
    put_position(out, frame, i18n);
}

void speech_of_title(const struct frame *frame, const struct i18n *i18n, bool headphones,
                     struct buf *out)
{
    (void)i18n; /* the title is translated already */
    if (may_speak(frame, headphones)) {
        put_sentence(out, frame_str(frame, frame->title, frame->title_len));
    }
}

void speech_of_screen(const struct frame *frame, const struct i18n *i18n, bool headphones,
                      struct buf *out)
{
    speech_of_title(frame, i18n, headphones, out);
    for (int i = 0; i < frame->hit_count && may_speak(frame, headphones); i++) {
        put_sentence(out, label_of(frame, i));
    }
}
