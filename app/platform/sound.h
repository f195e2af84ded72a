/* Three short soft sounds, made here and played by a thread of their own: opening a sound
 * card takes longer than a touch may. No sound card is fine.
 *
 * The card is closed again two seconds after the last sound, because an open one wakes
 * the machine a hundred times a second. */
#ifndef PLATFORM_SOUND_H
#define PLATFORM_SOUND_H

#include "platform/platform.h"

struct player; /* main thread only */

struct player *player_start(void); /* NULL: there will be no sound */
void player_stop(struct player *player); /* NULL is fine */
void player_play(struct player *player, enum sound sound); /* NULL is fine */

#endif
