/* The rules of work for the young, at the centre: what one person does at all kiosks of it
 * adds up. The same rules and calendar as on the kiosk (assets/rules/), the same code. */
#ifndef SERVER_LAW_H
#define SERVER_LAW_H

#include "domain/rules.h"
#include "server/wishes.h"

/* The rules and the calendar that are built into the program. Starts as {0} and is read at
 * the first question, which takes a millisecond; who owns one frees it. One thread. */
struct law_books {
    struct rules *rules;
    struct calendar *calendar;
};
void law_books_free(struct law_books *books);

enum law {
    LAW_ALLOWS,
    LAW_FORBIDS,
    LAW_UNKNOWN, /* the centre does not know who this is, or what: nobody can say */
};
#define LAW_WORDS_SIZE 1024
struct law_answer {
    enum law law;
    char words[LAW_WORDS_SIZE]; /* in German, plain: which rule, and what instead */
    char rules[LAW_WORDS_SIZE]; /* {"rules":[{"rule":…,"law":…}, …]} */
};

/* May this wish be confirmed beside all others that are confirmed to this person? */
enum err law_ask(const struct scene *scene, const struct wish_row *wish,
                 struct law_answer *answer_out) NODISCARD;
/* A wish became confirmed: a breach, or somebody unknown, becomes a task. */
enum err law_watch(const struct scene *scene, const struct wish_row *wish) NODISCARD;

/* The work in the body of wish.made. False: a part is missing or not understood. */
bool law_work_read(struct str body, struct offer_work *work_out);
/* Somebody on that day. False: not even a band; nobody can say what holds. */
bool law_person_read(struct str body, date_t on, struct rules_person *person_out);

#endif
