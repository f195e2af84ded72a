/* A stored wish. */
#include "store/wish_row.h"

#include "store/names.h"

#include <string.h>

void wish_read(struct query *q, struct wish *wish)
{
    memset(wish, 0, sizeof *wish);
    wish->id = query_get_uid(q, 0);
    wish->participant = query_get_uid(q, 1);
    query_get_text(q, 2, wish->alias, sizeof wish->alias);
    query_get_text(q, 3, wish->code, sizeof wish->code);
    query_get_text(q, 4, wish->title, sizeof wish->title);
    query_get_text(q, 5, wish->place, sizeof wish->place);
    query_get_text(q, 6, wish->district, sizeof wish->district);
    wish->field = query_get_field(q, 7);
    wish->cents = (int)query_get_int(q, 8);
    int state = names_value(&names_wish_state, query_peek_text(q, 9));
    int reason = names_value(&names_decline, query_peek_text(q, 10));
    wish->waiting = query_get_bool(q, 11);
    wish->made_wall_ms = query_get_int(q, 12);
    work_read(q, 13, &wish->work);
    if (state < 0 || reason < 0) {
        query_corrupt(q);
        return;
    }
    wish->state = (enum wish_state)state;
    wish->reason = (enum decline_reason)reason;
}
