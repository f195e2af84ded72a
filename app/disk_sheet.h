/* A person's sheet: what is kept for them, sealed to their card, and its opening. */
#ifndef APP_DISK_SHEET_H
#define APP_DISK_SHEET_H

#include "disk_keys.h"

/* A view as it is sealed: its bytes, then the own words of that side, if any. */
#define DISK_VIEW_BYTES_MAX (EVALUATION_VIEW_BYTES + OWN_WORDS_SIZE)

size_t disk_view_pack(const struct evaluation_view *view, const char *words,
                      uint8_t out[DISK_VIEW_BYTES_MAX]);
/* Opens one side's view and its words with the owner's pair or the team's. `words` "" if
 * there are none. ERR_NOT_FOUND: no view of that side. ERR_DENIED: closed to this pair.
 */
enum err disk_view_open(struct disk *disk, const struct seal_pair *pair,
                        enum disk_reader reader, struct uid job, enum form_side side,
                        struct evaluation_view *view_out,
                        char words_out[OWN_WORDS_SIZE]) NODISCARD;

/* Keeps the job as it now is in its owner's sheet, with both views if they are released
 * and the team's key is open. Without a key of the owner there is nothing to do. What
 * goes wrong is logged: the fact itself is saved, and opening the sheet looks at the jobs
 * that are still here as well. */
void disk_sheet_keep(struct disk *disk, struct uid fact, const struct job_brief *brief);

#endif
