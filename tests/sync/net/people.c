/* What people do at kiosks, and what the kiosk may answer. */
#include "store/forget.h"
#include "store/jobs.h"
#include "store/query.h"
#include "store/state.h"
#include "sync/net/world.h"

#include <stdio.h>
#include <string.h>

/* Longer than clocks can be apart here: by age nothing goes that was not acknowledged. */
#define FORGET_DAYS 36500

enum act_kind {
    ACT_ENROL,
    ACT_WISH,
    ACT_TAKE,
    ACT_UNDO,
    ACT_CONFIRM,
    ACT_DECLINE,
    ACT_UNFIT,
    ACT_TALK,
    ACT_TALKED,
    ACT_JOB,
    ACT_CARD,
    ACT_SIGN_IN,
    ACT_DELETE,
    ACT_NIGHT,
    ACT_FUTURE,
    ACT_COUNT
};

static const struct {
    const char *name;
    int weight;
} acts[ACT_COUNT] = {{"enrol", 3},   {"wish", 12},   {"take", 20}, {"undo", 4},
                     {"confirm", 4}, {"decline", 2}, {"unfit", 3}, {"talk", 3},
                     {"talked", 1},  {"job", 4},     {"card", 1},  {"sign-in", 3},
                     {"delete", 1},  {"night", 1},   {"future", 2}};

/* One thing that somebody wants; may be asked for again with the same ids. */
struct act {
    enum act_kind kind;
    struct uid fact, decision;
    struct truth_person *person;
    struct truth_wish *wish;
    struct wish made;
    bool taken;
};

static enum act_kind throw_kind(struct dice *dice)
{
    int sum = 0;
    for (int i = 0; i < ACT_COUNT; i++) {
        sum += acts[i].weight;
    }
    int x = (int)dice_below(dice, (uint32_t)sum);
    for (int i = 0; i < ACT_COUNT; i++) {
        x -= acts[i].weight;
        if (x < 0) {
            return (enum act_kind)i;
        }
    }
    return ACT_TALK;
}

static struct uid throw_uid(struct dice *dice)
{
    struct uid id;
    for (int i = 0; i < 16; i += 8) {
        uint64_t x = dice_next(dice);
        memcpy(id.b + i, &x, 8);
    }
    return id;
}

/* ---- who and what ---------------------------------------------------------------------
 */

static struct truth_person *new_person(struct world *world, const struct kiosk *kiosk)
{
    struct truth *truth = &world->truth;
    if (truth->person_count == TRUTH_PEOPLE_MAX) {
        return NULL;
    }
    struct truth_person *person = &truth->people[truth->person_count++];
    *person = (struct truth_person){
        .id = throw_uid(&world->dice), .home = kiosk->home, .slot = kiosk->slot};
    snprintf(person->alias, sizeof person->alias, "Vogel %d", truth->person_count);
    return person;
}

/* Somebody of this house; a person of this very kiosk is likelier. */
static struct truth_person *some_person(struct world *world, const struct kiosk *kiosk)
{
    struct truth *truth = &world->truth;
    struct truth_person *found = NULL;
    for (int i = 0; i < 4 && truth->person_count > 0; i++) {
        struct truth_person *person =
            &truth->people[dice_below(&world->dice, (uint32_t)truth->person_count)];
        if (person->home == kiosk->home && person->saved) {
            found = person;
        }
        if (found && (found->slot == kiosk->slot || i == 2)) {
            return found;
        }
    }
    return found;
}

static struct truth_wish *some_wish(struct world *world, const struct kiosk *kiosk)
{
    struct truth *truth = &world->truth;
    for (int i = 0; i < 8 && truth->wish_count > 0; i++) {
        uint32_t count = (uint32_t)truth->wish_count;
        struct truth_wish *wish = &truth->wishes[dice_below(&world->dice, count)];
        if (wish->home == kiosk->home && (wish->slot == kiosk->slot || i > 5)) {
            return wish;
        }
    }
    return NULL;
}

