/* Dates in the language's own form: names from the catalogue, digits stay Western. */
#include "i18n/pattern.h"

static const char *const weekdays[] = {
    N_("Montag"),  N_("Dienstag"), N_("Mittwoch"), N_("Donnerstag"),
    N_("Freitag"), N_("Samstag"),  N_("Sonntag"),
};
static const char *const weekdays_short[] = {
    N_("Mo"), N_("Di"), N_("Mi"), N_("Do"), N_("Fr"), N_("Sa"), N_("So"),
};
static const char *const months[] = {
    N_("Januar"),    N_("Februar"), N_("März"),     N_("April"),
    N_("Mai"),       N_("Juni"),    N_("Juli"),     N_("August"),
    N_("September"), N_("Oktober"), N_("November"), N_("Dezember"),
};

static void put_full(struct buf *out, const struct i18n *i18n, date_t date)
{
    char day[NUMBER_SIZE];
    struct date_ymd ymd = date_to_ymd(date);
    const struct tr_arg args[] = {
        TR_ARG("weekday", tr(i18n, weekdays[date_weekday(date) - MONDAY])),
        TR_ARG("day", pattern_number(day, ymd.day, 1)),
        TR_ARG("month", tr(i18n, months[ymd.month - 1])),
        {0},
    };
    /* As in "Freitag, 27. November". */
    pattern_fill(out, i18n, N_("{weekday}, {day}. {month}"), args);
}

static void put_short(struct buf *out, const struct i18n *i18n, date_t date)
{
    char day[NUMBER_SIZE], month[NUMBER_SIZE];
    struct date_ymd ymd = date_to_ymd(date);
    const struct tr_arg args[] = {
        TR_ARG("weekday", tr(i18n, weekdays_short[date_weekday(date) - MONDAY])),
        TR_ARG("day", pattern_number(day, ymd.day, 1)),
        TR_ARG("month", pattern_number(month, ymd.month, 1)),
        {0},
    };
    /* As in "Fr, 27.11.". */
    pattern_fill(out, i18n, N_("{weekday}, {day}.{month}."), args);
}

static void put_numbers(struct buf *out, const struct i18n *i18n, date_t date, bool with_year)
{
    char day[NUMBER_SIZE], month[NUMBER_SIZE], year[NUMBER_SIZE];
    struct date_ymd ymd = date_to_ymd(date);
    const struct tr_arg args[] = {
        TR_ARG("day", pattern_number(day, ymd.day, 1)),
        TR_ARG("month", pattern_number(month, ymd.month, 1)),
        TR_ARG("year", pattern_number(year, ymd.year, 1)),
        {0},
    };
    /* As in "27.11." and "27.11.2026". */
    pattern_fill(out, i18n,
                 with_year ? N_("{day}.{month}.{year}") : N_("{day}.{month}."), args);
}

void tr_date(struct buf *out, const struct i18n *i18n, date_t date, enum date_style style)
{
    switch (style) {
    case DATE_FULL:
        put_full(out, i18n, date);
        break;
    case DATE_SHORT:
        put_short(out, i18n, date);
        break;
    case DATE_NUMBERS:
    case DATE_DAY:
        put_numbers(out, i18n, date, style == DATE_DAY);
        break;
    case DATE_WEEKDAY:
        buf_puts(out, tr(i18n, weekdays_short[date_weekday(date) - MONDAY]));
        break;
    case DATE_WEEKDAY_FULL:
        buf_puts(out, tr(i18n, weekdays[date_weekday(date) - MONDAY]));
        break;
    case DATE_MONTH:
        buf_puts(out, tr(i18n, months[date_to_ymd(date).month - 1]));
        break;
    }
}
