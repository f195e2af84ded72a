#include "server/body.h"

#include "wire/json.h"

#include <string.h>

/* ---- values ------------------------------------------------------------------------ */

bool value_text(struct str value, struct str *text_out)
{
    return json_plain(value, text_out);
}

bool value_int(struct str value, int64_t max, int64_t *number_out)
{
    int64_t number;
    if (!json_number(value, &number) || number > max) {
        return false;
    }
    *number_out = number;
    return true;
}

bool value_flag(struct str value, bool *flag_out)
{
    if (!str_eq(value, STR("true")) && !str_eq(value, STR("false"))) {
        return false;
    }
    *flag_out = value.ptr[0] == 't';
    return true;
}

bool value_date(struct str value, date_t *date_out)
{
    struct str text;
    return json_plain(value, &text) && date_parse(text, date_out) == ERR_OK;
}

bool value_time(struct str value, int *minute_out)
{
    struct str text;
    return json_plain(value, &text) && time_parse(text, minute_out) == ERR_OK;
}

static bool is_there(struct str value)
{
    return value.len > 0 && !str_eq(value, STR("null"));
}

bool value_int_or_0(struct str value, int64_t max, int64_t *number_out)
{
    if (!is_there(value)) {
        *number_out = 0;
        return true;
    }
    return value_int(value, max, number_out);
}

bool value_flag_or_false(struct str value, bool *flag_out)
{
    if (!is_there(value)) {
        *flag_out = false;
        return true;
    }
    return value_flag(value, flag_out);
}

/* ---- members by name -----------------------------------------------------------------
 */

bool body_value(struct str object, const char *name, struct str *value_out)
{
    struct json_walk walk = json_walk(object);
    struct str member, value;
    while (json_walk_next(&walk, &member, &value)) {
        if (str_eq(member, str_of(name))) {
            *value_out = value;
            return !str_eq(value, STR("null"));
        }
    }
    return false;
}

void body_values(struct str object, const char *const *names, size_t count,
                 struct str *values_out)
{
    struct json_walk walk = json_walk(object);
    struct str member, value;
    memset(values_out, 0, count * sizeof *values_out);
    while (json_walk_next(&walk, &member, &value)) {
        for (size_t i = 0; i < count; i++) {
            if (names[i][0] == member.ptr[0] && str_eq(member, str_of(names[i]))) {
                values_out[i] = value;
                break;
            }
        }
    }
}

bool body_object(struct str object, const char *name, struct str *inner_out)
{
    struct str value;
    if (!body_value(object, name, &value) || value.len == 0 || value.ptr[0] != '{') {
        return false;
    }
    *inner_out = value;
    return true;
}

bool body_text(struct str object, const char *name, struct str *text_out)
{
    struct str value;
    return body_value(object, name, &value) && json_plain(value, text_out);
}

bool body_uid(struct str object, const char *name, struct uid *id_out)
{
    struct str text;
    struct uid id;
    if (!body_text(object, name, &text) || uid_parse(text, &id) != ERR_OK ||
        uid_is_nil(id)) {
        return false;
    }
    *id_out = id;
    return true;
}

bool body_int(struct str object, const char *name, int64_t max, int64_t *number_out)
{
    struct str value;
    return body_value(object, name, &value) && value_int(value, max, number_out);
}

bool body_flag(struct str object, const char *name, bool *flag_out)
{
    struct str value;
    return body_value(object, name, &value) && value_flag(value, flag_out);
}

bool body_date(struct str object, const char *name, date_t *date_out)
{
    struct str value;
    return body_value(object, name, &value) && value_date(value, date_out);
}

bool body_uid_or_nil(struct str object, const char *name, struct uid *id_out)
{
    struct str value;
    if (!body_value(object, name, &value)) {
        *id_out = (struct uid){{0}};
        return true;
    }
    return body_uid(object, name, id_out);
}

bool body_flag_or_false(struct str object, const char *name, bool *flag_out)
{
    struct str value;
    if (!body_value(object, name, &value)) {
        *flag_out = false;
        return true;
    }
    return body_flag(object, name, flag_out);
}
