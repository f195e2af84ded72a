#include "screens/centre_words.h"

#define MINUTE_MS INT64_C(60000)
#define HOUR 60 /* in minutes */
#define DAY (24 * HOUR)
#define UP_MINUTES 10 /* a client with a line is heard of more often than that */

enum lamp centre_lamp(const struct model *model)
{
    return lamp_of(&model->centre.receipts);
}

struct lamp_look {
    const char *icon;
    enum color tint;
    const char *brief;
};

static const struct lamp_look looks[LAMP_COUNT] = {
    [LAMP_NONE] = {"box", COLOR_WHITE, N_("Alles wird hier gespeichert.")},
    [LAMP_CENTRE] = {"safe-centre", COLOR_MINT, N_("Sicher in der Zentrale.")},
    [LAMP_HERE] = {"safe-here", COLOR_LEMON, N_("Sicher hier gespeichert.")},
    [LAMP_HELP] = {"help", COLOR_PEACH, N_("Sicher hier. Bitte Hilfe holen.")},
};

const char *centre_lamp_icon(enum lamp lamp)
{
    return looks[lamp].icon;
}

enum color centre_lamp_tint(enum lamp lamp)
{
    return looks[lamp].tint;
}

const char *centre_lamp_brief(struct ui *ui)
{
    return ui_tr(ui, looks[centre_lamp(ui->model)].brief);
}

struct trouble_words {
    const char *what, *help;
};

/* NONE: help is needed and nobody found out why. */
static const struct trouble_words troubles[SYNC_TROUBLE_COUNT] = {
    [SYNC_TROUBLE_NONE] = {N_("Der Weg zur Zentrale klemmt."),
                           N_("Hier ist alles sicher. Bitte die Technik anrufen.")},
    [SYNC_TROUBLE_REVOKED] = {N_("Die Zentrale hat diesen Kiosk gesperrt."),
                              N_("Bitte in der Zentrale anrufen.")},
    [SYNC_TROUBLE_SERVER] =
        {N_("Am anderen Ende ist nicht deine Zentrale."),
         N_("Der Kiosk schickt nichts ab. Bitte in der Zentrale anrufen.")},
    [SYNC_TROUBLE_PROTOCOL] = {N_("Kiosk und Zentrale verstehen sich nicht: "
                                  "Ein Programm ist zu alt."),
                               N_("Hier ist alles sicher. Bitte die Technik anrufen.")},
    [SYNC_TROUBLE_REFUSED] = {N_("Die Zentrale nimmt die Einträge nicht an."),
                              N_("Hier ist alles sicher. Bitte die Technik anrufen.")},
    [SYNC_TROUBLE_DISK] =
        {N_("Der Kiosk kann nicht speichern, was die Zentrale schickt."),
         N_("Ist der Speicher voll? Bitte die Technik anrufen.")},
};

static const char *waiting_text(struct ui *ui)
{
    const struct sync_receipts *receipts = &ui->model->centre.receipts;
    long n = (long)(receipts->written - receipts->acked);
    if (n <= 0) {
        return ui_tr(ui, looks[LAMP_HERE].brief);
    }
    const char *format =
        tr_n(&ui->i18n, "Hier sicher gespeichert. {n} Eintrag wartet auf die Leitung.",
             "Hier sicher gespeichert. {n} Einträge warten auf die Leitung.", n);
    return UI_FILL(ui, format, TR_ARG("n", ui_number(ui, n)));
}

const char *centre_lamp_text(struct ui *ui)
{
    switch (centre_lamp(ui->model)) {
    case LAMP_CENTRE:
        return ui_tr(ui, "Alles ist sicher in der Zentrale.");
    case LAMP_HERE:
        return waiting_text(ui);
    case LAMP_HELP:
        return ui_tr(ui, troubles[ui->model->centre.receipts.trouble].what);
    default:
        return ui_tr(ui, looks[LAMP_NONE].brief);
    }
}

const char *centre_help_text(struct ui *ui)
{
    if (centre_lamp(ui->model) != LAMP_HELP) {
        return "";
    }
    return ui_tr(ui, troubles[ui->model->centre.receipts.trouble].help);
}

long centre_minutes_since(const struct model *model)
{
    const struct centre *centre = &model->centre;
    if (centre->receipts.last_ms <= 0 || centre->receipts.since_ms < 0) {
        return -1;
    }
    int64_t since_ms =
        centre->receipts.since_ms + (model->mono_ms - centre->heard_mono_ms);
    return (long)(since_ms / MINUTE_MS);
}

