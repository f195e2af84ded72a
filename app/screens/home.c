/* The start: one big offer, four doors, and the truth about where things are kept. */
#include "screens/centre_words.h"

struct door {
    struct rect at;
    enum color fill;
    const char *icon;
    enum font font;
    const char *title, *note;
    enum screen_id opens;
};

/* In the upper end corner: beside the words where they leave room, else above them. */
static void draw_door_icon(struct ui *ui, struct rect inside, int text_height,
                           int text_width, const char *icon)
{
    int beside = inside.h * 62 / 100, above = inside.h - text_height + 8;
    int size = inside.w - text_width - 30 >= beside ? beside : above;
    size = size > 150 ? 150 : size;
    if (size >= 32) {
        struct rect spot = rect_cut_end(&inside, size);
        ui_icon(ui, rect_make(spot.x, spot.y - 4, size, size), icon);
    }
}

static void draw_door(struct ui *ui, const struct door *door)
{
    const char *label = UI_FILL(ui, "{title}. {note}", TR_ARG("title", door->title),
                                TR_ARG("note", door->note));
    struct rect at = door->at;
    int down = ui_touch(ui, at, 8, msg_open(door->opens), label);
    int pad = at.h < 170 ? 16 : at.w < 300 || at.h < 200 ? 24 : 36;
    at.y += down;
    ui_box(ui, at, (struct look){door->fill, COLOR_INK, 3, 28, 10 - down});
    struct rect inside = rect_inset(at, pad);
    struct words note = {FONT_NOTE, COLOR_INK, PLACE_START, ui->tiny ? 1 : 2};
    note.font = ui_fit(ui, rect_make(0, 0, inside.w, 70), note, door->note);
    struct words title = {door->font, COLOR_INK, PLACE_START, 2};
    struct text_box box = ui_measure(ui, note, inside.w, door->note);
    int note_height = box.cut ? 0 : box.height;
    title.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h - note_height), title,
                        door->title);
    int title_height = ui_measure(ui, title, inside.w, door->title).height;
    struct rect foot = rect_cut_bottom(&inside, note_height);
    if (note_height > 0) {
        ui_text(ui, foot, note, door->note);
    }
    foot = rect_cut_bottom(&inside, title_height + 8);
    ui_text(ui, foot, title, door->title);
    draw_door_icon(ui, rect_inset(at, pad), title_height + note_height + 8,
                   ui_measure(ui, title, inside.w, door->title).width, door->icon);
}

static int jobs_ahead(const struct model *model)
{
    int count = 0;
    for (int i = 0; i < model->offer_count; i++) {
        const struct offer_work *work = &model->offers[i].work;
        count += work->date > model->today ||
                 (work->date == model->today && work->start > model->minute);
    }
    return count;
}

static const char *jobs_note(struct ui *ui)
{
    int count = jobs_ahead(ui->model);
    if (count == 0) {
        return ui_tr(ui, "Gerade keine Jobs. Schau bald wieder rein.");
    }
    const char *format = tr_n(&ui->i18n, "{n} Job. Ohne Anmeldung.",
                              "{n} Jobs. Ohne Anmeldung.", count);
    return UI_FILL(ui, format, TR_ARG("n", ui_number(ui, count)));
}

/* A dot where all is kept here only; else the pictogram of how the centre stands. */
static void draw_lamp(struct ui *ui, struct rect *row)
{
    enum lamp lamp = centre_lamp(ui->model);
    int size = lamp == LAMP_NONE ? 16 : 34;
    struct rect spot = rect_cut_start(row, size);
    spot = rect_make(spot.x, spot.y + (spot.h - size) / 2, size, size);
    if (lamp == LAMP_NONE) {
        ui_box(ui, spot, (struct look){COLOR_BLITZ, COLOR_INK, 2, 8, 0});
    } else {
        ui_icon(ui, spot, centre_lamp_icon(lamp));
    }
    rect_cut_start(row, 10);
}

