/* The kinds of speakers behind speaker_open. */
#ifndef SPEECH_BACKEND_H
#define SPEECH_BACKEND_H

#include "speech/speech.h"

/* Lines of text into a file, "-" for stdout; an older file is emptied. ERR_IO: cannot. */
enum err speaker_open_text(struct str path, struct buf *why,
                           struct speaker *speaker_out) NODISCARD;
/* The voice of espeak-ng. ERR_UNSUPPORTED: there is nothing to play sound on. */
enum err speaker_open_espeak(struct buf *why, struct speaker *speaker_out) NODISCARD;

#endif
