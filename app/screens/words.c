#include "screens/words.h"

#include "domain/field.h"

static const char *keep(struct ui *ui, const struct buf *text)
{
    return ui_own(ui, text->data);
}

static const char *when(struct ui *ui, const struct offer_work *work, enum date_style style,
                        const char *between, bool spoken)
{
    char memory[160];
    struct buf b;
    buf_init(&b, memory, sizeof memory);
    tr_date(&b, &ui->i18n, work->date, style);
    buf_puts(&b, between);
    tr_span(&b, &ui->i18n, work->start, work->end, spoken);
    return keep(ui, &b);
}

const char *words_when_short(struct ui *ui, const struct offer_work *work)
{
    char memory[96];
    struct buf b;
    int days = work->date - ui->model->today;
    if (days < 0 || days > 1) {
        return when(ui, work, days < 7 ? DATE_WEEKDAY : DATE_SHORT, " ", false);
    }
    buf_init(&b, memory, sizeof memory);
    buf_printf(&b, "%s ", ui_tr(ui, days == 0 ? N_("Heute") : N_("Morgen")));
    tr_span(&b, &ui->i18n, work->start, work->end, false);
    return keep(ui, &b);
}

const char *words_when_tight(struct ui *ui, const struct offer_work *work)
{
    return when(ui, work, DATE_NUMBERS, " ", false);
}

const char *words_when(struct ui *ui, const struct offer_work *work)
{
    return when(ui, work, DATE_FULL, tr(&ui->i18n, ", "), true);
}

const char *words_when_brief(struct ui *ui, const struct offer_work *work)
{
    return when(ui, work, DATE_SHORT, " · ", false);
}

const char *words_where_short(struct ui *ui, const struct offer *offer)
{
    if (offer->walk_minutes <= 0) {
        return ui_own(ui, offer->district);
    }
    return UI_FILL(ui, ui_tr(ui, "{district} · {n} Min."),
                   TR_ARG("district", offer->district),
                   TR_ARG("n", ui_number(ui, offer->walk_minutes)));
}

const char *words_money(struct ui *ui, int cents)
{
    char memory[32];
    struct buf b;
    buf_init(&b, memory, sizeof memory);
    tr_money(&b, &ui->i18n, cents);
    return keep(ui, &b);
}

const char *words_money_spoken(struct ui *ui, int cents)
{
    char memory[48];
    struct buf b;
    buf_init(&b, memory, sizeof memory);
    tr_money_words(&b, &ui->i18n, cents);
    return keep(ui, &b);
}

const char *words_because(struct ui *ui, const struct offer *offer,
                          enum match_because because)
{
    const char *field = ui_tr(ui, field_name(offer->field));
    switch (because) {
    case BECAUSE_AGAIN:
        return UI_FILL(ui, ui_tr(ui, "Weil du „{field}“ noch mal machen willst."),
                       TR_ARG("field", field));
    case BECAUSE_INTEREST:
        return UI_FILL(ui, ui_tr(ui, "Weil dich „{field}“ interessiert."),
                       TR_ARG("field", field));
    case BECAUSE_DISTRICT:
        return UI_FILL(ui, ui_tr(ui, "Weil es in {district} ist."),
                       TR_ARG("district", offer->district));
    case BECAUSE_SOON:
        return ui_tr(ui, "Weil es bald losgeht.");
    case BECAUSE_NEW:
        return UI_FILL(ui, ui_tr(ui, "Neu für dich: „{field}“ hast du noch nicht probiert."),
                       TR_ARG("field", field));
    default:
        return "";
    }
}

const char *words_sentence(struct ui *ui, const struct sentence *sentence)
{
    char memory[SENTENCE_ARGS_MAX][FORM_SENTENCE_SIZE];
    struct tr_arg args[SENTENCE_ARGS_MAX];
    if (!sentence->text) {
        return "";
    }
    for (int i = 0; i < sentence->arg_count; i++) {
        struct buf value;
        buf_init(&value, memory[i], sizeof memory[i]);
        tr_value(&value, &ui->i18n, &sentence->args[i], DATE_FULL);
        args[i] = (struct tr_arg){sentence->args[i].name, buf_str(&value)};
    }
    return ui_fill(ui, ui_tr(ui, sentence->text), args, (size_t)sentence->arg_count);
}

const char *words_who(struct ui *ui)
{
    static const char *const ages[] = {
        [AGE_UNKNOWN] = N_("Wie alt bist du?"),
        [AGE_IS_UNDER_13] = N_("Ich bin unter 13"),
        [AGE_IS_13_14] = N_("Ich bin 13–14"),
        [AGE_IS_15_17] = N_("Ich bin 15–17"),
        [AGE_IS_15_17_SCHOOL] = N_("Ich bin 15–17, in der Schule"),
        [AGE_IS_15_17_FREE] = N_("Ich bin 15–17, Schule fertig"),
        [AGE_IS_18] = N_("Ich bin 18 oder älter"),
    };
    if (ui->model->visit.signed_in) {
        return ui->model->visit.who.alias;
    }
    return ui_tr(ui, ages[ui->model->browse.age]);
}

const char *words_print_state(struct ui *ui, enum print_state state)
{
    static const char *const texts[PRINT_STATE_COUNT] = {
        [PRINT_NONE] = "",
        [PRINT_RUNNING] = N_("Dein Zettel wird gedruckt …"),
        [PRINT_DONE] = N_("Dein Zettel ist gedruckt."),
        [PRINT_NO_PRINTER] = N_("Hier ist kein Drucker. Der Code hier gilt auch."),
        [PRINT_PAPER_OUT] = N_("Das Papier ist leer. Der Code hier gilt auch."),
        [PRINT_COVER_OPEN] = N_("Der Drucker ist offen. Der Code hier gilt auch."),
        [PRINT_FAILED] = N_("Der Drucker antwortet nicht. Der Code hier gilt auch."),
    };
    return texts[state][0] ? ui_tr(ui, texts[state]) : "";
}
