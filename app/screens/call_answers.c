/* What was said about a job, as lines in pages: both views beside each other, own words,
 * notes of the team. Draws nothing of a view before it may be seen. */
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"
#include "screens/words.h"

#include "domain/difference.h"

#define LINES_MAX (FORM_ASPECTS_MAX + FORM_ABOUT_MAX + 6 + NOTES_MAX)
#define STACKED_WIDTH 620
#define PAGER_WIDTH 210
#define PAGER_HEIGHT 60

enum line_kind { LINE_ASPECT, LINE_ABOUT, LINE_AGAIN, LINE_TEXT };

struct line {
    enum line_kind kind;
    int index;
    const char *name, *text; /* LINE_TEXT */
    int height;
};

struct lines {
    int count;
    struct line list[LINES_MAX];
};

static const struct staff_jobs *jobs_of(const struct ui *ui)
{
    return &ui->model->staff.jobs;
}

static bool seen(const struct staff_jobs *jobs)
{
    return jobs->views_known && staff_job_ready(&jobs->brief);
}

static const struct evaluation_view *self_of(const struct staff_jobs *jobs)
{
    return seen(jobs) && jobs->has_self ? &jobs->self : NULL;
}

static const struct evaluation_view *site_of(const struct staff_jobs *jobs)
{
    return seen(jobs) && jobs->has_site ? &jobs->site : NULL;
}

static const struct evaluation_form *form_of(const struct ui *ui,
                                             const struct evaluation_view *view)
{
    const struct form_set *forms = ui->model->env.forms;
    return forms && view ? form_set_find(forms, view->form) : NULL;
}

/* ---- one question, two answers ----------------------------------------------------- */

static const char *step_text(struct ui *ui, const struct form_question *question, int step)
{
    bool told = question && step >= 0 && step < question->step_count;
    return ui_tr(ui, told ? question->steps[step] : N_("nicht gesagt"));
}

/* Round marks for the young person, square ones for the site: not by colour alone. */
static void draw_bars(struct ui *ui, struct rect at, const struct form_question *question,
                      int step, enum form_side side)
{
    int places = question ? form_question_places(question) : 0;
    int place = question && step >= 0 ? form_question_place(question, step) : 0;
    enum { WIDTH = 24, HEIGHT = 20, GAP = 6 };
    for (int i = 0; i < places; i++) {
        struct rect bar = rect_make(at.x + i * (WIDTH + GAP), at.y + (at.h - HEIGHT) / 2,
                                    WIDTH, HEIGHT);
        enum color fill = i >= place          ? COLOR_WHITE
                          : side == SIDE_SELF ? COLOR_BLITZ
                                              : COLOR_SKY;
        ui_box(ui, bar, (struct look){fill, COLOR_INK, 3, side == SIDE_SELF ? 10 : 3, 0});
    }
}

static int who_width(const struct ui *ui)
{
    struct words who = {.font = FONT_TINY};
    int self = ui_measure(ui, who, ui->width, ui_tr(ui, N_("selbst"))).width;
    int site = ui_measure(ui, who, ui->width, ui_tr(ui, N_("Stelle"))).width;
    return (self > site ? self : site) + 4;
}

static void draw_answer(struct ui *ui, struct rect at, const struct form_question *question,
                        int step, enum form_side side)
{
    enum { BARS = 130 };
    struct words who = {FONT_TINY, COLOR_MUTED, PLACE_START, 1};
    struct words words = {FONT_PILL, COLOR_INK, PLACE_START, 1};
    const char *name = ui_tr(ui, side == SIDE_SELF ? N_("selbst") : N_("Stelle"));
    const char *text = step_text(ui, question, step);
    struct rect label = rect_cut_start(&at, who_width(ui));
    who.font = ui_fit(ui, label, who, name);
    ui_text_middle(ui, label, who, name);
    rect_cut_start(&at, 10);
    draw_bars(ui, rect_cut_start(&at, BARS), question, step, side);
    words.font = ui_fit(ui, at, words, text);
    words.lines_max = ui_measure(ui, words, at.w, text).cut ? 2 : 1;
    ui_text_middle(ui, at, words, text);
}

struct pair {
    const char *name;
    const struct form_question *self, *site; /* NULL: that side has no answer */
    int self_step, site_step;
    const char *word; /* how they compare, or NULL */
};

