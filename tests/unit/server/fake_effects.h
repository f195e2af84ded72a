/* What events change, for tests of what stands before: a few kinds that say themselves
 * what they do. To be included before town.h. */
#ifndef UNIT_SERVER_FAKE_EFFECTS_H
#define UNIT_SERVER_FAKE_EFFECTS_H

#include "server/effects.h"
#include "server/feed.h"
#include "server/people.h"
#include "server/places.h"
#include "unit/unit.h"
#include "wire/json.h"

static int effects_applied;

/* "odd.kind" is not known, "bad.body" is not understood, "put.row" writes to the feed,
 * "forget.it" forgets whom it names, "break.it" meets a storage that fails after it
 * wrote. */
enum err effects_apply(const struct scene *scene, const struct wire_line *line,
                       enum verdict *verdict_out)
{
    enum err err = ERR_OK;
    struct str kind = str_of(line->kind);
    *verdict_out = VERDICT_OK;
    effects_applied++;
    if (str_eq(kind, STR("odd.kind"))) {
        *verdict_out = VERDICT_KIND;
    } else if (str_eq(kind, STR("bad.body"))) {
        *verdict_out = VERDICT_BODY;
    } else if (str_eq(kind, STR("put.row"))) {
        err = feed_put(scene, STR("offer"), STR("R-1"), line->body);
    } else if (str_eq(kind, STR("forget.it"))) {
        char id[UID_TEXT_SIZE];
        uid_format(effects_participant(line), id);
        people_unknow(scene, effects_participant(line));
        err = feed_put(scene, STR("forgotten"), str_of(id), STR("{}"));
    } else if (str_eq(kind, STR("break.it"))) {
        err = feed_put(scene, STR("offer"), STR("R-2"), line->body);
        err = err == ERR_OK ? ERR_IO : err;
    }
    return err;
}

struct uid effects_participant(const struct wire_line *line)
{
    struct str name, value, text;
    struct uid id = {{0}};
    if (line->what != WIRE_EVENT) {
        return id;
    }
    struct json_walk walk = json_walk(line->body);
    while (json_walk_next(&walk, &name, &value)) {
        if (str_eq(name, STR("participant")) && json_plain(value, &text)) {
            assert_int_equal(uid_parse(text, &id), ERR_OK);
        }
    }
    return id;
}

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {"ok", "kind", "version", "body", "line"};
    return names[verdict];
}

static int new_bodies, settlings;

enum err places_new_body(const struct scene *scene)
{
    (void)scene;
    new_bodies++;
    return ERR_OK;
}

enum err places_settle_all(const struct scene *scene)
{
    (void)scene;
    settlings++;
    return ERR_OK;
}

static inline void fake_effects_reset(void)
{
    settlings = 0;
    effects_applied = 0;
    new_bodies = 0;
}

#endif
