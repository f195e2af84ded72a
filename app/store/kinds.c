/* The kinds of facts and what each changes. The bodies are described in README.md. */
#include "store/kinds.h"

#include <string.h>

/* A list of field codes as the bit mask of domain/field.h. */
#define FIELD_MASK(list)                                                                   \
    "(SELECT coalesce(sum(1 << CAST(substr(value, 2) AS INTEGER)), 0)"                     \
    " FROM json_each(:body, '$." list "'))"

static const char staff_added[] =
    "INSERT INTO staff (id, seq, alias) VALUES (:id, :seq, :body ->> 'alias')";

/* `key`: what makes this alias the only one of its kind here. */
#define NEW_PARTICIPANT(key)                                                             \
    "INSERT INTO participant (id, seq, alias, alias_key, band, band_until,"              \
    " full_time_schooling, custodian, custodian_until, store, store_until,"              \
    " interests, tried, again, languages, district)"                                     \
    " VALUES (uid(:body ->> 'participant'), :seq, :body ->> 'alias', " key ","           \
    " :body ->> 'band', :body ->> 'band_until', :body ->> 'full_time_schooling',"        \
    " :body ->> '$.consents.custodian.given', :body ->> '$.consents.custodian.until',"   \
    " :body ->> '$.consents.store.given', :body ->> '$.consents.store.until',"           \
    " " FIELD_MASK("interests") ", " FIELD_MASK("tried") ", " FIELD_MASK("again") ","    \
    " :body ->> 'languages', :body ->> 'district')"

static const char participant_enrolled[] =
    NEW_PARTICIPANT("alias_key(:body ->> 'alias')");
/* Who was enrolled at another kiosk: their alias may be taken here, and nobody signs in
 * with it here, as the pictures stayed there. */
static const char participant_adopted[] =
    NEW_PARTICIPANT("alias_key(:body ->> 'alias') || char(31)"
                    " || (:body ->> 'participant')")
    " ON CONFLICT (id) DO NOTHING";

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
    " :body ->> 'date', :body ->> 'start', :body ->> 'end',"
    " coalesce(:body ->> 'break_minutes', 0), :body ->> 'site_kind',"
    " :body ->> 'work_kind', coalesce(:body ->> 'load_g', 0),"
    " coalesce(:body ->> 'dangerous', 0), coalesce(:body ->> 'paced', 0),"
    " coalesce(:body ->> 'alcohol_tobacco', 0),"
    " 'asked', 'none', :wall_ms)";

static const char wish_undone[] =
    "UPDATE wish SET state = 'undone', waiting = 0 WHERE id = uid(:body ->> 'wish')";
/* A place of a lease stays used, whatever becomes of the wish: lease.h. What was decided
 * at the centre is counted there: given_seq NULL. */
static const char wish_confirmed[] =
    "UPDATE wish SET state = 'confirmed', reason = 'none', waiting = 0,"
    " lease = coalesce(uid(:body ->> 'lease'), lease),"
    " given_seq = iif(:body ->> 'centre', NULL, :seq)"
    " WHERE id = uid(:body ->> 'wish')";
static const char wish_declined[] =
    "UPDATE wish SET state = 'declined', reason = :body ->> 'reason', waiting = 0"
    " WHERE id = uid(:body ->> 'wish')";
static const char wish_waiting[] =
    "UPDATE wish SET waiting = :body ->> 'on' WHERE id = uid(:body ->> 'wish')";
static const char lease_returned[] =
    "INSERT INTO lease_returned (lease, seq, used)"
    " VALUES (uid(:body ->> 'lease'), :seq, :body ->> 'used') ON CONFLICT DO NOTHING";

static const char offer_unfit[] =
    "INSERT INTO unfit (id, seq, participant, code, reason, wall_ms)"
    " VALUES (:id, :seq, uid(:body ->> 'participant'), :body ->> 'code',"
    " :body ->> 'reason', :wall_ms)";

static const char talk_asked[] =
    "INSERT INTO talk (id, seq, participant, wall_ms)"
    " VALUES (:id, :seq, uid(:body ->> 'participant'), :wall_ms)";
