/* Forgetting on the disk worker: the keys at the end of a visit, old things once a day.
 */
#ifndef APP_DISK_FORGET_H
#define APP_DISK_FORGET_H

#include "disk_jobs.h"

/* Does it if it was not yet done today; while nobody waits for the disk. */
void disk_forget_old(struct disk *disk);

#endif
