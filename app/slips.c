#include "slips.h"

#include <string.h>

struct str slips_when(struct buf *out, const struct i18n *i18n,
                      const struct offer_work *work)
{
    tr_date(out, i18n, work->date, DATE_SHORT);
    buf_puts(out, " · ");
    tr_span(out, i18n, work->start, work->end, false);
    return buf_str(out);
}

static struct str put_money(struct buf *out, const struct i18n *i18n, int cents)
{
    tr_money_words(out, i18n, cents);
    return buf_str(out);
}

static struct str put_place(struct buf *out, const struct wish *wish)
{
    buf_puts(out, wish->place);
    if (wish->place[0] != '\0' && wish->district[0] != '\0') {
        buf_puts(out, ", ");
    }
    buf_puts(out, wish->district);
    return buf_str(out);
}

static enum err make_wish(const struct effect *effect, const struct i18n *i18n,
                          struct slip *slip_out)
{
    const struct wish *wish = &effect->wish;
    char when_memory[256], place_memory[256], money_memory[64], code[8];
    struct buf when, place, money;
    buf_init(&when, when_memory, sizeof when_memory);
    buf_init(&place, place_memory, sizeof place_memory);
    buf_init(&money, money_memory, sizeof money_memory);
    uid_short(wish->id, code);
    bool taken = wish->state == WISH_CONFIRMED;
    struct slip_wish in = {
        .heading = str_of(tr(i18n, taken ? N_("Blitzjob-Zusage") : N_("Blitzjob-Wunsch"))),
        .title = str_of(wish->title),
        .when = slips_when(&when, i18n, &wish->work),
        .place = put_place(&place, wish),
        .money = put_money(&money, i18n, wish->cents),
        .payload = str_of(effect->text),
        .alias = str_of(wish->alias[0] != '\0' ? wish->alias : effect->alias),
        .code = str_of(code),
        .note = str_of(
            tr(i18n, taken ? N_("Der Platz gehört dir.")
                           : N_("Ein Wunsch, kein Vertrag. Ein Coach sagt dir Bescheid."))),
        .rtl = i18n->rtl,
    };
    return slip_wish(&in, slip_out);
}

static enum err make_card(const struct effect *effect, const struct i18n *i18n,
                          struct slip *slip_out)
{
    struct slip_card in = {
        .heading = str_of(effect->confirm ? tr(i18n, N_("Karte fürs Team"))
                                          : tr(i18n, N_("Deine Karte"))),
        .alias = str_of(effect->alias),
        .payload = str_of(effect->text),
        .care = str_of(tr(i18n, N_("Pass gut auf diese Karte auf."))),
        .fold = str_of(tr(i18n, N_("Hier falten."))),
        .rtl = i18n->rtl,
    };
    return slip_card(&in, slip_out);
}

/* "Wann: Mi, 25.11. · 15–17 Uhr" */
static void put_fact(struct slip *slip, const struct i18n *i18n, const char *name,
                     struct str value)
{
    char memory[SLIP_TEXT_SIZE];
    struct buf line;
    buf_init(&line, memory, sizeof memory);
    const struct tr_arg args[] = {TR_ARG("name", tr(i18n, name)), {"value", value}};
    tr_fill(&line, tr(i18n, N_("{name}: {value}")), args, ARRAY_LEN(args));
    slip_put(slip, STYLE_NORMAL, buf_str(&line));
}

static enum err put_end(struct slip *slip, const struct effect *effect, const char *note)
{
    char code[8];
    uid_short(effect->wish.id, code);
    slip_put_rule(slip);
    enum err err =
        slip_put_code(slip, str_of(effect->text), str_of(effect->alias), str_of(code));
    slip_end(slip, str_of(note));
    return err;
}

static enum err make_agreement(const struct effect *effect, const struct i18n *i18n,
                               struct slip *slip)
{
    const struct wish *wish = &effect->wish;
    char when_memory[128], place_memory[256], money_memory[64];
    struct buf when, place, money;
    buf_init(&when, when_memory, sizeof when_memory);
    buf_init(&place, place_memory, sizeof place_memory);
    buf_init(&money, money_memory, sizeof money_memory);
    slip_begin(slip, str_of(tr(i18n, N_("Unsere Abmachung"))), i18n->rtl);
    slip_put(slip, STYLE_TITLE, str_of(wish->title));
    slip_put_space(slip);
    put_fact(slip, i18n, N_("Wann"), slips_when(&when, i18n, &wish->work));
    put_fact(slip, i18n, N_("Wo"), put_place(&place, wish));
    put_fact(slip, i18n, N_("Mit wem"),
             str_of(tr(i18n, N_("Das Team sagt es dir vorher."))));
    put_fact(slip, i18n, N_("Wie viel"), put_money(&money, i18n, wish->cents));
    return put_end(slip, effect, tr(i18n, N_("Zeig diesen Zettel, wenn du kommst.")));
}

