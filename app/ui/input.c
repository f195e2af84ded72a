#include "ui/input.h"

#include "base/utf8.h"

#include <string.h>

#define SCAN_CHARS_MAX 320 /* more than the longest slip; a longer text is not ours */
#define CHAR_DELETE 8
#define CHAR_ENTER 13

void input_init(struct input *input)
{
    memset(input, 0, sizeof *input);
}

static void add(struct input_acts *acts, enum input_act_kind kind, struct msg msg)
{
    if (acts->count < INPUT_ACTS_MAX) {
        acts->list[acts->count++] = (struct input_act){kind, msg};
    }
}

static void add_msg(struct input_acts *acts, enum msg_kind kind, int a, int b)
{
    add(acts, INPUT_MSG, (struct msg){kind, a, b});
}

static struct msg no_msg(void)
{
    return (struct msg){MSG_NONE, 0, 0};
}

/* ---- fingers ---------------------------------------------------------------------------- */

static struct msg msg_at(const struct frame *shown, int x, int y)
{
    int hit = frame_hit_at(shown, x, y);
    return hit < 0 ? no_msg() : shown->hits[hit].msg;
}

static void finger_down(struct input *input, const struct event *event,
                        const struct frame *shown, struct input_acts *acts)
{
    input->finger = msg_at(shown, event->x, event->y);
    input->pressed = input->finger.kind != MSG_NONE;
    add(acts, INPUT_PRESS, input->finger);
}

/* A finger that slides off a control lets it up; sliding back presses it again. */
static void finger_move(struct input *input, const struct event *event,
                        const struct frame *shown, struct input_acts *acts)
{
    bool over = input->finger.kind != MSG_NONE &&
                msg_eq(msg_at(shown, event->x, event->y), input->finger);
    if (over != input->pressed) {
        input->pressed = over;
        add(acts, INPUT_PRESS, over ? input->finger : no_msg());
    }
}

static void finger_up(struct input *input, const struct event *event,
                      const struct frame *shown, struct input_acts *acts)
{
    bool over = input->finger.kind != MSG_NONE &&
                msg_eq(msg_at(shown, event->x, event->y), input->finger);
    add(acts, INPUT_PRESS, no_msg());
    if (over) {
        add(acts, INPUT_MSG, input->finger);
    }
    input->finger = no_msg();
    input->pressed = false;
}

static void finger_gone(struct input *input, struct input_acts *acts)
{
    if (input->finger.kind != MSG_NONE) {
        add(acts, INPUT_PRESS, no_msg());
    }
    input->finger = no_msg();
    input->pressed = false;
}

/* ---- text ------------------------------------------------------------------------------- */

static void text_clear(struct input_text *text)
{
    memset(text, 0, sizeof *text);
}

static void text_put(struct input_text *text, struct str s)
{
    if (text->over || s.len > sizeof text->bytes - 1 - text->len) {
        text->over = true;
        return;
    }
    memcpy(text->bytes + text->len, s.ptr, s.len);
    text->len += s.len;
}

static void clean_scan(char out[INPUT_TEXT_SIZE], const struct input_text *text)
{
    struct str raw = {text->bytes, text->len};
    size_t len = utf8_clean(out, INPUT_TEXT_SIZE, raw, SCAN_CHARS_MAX);
    for (size_t i = 0; i < len; i++) {
        out[i] = out[i] >= 'a' && out[i] <= 'z' ? (char)(out[i] - 'a' + 'A') : out[i];
    }
}

/* Only what is handed on replaces the last scan: its message may still be under way. */
static void add_scan(struct input *input, const char *scanned, struct input_acts *acts)
{
    str_copy(input->scanned, sizeof input->scanned, str_of(scanned));
    add_msg(acts, MSG_SCAN, 0, 0);
}

/* A card or slip whose characters somebody types from paper: ANK… or ANS…, or a centre's
 * code: ANE… */
