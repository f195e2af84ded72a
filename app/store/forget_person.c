/* Forgetting one person at once: because they asked, or the centre says so. */
#include "store/forget_rows.h"

#include "store/centre.h"
#include "store/fact.h"
#include "store/state.h"

#include <sodium.h>
#include <string.h>

static enum err forget_and_say(struct store *store, struct fact *deleted,
                               struct uid participant)
{
    struct store_forgotten forgotten = {0};
    enum err err = forget_door(store, true);
    if (err == ERR_OK) {
        err = forget_person(store, participant, &forgotten);
    }
    if (err == ERR_OK) {
        err = fact_append(store, deleted);
    }
    if (err == ERR_OK) {
        err = compact_is_due(store);
    }
    return err == ERR_OK ? forget_door(store, false) : err;
}

/* The centre has to learn whom to forget. Without one, not even the id stays. */
static enum err forget_who_asked(struct store *store, struct uid id,
                                 struct uid participant, struct uid staff)
{
    struct fact fact;
    const struct uid nobody = {{0}};
    bool seen = false, enrolled = false;
    enum err err = centre_is(store, &enrolled);
    if (err != ERR_OK) {
        return err;
    }
    fact_init(&fact, KIND_PERSON_DELETED, id);
    fact_uid(&fact, "staff", staff);
    fact_uid(&fact, "participant", enrolled ? participant : nobody);
    err = fact_seen(store, &fact, &seen);
    return err == ERR_OK && !seen ? forget_and_say(store, &fact, participant) : err;
}

enum err store_forget_person(struct store *store, struct uid fact, struct uid participant,
                             struct uid staff)
{
    if (uid_is_nil(fact)) {
        return ERR_INVALID;
    }
    enum err err = db_begin(&store->state);
    if (err == ERR_OK) {
        err = db_end(&store->state, forget_who_asked(store, fact, participant, staff));
    }
    if (err == ERR_OK) {
        folder_drop_aside(&store->folder, "state", INT64_MAX);
    }
    return compact_after(store, err);
}

/* ---- told by the centre ------------------------------------------------------------ */

/* One for each revision of the row, so that it tells nothing of the person. */
static struct uid id_of_row(struct uid participant, int64_t rev)
{
    static const char domain[] = "anlauf forgotten";
    struct {
        struct uid participant;
        int64_t rev;
    } of = {participant, rev};
    uint8_t hash[crypto_generichash_BYTES];
    struct uid id;
    _Static_assert(sizeof of == 24, "no stray bytes are hashed");
    crypto_generichash(hash, sizeof hash, (const uint8_t *)&of, sizeof of,
                       (const uint8_t *)domain, sizeof domain);
    memcpy(id.b, hash, sizeof id.b);
    return id;
}

enum err forget_told(struct store *store, struct uid participant, int64_t rev)
{
    struct fact fact;
    const struct uid nobody = {{0}};
    bool seen = false;
    enum err err = person_check(store, participant);
    if (err != ERR_OK) {
        return err;
    }
    fact_init(&fact, KIND_PERSON_DELETED, id_of_row(participant, rev));
    fact_uid(&fact, "staff", nobody);
    fact_uid(&fact, "participant", nobody);
    err = fact_seen(store, &fact, &seen);
    return err == ERR_OK && !seen ? forget_and_say(store, &fact, participant) : err;
}
