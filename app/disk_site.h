/* What a site may see and do at the kiosk. */
#ifndef APP_DISK_SITE_H
#define APP_DISK_SITE_H

#include "disk_jobs.h"

/* Takes out what is the young person's own: alias, id, what they said of the job. */
void disk_hide_person(struct job_brief *brief);
/* The same for who holds a slip; nothing is asked of them but to come and go. */
void disk_hide_from_slip(struct job_brief *brief);
/* Did this visit's code open this job? */
bool disk_site_may(const struct disk *disk, const struct job_brief *brief);

#endif
