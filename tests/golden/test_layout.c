/* No screen may cut off words, lay things over each other or offer a target too small to
 * hit: every state, at every size, text size and in a mirrored language, measured with the
 * kiosk's own fonts. */
#include "support/states.h"
#include "text/text.h"
#include "unit/unit.h"

#include <stdio.h>

struct size_row {
    int width, height, percent;
    const char *language;
    int least; /* pixels a target must have in its smaller direction */
};

/* The least target is what the display makes of 9 mm and more: 10.1" 1280×800 has 5.9
 * pixels a millimetre, 7" 800×480 5.2, 15.6" 1920×1080 5.6. */
static const struct size_row sizes[] = {
    {1280, 800, 100, "de", 58}, {800, 480, 100, "de", 46},   {1920, 1080, 100, "de", 78},
    {720, 1280, 100, "de", 54}, {1080, 1920, 100, "de", 80}, {1280, 800, 125, "de", 60},
    {1280, 800, 150, "de", 58}, {1280, 800, 100, "ar", 58},  {720, 1280, 100, "ar", 54},
    {640, 400, 100, "de", 36},  {800, 480, 125, "de", 46},   {800, 480, 150, "de", 46},
    {1280, 800, 150, "ar", 58},  {800, 480, 100, "ar", 46},   {1280, 800, 100, "uk", 58},
    {720, 1280, 100, "uk", 54},  {800, 480, 100, "uk", 46},   {1280, 800, 100, "tr", 58},
    {720, 1280, 100, "tr", 54},  {800, 480, 100, "tr", 46},   {1280, 800, 100, "en", 58},
};

struct findings {
    int count;
    const char *state;
    const struct size_row *size;
};

static void found(struct findings *f, const char *what, struct str text)
{
    f->count++;
    fprintf(stderr, "%s %dx%d %d%% %s: %s: \"%.*s\"\n", f->state, f->size->width,
            f->size->height, f->size->percent, f->size->language, what, (int)text.len,
            text.ptr);
}

static bool is_inside(const struct frame *frame, struct rect r)
{
    return r.x >= 0 && r.y >= 0 && r.x + r.w <= frame->width && r.y + r.h <= frame->height;
}

/* The warning lies over everything on purpose. */
static bool is_overlaid(const struct frame *frame)
{
    for (int i = 0; i < frame->hit_count; i++) {
        if (frame->hits[i].msg.kind == MSG_STAY || frame->hits[i].msg.kind == MSG_DISMISS) {
            return true;
        }
    }
    return false;
}

static void check_texts(struct findings *f, const struct frame *frame,
                        struct text_measure measure)
{
    for (int i = 0; i < frame->draw_count; i++) {
        const struct draw *draw = &frame->draws[i];
        struct text_box box;
        if (draw->kind != DRAW_TEXT) {
            continue;
        }
        struct str text = frame_str(frame, draw->text, draw->text_len);
        measure.measure(measure.ctx, &draw->spec, text, draw->rect.w, draw->lines_max, &box);
        if (box.cut) {
            found(f, "words cut off", text);
        }
        if (!is_inside(frame, draw->rect)) {
            found(f, "words outside", text);
        }
        for (int j = 0; j < i && !is_overlaid(frame); j++) {
            const struct draw *other = &frame->draws[j];
            struct rect both = rect_intersect(draw->rect, other->rect);
            if (other->kind == DRAW_TEXT && both.h > draw->spec.size / 3 && both.w > 2) {
                struct text_box old;
                measure.measure(measure.ctx, &other->spec,
                                frame_str(frame, other->text, other->text_len), other->rect.w,
                                other->lines_max, &old);
                /* Rects are as wide as their column; only ink counts. */
                if (draw->align == other->align) {
                    found(f, "words on words", text);
                }
            }
        }
    }
}

static void check_hits(struct findings *f, const struct frame *frame)
{
    for (int i = 0; i < frame->hit_count; i++) {
        const struct hit *hit = &frame->hits[i];
        struct str label = frame_str(frame, hit->label, hit->label_len);
        if (label.len == 0) {
            found(f, "target without words", label);
        }
        bool is_key = hit->msg.kind == MSG_KEY;
        int least = hit->rect.w < hit->rect.h ? hit->rect.w : hit->rect.h;
        if (least < (is_key ? f->size->least * 3 / 5 : f->size->least)) {
            found(f, "target too small", label);
        }
        if (frame_hit_at(frame, hit->rect.x + hit->rect.w / 2,
                         hit->rect.y + hit->rect.h / 2) != i && !is_overlaid(frame)) {
            found(f, "target covered", label);
        }
    }
}

static void test_layout(void **state)
{
    char why[256];
    struct buf error;
    struct text *text;
    struct states *states = states_open();
    struct model *model = calloc(1, sizeof *model);
    struct frame *frame = calloc(1, sizeof *frame);
    struct findings f = {0};
    (void)state;
    buf_init(&error, why, sizeof why);
    assert_int_equal(text_open(&error, &text), ERR_OK);
    for (size_t s = 0; s < ARRAY_LEN(sizes); s++) {
        for (int i = 0; i < states_count(); i++) {
            f.state = states_name(i);
            f.size = &sizes[s];
            states_make(states, i, sizes[s].width, sizes[s].height, sizes[s].percent,
                        language_find(str_of(sizes[s].language)), model);
            view(model, text_measure(text), frame);
            check_texts(&f, frame, text_measure(text));
            check_hits(&f, frame);
        }
    }
    text_close(text);
    states_close(states);
    free(model);
    free(frame);
    assert_int_equal(f.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_layout)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
