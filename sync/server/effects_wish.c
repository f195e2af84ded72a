/* Events about wishes and leases. Two who decided differently: the first to be received
 * holds, and staff are told. */
#include "server/cause.h"

#include "server/asks.h"
#include "server/body.h"
#include "server/law.h"
#include "server/leases.h"
#include "server/tasks.h"
#include "server/wishes.h"

#include <string.h>

/* A wish that is not known, or of somebody else: the line before was not understood. So
 * is this one, and both are tried again in their order. */
static enum err find_wish(const struct cause *cause, struct wish_row *wish)
{
    struct uid id, who;
    if (!body_uid(cause->body, "wish", &id) ||
        !body_uid(cause->body, "participant", &who)) {
        return ERR_INVALID;
    }
    enum err err = wishes_find(cause->scene, id, wish);
    if (err != ERR_OK) {
        return err == ERR_NOT_FOUND ? ERR_INVALID : err;
    }
    return uid_eq(wish->participant, who) ? ERR_OK : ERR_INVALID;
}

/* A kiosk said so: it is no decision of the centre. */
static void become(struct wish_row *wish, enum stand stand)
{
    wish->stand = stand;
    wish->decision = (struct uid){{0}};
}

static enum err settle(const struct cause *cause, const struct wish_row *wish)
{
    return places_settle(cause->scene, str_of(wish->code));
}

/* ---- made ------------------------------------------------------------------------ */

static bool read_code(struct str body, char code_out[OFFER_CODE_SIZE])
{
    struct str code;
    if (!body_text(body, "code", &code) || code.len == 0 || code.len >= OFFER_CODE_SIZE) {
        return false;
    }
    for (size_t i = 0; i < code.len; i++) {
        char c = code.ptr[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-')) {
            return false;
        }
    }
    return str_copy(code_out, OFFER_CODE_SIZE, code);
}

static bool read_made(const struct cause *cause, struct wish_row *wish)
{
    struct offer_work work;
    *wish = (struct wish_row){
        .id = cause->line->id, .dev = cause->scene->dev, .reason = "none"};
    if (!cause->line->has_id ||
        !body_uid(cause->body, "participant", &wish->participant) ||
        !read_code(cause->body, wish->code) || !law_work_read(cause->body, &work)) {
        return false;
    }
    date_format(work.date, wish->date);
    return true;
}

/* Asked for while it was called off: the answer is the one all others got. */
static enum err greet(const struct cause *cause, struct wish_row *wish)
{
    struct offer_row offer;
    enum err err = offers_find(cause->scene, str_of(wish->code), &offer);
    if (err == ERR_OK && !offer.open && strcmp(offer.date, wish->date) == 0) {
        return wishes_decide(cause->scene, wish, STAND_DECLINED, "cancelled");
    }
    return err == ERR_OK ? settle(cause, wish) : err == ERR_NOT_FOUND ? ERR_OK : err;
}

enum err cause_wish_made(const struct cause *cause)
{
    struct wish_row wish, there;
    if (!read_made(cause, &wish)) {
        return ERR_INVALID;
    }
    enum err err = wishes_find(cause->scene, wish.id, &there);
    if (err != ERR_NOT_FOUND) {
        return err;
    }
    err = wishes_add(cause->scene, &wish, cause->body);
    return err == ERR_OK ? greet(cause, &wish) : err;
}

/* ---- undone ---------------------------------------------------------------------- */

enum err cause_wish_undone(const struct cause *cause)
{
    struct wish_row wish;
    enum err err = find_wish(cause, &wish);
    if (err != ERR_OK || wish.stand == STAND_UNDONE) {
        return err;
    }
    if (wish.stand == STAND_CONFIRMED) {
        err = tasks_open_about(cause->scene, TASK_CROSSED, wish.id);
    }
    become(&wish, STAND_UNDONE);
    if (err == ERR_OK) {
        err = wishes_put(cause->scene, &wish);
    }
    if (err == ERR_OK) {
        err = asks_note(cause->scene, str_of(wish.code), wish.participant);
    }
    return err == ERR_OK ? settle(cause, &wish) : err;
}

/* ---- confirmed ------------------------------------------------------------------- */

struct confirmation {
    struct wish_row wish;
    struct uid lease_id;
    struct lease_row lease; /* if place.found */
    struct decide_lease place;
    struct offer_row offer;
    bool bounded; /* the centre knows the offer on this day */
};

static enum err find_lease(const struct cause *cause, struct confirmation *c)
{
    enum err err = uid_is_nil(c->lease_id)
                       ? ERR_NOT_FOUND
                       : leases_find(cause->scene, c->lease_id, &c->lease);
    if (err != ERR_OK) {
        return err == ERR_NOT_FOUND ? ERR_OK : err;
    }
    bool held = false;
    err = leases_held_by_writer(cause->scene, &c->lease, cause->line->seq, &held);
    c->place = (struct decide_lease){
        .found = held && strcmp(c->lease.code, c->wish.code) == 0 &&
                 strcmp(c->lease.date, c->wish.date) == 0,
        .open = lease_open(&c->lease),
        .places = c->lease.places,
        .used = c->lease.used,
    };
    return err;
}

