/* The values of sentences that pure code says. */
#include "i18n/i18n.h"

void tr_value(struct buf *out, const struct i18n *i18n, const struct sentence_arg *arg,
              enum date_style dates)
{
    switch (arg->kind) {
    case VALUE_WORD:
        buf_puts(out, tr(i18n, arg->text));
        break;
    case VALUE_TEXT:
        buf_puts(out, arg->text);
        break;
    case VALUE_COUNT:
        buf_printf(out, "%d", arg->number);
        break;
    case VALUE_MINUTES:
        tr_hours(out, i18n, arg->number);
        break;
    case VALUE_CLOCK:
        tr_clock(out, i18n, arg->number);
        break;
    case VALUE_DATE:
        tr_date(out, i18n, arg->number, dates);
        break;
    }
}
