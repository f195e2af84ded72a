/* An upload against the log it continues. First the whole chain is followed, to know up
 * to where it holds; then what holds is stored. */
#include "server/ingest.h"

#include "server/anchor.h"
#include "server/numbers.h"
#include "server/people.h"
#include "server/places.h"

#include "base/plant.h"

#include <string.h>

/* A place in the upload: behind so many of its lines the log stands so. */
struct place {
    size_t lines;
    int64_t seq;
    struct chain_hash head;
};

struct walk {
    const struct ingest *ingest;
    struct place now, kept; /* kept: behind the last check or signature that is right */
    struct log log;         /* its signature: the last one that is right */
    bool wrong, ended;      /* ended: the last line is a signature that is right */
    bool forked;            /* another body wrote what is here */
};

static const char hashes_sql[] =
    "SELECT hash FROM event WHERE centre = :centre AND dev = :dev AND epoch = :epoch"
    " AND seq >= :seq ORDER BY seq LIMIT :count";
static const char copy_sql[] =
    "INSERT INTO task (centre, id, kind, about, body, state, at_ms)"
    " VALUES (:centre, :id, 'copy', :about, '{}', 'open', :now) ON CONFLICT DO NOTHING";

/* ---- two bodies -------------------------------------------------------------------- */

/* Somebody copied this kiosk's card, or put an old one back while it still runs. */
static enum err open_copy_task(const struct ingest *ingest)
{
    char dev[UID_TEXT_SIZE];
    struct uid id = uid_make(&ingest->core->rng);
    uid_format(ingest->device->id, dev);
    struct ask ask = ask_on(ingest->core->storage, copy_sql);
    ask_uid(&ask, ":centre", &ingest->device->centre);
    ask_uid(&ask, ":id", &id);
    ask_text(&ask, ":about", str_of(dev));
    ask_int(&ask, ":now", ingest->now_ms);
    return ask_run(&ask);
}

static enum err watch_copies(const struct ingest *ingest)
{
    bool old = false;
    enum err err = log_is_old(ingest->core->storage, ingest->device->centre,
                              ingest->device->id, ingest->epoch, &old);
    return err == ERR_OK && old ? open_copy_task(ingest) : err;
}

/* ---- following the chain ----------------------------------------------------------- */

static void keep(struct walk *walk, size_t i)
{
    walk->now.lines = i + 1;
    walk->kept = walk->now;
}

static void see_check(struct walk *walk, size_t i, const struct wire_line *line)
{
    walk->wrong = memcmp(line->check, walk->now.head.b, CHAIN_CHECK_SIZE) != 0;
    if (!walk->wrong && !walk->ingest->parcel) {
        keep(walk, i);
    }
}

static void see_signature(struct walk *walk, size_t i, const struct wire_line *line)
{
    walk->wrong =
        !chain_verify(&walk->ingest->device->public, &walk->now.head, line->signature);
    if (walk->wrong) {
        return;
    }
    keep(walk, i);
    walk->ended = true;
    walk->log.has_signature = true;
    walk->log.signed_seq = walk->now.seq;
    memcpy(walk->log.signature, line->signature, sizeof line->signature);
}

/* A number that does not continue is a fault of the kiosk's program. Lines of a parcel
 * that are here already must lead to the head that is here. */
static void see_event(struct walk *walk, const struct wire_line *line)
{
    const struct log *log = &walk->ingest->log;
    walk->wrong = line->what != WIRE_UNREADABLE && line->seq != walk->now.seq + 1;
    if (walk->wrong) {
        return;
    }
    walk->now.seq++;
    walk->now.head = chain_next(&walk->now.head, &line->hash);
    if (walk->ingest->has_log && walk->now.seq == log->seq) {
        walk->forked = !chain_eq(&walk->now.head, &log->head);
    }
}

