/* The steps of the enrolment that are questions with a few answers: age, consents. */
#include "screens/enrol_steps.h"

static bool is_upright(const struct ui *ui)
{
    return ui->height > ui->width;
}

/* ---- questions with a few answers -------------------------------------------------- */

#define CHOICES_MAX 4

struct question {
    const char *text;
    enum form_field field;
    int count;
    const char *choices[CHOICES_MAX];
    int values[CHOICES_MAX];
    int chosen; /* a value; -1: not answered yet */
};

/* In one row if all texts fit side by side, else in two, else one below the other. */
static int columns_for(const struct ui *ui, const struct question *question, int width)
{
    int widest = 0;
    for (int i = 0; i < question->count; i++) {
        int w = ui_measure(ui, (struct words){.font = FONT_PILL}, ui->width,
                           question->choices[i])
                    .width +
                30;
        widest = w > widest ? w : widest;
    }
    int columns = question->count;
    while (columns > 1 && (widest + 14) * columns - 14 > width) {
        columns = columns == 4 ? 2 : columns - 1;
    }
    return columns;
}

static void draw_choices(struct ui *ui, struct rect at, const struct question *question)
{
    int columns = columns_for(ui, question, at.w), gap = 14;
    int rows = (question->count + columns - 1) / columns;
    int width = (at.w - gap * (columns - 1)) / columns;
    int height = (at.h - (gap + 4) * (rows - 1) - 6) / rows;
    height = height > 84 ? 84 : height;
    for (int i = 0; i < question->count; i++) {
        struct rect cell =
            rect_make(at.x + i % columns * (width + gap),
                      at.y + i / columns * (height + gap + 4), width, height);
        bool chosen = question->chosen == question->values[i];
        ui_button(ui, cell,
                  &(struct button){chosen ? BUTTON_DARK : BUTTON_PLAIN, NULL,
                                   question->choices[i],
                                   msg_make(MSG_FORM_CHOICE, (int)question->field,
                                            question->values[i]),
                                   FONT_LABEL});
    }
}

static struct rect draw_question_card(struct ui *ui, struct rect at, const char *text)
{
    struct words words = {FONT_CARD, COLOR_INK, PLACE_START, 4};
    ui_box(ui, at, (struct look){COLOR_WHITE, COLOR_INK, 3, 28, 8});
    struct rect inside = rect_inset(at, at.h < 280 ? 16 : 26);
    words.font = ui_fit(ui, rect_make(0, 0, inside.w, inside.h * 45 / 100), words, text);
    rect_cut_top(&inside, ui_text(ui, inside, words, text) + (at.h < 280 ? 10 : 18));
    return inside;
}

static void draw_question(struct ui *ui, struct rect at, const struct question *question)
{
    draw_choices(ui, draw_question_card(ui, at, question->text), question);
}

/* Cuts the area into cards: side by side, or one below the other if upright. */
static void divide(const struct ui *ui, struct rect area, const int *shares, int count,
                   struct rect *cards)
{
    bool upright = is_upright(ui);
    int total = 0, gap = ui->low ? 16 : UI_GAP;
    int room = (upright ? area.h : area.w) - gap * (count - 1);
    for (int i = 0; i < count; i++) {
        total += shares[i];
    }
    for (int i = 0; i < count; i++) {
        int size = room * shares[i] / total;
        size = upright && size > 330 ? 330 : size;
        cards[i] = upright ? rect_cut_top(&area, size) : rect_cut_start(&area, size);
        upright ? rect_cut_top(&area, gap) : rect_cut_start(&area, gap);
        cards[i].h = cards[i].h > 360 ? 360 : cards[i].h;
    }
}

/* ---- age and school ---------------------------------------------------------------- */

