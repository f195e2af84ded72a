/* The centre of the simulated net. */
#include "sync/net/centre.h"

#include "server/route.h"
#include "sync/net/oracle.h"
#include "sync/net/world.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define VFS "centre"
#define JOBS_MAX 2

void centre_make(struct centre *centre, struct world *world, const char *stage)
{
    *centre = (struct centre){.world = world};
    snprintf(centre->dir, sizeof centre->dir, "%s/centre", stage);
    CHECK(mkdir(centre->dir, 0700) == 0);
    centre->disk = vfs_crash_make(VFS);
    centre->backup = vfs_crash_make("backup");
}

void centre_free(struct centre *centre)
{
    char path[128];
    centre_stop(centre);
    law_books_free(&centre->books);
    vfs_crash_free(centre->disk);
    vfs_crash_free(centre->backup);
    snprintf(path, sizeof path, "%s/centre.db", centre->dir);
    unlink(path);
    rmdir(centre->dir);
}

void centre_load(struct centre *centre, const struct vfs_crash *from,
                 const char *from_dir)
{
    CHECK(!centre->storage);
    vfs_crash_copy(centre->disk, centre->dir, from, from_dir);
}

void centre_reseed(struct centre *centre, struct dice *dice)
{
    centre->rng = dice_next(dice);
}

static bool open_storage(struct centre *centre)
{
    char memory[200];
    struct buf why;
    struct storage_options options = {centre->dir, VFS, true};
    buf_init(&why, memory, sizeof memory);
    centre->full = false;
    centre->writes_checked = -1;
    enum err err = storage_open(&options, &centre->storage, &why);
    if (err != ERR_OK) {
        centre->storage = NULL;
        return world_fail(centre->world, "open", "the centre does not open: %s: %s",
                          err_name(err), memory);
    }
    return true;
}

static bool make_core(struct centre *centre)
{
    centre->admin = (struct admin){centre->storage, fake_clock(&centre->clock),
                                   fake_rng(&centre->rng), "sim", &centre->books};
    enum err err = admin_init(&centre->admin);
    if (err == ERR_OK) {
        struct core_options core = {.storage = centre->storage,
                                    .clock = fake_clock(&centre->clock),
                                    .rng = fake_rng(&centre->rng),
                                    .books = &centre->books};
        err = core_make(&core, &centre->core);
    }
    return err == ERR_OK ||
           world_fail(centre->world, "open", "no core: %s", err_name(err));
}

bool centre_start(struct centre *centre)
{
    return open_storage(centre) && make_core(centre);
}

void centre_stop(struct centre *centre)
{
    core_free(centre->core);
    if (centre->storage) {
        storage_close(centre->storage);
    }
    centre->core = NULL;
    centre->storage = NULL;
}

bool centre_lose_power(struct centre *centre, enum crash_loss loss, struct dice *dice)
{
    vfs_crash_lose_power(centre->disk);
    centre_stop(centre);
    vfs_crash_restart(centre->disk, loss, dice_next(dice));
    centre->clock.mono_ms = dice_between(dice, 1, 60000);
    return centre_start(centre);
}

void centre_back_up(struct centre *centre)
{
    vfs_crash_copy(centre->backup, centre->dir, centre->disk, centre->dir);
    centre->backup_there = true;
}

bool centre_restore(struct centre *centre)
{
    centre_stop(centre);
    vfs_crash_copy(centre->disk, centre->dir, centre->backup, centre->dir);
    if (!open_storage(centre)) {
        return false;
    }
    struct rng rng = fake_rng(&centre->rng);
    enum err err = core_restored(centre->storage, &rng);
    if (err != ERR_OK) {
        return world_fail(centre->world, "open", "not restored: %s", err_name(err));
    }
    centre->world->generation =
        centre_number(centre, "SELECT generation FROM server", NULL);
    return make_core(centre);
}

/* ---- requests ------------------------------------------------------------------------
 */

