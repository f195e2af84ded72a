/* Frames: filling one, asking what lies where. Comparing them is in frame_damage.c, their
 * text form in frame_dump.c. */
#include "ui/frame.h"

#include <string.h>

void frame_begin(struct frame *frame, int width, int height, enum theme theme,
                 enum color ground)
{
    frame->width = width;
    frame->height = height;
    frame->theme = theme;
    frame->ground = ground;
    frame->draw_count = 0;
    frame->hit_count = 0;
    frame->text_len = 0;
    frame->title = 0;
    frame->title_len = 0;
    frame->speech_private = false;
    frame->focus = -1;
}

struct draw *frame_draw(struct frame *frame, enum draw_kind kind, struct rect rect)
{
    CHECK(frame->draw_count < FRAME_DRAWS_MAX);
    struct draw *draw = &frame->draws[frame->draw_count++];
    *draw = (struct draw){.kind = kind, .rect = rect};
    return draw;
}

uint32_t frame_text(struct frame *frame, struct str text)
{
    uint32_t at = frame->text_len;
    CHECK(text.len <= FRAME_TEXT_SIZE - at);
    if (text.len > 0) {
        memcpy(frame->texts + at, text.ptr, text.len);
        frame->text_len += (uint32_t)text.len;
    }
    return at;
}

struct str frame_str(const struct frame *frame, uint32_t offset, uint32_t len)
{
    CHECK(offset <= frame->text_len && len <= frame->text_len - offset);
    return (struct str){frame->texts + offset, len};
}

void frame_hit(struct frame *frame, struct rect rect, struct msg msg, struct str label)
{
    CHECK(frame->hit_count < FRAME_HITS_MAX);
    struct hit *hit = &frame->hits[frame->hit_count++];
    *hit = (struct hit){.rect = rect, .msg = msg, .label_len = (uint32_t)label.len};
    hit->label = frame_text(frame, label);
}

void frame_title(struct frame *frame, struct str title)
{
    frame->title = frame_text(frame, title);
    frame->title_len = (uint32_t)title.len;
}

int frame_hit_at(const struct frame *frame, int x, int y)
{
    for (int i = frame->hit_count - 1; i >= 0; i--) {
        if (rect_has(frame->hits[i].rect, x, y)) {
            return i;
        }
    }
    return -1;
}

int frame_hit_of(const struct frame *frame, struct msg msg)
{
    for (int i = 0; i < frame->hit_count; i++) {
        if (msg_eq(frame->hits[i].msg, msg)) {
            return i;
        }
    }
    return -1;
}

struct rect draw_bounds(const struct draw *draw)
{
    struct rect r = draw->rect;
    if (draw->kind == DRAW_BOX) {
        r.h += draw->shadow;
    } else if (draw->kind == DRAW_DASH) {
        r.h = draw->line;
    } else if (draw->kind == DRAW_TEXT) {
        r = rect_inset(r, -(draw->spec.size / 3 + 1));
    } else if (draw->kind == DRAW_OUTLINE) {
        r = rect_inset(r, -(draw->radius * 3 / 2 + draw->line + 3));
    }
    return r;
}

void frame_copy(struct frame *to, const struct frame *from)
{
    memcpy(to, from, offsetof(struct frame, draws));
    memcpy(to->draws, from->draws, (size_t)from->draw_count * sizeof from->draws[0]);
    memcpy(to->hits, from->hits, (size_t)from->hit_count * sizeof from->hits[0]);
    memcpy(to->texts, from->texts, from->text_len);
}
