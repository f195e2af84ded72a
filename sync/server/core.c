#include "server/inside.h"

#include "server/feed.h"

#include "base/plant.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define LATER_S 2 /* when the storage is busy or its disk is full */

static const char keys_sql[] =
    "SELECT seed, parcel_secret, token_key FROM server WHERE one = 1";
static const char generation_sql[] = "SELECT generation FROM server WHERE one = 1";
static const char restored_sql[] =
    "UPDATE server SET generation = generation + :jump, token_key = :key";
static const char jump_sql[] = "UPDATE centre SET rev = rev + :jump * 4294967296";
#define JUMPS (1u << 12) /* a hundred restores stay below 2^53 */

/* ---- the handle -------------------------------------------------------------------- */

static enum err read_keys(struct core *core)
{
    bool found = false;
    uint8_t seed[KEY_SEED_SIZE];
    struct ask ask = ask_on(core->storage, keys_sql);
    if (ask_row(&ask)) {
        found = true;
        ask_get_blob(&ask, 0, seed, sizeof seed);
        ask_get_blob(&ask, 1, core->parcel_secret, sizeof core->parcel_secret);
        ask_get_blob(&ask, 2, core->token_key, sizeof core->token_key);
    }
    enum err err = ask_done_found(&ask, found);
    if (err == ERR_OK) {
        key_from_seed(seed, &core->server);
        crypto_scalarmult_base(core->parcel_public, core->parcel_secret);
    }
    sodium_memzero(seed, sizeof seed);
    return err;
}

enum err core_make(const struct core_options *options, struct core **core_out)
{
    struct core *core = calloc(1, sizeof *core);
    if (!core) {
        return ERR_FULL;
    }
    core->storage = options->storage;
    core->clock = options->clock;
    core->rng = options->rng;
    core->books = options->books ? options->books : &core->own_books;
    memcpy(core->pin, options->pin, sizeof core->pin);
    storage_settle(core->storage);
    enum err err = read_keys(core);
    if (err != ERR_OK) {
        core_free(core);
        return err;
    }
    *core_out = core;
    return ERR_OK;
}

void core_free(struct core *core)
{
    if (core) {
        law_books_free(&core->own_books);
        sodium_memzero(core, sizeof *core);
        free(core);
    }
}

enum err core_generation(const struct core *core, int64_t *generation_out)
{
    bool found = false;
    struct ask ask = ask_on(core->storage, generation_sql);
    if (ask_row(&ask)) {
        found = true;
        *generation_out = ask_get_int(&ask, 0);
    }
    return ask_done_found(&ask, found);
}

int64_t core_revision(struct core *core, struct uid centre)
{
    int64_t rev;
    return feed_revision(core->storage, centre, &rev) == ERR_OK ? rev : 0;
}

/* ---- answers ----------------------------------------------------------------------- */

void reply_error(struct core_job *job, int status, const char *word)
{
    job->status = status;
    bytes_clear(&job->reply);
    bytes_printf(&job->reply, "{\"error\":\"%s\"}\n", word);
}

/* Nothing of what the job came to may leave. */
static void reply_later(struct core_job *job)
{
    reply_error(job, 503, "busy");
    job->retry_after_s = LATER_S;
    job->empty_page = false;
}

/* ---- one transaction --------------------------------------------------------------- */

/* The first half of a session, cursors and pages need no disk. */
static bool may_write(const struct core_job *job)
{
    static const char nonce[] = "\"nonce\"";
    switch (job->what) {
    case CORE_ENROL:
    case CORE_UPLOAD:
        return true;
    case CORE_SESSION:
        return job->body.len > 0 &&
               memmem(job->body.ptr, job->body.len, nonce, sizeof nonce - 1) != NULL;
    default:
        return false;
    }
}

static enum err run_job(struct core *core, struct core_job *job, int64_t now_ms)
{
    switch (job->what) {
    case CORE_ENROL:
        return auth_enrol(core, job, now_ms);
    case CORE_SESSION:
        return auth_session(core, job, now_ms);
    default:
        return guest_run(core, job, now_ms);
    }
}

static void run_marked(struct core *core, struct core_job *job, int64_t now_ms)
{
    bool writes = may_write(job);
    job->status = 0;
    job->retry_after_s = 0;
    job->empty_page = false;
    enum err err = writes ? storage_mark(core->storage) : ERR_OK;
    if (err == ERR_OK) {
        err = run_job(core, job, now_ms);
        err = writes ? storage_unmark(core->storage, err) : err;
    }
    if (err != ERR_OK || job->reply.failed) {
        reply_later(job);
    }
}

/* Pages too: what was read beside what was not committed must not leave. */
static void reply_later_all(struct core_job *jobs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        reply_later(&jobs[i]);
    }
}

void core_run(struct core *core, struct core_job *jobs, size_t count)
{
    bool writes = false;
    int64_t now_ms = clock_wall_ms(&core->clock);
    for (size_t i = 0; i < count; i++) {
        writes = writes || may_write(&jobs[i]);
    }
    enum err err =
        writes ? storage_begin(core->storage) : storage_begin_read(core->storage);
    if (err != ERR_OK) {
        reply_later_all(jobs, count);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        run_marked(core, &jobs[i], now_ms);
    }
    err = storage_end(core->storage, ERR_OK);
    if (err != ERR_OK && !PLANTED(PLANT_ACK_BEFORE_COMMIT)) {
        reply_later_all(jobs, count);
    }
}

/* ---- after a restore --------------------------------------------------------------- */

/* Revisions that were given out since the backup must never be given out again, also if the
 * same backup is put back twice: so how far they jump is thrown. Tokens of before are void:
 * a kiosk learns of the generation in a session. */
enum err core_restored(struct storage *storage, const struct rng *rng)
{
    uint8_t key[sizeof((struct core *)0)->token_key];
    enum err err = storage_begin(storage);
    if (err != ERR_OK) {
        return err;
    }
    rng_fill(rng, key, sizeof key);
    struct ask ask = ask_on(storage, restored_sql);
    ask_int(&ask, ":jump", 1 + (int64_t)rng_below(rng, 1u << 20));
    ask_blob(&ask, ":key", key, sizeof key);
    err = ask_run(&ask);
    sodium_memzero(key, sizeof key);
    if (err == ERR_OK) {
        ask = ask_on(storage, jump_sql);
        ask_int(&ask, ":jump", 1 + (int64_t)rng_below(rng, JUMPS));
        err = ask_run(&ask);
    }
    return storage_end(storage, err);
}