static void follow(struct walk *walk)
{
    size_t count = wire_upload_count(walk->ingest->upload);
    for (size_t i = 0; i < count && !walk->wrong && !walk->forked; i++) {
        struct wire_line line;
        struct str text;
        wire_upload_at(walk->ingest->upload, i, &line, &text);
        walk->ended = false;
        if (line.what == WIRE_CHECK) {
            see_check(walk, i, &line);
        } else if (line.what == WIRE_SIG) {
            see_signature(walk, i, &line);
        } else {
            see_event(walk, &line);
        }
        if (PLANTED(PLANT_TAIL_TAKEN) && !walk->wrong) {
            keep(walk, i);
        }
    }
}

/* ---- where it begins --------------------------------------------------------------- */

/* The head behind line `seq` of what is stored: folded from the log's start. */
static enum err fold_stored(const struct ingest *ingest, const struct log *log,
                            int64_t seq, struct chain_hash *head_out)
{
    int64_t count = 0;
    struct chain_hash head = chain_start(ingest->device->id, log->epoch, log->start);
    struct ask ask = ask_on(ingest->core->storage, hashes_sql);
    ask_uid(&ask, ":centre", &ingest->device->centre);
    ask_uid(&ask, ":dev", &ingest->device->id);
    ask_int(&ask, ":epoch", log->epoch);
    ask_int(&ask, ":seq", log->start);
    ask_int(&ask, ":count", seq - log->start + 1);
    while (ask_row(&ask)) {
        struct chain_hash hash;
        ask_get_blob(&ask, 0, hash.b, sizeof hash.b);
        head = chain_next(&head, &hash);
        count++;
    }
    enum err err = ask_done(&ask);
    if (err == ERR_OK && count != seq - log->start + 1) {
        return ERR_CORRUPT;
    }
    *head_out = head;
    return err;
}

/* *begins_out false: the upload does not continue the log. */
static enum err find_begin(struct ingest *ingest, struct walk *walk, bool *begins_out)
{
    const struct wire_header *header = wire_upload_header(ingest->upload);
    const struct log *log = &ingest->log;
    struct chain_hash head = log->head;
    bool at_end = ingest->has_log && header->from == log->seq + 1;
    *begins_out = false;
    if (!ingest->has_log) {
        head = chain_start(ingest->device->id, ingest->epoch, header->from);
    } else if (ingest->parcel && header->from >= log->start && header->from <= log->seq) {
        enum err err = fold_stored(ingest, log, header->from - 1, &head);
        if (err != ERR_OK) {
            return err;
        }
    } else if (!at_end) {
        return ERR_OK;
    }
    *begins_out = memcmp(header->check, head.b, CHAIN_CHECK_SIZE) == 0;
    walk->now = (struct place){0, header->from - 1, head};
    walk->kept = walk->now;
    /* A parcel may be anybody's. */
    bool copy = !*begins_out && ingest->has_log && !ingest->parcel;
    return copy ? open_copy_task(ingest) : ERR_OK;
}

/* ---- storing what holds ------------------------------------------------------------ */

static enum err note_contact(const struct ingest *ingest)
{
    const struct wire_header *header = wire_upload_header(ingest->upload);
    struct anchor anchor = {
        .centre = ingest->device->centre,
        .dev = ingest->device->id,
        .epoch = ingest->epoch,
        .boot = header->boot,
        .when = {header->mono_ms, ingest->now_ms, ingest->now_ms - ingest->contact_ms}};
    return ingest->contact_ms ? anchor_put_first(ingest->core->storage, &anchor) : ERR_OK;
}

static struct scene scene_of(const struct ingest *ingest)
{
    return (struct scene){.storage = ingest->core->storage,
                          .rng = &ingest->core->rng,
                          .books = ingest->core->books,
                          .centre = ingest->device->centre,
                          .now_ms = ingest->now_ms,
                          .dev = ingest->device->id,
                          .epoch = ingest->epoch};
}

