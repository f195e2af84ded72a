/* Offers from a file: a JSON list of objects, read whole or not at all.
 *
 * Required: code (A–Z 0–9 -, at most 15, each once), title (≤ 60 characters),
 * text (≤ 300), field ("F01" … "F25"), district (≤ 40), start, end ("16:00"),
 * cents_per_hour (0 … 10000), places (1 … 99), min_age (13 … 25),
 * after_full_time_schooling, site_kind, work_kind, and exactly one of
 *   date     "2026-11-27"
 *   weekday  1 (Monday) … 7: the first such day after `today`, never today itself
 * Optional, with what their absence means:
 *   hours            must agree with start, end and break (two decimals), if given
 *   place ""         a meeting point, ≤ 60 characters
 *   break_minutes 0, load_kg 0 (0 … 200, two decimals), taken 0 (≤ places),
 *   walk_minutes 0 (unknown; ≤ 600), dangerous false, paced false,
 *   alcohol_tobacco false, adult_present false, at_once false
 * Anything else is refused, as are texts with control characters or stray spaces. */
#ifndef DOMAIN_OFFER_JSON_H
#define DOMAIN_OFFER_JSON_H

#include "domain/offer.h"

/* `offers_out` has room for `max`. On an error nothing counts (*count_out is untouched)
 * and `error` says "line 12: field 'start': must be a time like 16:00". ERR_INVALID, or
 * ERR_FULL if the file has more than `max` offers. */
enum err offers_parse(struct str json, date_t today, struct offer *offers_out, size_t max,
                      size_t *count_out, struct buf *error) NODISCARD;

/* One offer as the centre sends it (sync/PROTOCOL.md): with `date`, and members that are
 * not known are left alone, as a newer centre may have more. What is taken beyond the
 * places counts as all of them. ERR_INVALID: not understood. */
enum err offer_parse_row(struct str json, struct offer *offer_out) NODISCARD;

#endif