static void draw_status(struct ui *ui, struct rect at)
{
    char memory[128];
    struct buf when;
    struct words words = {FONT_FINE, COLOR_MUTED, PLACE_START, 1};
    draw_lamp(ui, &at);
    if (!ui->model->clock_doubtful) {
        buf_init(&when, memory, sizeof memory);
        if (!ui->narrow) {
            tr_date(&when, &ui->i18n, ui->model->today, DATE_FULL);
            buf_puts(&when, " · ");
        }
        tr_clock(&when, &ui->i18n, ui->model->minute);
        words.place = PLACE_END;
        struct rect right = rect_cut_end(&at, ui_measure(ui, words, at.w, memory).width + 4);
        ui_text_middle(ui, right, words, memory);
        rect_cut_end(&at, 16);
    }
    words.place = PLACE_START;
    ui_text_middle(ui, at, words, centre_lamp_brief(ui));
}

static void place_doors(const struct ui *ui, struct rect area, struct rect doors[5])
{
    int gap = ui->low ? 16 : UI_GAP, shadow = 10;
    if (ui->narrow) {
        area.h -= shadow;
        int row = (area.h - 2 * gap - 2 * shadow) * 30 / 100;
        doors[0] = rect_cut_top(&area, area.h - 2 * row - 2 * gap - 2 * shadow);
        for (int i = 1; i < 5; i++) {
            int half = (area.w - gap) / 2, line = (i - 1) / 2;
            doors[i] = rect_make(area.x + (i - 1) % 2 * (half + gap),
                                 area.y + gap + shadow + line * (row + gap + shadow), half,
                                 row);
        }
        return;
    }
    int height = (area.h - gap - 2 * shadow) / 2;
    int big = (area.w - gap) * 61 / 100, lower = area.y + height + gap;
    doors[0] = rect_make(area.x, area.y, big, height);
    doors[1] = rect_make(area.x + big + gap, area.y, area.w - big - gap, height);
    int first = (area.w - 2 * gap) * 39 / 100, second = (area.w - 2 * gap) * 36 / 100;
    doors[2] = rect_make(area.x, lower, first, height);
    doors[3] = rect_make(area.x + first + gap, lower, second, height);
    doors[4] = rect_make(doors[3].x + second + gap, lower, area.w - first - second - 2 * gap,
                         height);
}

struct small_door {
    const char *icon, *text, *brief;
    enum screen_id opens;
};

static const struct small_door small_doors[] = {
    {"wishes", N_("Meine Wünsche"), N_("Wünsche"), SCREEN_WISHES},
    {"idea", N_("Ideen"), N_("Ideen"), SCREEN_VOICES},
    {"box", N_("Was weiß der Kiosk?"), N_("Der Kiosk"), SCREEN_ABOUT},
    {"bag", N_("Für Stellen"), N_("Stellen"), SCREEN_SITE},
    {"people", N_("Team"), N_("Team"), SCREEN_STAFF_DOOR},
};

enum { SMALL_DOORS = (int)(sizeof small_doors / sizeof small_doors[0]), SMALL_GAP = 14 };

static int small_width(const struct ui *ui, bool brief, bool icons)
{
    int width = -SMALL_GAP;
    for (int i = 0; i < SMALL_DOORS; i++) {
        const char *text = ui_tr(ui, brief ? small_doors[i].brief : small_doors[i].text);
        width += ui_pill_width(ui, icons ? small_doors[i].icon : NULL, text) + SMALL_GAP;
    }
    return width;
}

/* What is needed less often: one row of pills, in fewer words where there is less room,
 * two rows where it is narrow. */
