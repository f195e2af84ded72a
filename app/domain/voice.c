/* Votes and what is published of them. The rule of five is voice_publish(), nowhere
 * else. */
#include "domain/voice.h"

#include "base/utf8.h"

#include <string.h>

#define WORDS_CHARS_MAX 160

static struct voice_vote *find(const struct voice_box *box, struct uid item,
                               struct uid voter)
{
    for (size_t i = 0; i < box->count; i++) {
        struct voice_vote *v = &box->votes[i];
        if (uid_eq(v->item, item) && uid_eq(v->voter, voter)) {
            return v;
        }
    }
    return NULL;
}

/* A vote taken back stays as CHOICE_NONE and `counted`: who comes back to the same item
 * is not a new voter. */
enum err voice_cast(struct voice_box *box, const struct voice_item *item,
                    struct uid voter, enum voice_choice choice)
{
    if ((int)choice < 0 || choice >= VOICE_CHOICE_COUNT || uid_is_nil(voter) ||
        uid_is_nil(item->id)) {
        return ERR_INVALID;
    }
    if (item->state != VOICE_OPEN) {
        return ERR_DENIED;
    }
    struct voice_vote *vote = find(box, item->id, voter);
    if (vote) {
        vote->choice = choice;
        return ERR_OK;
    }
    if (choice == CHOICE_NONE) {
        return ERR_OK;
    }
    if (box->count == box->max) {
        return ERR_FULL;
    }
    box->votes[box->count++] =
        (struct voice_vote){.item = item->id, .voter = voter, .choice = choice};
    return ERR_OK;
}

enum voice_choice voice_own(const struct voice_box *box, struct uid item,
                            struct uid voter)
{
    const struct voice_vote *vote = find(box, item, voter);
    return vote ? vote->choice : CHOICE_NONE;
}

struct tally {
    int voters, in_favour, fresh;
};

static bool votes_on(const struct voice_vote *v, struct uid item)
{
    return uid_eq(v->item, item) && v->choice != CHOICE_NONE;
}

static struct tally tally(const struct voice_box *box, struct uid item)
{
    struct tally t = {0};
    for (size_t i = 0; i < box->count; i++) {
        const struct voice_vote *v = &box->votes[i];
        if (votes_on(v, item)) {
            t.voters++;
            t.in_favour += v->choice == CHOICE_FOR;
            t.fresh += !v->counted;
        }
    }
    return t;
}

bool voice_publish(struct voice_box *box, struct uid item, struct voice_result *published)
{
    struct tally t = tally(box, item);
    if (t.fresh < VOICE_LEAST_VOTERS) {
        return false;
    }
    *published = (struct voice_result){true, t.voters, t.in_favour};
    for (size_t i = 0; i < box->count; i++) {
        if (votes_on(&box->votes[i], item)) {
            box->votes[i].counted = true;
        }
    }
    return true;
}

/* ---- items ---- */

static const char *const tiles[] = {
    N_("ein Platz zum Treffen"),
    N_("Sport draußen"),
    N_("mehr Grün"),
    N_("weniger Müll"),
    N_("Licht am Weg"),
    N_("Bänke und Schatten"),
    N_("Musik und Proberaum"),
    N_("WLAN"),
    N_("Werkstatt"),
    N_("ein Fest im Kiez"),
    N_("Hilfe für Ältere"),
    N_("sichere Radwege"),
};

int voice_tile_count(void)
{
    return (int)ARRAY_LEN(tiles);
}

const char *voice_tile(int tile)
{
    return tile >= 0 && tile < voice_tile_count() ? tiles[tile] : NULL;
}

bool voice_item_valid(const struct voice_item *item)
{
    bool kind = (int)item->kind >= 0 && item->kind < VOICE_KIND_COUNT;
    bool says = item->tiles != 0 || !uid_is_nil(item->words);
    return kind && says && !uid_is_nil(item->id) &&
           item->tiles >> voice_tile_count() == 0 && item->state == VOICE_WAITING &&
           item->title[0] == '\0' && item->answer[0] == '\0';
}

static enum err take_text(char out[VOICE_ANSWER_SIZE], struct str text)
{
    char clean[VOICE_ANSWER_SIZE];
    size_t len = utf8_clean(clean, sizeof clean, text, WORDS_CHARS_MAX);
    if (len == 0 || !str_eq((struct str){clean, len}, text)) {
        return ERR_INVALID;
    }
    str_copy(out, VOICE_ANSWER_SIZE, text);
    return ERR_OK;
}

enum err voice_open(struct voice_item *item, struct str title)
{
    if (item->state != VOICE_WAITING) {
        return ERR_DENIED;
    }
    enum err err = take_text(item->title, title);
    if (err == ERR_OK) {
        item->state = VOICE_OPEN;
    }
    return err;
}

enum err voice_answer(struct voice_item *item, struct str answer)
{
    if (item->state != VOICE_OPEN && item->state != VOICE_DONE) {
        return ERR_DENIED;
    }
    enum err err = take_text(item->answer, answer);
    if (err == ERR_OK) {
        item->state = VOICE_DONE;
    }
    return err;
}

enum err voice_put_away(struct voice_item *item)
{
    if (item->state == VOICE_DONE) {
        return ERR_DENIED;
    }
    item->state = VOICE_PUT_AWAY;
    return ERR_OK;
}

struct sentence voice_result_sentence(const struct voice_result *result)
{
    if (!result->shown) {
        struct sentence few = sentence_of(
            N_("Noch zu wenige Stimmen. Ab {least} Stimmen zeigen wir das Ergebnis."));
        sentence_number(&few, "least", VALUE_COUNT, VOICE_LEAST_VOTERS);
        return few;
    }
    struct sentence s =
        sentence_of(N_("{voters} haben abgestimmt. {in_favour} sind dafür."));
    sentence_number(&s, "voters", VALUE_COUNT, result->voters);
    sentence_number(&s, "in_favour", VALUE_COUNT, result->in_favour);
    return s;
}

struct sentence voice_answer_sentence(const struct voice_item *item)
{
    if (item->state != VOICE_DONE) {
        return sentence_of(NULL);
    }
    struct sentence s = sentence_of(N_("Das war eure Idee: {said} Das haben wir gemacht: "
                                       "{done}"));
    sentence_text(&s, "said", item->title);
    sentence_text(&s, "done", item->answer);
    return s;
}
