/* Young people as the centre knows them, for all its kiosks. effects.h forgets them. */
#ifndef SERVER_PEOPLE_H
#define SERVER_PEOPLE_H

#include "server/effects.h"

#define PEOPLE_LOOKUP_SIZE 32 /* a card's lookup key */

/* What participant.enrolled said. `adopted`: told by another kiosk than the one that
 * enrolled; then what is known already stays. */
enum err people_add(const struct scene *scene, struct uid participant, struct str body,
                    bool adopted) NODISCARD;
/* A new card: the old one is good no more, the new one's key is not known yet.
 * ERR_NOT_FOUND here and below: nobody knows this person. */
enum err people_card(const struct scene *scene, struct uid participant) NODISCARD;
enum err people_card_key(const struct scene *scene, struct uid participant,
                         const uint8_t lookup[PEOPLE_LOOKUP_SIZE]) NODISCARD;
enum err people_key(const struct scene *scene, struct uid participant, struct str hex)
    NODISCARD;

/* Who was lately found not to be forgotten, within one job; nil where nobody stands. */
#define PEOPLE_KNOWN 64
struct people_known {
    struct uid ids[PEOPLE_KNOWN];
};
enum err people_forgotten(const struct scene *scene, struct uid participant,
                          bool *forgotten_out) NODISCARD;
/* Somebody is forgotten now. */
void people_unknow(const struct scene *scene, struct uid participant);

#endif
