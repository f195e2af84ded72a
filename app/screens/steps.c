#include "screens/steps.h"

#include <string.h>

#define SHADOW 10

struct step_list {
    int count;
    int steps[FORM_STEPS_MAX];
};

static void add_where(struct step_list *list, const struct form_question *q,
                      bool on_scale, bool talk)
{
    for (int i = q->step_count - 1; i >= 0; i--) {
        bool placed = form_question_place(q, i) > 0;
        if (placed == on_scale && (i == q->talk_step) == talk) {
            list->steps[list->count++] = i;
        }
    }
}

static struct step_list order_of(const struct form_question *q)
{
    struct step_list list = {0};
    add_where(&list, q, true, false);
    add_where(&list, q, false, false);
    add_where(&list, q, true, true);
    add_where(&list, q, false, true);
    return list;
}

static enum color tint_of(const struct form_question *q, int step)
{
    static const enum color tints[] = {COLOR_SAND, COLOR_PEACH, COLOR_LEMON, COLOR_MINT};
    int place = form_question_place(q, step);
    int from_best = form_question_places(q) - place;
    if (step == q->talk_step) {
        return COLOR_LILAC;
    }
    if (place == 0) {
        return COLOR_WHITE;
    }
    return tints[from_best > 3 ? 0 : 3 - from_best];
}

/* 1 … places bars, rising to the end side; `place` of them full. */
static void draw_bars(struct ui *ui, struct rect at, int place, int places)
{
    int height = at.h > 112 ? 112 : at.h;
    int width = height * 30 / 112, gap = height * 8 / 112 + 1;
    int x = at.x + (at.w - places * width - (places - 1) * gap) / 2;
    for (int i = 0; i < places; i++) {
        int h = height * (41 + (places > 1 ? 59 * i / (places - 1) : 59)) / 100;
        struct rect bar = {x + i * (width + gap), at.y + at.h - h, width, h};
        ui_box(ui, bar,
               (struct look){i < place ? COLOR_INK : COLOR_WHITE, COLOR_INK, 3, width / 4,
                             0});
    }
}

static int max_int(int a, int b)
{
    return a > b ? a : b;
}

static void draw_tall(struct ui *ui, struct rect at, const struct step_choice *choice,
                      int step)
{
    const struct form_question *q = choice->question;
    bool chosen = step == choice->given;
    int place = form_question_place(q, step);
    const char *text = ui_tr(ui, q->steps[step]);
    int down = ui_touch(ui, at, SHADOW, msg_make(MSG_ANSWER, choice->number, step), text);
    at.y += down;
    ui_box(ui, at,
           (struct look){tint_of(q, step), chosen ? COLOR_INDIGO : COLOR_INK,
                         chosen ? 7 : 3, 30, SHADOW - down});
    struct rect inside = rect_inset(at, ui->low ? 14 : 20);
    struct words words = {FONT_CARD, COLOR_INK, PLACE_CENTER, 3};
    words.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h / 2), words, text);
    int height = ui_measure(ui, words, inside.w, text).height;
    int gap = ui->low ? 10 : 22, room = inside.h - height - gap;
    int bars = place > 0 ? (room > 112 ? 112 : room) : 0;
    int used = height + (bars > 0 ? bars + gap : 0);
    rect_cut_top(&inside, max_int(0, (inside.h - used) / 2));
    if (bars > 0) {
        draw_bars(ui, rect_cut_top(&inside, bars), place, form_question_places(q));
        rect_cut_top(&inside, gap);
    }
    ui_text(ui, inside, words, text);
}

void steps_tall(struct ui *ui, struct rect at, const struct step_choice *choice)
{
    struct step_list list = order_of(choice->question);
    int columns = !ui->narrow ? list.count : list.count <= 3 ? 1 : 2;
    int gap = ui->low ? 20 : UI_GAP;
    int rows = (list.count + columns - 1) / columns;
    int width = (at.w - gap * (columns - 1)) / columns;
    int height = (at.h - (gap + SHADOW) * (rows - 1)) / rows;
    for (int i = 0; i < list.count; i++) {
        draw_tall(ui,
                  rect_make(at.x + i % columns * (width + gap),
                            at.y + i / columns * (height + gap + SHADOW), width, height),
                  choice, list.steps[i]);
    }
}

void steps_small(struct ui *ui, struct rect at, const struct step_choice *choice)
{
    struct step_list list = order_of(choice->question);
    CHECK(list.count > 0);
    int gap = 16, width = (at.w - gap * (list.count - 1)) / list.count;
    for (int i = 0; i < list.count; i++) {
        int step = list.steps[i];
        struct rect tile = rect_make(at.x + i * (width + gap), at.y, width, at.h);
        const char *text = ui_tr(ui, choice->question->steps[step]);
        bool chosen = step == choice->given;
        int down =
            ui_touch(ui, tile, 5, msg_make(MSG_ANSWER, choice->number, step), text);
        tile.y += down;
        ui_box(ui, tile,
               (struct look){tint_of(choice->question, step),
                             chosen ? COLOR_INDIGO : COLOR_INK, chosen ? 7 : 3, 20,
                             5 - down});
        /* One word is not to be broken: it gets smaller. */
        struct words words = {FONT_LABEL, COLOR_INK, PLACE_CENTER,
                              strchr(text, ' ') ? 2 : 1};
        struct rect inside = rect_inset(tile, 9);
        words.font = ui_fit(ui, inside, words, text);
        ui_text_middle(ui, inside, words, text);
    }
}
