#include "slips.h"

#include "i18n/i18n.h"

/* Slips have no bidi isolates: printers would print them as boxes. */
static struct str plain(struct buf *out, struct str text)
{
    tr_plain(out, text);
    return buf_str(out);
}

static struct str put_when(struct buf *out, const struct i18n *i18n,
                           const struct offer_work *work)
{
    char memory[256];
    struct buf b;
    buf_init(&b, memory, sizeof memory);
    tr_date(&b, i18n, work->date, DATE_FULL);
    buf_puts(&b, tr(i18n, ", "));
    tr_span(&b, i18n, work->start, work->end, false);
    return plain(out, buf_str(&b));
}

static struct str put_money(struct buf *out, const struct i18n *i18n, int cents)
{
    char memory[64];
    struct buf b;
    buf_init(&b, memory, sizeof memory);
    tr_money_words(&b, i18n, cents);
    return plain(out, buf_str(&b));
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
    struct slip_wish in = {
        .heading = str_of(tr(i18n, N_("Blitzjob-Wunsch"))),
        .title = str_of(wish->title),
        .when = put_when(&when, i18n, &wish->work),
        .place = put_place(&place, wish),
        .money = put_money(&money, i18n, wish->cents),
        .payload = str_of(effect->text),
        .alias = str_of(wish->alias[0] != '\0' ? wish->alias : effect->alias),
        .code = str_of(code),
        .note = str_of(tr(i18n, N_("Ein Wunsch, kein Vertrag. Ein Coach sagt dir Bescheid."))),
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

enum err slips_make(const struct effect *effect, struct slip *slip_out)
{
    struct i18n i18n = i18n_of(effect->language);
    return effect->kind == EFFECT_PRINT_CARD ? make_card(effect, &i18n, slip_out)
                                             : make_wish(effect, &i18n, slip_out);
}
