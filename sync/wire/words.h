/* What lines of a log are made of, as both ends know it: assets/sync/words-1.txt. A batch of
 * one event is mostly these. Never changed; another text is another coding. */
#ifndef WIRE_WORDS_H
#define WIRE_WORDS_H

#include "base/buf.h"

#define WIRE_WORDS_CODING "anlauf-words-1"

struct str wire_words(void);

#endif
