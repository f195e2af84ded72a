/* Questions and answers of `anlauf rules check`: one JSON object a line.
 *
 * In: {"id":"x","on":"2026-11-23",
 *      "participant":{"age":13,"full_time_schooling":true,"consent":true},
 *      "offer":{"date":"2026-11-23","start":"16:00","end":"18:00","break_minutes":0,
 *               "site_kind":"nonprofit","work_kind":"garden","load_kg":5,
 *               "dangerous":false,"paced":false,"alcohol_tobacco":false},
 *      "history":[{"date":"2026-11-23","start":"13:00","end":"14:00"}],
 *      "calendar":{"school_day":true,"school_holiday":false}}
 * Out: {"id":"x","allowed":false,
 *       "reasons":[{"rule":"…","law":"…","text":"…","instead":"…"}]}
 *  or: {"line":3,"id":"x","error":"…","field":"offer.start"}   (id and field if known)
 *
 * `text` says why, `instead` what is possible; a house rule may have no `instead`. `law`
 * is one reference, or several with ", " between them: "JArbSchG §11(1) Nr. 1, §11(2)".
 *
 * Unknown fields are refused: ignoring them would hide a misspelt "alcohol_tobacco". The
 * risks must be said, true or false. Optional, with what their absence means:
 *   offer.break_minutes, history[].break_minutes   0
 *   history                                        no other work
 *   history[].school_holiday     the calendar's answer for that day; a day the calendar
 *                                does not know counts towards the four weeks of §5(4)
 *   calendar                     the calendar's answer for the offer's day
 * Limits: age 0 … 120, load_kg 0 … 1000 with at most 3 decimals, id at most 4096 bytes,
 * history at most RULES_HISTORY_MAX entries. `on`, the day of the question, is checked
 * but decides nothing: what holds is what is in force on the day of the work. Public
 * holidays are computed from the date, never asked for. */
#ifndef DOMAIN_RULES_JSON_H
#define DOMAIN_RULES_JSON_H

#include "domain/calendar.h"

/* Fits every answer to a line with an id within the limit. */
#define RULES_ANSWER_SIZE 131072

/* Writes exactly one line, without its newline, into `out` (cleared first), of at least
 * RULES_ANSWER_SIZE bytes. ERR_INVALID if that is an error object. */
enum err rules_check_line(const struct rules *rules, const struct calendar *calendar,
                          struct str line, size_t line_number, struct buf *out) NODISCARD;

#endif
