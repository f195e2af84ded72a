/* The order sheet: which of the coming jobs? It names the job and no person. */
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"
#include "screens/words.h"

#include "domain/field.h"

#include <string.h>

static bool is_coming(const struct model *model, const struct wish *wish)
{
    return wish->state == WISH_CONFIRMED && wish->work.date >= model->today;
}

static bool same_job(const struct wish *a, const struct wish *b)
{
    return a->work.date == b->work.date && strcmp(a->code, b->code) == 0;
}

/* Somebody else's wish for the same job stands before it in the list. */
static bool is_repeated(const struct model *model, int index)
{
    const struct wish *wishes = model->staff.wishes;
    for (int i = 0; i < index; i++) {
        if (is_coming(model, &wishes[i]) && same_job(&wishes[i], &wishes[index])) {
            return true;
        }
    }
    return false;
}

/* Index of the n-th coming job in the list of wishes, or -1; counts them all with n < 0. */
static int coming(const struct model *model, int n, int *count_out)
{
    int count = 0, found = -1;
    for (int i = 0; i < model->staff.wish_count; i++) {
        if (is_coming(model, &model->staff.wishes[i]) && !is_repeated(model, i)) {
            found = count == n ? i : found;
            count++;
        }
    }
    *count_out = count;
    return found;
}

static void draw_job(struct ui *ui, struct rect at, const struct wish *wish, int index)
{
    const char *when = words_when_brief(ui, &wish->work), *title = ui_own(ui, wish->title);
    const char *label =
        UI_FILL(ui, "{title}. {when}", TR_ARG("title", wish->title), TR_ARG("when", when));
    int down = ui_touch(ui, at, 6, msg_make(MSG_PRINT, index, 0), label);
    at.y += down;
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 22, 6 - down});
    struct rect inside = rect_inset(at, 14);
    struct rect spot = rect_cut_start(&inside, inside.h);
    ui_box(ui, spot, (struct look){ui_field_tint(wish->field), COLOR_INK, 3, 18, 0});
    ui_icon(ui, rect_inset(spot, spot.h / 5), field_icon(wish->field));
    rect_cut_start(&inside, 18);
    struct words name = {FONT_LABEL, COLOR_INK, PLACE_START, 1};
    struct words note = {FONT_FINE, COLOR_MUTED, PLACE_START, 1};
    struct rect lower = rect_cut_bottom(&inside, 30);
    name.font = ui_fit(ui, inside, name, title);
    name.lines_max = ui_measure(ui, name, inside.w, title).cut ? 2 : 1;
    note.font = ui_fit(ui, lower, note, when);
    ui_text_middle(ui, inside, name, title);
    ui_text_middle(ui, lower, note, when);
}

static void draw_empty(struct ui *ui, struct rect area)
{
    struct words words = {FONT_CARD, COLOR_INK, PLACE_CENTER, 3};
    const char *text = ui_tr(ui, "Kein kommender Job ist zugesagt. Sage erst einen Wunsch zu.");
    ui_text_middle(ui, area, words, text);
}

static void order_view(struct ui *ui)
{
    const struct model *model = ui->model;
    struct rect area = staff_area(ui), foot = ui_foot(ui);
    int columns = ui->width >= 1000 ? 2 : 1, gap = 18, height = 116, count;
    (void)coming(model, -1, &count);
    ui_head(ui, ui_tr(ui, "Zettel für welche Stelle?"), NULL);
    int rows = (area.h + gap) / (height + gap), fit = (rows < 1 ? 1 : rows) * columns;
    int pages = (count + fit - 1) / fit, page = model->staff.page;
    page = page < pages ? page : pages > 0 ? pages - 1 : 0;
    int width = (area.w - gap * (columns - 1)) / columns;
    if (count == 0) {
        draw_empty(ui, area);
    }
    for (int i = 0; i < fit && page * fit + i < count; i++) {
        int index = coming(model, page * fit + i, &count);
        draw_job(ui,
                 rect_make(area.x + i % columns * (width + gap),
                           area.y + i / columns * (height + gap), width, height),
                 &model->staff.wishes[index], index);
    }
    if (pages > 1) {
        staff_pager(ui, rect_make(foot.x, foot.y + 8, foot.w, 60), page, pages);
    }
}

static void print(struct model *model, int index, struct effects *effects)
{
    struct staff_session *staff = &model->staff;
    if (index < 0 || index >= staff->wish_count || staff->jobs.print_state == PRINT_RUNNING ||
        !is_coming(model, &staff->wishes[index])) {
        return;
    }
    struct effect *effect = ask(model, effects, EFFECT_PRINT_ORDER);
    effect->wish = staff->wishes[index];
    /* The site never learns who comes. */
    memset(effect->wish.alias, 0, sizeof effect->wish.alias);
    memset(&effect->wish.id, 0, sizeof effect->wish.id);
    memset(&effect->wish.participant, 0, sizeof effect->wish.participant);
    staff->jobs.print_state = PRINT_RUNNING;
    model->notice = NOTICE_NONE;
}

static void order_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    if (msg->kind == MSG_PRINT) {
        print(model, msg->a, effects);
    } else if (msg->kind == MSG_PAGE) {
        model->staff.page = msg->a < 0 ? 0 : msg->a;
    }
}

static void order_enter(struct model *model, struct effects *effects)
{
    (void)effects;
    model->staff.page = 0;
}

const struct screen screen_staff_order = {.name = "staff_order",
                                          .theme = THEME_STAFF,
                                          .personal = true,
                                          .view = order_view,
                                          .update = order_update,
                                          .enter = order_enter};
