/* One page of the feed into the store. */
#include "client/inside.h"

#include <stdio.h>
#include <string.h>

_Static_assert(PACE_ROWS_MAX == WIRE_PAGE_ROWS, "a whole page");

#define RESTARTS_MAX 3
#define IDLE_MIN_MS 60000
#define IDLE_MAX_MS 300000

enum err client_settle(struct client *client, int *facts_out)
{
    *facts_out = 0;
    if (client->settled) {
        return ERR_OK;
    }
    enum err err = store_feed_settle(client->store, facts_out);
    client->settled = err == ERR_OK;
    return err;
}

enum err client_apply(struct client *client, const struct wire_row *rows, size_t count,
                      const struct wire_page_end *end)
{
    struct sync_page page = {.rows = client->feed_rows,
                             .count = count,
                             .since = end->since,
                             .to = end->to,
                             .more = end->more,
                             .live = end->live};
    memcpy(page.digest, end->digest.b, sizeof page.digest);
    for (size_t i = 0; i < count; i++) {
        client->feed_rows[i] =
            (struct sync_row){rows[i].rev, rows[i].kind, rows[i].id, rows[i].body};
    }
    client->settled = client->settled && count == 0;
    return store_feed_apply(client->store, &page);
}

static void note_page(struct client *client, const struct wire_page_end *end)
{
    client->feed_here = !end->more;
    client->restarts = end->more ? client->restarts : 0;
}

static enum client_step restart(struct client *client, const char *detail)
{
    client->feed_here = false;
    if (++client->restarts > RESTARTS_MAX) {
        client->restarts = 0;
        return client_trouble(client, SYNC_TROUBLE_REFUSED, detail);
    }
    enum err err = store_feed_restart(client->store);
    client_say(client, detail);
    return err == ERR_OK ? CLIENT_MORE
                         : client_disk(client, err, "the feed is not writable");
}

/* From one minute to five while nothing happens, each ± 30 %. */
static void grow_idle(struct client *client, bool news)
{
    int64_t base = news || client->idle_ms == 0 ? IDLE_MIN_MS : client->idle_ms * 2;
    base = base < IDLE_MAX_MS ? base : IDLE_MAX_MS;
    client->idle_ms = base * (700 + (int64_t)rng_below(&client->rng, 601)) / 1000;
}

static enum client_step applied(struct client *client, const struct wire_page_end *end,
                                size_t count)
{
    int facts;
    note_page(client, end);
    enum err err = client_settle(client, &facts);
    if (err == ERR_OK) {
        err = client_note_contact(client);
    }
    if (err != ERR_OK) {
        return client_disk(client, err, "what the centre decided cannot be written");
    }
    client_gain(client);
    client->pages_cut = 0;
    pace_page_success(&client->pace);
    grow_idle(client, count > 0);
    client_say(client, "");
    return end->more || facts > 0 ? CLIENT_MORE : CLIENT_CURRENT;
}

static enum client_step take_page(struct client *client, const struct sync_feed *feed)
{
    struct wire_page_end end;
    size_t count;
    enum err err = wire_page_read(bytes_str(&client->reply.body), client->centre.centre,
                                  feed->since, &client->centre.server, client->rows,
                                  WIRE_PAGE_ROWS, &count, &end, NULL);
    if (err == ERR_DENIED) {
        return client_strange(client, SYNC_TROUBLE_SERVER,
                              "a page that the server did not sign");
    }
    if (err != ERR_OK) {
        return client_fruitless(client, "a page that is not whole");
    }
    err = client_apply(client, client->rows, count, &end);
    if (err == ERR_CONFLICT || err == ERR_INVALID) {
        return restart(client, "the feed differs from the centre's");
    }
    return err == ERR_OK ? applied(client, &end, count)
                         : client_disk(client, err, "the feed cannot be written");
}

static enum client_step cut(struct client *client, bool polled)
{
    if (client->reply.interrupted) {
        client_say(client, "");
        return CLIENT_MORE;
    }
    if (polled) {
        client->polls_cut++;
    }
    client->pages_cut++;
    pace_page_cut(&client->pace);
    return client_fruitless(client, "cut while asking for the feed");
}

/* What is usual is not said: each byte goes over the worst line. */
static void write_path(const struct client *client, const struct sync_feed *feed,
                       int poll_s, char *path, size_t size)
{
    struct buf b;
    buf_init(&b, path, size);
    buf_printf(&b, "/v1/feed?since=%lld", (long long)feed->since);
    if (feed->anew && feed->since > 0) {
        buf_puts(&b, "&anew=1");
    }
    if (client->pace.rows < PACE_ROWS_MAX) {
        buf_printf(&b, "&most=%d", client->pace.rows);
    }
    if (poll_s > 0) {
        buf_printf(&b, "&wait=%d", poll_s);
    }
}

enum client_step client_down(struct client *client, int wait_s)
{
    char path[96];
    enum client_step step = CLIENT_MORE;
    struct sync_feed feed;
    /* The first answer says where we stand; and some lines bear no waiting. */
    int poll_s = client->feed_here && client->polls_cut < POLLS_CUT_MAX ? wait_s : 0;
    enum err err = store_feed_get(client->store, &feed);
    if (err != ERR_OK) {
        return client_disk(client, err, "the feed cannot be read");
    }
    write_path(client, &feed, poll_s, path, sizeof path);
    client->ups = 0;
    client->feed_at_ms = clock_mono_ms(&client->clock);
    const struct question question = {.method = "GET",
                                      .path = path,
                                      .session = true,
                                      .wait_s = poll_s,
                                      .others = {410}};
    switch (client_ask(client, &question, &step)) {
    case ASKED_GOOD:
        client->polls_cut = poll_s > 0 ? 0 : client->polls_cut;
        return take_page(client, &feed);
    case ASKED_OTHER:
        return restart(client, "the centre does not know deletions so old");
    case ASKED_CUT:
        return cut(client, poll_s > 0);
    case ASKED_OVER:
        break;
    }
    return step;
}
