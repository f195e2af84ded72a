/* One job on a Friday, 15:00 to 17:00, and events of it as one can read them aloud. */
#ifndef DOMAIN_DAY_H
#define DOMAIN_DAY_H

#include "domain/assignment.h"
#include "unit/unit.h"

#define DAY_DATE 20784 /* 2026-11-27 */

static inline struct uid day_uid(unsigned n)
{
    struct uid id = {{0}};
    id.b[0] = (uint8_t)(n >> 8);
    id.b[15] = (uint8_t)n;
    return id;
}

/* Minutes of the job's day, also before it and after it. */
static inline struct moment day_at(int minute)
{
    int64_t wall = date_to_wall_ms(DAY_DATE, 0) + (int64_t)minute * 60000;
    return (struct moment){wall, 1, wall - date_to_wall_ms(DAY_DATE - 3, 0), 0};
}

static inline struct assignment day_assignment(unsigned id)
{
    struct assignment a;
    struct wish wish = {.id = day_uid(id),
                        .participant = day_uid(id + 1000),
                        .title = "Handyhilfe im Seniorencafé",
                        .field = 5,
                        .work = {.date = DAY_DATE, .start = 900, .end = 1020}};
    assignment_from_wish(&a, &wish);
    return a;
}

static inline struct assignment_event day_event(const struct assignment *a,
                                                enum assignment_event_kind kind,
                                                enum assignment_by by, int minute)
{
    struct assignment_event e = {.kind = kind, .assignment = a->id, .by = by};
    e.at = day_at(minute);
    e.staff = by == BY_STAFF ? day_uid(9999) : day_uid(0);
    e.reason = by == BY_STAFF ? REASON_OTHER : REASON_NONE;
    e.missed_form = 1;
    return e;
}

static inline enum assignment_answer day_do(struct assignment *a,
                                            enum assignment_event_kind kind, int minute)
{
    struct assignment_event e = day_event(a, kind, BY_KIOSK, minute);
    return assignment_apply(a, &e);
}

static inline enum assignment_answer
day_staff(struct assignment *a, enum assignment_event_kind kind, int minute)
{
    struct assignment_event e = day_event(a, kind, BY_STAFF, minute);
    return assignment_apply(a, &e);
}

#endif