/* A wish for one of the offers that the kiosk shows. */
static bool make_wish(struct world *world, struct kiosk *kiosk, struct act *act)
{
    struct truth *truth = &world->truth;
    static struct offer offers[TRUTH_OFFERS + 2];
    size_t count = 0;
    struct participant who = {0};
    act->person = some_person(world, kiosk);
    enum err err =
        store_offers_list(kiosk->store, TRUTH_TODAY, offers, TRUTH_OFFERS + 2, &count);
    if (err != ERR_OK && !vfs_crash_dead(kiosk->disk)) {
        world_fail(world, "read", "kiosk %d: no offers: %s: %s", kiosk->slot,
                   err_name(err), store_detail(kiosk->store));
    }
    if (err != ERR_OK || count == 0 || !act->person ||
        truth->wish_count == TRUTH_WISHES_MAX) {
        return false;
    }
    who.id = act->person->id;
    wish_from_offer(&act->made, act->fact, &who,
                    &offers[dice_below(&world->dice, (uint32_t)count)]);
    act->wish = &truth->wishes[truth->wish_count++];
    *act->wish = (struct truth_wish){.id = act->fact,
                                     .person = (int)(act->person - truth->people),
                                     .home = kiosk->home,
                                     .slot = kiosk->slot,
                                     .offer = truth_offer_of(act->made.code)};
    return true;
}

/* False: there is nothing of the kind to do. */
static bool plan(struct world *world, struct kiosk *kiosk, struct act *act)
{
    act->kind = throw_kind(&world->dice);
    act->fact = throw_uid(&world->dice);
    act->decision = throw_uid(&world->dice);
    switch (act->kind) {
    case ACT_ENROL:
        act->person = new_person(world, kiosk);
        return act->person != NULL;
    case ACT_WISH:
    case ACT_TAKE:
        return make_wish(world, kiosk, act);
    case ACT_UNDO:
    case ACT_CONFIRM:
    case ACT_DECLINE:
    case ACT_JOB:
        act->wish = some_wish(world, kiosk);
        act->person = act->wish ? &world->truth.people[act->wish->person] : NULL;
        return act->wish != NULL;
    case ACT_NIGHT:
    case ACT_FUTURE:
        return true;
    default:
        act->person = some_person(world, kiosk);
        return act->person != NULL;
    }
}

/* ---- doing it ---------------------------------------------------------------------- */

static enum err enrol(struct kiosk *kiosk, const struct act *act)
{
    struct store_enrolment e = {.id = act->fact,
                                .staff = kiosk->world->staff[kiosk->home]};
    e.who.id = act->person->id;
    snprintf(e.who.alias, sizeof e.who.alias, "%s", act->person->alias);
    e.who.band = AGE_16_17;
    e.who.band_until = DATE_NONE;
    e.who.consents[CONSENT_CUSTODIAN] = (struct consent){true, DATE_NONE};
    e.who.consents[CONSENT_STORE] = (struct consent){true, DATE_NONE};
    snprintf(e.secret, sizeof e.secret, "$argon2id$sim");
    memcpy(e.card, act->fact.b, 16);
    memcpy(e.card + 16, act->fact.b, 16);
    return store_enrol(kiosk->store, &e);
}

static enum err decide(struct kiosk *kiosk, const struct act *act, bool confirm)
{
    struct store_decision decision = {act->fact, act->wish->id,
                                      kiosk->world->staff[kiosk->home], confirm,
                                      confirm ? DECLINE_NONE : DECLINE_TALK};
    return store_decide(kiosk->store, &decision);
}

static enum err do_job(struct kiosk *kiosk, const struct act *act)
{
    static const enum assignment_event_kind kinds[] = {JOB_AGREE, JOB_CHECK_IN,
                                                       JOB_CHECK_OUT, JOB_CANCEL};
    struct assignment_event event = {.kind = kinds[act->fact.b[0] % 4],
                                     .assignment = act->wish->id};
    enum assignment_answer answer;
    struct job_brief brief;
    enum err err = store_now(kiosk->store, &event.at);
    return err == ERR_OK
               ? store_job_event(kiosk->store, act->fact, &event, &answer, &brief)
               : err;
}

static enum err issue_card(struct kiosk *kiosk, const struct act *act)
{
    struct store_card card = {
        act->fact, act->person->id, kiosk->world->staff[kiosk->home], {0}};
    memcpy(card.card, act->fact.b, 16);
    return store_card_issue(kiosk->store, &card);
}