/* The value of a parameter, into `out`; NULL: not given. */
static const char *parameter(const char *query, const char *name, char out[24])
{
    const char *at = query ? strstr(query, name) : NULL;
    if (!at) {
        return NULL;
    }
    at += strlen(name);
    snprintf(out, 24, "%.*s", (int)strcspn(at, "&"), at);
    return out;
}

/* /v1/feed?since=R&most=N&wait=W as http.c takes it apart. */
static int find_route(const struct centre_request *request, struct route *route)
{
    char path[128];
    snprintf(path, sizeof path, "%s", request->path);
    char *query = strchr(path, '?');
    if (query) {
        *query++ = '\0';
    }
    int status = route_find(request->method, path, route);
    if (status != 200 || route->what != CORE_FEED) {
        return status;
    }
    char since[24], most[24];
    return route_since(route, parameter(query, "since=", since)) &&
                   route_most(route, parameter(query, "most=", most))
               ? 200
               : 400;
}

static void feed_upload(struct core_job *job, const struct centre_request *request,
                        struct dice *dice)
{
    struct str rest = request->body;
    bool small = dice_one_in(dice, 4);
    job->upload_err =
        wire_upload_make(request->coding, &job->upload);
    while (job->upload_err == ERR_OK && rest.len > 0) {
        size_t len = 1 + dice_below(dice, small ? 7 : 1400);
        len = len < rest.len ? len : rest.len;
        job->upload_err = wire_upload_feed(job->upload, rest.ptr, len);
        rest.ptr += len;
        rest.len -= len;
    }
}

/* False: the web server would not hand this on. */
static bool make_job(struct centre_request *request, struct core_job *job,
                     struct dice *dice)
{
    struct route route;
    *job = (struct core_job){0};
    request->status = find_route(request, &route);
    if (request->status != 200 || (request->cut && route.what != CORE_UPLOAD)) {
        return false;
    }
    job->what = route.what;
    job->epoch = route.epoch;
    job->since = route.since;
    job->most = route.most;
    job->anew = strstr(request->path, "&anew=") != NULL;
    job->token = str_of(request->token);
    if (route.what == CORE_UPLOAD) {
        feed_upload(job, request, dice);
    } else {
        job->body = request->body;
    }
    return true;
}

static bool is_up_again(struct centre *centre, struct dice *dice)
{
    static const enum crash_loss losses[] = {CRASH_KEEP, CRASH_DROP, CRASH_TEAR};
    if (centre_lose_power(centre, losses[dice_below(dice, 3)], dice)) {
        world_check_centre(centre->world);
    }
    return false;
}

bool centre_serve(struct centre *centre, struct centre_request *requests, size_t count,
                  struct dice *dice)
{
    struct core_job jobs[JOBS_MAX];
    struct centre_request *of[JOBS_MAX];
    struct oracle oracle = {.upload = false};
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        requests[i].reply = (struct bytes){0};
        if (make_job(&requests[i], &jobs[n], dice)) {
            of[n++] = &requests[i];
        }
    }
    if (n > 0) {
        core_settle(centre->core);
    }
    if (n == 1 && !vfs_crash_armed(centre->disk)) {
        oracle_before(&oracle, centre, &jobs[0]);
    }
    if (n > 0) {
        core_run(centre->core, jobs, n);
        /* Sometimes later: it is killed before, or staff come in between. */
        if (centre->served++ % 3 != 0) {
            core_settle(centre->core);
        }
    }
    for (size_t i = 0; i < n; i++) {
        of[i]->status = jobs[i].status;
        of[i]->reply = jobs[i].reply;
        wire_upload_free(jobs[i].upload);
    }
    if (vfs_crash_dead(centre->disk)) {
        return is_up_again(centre, dice);
    }
    vfs_crash_arm(centre->disk, centre->full ? CRASH_FULL : CRASH_NONE, centre->full);
    oracle_after(&oracle, centre);
    world_check_commit(centre->world);
    return true;
}
