/* A stored wish: its columns and how they are read. */
#ifndef STORE_WISH_ROW_H
#define STORE_WISH_ROW_H

#include "domain/wish.h"
#include "store/work.h"

/* Of wish w joined with participant p. */
#define WISH_COLUMNS                                                                     \
    "w.id, w.participant, p.alias, w.code, w.title, w.place, w.district, w.field, "      \
    "w.cents,"                                                                           \
    " w.state, w.reason, w.waiting, w.made_wall_ms, " WORK_COLUMNS

void wish_read(struct query *q, struct wish *wish); /* from column 0 on */

#endif