static enum err find_bound(const struct scene *scene, struct confirmation *c)
{
    enum err err = offers_find(scene, str_of(c->wish.code), &c->offer);
    c->bounded = err == ERR_OK && strcmp(c->offer.date, c->wish.date) == 0;
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err use_lease(const struct scene *scene, struct confirmation *c)
{
    c->lease.used++;
    return leases_put(scene, &c->lease);
}

static enum err confirm(const struct cause *cause, struct confirmation *c,
                        enum decide_from from)
{
    enum err err = ERR_OK;
    if (from == FROM_LEASE) {
        c->wish.lease = c->lease_id;
        err = use_lease(cause->scene, c);
    }
    become(&c->wish, STAND_CONFIRMED);
    str_copy(c->wish.reason, sizeof c->wish.reason, STR("none"));
    if (err == ERR_OK) {
        err = wishes_put(cause->scene, &c->wish);
    }
    return err == ERR_OK ? law_watch(cause->scene, &c->wish) : err;
}

static enum err too_many(const struct cause *cause, struct confirmation *c)
{
    enum err err = wishes_decide(cause->scene, &c->wish, STAND_WAITING, "none");
    return err == ERR_OK ? tasks_open_about(cause->scene, TASK_TOO_MANY, c->wish.id)
                         : err;
}

static enum err confirm_open(const struct cause *cause, struct confirmation *c)
{
    enum decide_from from = decide_kiosk(c->bounded ? &c->offer.count : NULL, &c->place);
    if (!body_uid_or_nil(cause->body, "staff", &c->wish.staff)) {
        return ERR_INVALID;
    }
    return from == FROM_NOWHERE ? too_many(cause, c) : confirm(cause, c, from);
}

/* It is decided already. The kiosk counts a leased place as used all the same. */
static enum err confirm_decided(const struct cause *cause, struct confirmation *c)
{
    enum err err = ERR_OK;
    if (decide_kiosk(NULL, &c->place) == FROM_LEASE) {
        err = use_lease(cause->scene, c);
    }
    if (err == ERR_OK && c->wish.stand != STAND_CONFIRMED) {
        err = tasks_open_about(cause->scene, TASK_CROSSED, c->wish.id);
    }
    return err;
}

static enum err read_confirmation(const struct cause *cause, struct confirmation *c)
{
    if (!body_uid_or_nil(cause->body, "lease", &c->lease_id)) {
        return ERR_INVALID;
    }
    enum err err = find_wish(cause, &c->wish);
    if (err == ERR_OK) {
        err = find_lease(cause, c);
    }
    return err == ERR_OK ? find_bound(cause->scene, c) : err;
}

static bool is_decided(const struct wish_row *wish)
{
    return wish->stand == STAND_CONFIRMED || wish->stand == STAND_DECLINED ||
           wish->stand == STAND_UNDONE;
}

/* The centre's own answer comes back from a kiosk. It says something new only if the
 * centre was put back from a backup that is older than the answer: then it is given again,
 * as somebody was told. */
static bool is_news(const struct wish_row *wish, enum err found)
{
    return found == ERR_OK && !is_decided(wish);
}

enum err cause_wish_confirmed(const struct cause *cause)
{
    struct confirmation c = {.bounded = false};
    bool echo = false;
    if (!body_flag_or_false(cause->body, "centre", &echo)) {
        return ERR_INVALID;
    }
    enum err err = read_confirmation(cause, &c);
    if (echo && (err == ERR_OK || err == ERR_INVALID) && !is_news(&c.wish, err)) {
        return ERR_OK;
    }
    if (err != ERR_OK) {
        return err;
    }
    err = is_decided(&c.wish) ? confirm_decided(cause, &c) : confirm_open(cause, &c);
    return err == ERR_OK ? settle(cause, &c.wish) : err;
}

/* ---- declined -------------------------------------------------------------------- */

static enum err decline(const struct cause *cause, struct wish_row *wish,
                        struct str reason)
{
    if (!body_uid_or_nil(cause->body, "staff", &wish->staff)) {
        return ERR_INVALID;
    }
    become(wish, STAND_DECLINED);
    str_copy(wish->reason, sizeof wish->reason, reason);
    enum err err = wishes_put(cause->scene, wish);
    return err == ERR_OK ? settle(cause, wish) : err;
}

enum err cause_wish_declined(const struct cause *cause)
{
    struct wish_row wish;
    struct str reason;
    bool echo = false;
    if (!body_flag_or_false(cause->body, "centre", &echo)) {
        return ERR_INVALID;
    }
    bool readable =
        body_text(cause->body, "reason", &reason) && wish_reason_valid(reason);
    enum err err = readable ? find_wish(cause, &wish) : ERR_INVALID;
    if (echo && (err == ERR_OK || err == ERR_INVALID) && !is_news(&wish, err)) {
        return ERR_OK;
    }
    if (err != ERR_OK || wish.stand == STAND_DECLINED || wish.stand == STAND_UNDONE) {
        return err;
    }
    return wish.stand == STAND_CONFIRMED
               ? tasks_open_about(cause->scene, TASK_CROSSED, wish.id)
               : decline(cause, &wish, reason);
}

/* ---- leases ---------------------------------------------------------------------- */

/* An older body may still give it away; only staff can judge that. */
static enum err take_back(const struct cause *cause, struct lease_row *lease)
{
    const struct scene *scene = cause->scene;
    bool held = false;
    enum err err = leases_held_by_writer(scene, lease, cause->line->seq, &held);
    if (err != ERR_OK || !held || !lease_open(lease)) {
        return err;
    }
    lease->state = LEASE_RETURNED;
    err = leases_put(scene, lease);
    return err == ERR_OK ? places_settle(scene, str_of(lease->code)) : err;
}

enum err cause_lease_returned(const struct cause *cause)
{
    struct uid id;
    int64_t used;
    struct lease_row lease;
    if (!body_uid(cause->body, "lease", &id) ||
        !body_int(cause->body, "used", WIRE_NUMBER_MAX, &used)) {
        return ERR_INVALID;
    }
    enum err err = leases_find(cause->scene, id, &lease);
    if (err == ERR_OK) {
        err = take_back(cause, &lease);
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}
