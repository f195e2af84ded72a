/* What a fact says: the members of its body. */
#include "store/fact.h"

#include "store/state.h"

#include <sodium.h>
#include <string.h>

#define AT_ONCE_MS 1000 /* between a moment and the fact that tells it */

void fact_init(struct fact *fact, enum kind kind, struct uid id)
{
    fact->kind = kind;
    fact->id = id;
    fact->at = (struct moment){0};
    buf_init(&fact->body, fact->memory, sizeof fact->memory);
    buf_putc(&fact->body, '{');
}

static void put_name(struct fact *fact, const char *name)
{
    char last = fact->body.data[fact->body.len - 1];
    if (last != '{') {
        buf_putc(&fact->body, ',');
    }
    buf_json(&fact->body, str_of(name));
    buf_putc(&fact->body, ':');
}

static void put_raw(struct fact *fact, const char *name, const char *json)
{
    put_name(fact, name);
    buf_puts(&fact->body, json);
}

void fact_text(struct fact *fact, const char *name, struct str text)
{
    put_name(fact, name);
    buf_json(&fact->body, text);
}

void fact_uid(struct fact *fact, const char *name, struct uid id)
{
    char text[UID_TEXT_SIZE];
    if (!uid_is_nil(id)) {
        uid_format(id, text);
        fact_text(fact, name, str_of(text));
    }
}

void fact_int(struct fact *fact, const char *name, int64_t value)
{
    put_name(fact, name);
    buf_printf(&fact->body, "%lld", (long long)value);
}

void fact_bool(struct fact *fact, const char *name, bool value)
{
    put_raw(fact, name, value ? "true" : "false");
}

void fact_count(struct fact *fact, const char *name, int64_t value)
{
    if (value != 0) {
        fact_int(fact, name, value);
    }
}

void fact_flag(struct fact *fact, const char *name, bool value)
{
    if (value) {
        fact_bool(fact, name, true);
    }
}

void fact_word(struct fact *fact, const char *name, const char *word, const char *usual)
{
    if (strcmp(word, usual) != 0) {
        fact_text(fact, name, str_of(word));
    }
}

void fact_date(struct fact *fact, const char *name, date_t date)
{
    char text[11];
    if (date != DATE_NONE) {
        date_format(date, text);
        fact_text(fact, name, str_of(text));
    }
}

void fact_time(struct fact *fact, const char *name, int minute)
{
    char text[6];
    time_format(minute, text);
    fact_text(fact, name, str_of(text));
}

void fact_field(struct fact *fact, const char *name, int field)
{
    char code[FIELD_CODE_SIZE];
    if (field >= 1 && field <= FIELD_MAX) {
        field_code(field, code);
        fact_text(fact, name, str_of(code));
    }
}

void fact_fields(struct fact *fact, const char *name, field_set_t fields)
{
    const char *between = "";
    put_raw(fact, name, "[");
    for (int field = 1; field <= FIELD_MAX; field++) {
        char code[FIELD_CODE_SIZE];
        if (field_in(fields, field)) {
            field_code(field, code);
            buf_printf(&fact->body, "%s\"%s\"", between, code);
            between = ",";
        }
    }
    buf_putc(&fact->body, ']');
}

void fact_bytes(struct fact *fact, const char *name, const uint8_t *bytes, size_t len)
{
    char text[FACT_BODY_SIZE / 2];
    if (len == 0) {
        return;
    }
    CHECK(sodium_base64_ENCODED_LEN(len, sodium_base64_VARIANT_ORIGINAL) <= sizeof text);
    sodium_bin2base64(text, sizeof text, bytes, len, sodium_base64_VARIANT_ORIGINAL);
    fact_text(fact, name, str_of(text));
}

/* How far it may be off is null if nobody knows. */
static void put_moment(struct fact *fact, const struct moment *m)
{
    if (!moment_is(m)) {
        buf_puts(&fact->body, "null");
        return;
    }
    buf_printf(&fact->body, "{\"wall_ms\":%lld,\"boot\":%lld,\"mono_ms\":%lld,",
               (long long)m->wall_ms, (long long)m->boot, (long long)m->mono_ms);
    buf_puts(&fact->body, "\"uncertainty_ms\":");
    if (m->uncertainty_ms == MOMENT_UNSURE) {
        buf_puts(&fact->body, "null}");
    } else {
        buf_printf(&fact->body, "%lld}", (long long)m->uncertainty_ms);
    }
}

/* An event is never later than the clock says, nor much earlier than the one before. */
static bool is_now(const struct store *store, const struct moment *m)
{
    int64_t ago_ms = clock_mono_ms(&store->clock) - m->mono_ms;
    return m->boot == store->boot && m->uncertainty_ms == 0 && ago_ms >= 0 &&
           ago_ms < AT_ONCE_MS;
}

void fact_at(struct fact *fact, const struct store *store, const struct moment *at)
{
    if (is_now(store, at)) {
        fact->at = *at;
    } else {
        put_name(fact, "at");
        put_moment(fact, at);
    }
}

void fact_moments(struct fact *fact, const char *name, const struct moment *list,
                  size_t count)
{
    put_raw(fact, name, "[");
    for (size_t i = 0; i < count; i++) {
        buf_puts(&fact->body, i > 0 ? "," : "");
        put_moment(fact, &list[i]);
    }
    buf_putc(&fact->body, ']');
}

void fact_open(struct fact *fact, const char *name)
{
    put_raw(fact, name, "{");
}

void fact_close(struct fact *fact)
{
    buf_putc(&fact->body, '}');
}
