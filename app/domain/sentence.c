#include "domain/sentence.h"

#include <string.h>

struct sentence sentence_of(const char *text)
{
    return (struct sentence){.text = text};
}

static struct sentence_arg *add(struct sentence *s, const char *name,
                                enum sentence_value kind)
{
    CHECK(s->arg_count < SENTENCE_ARGS_MAX);
    struct sentence_arg *arg = &s->args[s->arg_count++];
    *arg = (struct sentence_arg){.name = name, .kind = kind};
    return arg;
}

void sentence_word(struct sentence *s, const char *name, const char *german)
{
    add(s, name, VALUE_WORD)->text = german;
}

void sentence_text(struct sentence *s, const char *name, const char *text)
{
    add(s, name, VALUE_TEXT)->text = text;
}

void sentence_number(struct sentence *s, const char *name, enum sentence_value kind,
                     int number)
{
    CHECK(kind != VALUE_WORD && kind != VALUE_TEXT);
    add(s, name, kind)->number = number;
}

static void put_minutes(struct buf *out, int minutes)
{
    int hours = minutes / 60, rest = minutes % 60;
    if (hours > 0) {
        buf_printf(out, hours == 1 ? "%d Stunde" : "%d Stunden", hours);
    }
    if (rest > 0 || hours == 0) {
        buf_printf(out, rest == 1 ? "%s%d Minute" : "%s%d Minuten", hours > 0 ? " " : "",
                   rest);
    }
}

static void put_value(struct buf *out, const struct sentence_arg *arg)
{
    char memory[11];
    switch (arg->kind) {
    case VALUE_WORD:
    case VALUE_TEXT:
        buf_puts(out, arg->text);
        break;
    case VALUE_COUNT:
        buf_printf(out, "%d", arg->number);
        break;
    case VALUE_MINUTES:
        put_minutes(out, arg->number);
        break;
    case VALUE_CLOCK:
        time_format(arg->number, memory);
        buf_puts(out, memory);
        break;
    case VALUE_DATE: {
        struct date_ymd d = date_to_ymd(arg->number);
        buf_printf(out, "%d.%d.", d.day, d.month);
        break;
    }
    }
}

static const struct sentence_arg *find(const struct sentence *s, struct str name)
{
    for (int i = 0; i < s->arg_count; i++) {
        if (str_eq(str_of(s->args[i].name), name)) {
            return &s->args[i];
        }
    }
    return NULL;
}

void sentence_german(struct buf *out, const struct sentence *s)
{
    for (const char *at = s->text ? s->text : ""; *at;) {
        const char *open = strchr(at, '{'), *close = open ? strchr(open, '}') : NULL;
        if (!close) {
            buf_puts(out, at);
            return;
        }
        buf_put(out, (struct str){at, (size_t)(open - at)});
        struct str name = {open + 1, (size_t)(close - open - 1)};
        const struct sentence_arg *arg = find(s, name);
        if (arg) {
            put_value(out, arg);
        } else {
            buf_put(out, (struct str){open, name.len + 2});
        }
        at = close + 1;
    }
}
