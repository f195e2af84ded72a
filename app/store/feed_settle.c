/* What the centre's rows ask of state.db. */
#include "store/sync.h"

#include "store/centre.h"
#include "store/lease.h"
#include "store/state.h"

enum err store_feed_settle(struct store *store, int *facts_out)
{
    int facts = 0;
    enum err err = db_begin(&store->state);
    if (err == ERR_OK) {
        err = db_end(&store->state, lease_return_recalled(store, &facts));
    }
    if (err == ERR_OK) {
        *facts_out = facts;
    }
    return err;
}
