#include "server/places.h"

#include "server/law.h"
#include "server/leases.h"
#include "server/tasks.h"

#include <string.h>

/* ---- the queue ------------------------------------------------------------------- */

/* Every wish of the offer that stands so moves on; *moved_out if there was one. */
static enum err move_all(const struct scene *scene, const struct offer_row *offer,
                         enum stand from, enum stand to, const char *reason,
                         bool *moved_out)
{
    struct wish_row wish;
    enum err err = wishes_first(scene, offer, from, &wish);
    *moved_out = err == ERR_OK;
    while (err == ERR_OK) {
        err = wishes_decide(scene, &wish, to, reason);
        if (err == ERR_OK) {
            err = wishes_first(scene, offer, from, &wish);
        }
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

/* The law is asked again: meanwhile this person may have got other work. */
static enum err confirm_wanted(const struct scene *scene, struct wish_row *wish)
{
    struct law_answer answer;
    enum err err = law_ask(scene, wish, &answer);
    if (err != ERR_OK) {
        return err;
    }
    if (answer.law == LAW_ALLOWS) {
        return wishes_decide(scene, wish, STAND_CONFIRMED, "none");
    }
    err = wishes_decide(scene, wish, STAND_ASKED, "none");
    return err == ERR_OK ? law_watch(scene, wish) : err;
}

static enum err serve_wanted(const struct scene *scene, struct offer_row *offer)
{
    struct wish_row wish;
    enum err err = ERR_OK;
    while (err == ERR_OK && decide_free(&offer->count) > 0) {
        err = wishes_first(scene, offer, STAND_WANTED, &wish);
        if (err == ERR_OK) {
            err = confirm_wanted(scene, &wish);
        }
        if (err == ERR_OK) {
            err = offers_find(scene, str_of(offer->code), offer);
        }
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

static enum err all_wait(const struct scene *scene, const struct offer_row *offer)
{
    bool moved;
    enum err err = move_all(scene, offer, STAND_WANTED, STAND_WAITING, "none", &moved);
    if (err == ERR_OK) {
        err = move_all(scene, offer, STAND_ASKED, STAND_WAITING, "none", &moved);
    }
    return err == ERR_OK ? tasks_close(scene, TASK_PLACE_FREE, str_of(offer->code)) : err;
}

static enum err all_ask(const struct scene *scene, const struct offer_row *offer)
{
    bool moved;
    enum err err = move_all(scene, offer, STAND_WAITING, STAND_ASKED, "none", &moved);
    return err == ERR_OK && moved
               ? tasks_open(scene, TASK_PLACE_FREE, str_of(offer->code), STR("{}"))
               : err;
}

static enum err move_queue(const struct scene *scene, const struct offer_row *offer)
{
    switch (decide_queue(&offer->count)) {
    case QUEUE_WAITS:
        return all_wait(scene, offer);
    case QUEUE_MOVES_UP:
        return all_ask(scene, offer);
    default:
        return ERR_OK;
    }
}

/* ---- settling -------------------------------------------------------------------- */

static enum err share_out(const struct scene *scene, struct offer_row *offer)
{
    enum err err = serve_wanted(scene, offer);
    if (err == ERR_OK) {
        err = move_queue(scene, offer);
    }
    return err == ERR_OK ? leases_grant(scene, offer) : err;
}

enum err places_settle(const struct scene *scene, struct str code)
{
    struct offer_row offer;
    enum err err = offers_find(scene, code, &offer);
    if (err != ERR_OK) {
        return err == ERR_NOT_FOUND ? ERR_OK : err;
    }
    bool live = offers_live(scene, &offer);
    err = leases_recall(scene, &offer, live);
    if (err == ERR_OK && live) {
        err = share_out(scene, &offer);
    }
    return err == ERR_OK ? offers_put_row(scene, &offer) : err;
}

static enum err next_offer(const struct scene *scene, char code[OFFER_CODE_SIZE])
{
    char today[DATE_SIZE], after[OFFER_CODE_SIZE];
    bool found = false;
    memcpy(after, code, sizeof after);
    scene_today(scene, today);
    struct ask ask = ask_on(
        scene->storage, "SELECT code FROM offer WHERE centre = :centre AND code > :after"
                        " AND state = 'open' AND date >= :today ORDER BY code LIMIT 1");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":after", str_of(after));
    ask_text(&ask, ":today", str_of(today));
    if (ask_row(&ask)) {
        found = true;
        ask_get_text(&ask, 0, code, OFFER_CODE_SIZE);
    }
    return ask_done_found(&ask, found);
}

enum err places_settle_all(const struct scene *scene)
{
    char code[OFFER_CODE_SIZE] = "";
    enum err err = ERR_OK;
    while (err == ERR_OK) {
        err = next_offer(scene, code);
        if (err == ERR_OK) {
            err = places_settle(scene, str_of(code));
        }
    }
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

enum err places_new_body(const struct scene *scene)
{
    enum err err = leases_tell_copies(scene);
    return err == ERR_OK ? places_settle_all(scene) : err;
}

/* ---- calling off ----------------------------------------------------------------- */

static enum err decline_all(const struct scene *scene, const struct offer_row *offer)
{
    static const enum stand from[] = {STAND_ASKED, STAND_WANTED, STAND_WAITING,
                                      STAND_CONFIRMED};
    enum err err = ERR_OK;
    bool moved;
    for (size_t i = 0; err == ERR_OK && i < ARRAY_LEN(from); i++) {
        err = move_all(scene, offer, from[i], STAND_DECLINED, "cancelled", &moved);
    }
    return err;
}

static enum err set_called_off(const struct scene *scene, struct str code)
{
    struct ask ask = ask_on(scene->storage, "UPDATE offer SET state = 'called-off'"
                                            " WHERE centre = :centre AND code = :code");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":code", code);
    return ask_run(&ask);
}

enum err places_call_off(const struct scene *scene, struct str code)
{
    struct offer_row offer;
    enum err err = offers_find(scene, code, &offer);
    if (err == ERR_OK) {
        err = set_called_off(scene, code);
    }
    if (err == ERR_OK) {
        err = decline_all(scene, &offer);
    }
    if (err == ERR_OK) {
        err = tasks_close(scene, TASK_PLACE_FREE, code);
    }
    return err == ERR_OK ? places_settle(scene, code) : err;
}

/* ---- a coach decides ------------------------------------------------------------- */

struct case_file {
    struct wish_row wish;
    struct offer_row offer;
    bool bounded; /* the centre knows the offer on this day */
    struct law_answer law;
};

static enum err open_case(const struct scene *scene, const struct decision *decision,
                          struct case_file *file)
{
    enum err err = wishes_find(scene, decision->wish, &file->wish);
    if (err != ERR_OK) {
        return err;
    }
    err = offers_find(scene, str_of(file->wish.code), &file->offer);
    file->bounded = err == ERR_OK && strcmp(file->wish.date, file->offer.date) == 0;
    if (err != ERR_OK && err != ERR_NOT_FOUND) {
        return err;
    }
    file->law.law = LAW_UNKNOWN;
    return decision->confirm ? law_ask(scene, &file->wish, &file->law) : ERR_OK;
}

static enum err become(const struct scene *scene, struct wish_row *wish, enum stand stand,
                       const char *reason)
{
    return wish->stand == stand ? ERR_OK : wishes_decide(scene, wish, stand, reason);
}

static enum err act(const struct scene *scene, const struct decision *decision,
                    enum decide_answer answer, struct case_file *file)
{
    struct wish_row *wish = &file->wish;
    enum err err = ERR_OK;
    if (answer == DECIDE_OK || answer == DECIDE_LEASED) {
        wish->staff = decision->staff;
    }
    if (answer == DECIDE_LEASED) {
        err = become(scene, wish, STAND_WANTED, "none");
        return err == ERR_OK ? leases_recall(scene, &file->offer, false) : err;
    }
    if (answer == DECIDE_FULL) {
        err = become(scene, wish, STAND_WAITING, "none");
    } else if (answer == DECIDE_OK && decision->confirm) {
        err = become(scene, wish, STAND_CONFIRMED, "none");
    } else if (answer == DECIDE_OK) {
        err = become(scene, wish, STAND_DECLINED, decision->reason);
    } else {
        return ERR_OK;
    }
    return err == ERR_OK ? places_settle(scene, str_of(wish->code)) : err;
}

enum err places_decide(const struct scene *scene, const struct decision *decision,
                       enum decide_answer *answer_out, struct buf *why)
{
    struct case_file file;
    if (!decision->confirm && !wish_reason_valid(str_of(decision->reason))) {
        return ERR_INVALID;
    }
    enum err err = open_case(scene, decision, &file);
    if (err == ERR_NOT_FOUND) {
        *answer_out = DECIDE_NO_SUCH;
        return ERR_OK;
    }
    if (err != ERR_OK) {
        return err;
    }
    *answer_out =
        decide_coach(file.wish.stand, decision->confirm, file.law.law == LAW_ALLOWS,
                     file.bounded ? &file.offer.count : NULL);
    if (*answer_out == DECIDE_RULES) {
        buf_puts(why, file.law.words);
    }
    return act(scene, decision, *answer_out, &file);
}

/* ---- one lease ------------------------------------------------------------------- */

enum err places_recall(const struct scene *scene, struct uid lease)
{
    struct lease_row row;
    enum err err = leases_find(scene, lease, &row);
    if (err != ERR_OK || row.state != LEASE_GRANTED) {
        return err;
    }
    row.state = LEASE_RECALLED;
    return leases_put(scene, &row);
}

enum err places_revoke(const struct scene *scene, struct uid lease)
{
    struct lease_row row;
    char text[UID_TEXT_SIZE];
    enum err err = leases_find(scene, lease, &row);
    if (err != ERR_OK || !lease_open(&row)) {
        return err;
    }
    row.state = LEASE_REVOKED;
    err = leases_put(scene, &row);
    uid_format(lease, text);
    if (err == ERR_OK) {
        err = tasks_close(scene, TASK_LEASE_COPY, str_of(text));
    }
    if (err == ERR_OK) {
        err = tasks_close(scene, TASK_LEASE_LOST, str_of(text));
    }
    return err == ERR_OK ? places_settle(scene, str_of(row.code)) : err;
}
