/* Setting up: the server's keys, organisations, centres, staff, codes for kiosks. */
#include "server/desk.h"

#include "base/utf8.h"
#include "domain/participant.h"
#include "server/feed.h"

#include <string.h>

#define SECRET_SIZE 32
#define NAME_CHARS_MAX 60
#define NAME_SIZE 128 /* what a kiosk keeps of it, with NUL */
#define CODE_LIFE_MS (24 * 3600 * INT64_C(1000))

/* ---- the server ------------------------------------------------------------------ */

static enum err add_server(const struct scene *scene)
{
    uint8_t secrets[3 * SECRET_SIZE];
    rng_fill(scene->rng, secrets, sizeof secrets);
    struct ask ask =
        ask_on(scene->storage, "INSERT INTO server (one, seed, parcel_secret, token_key,"
                               " generation) VALUES (1, :seed, :parcel, :token, 1)");
    ask_blob(&ask, ":seed", secrets, SECRET_SIZE);
    ask_blob(&ask, ":parcel", secrets + SECRET_SIZE, SECRET_SIZE);
    ask_blob(&ask, ":token", secrets + (size_t)2 * SECRET_SIZE, SECRET_SIZE);
    enum err err = ask_run(&ask);
    explicit_bzero(secrets, sizeof secrets);
    return err;
}

enum err admin_init(struct admin *admin)
{
    struct scene scene;
    struct uid none = {{0}};
    enum err err = desk_begin(admin, none, &scene);
    if (err != ERR_OK) {
        return err;
    }
    struct ask ask = ask_on(scene.storage, "SELECT 1 FROM server");
    bool there = ask_row(&ask);
    err = ask_done(&ask);
    if (err != ERR_OK || there) {
        return storage_end(scene.storage, err);
    }
    return desk_end(admin, &scene, add_server(&scene), "init", STR(""));
}

/* ---- who there is ---------------------------------------------------------------- */

static bool name_valid(struct str name)
{
    char clean[NAME_SIZE];
    size_t len = utf8_clean(clean, sizeof clean, name, NAME_CHARS_MAX);
    return name.len > 0 && str_eq(name, (struct str){clean, len});
}

static enum err add_organisation(const struct scene *scene, struct uid id,
                                 struct str name)
{
    struct ask ask =
        ask_on(scene->storage, "INSERT INTO organisation (id, name) VALUES (:id, :name)");
    ask_uid(&ask, ":id", &id);
    ask_text(&ask, ":name", name);
    return ask_run(&ask);
}

enum err admin_organisation_add(struct admin *admin, struct str name, struct uid *id_out)
{
    struct scene scene;
    struct uid none = {{0}};
    enum err err = name_valid(name) ? desk_begin(admin, none, &scene) : ERR_INVALID;
    if (err != ERR_OK) {
        return err;
    }
    struct uid id = uid_make(scene.rng);
    err = add_organisation(&scene, id, name);
    err = desk_end_uid(admin, &scene, err, "organisation.add", id);
    if (err == ERR_OK) {
        *id_out = id;
    }
    return err;
}

static enum err organisation_there(const struct scene *scene, struct uid id)
{
    struct ask ask = ask_on(scene->storage, "SELECT 1 FROM organisation WHERE id = :id");
    ask_uid(&ask, ":id", &id);
    bool found = ask_row(&ask);
    return ask_done_found(&ask, found);
}

static enum err add_centre(const struct scene *scene, struct uid organisation,
                           struct uid id, struct str name)
{
    static const uint8_t no_rows[32]; /* a sum of nothing */
    enum err err = organisation_there(scene, organisation);
    if (err != ERR_OK) {
        return err;
    }
    struct ask ask = ask_on(scene->storage,
                            "INSERT INTO centre (id, organisation, name, rev, compacted,"
                            " live, digest, received)"
                            " VALUES (:id, :organisation, :name, 0, 0, 0, :digest, 0)");
    ask_uid(&ask, ":id", &id);
    ask_uid(&ask, ":organisation", &organisation);
    ask_text(&ask, ":name", name);
    ask_blob(&ask, ":digest", no_rows, sizeof no_rows);
    return ask_run(&ask);
}

