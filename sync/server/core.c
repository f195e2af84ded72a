#include "server/inside.h"

#include "server/feed.h"

#include "base/plant.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define SETTLE_LINES 1024        /* a few milliseconds */
#define DUE_BYTES_MAX (8u << 20) /* then lines wait, too */
#define DUE_LEAST 16384          /* what an upload holds of pages, however short it is */
#define LATER_S 2                /* when the storage is busy or its disk is full */

static const char keys_sql[] =
    "SELECT seed, parcel_secret, token_key FROM server WHERE one = 1";
static const char generation_sql[] = "SELECT generation FROM server WHERE one = 1";
static const char restored_sql[] =
    "UPDATE server SET generation = generation + :jump, token_key = :key";
static const char jump_sql[] = "UPDATE centre SET rev = rev + :jump * 4294967296";
#define JUMPS (1u << 12) /* a hundred restores stay below 2^53 */

/* ---- what is due ------------------------------------------------------------------- */

static size_t due_bytes(const struct wire_upload *upload)
{
    return DUE_LEAST + wire_upload_memory(upload);
}

static void drop_first(struct core *core, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        core->due_bytes -= due_bytes(core->due[i].kept);
        wire_upload_free(core->due[i].kept);
    }
    core->due_count -= count;
    if (count > 0) {
        memmove(core->due, core->due + count, core->due_count * sizeof *core->due);
    }
}

/* Without memory the lines are read from the store. */
static void keep_due(struct core *core, struct core_job *job)
{
    if (core->due_count == core->due_size) {
        size_t size = core->due_size ? core->due_size * 2 : 16;
        struct kept_due *due = realloc(core->due, size * sizeof *due);
        if (due == NULL) {
            core->behind = true;
            return;
        }
        core->due = due;
        core->due_size = size;
    }
    job->due.upload = job->upload;
    core->due[core->due_count++] = (struct kept_due){job->due, job->upload};
    core->due_bytes += due_bytes(job->upload);
    job->upload = NULL;
}

static bool run_due(const struct core *core, struct due *due, int64_t most)
{
    int64_t next = due->from;
    enum err err = storage_mark(core->storage);
    if (err == ERR_OK) {
        err = storage_unmark(core->storage, due_run(core, due, most, &next));
    }
    due->from = next;
    return err == ERR_OK;
}

/* As after a server that was killed: whatever log is behind. */
static void catch_up(struct core *core)
{
    struct due due = {.now_ms = clock_wall_ms(&core->clock)};
    bool good = true;
    enum err err;
    drop_first(core, core->due_count);
    while ((err = due_next(core->storage, &due)) == ERR_OK) {
        good = run_due(core, &due, INT64_MAX) && good;
    }
    core->behind = err != ERR_NOT_FOUND || !good;
}

/* Inside a write transaction. What fails is still due. */
static void settle(struct core *core, int64_t most)
{
    size_t done = 0;
    for (; done < core->due_count && most > 0 && !core->behind; done++) {
        struct due *due = &core->due[done].due;
        int64_t from = due->from;
        core->behind = !run_due(core, due, most);
        most -= due->from - from;
        if (due->from <= due->to) {
            break;
        }
    }
    drop_first(core, core->behind ? 0 : done);
    if (core->behind) {
        catch_up(core);
    }
}

bool core_has_due(const struct core *core)
{
    return core->behind || core->due_count > 0;
}

static bool settle_now(struct core *core, int64_t most)
{
    enum err err = core_has_due(core) ? storage_begin(core->storage) : ERR_NOT_FOUND;
    if (err != ERR_OK) {
        return false;
    }
    settle(core, most);
    bool good = storage_end(core->storage, ERR_OK) == ERR_OK && !core->behind;
    core->behind = !good;
    return good && core->due_count > 0;
}

void core_settle(struct core *core)
{
    (void)settle_now(core, INT64_MAX);
}

bool core_settle_some(struct core *core)
{
    return settle_now(core, SETTLE_LINES);
}

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
    core->behind = true;
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
        drop_first(core, core->due_count);
        free(core->due);
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

/* Lines go before what lines cause, so that kiosks which come back after a long time need
 * not wait for each other; but not for ever. */
static bool must_settle(const struct core *core, const struct core_job *jobs,
                        size_t count)
{
    bool must = core->due_bytes > DUE_BYTES_MAX;
    for (size_t i = 0; i < count; i++) {
        must = must || (jobs[i].what != CORE_UPLOAD && jobs[i].what != CORE_CURSOR);
    }
    return must && core_has_due(core);
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
    job->due = (struct due){.from = 1};
    enum err err = writes ? storage_mark(core->storage) : ERR_OK;
    if (err == ERR_OK) {
        err = run_job(core, job, now_ms);
        err = writes ? storage_unmark(core->storage, err) : err;
    }
    if (err != ERR_OK) {
        job->due = (struct due){.from = 1}; /* it was taken back */
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
    bool settles = must_settle(core, jobs, count), writes = false;
    int64_t now_ms = clock_wall_ms(&core->clock);
    for (size_t i = 0; i < count; i++) {
        writes = writes || may_write(&jobs[i]);
    }
    if (settles && !writes) {
        core_settle(core); /* a full disk is no reason not to read */
        settles = false;
    }
    enum err err =
        writes ? storage_begin(core->storage) : storage_begin_read(core->storage);
    if (err != ERR_OK) {
        reply_later_all(jobs, count);
        return;
    }
    if (settles) {
        settle(core, INT64_MAX);
    }
    for (size_t i = 0; i < count; i++) {
        run_marked(core, &jobs[i], now_ms);
    }
    err = storage_end(core->storage, ERR_OK);
    core->behind |= err != ERR_OK;
    if (err != ERR_OK && !PLANTED(PLANT_ACK_BEFORE_COMMIT)) {
        reply_later_all(jobs, count);
    }
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].due.to >= jobs[i].due.from && err == ERR_OK) {
            keep_due(core, &jobs[i]);
        }
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
