/* Text for the world: paragraphs with bidi levels (UAX #9, fribidi), runs by script with
 * font fallback, shaping by SDL_ttf/HarfBuzz, line breaks by libunistring (UAX #14), and
 * bounded caches of layouts and of shaped runs. Main thread only.
 *
 * Any bytes may come: malformed UTF-8 shows U+FFFD, control characters are left out,
 * bidi controls and isolates (U+2066 … U+2069) work and are not drawn. Of one text at
 * most 12000 characters, 64 lines and 2048 runs are shown; more counts as cut. The empty
 * text has no line. lines_max ≤ 0 means as many lines as there may be. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/err.h"
#include "ui/text_measure.h"
#include "ui/text_paint.h"

struct text;

/* Finds the kiosk's typeface (Inter) or another in its place; files are read when the
 * first character needs them. ERR_NOT_FOUND: not even one font; `why` names what to
 * install. */
enum err text_open(struct buf *why, struct text **text_out) NODISCARD;
void text_close(struct text *text); /* NULL is fine */
struct text_measure text_measure(struct text *text);
struct text_paint text_paint(struct text *text);

/* For tests and for looking into a layout: one line a line, its runs from left to right,
 * each as <rtl|ltr> file "text". */
void text_inspect(struct text *text, const struct text_spec *spec, struct str s,
                  int width_max, int lines_max, struct buf *out);
/* Bytes that the caches hold now: layouts and pictures of runs. */
size_t text_cache_bytes(const struct text *text);

#endif
