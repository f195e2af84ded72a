#include "client/inside.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define UPS_IN_A_ROW 8 /* batches, then the feed is asked for all the same */
#define UPS_FIRST 3    /* while nobody knows what is in the feed */
#define PAGES_CUT_MAX 5
#define FEED_EVERY_MS 500 /* not sooner: batches are small on the worst lines */
#define NOTHING_IDLE_MS 60000
#define HELP_IDLE_MS 300000
#define ENROL_AGAIN_MS 20000 /* beside a centre that this kiosk belongs to */

enum err client_make(const struct client_options *options, struct client **client_out)
{
    struct client *client = calloc(1, sizeof *client);
    if (client == NULL) {
        return ERR_FULL;
    }
    client->store = options->store;
    client->link = options->link;
    client->clock = options->clock;
    client->rng = options->rng;
    client->model = options->model != NULL ? options->model : "";
    client->rows = calloc(WIRE_PAGE_ROWS, sizeof *client->rows);
    client->feed_rows = calloc(WIRE_PAGE_ROWS, sizeof *client->feed_rows);
    pace_init(&client->pace);
    enum err err = wire_pack_make(WIRE_WORDS, &client->packed[0].pack);
    if (err == ERR_OK) {
        err = wire_pack_make(WIRE_WORDS, &client->packed[1].pack);
    }
    if (err == ERR_OK && (client->rows == NULL || client->feed_rows == NULL)) {
        err = ERR_FULL;
    }
    if (err != ERR_OK) {
        client_free(client);
        return err;
    }
    *client_out = client;
    return ERR_OK;
}

void client_free(struct client *client)
{
    if (client == NULL) {
        return;
    }
    client_forget_session(client);
    wire_pack_free(client->packed[0].pack);
    wire_pack_free(client->packed[1].pack);
    bytes_free(&client->text);
    bytes_free(&client->reply.body);
    free(client->rows);
    free(client->feed_rows);
    free(client);
}

static int64_t held_ms(const struct client *client)
{
    return pace_wait_ms(&client->pace, clock_mono_ms(&client->clock), true, 0);
}

/* Up before down, but neither starves: until the feed is here they take turns. A line on
 * which a page does not come through may still bear batches. */
static bool up_is_next(const struct client *client, const struct sync_log *log)
{
    int cuts = client->pages_cut < PAGES_CUT_MAX ? client->pages_cut : PAGES_CUT_MAX;
    int in_a_row = client->feed_here ? UPS_IN_A_ROW : UPS_FIRST << cuts;
    bool early = client->ups < in_a_row ||
                 clock_mono_ms(&client->clock) - client->feed_at_ms < FEED_EVERY_MS;
    return log->seq < log->written && early;
}

/* The log as far as was acknowledged, which the store may not know yet. */
static enum err load_log(struct client *client, struct sync_log *log)
{
    const struct sync_log *acked = &client->acked;
    enum err err = store_log_get(client->store, log);
    if (err == ERR_OK && client->unwritten) {
        client->unwritten = acked->epoch == log->epoch && acked->start == log->start;
        log->seq = client->unwritten ? acked->seq : log->seq;
        log->head = client->unwritten ? acked->head : log->head;
    }
    return err;
}

static enum client_step exchange(struct client *client, int wait_s)
{
    struct sync_log log;
    enum client_step step = CLIENT_MORE;
    enum err err = load_log(client, &log);
    if (err != ERR_OK) {
        return client_disk(client, err, "the log cannot be read");
    }
    if (log.seq == log.written) {
        err = client_write_receipt(client); /* the last one is not left to lag */
    }
    if (err != ERR_OK) {
        return client_disk(client, err, "the receipt cannot be written");
    }
    if (client->ask_cursor && client_cursor(client, &log, &step) != ASKED_GOOD) {
        return step;
    }
    if (up_is_next(client, &log)) {
        client->ups++;
        return client_up(client, &log);
    }
    bool all_sent = log.seq == log.written;
    step = client_down(client, all_sent ? wait_s : 0);
    return step == CLIENT_CURRENT && !all_sent ? CLIENT_MORE : step;
}