static bool looks_like_ours(const char *scanned)
{
    return strlen(scanned) >= INPUT_BURST_MIN && scanned[0] == 'A' && scanned[1] == 'N' &&
           (scanned[2] == 'K' || scanned[2] == 'S' || scanned[2] == 'E');
}

static void typed_put(struct input *input, struct str character, int64_t mono_ms)
{
    if (mono_ms - input->typed_ms > INPUT_TYPED_PAUSE_MS) {
        text_clear(&input->typed);
    }
    input->typed_ms = mono_ms;
    text_put(&input->typed, character);
}

/* One character by hand; what is invisible or steers the direction is nobody's alias. */
static void type_character(struct input *input, struct str character, int64_t mono_ms,
                           struct input_acts *acts)
{
    char clean[8];
    size_t at = 0;
    bool space = character.len == 1 && character.ptr[0] == ' ';
    if (!space && utf8_clean(clean, sizeof clean, character, 1) == 0) {
        return;
    }
    typed_put(input, character, mono_ms);
    add_msg(acts, MSG_KEY, (int)utf8_next(character, &at), 0);
}

static void burst_clear(struct input *input)
{
    text_clear(&input->burst);
    input->burst_chars = 0;
}

/* The held characters were typed after all. */
static void burst_to_typed(struct input *input, struct input_acts *acts)
{
    struct str burst = {input->burst.bytes, input->burst.len};
    size_t at = 0;
    while (at < burst.len) {
        size_t from = at;
        utf8_next(burst, &at);
        type_character(input, (struct str){burst.ptr + from, at - from}, input->burst_ms,
                       acts);
    }
    burst_clear(input);
}

static void burst_to_scan(struct input *input, struct input_acts *acts)
{
    char scanned[INPUT_TEXT_SIZE];
    clean_scan(scanned, &input->burst);
    burst_clear(input);
    text_clear(&input->typed);
    if (scanned[0] != '\0') {
        add_scan(input, scanned, acts);
    }
}

static bool is_long(const struct input *input)
{
    return input->burst_chars >= INPUT_BURST_MIN;
}

static int64_t burst_due_ms(const struct input *input)
{
    bool waits = is_long(input) || input->swallowing;
    return input->burst_ms + (waits ? INPUT_BURST_PAUSE_MS : INPUT_HOLD_MS);
}

void input_time(struct input *input, int64_t mono_ms, struct input_acts *acts)
{
    if (mono_ms < burst_due_ms(input)) {
        return;
    }
    input->swallowing = false;
    if (is_long(input)) {
        burst_to_scan(input, acts); /* a scanner that sends no Enter, or a late one */
        input->enter_may_come = true;
    } else if (input->burst_chars > 0) {
        burst_to_typed(input, acts);
    }
}

int input_sleep_ms(const struct input *input, int64_t mono_ms)
{
    if (input->burst_chars == 0 && !input->swallowing) {
        return -1;
    }
    int64_t left = burst_due_ms(input) - mono_ms;
    return left < 0 ? 0 : (int)left;
}

static void enter(struct input *input, int64_t mono_ms, const struct frame *shown,
                  struct input_acts *acts);

static void hold_character(struct input *input, struct str character, int64_t mono_ms,
                           struct input_acts *acts)
{
    bool follows = mono_ms - input->burst_ms <= INPUT_GAP_MS;
    input->enter_may_come = false;
    if (!follows && !is_long(input) && input->burst_chars > 0) {
        burst_to_typed(input, acts);
    }
    input->burst_ms = mono_ms;
    if (input->swallowing) {
        return;
    }
    text_put(&input->burst, character);
    input->burst_chars++;
    if (input->burst.over) {
        burst_clear(input);
        input->swallowing = true;
    }
}

static void text(struct input *input, const struct event *event, const struct frame *shown,
                 struct input_acts *acts)
{
    struct str all = str_of(event->text);
    size_t at = 0;
    while (at < all.len) {
        size_t from = at;
        uint32_t c = utf8_next(all, &at);
        if (c == '\r' || c == '\n') {
            enter(input, event->mono_ms, shown, acts);
        } else {
            hold_character(input, (struct str){all.ptr + from, at - from}, event->mono_ms,
                           acts);
        }
    }
}