static void draw_pair(struct ui *ui, struct rect at, const struct pair *pair)
{
    bool stacked = at.w < STACKED_WIDTH;
    struct words name = {FONT_LABEL, COLOR_INK, PLACE_START, 1};
    struct words note = {FONT_TINY, COLOR_MUTED, PLACE_START, 2};
    struct rect head = stacked ? rect_cut_top(&at, 32) : rect_cut_start(&at, at.w * 34 / 100);
    if (!stacked) {
        rect_cut_start(&at, 12);
        rect_cut_top(&at, 6);
        rect_cut_bottom(&at, 6);
    }
    if (pair->word && !stacked) {
        struct rect upper = rect_cut_top(&head, head.h / 2);
        name.font = ui_fit(ui, upper, name, pair->name);
        ui_text_middle(ui, upper, name, pair->name);
        note.font = ui_fit(ui, head, note, pair->word);
        ui_text_middle(ui, head, note, pair->word);
    } else {
        if (pair->word) {
            note.place = PLACE_END;
            note.lines_max = 1;
            struct rect end = rect_cut_end(&head, head.w * 56 / 100);
            note.font = ui_fit(ui, end, note, pair->word);
            ui_text_middle(ui, end, note, pair->word);
        }
        name.lines_max = stacked ? 1 : 2;
        name.font = ui_fit(ui, head, name, pair->name);
        ui_text_middle(ui, head, name, pair->name);
    }
    struct rect upper = rect_cut_top(&at, at.h / 2);
    draw_answer(ui, upper, pair->self, pair->self_step, SIDE_SELF);
    draw_answer(ui, at, pair->site, pair->site_step, SIDE_SITE);
}

static const char *aspect_word(struct ui *ui, const struct evaluation_form *form, int aspect)
{
    const struct staff_jobs *jobs = jobs_of(ui);
    struct difference difference;
    if (!self_of(jobs) || !site_of(jobs)) {
        return NULL;
    }
    difference_of(form, self_of(jobs), site_of(jobs), &difference);
    enum difference_kind kind = difference.aspects[aspect];
    return kind == DIFFERENCE_NOT_COMPARABLE ? NULL : ui_tr(ui, difference_word(kind));
}

static void draw_aspect(struct ui *ui, struct rect at, int aspect)
{
    const struct evaluation_view *self = self_of(jobs_of(ui)), *site = site_of(jobs_of(ui));
    const struct evaluation_form *own = form_of(ui, self), *their = form_of(ui, site);
    const struct evaluation_form *form = own ? own : their;
    int other =
        own && their ? evaluation_form_aspect(their, own->aspects[aspect].code) : aspect;
    bool theirs = their && other >= 0;
    struct pair pair = {
        .name = ui_tr(ui, form->aspects[aspect].name),
        .self = own ? &own->aspects[aspect] : NULL,
        .self_step = own ? self->aspects[aspect] : ANSWER_SKIPPED,
        .site = theirs ? &their->aspects[other] : NULL,
        .site_step = theirs ? site->aspects[other] : ANSWER_SKIPPED,
        .word = aspect_word(ui, form, aspect),
    };
    draw_pair(ui, at, &pair);
}

static void draw_again(struct ui *ui, struct rect at)
{
    const struct evaluation_view *self = self_of(jobs_of(ui)), *site = site_of(jobs_of(ui));
    const struct evaluation_form *own = form_of(ui, self), *their = form_of(ui, site);
    struct pair pair = {.name = ui_tr(ui, "Noch mal?"),
                        .self_step = own ? self->again : ANSWER_SKIPPED,
                        .site_step = their ? site->again : ANSWER_SKIPPED,
                        .self = own ? &own->again : NULL,
                        .site = their ? &their->again : NULL};
    draw_pair(ui, at, &pair);
}

/* What the young person says about the site: for coaches only. */
static void draw_about(struct ui *ui, struct rect at, int index)
{
    const struct evaluation_view *self = self_of(jobs_of(ui));
    const struct evaluation_form *form = form_of(ui, self);
    struct words name = {FONT_FINE, COLOR_INK, PLACE_START, 2};
    const char *text = ui_tr(ui, form->about[index].self);
    struct rect head = rect_cut_top(&at, at.h / 2);
    name.font = ui_fit(ui, head, name, text);
    ui_text_middle(ui, head, name, text);
    draw_answer(ui, at, &form->about[index], self->about_site[index], SIDE_SELF);
}

/* ---- which lines there are --------------------------------------------------------- */

static void add(struct lines *lines, struct line line)
{
    CHECK(lines->count < LINES_MAX);
    lines->list[lines->count++] = line;
}

static void add_text(struct ui *ui, struct lines *lines, int width, const char *name,
                     const char *text)
{
    struct words head = {FONT_TINY, COLOR_MUTED, PLACE_START, 2};
    struct words words = {FONT_FINE, COLOR_INK, PLACE_START, 14};
    if (text[0] != '\0') {
        int height = ui_measure(ui, head, width, name).height +
                     ui_measure(ui, words, width, text).height + 20;
        add(lines, (struct line){LINE_TEXT, 0, name, text, height});
    }
}

