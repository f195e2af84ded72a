#include "screens/staff_jobs.h"

#include "screens/words.h"

#include <string.h>

/* ---- lists on the team's table ----------------------------------------------------- */

bool staff_list_take(struct model *model, const struct reply *reply,
                     struct job_brief rows[JOBS_MAX], int *count)
{
    if (!model->staff.open) {
        return false;
    }
    if (reply->err != ERR_OK) {
        model->notice = NOTICE_NOT_READ;
        return false;
    }
    *count = reply->count < JOBS_MAX ? reply->count : JOBS_MAX;
    memset(rows, 0, JOBS_MAX * sizeof rows[0]);
    memcpy(rows, reply->jobs, (size_t)*count * sizeof rows[0]);
    return true;
}

/* ---- the open job ------------------------------------------------------------------ */

bool staff_job_ready(const struct job_brief *job)
{
    return (job->self_in && job->site_in) || job->closed;
}

static void forget_views(struct staff_jobs *jobs)
{
    jobs->views_known = jobs->views_closed = false;
    jobs->has_self = jobs->has_site = false;
    memset(&jobs->self, 0, sizeof jobs->self);
    memset(&jobs->site, 0, sizeof jobs->site);
    memset(jobs->self_words, 0, sizeof jobs->self_words);
    memset(jobs->site_words, 0, sizeof jobs->site_words);
    memset(jobs->notes, 0, sizeof jobs->notes);
    jobs->note_count = 0;
}

void staff_job_close(struct model *model)
{
    struct staff_jobs *jobs = &model->staff.jobs;
    forget_views(jobs);
    memset(&jobs->brief, 0, sizeof jobs->brief);
    memset(&jobs->full, 0, sizeof jobs->full);
    memset(jobs->team, 0, sizeof jobs->team);
    memset(&jobs->draft, 0, sizeof jobs->draft);
    memset(&jobs->answering, 0, sizeof jobs->answering);
    memset(jobs->note, 0, sizeof jobs->note);
    memset(&jobs->fact, 0, sizeof jobs->fact);
    jobs->full_known = jobs->answered = false;
    memset(&jobs->call, 0, sizeof jobs->call);
    jobs->refused = EVALUATION_OK;
    jobs->mode = jobs->page = 0;
}

void staff_job_open(struct model *model, struct effects *effects,
                    const struct job_brief *job, enum screen_id screen)
{
    struct job_brief opened = *job; /* closing wipes what `job` may point at */
    if (model->staff.jobs.busy) {
        return;
    }
    staff_job_close(model);
    model->staff.jobs.brief = opened;
    go(model, effects, screen);
}

void staff_job_turn(struct model *model, struct effects *effects, enum screen_id screen)
{
    bool behind = model->back_count > 0 && model->back[model->back_count - 1] == screen;
    if (model->staff.jobs.busy) {
        return;
    }
    model->staff.jobs.page = 0;
    if (behind) {
        model_back(model);
        screen_of(screen)->enter(model, effects);
    } else {
        go(model, effects, screen);
    }
}

void staff_job_ask(struct model *model, struct effects *effects)
{
    struct effect *effect = ask(model, effects, EFFECT_STAFF_JOB);
    effect->wish.id = model->staff.jobs.brief.wish.id;
}

bool staff_job_is_open(const struct model *model, struct uid id)
{
    return model->staff.open && !uid_is_nil(id) &&
           uid_eq(model->staff.jobs.brief.wish.id, id);
}

/* ---- words ------------------------------------------------------------------------- */

static struct moment_span span_of(const struct moment *m)
{
    if (m->uncertainty_ms >= INT64_MAX / 4) {
        return (struct moment_span){MOMENT_OPEN_LOW, MOMENT_OPEN};
    }
    return (struct moment_span){m->wall_ms - m->uncertainty_ms,
                                m->wall_ms + m->uncertainty_ms};
}

const char *staff_moment(struct ui *ui, const struct moment *moment, date_t day)
{
    char memory[64];
    struct buf b;
    date_t date;
    int minute;
    if (!moment_is(moment)) {
        return "–";
    }
    struct moment_span span = span_of(moment);
    if (span.high_ms == MOMENT_OPEN) {
        return ui_tr(ui, "Uhrzeit unbekannt");
    }
    struct sentence sentence = moment_words(&span);
    const char *words = words_sentence(ui, &sentence);
    date_from_wall_ms(moment->wall_ms, &date, &minute);
    if (date == day) {
        return words;
    }
    buf_init(&b, memory, sizeof memory);
    tr_date(&b, &ui->i18n, date, DATE_SHORT);
    return UI_FILL(ui, "{date} {time}", TR_ARG("date", memory), TR_ARG("time", words));
}

