/* Which centre there is and how far this kiosk has got with it. */
#include "screens/centre.h"
#include "screens/centre_words.h"
#include "screens/staff_parts.h"

/* ---- without a centre -------------------------------------------------------------- */

struct story {
    enum color tint;
    const char *icon, *title, *note;
    const char *main; /* what the foot offers */
};

static const char *asked_url(struct ui *ui, const char *format)
{
    return UI_FILL(ui, ui_tr(ui, format), TR_ARG("url", ui->model->centre.asked_url));
}

static struct story story_of(struct ui *ui)
{
    switch (ui->model->centre.asking) {
    case CENTRE_ASKED:
        return (struct story){COLOR_LEMON, "clock",
                              ui_tr(ui, "Wartet auf eine Leitung …"),
                              asked_url(ui, N_("Du musst nicht hier bleiben. Der Kiosk "
                                               "verbindet sich selbst mit {url}.")),
                              ui_tr(ui, "Anderer Code")};
    case CENTRE_REFUSED:
        return (struct story){COLOR_PEACH, "qr", ui_tr(ui, "Dieser Code gilt nicht."),
                              ui_tr(ui, "Er ist vertippt, schon benutzt oder zu alt. Die "
                                        "Zentrale gibt dir einen neuen."),
                              ui_tr(ui, "Neuer Code")};
    case CENTRE_FAILED:
        return (struct story){COLOR_PEACH, "help",
                              ui_tr(ui,
                                    "Dort ist nicht die Zentrale, die den Code gemacht "
                                    "hat."),
                              asked_url(ui, N_("Schau die Adresse noch mal an: {url}")),
                              ui_tr(ui, "Noch mal")};
    default:
        return (struct story){
            COLOR_WHITE, "qr", ui_tr(ui, "Halte den Code der Zentrale vor den Scanner."),
            ui_tr(ui, "Die Zentrale macht ihn für dich. Er gilt einmal und "
                      "einen Tag lang."),
            ui_tr(ui, "Code eintippen")};
    }
}

static void draw_story(struct ui *ui, struct rect at, const struct story *story)
{
    ui_box(ui, at, (struct look){story->tint, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, at.h < 300 ? 18 : 36);
    struct words big = {FONT_BIG, COLOR_INK, PLACE_CENTER, 3};
    struct words note = {FONT_TEXT, COLOR_INK, PLACE_CENTER, 5};
    int size = inside.h * 2 / 5 > 200 ? 200 : inside.h * 2 / 5;
    if (inside.h >= 260) {
        struct rect top = rect_cut_top(&inside, size + 20);
        struct rect spot = rect_make(top.x + (top.w - size) / 2, top.y, size, size);
        ui_box(ui, spot, (struct look){COLOR_WHITE, COLOR_INK, 3, size / 6, 0});
        ui_icon(ui, rect_inset(spot, size / 5), story->icon);
    }
    note.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h / 2), note, story->note);
    int below = ui_measure(ui, note, inside.w, story->note).height;
    struct rect foot = rect_cut_bottom(&inside, below);
    rect_cut_bottom(&inside, 12);
    big.font = ui_fit(ui, inside, big, story->title);
    ui_text_middle(ui, inside, big, story->title);
    ui_text(ui, foot, note, story->note);
}

static void view_without(struct ui *ui)
{
    struct rect area = staff_area(ui), foot = ui_foot(ui);
    struct story story = story_of(ui);
    const char *title = ui_tr(ui, "Mit der Zentrale verbinden");
    int width = area.w < 860 ? area.w : 860;
    area.h = area.h > 680 ? 680 : area.h;
    ui_head(ui, title,
            UI_FILL(ui, "{title}. {what} {note}", TR_ARG("title", title),
                    TR_ARG("what", story.title), TR_ARG("note", story.note)));
    draw_story(ui, rect_make(area.x + (area.w - width) / 2, area.y, width, area.h),
               &story);
    staff_main(ui, &foot, NULL, story.main, msg_make(MSG_CENTRE_STEP, CENTRE_URL, 0),
               true);
}

/* ---- with one ---------------------------------------------------------------------- */

static void draw_paragraph(struct ui *ui, struct rect *inside, struct words words,
                           const char *text, int gap)
{
    if (text[0] == '\0' || inside->h <= 20) {
        return;
    }
    words.font = ui_fit(ui, *inside, words, text);
    rect_cut_top(inside, ui_text(ui, *inside, words, text) + gap);
}

