/* What staff must have been told: nothing goes wrong silently. */
#include "sync/net/world.h"

#include "wire/line.h"

#include <stdio.h>
#include <string.h>

bool world_has_task(struct world *world, const struct uid *home, const char *kinds,
                    struct uid about)
{
    char text[UID_TEXT_SIZE];
    uid_format(about, text);
    struct ask ask = ask_on(world->centre.storage,
                            "SELECT 1 FROM task WHERE centre = :centre AND about = :about"
                            " AND instr(:kinds, kind) > 0");
    ask_uid(&ask, ":centre", home);
    ask_text(&ask, ":about", str_of(text));
    ask_text(&ask, ":kinds", str_of(kinds));
    bool found = ask_row(&ask);
    return ask_done(&ask) == ERR_OK && found;
}

/* ---- who was told "yes" at a kiosk ---------------------------------------------------
 */

static bool find_uid(struct str body, const char *name, struct uid *id_out)
{
    char pattern[40];
    snprintf(pattern, sizeof pattern, "\"%s\":\"", name);
    const char *at = memmem(body.ptr, body.len, pattern, strlen(pattern));
    if (!at || (size_t)(body.ptr + body.len - at) < strlen(pattern) + 26) {
        return false;
    }
    return uid_parse((struct str){at + strlen(pattern), 26}, id_out) == ERR_OK;
}

static void find_state(struct world *world, const struct uid *home, struct uid wish,
                       char state_out[16])
{
    struct ask ask =
        ask_on(world->centre.storage, "SELECT state FROM wish"
                                      " WHERE centre = :centre AND id = :id");
    ask_uid(&ask, ":centre", home);
    ask_uid(&ask, ":id", &wish);
    strcpy(state_out, "");
    if (ask_row(&ask)) {
        ask_get_text(&ask, 0, state_out, 16);
    }
    if (ask_done(&ask) != ERR_OK) {
        strcpy(state_out, "?");
    }
}

/* A yes of a kiosk that the centre could not keep, or that somebody took back. */
static bool check_yes(struct world *world, const struct uid *home, struct str text)
{
    char state[16], id[UID_TEXT_SIZE];
    struct wire_line line;
    struct uid wish;
    wire_line_parse(text, &line);
    if (memmem(line.body.ptr, line.body.len, "\"centre\":true", 13) ||
        !find_uid(line.body, "wish", &wish)) {
        return true;
    }
    find_state(world, home, wish, state);
    bool kept = strcmp(state, "confirmed") == 0 || strcmp(state, "declined") == 0;
    uid_format(wish, id);
    return kept || world_has_task(world, home, "too-many crossed", wish) ||
           world_fail(world, "tasks",
                      "a yes of a kiosk is \"%s\" and nobody is told (%.6s)", state, id);
}

static bool check_all_yes(struct world *world, const struct uid *home)
{
    static char lines[64][1024];
    int count = 0;
    struct ask ask = ask_on(world->centre.storage,
                            "SELECT line FROM event WHERE centre = :centre AND again = 0"
                            " AND kind = 'wish.confirmed' AND line <> ''");
    ask_uid(&ask, ":centre", home);
    while (count < 64 && ask_row(&ask)) {
        ask_get_text(&ask, 0, lines[count++], sizeof lines[0]);
    }
    if (ask_done(&ask) != ERR_OK) {
        return world_fail(world, "read", "no lines");
    }
    for (int i = 0; i < count && !world->failed; i++) {
        check_yes(world, home, str_of(lines[i]));
    }
    return !world->failed;
}

/* ---- leases that nobody gives back ------------------------------------------------- */

static bool check_leases(struct world *world, const struct uid *home)
{
    struct uid ids[64];
    int count = 0;
    struct ask ask =
        ask_on(world->centre.storage,
               "SELECT l.id FROM lease l JOIN device d"
               " ON d.centre = l.centre AND d.id = l.dev"
               " WHERE l.centre = :centre AND l.state IN ('granted', 'recalled')"
               " AND (d.state = 'revoked' OR l.epoch < (SELECT max(g.epoch)"
               "  FROM log g WHERE g.centre = l.centre AND g.dev = l.dev))");
    ask_uid(&ask, ":centre", home);
    while (count < 64 && ask_row(&ask)) {
        ids[count++] = ask_get_uid(&ask, 0);
    }
    if (ask_done(&ask) != ERR_OK) {
        return world_fail(world, "read", "no leases");
    }
    for (int i = 0; i < count && !world->failed; i++) {
        if (!world_has_task(world, home, "lease-copy lease-lost", ids[i])) {
            world_fail(world, "tasks", "a lease of a lost body, and nobody is told");
        }
    }
    return !world->failed;
}

bool world_check_tasks(struct world *world)
{
    for (int home = 0; home < WORLD_HOMES && !world->failed; home++) {
        (void)(check_all_yes(world, &world->homes[home]) &&
               check_leases(world, &world->homes[home]));
    }
    return !world->failed;
}
