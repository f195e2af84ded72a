/* A person's sheet on its way from the disk worker to the model: too much for an answer.
 *
 * The worker fills the box before it answers, the loop takes its items out once the
 * answer is there; what was taken or has become of no use is wiped. */
#ifndef APP_SHEET_BOX_H
#define APP_SHEET_BOX_H

#include "model/model.h"

struct sheet_box;

enum err sheet_box_open(struct sheet_box **box_out) NODISCARD;
void sheet_box_close(struct sheet_box *box); /* wipes; NULL is fine */

/* Worker: SHEET_ITEMS_MAX items to fill; sheet_box_put() hands over how many there are.
 */
struct sheet_item *sheet_box_begin(struct sheet_box *box);
void sheet_box_put(struct sheet_box *box, int count);
/* Loop: into model.sheet, and builds the sheet from them. */
void sheet_box_take(struct sheet_box *box, struct model *model);
/* Either. */
void sheet_box_wipe(struct sheet_box *box);

#endif
