/* Text for the world: paragraphs with bidi levels (UAX #9, fribidi), runs by script with
 * font fallback, shaping by SDL_ttf/HarfBuzz, line breaks by libunistring (UAX #14), and
 * bounded caches of shaped runs. Main thread only, except where stated. */
#ifndef TEXT_TEXT_H
#define TEXT_TEXT_H

#include "base/err.h"
#include "ui/text_measure.h"
#include "ui/text_paint.h"

struct text;

/* Opens the kiosk's typeface (Inter) and fallbacks for other scripts. ERR_NOT_FOUND:
 * not even one font; `why` names what to install. */
enum err text_open(struct buf *why, struct text **text_out) NODISCARD;
void text_close(struct text *text); /* NULL is fine */
struct text_measure text_measure(struct text *text);
struct text_paint text_paint(struct text *text);

#endif