static const char talk_done[] =
    "DELETE FROM talk WHERE participant = uid(:body ->> 'participant')";

/* One row for whatever happened at a job; which it was is the kind's name. */
static const char job_event[] =
    "INSERT INTO job_event (id, seq, assignment, kind, wall_ms, boot, mono_ms,"
    " uncertainty_ms, told_by, staff, reason, minutes, missed_form, missed_reason, times)"
    " VALUES (:id, :seq, uid(:body ->> 'assignment'), :kind,"
    " coalesce(:body ->> '$.at.wall_ms', :wall_ms),"
    " coalesce(:body ->> '$.at.boot', :boot),"
    " coalesce(:body ->> '$.at.mono_ms', :mono_ms),"
    " iif(:body -> 'at' IS NULL, 0, :body ->> '$.at.uncertainty_ms'),"
    " coalesce(:body ->> 'by', 'kiosk'), uid(:body ->> 'staff'),"
    " coalesce(:body ->> 'reason', 'none'), coalesce(:body ->> 'minutes', 0),"
    " coalesce(:body ->> 'missed_form', 0), coalesce(:body ->> 'missed_reason', 0),"
    " :body -> 'times')";

static const char evaluation_event[] =
    "INSERT INTO evaluation_event (id, seq, assignment, kind, talk, hold, next_aspect,"
    " next_index)"
    " VALUES (:id, :seq, uid(:body ->> 'assignment'), :kind,"
    " coalesce(:body ->> 'talk', 0), coalesce(:body ->> 'hold', 'none'),"
    " coalesce(:body ->> 'next_aspect', -1), coalesce(:body ->> 'next_index', -1))";

static const char note_written[] =
    "INSERT INTO note (id, seq, assignment, staff)"
    " VALUES (:id, :seq, uid(:body ->> 'assignment'), uid(:body ->> 'staff'))";

static const char person_key[] =
    "INSERT INTO person_key (participant, seq, public)"
    " VALUES (uid(:body ->> 'participant'), :seq, hex_bytes(:body ->> 'public'))"
    " ON CONFLICT (participant) DO UPDATE SET seq = excluded.seq, public = excluded.public";
static const char team_key[] =
    "INSERT INTO team_key (one, seq, public)"
    " VALUES (1, :seq, hex_bytes(:body ->> 'public'))";

static const char voice_proposed[] =
    "INSERT INTO voice (id, seq, kind, state, tiles, words, title, answer)"
    " VALUES (:id, :seq, :body ->> 'kind', 'waiting', :body ->> 'tiles',"
    " uid(:body ->> 'words'), '', '')";
static const char vote_cast[] =
    "INSERT INTO vote (id, seq, item, voter, choice)"
    " VALUES (:id, :seq, uid(:body ->> 'item'), uid(:body ->> 'voter'), :body ->> 'choice')";
static const char voice_opened[] =
    "UPDATE voice SET state = 'open', title = :body ->> 'text'"
    " WHERE id = uid(:body ->> 'item')";
static const char voice_answered[] =
    "UPDATE voice SET state = 'done', answer = :body ->> 'text'"
    " WHERE id = uid(:body ->> 'item')";
static const char voice_put_away[] =
    "UPDATE voice SET state = 'put-away' WHERE id = uid(:body ->> 'item')";

