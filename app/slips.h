/* The kiosk's slips in words: wish, card, agreement, hours, sheet, order, day. Pure. */
#ifndef APP_SLIPS_H
#define APP_SLIPS_H

#include "i18n/i18n.h"
#include "model/model.h"
#include "print/slip.h"

/* effect: EFFECT_PRINT_…, with the text of its QR code; EFFECT_PRINT_ORDER also with the
 * code to be read in `alias`. The sheet and the day come from the model. */
enum err slips_make(const struct effect *effect, const struct model *model,
                    struct slip *slip_out) NODISCARD;

/* slips_sheet.c: only the parts that its owner chose (bits of enum sheet_part). Never own
 * words: what was entrusted is not printed. */
enum err slips_sheet(const struct i18n *i18n, const struct model *model, unsigned parts,
                     struct str alias, struct slip *slip_out) NODISCARD;
/* slips_day.c: the team's list of today. */
enum err slips_day(const struct i18n *i18n, const struct model *model,
                   struct slip *slip_out) NODISCARD;

/* Pieces of lines. */
struct str slips_when(struct buf *out, const struct i18n *i18n,
                      const struct offer_work *work);
struct str slips_sentence(struct buf *out, const struct i18n *i18n,
                          const struct sentence *sentence);

#endif
