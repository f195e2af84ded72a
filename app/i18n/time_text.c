/* Times of day and lengths of time in the language's own form. */
#include "i18n/pattern.h"

void tr_clock(struct buf *out, const struct i18n *i18n, int minute)
{
    char hour[NUMBER_SIZE], rest[NUMBER_SIZE];
    const struct tr_arg args[] = {
        TR_ARG("hour", pattern_number(hour, minute / 60, 1)),
        TR_ARG("minute", pattern_number(rest, minute % 60, 2)),
        {0},
    };
    /* A time of day, as in "15:42". */
    pattern_fill(out, i18n, N_("{hour}:{minute}"), args);
}

/* "16" at the full hour, else "16:30". */
static void put_edge(struct buf *out, const struct i18n *i18n, int minute)
{
    char hour[NUMBER_SIZE];
    const struct tr_arg args[] = {
        TR_ARG("hour", pattern_number(hour, minute / 60, 1)),
        {0},
    };
    if (minute % 60 != 0) {
        tr_clock(out, i18n, minute);
        return;
    }
    /* A full hour within "{from}–{to} Uhr": German says "16", others "16:00". */
    pattern_fill(out, i18n, N_("{hour}"), args);
}

void tr_span(struct buf *out, const struct i18n *i18n, int start, int end, bool spoken)
{
    char memory[2][32];
    struct buf from, to;
    buf_init(&from, memory[0], sizeof memory[0]);
    buf_init(&to, memory[1], sizeof memory[1]);
    put_edge(&from, i18n, start);
    put_edge(&to, i18n, end);
    const struct tr_arg args[] = {
        {"from", buf_str(&from)},
        {"to", buf_str(&to)},
        {0},
    };
    /* As in "15–17 Uhr"; the second one is read aloud. */
    pattern_fill(out, i18n, spoken ? N_("{from} bis {to} Uhr") : N_("{from}–{to} Uhr"),
                 args);
}

static void put_counted(struct buf *out, const char *format, int n)
{
    char number[NUMBER_SIZE];
    const struct i18n as_it_is = {0};
    const struct tr_arg args[] = {TR_ARG("n", pattern_number(number, n, 1)), {0}};
    pattern_fill(out, &as_it_is, format, args);
}

void tr_hours(struct buf *out, const struct i18n *i18n, int minutes)
{
    int hours = minutes / 60, rest = minutes % 60;
    if (hours > 0 || rest == 0) {
        put_counted(out, tr_n(i18n, "{n} Stunde", "{n} Stunden", hours), hours);
    }
    if (hours > 0 && rest > 0) {
        buf_putc(out, ' ');
    }
    if (rest > 0) {
        put_counted(out, tr_n(i18n, "{n} Minute", "{n} Minuten", rest), rest);
    }
}