enum err admin_centre_add(struct admin *admin, struct uid organisation, struct str name,
                          struct uid *id_out)
{
    struct scene scene;
    struct uid none = {{0}};
    enum err err = name_valid(name) ? desk_begin(admin, none, &scene) : ERR_INVALID;
    if (err != ERR_OK) {
        return err;
    }
    struct uid id = uid_make(scene.rng);
    err = add_centre(&scene, organisation, id, name);
    err = desk_end_uid(admin, &scene, err, "centre.add", id);
    if (err == ERR_OK) {
        *id_out = id;
    }
    return err;
}

static enum err put_seal(const struct scene *scene, const char *hex)
{
    char body[KEY_PUBLIC_TEXT_SIZE + 16];
    struct buf b;
    struct ask ask =
        ask_on(scene->storage, "UPDATE centre SET seal = :hex WHERE id = :id");
    ask_text(&ask, ":hex", str_of(hex));
    ask_uid(&ask, ":id", &scene->centre);
    enum err err = ask_run(&ask);
    buf_init(&b, body, sizeof body);
    buf_printf(&b, "{\"public\":\"%s\"}", hex);
    return err == ERR_OK ? feed_put(scene, STR("seal"), STR("centre"), buf_str(&b)) : err;
}

enum err admin_centre_seal(struct admin *admin, struct uid centre, struct str hex)
{
    char text[KEY_PUBLIC_TEXT_SIZE];
    struct key_public public;
    struct scene scene;
    enum err err = key_public_parse(hex, &public);
    if (err == ERR_OK) {
        err = desk_begin(admin, centre, &scene);
    }
    if (err != ERR_OK) {
        return err;
    }
    key_public_format(&public, text);
    return desk_end_uid(admin, &scene, put_seal(&scene, text), "centre.seal", centre);
}

static enum err add_staff(const struct scene *scene, struct uid id, struct str alias)
{
    struct ask ask = ask_on(scene->storage, "INSERT INTO staff (centre, id, alias, at_ms)"
                                            " VALUES (:centre, :id, :alias, :at_ms)");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &id);
    ask_text(&ask, ":alias", alias);
    ask_int(&ask, ":at_ms", scene->now_ms);
    return ask_run(&ask);
}

enum err admin_staff_add(struct admin *admin, struct uid centre, struct str alias,
                         struct uid *id_out)
{
    struct scene scene;
    enum err err = alias_valid(alias) ? desk_begin(admin, centre, &scene) : ERR_INVALID;
    if (err != ERR_OK) {
        return err;
    }
    struct uid id = uid_make(scene.rng);
    err = desk_end_uid(admin, &scene, add_staff(&scene, id, alias), "staff.add", id);
    if (err == ERR_OK) {
        *id_out = id;
    }
    return err;
}

/* ---- codes ----------------------------------------------------------------------- */

static enum err drop_old_codes(const struct scene *scene)
{
    struct ask ask = ask_on(scene->storage, "DELETE FROM code WHERE expires_ms < :now");
    ask_int(&ask, ":now", scene->now_ms - CODE_LIFE_MS);
    return ask_run(&ask);
}

static enum err add_code(const struct scene *scene, const struct enrol_code *code)
{
    uint8_t lookup[ENROL_LOOKUP_SIZE], secret[ENROL_MAC_SIZE];
    enrol_lookup(code, lookup);
    enrol_secret(code, secret);
    struct ask ask =
        ask_on(scene->storage, "INSERT INTO code (lookup, centre, secret, expires_ms)"
                               " VALUES (:lookup, :centre, :secret, :expires)");
    ask_blob(&ask, ":lookup", lookup, sizeof lookup);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_blob(&ask, ":secret", secret, sizeof secret);
    ask_int(&ask, ":expires", scene->now_ms + CODE_LIFE_MS);
    enum err err = ask_run(&ask);
    explicit_bzero(secret, sizeof secret);
    return err;
}

enum err admin_code_make(struct admin *admin, struct uid centre,
                         struct enrol_code *code_out)
{
    struct scene scene;
    enum err err = desk_begin(admin, centre, &scene);
    if (err != ERR_OK) {
        return err;
    }
    struct enrol_code code = enrol_code_make(scene.rng);
    err = drop_old_codes(&scene);
    if (err == ERR_OK) {
        err = add_code(&scene, &code);
    }
    err = desk_end(admin, &scene, err, "code.make", STR(""));
    if (err == ERR_OK) {
        *code_out = code;
    }
    return err;
}