/* Lines of a parcel that are here already are passed over. */
static enum err store_lines(struct ingest *ingest, const struct scene *scene,
                            const struct walk *walk)
{
    const struct wire_header *header = wire_upload_header(ingest->upload);
    int64_t seq = header->from - 1, stored = ingest->has_log ? ingest->log.seq : seq;
    enum err err = ERR_OK;
    struct intake intake = {.scene = *scene};
    for (size_t i = 0; i < walk->kept.lines && err == ERR_OK; i++) {
        struct wire_line line;
        struct str text;
        wire_upload_at(ingest->upload, i, &line, &text);
        if (line.what != WIRE_CHECK && line.what != WIRE_SIG && ++seq > stored) {
            err = intake_store(&intake, seq, &line, text);
            ingest->bytes += (int64_t)text.len + QUOTA_LINE_BYTES;
        }
    }
    return err;
}

static enum err store_log(const struct ingest *ingest, struct walk *walk, bool more)
{
    if (!ingest->has_log) {
        walk->log.epoch = ingest->epoch;
        walk->log.start = wire_upload_header(ingest->upload)->from;
    }
    if (more) {
        walk->log.seq = walk->kept.seq;
        walk->log.head = walk->kept.head;
    }
    return log_put(ingest->core->storage, ingest->device->centre, ingest->device->id,
                   &walk->log);
}

static struct due due_of(const struct ingest *ingest, const struct walk *walk)
{
    int64_t from = wire_upload_header(ingest->upload)->from;
    return (struct due){.centre = ingest->device->centre,
                        .dev = ingest->device->id,
                        .epoch = ingest->epoch,
                        .from = ingest->has_log ? ingest->log.seq + 1 : from,
                        .to = walk->kept.seq,
                        .now_ms = ingest->now_ms};
}

static enum err store_more(struct ingest *ingest, struct walk *walk)
{
    struct people_known known = {0};
    struct scene scene = scene_of(ingest);
    scene.known = &known;
    enum err err = note_contact(ingest);
    if (err == ERR_OK) {
        err = store_lines(ingest, &scene, walk);
    }
    if (err == ERR_OK) {
        err = store_log(ingest, walk, true);
    }
    ingest->due = due_of(ingest, walk);
    return err == ERR_OK ? watch_copies(ingest) : err;
}

static enum err store(struct ingest *ingest, struct walk *walk)
{
    int64_t stored = ingest->has_log ? ingest->log.seq
                                     : wire_upload_header(ingest->upload)->from - 1;
    bool newly_signed = ingest->has_log && walk->log.signed_seq > ingest->log.signed_seq;
    enum err err = ERR_OK;
    if (walk->kept.seq > stored) {
        err = store_more(ingest, walk);
    } else if (newly_signed) {
        err = store_log(ingest, walk, false);
    } else {
        return ERR_OK;
    }
    ingest->log = walk->log;
    ingest->has_log = true;
    return err;
}

/* ---- all of it --------------------------------------------------------------------- */

static enum err find_log(struct ingest *ingest)
{
    enum err err = log_get(ingest->core->storage, ingest->device->centre,
                           ingest->device->id, ingest->epoch, &ingest->log);
    ingest->has_log = err == ERR_OK;
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

enum err ingest_run(struct ingest *ingest)
{
    bool begins = false;
    struct walk walk = {.ingest = ingest};
    enum err err = find_log(ingest);
    if (err == ERR_OK) {
        err = find_begin(ingest, &walk, &begins);
    }
    if (err != ERR_OK || !begins) {
        ingest->end = INGEST_CURSOR;
        return err;
    }
    if (ingest->has_log) {
        walk.log = ingest->log;
    } else {
        walk.log.signed_seq = walk.now.seq;
    }
    follow(&walk);
    if (walk.forked) {
        ingest->end = INGEST_CURSOR;
        return ERR_OK;
    }
    ingest->end = walk.wrong ? INGEST_CHAIN : walk.ended ? INGEST_TAKEN : INGEST_CUT;
    return store(ingest, &walk);
}
