/* Values inserted into a translated text, and texts made plain again.
 *
 * UAX #9 (bidi): a value between U+2068 and U+2069 cannot reorder its surroundings,
 * unless it closes the isolate itself. So what the value says about direction is kept
 * only if it is a whole pair of isolates. */
#include "base/utf8.h"
#include "i18n/i18n.h"

#include <string.h>

#define FSI 0x2068u
#define PDI 0x2069u
#define LRI 0x2066u

static void put_char(struct buf *out, uint32_t cp)
{
    char bytes[4];
    buf_put(out, (struct str){bytes, utf8_encode(cp, bytes)});
}

/* Embeddings and overrides: U+202A … U+202E. */
static bool is_embedding(uint32_t cp)
{
    return cp >= 0x202A && cp <= 0x202E;
}

static void put_isolated(struct buf *out, struct str value)
{
    size_t at = 0;
    int depth = 1;
    uint32_t cp;
    put_char(out, FSI);
    while ((cp = utf8_next(value, &at)) != 0) {
        if (is_embedding(cp) || (cp == PDI && depth == 1)) {
            continue;
        }
        depth += cp >= LRI && cp <= FSI ? 1 : cp == PDI ? -1 : 0;
        put_char(out, cp);
    }
    while (depth-- > 0) {
        put_char(out, PDI);
    }
}

static const struct tr_arg *find_arg(const struct tr_arg *args, size_t count,
                                     struct str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(str_of(args[i].name), name)) {
            return &args[i];
        }
    }
    return NULL;
}

void tr_fill(struct buf *out, const char *format, const struct tr_arg *args, size_t count)
{
    const char *open, *close;
    while ((open = strchr(format, '{')) != NULL && (close = strchr(open, '}')) != NULL) {
        struct str name = {open + 1, (size_t)(close - open - 1)};
        const struct tr_arg *arg = find_arg(args, count, name);
        if (arg) {
            buf_put(out, (struct str){format, (size_t)(open - format)});
            put_isolated(out, arg->value);
            format = close + 1;
        } else {
            buf_put(out, (struct str){format, (size_t)(open + 1 - format)});
            format = open + 1;
        }
    }
    buf_puts(out, format);
}

/* Marks of direction and joining, soft hyphen, byte order mark. */
static bool is_invisible(uint32_t cp)
{
    return cp == 0xAD || cp == 0x61C || (cp >= 0x200B && cp <= 0x200F) ||
           is_embedding(cp) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF;
}

static bool is_hard_space(uint32_t cp)
{
    return cp == 0xA0 || cp == 0x2009 || cp == 0x202F;
}

void tr_plain(struct buf *out, struct str text)
{
    size_t at = 0;
    uint32_t cp;
    while ((cp = utf8_next(text, &at)) != 0) {
        if (!is_invisible(cp)) {
            put_char(out, is_hard_space(cp) ? ' ' : cp);
        }
    }
}