/* Another centre, or the same one again: whatever is remembered of the old is void. */
static enum err load_centre(struct client *client)
{
    struct sync_centre centre;
    memset(&centre, 0, sizeof centre);
    enum err err = store_centre_get(client->store, &centre);
    if (err == ERR_OK) {
        if (!uid_eq(centre.centre, client->centre.centre) ||
            strcmp(centre.url, client->centre.url) != 0) {
            client_forget_session(client);
            client->feed_here = false;
        }
        client->centre = centre;
    }
    return err;
}

static enum client_step with_centre(struct client *client, int wait_s)
{
    enum client_step step = CLIENT_MORE;
    int facts;
    enum err err = client_settle(client, &facts);
    if (err != ERR_OK) {
        return client_disk(client, err, "what the centre decided cannot be written");
    }
    if (client->centre.locked) {
        client->help = true;
        client_say(client, "locked by the centre");
        return CLIENT_HELP;
    }
    if (held_ms(client) > 0) {
        return client->help ? CLIENT_HELP : CLIENT_WAIT;
    }
    if (client_session(client, &step) != ASKED_GOOD) {
        return step;
    }
    return exchange(client, wait_s);
}

static enum client_step go_on(struct client *client, int wait_s)
{
    enum err err = load_centre(client);
    if (err == ERR_NOT_FOUND) {
        client->idle_ms = NOTHING_IDLE_MS;
        return CLIENT_NOTHING;
    }
    return err == ERR_OK ? with_centre(client, wait_s)
                         : client_disk(client, err, "the store cannot be read");
}

/* Belongs to a centre, and is to belong to another, or to this one at another address.
 * While that one is not there, nothing waits for it. */
static enum client_step enrol_beside(struct client *client,
                                     const struct sync_enrol *enrol, int wait_s)
{
    const struct pace pace = client->pace;
    int64_t now_ms = clock_mono_ms(&client->clock);
    if (now_ms < client->enrol_at_ms) {
        return go_on(client, wait_s);
    }
    enum client_step step = client_enrol(client, enrol);
    if (step != CLIENT_WAIT) {
        return step;
    }
    client->enrol_at_ms = now_ms + ENROL_AGAIN_MS;
    client->pace = pace; /* it says nothing about the line to our centre */
    return go_on(client, wait_s);
}

static enum client_step enrol_or_go_on(struct client *client, int wait_s)
{
    struct sync_enrol enrol;
    enum client_step step;
    enum err err = store_enrol_get(client->store, &enrol);
    if (err != ERR_OK) {
        return client_disk(client, err, "the store cannot be read");
    }
    if (enrol.state != SYNC_ENROL_ASKED) {
        step = go_on(client, wait_s);
    } else if (load_centre(client) == ERR_OK && !client->centre.locked) {
        step = enrol_beside(client, &enrol, wait_s);
    } else {
        step = held_ms(client) > 0 ? CLIENT_WAIT : client_enrol(client, &enrol);
    }
    sodium_memzero(&enrol, sizeof enrol);
    return step;
}

enum client_step client_step(struct client *client, int wait_s)
{
    enum client_step step = enrol_or_go_on(client, wait_s);
    client->last = step;
    if (step == CLIENT_CURRENT && wait_s > 0 && client->polls_cut < POLLS_CUT_MAX) {
        client->idle_ms = 0; /* the next one waits at the centre */
    }
    return step;
}

int64_t client_wait_ms(const struct client *client)
{
    switch (client->last) {
    case CLIENT_CURRENT:
    case CLIENT_NOTHING:
        return client->idle_ms;
    case CLIENT_HELP:
        return held_ms(client) > 0 ? held_ms(client) : HELP_IDLE_MS;
    case CLIENT_WAIT:
        return held_ms(client);
    case CLIENT_MORE:
        break;
    }
    return 0;
}

void client_link_up(struct client *client)
{
    pace_link_up(&client->pace);
    client->enrol_at_ms = 0;
    client->polls_cut = 0;
    client->pages_cut = 0;
    client->fruitless = 0;
}

const char *client_detail(const struct client *client)
{
    return client->detail;
}
