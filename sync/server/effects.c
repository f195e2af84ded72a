/* The kinds of events that this server understands: the one table. What stands there
 * without a function is stored, and changes nothing at the centre yet. */
#include "server/effects.h"

#include "server/body.h"
#include "server/cause.h"
#include "server/people.h"

#include <string.h>

struct effect {
    const char *kind;
    int version; /* the newest; older ones are understood too */
    enum err (*apply)(const struct cause *cause);
};

/* clang-format off */
static const struct effect effects[] = {
    {"kiosk.started",        1, NULL},
    {"staff.added",          1, NULL},
    {"participant.enrolled", 1, cause_participant_enrolled},
    {"participant.adopted",  1, cause_participant_adopted},
    {"card.issued",          1, cause_card_issued},
    {"card.key",             1, cause_card_key},
    {"wish.made",            1, cause_wish_made},
    {"wish.undone",          1, cause_wish_undone},
    {"wish.confirmed",       2, cause_wish_confirmed},
    {"wish.declined",        2, cause_wish_declined},
    {"wish.waiting",         1, NULL}, /* the echo of a row of ours */
    {"lease.returned",       1, cause_lease_returned},
    {"offer.unfit",          1, cause_offer_unfit},
    {"talk.asked",           1, cause_talk_asked},
    {"talk.done",            1, cause_talk_done},
    {"agreement.accepted",   1, NULL},
    {"job.in",               1, NULL},
    {"job.out",              1, NULL},
    {"job.break",            1, NULL},
    {"job.break-over",       1, NULL},
    {"job.corrected",        1, NULL},
    {"job.confirmed",        1, NULL},
    {"job.missed",           1, NULL},
    {"job.missed-why",       1, NULL},
    {"job.cancelled",        1, NULL},
    {"job.undone",           1, NULL},
    {"job.seen",             1, NULL},
    {"evaluation.self",      1, NULL},
    {"evaluation.site",      1, NULL},
    {"evaluation.talk",      1, NULL},
    {"evaluation.talked",    1, NULL},
    {"evaluation.closed",    1, NULL},
    {"evaluation.held",      1, NULL},
    {"evaluation.unheld",    1, NULL},
    {"evaluation.released",  1, NULL},
    {"evaluation.next",      1, NULL},
    {"note.written",         1, NULL},
    {"sheet.kept",           1, NULL},
    {"person.key",           1, cause_person_key},
    {"person.deleted",       2, cause_person_deleted},
    {"team.key",             1, NULL},
    {"team.wrap",            1, NULL},
    {"voice.proposed",       1, NULL},
    {"voice.cast",           1, NULL},
    {"voice.opened",         1, NULL},
    {"voice.answered",       1, NULL},
    {"voice.put-away",       1, NULL},
    {"epoch.begun",          1, NULL}, /* the log itself says it: places_new_body */
};
/* clang-format on */

static const char *const verdicts[] = {"ok", "kind", "version", "body", "line"};

const char *verdict_name(enum verdict verdict)
{
    CHECK((int)verdict >= 0 && verdict < (int)ARRAY_LEN(verdicts));
    return verdicts[verdict];
}

static const struct effect *find(const char *kind)
{
    for (size_t i = 0; i < ARRAY_LEN(effects); i++) {
        if (strcmp(effects[i].kind, kind) == 0) {
            return &effects[i];
        }
    }
    return NULL;
}

struct uid effects_participant(const struct wire_line *line)
{
    struct uid who = {{0}};
    if (line->what == WIRE_EVENT) {
        (void)body_uid(line->body, "participant", &who);
    }
    return who;
}

struct uid cause_nobody(const struct cause *cause)
{
    struct uid nobody;
    memcpy(nobody.b, cause->line->hash.b, sizeof nobody.b);
    return nobody;
}

/* In all logs of the kiosk: a line has its number wherever it stands. */
static enum err erase_line(const struct scene *scene, const struct wire_line *line)
{
    struct ask ask =
        ask_on(scene->storage, "UPDATE event SET line = '', participant = NULL"
                               " WHERE centre = :centre AND dev = :dev AND seq = :seq"
                               " AND hash = :hash");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":dev", &scene->dev);
    ask_int(&ask, ":seq", line->seq);
    ask_blob(&ask, ":hash", line->hash.b, sizeof line->hash.b);
    return ask_run(&ask);
}

/* Somebody who was forgotten stays so, whatever kiosks still send. */
static enum err silence(const struct scene *scene, const struct wire_line *line,
                        bool *silent_out)
{
    struct uid who = effects_participant(line);
    *silent_out = false;
    if (uid_is_nil(who)) {
        return ERR_OK;
    }
    enum err err = people_forgotten(scene, who, silent_out);
    return err == ERR_OK && *silent_out ? erase_line(scene, line) : err;
}

static enum err apply(const struct scene *scene, const struct wire_line *line,
                      const struct effect *effect, enum verdict *verdict_out)
{
    struct cause cause = {scene, line, line->body};
    enum err err = effect->apply ? effect->apply(&cause) : ERR_OK;
    *verdict_out = err == ERR_INVALID ? VERDICT_BODY : VERDICT_OK;
    return err == ERR_INVALID ? ERR_OK : err;
}

enum err effects_apply(const struct scene *scene, const struct wire_line *line,
                       enum verdict *verdict_out)
{
    bool silent = false;
    *verdict_out =
        line->what == WIRE_EVENT || line->what == WIRE_GONE ? VERDICT_OK : VERDICT_LINE;
    if (line->what != WIRE_EVENT) {
        return ERR_OK;
    }
    enum err err = silence(scene, line, &silent);
    if (err != ERR_OK || silent) {
        return err;
    }
    const struct effect *effect = find(line->kind);
    if (!effect) {
        *verdict_out = VERDICT_KIND;
        return ERR_OK;
    }
    if (line->version < 1 || line->version > effect->version) {
        *verdict_out = VERDICT_VERSION;
        return ERR_OK;
    }
    return apply(scene, line, effect, verdict_out);
}
