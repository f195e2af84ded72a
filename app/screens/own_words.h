/* A page to type a few sentences: the words, what becomes of them, and keys. */
#ifndef SCREENS_OWN_WORDS_H
#define SCREENS_OWN_WORDS_H

#include "screens/screen.h"

#define VOICE_CHARS_MAX 160 /* of a proposal, its title, its answer */

/* A character from a keyboard (8 = delete); false: no room, or nothing to be seen (controls,
 * a second space). */
bool words_type(char words[OWN_WORDS_SIZE], size_t chars_max, int character);
/* The same for a few sentences, which begin with capitals. */
bool own_words_type(char words[OWN_WORDS_SIZE], int character);
/* The whole screen; "Fertig" sends MSG_WORDS with 0. `promise` says who can read them. */
void own_words_view(struct ui *ui, const char *title, const char *promise,
                    const char *words);

#endif
