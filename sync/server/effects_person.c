/* Events about people, and about what they say without asking for a place. */
#include "server/cause.h"

#include "domain/offer.h"
#include "proof/key.h"
#include "server/asks.h"
#include "server/body.h"
#include "server/people.h"
#include "server/tasks.h"
#include "wire/bytes.h"

/* Whoever is not known here: the line that told of them was not understood. So is this
 * one, and both are tried again in their order. */
static enum err known(enum err err)
{
    return err == ERR_NOT_FOUND ? ERR_INVALID : err;
}

static enum err enrolled(const struct cause *cause, bool adopted)
{
    struct uid who;
    struct str alias, band;
    if (!body_uid(cause->body, "participant", &who) ||
        !body_value(cause->body, "alias", &alias) || alias.ptr[0] != '"' ||
        !body_text(cause->body, "band", &band)) {
        return ERR_INVALID;
    }
    return people_add(cause->scene, who, cause->body, adopted);
}

enum err cause_participant_enrolled(const struct cause *cause)
{
    return enrolled(cause, false);
}

enum err cause_participant_adopted(const struct cause *cause)
{
    return enrolled(cause, true);
}

enum err cause_card_issued(const struct cause *cause)
{
    struct uid who;
    if (!body_uid(cause->body, "participant", &who)) {
        return ERR_INVALID;
    }
    return known(people_card(cause->scene, who));
}

enum err cause_card_key(const struct cause *cause)
{
    struct uid who;
    struct str text;
    uint8_t lookup[PEOPLE_LOOKUP_SIZE];
    if (!body_uid(cause->body, "participant", &who) ||
        !body_text(cause->body, "lookup", &text) ||
        b64_parse(text, lookup, sizeof lookup) != ERR_OK) {
        return ERR_INVALID;
    }
    return known(people_card_key(cause->scene, who, lookup));
}

enum err cause_person_key(const struct cause *cause)
{
    struct uid who;
    struct str hex;
    struct key_public public;
    if (!body_uid(cause->body, "participant", &who) ||
        !body_text(cause->body, "public", &hex) ||
        key_public_parse(hex, &public) != ERR_OK) {
        return ERR_INVALID;
    }
    return known(people_key(cause->scene, who, hex));
}

/* A kiosk that belonged to no centre did not say who, nor one that was told by this one.
 */
enum err cause_person_deleted(const struct cause *cause)
{
    struct uid who;
    if (!body_uid_or_nil(cause->body, "participant", &who)) {
        return ERR_INVALID;
    }
    return uid_is_nil(who) ? ERR_OK : people_forget(cause->scene, who);
}

enum err cause_talk_asked(const struct cause *cause)
{
    struct uid who;
    if (!body_uid_or_nil(cause->body, "participant", &who)) {
        return ERR_INVALID;
    }
    return tasks_open_about(cause->scene, TASK_TALK,
                            uid_is_nil(who) ? cause_nobody(cause) : who);
}

enum err cause_talk_done(const struct cause *cause)
{
    struct uid who;
    char about[UID_TEXT_SIZE];
    if (!body_uid_or_nil(cause->body, "participant", &who)) {
        return ERR_INVALID;
    }
    uid_format(who, about);
    return tasks_close(cause->scene, TASK_TALK, str_of(about));
}

enum err cause_offer_unfit(const struct cause *cause)
{
    struct uid who;
    struct str code;
    if (!body_uid_or_nil(cause->body, "participant", &who) ||
        !body_text(cause->body, "code", &code) || code.len == 0 ||
        code.len >= OFFER_CODE_SIZE) {
        return ERR_INVALID;
    }
    return asks_note(cause->scene, code, uid_is_nil(who) ? cause_nobody(cause) : who);
}
