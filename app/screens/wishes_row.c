/* One wish in the list, and what can be done with it now. */
#include "screens/wishes_row.h"

#include "screens/words.h"

struct state_look {
    const char *text;
    enum color fill;
};

static const char *const declines[DECLINE_REASON_COUNT] = {
    [DECLINE_NONE] = N_("Hat diesmal nicht geklappt. Such dir etwas anderes aus."),
    [DECLINE_FULL] = N_("Die Plätze sind vergeben. Andere Jobs warten auf dich."),
    [DECLINE_CANCELLED] = N_("Die Stelle hat abgesagt. Das liegt nicht an dir."),
    [DECLINE_RULES] = N_("An dem Tag erlaubt es das Gesetz nicht. Andere Jobs gehen."),
    [DECLINE_TALK] = N_("Ein Coach will erst kurz mit dir reden."),
};

/* The job that a confirmed wish became; -1: none, or not loaded yet. */
static int job_of(const struct model *model, const struct wish *wish)
{
    const struct job_visit *jobs = &model->visit.jobs;
    for (int i = 0; i < jobs->count; i++) {
        if (uid_eq(jobs->jobs[i].wish.id, wish->id)) {
            return i;
        }
    }
    return -1;
}

static const char *state_note(struct ui *ui, const struct wish *wish, int job)
{
    if (wish->state == WISH_DECLINED) {
        return ui_tr(ui, declines[wish->reason]);
    }
    if (wish->state == WISH_ASKED && wish->waiting) {
        /* Beside its chip there may be room for the first half only. */
        return ui_tr(ui, ui->width < 900 && !ui->narrow
                             ? N_("Alle Plätze sind gerade vergeben.")
                             : N_("Alle Plätze sind gerade vergeben. Du stehst auf der "
                                  "Warteliste."));
    }
    if (job >= 0 && ui->model->visit.jobs.jobs[job].state == ASSIGNMENT_CANCELLED) {
        return ui_tr(ui, "Der Job fällt aus. Andere Jobs warten auf dich.");
    }
    return UI_FILL(ui, "{when} · {place}", TR_ARG("when", words_when_brief(ui, &wish->work)),
                   TR_ARG("place", wish->place[0] ? wish->place : wish->district));
}

static struct state_look state_look(const struct model *model, const struct wish *wish, int job)
{
    static const struct state_look wishes[WISH_STATE_COUNT] = {
        [WISH_ASKED] = {N_("gefragt"), COLOR_LEMON},
        [WISH_CONFIRMED] = {N_("zugesagt"), COLOR_MINT},
        [WISH_DECLINED] = {N_("diesmal nicht"), COLOR_SAND},
        [WISH_UNDONE] = {N_("zurückgenommen"), COLOR_WHITE},
    };
    static const struct state_look jobs[ASSIGNMENT_STATE_COUNT] = {
        [ASSIGNMENT_EXPECTED] = {N_("zugesagt"), COLOR_MINT},
        [ASSIGNMENT_THERE] = {N_("du bist da"), COLOR_MINT},
        [ASSIGNMENT_GONE] = {N_("geschafft"), COLOR_SKY},
        [ASSIGNMENT_MISSED] = {N_("nicht geklappt"), COLOR_SAND},
        [ASSIGNMENT_CANCELLED] = {N_("fällt aus"), COLOR_SAND},
    };
    if (wish->state == WISH_ASKED && wish->waiting) {
        return (struct state_look){N_("Warteliste"), COLOR_PEACH};
    }
    return job >= 0 ? jobs[model->visit.jobs.jobs[job].state] : wishes[wish->state];
}

static void draw_state(struct ui *ui, struct rect at, struct state_look look)
{
    ui_box(ui, at, (struct look){look.fill, COLOR_INK, 3, 16, 0});
    ui_text_middle(ui, rect_inset(at, 8), (struct words){FONT_PILL, COLOR_INK, PLACE_CENTER, 1},
                   ui_tr(ui, look.text));
}

/* MSG_NONE: there is nothing to do with it. */
static struct button action_of(struct ui *ui, const struct wish *wish, int index, int job)
{
    struct button none = {BUTTON_PLAIN, NULL, NULL, msg_make(MSG_NONE, 0, 0), FONT_PILL};
    if (wish->state == WISH_ASKED) {
        none.text = ui_tr(ui, "Zurücknehmen");
        none.msg = msg_make(MSG_UNDO_WISH, index, 0);
    } else if (job >= 0 && ui->model->visit.jobs.jobs[job].state == ASSIGNMENT_EXPECTED) {
        bool accepted = ui->model->visit.jobs.jobs[job].accepted;
        none.kind = accepted ? BUTTON_PLAIN : BUTTON_BRAND;
        none.text = ui_tr(ui, accepted ? N_("Abmachung") : N_("Neu: Abmachung"));
        none.msg = msg_make(MSG_JOB, job, 0);
    }
    return none;
}

/* State and action at the end of the row: side by side, or over each other. */
static void draw_end(struct ui *ui, struct rect *inside, const struct button *action,
                     struct state_look look)
{
    bool acts = action->msg.kind != MSG_NONE;
    if (ui->narrow && acts) {
        struct rect right = rect_cut_end(inside, 190);
        ui_button(ui, rect_cut_bottom(&right, 58), action);
        draw_state(ui, rect_make(right.x, right.y, right.w, 44), look);
        return;
    }
    if (acts) {
        struct rect right = rect_cut_end(inside, 210);
        ui_button(ui, rect_make(right.x, right.y + (right.h - 64) / 2, right.w, 64), action);
        rect_cut_end(inside, 20);
    }
    struct rect right = rect_cut_end(inside, 190);
    draw_state(ui, rect_make(right.x, right.y + (right.h - 50) / 2, right.w, 50), look);
}

void wishes_row(struct ui *ui, struct rect at, int index)
{
    const struct wish *wish = &ui->model->visit.wishes[index];
    int job = wish->state == WISH_CONFIRMED ? job_of(ui->model, wish) : -1;
    struct button action = action_of(ui, wish, index, job);
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 22, 6});
    struct rect inside = rect_make(at.x + 26, at.y + 14, at.w - 44, at.h - 28);
    draw_end(ui, &inside, &action, state_look(ui->model, wish, job));
    rect_cut_end(&inside, 16);
    bool slim = ui->width < WISHES_SLIM;
    struct words title = {FONT_SMALL_TITLE, COLOR_INK, PLACE_START, slim ? 2 : 1};
    struct words note = {FONT_FINE, COLOR_MUTED, PLACE_START, slim ? 5 : 2};
    const char *name = ui_own(ui, wish->title), *text = state_note(ui, wish, job);
    title.font = ui_fit(ui, rect_make(0, 0, inside.w, slim ? 80 : 40), title, name);
    int above = ui_measure(ui, title, inside.w, name).height;
    note.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h - above), note, text);
    int height = above + ui_measure(ui, note, inside.w, text).height;
    rect_cut_top(&inside, (inside.h - height) / 2 > 0 ? (inside.h - height) / 2 : 0);
    rect_cut_top(&inside, ui_text(ui, inside, title, name));
    ui_text(ui, inside, note, text);
}
