/* Any line to `anlauf rules check`: exactly one line of JSON comes back. */
#include "domain/rules_json.h"

#include "base/asset.h"

#include <jansson.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str asset_text(const char *name)
{
    const struct asset *asset = asset_find(name);
    CHECK(asset != NULL);
    return (struct str){(const char *)asset->data, asset->len};
}

static void open_books(struct rules **rules, struct calendar **calendar)
{
    char memory[256];
    struct buf error;
    buf_init(&error, memory, sizeof memory);
    CHECK(rules_load(asset_text("rules/youth-work.json"), STR(""), &error, rules) == ERR_OK);
    CHECK(calendar_load(asset_text("rules/berlin-calendar.json"), &error, calendar) ==
          ERR_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct rules *rules;
    static struct calendar *calendar;
    static char memory[RULES_ANSWER_SIZE];
    struct buf out;
    if (rules == NULL) {
        open_books(&rules, &calendar);
    }
    buf_init(&out, memory, sizeof memory);
    enum err err =
        rules_check_line(rules, calendar, (struct str){(const char *)data, size}, 7, &out);
    json_t *answer = json_loadb(memory, out.len, 0, NULL);
    CHECK(!out.cut && memchr(memory, '\n', out.len) == NULL);
    CHECK(json_is_object(answer));
    CHECK((err == ERR_OK) == json_is_boolean(json_object_get(answer, "allowed")));
    json_decref(answer);
    return 0;
}
