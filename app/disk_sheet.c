#include "disk_sheet.h"

#include "base/log.h"
#include "base/utf8.h"

#include <sodium.h>
#include <string.h>

#define STRENGTH_CHARS_MAX 120

/* ---- views ------------------------------------------------------------------------- */

size_t disk_view_pack(const struct evaluation_view *view, const char *words,
                      uint8_t out[DISK_VIEW_BYTES_MAX])
{
    size_t len = strnlen(words, OWN_WORDS_SIZE - 1);
    evaluation_view_encode(view, out);
    memcpy(out + EVALUATION_VIEW_BYTES, words, len);
    return EVALUATION_VIEW_BYTES + len;
}

static enum err unpack(const uint8_t *bytes, size_t len, struct evaluation_view *view_out,
                       char words_out[OWN_WORDS_SIZE])
{
    if (len < EVALUATION_VIEW_BYTES) {
        return ERR_CORRUPT;
    }
    size_t words_len = len - EVALUATION_VIEW_BYTES;
    enum err err = evaluation_view_decode(bytes, EVALUATION_VIEW_BYTES, view_out);
    if (err == ERR_OK) {
        str_copy(words_out, OWN_WORDS_SIZE,
                 (struct str){(const char *)bytes + EVALUATION_VIEW_BYTES, words_len});
    }
    return err;
}

/* The team's words lie in a blob of their own. */
static void open_team_words(const struct seal_pair *pair, const struct store_view *stored,
                            char words_out[OWN_WORDS_SIZE])
{
    size_t len = 0;
    if (disk_unseal(pair, SEAL_WORDS, stored->assignment, &stored->words_for_team,
                    (uint8_t *)words_out, OWN_WORDS_SIZE - 1, &len)) {
        words_out[len] = '\0';
    }
}

enum err disk_view_open(struct disk *disk, const struct seal_pair *pair,
                        enum disk_reader reader, struct uid job, enum form_side side,
                        struct evaluation_view *view_out, char words_out[OWN_WORDS_SIZE])
{
    struct store_view stored;
    uint8_t bytes[DISK_VIEW_BYTES_MAX];
    size_t len = 0;
    enum err err = store_view_get(disk->store, job, side, &stored);
    words_out[0] = '\0';
    if (err != ERR_OK) {
        return err;
    }
    const struct store_blob *blob =
        reader == FOR_TEAM ? &stored.for_team : &stored.for_person;
    enum seal_purpose purpose = side == SIDE_SELF ? SEAL_SELF_VIEW : SEAL_SITE_VIEW;
    if (!disk_unseal(pair, purpose, job, blob, bytes, sizeof bytes, &len)) {
        return ERR_DENIED;
    }
    err = unpack(bytes, len, view_out, words_out);
    if (err == ERR_OK && reader == FOR_TEAM) {
        open_team_words(pair, &stored, words_out);
    }
    sodium_memzero(bytes, sizeof bytes);
    return err;
}

/* ---- keeping ----------------------------------------------------------------------- */

static void fill_facts(struct sheet_item *item, const struct job_brief *brief)
{
    bool was_there = brief->state == ASSIGNMENT_GONE;
    int minutes = was_there ? brief->hours.minutes : 0;
    item->job = brief->wish.id;
    item->date = brief->wish.work.date;
    item->start = brief->wish.work.start;
    item->end = brief->wish.work.end;
    item->field = brief->wish.field;
    item->missed = !was_there;
    item->minutes = minutes > SHEET_MINUTES_MAX ? SHEET_MINUTES_MAX : minutes;
    item->confirmed = was_there && brief->hours.confirmed;
    memcpy(item->title, brief->wish.title, sizeof item->title);
}

/* The step was chosen on the person's own view: without that it means nothing. */
static void fill_next(struct sheet_item *item, const struct job_brief *brief)
{
    bool chosen = item->has_self && brief->next_aspect >= 0;
    item->next_aspect = chosen ? brief->next_aspect : -1;
    item->next_index = chosen ? brief->next_index : -1;
}

