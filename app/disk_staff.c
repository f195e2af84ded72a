/* What staff do: enrol, issue cards, decide, look in. */
#include "disk_jobs.h"

#include "disk_keys.h"

#include <sodium.h>

#define DECIDED_DAYS 14 /* how long a job that is over stays in the staff's list */

void disk_staff_known(struct disk *disk, const struct effect *effect,
                      struct reply *answer)
{
    int count = 0;
    (void)effect;
    answer->err = store_staff_count(disk->store, &count);
    answer->yes = count > 0;
}

/* The first of the staff sets the kiosk up; everybody after is added by one of them. A
 * retry of the first finds itself. */
static enum err may_add(struct disk *disk, const struct effect *effect,
                        const struct store_staff *staff)
{
    struct store_staff there;
    int count = 0;
    if (!alias_valid(str_of(effect->alias))) {
        return ERR_INVALID;
    }
    enum err err = store_staff_count(disk->store, &count);
    if (err != ERR_OK || count == 0 || !uid_is_nil(effect->staff)) {
        return err;
    }
    err = store_staff_by_card(disk->store, staff->card, &there);
    sodium_memzero(&there, sizeof there);
    return err == ERR_NOT_FOUND ? ERR_DENIED : err;
}

void disk_staff_add(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    struct store_staff staff = {.id = effect->fact};
    str_copy(staff.alias, sizeof staff.alias, str_of(effect->alias));
    credential_make_card(disk->key, effect->fact, true, answer->text, staff.card);
    answer->err = may_add(disk, effect, &staff);
    if (answer->err == ERR_OK) {
        answer->err =
            credential_hash_pin(disk->key, effect->fact, effect->pin, staff.pin);
    }
    if (answer->err == ERR_OK) {
        answer->err = store_staff_add(disk->store, &staff);
    }
    if (answer->err == ERR_OK) {
        answer->closed = !disk_share_team_key(disk, staff.id, answer->text);
        answer->staff = staff.id;
        str_copy(answer->staff_alias, sizeof answer->staff_alias, str_of(staff.alias));
    } else {
        sodium_memzero(answer->text, sizeof answer->text);
    }
    sodium_memzero(&staff, sizeof staff);
}

static void copy_overview(const struct store_overview *from, struct overview *to)
{
    *to = (struct overview){
        .people = from->people,
        .wishes_asked = from->wishes_asked,
        .wishes_confirmed = from->wishes_confirmed,
        .wishes_declined = from->wishes_declined,
        .talks = from->talks,
        .offers = from->offers,
        .events = from->events,
        .disk_free_bytes = from->disk_free_bytes,
        .state_bytes = from->state_bytes,
        .feed_bytes = from->feed_bytes,
    };
}

void disk_staff_list(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    struct store_overview overview;
    date_t today;
    int minute;
    size_t count = 0;
    (void)effect;
    date_from_wall_ms(clock_wall_ms(&disk->clock), &today, &minute);
    answer->err = store_wishes_list(disk->store, today - DECIDED_DAYS, answer->wishes,
                                    STAFF_WISHES_MAX, &count);
    answer->wish_count = (int)count;
    if (answer->err == ERR_OK) {
        answer->err = store_overview(disk->store, &overview);
    }
    if (answer->err == ERR_OK) {
        copy_overview(&overview, &answer->overview);
    }
}

void disk_decide(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    struct store_decision decision = {
        .id = effect->fact,
        .wish = effect->wish.id,
        .staff = effect->staff,
        .confirm = effect->confirm,
        .reason = effect->confirm ? DECLINE_NONE : effect->decline,
    };
    answer->err = store_decide(disk->store, &decision);
}

void disk_enrol(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    struct store_enrolment enrolment = {
        .id = effect->fact,
        .who = effect->who,
        .staff = effect->staff,
    };
    if (uid_is_nil(enrolment.who.id)) {
        enrolment.who.id = effect->fact;
    }
    answer->err = credential_hash_pictures(disk->key, effect->fact, effect->pictures,
                                           enrolment.secret);
    if (answer->err == ERR_OK) {
        credential_make_card(disk->key, effect->fact, false, answer->text,
                             enrolment.card);
        answer->err = store_enrol(disk->store, &enrolment);
    }
    if (answer->err == ERR_OK) {
        answer->err = disk_keep_person_key(disk, enrolment.who.id, answer->text);
    }
    if (answer->err == ERR_OK) {
        answer->who = enrolment.who;
    } else {
        sodium_memzero(answer->text, sizeof answer->text);
    }
    sodium_memzero(&enrolment, sizeof enrolment);
}

void disk_issue_card(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    struct store_card card = {.id = effect->fact, .staff = effect->staff};
    answer->err =
        store_person_by_alias(disk->store, str_of(effect->alias), &answer->who, NULL);
    if (answer->err == ERR_OK) {
        card.participant = answer->who.id;
        credential_make_card(disk->key, effect->fact, false, answer->text, card.card);
        answer->err = store_card_issue(disk->store, &card);
    }
    if (answer->err == ERR_OK) {
        answer->err = disk_keep_person_key(disk, card.participant, answer->text);
    }
    if (answer->err != ERR_OK) {
        sodium_memzero(answer->text, sizeof answer->text);
    }
    sodium_memzero(&card, sizeof card);
}
