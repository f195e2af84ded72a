/* Offers on their way from the disk worker to the model: too many to be an answer.
 *
 * The worker fills its own half and swaps it in under the lock; the loop copies out. */
#ifndef APP_OFFERS_BOX_H
#define APP_OFFERS_BOX_H

#include "model/model.h"

struct offers_box;

enum err offers_box_open(struct offers_box **box_out) NODISCARD;
void offers_box_close(struct offers_box *box); /* NULL is fine */
/* Worker: the half to fill (OFFERS_MAX), then how many there are. */
struct offer *offers_box_fill(struct offers_box *box);
void offers_box_swap(struct offers_box *box, size_t count);
/* Loop: into the model. The offer that somebody has open stays in the list until they
 * leave it, with no place left if it is gone. */
void offers_box_take(struct offers_box *box, struct model *model);

#endif