static enum err make_hours(const struct effect *effect, const struct i18n *i18n,
                           struct slip *slip)
{
    const struct wish *wish = &effect->wish;
    char when_memory[128], hours_memory[96];
    struct buf when, hours;
    buf_init(&when, when_memory, sizeof when_memory);
    buf_init(&hours, hours_memory, sizeof hours_memory);
    tr_hours(&hours, i18n, effect->job_event.minutes);
    slip_begin(slip, str_of(tr(i18n, N_("Bestätigung"))), i18n->rtl);
    slip_put(slip, STYLE_TITLE, buf_str(&hours));
    slip_put_space(slip);
    slip_put(slip, STYLE_BOLD, str_of(wish->title));
    if (wish->field > 0) {
        slip_put(slip, STYLE_NORMAL, str_of(tr(i18n, field_name(wish->field))));
    }
    slip_put(slip, STYLE_NORMAL, slips_when(&when, i18n, &wish->work));
    slip_put(slip, STYLE_NORMAL, str_of(tr(i18n, N_("Die Stunden sind bestätigt."))));
    return put_end(slip, effect,
                   tr(i18n, N_("Echt? Jeder Kiosk dieses Trägers prüft den Code.")));
}

/* How many come, from the team's list; 0: not known. */
static int people_of(const struct model *model, const struct wish *wish)
{
    int people = 0;
    for (int i = 0; i < model->staff.wish_count; i++) {
        const struct wish *other = &model->staff.wishes[i];
        people += other->state == WISH_CONFIRMED &&
                  strcmp(other->code, wish->code) == 0 &&
                  other->work.date == wish->work.date;
    }
    return people;
}

static void put_people(struct slip *slip, const struct i18n *i18n, int people)
{
    char number[16], memory[128];
    struct buf n, line;
    buf_init(&n, number, sizeof number);
    buf_init(&line, memory, sizeof memory);
    buf_printf(&n, "%d", people);
    const struct tr_arg arg = TR_ARG("n", number);
    tr_fill(&line,
            tr_n(i18n, "{n} junger Mensch kommt.", "{n} junge Menschen kommen.", people),
            &arg, 1);
    slip_put(slip, STYLE_BOLD, buf_str(&line));
}

/* For the site: nothing of the young people is on it. */
static enum err make_order(const struct effect *effect, const struct model *model,
                           const struct i18n *i18n, struct slip *slip)
{
    char when_memory[128];
    struct buf when;
    int people = people_of(model, &effect->wish);
    buf_init(&when, when_memory, sizeof when_memory);
    slip_begin(slip, str_of(tr(i18n, N_("Auftrag"))), i18n->rtl);
    slip_put(slip, STYLE_TITLE, str_of(effect->wish.title));
    slip_put_space(slip);
    slip_put(slip, STYLE_NORMAL, slips_when(&when, i18n, &effect->wish.work));
    if (people > 0) {
        put_people(slip, i18n, people);
    }
    slip_put_space(slip);
    slip_put(slip, STYLE_NORMAL,
             str_of(tr(i18n, N_("Nach dem Job am Kiosk, auf „Für Stellen“:"))));
    slip_put(slip, STYLE_NORMAL,
             str_of(tr(i18n, N_("1. Diesen Code scannen oder tippen."))));
    slip_put(slip, STYLE_NORMAL,
             str_of(tr(i18n, N_("2. Sagen, wer da war und wie lange."))));
    slip_put(slip, STYLE_NORMAL, str_of(tr(i18n, N_("3. Sagen, was gut lief."))));
    slip_put_rule(slip);
    enum err err =
        slip_put_code(slip, str_of(effect->text), str_of(effect->alias), STR(""));
    slip_end(slip, str_of(tr(i18n, N_("Der Code gilt für diesen Job und diesen Tag. "
                                      "Oder ruf uns einfach an."))));
    return err;
}

/* ---- pieces ------------------------------------------------------------------------ */

struct str slips_sentence(struct buf *out, const struct i18n *i18n,
                          const struct sentence *sentence)
{
    char memory[SENTENCE_ARGS_MAX][256];
    struct tr_arg args[SENTENCE_ARGS_MAX];
    if (sentence->text == NULL) {
        return buf_str(out);
    }
    for (int i = 0; i < sentence->arg_count; i++) {
        struct buf value;
        buf_init(&value, memory[i], sizeof memory[i]);
        tr_value(&value, i18n, &sentence->args[i], DATE_SHORT);
        args[i] = (struct tr_arg){sentence->args[i].name, buf_str(&value)};
    }
    tr_fill(out, tr(i18n, sentence->text), args, (size_t)sentence->arg_count);
    return buf_str(out);
}

enum err slips_make(const struct effect *effect, const struct model *model,
                    struct slip *slip_out)
{
    struct i18n i18n = i18n_of(effect->language);
    switch (effect->kind) {
    case EFFECT_PRINT_CARD:
        return make_card(effect, &i18n, slip_out);
    case EFFECT_PRINT_AGREEMENT:
        return make_agreement(effect, &i18n, slip_out);
    case EFFECT_PRINT_HOURS:
        return make_hours(effect, &i18n, slip_out);
    case EFFECT_PRINT_ORDER:
        return make_order(effect, model, &i18n, slip_out);
    case EFFECT_PRINT_SHEET:
        return slips_sheet(&i18n, model, effect->tiles, str_of(model->visit.who.alias),
                           slip_out);
    case EFFECT_PRINT_DAY:
        return slips_day(&i18n, model, slip_out);
    default:
        return make_wish(effect, &i18n, slip_out);
    }
}
