/* From what the hardware said to what it means: fingers, five keys, typing, scanners.
 *
 * A finger means what lies under it in the frame that is on screen. A scanner is a
 * keyboard that types faster than people: characters wait INPUT_HOLD_MS for a follower
 * before they count as typed, so that a scan never shows up letter by letter. Pure. */
#ifndef UI_INPUT_H
#define UI_INPUT_H

#include "model/effect.h"
#include "model/event.h"
#include "ui/frame.h"

#define INPUT_GAP_MS 35       /* longest gap within a burst of a scanner */
#define INPUT_HOLD_MS 40
#define INPUT_BURST_MIN 12    /* characters of a scan; less is somebody typing fast */
#define INPUT_BURST_PAUSE_MS 100 /* a long burst ends after it, with Enter or without */
#define INPUT_LATE_ENTER_MS 1000 /* an Enter so soon after such a burst is its scanner's */
#define INPUT_TYPED_PAUSE_MS 10000
#define INPUT_TEXT_SIZE PAYLOAD_TEXT_SIZE
#define INPUT_ACTS_MAX 16

enum input_act_kind {
    INPUT_PRESS, /* the control with this message is held down; MSG_NONE: none is */
    INPUT_MSG,   /* MSG_SCAN: input.scanned is the text */
};

struct input_act {
    enum input_act_kind kind;
    struct msg msg;
};

struct input_acts {
    int count;
    struct input_act list[INPUT_ACTS_MAX];
};

struct input_text {
    size_t len;
    bool over; /* more came than fits */
    char bytes[INPUT_TEXT_SIZE];
};

struct input {
    struct msg finger;         /* the control the finger went down on */
    bool pressed;              /* and is still over it */
    struct input_text burst;   /* characters not yet known to be typed or scanned */
    int burst_chars;
    int64_t burst_ms;          /* when its last character came */
    bool enter_may_come;       /* the last burst ended without one */
    bool swallowing;           /* the rest of an over-long burst */
    struct input_text typed;   /* by hand, since the last long pause */
    int64_t typed_ms;
    char scanned[INPUT_TEXT_SIZE]; /* cleaned, upper case */
};

void input_init(struct input *input);
/* Adds what the event means for the frame on screen. */
void input_event(struct input *input, const struct event *event, const struct frame *shown,
                 struct input_acts *acts);
/* Adds what the passing of time means: held characters become typed ones. */
void input_time(struct input *input, int64_t mono_ms, struct input_acts *acts);
/* When input_time is due; -1: not. */
int input_sleep_ms(const struct input *input, int64_t mono_ms);

#endif
