/* Reading aloud: what a frame says, through a voice or as lines of text.
 *
 * speech_of_* are pure: frame in, words out. A speaker never blocks: new words cut off
 * the old ones. */
#ifndef SPEECH_SPEECH_H
#define SPEECH_SPEECH_H

#include "base/err.h"
#include "i18n/i18n.h"
#include "ui/frame.h"

/* The focused thing of a frame: its label and where it stands: "Jobs ansehen. 1 von 6."
 * If nothing is focused or the frame is private (and no headphones are allowed): "". */
void speech_of_focus(const struct frame *frame, const struct i18n *i18n, bool headphones,
                     struct buf *out);
/* The label of one hit of a frame, which may be -1: "". */
void speech_of_hit(const struct frame *frame, int hit, bool headphones, struct buf *out);
/* The screen's title and then all of its labels: for the read-aloud key. */
void speech_of_screen(const struct frame *frame, const struct i18n *i18n, bool headphones,
                      struct buf *out);
void speech_of_title(const struct frame *frame, const struct i18n *i18n, bool headphones,
                     struct buf *out);

struct speaker {
    void (*say)(void *ctx, struct str words, int language);
    void (*hush)(void *ctx);
    void (*close)(void *ctx);
    void *ctx;
};

/* "none", "text:FILE" or "text:-" (one line per utterance, flushed), "espeak".
 * ERR_INVALID: not such a thing. ERR_UNSUPPORTED: no voice or no sound device; `why`. */
enum err speaker_open(struct str spec, struct buf *why,
                      struct speaker *speaker_out) NODISCARD;

#endif
