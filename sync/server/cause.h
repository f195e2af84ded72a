/* What the handlers of effects.c are given. A handler reads all it needs before it writes
 * anything: ERR_INVALID says that the body is not understood, and nothing was changed. */
#ifndef SERVER_CAUSE_H
#define SERVER_CAUSE_H

#include "server/effects.h"

struct cause {
    const struct scene *scene;
    const struct wire_line *line;
    struct str body;
};

/* effects_wish.c */
enum err cause_wish_made(const struct cause *cause) NODISCARD;
enum err cause_wish_undone(const struct cause *cause) NODISCARD;
enum err cause_wish_confirmed(const struct cause *cause) NODISCARD;
enum err cause_wish_declined(const struct cause *cause) NODISCARD;
enum err cause_lease_returned(const struct cause *cause) NODISCARD;
/* effects_person.c */
enum err cause_participant_enrolled(const struct cause *cause) NODISCARD;
enum err cause_participant_adopted(const struct cause *cause) NODISCARD;
enum err cause_card_issued(const struct cause *cause) NODISCARD;
enum err cause_card_key(const struct cause *cause) NODISCARD;
enum err cause_person_key(const struct cause *cause) NODISCARD;
enum err cause_person_deleted(const struct cause *cause) NODISCARD;
enum err cause_talk_asked(const struct cause *cause) NODISCARD;
enum err cause_talk_done(const struct cause *cause) NODISCARD;
enum err cause_offer_unfit(const struct cause *cause) NODISCARD;

/* The line itself as somebody nobody knows: the first bytes of its hash. */
struct uid cause_nobody(const struct cause *cause);

#endif