/* A strength in own words, if it is short enough for the sheet. */
static void fill_strength(struct sheet_item *item, const char *words)
{
    char clean[SHEET_WORDS_SIZE];
    size_t len = utf8_clean(clean, sizeof clean, str_of(words), STRENGTH_CHARS_MAX);
    if (len > 0 && len == strlen(words)) {
        memcpy(item->strength, clean, sizeof item->strength);
    }
    sodium_memzero(clean, sizeof clean);
}

/* Both views after the release, as far as this pair opens them. */
static bool fill_views(struct disk *disk, const struct seal_pair *pair,
                       enum disk_reader reader, const struct job_brief *brief,
                       struct sheet_item *item)
{
    char words[OWN_WORDS_SIZE];
    enum err self =
        disk_view_open(disk, pair, reader, item->job, SIDE_SELF, &item->self, words);
    item->has_self = self == ERR_OK;
    if (item->has_self) {
        fill_strength(item, words);
    }
    enum err site = brief->released ? disk_view_open(disk, pair, reader, item->job,
                                                     SIDE_SITE, &item->site, words)
                                    : ERR_NOT_FOUND;
    item->has_site = site == ERR_OK;
    sodium_memzero(words, sizeof words);
    return self != ERR_DENIED && site != ERR_DENIED;
}

struct newest {
    struct uid job;
    int revision; /* -1: none yet */
};

static enum err find_newest(void *ctx, const struct store_sheet_item *item)
{
    struct newest *newest = ctx;
    if (uid_eq(item->job, newest->job) && item->revision > newest->revision) {
        newest->revision = item->revision;
    }
    return ERR_OK;
}

static enum err seal_item(struct disk *disk, struct uid fact,
                          const struct sheet_item *item, struct store_sheet_item *sealed)
{
    uint8_t bytes[SHEET_ITEM_BYTES_MAX];
    const struct disk_seal seal = {
        .fact = fact,
        .person = sealed->participant,
        .about = sealed->job,
        .purpose = SEAL_HISTORY,
        .bytes = bytes,
        .len = sheet_item_encode(item, bytes, sizeof bytes),
    };
    enum err err = disk_seal_for(disk, &seal, FOR_PERSON, &sealed->sealed);
    sodium_memzero(bytes, sizeof bytes);
    return err;
}

static enum err keep(struct disk *disk, struct uid fact, const struct job_brief *brief,
                     struct sheet_item *item)
{
    struct store_sheet_item sealed = {.participant = brief->wish.participant,
                                      .job = brief->wish.id};
    struct newest newest = {brief->wish.id, -1};
    const struct seal_pair *team = keyring_team(disk->keyring);
    fill_facts(item, brief);
    if (team != NULL && brief->released) {
        fill_views(disk, team, FOR_TEAM, brief, item);
    }
    fill_next(item, brief);
    enum err err =
        store_sheet_each(disk->store, sealed.participant, find_newest, &newest);
    if (err != ERR_OK) {
        return err;
    }
    item->revision = sealed.revision = newest.revision + 1;
    err = sheet_item_valid(item) ? seal_item(disk, fact, item, &sealed) : ERR_INVALID;
    return err == ERR_OK && sealed.sealed.len > 0 ? store_sheet_put(disk->store, &sealed)
                                                  : err;
}

void disk_sheet_keep(struct disk *disk, struct uid fact, const struct job_brief *brief)
{
    struct sheet_item item = {0};
    enum err err = keep(disk, fact, brief, &item);
    if (err != ERR_OK) {
        log_line("event=sheet_keep err=%s", err_name(err));
    }
    sodium_memzero(&item, sizeof item);
}

/* ---- opening ----------------------------------------------------------------------- */

struct opening {
    const struct seal_pair *pair;
    struct sheet_item *items;
    int count;
    bool closed; /* something was sealed to an older card */
};

