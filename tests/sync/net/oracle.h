/* What one request may have changed at the centre at most, told from the request alone.
 */
#ifndef NET_ORACLE_H
#define NET_ORACLE_H

#include "server/core.h"

struct centre;

struct oracle {
    bool upload;
    int64_t epoch, bound; /* the log's number afterwards, at most */
    int64_t before;       /* and before, of all logs of that epoch */
    int64_t first_told;   /* lines that stand at the centre for the first time */
    int64_t effects;      /* a number that changes with what lines do */
};
void oracle_before(struct oracle *oracle, struct centre *centre,
                   const struct core_job *job);
bool oracle_after(const struct oracle *oracle, struct centre *centre);

#endif
