/* What can be said without signing in: "Passt nicht", "Ich will reden", "Ich bin da" with
 * the slip of another kiosk. */
#include "store/state.h"

#include "store/fact.h"
#include "store/jobs.h"
#include "store/names.h"

static enum err append_new(struct store *store, struct fact *fact, struct uid participant)
{
    bool seen = false;
    enum err err = fact_seen(store, fact, &seen);
    if (err == ERR_OK && !seen && !uid_is_nil(participant)) {
        err = person_check(store, participant);
    }
    return err == ERR_OK && !seen ? fact_append(store, fact) : err;
}

static enum err append(struct store *store, struct fact *fact, struct uid participant)
{
    enum err err = uid_is_nil(fact->id) ? ERR_INVALID : db_begin(&store->state);
    return err == ERR_OK ? db_end(&store->state, append_new(store, fact, participant))
                         : err;
}

enum err store_unfit(struct store *store, struct uid id, struct uid participant,
                     struct str code, enum unfit_reason reason)
{
    struct fact fact;
    if (code_check(code) != ERR_OK || (int)reason < 0 || reason >= UNFIT_REASON_COUNT) {
        return ERR_INVALID;
    }
    fact_init(&fact, KIND_OFFER_UNFIT, id);
    fact_uid(&fact, "participant", participant);
    fact_text(&fact, "code", code);
    fact_text(&fact, "reason", str_of(names_word(&names_unfit, (int)reason)));
    return append(store, &fact, participant);
}

enum err store_talk(struct store *store, struct uid id, struct uid participant)
{
    struct fact fact;
    fact_init(&fact, KIND_TALK_ASKED, id);
    fact_uid(&fact, "participant", participant);
    return append(store, &fact, participant);
}

enum err store_job_seen(struct store *store, struct uid id, struct uid job)
{
    struct fact fact;
    if (uid_is_nil(job)) {
        return ERR_INVALID;
    }
    fact_init(&fact, KIND_JOB_SEEN, id);
    fact_uid(&fact, "assignment", job);
    return append(store, &fact, (struct uid){{0}});
}