static enum err open_one(void *ctx, const struct store_sheet_item *stored)
{
    struct opening *opening = ctx;
    uint8_t bytes[SHEET_ITEM_BYTES_MAX];
    size_t len = 0;
    if (opening->count == SHEET_ITEMS_MAX) {
        opening->closed = true;
        return ERR_OK;
    }
    struct sheet_item *item = &opening->items[opening->count];
    bool is_open = disk_unseal(opening->pair, SEAL_HISTORY, stored->job, &stored->sealed,
                               bytes, sizeof bytes, &len) &&
                   sheet_item_decode(bytes, len, item) == ERR_OK &&
                   uid_eq(item->job, stored->job) && item->revision == stored->revision;
    opening->count += is_open;
    opening->closed = opening->closed || !is_open;
    sodium_memzero(bytes, sizeof bytes);
    return ERR_OK;
}

static struct sheet_item *item_of(struct opening *opening, struct uid job)
{
    for (int i = 0; i < opening->count; i++) {
        if (uid_eq(opening->items[i].job, job)) {
            return &opening->items[i];
        }
    }
    return NULL;
}

/* What this kiosk still knows of a job holds over what was sealed of it: an item may be
 * from before the last correction. */
static void refresh(struct disk *disk, struct opening *opening,
                    const struct job_brief *brief)
{
    struct sheet_item *item = item_of(opening, brief->wish.id);
    if (brief->state != ASSIGNMENT_GONE) {
        if (item != NULL) {
            item->missed = true;
        }
        return;
    }
    if (item == NULL && opening->count == SHEET_ITEMS_MAX) {
        opening->closed = true;
        return;
    }
    if (item == NULL) {
        item = &opening->items[opening->count++];
        *item = (struct sheet_item){0};
    }
    fill_facts(item, brief);
    if (!item->has_self || (brief->released && !item->has_site)) {
        bool all = fill_views(disk, opening->pair, FOR_PERSON, brief, item);
        opening->closed = opening->closed || !all;
    }
    fill_next(item, brief);
}

static enum err refresh_all(struct disk *disk, struct uid participant,
                            struct opening *opening, struct reply *answer)
{
    size_t count = 0;
    enum err err =
        store_jobs_of(disk->store, participant, answer->jobs, JOBS_MAX, &count);
    if (err != ERR_OK && err != ERR_FULL) {
        return err;
    }
    for (size_t i = 0; i < count; i++) {
        refresh(disk, opening, &answer->jobs[i]);
    }
    sodium_memzero(answer->jobs, sizeof answer->jobs);
    return ERR_OK;
}

/* "Noch mal?" with the first answer is a yes to this field. */
static void tell_tried(const struct opening *opening, struct reply *answer)
{
    for (int i = 0; i < opening->count; i++) {
        const struct sheet_item *item = &opening->items[i];
        if (!item->missed && item->field > 0) {
            answer->tried |= (field_set_t)1 << item->field;
            if (item->has_self && item->self.again == 0) {
                answer->again |= (field_set_t)1 << item->field;
            }
        }
    }
}

void disk_open_sheet(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    struct opening opening = {.pair = keyring_person(disk->keyring, effect->participant)};
    if (opening.pair == NULL) {
        answer->closed = true;
        answer->err = ERR_DENIED;
        return;
    }
    opening.items = sheet_box_begin(disk->sheets);
    answer->err = store_sheet_each(disk->store, effect->participant, open_one, &opening);
    if (answer->err == ERR_OK) {
        answer->err = refresh_all(disk, effect->participant, &opening, answer);
    }
    sheet_box_put(disk->sheets, opening.count);
    if (answer->err == ERR_OK) {
        tell_tried(&opening, answer);
        answer->count = opening.count;
        answer->closed = opening.closed;
    } else {
        sheet_box_wipe(disk->sheets);
    }
}