static const char *tiles_text(struct ui *ui, const struct evaluation_view *view)
{
    const struct evaluation_form *form = form_of(ui, view);
    const char *text = "";
    for (int i = 0; form && i < form->tile_count; i++) {
        if (view->tiles & 1u << i) {
            const char *tile = ui_tr(ui, form->tiles[i].text);
            text = text[0] ? UI_FILL(ui, "{a}, {b}", TR_ARG("a", text), TR_ARG("b", tile))
                           : tile;
        }
    }
    return text;
}

static void add_views(struct ui *ui, struct lines *lines, int width)
{
    const struct evaluation_view *self = self_of(jobs_of(ui)), *site = site_of(jobs_of(ui));
    const struct evaluation_form *own = form_of(ui, self);
    const struct evaluation_form *form = own ? own : form_of(ui, site);
    int height = width < STACKED_WIDTH ? 106 : 80;
    if (!form) {
        return;
    }
    for (int i = 0; i < form->aspect_count; i++) {
        add(lines, (struct line){LINE_ASPECT, i, NULL, NULL, height});
    }
    add(lines, (struct line){LINE_AGAIN, 0, NULL, NULL, height});
    for (int i = 0; own && i < own->about_count; i++) {
        if (self->about_site[i] != ANSWER_SKIPPED) {
            add(lines, (struct line){LINE_ABOUT, i, NULL, NULL, 100});
        }
    }
    if (self) {
        add_text(ui, lines, width, ui_tr(ui, "Das lief gut, sagt die Person"),
                 tiles_text(ui, self));
        add_text(ui, lines, width, ui_tr(ui, "Eigene Worte der Person"),
                 jobs_of(ui)->self_words);
    }
    if (site) {
        add_text(ui, lines, width, ui_tr(ui, "Das fiel der Stelle positiv auf"),
                 tiles_text(ui, site));
        add_text(ui, lines, width,
                 ui_tr(ui, jobs_of(ui)->brief.hold != HOLD_NONE
                               ? N_("Worte der Stelle – zurückgehalten")
                               : N_("Worte der Stelle")),
                 jobs_of(ui)->site_words);
    }
}

static void fill_lines(struct ui *ui, struct lines *lines, int width)
{
    const struct staff_jobs *jobs = jobs_of(ui);
    lines->count = 0;
    add_views(ui, lines, width);
    for (int i = 0; i < jobs->note_count; i++) {
        add_text(ui, lines, width, ui_tr(ui, "Notiz"), jobs->notes[i].text);
    }
}

/* ---- pages ------------------------------------------------------------------------- */

/* The first line after a page that begins at `first`. */
static int page_end(const struct lines *lines, int first, int room)
{
    int used = 0, i = first;
    while (i < lines->count && (i == first || used + lines->list[i].height <= room)) {
        used += lines->list[i++].height;
    }
    return i;
}

static void draw_text(struct ui *ui, struct rect at, const struct line *line)
{
    struct words head = {FONT_TINY, COLOR_MUTED, PLACE_START, 2};
    struct words words = {FONT_FINE, COLOR_INK, PLACE_START, 14};
    rect_cut_top(&at, 6);
    rect_cut_top(&at, ui_text(ui, at, head, line->name));
    words.font = ui_fit(ui, at, words, line->text);
    ui_text(ui, at, words, line->text);
}

static void draw_line(struct ui *ui, struct rect at, const struct line *line)
{
    switch (line->kind) {
    case LINE_ASPECT:
        draw_aspect(ui, at, line->index);
        break;
    case LINE_ABOUT:
        draw_about(ui, at, line->index);
        break;
    case LINE_AGAIN:
        draw_again(ui, at);
        break;
    case LINE_TEXT:
        draw_text(ui, at, line);
        break;
    }
}

static int count_pages(const struct lines *lines, int room)
{
    int pages = 0;
    for (int i = 0; i < lines->count; pages++) {
        i = page_end(lines, i, room);
    }
    return pages;
}

void call_answers(struct ui *ui, struct rect at)
{
    struct lines lines = {0};
    fill_lines(ui, &lines, at.w);
    int first = 0, room = at.h, pages = count_pages(&lines, room);
    if (pages > 1) {
        struct rect row = rect_cut_bottom(&at, PAGER_HEIGHT);
        room = at.h;
        pages = count_pages(&lines, room);
        int page = jobs_of(ui)->page < pages ? jobs_of(ui)->page : pages - 1;
        staff_pager(ui, rect_make(row.x, row.y + 2, row.w, 56), page, pages);
        for (int i = 0; i < page; i++) {
            first = page_end(&lines, first, room);
        }
    }
    for (int i = first, end = page_end(&lines, first, room); i < end; i++) {
        int height = lines.list[i].height < at.h ? lines.list[i].height : at.h;
        draw_line(ui, rect_cut_top(&at, height), &lines.list[i]);
    }
}
