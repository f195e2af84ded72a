/* What staff should look at. One task for each kind and thing; no free text in it. */
#ifndef SERVER_TASKS_H
#define SERVER_TASKS_H

#include "server/effects.h"

#define TASK_TALK "talk"                   /* somebody wants to talk; about: who, or a line */
#define TASK_TOO_MANY "too-many"           /* confirmed without a place: wish */
#define TASK_CROSSED "crossed"             /* decided twice and differently: wish */
#define TASK_RULES "rules"                 /* confirmed against a rule: wish */
#define TASK_RULES_UNKNOWN "rules-unknown" /* confirmed for somebody not known here: wish */
#define TASK_PLACE_FREE "place-free"       /* and people wait: offer */
#define TASK_TELL_SITE "tell-site"         /* ten were asked, nobody wants it: offer */
#define TASK_LEASE_COPY "lease-copy"       /* held by a kiosk's older body: lease */
#define TASK_LEASE_LOST "lease-lost"       /* held by a kiosk that was locked: lease */
#define TASK_FLOOD "flood"                 /* sends more than any kiosk has to say: kiosk */

/* `body` is one object of JSON. What was done before is opened anew. */
enum err tasks_open(const struct scene *scene, const char *kind, struct str about,
                    struct str body) NODISCARD;
/* Once for ever: done stays done. */
enum err tasks_open_once(const struct scene *scene, const char *kind, struct str about,
                         struct str body) NODISCARD;
enum err tasks_open_about(const struct scene *scene, const char *kind, struct uid about)
    NODISCARD; /* with an empty body */
enum err tasks_close(const struct scene *scene, const char *kind, struct str about) NODISCARD;
/* Whatever is said about this thing, as if it had never been. */
enum err tasks_erase(const struct scene *scene, struct uid about) NODISCARD;

#endif
