/* The way between a kiosk and the centre. */
#include "sync/net/road.h"

#include "sync/net/world.h"

#include <stdio.h>
#include <string.h>

enum fate {
    FATE_ARRIVES,
    FATE_REFUSED, /* no connection */
    FATE_LOST,    /* went out, never came */
    FATE_CUT,     /* the connection ends within the request */
    FATE_REPLY_LOST,
    FATE_REPLY_CUT,
    FATE_DOUBLED,
    FATE_CORRUPT,       /* a byte of the request */
    FATE_REPLY_CORRUPT, /* a byte of the answer */
    FATE_POWER,         /* the centre's power goes while it works on this */
    FATE_DISK,          /* a write of the centre fails */
    FATE_COUNT
};

static const char *const fate_names[FATE_COUNT] = {
    "arrives", "refused", "lost",          "cut",   "reply-lost", "reply-cut",
    "doubled", "corrupt", "reply-corrupt", "power", "disk"};

/* In how many of a hundred requests, if the weather is bad. */
static const uint8_t odds[FATE_COUNT] = {0, 3, 3, 8, 6, 3, 3, 4, 1, 3, 1};

static enum fate throw_fate(struct world *world)
{
    uint32_t x = dice_below(&world->dice, 100);
    for (int fate = 1; world->weather && fate < FATE_COUNT; fate++) {
        if (x < odds[fate]) {
            return (enum fate)fate;
        }
        x -= odds[fate];
    }
    return FATE_ARRIVES;
}

static void keep_old(struct world *world, const struct link_request *request)
{
    struct road_old *old = &world->road.old[dice_below(&world->dice, ROAD_OLD_MAX)];
    if (old->there && !dice_one_in(&world->dice, 3)) {
        return;
    }
    old->there = true;
    old->coding = request->coding;
    snprintf(old->method, sizeof old->method, "%s", request->method);
    snprintf(old->path, sizeof old->path, "%s", request->path);
    snprintf(old->token, sizeof old->token, "%s", request->token ? request->token : "");
    bytes_clear(&old->body);
    bytes_put(&old->body, request->body.ptr, request->body.len);
}

void road_forget(struct road *road)
{
    for (int i = 0; i < ROAD_OLD_MAX; i++) {
        bytes_free(&road->old[i].body);
    }
    *road = (struct road){0};
}

static struct centre_request request_of(const struct link_request *request,
                                        struct str body)
{
    return (struct centre_request){.method = request->method,
                                   .path = request->path,
                                   .token = request->token ? request->token : "",
                                   .coding = request->coding,
                                   .body = body};
}

static struct centre_request request_of_old(const struct road_old *old)
{
    return (struct centre_request){.method = old->method,
                                   .path = old->path,
                                   .token = old->token,
                                   .coding = old->coding,
                                   .body = bytes_str(&old->body)};
}

void road_replay(struct world *world, struct dice *dice)
{
    struct road_old *old = &world->road.old[dice_below(dice, ROAD_OLD_MAX)];
    if (!old->there || !world->centre.storage) {
        return;
    }
    struct centre_request request = request_of_old(old);
    world->road.replayed++;
    centre_serve(&world->centre, &request, 1, dice);
    world_trace(world, "an old %s %s arrives: %d", old->method, old->path,
                request.status);
    bytes_free(&request.reply);
}

/* ---- what a fate does ----------------------------------------------------------------
 */

static void corrupt(struct bytes *bytes, struct dice *dice)
{
    if (bytes->len > 0) {
        size_t at = dice_below(dice, (uint32_t)bytes->len);
        bytes->data[at] = (char)(bytes->data[at] ^ (1 << dice_below(dice, 8)));
    }
}

/* Now and then another kiosk's old request is committed together with this one. */
static size_t add_company(struct world *world, struct centre_request *requests)
{
    struct road_old *old = &world->road.old[dice_below(&world->dice, ROAD_OLD_MAX)];
    if (!world->weather || !old->there || !dice_one_in(&world->dice, 12)) {
        return 1;
    }
    requests[1] = requests[0];
    requests[0] = request_of_old(old);
    world->road.replayed++;
    return 2;
}

