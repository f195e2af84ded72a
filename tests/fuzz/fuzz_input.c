/* Any sequence of keys, characters, touches and pauses: what comes out is one of ours, and
 * a scanned text is clean. Four bytes an event: kind, value, pause, place. */
#include "ui/input.h"

#include "base/utf8.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct event event_of(const uint8_t *at)
{
    static const char *const texts[] = {"A", "n", "K", " ", "\r", "é", "\u202e", "\u2066",
                                        "\x1b", "ANKANKANKANKANKA", "9", "-", "؀", "😀"};
    struct event event = {.kind = (enum event_kind)(at[0] % (EVENT_KEY + 1)),
                          .key = (enum event_key)(at[1] % (KEY_DELETE + 1)),
                          .x = at[1] * 2,
                          .y = at[3] * 2};
    const char *text = texts[at[3] % ARRAY_LEN(texts)];
    if (at[1] >= 0x20 && at[1] < 0x7F) {
        event.text[0] = (char)at[1];
    } else {
        str_copy(event.text, sizeof event.text, str_of(text));
    }
    return event;
}

static void make_frame(struct frame *frame)
{
    frame_begin(frame, 512, 512, THEME_PAPER, COLOR_WHITE);
    for (int i = 0; i < 4; i++) {
        frame_hit(frame, rect_make(i * 100, i * 90, 180, 120), (struct msg){MSG_HOME, i, 0},
                  STR("a"));
    }
}

static void check_acts(struct input *input, const struct input_acts *acts)
{
    char again[INPUT_TEXT_SIZE];
    CHECK(acts->count <= INPUT_ACTS_MAX);
    for (int i = 0; i < acts->count; i++) {
        if (acts->list[i].msg.kind == MSG_SCAN) {
            struct str scanned = str_of(input->scanned);
            CHECK(scanned.len > 0 && utf8_valid(scanned));
            CHECK(utf8_clean(again, sizeof again, scanned, sizeof again) == scanned.len);
            CHECK(memcmp(again, scanned.ptr, scanned.len) == 0);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct frame frame;
    struct input input;
    int64_t now = 1000;
    input_init(&input);
    make_frame(&frame);
    for (size_t at = 0; at + 4 <= size; at += 4) {
        struct input_acts acts = {0};
        struct event event = event_of(data + at);
        now += data[at + 2] < 250 ? data[at + 2] / 4 : 12000;
        event.mono_ms = now;
        frame.focus = data[at + 3] % 6 - 1;
        input_event(&input, &event, &frame, &acts);
        check_acts(&input, &acts);
    }
    struct input_acts last = {0};
    input_time(&input, now + 1000, &last);
    check_acts(&input, &last);
    CHECK(input_sleep_ms(&input, now + 1000) == -1);
    return 0;
}
