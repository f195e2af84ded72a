/* Participation: what young people propose, how they vote, what came of it.
 *
 * One vote per person and item; a person may change it or take it back. Results are
 * counts without people, and only in steps: nothing before five have voted, and a new
 * number only when at least five voted who were not in the last one, so that two
 * published numbers never tell what one person chose. */
#ifndef DOMAIN_VOICE_H
#define DOMAIN_VOICE_H

#include "base/uid.h"
#include "domain/sentence.h"

#define VOICE_LEAST_VOTERS 5
#define VOICE_ITEMS_MAX 64
#define VOICE_ANSWER_SIZE 400 /* ≤ 160 characters of staff's answer */
#define VOICE_TILES_MAX 16

enum voice_kind { VOICE_QUESTION, VOICE_IDEA, VOICE_KIND_COUNT };
enum voice_state {
    VOICE_WAITING,  /* staff have not looked: not shown yet */
    VOICE_OPEN,     /* to vote on */
    VOICE_DONE,     /* answered: "you said – we did" */
    VOICE_PUT_AWAY, /* not shown: names somebody, hurts, twice the same */
    VOICE_STATE_COUNT
};
enum voice_choice { CHOICE_NONE, CHOICE_FOR, CHOICE_NOT_FOR_ME, VOICE_CHOICE_COUNT };

struct voice_item {
    struct uid id;
    enum voice_kind kind;
    enum voice_state state;
    uint32_t tiles;                 /* of voice_tile(); 0 if only words */
    struct uid words;               /* a sealed blob; nil if only tiles */
    char title[VOICE_ANSWER_SIZE];  /* staff's wording for the vote; "" until open */
    char answer[VOICE_ANSWER_SIZE]; /* "we did"; "" until answered */
};

/* A vote. `voter` is a key that the store derives from person and item: the same for the
 * same person and item, not to be linked across items. */
struct voice_vote {
    struct uid item, voter;
    enum voice_choice choice;
    bool counted; /* in the last published result */
};

/* Votes in the caller's memory. */
struct voice_box {
    struct voice_vote *votes;
    size_t count, max;
};

struct voice_result {
    bool shown; /* false: fewer than five so far; the numbers are then 0 */
    int voters, in_favour;
};

/* ERR_FULL: no room; ERR_INVALID: no such choice, nil ids; ERR_DENIED: the item is not
 * open. CHOICE_NONE takes a vote back. */
enum err voice_cast(struct voice_box *box, const struct voice_item *item,
                    struct uid voter, enum voice_choice choice) NODISCARD;
/* This person's own vote, to be shown to that person only. */
enum voice_choice voice_own(const struct voice_box *box, struct uid item,
                            struct uid voter);
/* Moves the published result on if enough new people voted; else leaves it as it was.
 * Returns whether it moved. */
bool voice_publish(struct voice_box *box, struct uid item,
                   struct voice_result *published);

/* ERR_INVALID: nothing to see in it, too long, not clean text. ERR_DENIED: wrong state.
 */
enum err voice_open(struct voice_item *item, struct str title) NODISCARD;
enum err voice_answer(struct voice_item *item, struct str answer) NODISCARD;
enum err voice_put_away(struct voice_item *item) NODISCARD;
bool voice_item_valid(const struct voice_item *item); /* as it is proposed */

/* Tiles for ideas in the quarter, German source texts; NULL from voice_tile_count() on.
 */
int voice_tile_count(void);
const char *voice_tile(int tile);
/* "12 haben abgestimmt, 9 sind dafür." or "Noch zu wenige Stimmen. Ab 5 zeigen wir es."
 */
struct sentence voice_result_sentence(const struct voice_result *result);
/* "Ihr habt gesagt: … Wir haben gemacht: …" */
struct sentence voice_answer_sentence(const struct voice_item *item);

#endif
