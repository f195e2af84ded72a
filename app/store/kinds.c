/* The kinds of facts and what each changes. The bodies are described in README.md. */
#include "store/kinds.h"

#include <string.h>

/* A list of field codes as the bit mask of domain/field.h. */
#define FIELD_MASK(list)                                                                   \
    "(SELECT coalesce(sum(1 << CAST(substr(value, 2) AS INTEGER)), 0)"                     \
    " FROM json_each(:body, '$." list "'))"

static const char staff_added[] =
    "INSERT INTO staff (id, seq, alias) VALUES (:id, :seq, :body ->> 'alias')";

static const char participant_enrolled[] =
    "INSERT INTO participant (id, seq, alias, alias_key, band, band_until,"
    " full_time_schooling, custodian, custodian_until, store, store_until,"
    " interests, tried, again, languages, district)"
    " VALUES (uid(:body ->> 'participant'), :seq, :body ->> 'alias',"
    " alias_key(:body ->> 'alias'), :body ->> 'band', :body ->> 'band_until',"
    " :body ->> 'full_time_schooling',"
    " :body ->> '$.consents.custodian.given', :body ->> '$.consents.custodian.until',"
    " :body ->> '$.consents.store.given', :body ->> '$.consents.store.until',"
    " " FIELD_MASK("interests") ", " FIELD_MASK("tried") ", " FIELD_MASK("again") ","
    " :body ->> 'languages', :body ->> 'district')";

static const char new_card[] =
    "INSERT INTO card (id, seq, participant, valid)"
    " VALUES (:id, :seq, uid(:body ->> 'participant'), 1)";

static const char old_cards[] =
    "UPDATE card SET valid = 0 WHERE participant = uid(:body ->> 'participant') AND valid = 1";

static const char wish_made[] =
    "INSERT INTO wish (id, seq, participant, code, title, place, district, field, cents,"
    " date, starts, ends, break_minutes, site_kind, work_kind, load_g, dangerous, paced,"
    " alcohol_tobacco, state, reason, made_wall_ms)"
    " VALUES (:id, :seq, uid(:body ->> 'participant'), :body ->> 'code', :body ->> 'title',"
    " :body ->> 'place', :body ->> 'district', :body ->> 'field', :body ->> 'cents',"
    " :body ->> 'date', :body ->> 'start', :body ->> 'end', :body ->> 'break_minutes',"
    " :body ->> 'site_kind', :body ->> 'work_kind', :body ->> 'load_g',"
    " :body ->> 'dangerous', :body ->> 'paced', :body ->> 'alcohol_tobacco',"
    " 'asked', 'none', :wall_ms)";

static const char wish_undone[] =
    "UPDATE wish SET state = 'undone' WHERE id = uid(:body ->> 'wish')";
static const char wish_confirmed[] =
    "UPDATE wish SET state = 'confirmed' WHERE id = uid(:body ->> 'wish')";
static const char wish_declined[] =
    "UPDATE wish SET state = 'declined', reason = :body ->> 'reason'"
    " WHERE id = uid(:body ->> 'wish')";

static const char offer_unfit[] =
    "INSERT INTO unfit (id, seq, participant, code, reason, wall_ms)"
    " VALUES (:id, :seq, uid(:body ->> 'participant'), :body ->> 'code',"
    " :body ->> 'reason', :wall_ms)";

static const char talk_asked[] =
    "INSERT INTO talk (id, seq, participant, wall_ms)"
    " VALUES (:id, :seq, uid(:body ->> 'participant'), :wall_ms)";

/* clang-format off */
const struct kind_row kinds[KIND_COUNT] = {
    [KIND_KIOSK_STARTED]        = {"kiosk.started",        1, {NULL}},
    [KIND_STAFF_ADDED]          = {"staff.added",          1, {staff_added}},
    [KIND_PARTICIPANT_ENROLLED] = {"participant.enrolled", 1, {participant_enrolled, new_card}},
    [KIND_CARD_ISSUED]          = {"card.issued",          1, {old_cards, new_card}},
    [KIND_WISH_MADE]            = {"wish.made",            1, {wish_made}},
    [KIND_WISH_UNDONE]          = {"wish.undone",          1, {wish_undone}},
    [KIND_WISH_CONFIRMED]       = {"wish.confirmed",       1, {wish_confirmed}},
    [KIND_WISH_DECLINED]        = {"wish.declined",        1, {wish_declined}},
    [KIND_OFFER_UNFIT]          = {"offer.unfit",          1, {offer_unfit}},
    [KIND_TALK_ASKED]           = {"talk.asked",           1, {talk_asked}},
};
/* clang-format on */

enum kind kind_from_name(const char *name)
{
    int kind = 0;
    while (kind < KIND_COUNT && strcmp(kinds[kind].name, name) != 0) {
        kind++;
    }
    return (enum kind)kind;
}