static void arm(struct world *world, enum fate fate)
{
    struct centre *centre = &world->centre;
    int nth = 1 + (int)dice_below(&world->dice, 40);
    if (fate == FATE_POWER) {
        vfs_crash_arm(centre->disk, CRASH_POWER, nth);
    } else if (fate == FATE_DISK) {
        vfs_crash_arm(centre->disk, CRASH_IOERR, nth);
    }
}

static void disarm(struct world *world, enum fate fate)
{
    if (fate == FATE_DISK && !world->centre.full) {
        vfs_crash_arm(world->centre.disk, CRASH_NONE, 0);
    }
}

static void hand_back(struct world *world, struct centre_request *served, enum fate fate,
                      struct link_reply *reply)
{
    struct str body = bytes_str(&served->reply);
    if (fate == FATE_REPLY_LOST || fate == FATE_CUT) {
        return;
    }
    if (fate == FATE_REPLY_CUT && body.len > 0) {
        return; /* curl says so: fewer bytes than announced is no whole answer */
    }
    reply->status = served->status;
    bytes_put(&reply->body, body.ptr, body.len);
    if (fate == FATE_REPLY_CORRUPT) {
        corrupt(&reply->body, &world->dice);
    }
}

static void count(struct road *road, enum fate fate)
{
    road->requests++;
    road->refused += fate == FATE_REFUSED;
    road->lost += fate == FATE_LOST;
    road->cut += fate == FATE_CUT;
    road->replies_lost += fate == FATE_REPLY_LOST;
    road->replies_cut += fate == FATE_REPLY_CUT;
    road->doubled += fate == FATE_DOUBLED;
    road->corrupted += fate == FATE_CORRUPT || fate == FATE_REPLY_CORRUPT;
    road->power_losses += fate == FATE_POWER;
}

static void serve(struct kiosk *kiosk, const struct link_request *request, enum fate fate,
                  struct link_reply *reply)
{
    struct world *world = kiosk->world;
    struct centre_request both[2];
    struct bytes body = {0};
    bytes_put(&body, request->body.ptr, request->body.len);
    if (fate == FATE_CORRUPT) {
        corrupt(&body, &world->dice);
    }
    if (fate == FATE_CUT) {
        body.len = dice_below(&world->dice, (uint32_t)body.len + 1);
    }
    both[0] = request_of(request, bytes_str(&body));
    both[0].cut = fate == FATE_CUT;
    size_t n = add_company(world, both);
    struct centre_request *mine = &both[n - 1];
    arm(world, fate);
    bool answered = centre_serve(&world->centre, both, n, &world->dice);
    disarm(world, fate);
    if (answered && fate == FATE_DOUBLED) {
        bytes_free(&mine->reply);
        answered = centre_serve(&world->centre, mine, 1, &world->dice);
    }
    world_trace(world, "  kiosk %d: %s %s %s: %d%s", kiosk->slot, request->method,
                request->path, fate_names[fate], mine->status,
                answered ? "" : ", power lost");
    if (answered) {
        hand_back(world, mine, fate, reply);
    }
    for (size_t i = 0; i < n; i++) {
        bytes_free(&both[i].reply);
    }
    bytes_free(&body);
}

static void road_request(void *ctx, const struct link_request *request,
                         struct link_reply *reply)
{
    struct kiosk *kiosk = ctx;
    struct world *world = kiosk->world;
    enum fate fate = throw_fate(world);
    reply->status = 0;
    reply->connected = false;
    reply->wrong_server = false;
    reply->retry_after_s = 0;
    bytes_clear(&reply->body);
    count(&world->road, fate);
    if (fate == FATE_REFUSED || !world->centre.storage) {
        world_trace(world, "  kiosk %d: no connection", kiosk->slot);
        return;
    }
    reply->connected = true;
    if (world->weather) {
        keep_old(world, request);
    }
    if (request->meanwhile) {
        request->meanwhile(request->meanwhile_ctx);
    }
    if (fate == FATE_LOST) {
        world_trace(world, "  kiosk %d: %s lost", kiosk->slot, request->path);
        return;
    }
    serve(kiosk, request, fate, reply);
}

static void road_nothing(void *ctx)
{
    (void)ctx;
}

struct link road_link(struct kiosk *kiosk)
{
    return (struct link){road_request, road_nothing, road_nothing, kiosk};
}
