/* Views of a job: sealed here at once, for each who may read them one day. */
#include "disk_jobs.h"

#include "base/log.h"
#include "disk_sheet.h"
#include "disk_site.h"

#include <sodium.h>
#include <string.h>

/* Whose view is it to give? */
static bool may_give(const struct disk *disk, const struct effect *effect,
                     const struct job_brief *brief)
{
    if (effect->view.side == SIDE_SELF) {
        return !effect->by_staff && !uid_is_nil(effect->participant) &&
               uid_eq(effect->participant, brief->wish.participant);
    }
    return effect->by_staff ? !uid_is_nil(effect->staff) : disk_site_may(disk, brief);
}

static const struct evaluation_form *form_of(const struct disk *disk,
                                             const struct evaluation_view *view)
{
    const struct evaluation_form *form =
        disk->forms != NULL ? form_set_find(disk->forms, view->form) : NULL;
    return form != NULL && evaluation_view_valid(form, view) ? form : NULL;
}

/* One blob each. What the site says is not sealed to the person before the release, so
 * that card and disk together give nothing away either: see share_site_view(). */
static enum err seal_view(struct disk *disk, const struct disk_seal *seal,
                          const char *words, struct store_view *out)
{
    struct disk_seal view = *seal, spoken = *seal;
    view.len = EVALUATION_VIEW_BYTES;
    spoken.purpose = SEAL_WORDS;
    spoken.bytes = (const uint8_t *)words;
    spoken.len = strlen(words);
    enum err err = disk_seal_for(disk, &view, FOR_CENTRE, &out->for_centre);
    if (err == ERR_OK) {
        err = disk_seal_for(disk, &view, FOR_TEAM, &out->for_team);
    }
    if (err == ERR_OK && seal->purpose == SEAL_SELF_VIEW) {
        err = disk_seal_for(disk, seal, FOR_PERSON, &out->for_person);
    }
    if (err == ERR_OK && spoken.len > 0) {
        err = disk_seal_for(disk, &spoken, FOR_CENTRE, &out->words_for_centre);
    }
    if (err == ERR_OK && spoken.len > 0) {
        err = disk_seal_for(disk, &spoken, FOR_TEAM, &out->words_for_team);
    }
    return err;
}

static bool words_lost(const struct store_view *view, const char *words)
{
    return words[0] != '\0' && view->words_for_centre.len == 0 &&
           view->words_for_team.len == 0;
}

static enum err save(struct disk *disk, const struct effect *effect,
                     const struct evaluation_form *form, const struct job_brief *brief)
{
    uint8_t bytes[DISK_VIEW_BYTES_MAX];
    struct evaluation_view view = effect->view;
    view.has_own_words = effect->words[0] != '\0';
    struct store_view sealed = {
        .id = effect->fact,
        .assignment = brief->wish.id,
        .side = view.side,
        .wants_talk = evaluation_view_wants_talk(form, &view),
        .staff = effect->by_staff ? effect->staff : (struct uid){{0}},
    };
    const struct disk_seal seal = {
        .fact = effect->fact,
        .person = brief->wish.participant,
        .about = brief->wish.id,
        .purpose = view.side == SIDE_SELF ? SEAL_SELF_VIEW : SEAL_SITE_VIEW,
        .bytes = bytes,
        .len = disk_view_pack(&view, effect->words, bytes),
    };
    enum err err = seal_view(disk, &seal, effect->words, &sealed);
    if (err == ERR_OK && words_lost(&sealed, effect->words)) {
        err = ERR_UNSUPPORTED; /* nobody could ever read them */
    }
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(&view, sizeof view);
    return err == ERR_OK ? store_view_put(disk->store, &sealed) : err;
}

/* ERR_INVALID: no answer of this form. ERR_DENIED: not theirs to give, or locked.
 * ERR_UNSUPPORTED: own words, and no key to seal them to. */
void disk_save_view(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    const struct evaluation_form *form = form_of(disk, &effect->view);
    answer->err = form != NULL && strnlen(effect->words, OWN_WORDS_SIZE) <= SEAL_TEXT_MAX
                      ? store_job_brief(disk->store, effect->wish.id, &answer->brief)
                      : ERR_INVALID;
    if (answer->err == ERR_OK) {
        answer->err = may_give(disk, effect, &answer->brief)
                          ? save(disk, effect, form, &answer->brief)
                          : ERR_DENIED;
    }
    if (answer->err == ERR_OK) {
        answer->err = store_job_brief(disk->store, effect->wish.id, &answer->brief);
    }
    if (answer->err != ERR_OK) {
        log_line("event=view err=%s", err_name(answer->err));
        answer->brief = (struct job_brief){0};
    } else if (effect->view.side == SIDE_SITE && !effect->by_staff) {
        disk_hide_person(&answer->brief);
    }
}

/* ---- what happens to an evaluation ------------------------------------------------- */

static bool is_persons(enum evaluation_event_kind kind)
{
    return kind == EVALUATION_TALK || kind == EVALUATION_NEXT;
}

static enum err may_do(struct disk *disk, const struct effect *effect)
{
    struct job_brief brief;
    if (!is_persons(effect->evaluation_event.kind)) {
        return uid_is_nil(effect->staff) ? ERR_DENIED : ERR_OK;
    }
    enum err err = store_job_brief(disk->store, effect->wish.id, &brief);
    if (err == ERR_OK && !uid_eq(brief.wish.participant, effect->participant)) {
        err = ERR_DENIED;
    }
    return err;
}

