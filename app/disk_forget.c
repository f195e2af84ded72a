#include "disk_forget.h"

#include "base/log.h"
#include "store/forget.h"
#include "store/sync.h"

#include <sodium.h>
#include <stdlib.h>

#define FORGOT_SETTING "forgot_on" /* Unix day, so that a restart does not do it again   \
                                    */

/* The visit has ended. effect->participant: whose card began the next one already. */
void disk_forget_keys(struct disk *disk, const struct effect *effect,
                      struct reply *answer)
{
    (void)answer;
    keyring_forget(disk->keyring, effect->participant);
    sheet_box_wipe(disk->sheets);
    sodium_memzero(disk->site_code, sizeof disk->site_code);
    disk->site_day = DATE_NONE;
}

static date_t forgot_on(struct disk *disk)
{
    char text[16];
    if (store_setting_get(disk->store, FORGOT_SETTING, text, sizeof text) != ERR_OK) {
        return DATE_NONE;
    }
    return (date_t)strtol(text, NULL, 10);
}

static void note_day(struct disk *disk, date_t today)
{
    char text[16];
    struct buf b;
    buf_init(&b, text, sizeof text);
    buf_printf(&b, "%d", (int)today);
    disk->forgot_on = today;
    enum err err = store_setting_put(disk->store, FORGOT_SETTING, text);
    if (err != ERR_OK) {
        log_line("event=forget_note err=%s", err_name(err));
    }
}

/* What the centre has acknowledged. If that cannot be read, nothing. */
static int64_t known_to_centre(struct disk *disk)
{
    struct sync_receipts receipts;
    enum err err = store_receipts(disk->store, &receipts);
    return err == ERR_OK && receipts.enrolled ? receipts.acked : 0;
}

void disk_forget_old(struct disk *disk)
{
    struct store_forgotten gone = {0};
    date_t today = disk_today(disk);
    if (disk->forget_days <= 0 || today == DATE_NONE || today == disk->forgot_on) {
        return;
    }
    if (forgot_on(disk) == today) {
        disk->forgot_on = today;
        return;
    }
    enum err err = store_forget(disk->store, known_to_centre(disk),
                                disk->forget_days, &gone);
    if (err != ERR_OK) {
        log_line("event=forget err=%s", err_name(err));
    } else if (gone.people > 0 || gone.jobs > 0) {
        log_line("event=forget people=%d jobs=%d events=%d", gone.people, gone.jobs,
                 gone.events);
    }
    note_day(disk, today); /* also after an error: tomorrow is soon enough */
}