static void draw_band(struct ui *ui, struct rect at, const struct enrol_form *form)
{
    draw_question(ui, at,
                  &(struct question){
                      .text = UI_FILL(ui, ui_tr(ui, "Wie alt ist {alias}?"),
                                      TR_ARG("alias", form->who.alias)),
                      .field = FORM_BAND,
                      .count = AGE_BAND_COUNT,
                      .choices = {"13–14", "15", "16–17", "18+"},
                      .values = {AGE_13_14, AGE_15, AGE_16_17, AGE_18},
                      .chosen = form->answered[FORM_BAND] ? (int)form->who.band : -1,
                  });
}

static void draw_school(struct ui *ui, struct rect at, const struct enrol_form *form)
{
    draw_question(
        ui, at,
        &(struct question){
            .text = ui_tr(ui, "Noch in der Schule?"),
            .field = FORM_SCHOOL,
            .count = 2,
            .choices = {ui_tr(ui, "Ja"), ui_tr(ui, "Nein")},
            .values = {1, 0},
            .chosen = form->answered[FORM_SCHOOL] ? form->who.full_time_schooling : -1,
        });
}

static const char *birthday_text(struct ui *ui, const struct enrol_form *form)
{
    char memory[48];
    struct buf month;
    if (form->band_month == 0) {
        return ui_tr(ui, "weiß nicht");
    }
    date_t first = enrol_birthday_month(ui->model->today, form->band_month);
    buf_init(&month, memory, sizeof memory);
    tr_date(&month, &ui->i18n, first, DATE_MONTH);
    return UI_FILL(ui, "{month} {year}", TR_ARG("month", memory),
                   TR_ARG("year", ui_number(ui, date_to_ymd(first).year)));
}

/* Less and more, with the month between or above them. */
static void draw_birthday(struct ui *ui, struct rect at, const struct enrol_form *form)
{
    const char *next = ui_number(ui, age_band_years(form->who.band + 1));
    const char *text = UI_FILL(ui, ui_tr(ui, "Wann wird {alias} {age}?"),
                               TR_ARG("alias", form->who.alias), TR_ARG("age", next));
    struct words words = {FONT_LABEL, COLOR_INK, PLACE_CENTER, 2};
    struct rect inside = draw_question_card(ui, at, text);
    int months = form->band_month, most = enrol_months_max(form->who.band);
    int size = inside.h < 120 ? 52 : 64;
    bool stacked = inside.w < 300;
    struct rect above = rect_cut_top(&inside, stacked ? 40 : 0);
    struct rect row = rect_cut_top(&inside, inside.h > 84 ? 84 : inside.h);
    struct rect less = rect_cut_start(&row, size), more = rect_cut_end(&row, size);
    int y = row.y + (row.h - size) / 2;
    if (months > 0) {
        ui_round(ui, rect_make(less.x, y, size, size), "back",
                 msg_make(MSG_FORM_CHOICE, FORM_BAND_MONTH, months - 1),
                 ui_tr(ui, "Früher"), COLOR_WHITE);
    }
    if (months < most) {
        ui_round(ui, rect_make(more.x, y, size, size), "forward",
                 msg_make(MSG_FORM_CHOICE, FORM_BAND_MONTH, months + 1),
                 ui_tr(ui, "Später"), COLOR_WHITE);
    }
    row = stacked ? above : rect_make(row.x + 10, row.y, row.w - 20, row.h);
    words.font = ui_fit(ui, row, words, birthday_text(ui, form));
    ui_text_middle(ui, row, words, birthday_text(ui, form));
}

void enrol_view_age(struct ui *ui, struct rect area)
{
    static const int shares[] = {5, 4, 4};
    const struct enrol_form *form = &ui->model->staff.form;
    bool grows = form->answered[FORM_BAND] && form->who.band != AGE_18;
    struct rect cards[3];
    divide(ui, area, shares, 3, cards);
    draw_band(ui, cards[0], form);
    if (grows) {
        draw_school(ui, cards[1], form);
        draw_birthday(ui, cards[2], form);
    }
}

/* ---- consents ---------------------------------------------------------------------- */

