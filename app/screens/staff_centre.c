/* The centre on the team's table: one card, in the fewest words. */
#include "screens/centre_words.h"
#include "screens/staff_parts.h"

static const char *offline_title(struct ui *ui)
{
    enum { DAY = 24 * 60 };
    long days = centre_minutes_since(ui->model) / DAY;
    if (days < 1) {
        return ui_tr(ui, "Sicher hier gespeichert");
    }
    const char *format =
        tr_n(&ui->i18n, "Offline seit {n} Tag", "Offline seit {n} Tagen", days);
    return UI_FILL(ui, format, TR_ARG("n", ui_number(ui, days)));
}

static const char *waiting_note(struct ui *ui)
{
    const struct sync_receipts *receipts = &ui->model->centre.receipts;
    long n = (long)(receipts->written - receipts->acked);
    n = n < 0 ? 0 : n;
    return UI_FILL(ui, tr_n(&ui->i18n, "{n} Eintrag wartet", "{n} Einträge warten", n),
                   TR_ARG("n", ui_number(ui, n)));
}

static const char *alone_note(struct ui *ui)
{
    static const char *const notes[CENTRE_ASKING_COUNT] = {
        [CENTRE_NOT_ASKED] = N_("Dieser Kiosk arbeitet allein."),
        [CENTRE_ASKED] = N_("Wartet auf eine Leitung …"),
        [CENTRE_JOINED] = N_("Dieser Kiosk arbeitet allein."),
        [CENTRE_REFUSED] = N_("Der Code gilt nicht. Tippe hier."),
        [CENTRE_FAILED] = N_("Es hat nicht geklappt. Tippe hier."),
        [CENTRE_ELSEWHERE] = N_("Es hat nicht geklappt. Tippe hier."),
    };
    return ui_tr(ui, notes[ui->model->centre.asking]);
}

struct staff_card staff_centre_card(struct ui *ui)
{
    enum lamp lamp = centre_lamp(ui->model);
    struct staff_card card = {centre_lamp_tint(lamp), centre_lamp_icon(lamp), NULL, NULL,
                              msg_open(SCREEN_CENTRE)};
    switch (lamp) {
    case LAMP_CENTRE:
        card.fill = COLOR_WHITE; /* all is well: nothing to look at first */
        card.title = ui_tr(ui, "Sicher in der Zentrale");
        card.note = centre_contact_text(ui);
        break;
    case LAMP_HERE:
        card.fill = COLOR_WHITE;
        card.title = offline_title(ui);
        card.note = waiting_note(ui);
        break;
    case LAMP_HELP:
        card.title = ui_tr(ui, "Bitte Hilfe holen");
        card.note = ui_tr(ui, "Tippe hier: Da steht, warum.");
        break;
    default:
        card.icon = "safe-centre";
        card.title = ui_tr(ui, "Mit der Zentrale verbinden");
        card.note = alone_note(ui);
        break;
    }
    return card;
}