static const char *age_text(struct ui *ui, long minutes)
{
    const struct i18n *i18n = &ui->i18n;
    long n = minutes < HOUR ? minutes : minutes < DAY ? minutes / HOUR : minutes / DAY;
    const char *format = minutes < HOUR  ? tr_n(i18n, "Letzter Kontakt: vor {n} Minute.",
                                                "Letzter Kontakt: vor {n} Minuten.", n)
                         : minutes < DAY ? tr_n(i18n, "Letzter Kontakt: vor {n} Stunde.",
                                                "Letzter Kontakt: vor {n} Stunden.", n)
                                         : tr_n(i18n, "Letzter Kontakt: vor {n} Tag.",
                                                "Letzter Kontakt: vor {n} Tagen.", n);
    return UI_FILL(ui, format, TR_ARG("n", ui_number(ui, n)));
}

/* The centre's own time of the last contact: right whatever this kiosk's clock says. */
static const char *date_text(struct ui *ui, const char *format)
{
    char memory[96], clock_memory[16];
    struct buf date, clock;
    date_t day;
    int minute;
    date_from_wall_ms(ui->model->centre.receipts.last_ms, &day, &minute);
    buf_init(&date, memory, sizeof memory);
    buf_init(&clock, clock_memory, sizeof clock_memory);
    tr_date(&date, &ui->i18n, day, DATE_FULL);
    tr_clock(&clock, &ui->i18n, minute);
    return UI_FILL(ui, ui_tr(ui, format), TR_ARG("date", memory),
                   TR_ARG("time", clock_memory));
}

const char *centre_contact_text(struct ui *ui)
{
    long minutes = centre_minutes_since(ui->model);
    if (ui->model->centre.receipts.last_ms <= 0) {
        return ui_tr(ui, "Es gab noch keinen Kontakt.");
    }
    if (minutes < 0) {
        return date_text(ui, N_("Letzter Kontakt: {date}, {time}. Wie lange das her ist, "
                                "weiß der Kiosk gerade nicht."));
    }
    return minutes == 0 ? ui_tr(ui, "Letzter Kontakt: gerade eben.")
                        : age_text(ui, minutes);
}

const char *centre_parked_text(struct ui *ui)
{
    long n = (long)ui->model->centre.receipts.parked;
    if (n <= 0) {
        return "";
    }
    const char *format = tr_n(
        &ui->i18n,
        "{n} Eintrag versteht die Zentrale noch nicht. Er ist sicher aufbewahrt.",
        "{n} Einträge versteht die Zentrale noch nicht. Alle sind sicher aufbewahrt.", n);
    return UI_FILL(ui, format, TR_ARG("n", ui_number(ui, n)));
}

enum centre_line centre_line(const struct model *model)
{
    const struct sync_receipts *receipts = &model->centre.receipts;
    long minutes = centre_minutes_since(model);
    if (!receipts->enrolled) {
        return LINE_NONE;
    }
    if (receipts->last_ms <= 0) {
        return LINE_DOWN;
    }
    if (minutes < 0 || minutes >= DAY) {
        return LINE_LONG;
    }
    return minutes <= UP_MINUTES && receipts->trouble == SYNC_TROUBLE_NONE ? LINE_UP
                                                                           : LINE_DOWN;
}

static const char *last_line(struct ui *ui)
{
    return date_text(ui, N_("Dieser Kiosk war zuletzt am {date} verbunden."));
}

const char *centre_asked_text(struct ui *ui)
{
    switch (centre_line(ui->model)) {
    case LINE_UP:
        return ui_tr(ui, "Gefragt. Ein Coach entscheidet. Du siehst es auch hier unter "
                         "„Meine Wünsche“.");
    case LINE_DOWN:
        return ui_tr(ui,
                     "Dein Wunsch ist hier sicher. Er geht an die Zentrale, sobald es "
                     "eine Leitung gibt.");
    case LINE_LONG:
        return UI_FILL(
            ui, "{here} {last}",
            TR_ARG("here", ui_tr(ui, "Dein Wunsch ist hier sicher. Er geht an die "
                                     "Zentrale, sobald es eine Leitung gibt.")),
            TR_ARG("last", last_line(ui)));
    default:
        return ui_tr(ui, "Ein Coach entscheidet und sagt dir Bescheid. "
                         "Du siehst es auch hier unter „Meine Wünsche“.");
    }
}
