/* The columns that an offer and a wish share: what the rules need to know of the work.
 *
 *   date, starts, ends, break_minutes, site_kind, work_kind, load_g, dangerous, paced,
 *   alcohol_tobacco */
#ifndef STORE_WORK_H
#define STORE_WORK_H

#include "store/fact.h"
#include "store/query.h"

#define WORK_COLUMNS                                                                       \
    "date, starts, ends, break_minutes, site_kind, work_kind, load_g, dangerous, paced,"   \
    " alcohol_tobacco"

/* Texts that a bound work needs until query_done. */
struct work_memory {
    char date[11], starts[6], ends[6];
};

bool work_valid(const struct offer_work *work);
void work_bind(struct query *q, const struct offer_work *work, struct work_memory *memory);
void work_read(struct query *q, int first_column, struct offer_work *work_out);
void work_put(struct fact *fact, const struct offer_work *work);

#endif
