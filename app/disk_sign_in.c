/* Who is it? Aliases with pictures, cards, staff with their PIN. An unknown name and a
 * wrong secret get the same answer after the same time. */
#include "disk_jobs.h"

#include "disk_keys.h"
#include "disk_site.h"

#include "i18n/i18n.h"
#include "proof/backoff.h"

#include <sodium.h>

/* Over all aliases together: somebody who tries one wrong secret on each alias is slowed
 * down too, but never long enough to lock everybody out. An alias begins with a letter.
 */
#define EVERYBODY "*"
#define EVERYBODY_TRIES 5 /* count as one */
#define EVERYBODY_WAIT_MAX_MS 30000

static int64_t left_of(const struct disk *disk, const struct store_tries *tries,
                       int64_t wait_ms)
{
    bool this_boot = tries->boot == store_boot(disk->store);
    int64_t from = this_boot ? tries->last_mono_ms : disk->opened_mono_ms;
    int64_t left = from + wait_ms - clock_mono_ms(&disk->clock);
    return left < 0 ? 0 : left > wait_ms ? wait_ms : left;
}

static enum err wait_of(struct disk *disk, struct str key, int64_t *left_out)
{
    struct store_tries tries;
    enum err err = store_tries_get(disk->store, key, &tries);
    if (err == ERR_OK) {
        *left_out = left_of(disk, &tries, backoff_wait_ms(tries.wrong));
    }
    return err;
}

static enum err wait_of_everybody(struct disk *disk, int64_t *left_out)
{
    struct store_tries tries;
    enum err err = store_tries_get(disk->store, STR(EVERYBODY), &tries);
    if (err == ERR_OK) {
        int64_t wait_ms = backoff_wait_ms(tries.wrong / EVERYBODY_TRIES);
        *left_out =
            left_of(disk, &tries,
                    wait_ms < EVERYBODY_WAIT_MAX_MS ? wait_ms : EVERYBODY_WAIT_MAX_MS);
    }
    return err;
}

/* How long until a try with this key is looked at. */
static enum err wait_both(struct disk *disk, struct str key, int *wait_ms_out)
{
    int64_t own = 0, all = 0;
    enum err err = wait_of(disk, key, &own);
    if (err == ERR_OK) {
        err = wait_of_everybody(disk, &all);
    }
    if (err == ERR_OK) {
        *wait_ms_out = (int)(own > all ? own : all);
    }
    return err;
}

/* A wrong try must be on the disk before its answer is given: pulling the plug does not
 * make it free. */
static enum err note_try(struct disk *disk, struct str key, bool wrong)
{
    enum err err = store_tries_put(disk->store, key, wrong);
    return err == ERR_OK ? store_tries_put(disk->store, STR(EVERYBODY), wrong) : err;
}

/* What follows a comparison: count it, and say how long the next one must wait. */
static enum err conclude(struct disk *disk, struct str key, enum err compared,
                         int *wait_ms_out)
{
    if (compared != ERR_OK && compared != ERR_DENIED) {
        return compared;
    }
    enum err err = note_try(disk, key, compared != ERR_OK);
    if (err == ERR_OK && compared != ERR_OK) {
        err = wait_both(disk, key, wait_ms_out);
    }
    return err == ERR_OK ? compared : err;
}

enum err disk_wait_of(struct disk *disk, struct str key, int *wait_ms_out)
{
    int64_t left = 0;
    enum err err = wait_of(disk, key, &left);
    *wait_ms_out = (int)left;
    return err;
}

enum err disk_note_try(struct disk *disk, struct str key, bool wrong, int *wait_ms_out)
{
    enum err err = store_tries_put(disk->store, key, wrong);
    return err == ERR_OK && wrong ? disk_wait_of(disk, key, wait_ms_out) : err;
}

void disk_sign_in_alias(struct disk *disk, const struct effect *effect,
                        struct reply *answer)
{
    char key[ALIAS_SIZE];
    char hash[STORE_HASH_SIZE];
    alias_key(str_of(effect->alias), key);
    answer->err = wait_both(disk, str_of(key), &answer->wait_ms);
    if (answer->err != ERR_OK || answer->wait_ms > 0) {
        answer->err = answer->err != ERR_OK ? answer->err : ERR_DENIED;
        return;
    }
    struct participant who;
    enum err found =
        store_person_by_alias(disk->store, str_of(effect->alias), &who, hash);
    if (found != ERR_OK && found != ERR_NOT_FOUND) {
        answer->err = found;
        return;
    }
    enum err same =
        credential_check_pictures(effect->pictures, found == ERR_OK ? hash : NULL);
    answer->err = conclude(disk, str_of(key), same, &answer->wait_ms);
    if (answer->err == ERR_OK) {
        answer->who = who;
    }
    sodium_memzero(hash, sizeof hash);
}

/* "staff:" and the beginning of the card's key: no alias has a colon. */
static void staff_tries_key(const struct credential *card, char out[32])
{
    char hex[17];
    struct buf b;
    sodium_bin2hex(hex, sizeof hex, card->lookup, 8);
    buf_init(&b, out, 32);
    buf_printf(&b, "staff:%s", hex);
}

