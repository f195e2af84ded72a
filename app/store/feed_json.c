/* Reading members of a row's body. */
#include "store/feed_json.h"

#include <sodium.h>

json_t *feed_json_open(struct str body)
{
    json_t *root = json_loadb(body.ptr, body.len, JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(root)) {
        json_decref(root);
        return NULL;
    }
    return root;
}

struct str feed_json_text(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    const char *text = json_string_value(value);
    return (struct str){text ? text : "", text ? json_string_length(value) : 0};
}

struct uid feed_json_uid(const json_t *object, const char *name)
{
    struct uid id;
    bool ok = uid_parse(feed_json_text(object, name), &id) == ERR_OK;
    return ok ? id : (struct uid){{0}};
}

bool feed_json_bytes(const json_t *object, const char *name, void *out, size_t len)
{
    size_t got = 0;
    struct str text = feed_json_text(object, name);
    return sodium_base642bin(out, len, text.ptr, text.len, NULL, &got, NULL,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
           got == len;
}