/* ---- keys ------------------------------------------------------------------------------- */

static void choose(const struct frame *shown, struct input_acts *acts)
{
    if (shown->focus >= 0 && shown->focus < shown->hit_count) {
        if (shown->hits[shown->focus].msg.kind != MSG_NONE) {
            add(acts, INPUT_MSG, shown->hits[shown->focus].msg);
        }
    } else {
        add_msg(acts, MSG_FOCUS, 1, 0);
    }
}

static void typed_enter(struct input *input, int64_t mono_ms, const struct frame *shown,
                        struct input_acts *acts)
{
    char scanned[INPUT_TEXT_SIZE];
    bool typing = input->typed.len > 0 && mono_ms - input->typed_ms <= INPUT_TYPED_PAUSE_MS;
    clean_scan(scanned, &input->typed);
    text_clear(&input->typed);
    if (typing && looks_like_ours(scanned)) {
        add_scan(input, scanned, acts);
    } else if (typing) {
        add_msg(acts, MSG_KEY, CHAR_ENTER, 0);
    } else {
        choose(shown, acts);
    }
}

static void enter(struct input *input, int64_t mono_ms, const struct frame *shown,
                  struct input_acts *acts)
{
    if (input->swallowing) {
        input->burst_ms = mono_ms;
        return;
    }
    if (is_long(input)) {
        burst_to_scan(input, acts);
        return;
    }
    if (input->enter_may_come && mono_ms - input->burst_ms <= INPUT_LATE_ENTER_MS) {
        input->enter_may_come = false;
        return;
    }
    burst_to_typed(input, acts);
    typed_enter(input, mono_ms, shown, acts);
}

static void typed_delete(struct input *input)
{
    struct str typed = {input->typed.bytes, input->typed.len};
    input->typed.len = typed.len == 0 ? 0 : utf8_cut(typed, typed.len - 1);
}

/* A key of the pad: whatever was typed before is over. */
static void pad_key(struct input *input, enum msg_kind kind, int a, struct input_acts *acts)
{
    burst_to_typed(input, acts);
    text_clear(&input->typed);
    input->enter_may_come = false;
    add_msg(acts, kind, a, 0);
}

static void key(struct input *input, const struct event *event, const struct frame *shown,
                struct input_acts *acts)
{
    switch (event->key) {
    case KEY_PREVIOUS:
        pad_key(input, MSG_FOCUS, -1, acts);
        break;
    case KEY_NEXT:
        pad_key(input, MSG_FOCUS, 1, acts);
        break;
    case KEY_BACK:
        pad_key(input, MSG_BACK, 0, acts);
        break;
    case KEY_READ_ALOUD:
        pad_key(input, MSG_READ_ALOUD, 0, acts);
        break;
    case KEY_CHOOSE:
        enter(input, event->mono_ms, shown, acts);
        break;
    case KEY_DELETE:
        burst_to_typed(input, acts);
        typed_delete(input);
        add_msg(acts, MSG_KEY, CHAR_DELETE, 0);
        break;
    case KEY_NONE:
        break;
    }
}

void input_event(struct input *input, const struct event *event, const struct frame *shown,
                 struct input_acts *acts)
{
    input_time(input, event->mono_ms, acts);
    switch (event->kind) {
    case EVENT_FINGER_DOWN:
        finger_down(input, event, shown, acts);
        break;
    case EVENT_FINGER_MOVE:
        finger_move(input, event, shown, acts);
        break;
    case EVENT_FINGER_UP:
        finger_up(input, event, shown, acts);
        break;
    case EVENT_FINGER_GONE:
        finger_gone(input, acts);
        break;
    case EVENT_TEXT:
        text(input, event, shown, acts);
        break;
    case EVENT_KEY:
        key(input, event, shown, acts);
        break;
    default:
        break;
    }
}