/* At night old things are forgotten, as far as the centre has them. */
static enum err night(struct kiosk *kiosk)
{
    struct store_forgotten forgotten;
    struct sync_receipts receipts;
    enum err err = store_receipts(kiosk->store, &receipts);
    return err == ERR_OK
               ? store_forget(kiosk->store, receipts.acked, FORGET_DAYS, &forgotten)
               : err;
}

/* At whichever kiosk of the house: theirs or, from then on, theirs too. */
static enum err sign_in(struct kiosk *kiosk, const struct act *act)
{
    struct participant who;
    enum err err = store_person_by_card(kiosk->store, act->person->card, &who);
    if (err == ERR_OK && !uid_eq(who.id, act->person->id)) {
        world_fail(kiosk->world, "card", "kiosk %d: a card opened another's part",
                   kiosk->slot);
    }
    return err;
}

static enum err perform(struct kiosk *kiosk, struct act *act)
{
    struct uid who = act->person ? act->person->id : (struct uid){{0}};
    switch (act->kind) {
    case ACT_ENROL:
        return enrol(kiosk, act);
    case ACT_WISH:
        return store_wish(kiosk->store, &act->made);
    case ACT_TAKE:
        return store_wish_take(kiosk->store, &act->made, act->decision, &act->taken);
    case ACT_UNDO:
        return store_wish_undo(kiosk->store, act->fact, act->wish->id, who);
    case ACT_CONFIRM:
        return decide(kiosk, act, true);
    case ACT_DECLINE:
        return decide(kiosk, act, false);
    case ACT_UNFIT:
        return store_unfit(kiosk->store, act->fact, who, STR("B-1"), UNFIT_TIME);
    case ACT_TALK:
        return store_talk(kiosk->store, act->fact, who);
    case ACT_TALKED:
        return store_talked(kiosk->store, act->fact, who,
                            kiosk->world->staff[kiosk->home]);
    case ACT_JOB:
        return do_job(kiosk, act);
    case ACT_CARD:
        return issue_card(kiosk, act);
    case ACT_SIGN_IN:
        return sign_in(kiosk, act);
    case ACT_DELETE:
        return store_forget_person(kiosk->store, act->fact, who,
                                   kiosk->world->staff[kiosk->home]);
    case ACT_NIGHT:
        return night(kiosk);
    default:
        return kiosk_write_future(kiosk, act->fact);
    }
}

/* What the store may say without any fault of a disk. */
static bool is_answer(const struct act *act, enum err err)
{
    switch (err) {
    case ERR_OK:
        return true;
    case ERR_CONFLICT:
    case ERR_DENIED:
    case ERR_NOT_FOUND:
        return act->kind != ACT_ENROL || err == ERR_CONFLICT;
    case ERR_UNSUPPORTED: /* no lease here: the centre decides */
        return act->kind == ACT_CONFIRM;
    case ERR_FULL:
        return act->kind == ACT_WISH || act->kind == ACT_TAKE;
    default:
        return false;
    }
}

/* The lease behind a "you have it": granted to this very body, and not given back. */
static bool holds_lease(struct kiosk *kiosk, struct uid wish)
{
    struct uid lease = {{0}};
    int64_t epoch = 0, good = 0;
    struct query q =
        query_on(&kiosk->store->state, "SELECT w.lease, d.epoch FROM wish w, device d"
                                       " WHERE w.id = :id AND NOT EXISTS (SELECT 1"
                                       " FROM lease_returned r WHERE r.lease = w.lease)");
    query_uid(&q, ":id", &wish);
    if (query_row(&q)) {
        lease = query_get_uid(&q, 0);
        epoch = query_get_int(&q, 1);
    }
    enum err err = query_done(&q);
    q = query_on(&kiosk->store->feed, "SELECT count(*) FROM lease WHERE lease = :lease"
                                      " AND dev = :dev AND epoch = :epoch"
                                      " AND state = 'granted'");
    query_uid(&q, ":lease", &lease);
    query_uid(&q, ":dev", &kiosk->dev);
    query_int(&q, ":epoch", epoch);
    if (query_row(&q)) {
        good = query_get_int(&q, 0);
    }
    return query_done(&q) == ERR_OK && err == ERR_OK && good == 1;
}

