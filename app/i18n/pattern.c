/* Filling in patterns of dates, times and sums. */
#include "i18n/pattern.h"

#include <stdio.h>
#include <string.h>

static size_t put_value(struct buf *out, const char *at, const struct tr_arg *args)
{
    for (const struct tr_arg *arg = args; arg->name; arg++) {
        size_t len = strlen(arg->name);
        if (strncmp(at + 1, arg->name, len) == 0 && at[len + 1] == '}') {
            buf_put(out, arg->value);
            return len + 2;
        }
    }
    buf_putc(out, '{');
    return 1;
}

void pattern_fill(struct buf *out, const struct i18n *i18n, const char *pattern,
                  const struct tr_arg *args)
{
    const char *at = tr(i18n, pattern);
    while (*at) {
        size_t len = strcspn(at, "{");
        buf_put(out, (struct str){at, len});
        at += len;
        if (*at) {
            at += put_value(out, at, args);
        }
    }
}

const char *pattern_number(char memory[NUMBER_SIZE], int number, int digits)
{
    snprintf(memory, NUMBER_SIZE, "%0*d", digits, number);
    return memory;
}