static enum err seal_to_person(struct disk *disk, struct uid fact,
                               const struct job_brief *brief,
                               const struct evaluation_view *view, const char *words)
{
    struct store_blob blob;
    uint8_t bytes[DISK_VIEW_BYTES_MAX];
    const struct disk_seal seal = {
        .fact = fact,
        .person = brief->wish.participant,
        .about = brief->wish.id,
        .purpose = SEAL_SITE_VIEW,
        .bytes = bytes,
        .len = disk_view_pack(view, words, bytes),
    };
    enum err err = disk_seal_for(disk, &seal, FOR_PERSON, &blob);
    sodium_memzero(bytes, sizeof bytes);
    return err == ERR_OK ? store_view_share(disk->store, brief->wish.id, SIDE_SITE, &blob)
                         : err;
}

/* From the team to the person: the site's view, and its words unless they are held back.
 * ERR_DENIED: the team's key is not open in this visit. */
static enum err share_site_view(struct disk *disk, struct uid fact,
                                const struct job_brief *brief)
{
    const struct seal_pair *team = keyring_team(disk->keyring);
    struct evaluation_view view;
    char words[OWN_WORDS_SIZE];
    if (!brief->site_in || team == NULL) {
        return brief->site_in ? ERR_DENIED : ERR_OK;
    }
    enum err err =
        disk_view_open(disk, team, FOR_TEAM, brief->wish.id, SIDE_SITE, &view, words);
    if (err == ERR_OK) {
        bool held = brief->hold != HOLD_NONE;
        view.has_own_words = !held && words[0] != '\0';
        err = seal_to_person(disk, fact, brief, &view, held ? "" : words);
        sodium_memzero(&view, sizeof view);
    } else if (err == ERR_DENIED) {
        err = ERR_OK; /* told already, and the team's copy is gone */
    }
    sodium_memzero(words, sizeof words);
    return err;
}

/* What the person may see is there before it is said that they may: else a power cut
 * between the two would release nothing that anybody could read. */
static enum err share_before(struct disk *disk, const struct effect *effect,
                             bool *closed_out)
{
    struct job_brief brief = {0};
    enum evaluation_event_kind kind = effect->evaluation_event.kind;
    if (kind != EVALUATION_RELEASE && kind != EVALUATION_UNHOLD) {
        return ERR_OK;
    }
    enum err err = store_job_brief(disk->store, effect->wish.id, &brief);
    if (err == ERR_OK && kind == EVALUATION_UNHOLD) {
        brief.hold = HOLD_NONE;
    }
    bool ready = (brief.self_in && brief.site_in) || brief.closed;
    if (err == ERR_OK && (kind == EVALUATION_RELEASE ? ready : brief.released)) {
        err = share_site_view(disk, effect->fact, &brief);
        *closed_out = err == ERR_DENIED;
    }
    return err;
}

/* What is held back is not shown from now on, also if the team's key is not at hand. */
static enum err take_back_words(struct disk *disk, const struct effect *effect,
                                const struct reply *answer)
{
    bool done =
        answer->evaluation == EVALUATION_OK || answer->evaluation == EVALUATION_SAME;
    bool told =
        effect->evaluation_event.kind == EVALUATION_HOLD && answer->brief.released;
    enum err err =
        done && told ? share_site_view(disk, effect->fact, &answer->brief) : ERR_OK;
    return err == ERR_DENIED ? ERR_OK : err;
}

/* Views come by EFFECT_SAVE_VIEW only: sealed. */
void disk_evaluation(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    const struct evaluation_event *event = &effect->evaluation_event;
    bool persons = is_persons(event->kind);
    if (event->kind == EVALUATION_SELF_IN || event->kind == EVALUATION_SITE_IN) {
        answer->err = ERR_INVALID;
        return;
    }
    answer->err = may_do(disk, effect);
    if (answer->err == ERR_OK) {
        answer->err = share_before(disk, effect, &answer->closed);
    }
    if (answer->err == ERR_OK) {
        answer->err = store_evaluation_event(disk->store, effect->fact, effect->wish.id,
                                             persons ? (struct uid){{0}} : effect->staff,
                                             event, &answer->evaluation, &answer->brief);
    }
    if (answer->err == ERR_OK) {
        answer->err = take_back_words(disk, effect, answer);
    }
    bool for_sheet = event->kind == EVALUATION_RELEASE || event->kind == EVALUATION_NEXT;
    if (answer->err == ERR_OK && answer->evaluation == EVALUATION_OK && for_sheet) {
        disk_sheet_keep(disk, effect->fact, &answer->brief);
    }
}

void disk_save_note(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    struct store_note note = {
        .id = effect->fact, .assignment = effect->wish.id, .staff = effect->staff};
    const struct disk_seal seal = {
        .fact = effect->fact,
        .about = effect->wish.id,
        .purpose = SEAL_NOTE,
        .bytes = (const uint8_t *)effect->words,
        .len = strnlen(effect->words, OWN_WORDS_SIZE),
    };
    if (uid_is_nil(effect->staff) || seal.len == 0 || seal.len > SEAL_TEXT_MAX) {
        answer->err = uid_is_nil(effect->staff) ? ERR_DENIED : ERR_INVALID;
        return;
    }
    answer->err = disk_seal_for(disk, &seal, FOR_TEAM, &note.for_team);
    if (answer->err == ERR_OK) {
        answer->err = disk_seal_for(disk, &seal, FOR_CENTRE, &note.for_centre);
    }
    if (answer->err == ERR_OK && note.for_team.len + note.for_centre.len == 0) {
        answer->err = ERR_UNSUPPORTED;
    }
    if (answer->err == ERR_OK) {
        answer->err = store_note_put(disk->store, &note);
    }
}