/* What the person was told is true from now on. */
static void believe(struct world *world, struct kiosk *kiosk, struct act *act, bool first)
{
    if (act->kind == ACT_ENROL) {
        act->person->saved = true;
        memcpy(act->person->card, act->fact.b, 16);
        memcpy(act->person->card + 16, act->fact.b, 16);
    } else if (act->kind == ACT_CARD) {
        memset(act->person->card, 0, sizeof act->person->card);
        memcpy(act->person->card, act->fact.b, 16);
    } else if (act->kind == ACT_DELETE) {
        act->person->deleted = true;
        act->person->deleted_slot = kiosk->slot;
        act->person->doubtful = act->person->doubtful || world_doubts(world, kiosk);
    } else if (act->kind == ACT_TAKE && act->taken) {
        act->wish->promised = true;
        act->wish->excused = act->wish->excused || world_doubts(world, kiosk) ||
                             world->truth.offers[kiosk->home][act->wish->offer].broken;
        world->counts.promises++;
        if (first && !vfs_crash_struck(kiosk->disk) &&
            !holds_lease(kiosk, act->wish->id)) {
            world_fail(world, "lease", "kiosk %d said \"you have it\" without a lease",
                       kiosk->slot);
        }
    }
}

static void arm(struct world *world, struct kiosk *kiosk)
{
    if (!world->weather || kiosk->full || !dice_one_in(&world->dice, 8)) {
        return;
    }
    enum crash_fault fault = dice_one_in(&world->dice, 4) ? CRASH_IOERR : CRASH_POWER;
    vfs_crash_arm(kiosk->disk, fault, 1 + (int)dice_below(&world->dice, 24));
}

/* Told OK: then it is there, whatever happens next. */
static void settle(struct world *world, struct kiosk *kiosk, struct act *act,
                   enum err err, bool first)
{
    static const enum crash_loss losses[] = {CRASH_KEEP, CRASH_DROP, CRASH_TEAR};
    bool struck = vfs_crash_struck(kiosk->disk);
    world_trace(world, "kiosk %d: %s: %s%s%s", kiosk->slot, acts[act->kind].name,
                err_name(err), act->taken ? ", has it" : "",
                struck ? ", disk fault" : "");
    if (!struck && !is_answer(act, err)) {
        world_fail(world, "answer", "kiosk %d: %s: %s: %s", kiosk->slot,
                   acts[act->kind].name, err_name(err), store_detail(kiosk->store));
    }
    if (err == ERR_OK) {
        believe(world, kiosk, act, first);
    }
    if (!vfs_crash_dead(kiosk->disk)) {
        vfs_crash_arm(kiosk->disk, kiosk->full ? CRASH_FULL : CRASH_NONE, kiosk->full);
        if (err == ERR_OK && !world->failed) {
            kiosk_note_saved(kiosk);
        }
        return;
    }
    size_t before = kiosk->mirror.count;
    world->counts.kiosk_power_losses++;
    kiosk_lose_power(kiosk, losses[dice_below(&world->dice, 3)], &world->dice);
    if (first && err == ERR_OK && act->kind <= ACT_TAKE &&
        kiosk->mirror.count == before && !world->failed) {
        world_fail(world, "saved", "kiosk %d: %s was saved and is lost", kiosk->slot,
                   acts[act->kind].name);
    }
}

void people_enrol(struct world *world, struct kiosk *kiosk)
{
    struct act act = {.kind = ACT_ENROL, .fact = throw_uid(&world->dice)};
    act.person = new_person(world, kiosk);
    settle(world, kiosk, &act, perform(kiosk, &act), true);
}

void people_act(struct world *world, struct kiosk *kiosk)
{
    struct act act = {0};
    if (!plan(world, kiosk, &act)) {
        return;
    }
    world->counts.acts++;
    kiosk_reseed(kiosk, &world->dice);
    arm(world, kiosk);
    enum err err = perform(kiosk, &act);
    settle(world, kiosk, &act, err, true);
    /* Touched twice, or asked again after an error: the same once more. */
    if (!world->failed && kiosk->store &&
        (err == ERR_UNKNOWN || dice_one_in(&world->dice, 6))) {
        err = perform(kiosk, &act);
        settle(world, kiosk, &act, err, false);
    }
}
