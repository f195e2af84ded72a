/* Fingers, keys, keyboards and scanners. */
#include "play/play.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define TYPE_GAP_MS 120
#define SCAN_GAP_MS 10

static struct event at_hit(enum event_kind kind, const struct hit *hit)
{
    return (struct event){.kind = kind,
                          .x = hit->rect.x + hit->rect.w / 2,
                          .y = hit->rect.y + hit->rect.h / 2};
}

static bool touch_hit(struct play *play, int hit, bool down, bool up)
{
    const struct hit there = app_shown(play->app)->hits[hit];
    if (down) {
        play_queue(play, at_hit(EVENT_FINGER_DOWN, &there));
    }
    if (up) {
        play_queue(play, at_hit(EVENT_FINGER_UP, &there));
    }
    if (down && up) {
        play_trace_tap(play, there.rect.x + there.rect.w / 2, there.rect.y + there.rect.h / 2);
    }
    return play_settle(play);
}

static bool touch(struct play *play, int count, char **words, bool down, bool up)
{
    int nth = count > 2 ? (int)strtol(words[2], NULL, 10) : 0;
    int hit = play_find(app_shown(play->app), words[1], nth);
    return hit < 0 ? play_lost(play, words[1]) : touch_hit(play, hit, down, up);
}

static bool cmd_tap(struct play *play, int count, char **words)
{
    return touch(play, count, words, true, true);
}

/* What a small display keeps on a screen of its own. */
static bool cmd_tap_if(struct play *play, int count, char **words)
{
    (void)count;
    int hit = play_find(app_shown(play->app), words[1], 0);
    return hit < 0 || touch_hit(play, hit, true, true);
}

static bool cmd_down(struct play *play, int count, char **words)
{
    return touch(play, count, words, true, false);
}

static bool cmd_up(struct play *play, int count, char **words)
{
    return touch(play, count, words, false, true);
}

/* Which offers come first depends on the day: for scripts that any day must suit. */
static bool cmd_tap_offer(struct play *play, int count, char **words)
{
    const struct frame *frame = app_shown(play->app);
    long nth = strtol(words[1], NULL, 10);
    (void)count;
    for (int i = 0; i < frame->hit_count; i++) {
        if (frame->hits[i].msg.kind == MSG_OFFER && --nth == 0) {
            return touch_hit(play, i, true, true);
        }
    }
    return play_lost(play, "offer");
}

static bool cmd_tap_at(struct play *play, int count, char **words)
{
    struct event event = {.kind = EVENT_FINGER_DOWN,
                          .x = (int)strtol(words[1], NULL, 10),
                          .y = (int)strtol(words[2], NULL, 10)};
    (void)count;
    play_queue(play, event);
    event.kind = EVENT_FINGER_UP;
    play_queue(play, event);
    return play_settle(play);
}

static bool cmd_key(struct play *play, int count, char **words)
{
    static const struct {
        const char *name;
        enum event_key key;
    } keys[] = {
        {"next", KEY_NEXT},       {"previous", KEY_PREVIOUS}, {"choose", KEY_CHOOSE},
        {"enter", KEY_CHOOSE},    {"back", KEY_BACK},         {"read", KEY_READ_ALOUD},
        {"delete", KEY_DELETE},
    };
    (void)count;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        if (strcmp(words[1], keys[i].name) == 0) {
            play_queue(play, (struct event){.kind = EVENT_KEY, .key = keys[i].key});
            return play_settle(play);
        }
    }
    return play_fail(play, "%s is no key", words[1]);
}

/* Character by character, as a keyboard does. */
static void send_text(struct play *play, const char *text, int gap_ms)
{
    struct str all = str_of(text);
    size_t at = 0;
    while (at < all.len) {
        struct event event = {.kind = EVENT_TEXT};
        size_t from = at;
        utf8_next(all, &at);
        memcpy(event.text, all.ptr + from, at - from);
        play_clock_advance(&play->clock, gap_ms);
        play_queue(play, event);
        app_step(play->app, 0);
    }
    play_clock_advance(&play->clock, gap_ms);
}

static bool cmd_type(struct play *play, int count, char **words)
{
    for (int i = 1; i < count; i++) {
        send_text(play, i > 1 ? " " : "", TYPE_GAP_MS);
        send_text(play, words[i], TYPE_GAP_MS);
    }
    return play_settle(play);
}

static bool cmd_scan(struct play *play, int count, char **words)
{
    (void)count;
    send_text(play, words[1], SCAN_GAP_MS);
    play_queue(play, (struct event){.kind = EVENT_KEY, .key = KEY_CHOOSE});
    return play_settle(play);
}

/* Random-looking characters without end, as a broken scanner sends them. */
static bool cmd_flood(struct play *play, int count, char **words)
{
    long length = strtol(words[1], NULL, 10);
    (void)count;
    for (long i = 0; i < length; i++) {
        const char text[2] = {(char)('A' + i % 26), '\0'};
        send_text(play, text, 1);
    }
    play_queue(play, (struct event){.kind = EVENT_KEY, .key = KEY_CHOOSE});
    return play_settle(play);
}

static const struct play_command list[] = {
    {"tap", 1, 2, cmd_tap, "\"LABEL|SHORTER\" [N]: a finger on the last (or N-th) such control"},
    {"tap-if", 1, 1, cmd_tap_if, "\"LABEL\": likewise, where there is one"},
    {"down", 1, 2, cmd_down, "\"LABEL\" [N]: puts the finger down only"},
    {"up", 1, 2, cmd_up, "\"LABEL\" [N]: lifts it there"},
    {"tap-offer", 1, 1, cmd_tap_offer, "N: a finger on the N-th offer, whatever its name"},
    {"tap-at", 2, 2, cmd_tap_at, "X Y: a finger at these pixels"},
    {"key", 1, 1, cmd_key, "next|previous|choose|back|read|enter|delete"},
    {"type", 1, 14, cmd_type, "TEXT: by hand, slowly"},
    {"scan", 1, 1, cmd_scan, "TEXT: by a scanner, with Enter"},
    {"flood", 1, 1, cmd_flood, "N: that many characters at scanner speed, with Enter"},
};

const struct play_commands play_touch_commands = {list, (int)ARRAY_LEN(list)};
