/* "Wie alt bist du?": two taps at most, no sign-in, kept only for this visit. */
#include "screens/screen.h"

struct choice {
    const char *text, *note;
    enum color fill;
    enum age_choice age;
};

static void draw_choice(struct ui *ui, struct rect at, const struct choice *choice)
{
    const char *title = ui_tr(ui, choice->text), *note = ui_tr(ui, choice->note);
    const char *label = UI_FILL(ui, "{title}. {note}", TR_ARG("title", title),
                                TR_ARG("note", note));
    int down = ui_touch(ui, at, 8, msg_make(MSG_AGE, choice->age, 0), label);
    at.y += down;
    ui_box(ui, at, (struct look){choice->fill, COLOR_INK, 3, 28, 8 - down});
    struct rect inside = rect_inset(at, 22);
    struct words big = {FONT_HUGE, COLOR_INK, PLACE_CENTER, 1};
    struct words small = {FONT_NOTE, COLOR_INK, PLACE_CENTER, 2};
    big.font = ui_fit(ui, inside, big, title);
    int title_height = ui_measure(ui, big, inside.w, title).height;
    int note_height = ui_measure(ui, small, inside.w, note).height;
    rect_cut_top(&inside, (inside.h - title_height - note_height - 10) / 2);
    rect_cut_top(&inside, ui_text(ui, inside, big, title) + 10);
    ui_text(ui, inside, small, note);
}

static void draw_choices(struct ui *ui, struct rect area, const struct choice *choices,
                         int count)
{
    int columns = ui->narrow ? 1 : count == 4 && ui->width < 1000 ? 2 : count;
    int rows = (count + columns - 1) / columns;
    int width = (area.w - UI_GAP * (columns - 1)) / columns;
    int height = (area.h - UI_GAP * (rows - 1)) / rows;
    height = height > 340 ? 340 : height;
    rect_cut_top(&area, (area.h - rows * (height + UI_GAP) + UI_GAP) / 2);
    for (int i = 0; i < count; i++) {
        draw_choice(ui,
                    rect_make(area.x + i % columns * (width + UI_GAP),
                              area.y + i / columns * (height + UI_GAP), width, height),
                    &choices[i]);
    }
}

/* Says why and returns what is left for the choices. */
static struct rect draw_question(struct ui *ui, const char *why)
{
    struct rect area = ui_content(ui);
    struct words words = {FONT_TEXT, COLOR_MUTED, PLACE_START, 2};
    rect_cut_top(&area, ui->low ? 0 : 8);
    words.font = ui_fit(ui, rect_make(0, 0, area.w, ui->narrow ? 80 : 40), words, why);
    rect_cut_top(&area, ui_text(ui, area, words, why) + (ui->low ? 14 : 28));
    return area;
}

static void draw_too_young(struct ui *ui)
{
    struct rect area = ui_content(ui), foot = ui_foot(ui);
    const char *title = ui_tr(ui, "Noch ein bisschen Geduld");
    const char *text = ui_tr(ui, "Ab 13 Jahren darfst du hier Jobs machen. "
                                 "Das Gesetz schützt dich so lange. "
                                 "Frag das Team, was du jetzt schon machen kannst.");
    ui_head(ui, NULL, title);
    rect_cut_top(&area, 40);
    rect_cut_top(&area, ui_text(ui, area, (struct words){FONT_HUGE, COLOR_INK, PLACE_START, 2},
                                title) + 24);
    ui_text(ui, area, (struct words){FONT_LEAD, COLOR_INK, PLACE_START, 6}, text);
    ui_foot_end(ui, &foot,
                &(struct button){BUTTON_MAIN, "talk", ui_tr(ui, "Mit dem Team reden"),
                                 msg_open(SCREEN_TALK), FONT_BUTTON});
}

static void age_view(struct ui *ui)
{
    static const struct choice ages[] = {
        {N_("unter 13"), N_("Ich bin jünger"), COLOR_SAND, AGE_IS_UNDER_13},
        {N_("13–14"), N_("Jahre alt"), COLOR_MINT, AGE_IS_13_14},
        {N_("15–17"), N_("Jahre alt"), COLOR_SKY, AGE_IS_15_17},
        {N_("18 +"), N_("oder älter"), COLOR_LILAC, AGE_IS_18},
    };
    static const struct choice schools[] = {
        {N_("Ja"), N_("Ich gehe zur Schule"), COLOR_SKY, AGE_IS_15_17_SCHOOL},
        {N_("Nein"), N_("Ich bin mit der Schule fertig"), COLOR_MINT, AGE_IS_15_17_FREE},
    };
    const struct browse *browse = &ui->model->browse;
    if (browse->age == AGE_IS_UNDER_13) {
        draw_too_young(ui);
    } else if (browse->ask_school) {
        ui_head(ui, ui_tr(ui, "Gehst du noch zur Schule?"), NULL);
        struct rect area = draw_question(
            ui, ui_tr(ui, "Für Schülerinnen und Schüler gelten eigene Regeln."));
        draw_choices(ui, area, schools, ARRAY_LEN(schools));
    } else {
        ui_head(ui, ui_tr(ui, "Wie alt bist du?"), NULL);
        struct rect area =
            draw_question(ui, ui_tr(ui, "Dann siehst du nur Jobs, die du machen darfst. "
                                        "Ich merke mir das nicht."));
        draw_choices(ui, area, ages, ARRAY_LEN(ages));
    }
}

static void age_update(struct model *model, const struct msg *msg, struct effects *effects)
{
    if (msg->kind != MSG_AGE) {
        return;
    }
    model->browse.age = (enum age_choice)msg->a;
    model->browse.ask_school = msg->a == AGE_IS_15_17;
    model->browse.page = 0;
    model->pressed = msg_make(MSG_NONE, 0, 0);
    if (msg->a != AGE_IS_15_17 && msg->a != AGE_IS_UNDER_13) {
        /* Back from the offers leads to the start, not to the question. */
        model_replace(model, SCREEN_OFFERS);
        screen_offers.enter(model, effects);
    }
}

static void age_enter(struct model *model, struct effects *effects)
{
    (void)effects;
    model->browse.age = AGE_UNKNOWN;
    model->browse.ask_school = false;
}

const struct screen screen_age = {.name = "age",
                                  .theme = THEME_PAPER,
                                  .view = age_view,
                                  .update = age_update,
                                  .enter = age_enter};
