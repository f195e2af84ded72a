/* The rules of work for the young, at the centre: what one person does at all kiosks of it
 * adds up. The same rules and calendar as on the kiosk (assets/rules/), the same code. */
#ifndef SERVER_LAW_H
#define SERVER_LAW_H

#include "domain/rules.h"
#include "server/wishes.h"
#include "wire/bytes.h"

enum law {
    LAW_ALLOWS,
    LAW_FORBIDS,
    LAW_UNKNOWN, /* the centre does not know who this is: nobody can say */
};
struct law_answer {
    enum law law;
    struct rules_verdict verdict; /* LAW_FORBIDS; its strings live as long as the program */
};

/* May this wish be confirmed beside all others that are confirmed to this person? */
enum err law_ask(const struct scene *scene, const struct wish_row *wish,
                 struct law_answer *answer_out) NODISCARD;
/* A wish became confirmed: a breach, or somebody unknown, becomes a task. */
enum err law_watch(const struct scene *scene, const struct wish_row *wish) NODISCARD;

/* The work in the body of wish.made. False: a part is missing or not understood. */
bool law_work_read(struct str body, struct offer_work *work_out);
/* In German, plain: which rule and what instead. Nothing if it is allowed. */
void law_say(const struct law_answer *answer, struct buf *out);

#endif