static const char *school_year_text(struct ui *ui)
{
    char memory[64];
    struct buf day;
    date_t until = enrol_consent_until(CUSTODIAN_SCHOOL_YEAR, ui->model->today);
    buf_init(&day, memory, sizeof memory);
    tr_date(&day, &ui->i18n, until, DATE_DAY);
    return UI_FILL(ui, ui_tr(ui, "bis {date}"), TR_ARG("date", memory));
}

static int custodian_chosen(const struct enrol_form *form, date_t today)
{
    const struct consent *consent = &form->who.consents[CONSENT_CUSTODIAN];
    if (!form->answered[FORM_CUSTODIAN] || !consent->given) {
        return form->answered[FORM_CUSTODIAN] ? CUSTODIAN_NO : -1;
    }
    for (int choice = CUSTODIAN_YEAR; choice < CUSTODIAN_COUNT; choice++) {
        if (enrol_consent_until((enum custodian_choice)choice, today) == consent->until) {
            return choice;
        }
    }
    return -1;
}

static void draw_custodian(struct ui *ui, struct rect at, const struct enrol_form *form)
{
    draw_question(
        ui, at,
        &(struct question){
            .text = ui_tr(ui, "Haben Eltern oder Vormund für die Jobs unterschrieben?"),
            .field = FORM_CUSTODIAN,
            .count = CUSTODIAN_COUNT,
            .choices = {ui_tr(ui, "Nein"), ui_tr(ui, "für 1 Jahr"), school_year_text(ui),
                        ui_tr(ui, "ohne Ende")},
            .values = {CUSTODIAN_NO, CUSTODIAN_YEAR, CUSTODIAN_SCHOOL_YEAR,
                       CUSTODIAN_ALWAYS},
            .chosen = custodian_chosen(form, ui->model->today),
        });
}

static void draw_store(struct ui *ui, struct rect at, const struct enrol_form *form)
{
    bool given = form->who.consents[CONSENT_STORE].given;
    draw_question(
        ui, at,
        &(struct question){
            .text = UI_FILL(ui, ui_tr(ui, "{alias}: Darf dein Blatt hier bleiben?"),
                            TR_ARG("alias", form->who.alias)),
            .field = FORM_STORE,
            .count = 2,
            .choices = {ui_tr(ui, "Ja"), ui_tr(ui, "Nein")},
            .values = {1, 0},
            .chosen = form->answered[FORM_STORE] ? given : -1,
        });
}

/* Without a signature one may look, not work: said here, before a job is out of reach. */
static void draw_consent_note(struct ui *ui, struct rect *area,
                              const struct enrol_form *form)
{
    bool missing = form->who.band != AGE_18 && form->answered[FORM_CUSTODIAN] &&
                   !form->who.consents[CONSENT_CUSTODIAN].given;
    const char *text = ui_tr(
        ui, missing ? N_("Ohne Unterschrift: Jobs ansehen ja, machen noch nicht.")
                    : N_("Die Zettel bleiben im Büro. Hier steht nur Ja oder Nein."));
    struct words words = {FONT_NOTE, COLOR_INK, PLACE_START, 2};
    words.font = area->h < 340 ? FONT_PILL : FONT_NOTE;
    struct rect at = rect_cut_bottom(area, ui_measure(ui, words, area->w, text).height);
    ui_text(ui, at, words, text);
    rect_cut_bottom(area, 18);
}

void enrol_view_consent(struct ui *ui, struct rect area)
{
    static const int shares[] = {2, 1};
    const struct enrol_form *form = &ui->model->staff.form;
    struct rect cards[2];
    draw_consent_note(ui, &area, form);
    if (form->who.band == AGE_18) {
        divide(ui, area, shares, 1, cards);
        draw_store(ui, cards[0], form);
        return;
    }
    divide(ui, area, shares, 2, cards);
    draw_custodian(ui, cards[0], form);
    draw_store(ui, cards[1], form);
}
