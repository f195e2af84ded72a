/* Sums of money in the language's own form: no cents where there are none. */
#include "i18n/pattern.h"

static void put_amount(struct buf *out, const struct i18n *i18n, int cents)
{
    char euros[NUMBER_SIZE], rest[NUMBER_SIZE];
    const struct tr_arg args[] = {
        TR_ARG("euros", pattern_number(euros, cents / 100, 1)),
        TR_ARG("cents", pattern_number(rest, cents % 100, 2)),
        {0},
    };
    if (cents % 100 == 0) {
        buf_puts(out, euros);
        return;
    }
    /* An amount with cents, as in "7,50". */
    pattern_fill(out, i18n, N_("{euros},{cents}"), args);
}

static struct str amount_of(char memory[32], const struct i18n *i18n, int cents)
{
    struct buf amount;
    buf_init(&amount, memory, 32);
    put_amount(&amount, i18n, cents);
    return buf_str(&amount);
}

void tr_money(struct buf *out, const struct i18n *i18n, int cents)
{
    char memory[32];
    const struct tr_arg args[] = {{"amount", amount_of(memory, i18n, cents)}, {0}};
    /* A sum, as in "7,50 €"; the space before the sign does not break. */
    pattern_fill(out, i18n, N_("{amount} €"), args);
}

void tr_money_words(struct buf *out, const struct i18n *i18n, int cents)
{
    char memory[32];
    const struct i18n as_it_is = {0};
    const struct tr_arg args[] = {{"amount", amount_of(memory, i18n, cents)}, {0}};
    /* Broken amounts take the plural: "1,50 Euro" like "2 Euro". */
    int n = cents % 100 == 0 ? cents / 100 : cents / 100 + 2;
    pattern_fill(out, &as_it_is, tr_n(i18n, "{amount} Euro", "{amount} Euro", n), args);
}
