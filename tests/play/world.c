/* The fakes that the played program gets instead of the world. */
#include "play/play.h"

#include "support/support.h"

#include <string.h>

static int64_t wall_ms(void *ctx)
{
    return ((struct play_clock *)ctx)->wall_ms;
}

static int64_t mono_ms(void *ctx)
{
    return ((struct play_clock *)ctx)->mono_ms;
}

struct clock play_clock(struct play_clock *clock)
{
    return (struct clock){wall_ms, mono_ms, clock};
}

void play_clock_set(struct play_clock *clock, int64_t wall)
{
    clock->wall_ms = wall;
    clock->mono_ms = 1000000;
}

void play_clock_advance(struct play_clock *clock, int64_t ms)
{
    clock->wall_ms += ms;
    clock->mono_ms += ms;
}

static void fill(void *ctx, void *out, size_t len)
{
    struct play_rng *rng = ctx;
    pthread_mutex_lock(&rng->lock);
    struct rng dice = fake_rng(&rng->seed);
    rng_fill(&dice, out, len);
    pthread_mutex_unlock(&rng->lock);
}

struct rng play_rng(struct play_rng *rng)
{
    return (struct rng){fill, rng};
}

/* ---- display ---------------------------------------------------------------------------- */

static struct surface *device_surface(void *ctx)
{
    struct play_device *device = ctx;
    return device->pixels.surface(device->pixels.ctx);
}

static void device_present(void *ctx, const struct rect *damage, int count)
{
    struct play_device *device = ctx;
    device->pixels.present(device->pixels.ctx, damage, count);
}

/* Never waits: the script decides when time passes. */
static bool device_wait(void *ctx, int timeout_ms, struct event *event_out)
{
    struct play_device *device = ctx;
    (void)timeout_ms;
    if (device->count > 0) {
        *event_out = device->queue[device->first];
        device->first = (device->first + 1) % PLAY_QUEUE_MAX;
        device->count--;
        return true;
    }
    if (atomic_exchange(&device->rung, false)) {
        *event_out = (struct event){.kind = EVENT_WAKE};
        return true;
    }
    return false;
}

static void device_wake(void *ctx)
{
    atomic_store(&((struct play_device *)ctx)->rung, true);
}

static void device_play(void *ctx, enum sound sound)
{
    ((struct play_device *)ctx)->sounds[sound]++;
}

static void device_close(void *ctx)
{
    struct play_device *device = ctx;
    device->pixels.close(device->pixels.ctx);
}

struct platform play_platform(struct play_device *device)
{
    return (struct platform){device_surface, device_present, device_wait, device_wake,
                             device_play,    device_close,   device};
}

void play_queue(struct play *play, struct event event)
{
    struct play_device *device = &play->device;
    CHECK(device->count < PLAY_QUEUE_MAX);
    event.mono_ms = play->clock.mono_ms;
    device->queue[(device->first + device->count) % PLAY_QUEUE_MAX] = event;
    device->count++;
}

/* ---- printer ---------------------------------------------------------------------------- */

static enum printer_state printer_port_status(void *ctx)
{
    struct play_printer *printer = ctx;
    int broken = printer->broken;
    return broken >= 0 ? (enum printer_state)broken : printer_status(&printer->real);
}

static enum err printer_port_print(void *ctx, const struct print_job *job,
                                   enum printer_state *state_out)
{
    struct play_printer *printer = ctx;
    int broken = printer->broken;
    if (broken >= 0) {
        *state_out = (enum printer_state)broken;
        return broken == PRINTER_ABSENT ? ERR_UNSUPPORTED : ERR_BUSY;
    }
    return printer_print(&printer->real, job, state_out);
}

struct print_port play_print_port(struct play_printer *printer)
{
    return (struct print_port){
        .status = printer_port_status,
        .print = printer_port_print,
        .ctx = printer,
        .profile = printer->real.profile,
        .wants_picture = printer_wants_picture(&printer->real),
    };
}