/* clang-format off */
const struct kind_row kinds[KIND_COUNT] = {
    [KIND_KIOSK_STARTED]        = {"kiosk.started",        1, false, {NULL}},
    [KIND_STAFF_ADDED]          = {"staff.added",          1, true,  {staff_added}},
    [KIND_PARTICIPANT_ENROLLED] = {"participant.enrolled", 1, true,
                                   {participant_enrolled, new_card}},
    [KIND_CARD_ISSUED]          = {"card.issued",          1, true,  {old_cards, new_card}},
    [KIND_WISH_MADE]            = {"wish.made",            1, true,  {wish_made}},
    [KIND_WISH_UNDONE]          = {"wish.undone",          1, false, {wish_undone}},
    [KIND_WISH_CONFIRMED]       = {"wish.confirmed",       2, false, {wish_confirmed}},
    [KIND_WISH_DECLINED]        = {"wish.declined",        2, false, {wish_declined}},
    [KIND_OFFER_UNFIT]          = {"offer.unfit",          1, false, {offer_unfit}},
    [KIND_TALK_ASKED]           = {"talk.asked",           1, false, {talk_asked}},
    [KIND_JOB_AGREED]           = {"agreement.accepted",   1, false, {job_event}},
    [KIND_JOB_IN]               = {"job.in",               1, false, {job_event}},
    [KIND_JOB_OUT]              = {"job.out",              1, false, {job_event}},
    [KIND_JOB_BREAK]            = {"job.break",            1, false, {job_event}},
    [KIND_JOB_BREAK_OVER]       = {"job.break-over",       1, false, {job_event}},
    [KIND_JOB_CORRECTED]        = {"job.corrected",        1, false, {job_event}},
    [KIND_JOB_CONFIRMED]        = {"job.confirmed",        1, false, {job_event}},
    [KIND_JOB_MISSED]           = {"job.missed",           1, false, {job_event}},
    [KIND_JOB_MISSED_WHY]       = {"job.missed-why",       1, false, {job_event}},
    [KIND_JOB_CANCELLED]        = {"job.cancelled",        1, false, {job_event}},
    [KIND_JOB_UNDONE]           = {"job.undone",           1, false, {job_event}},
    [KIND_EVALUATION_SELF]      = {"evaluation.self",      1, true,  {evaluation_event}},
    [KIND_EVALUATION_SITE]      = {"evaluation.site",      1, true,  {evaluation_event}},
    [KIND_EVALUATION_TALK]      = {"evaluation.talk",      1, false, {evaluation_event}},
    [KIND_EVALUATION_TALKED]    = {"evaluation.talked",    1, false, {evaluation_event}},
    [KIND_EVALUATION_CLOSED]    = {"evaluation.closed",    1, false, {evaluation_event}},
    [KIND_EVALUATION_HELD]      = {"evaluation.held",      1, false, {evaluation_event}},
    [KIND_EVALUATION_UNHELD]    = {"evaluation.unheld",    1, false, {evaluation_event}},
    [KIND_EVALUATION_RELEASED]  = {"evaluation.released",  1, false, {evaluation_event}},
    [KIND_EVALUATION_NEXT]      = {"evaluation.next",      1, false, {evaluation_event}},
    [KIND_NOTE_WRITTEN]         = {"note.written",         1, true,  {note_written}},
    [KIND_SHEET_KEPT]           = {"sheet.kept",           1, false, {NULL}},
    [KIND_PERSON_KEY]           = {"person.key",           1, false, {person_key}},
    [KIND_TEAM_KEY]             = {"team.key",             1, false, {team_key}},
    [KIND_TEAM_WRAP]            = {"team.wrap",            1, false, {NULL}},
    [KIND_VOICE_PROPOSED]       = {"voice.proposed",       1, true,  {voice_proposed}},
    [KIND_VOICE_CAST]           = {"voice.cast",           1, false, {vote_cast}},
    [KIND_VOICE_OPENED]         = {"voice.opened",         1, false, {voice_opened}},
    [KIND_VOICE_ANSWERED]       = {"voice.answered",       1, false, {voice_answered}},
    [KIND_VOICE_PUT_AWAY]       = {"voice.put-away",       1, false, {voice_put_away}},
    [KIND_PERSON_DELETED]       = {"person.deleted",       2, false, {NULL}},
    [KIND_EPOCH_BEGUN]          = {"epoch.begun",          1, true,  {NULL}},
    [KIND_JOB_SEEN]             = {"job.seen",             1, false, {NULL}},
    [KIND_TALK_DONE]            = {"talk.done",            1, false, {talk_done}},
    [KIND_WISH_WAITING]         = {"wish.waiting",         1, false, {wish_waiting}},
    [KIND_LEASE_RETURNED]       = {"lease.returned",       1, false, {lease_returned}},
    [KIND_PERSON_ADOPTED]       = {"participant.adopted",  1, true,
                                   {participant_adopted, old_cards, new_card}},
    [KIND_CARD_KEY]             = {"card.key",             1, false, {NULL}},
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