static enum err compare_pin(struct disk *disk, const struct credential *card,
                            const char *pin, struct store_staff *staff)
{
    enum err found = card->kind == CREDENTIAL_STAFF
                         ? store_staff_by_card(disk->store, card->lookup, staff)
                         : ERR_NOT_FOUND;
    if (found != ERR_OK && found != ERR_NOT_FOUND) {
        return found;
    }
    return credential_check_pin(pin, found == ERR_OK ? staff->pin : NULL);
}

void disk_staff_sign_in(struct disk *disk, const struct effect *effect,
                        struct reply *answer)
{
    struct credential card;
    struct store_staff staff = {0};
    char key[32];
    int64_t left = 0;
    credential_read(disk->key, str_of(effect->text), &card);
    staff_tries_key(&card, key);
    answer->err = wait_of(disk, str_of(key), &left);
    answer->wait_ms = (int)left;
    if (answer->err == ERR_OK && left > 0) {
        answer->err = ERR_DENIED;
    } else if (answer->err == ERR_OK) {
        enum err same = compare_pin(disk, &card, effect->pin, &staff);
        answer->err = conclude(disk, str_of(key), same, &answer->wait_ms);
    }
    if (answer->err == ERR_OK) {
        answer->staff = staff.id;
        str_copy(answer->staff_alias, sizeof answer->staff_alias, str_of(staff.alias));
        answer->closed = !disk_open_team_key(disk, staff.id, card.text);
    }
    sodium_memzero(&card, sizeof card);
    sodium_memzero(&staff, sizeof staff);
}

/* What a true slip says, in words of the visitor. */
static void describe_slip(const struct credential *slip, const struct effect *effect,
                          struct reply *answer)
{
    struct i18n i18n = i18n_of(effect->language);
    struct buf out;
    buf_init(&out, answer->text, sizeof answer->text);
    tr_date(&out, &i18n, slip->date, DATE_SHORT);
    buf_puts(&out, tr(&i18n, ", "));
    tr_span(&out, &i18n, slip->start, slip->end, false);
    buf_puts(&out, " · ");
    buf_puts(&out, slip->code);
    if (slip->minutes > 0) {
        buf_puts(&out, " · ");
        tr_hours(&out, &i18n, slip->minutes);
    }
}

/* A confirmed job that this kiosk knows: whoever holds its slip may come and go with it,
 * and sees no alias. */
static void find_slip_job(struct disk *disk, const struct credential *slip,
                          struct reply *answer)
{
    answer->slip_wish = slip->fact;
    if (store_job_brief(disk->store, slip->fact, &answer->brief) == ERR_OK) {
        answer->slip_job = slip->fact;
        disk_hide_from_slip(&answer->brief);
    } else {
        answer->brief = (struct job_brief){0};
    }
}

static void read_person(struct disk *disk, const struct credential *card,
                        struct reply *answer)
{
    enum err err = store_person_by_card(disk->store, card->lookup, &answer->who);
    if (err == ERR_OK) {
        answer->scan = SCAN_PERSON;
        answer->by_card =
            disk_take_person_key(disk, answer->who.id, card->text) == ERR_OK;
    } else if (err == ERR_NOT_FOUND) {
        answer->scan = SCAN_CARD_UNKNOWN;
    } else {
        answer->err = err;
    }
}

static void read_order_sheet(const struct credential *read, struct reply *answer)
{
    char code[CREDENTIAL_SITE_SIZE];
    if (credential_read_site(str_of(read->text), code) == ERR_OK) {
        answer->scan = SCAN_SITE;
        str_copy(answer->text, sizeof answer->text, str_of(code));
    }
}

static void read_centre(const struct credential *read, struct reply *answer)
{
    char url[CREDENTIAL_URL_SIZE], code[CREDENTIAL_CODE_SIZE];
    if (credential_read_centre(str_of(read->text), url, code) == ERR_OK) {
        answer->scan = SCAN_CENTRE;
        str_copy(answer->text, sizeof answer->text, str_of(url));
        str_copy(answer->words, sizeof answer->words, str_of(code));
    }
    sodium_memzero(code, sizeof code);
}

void disk_read_scan(struct disk *disk, const struct effect *effect, struct reply *answer)
{
    struct credential read;
    credential_read(disk->key, str_of(effect->text), &read);
    switch (read.kind) {
    case CREDENTIAL_PERSON:
        read_person(disk, &read, answer);
        break;
    case CREDENTIAL_STAFF:
        answer->scan = SCAN_STAFF;
        str_copy(answer->text, sizeof answer->text, str_of(read.text));
        break;
    case CREDENTIAL_SLIP_TRUE:
        answer->scan = SCAN_SLIP_TRUE;
        describe_slip(&read, effect, answer);
        if (read.minutes == 0) {
            find_slip_job(disk, &read, answer);
        }
        break;
    case CREDENTIAL_SITE:
        read_order_sheet(&read, answer);
        break;
    case CREDENTIAL_CENTRE:
        read_centre(&read, answer);
        break;
    case CREDENTIAL_SLIP_FALSE:
        answer->scan = SCAN_SLIP_FALSE;
        break;
    case CREDENTIAL_UNKNOWN:
        answer->scan = SCAN_UNKNOWN;
        break;
    }
    sodium_memzero(&read, sizeof read);
}