static void draw_lamp(struct ui *ui, struct rect at)
{
    enum lamp lamp = centre_lamp(ui->model);
    bool tight = at.h < 300, roomy = at.h >= 420 && at.w >= 500;
    int size = tight ? 56 : roomy ? 160 : 110;
    ui_box(ui, at, (struct look){centre_lamp_tint(lamp), COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, tight ? 16 : 32);
    if (tight) {
        struct rect spot = rect_cut_start(&inside, size);
        ui_icon(ui, rect_make(spot.x, spot.y + (spot.h - size) / 2, size, size),
                centre_lamp_icon(lamp));
        rect_cut_start(&inside, 18);
    } else {
        struct rect top = rect_cut_top(&inside, size + 18);
        ui_icon(ui, rect_cut_start(&top, size), centre_lamp_icon(lamp));
    }
    const char *contact = centre_contact_text(ui), *help = centre_help_text(ui);
    struct words title = {tight   ? FONT_CARD
                          : roomy ? FONT_BIG
                                  : FONT_TITLE,
                          COLOR_INK, PLACE_START, 4};
    struct words note = {roomy ? FONT_TEXT : FONT_NOTE, COLOR_INK, PLACE_START, 4};
    int share = help[0] ? 45 : 60;
    title.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h * share / 100), title,
                        centre_lamp_text(ui));
    rect_cut_top(&inside, ui_text(ui, inside, title, centre_lamp_text(ui)) + 10);
    if (help[0]) {
        note.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h / 2), note, help);
        rect_cut_top(&inside, ui_text(ui, inside, note, help) + 8);
    }
    draw_paragraph(ui, &inside, note, contact, 0);
}

static const char *progress_text(struct ui *ui)
{
    const struct sync_receipts *receipts = &ui->model->centre.receipts;
    return UI_FILL(ui, ui_tr(ui, "{n} von {count} Einträgen sind in der Zentrale."),
                   TR_ARG("n", ui_number(ui, (long)receipts->acked)),
                   TR_ARG("count", ui_number(ui, (long)receipts->written)));
}

/* Of another centre that was asked for meanwhile. */
static const char *asking_text(struct ui *ui)
{
    switch (ui->model->centre.asking) {
    case CENTRE_ASKED:
        return ui_tr(ui, "Die neue Zentrale: wartet auf eine Leitung …");
    case CENTRE_REFUSED:
        return ui_tr(ui, "Die neue Zentrale: Dieser Code gilt nicht.");
    case CENTRE_FAILED:
        return ui_tr(ui, "Die neue Zentrale: Schau die Adresse noch mal an.");
    case CENTRE_ELSEWHERE:
        return ui_tr(ui, "Erst muss die alte Zentrale diesen Kiosk sperren.");
    default:
        return "";
    }
}

static void draw_which(struct ui *ui, struct rect at)
{
    const struct centre *centre = &ui->model->centre;
    bool tight = at.h < 300, roomy = at.h >= 420;
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, tight ? 16 : 32);
    struct words name = {roomy ? FONT_TITLE : FONT_LABEL, COLOR_INK, PLACE_START, 3};
    struct words text = {tight   ? FONT_FINE
                         : roomy ? FONT_TEXT
                                 : FONT_NOTE,
                         COLOR_MUTED, PLACE_START, 2};
    const char *own = ui_own(ui, centre->name[0] ? centre->name : centre->url);
    int gap = tight ? 2 : roomy ? 16 : 8;
    name.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h / 3), name, own);
    rect_cut_top(&inside, ui_text(ui, inside, name, own) + gap);
    bool more = centre_parked_text(ui)[0] != '\0' || asking_text(ui)[0] != '\0';
    if (roomy && (!more || at.h >= 480)) {
        draw_paragraph(ui, &inside, text, ui_own(ui, centre->organisation), gap);
        draw_paragraph(ui, &inside, text, ui_own(ui, centre->url), gap * 2);
    }
    text.color = COLOR_INK;
    text.lines_max = 3;
    draw_paragraph(ui, &inside, text, progress_text(ui), gap);
    draw_paragraph(ui, &inside, text, asking_text(ui), gap);
    draw_paragraph(ui, &inside, text, centre_parked_text(ui), gap);
}

static void draw_foot(struct ui *ui)
{
    struct rect foot = ui_foot(ui);
    ui_foot_start(ui, &foot,
                  &(struct button){BUTTON_PLAIN, NULL, ui_tr(ui, "Andere Zentrale"),
                                   msg_make(MSG_CENTRE_STEP, CENTRE_URL, 0),
                                   FONT_BUTTON});
    if (ui->model->centre.receipts.parked > 0) {
        staff_main(ui, &foot, NULL, ui_tr(ui, "Aufbewahrtes"), msg_open(SCREEN_PARKED),
                   true);
    }
}

static void view_with(struct ui *ui)
{
    struct rect area = staff_area(ui);
    const char *title = ui_tr(ui, "Zentrale");
    ui_head(ui, title,
            UI_FILL(ui, "{title}. {lamp} {help} {contact}", TR_ARG("title", title),
                    TR_ARG("lamp", centre_lamp_text(ui)),
                    TR_ARG("help", centre_help_text(ui)),
                    TR_ARG("contact", centre_contact_text(ui))));
    struct rect which;
    bool upright = ui->height > ui->width;
    area.h = area.h > 540 && !upright ? 540 : area.h;
    if (upright) {
        which = rect_cut_bottom(&area, area.h / 2 - UI_GAP / 2);
        rect_cut_bottom(&area, UI_GAP);
    } else {
        which = rect_cut_end(&area, area.w / 2 - UI_GAP / 2);
        rect_cut_end(&area, UI_GAP);
    }
    draw_lamp(ui, area);
    draw_which(ui, which);
    draw_foot(ui);
}

void centre_view_show(struct ui *ui)
{
    if (ui->model->centre.receipts.enrolled) {
        view_with(ui);
    } else {
        view_without(ui);
    }
}
