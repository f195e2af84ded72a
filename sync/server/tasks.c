#include "server/tasks.h"

static enum err put(const struct scene *scene, const char *sql, const char *kind,
                    struct str about, struct str body)
{
    struct uid id = uid_make(scene->rng);
    struct ask ask = ask_on(scene->storage, sql);
    ask_uid(&ask, ":centre", &scene->centre);
    ask_uid(&ask, ":id", &id);
    ask_text(&ask, ":kind", str_of(kind));
    ask_text(&ask, ":about", about);
    ask_text(&ask, ":body", body);
    ask_int(&ask, ":at_ms", scene->now_ms);
    return ask_run(&ask);
}

enum err tasks_open(const struct scene *scene, const char *kind, struct str about,
                    struct str body)
{
    static const char sql[] =
        "INSERT INTO task (centre, id, kind, about, body, state, at_ms)"
        " VALUES (:centre, :id, :kind, :about, :body, 'open', :at_ms)"
        " ON CONFLICT (centre, kind, about) DO UPDATE SET body = excluded.body,"
        " state = 'open', at_ms = excluded.at_ms WHERE task.state = 'done'";
    return put(scene, sql, kind, about, body);
}

enum err tasks_open_once(const struct scene *scene, const char *kind, struct str about,
                         struct str body)
{
    static const char sql[] =
        "INSERT INTO task (centre, id, kind, about, body, state, at_ms)"
        " VALUES (:centre, :id, :kind, :about, :body, 'open', :at_ms)"
        " ON CONFLICT (centre, kind, about) DO NOTHING";
    return put(scene, sql, kind, about, body);
}

enum err tasks_open_about(const struct scene *scene, const char *kind, struct uid about)
{
    char text[UID_TEXT_SIZE];
    uid_format(about, text);
    return tasks_open(scene, kind, str_of(text), STR("{}"));
}

enum err tasks_close(const struct scene *scene, const char *kind, struct str about)
{
    struct ask ask =
        ask_on(scene->storage, "UPDATE task SET state = 'done' WHERE centre = :centre"
                               " AND kind = :kind AND about = :about");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":kind", str_of(kind));
    ask_text(&ask, ":about", about);
    return ask_run(&ask);
}

enum err tasks_erase(const struct scene *scene, struct uid about)
{
    char text[UID_TEXT_SIZE];
    uid_format(about, text);
    struct ask ask = ask_on(scene->storage,
                            "DELETE FROM task WHERE centre = :centre AND about = :about");
    ask_uid(&ask, ":centre", &scene->centre);
    ask_text(&ask, ":about", str_of(text));
    return ask_run(&ask);
}
