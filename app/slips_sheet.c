/* "Mein Blatt" on paper: what its owner chose, nothing else. */
#include "slips.h"

#define JOBS_PRINTED_MAX 14

/* Head, hours, jobs, fields, strengths, sentences and views with all they can hold. */
_Static_assert(3 + 3 + 3 + JOBS_PRINTED_MAX + 2 + FIELD_MAX + 2 + SHEET_STRENGTHS_MAX +
                       2 + DEVELOPMENT_MAX + 4 + FORM_ASPECTS_MAX + 6 <=
                   SLIP_LINES_MAX,
               "the fullest sheet fits on the slip");

static void put_sentence(struct slip *slip, const struct i18n *i18n,
                         const struct sentence *sentence)
{
    char memory[SLIP_TEXT_SIZE];
    struct buf line;
    buf_init(&line, memory, sizeof memory);
    slip_put(slip, STYLE_NORMAL, slips_sentence(&line, i18n, sentence));
}

static void begin_part(struct slip *slip, const struct i18n *i18n, const char *title)
{
    slip_put_space(slip);
    slip_put(slip, STYLE_BOLD, str_of(tr(i18n, title)));
}

/* A line of the given format with a number in it. */
static void put_number(struct slip *slip, const char *format, int number)
{
    char digits[16], memory[SLIP_TEXT_SIZE];
    struct buf n, line;
    buf_init(&n, digits, sizeof digits);
    buf_init(&line, memory, sizeof memory);
    buf_printf(&n, "%d", number);
    const struct tr_arg arg = TR_ARG("n", digits);
    tr_fill(&line, format, &arg, 1);
    slip_put(slip, STYLE_NORMAL, buf_str(&line));
}

static void put_jobs(struct slip *slip, const struct i18n *i18n,
                     const struct sheet_open *open)
{
    int count = open->sheet.order_count;
    int shown = count > JOBS_PRINTED_MAX ? JOBS_PRINTED_MAX : count;
    begin_part(slip, i18n, N_("Meine Jobs"));
    for (int i = 0; i < shown; i++) {
        const struct sheet_item *item = &open->items[open->sheet.order[i]];
        char memory[SLIP_TEXT_SIZE];
        struct buf line;
        buf_init(&line, memory, sizeof memory);
        tr_date(&line, i18n, item->date, DATE_SHORT);
        buf_puts(&line, " · ");
        buf_puts(&line, item->title);
        slip_put(slip, STYLE_NORMAL, buf_str(&line));
    }
    if (shown < count) {
        put_number(slip, tr(i18n, N_("Und {n} davor.")), count - shown);
    }
}

static void put_hours(struct slip *slip, const struct i18n *i18n,
                      const struct sheet *sheet)
{
    char hours_memory[96], memory[SLIP_TEXT_SIZE];
    struct buf hours, line;
    buf_init(&hours, hours_memory, sizeof hours_memory);
    buf_init(&line, memory, sizeof memory);
    tr_hours(&hours, i18n, sheet->minutes);
    const struct tr_arg arg = {"hours", buf_str(&hours)};
    begin_part(slip, i18n, N_("Meine Stunden"));
    tr_fill(&line, tr(i18n, N_("{hours} sind bestätigt.")), &arg, 1);
    slip_put(slip, STYLE_NORMAL, buf_str(&line));
}

static void put_fields(struct slip *slip, const struct i18n *i18n,
                       const struct sheet *sheet)
{
    begin_part(slip, i18n, N_("Das habe ich probiert"));
    for (int field = 1; field <= FIELD_MAX; field++) {
        if (field_in(sheet->tried, field)) {
            slip_put(slip, STYLE_NORMAL, str_of(tr(i18n, field_name(field))));
        }
    }
}

/* Tiles only: own words were entrusted and stay off paper. */
static void put_strengths(struct slip *slip, const struct i18n *i18n,
                          const struct sheet *sheet)
{
    begin_part(slip, i18n, N_("Meine Stärken"));
    for (int i = 0; i < sheet->strength_count; i++) {
        if (!sheet->strengths[i].own_words) {
            slip_put(slip, STYLE_NORMAL, str_of(tr(i18n, sheet->strengths[i].text)));
        }
    }
}

static void put_views(struct slip *slip, const struct i18n *i18n,
                      const struct sheet *sheet)
{
    const struct difference *difference = &sheet->difference;
    if (!sheet->has_difference ||
        (difference->strength.text == NULL && difference->agreement.text == NULL)) {
        return; /* nothing was told, or in a form that is gone */
    }
    begin_part(slip, i18n, N_("Mein letzter Job"));
    put_sentence(slip, i18n, &difference->strength);
    put_sentence(slip, i18n, &difference->agreement);
    for (int i = 0; i < difference->aspect_count; i++) {
        put_sentence(slip, i18n, &difference->lines[i]);
    }
}

static void put_development(struct slip *slip, const struct i18n *i18n,
                            const struct sheet *sheet)
{
    if (sheet->development.line_count == 0) {
        return;
    }
    begin_part(slip, i18n, N_("Wie es weiterging"));
    for (int i = 0; i < sheet->development.line_count; i++) {
        put_sentence(slip, i18n, &sheet->development.lines[i]);
    }
}

static bool chosen(unsigned parts, enum sheet_part part)
{
    return parts >> part & 1u;
}

enum err slips_sheet(const struct i18n *i18n, const struct model *model, unsigned parts,
                     struct str alias, struct slip *slip)
{
    const struct sheet *sheet = &model->sheet.sheet;
    slip_begin(slip, str_of(tr(i18n, N_("Mein Blatt"))), i18n->rtl);
    slip_put(slip, STYLE_TITLE, alias);
    if (chosen(parts, SHEET_PART_HOURS)) {
        put_hours(slip, i18n, sheet);
    }
    if (chosen(parts, SHEET_PART_JOBS)) {
        put_jobs(slip, i18n, &model->sheet);
    }
    if (chosen(parts, SHEET_PART_FIELDS)) {
        put_fields(slip, i18n, sheet);
    }
    if (chosen(parts, SHEET_PART_STRENGTHS)) {
        put_strengths(slip, i18n, sheet);
    }
    if (chosen(parts, SHEET_PART_SENTENCES)) {
        put_development(slip, i18n, sheet);
    }
    if (chosen(parts, SHEET_PART_VIEWS)) {
        put_views(slip, i18n, sheet);
    }
    slip_put_rule(slip);
    slip_end(
        slip,
        str_of(tr(i18n, N_("Das Blatt gehört dir. Du entscheidest, wer es sieht."))));
    return ERR_OK;
}