static void draw_small_doors(struct ui *ui, struct rect area)
{
    /* Two rows do not break just in the middle. */
    int room = ui->narrow ? 2 * area.w - 160 : area.w;
    bool brief = small_width(ui, false, false) > room;
    bool icons = small_width(ui, brief, true) <= area.w;
    int height = ui->low ? 54 : 60;
    struct rect row = rect_make(area.x, area.y, area.w, height);
    for (int i = 0; i < SMALL_DOORS; i++) {
        const char *text = ui_tr(ui, brief ? small_doors[i].brief : small_doors[i].text);
        const char *icon = icons ? small_doors[i].icon : NULL;
        int width = ui_pill_width(ui, icon, text);
        if (width > row.w) {
            row = rect_make(area.x, row.y + height + 18, area.w, height);
        }
        ui_pill(ui, rect_cut_start(&row, width), false, icon, text,
                msg_open(small_doors[i].opens));
        rect_cut_start(&row, SMALL_GAP);
    }
}

/* In large text there is no foot: the lamp is a button of the head there. */
static void draw_head(struct ui *ui, const char *name, const char *hello)
{
    struct rect row = ui_head_row(ui, hello);
    if (ui->tiny) {
        enum lamp lamp = centre_lamp(ui->model);
        ui_round(ui, rect_cut_end(&row, row.h), centre_lamp_icon(lamp),
                 msg_open(SCREEN_ABOUT), centre_lamp_brief(ui), centre_lamp_tint(lamp));
        rect_cut_end(&row, 16);
    }
    ui_head_title(ui, row, name);
}

const char *home_name(const struct model *model)
{
    return model->env.centre[0] ? model->env.centre : model->centre.name;
}

static void home_view(struct ui *ui)
{
    struct rect at[5];
    const char *hello = ui_tr(ui, "Hallo! Was möchtest du machen?");
    const char *own = home_name(ui->model);
    const char *name = own[0] ? ui_own(ui, own) : ui_tr(ui, "Blitzjobs");
    int head = ui_head_height(ui), foot = ui->tiny ? 0 : ui->low ? 46 : 60;
    int small = ui->narrow ? 166 : ui->low ? 74 : 84;
    draw_head(ui, name, hello);
    struct rect area = rect_make(UI_MARGIN, head, ui->width - 2 * UI_MARGIN,
                                 ui->height - head - foot - small);
    if (!ui->tiny) {
        struct words words = {FONT_LEAD, COLOR_MUTED, PLACE_START, 1};
        words.font = ui->low ? FONT_TEXT : FONT_LEAD;
        rect_cut_top(&area, ui_text(ui, area, words, hello) + (ui->low ? 8 : 16));
    }
    place_doors(ui, area, at);
    const struct door doors[5] = {
        {at[0], COLOR_BLITZ, "flash", FONT_HERO, ui_tr(ui, "Jobs ansehen"), jobs_note(ui),
         SCREEN_OFFERS},
        {at[1], COLOR_MINT, "place", FONT_BIG, ui_tr(ui, "Ich bin da"),
         ui_tr(ui, "Beim Job ein- und auschecken"), SCREEN_HERE},
        {at[2], COLOR_ROSE, "how-was-it", FONT_BIG, ui_tr(ui, "Wie war’s?"),
         ui_tr(ui, "Sag deine Meinung"), SCREEN_HOW},
        {at[3], COLOR_SKY, "my-sheet", FONT_BIG, ui_tr(ui, "Mein Blatt"),
         ui_tr(ui, "Was ich gemacht habe"), SCREEN_SHEET},
        {at[4], COLOR_LILAC, "talk", FONT_TITLE, ui_tr(ui, "Ich will reden"),
         ui_tr(ui, "mit einem Coach"), SCREEN_TALK},
    };
    for (int i = 0; i < 5; i++) {
        draw_door(ui, &doors[i]);
    }
    int gap = ui->low ? 8 : ui->narrow ? 18 : 12;
    draw_small_doors(ui, rect_make(UI_MARGIN, area.y + area.h + gap, area.w, small));
    if (foot > 0) {
        draw_status(ui,
                    rect_make(UI_MARGIN, ui->height - foot, ui->width - 2 * UI_MARGIN, foot));
    }
}

const struct screen screen_home = {.name = "home", .theme = THEME_PAPER, .view = home_view};