const char *staff_minutes(struct ui *ui, int minutes)
{
    char memory[64];
    struct buf b;
    buf_init(&b, memory, sizeof memory);
    tr_hours(&b, &ui->i18n, minutes);
    return UI_FILL(ui, "{text}", TR_ARG("text", memory));
}

const char *staff_name(struct ui *ui, struct uid id)
{
    char memory[16];
    struct buf b;
    const struct staff_session *staff = &ui->model->staff;
    if (uid_eq(id, staff->id)) {
        return staff->alias;
    }
    for (int i = 0; i < TEAM_NAMES_MAX && !uid_is_nil(id); i++) {
        if (uid_eq(staff->jobs.team[i].id, id)) {
            return staff->jobs.team[i].alias;
        }
    }
    buf_init(&b, memory, sizeof memory);
    buf_printf(&b, "%02x%02x%02x", id.b[0], id.b[1], id.b[2]);
    return UI_FILL(ui, ui_tr(ui, "Team {id}"), TR_ARG("id", memory));
}

/* ---- parts ------------------------------------------------------------------------- */

void staff_choices(struct ui *ui, struct rect at, const struct staff_choice *choices,
                   int count)
{
    static const enum color tints[] = {COLOR_SKY, COLOR_LEMON, COLOR_MINT, COLOR_PEACH,
                                       COLOR_LILAC, COLOR_SAND, COLOR_AQUA};
    int columns = at.w < 760 || count <= 4 ? 2 : 3, rows = (count + columns - 1) / columns;
    int gap = ui->low ? 16 : UI_GAP, width = (at.w - gap * (columns - 1)) / columns;
    int height = (at.h - 8 - gap * (rows - 1)) / rows;
    height = height > 170 ? 170 : height;
    for (int i = 0; i < count; i++) {
        ui_tile(ui,
                rect_make(at.x + i % columns * (width + gap),
                          at.y + i / columns * (height + gap), width, height),
                tints[i % (int)ARRAY_LEN(tints)], NULL, choices[i].text, false,
                choices[i].msg);
    }
}

/* A text too long for one line goes onto two. */
static void draw_action(struct ui *ui, struct rect at, struct button button)
{
    struct words words = {.font = FONT_PILL};
    int room = at.w - 28 - (button.icon ? 54 : 0);
    if (ui->model->staff.jobs.busy) {
        button.msg = msg_make(MSG_NONE, 0, 0);
    }
    if (button.kind == BUTTON_PLAIN && ui_measure(ui, words, room, button.text).cut) {
        ui_tile(ui, at, COLOR_WHITE, NULL, button.text, false, button.msg);
    } else {
        ui_button(ui, at, &button);
    }
}

void staff_actions(struct ui *ui, struct rect at, const struct button *buttons, int count)
{
    int columns = at.w >= 560 ? 2 : 1, rows = (count + columns - 1) / columns;
    int gap = 18, width = (at.w - gap * (columns - 1)) / columns;
    int height = rows > 0 ? (at.h - gap * (rows - 1) - 8) / rows : 0;
    height = height > 88 ? 88 : height;
    for (int i = 0; i < count; i++) {
        bool alone = i == count - 1 && i % columns == 0;
        draw_action(ui,
                    rect_make(at.x + i % columns * (width + gap),
                              at.y + i / columns * (height + gap), alone ? at.w : width,
                              height),
                    buttons[i]);
    }
}

int staff_told(struct ui *ui, struct rect at, enum color tint, const char *text)
{
    struct words words = {FONT_LABEL, COLOR_INK, PLACE_START, 3};
    struct rect inside = rect_make(0, 0, at.w - 44, ui->low ? 64 : 92);
    words.font = ui_fit(ui, inside, words, text);
    int height = ui_measure(ui, words, inside.w, text).height + 24;
    struct rect box = rect_make(at.x, at.y, at.w, height);
    ui_box(ui, box, (struct look){tint, COLOR_INK, 3, 20, 0});
    ui_text_middle(ui, rect_make(box.x + 22, box.y + 6, inside.w, box.h - 12), words, text);
    return height;
}
