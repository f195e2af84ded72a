#include "ui/notice.h"

struct notice_row {
    const char *text;
    enum color tint;
};

static const struct notice_row notices[NOTICE_COUNT] = {
    [NOTICE_CARD_UNKNOWN] = {N_("Diese Karte kenne ich hier nicht. Frag das Team."),
                             COLOR_PEACH},
    [NOTICE_CARD_BROKEN] = {N_("Das konnte ich nicht lesen. Halte die Karte noch mal hin."),
                            COLOR_PEACH},
    [NOTICE_SLIP_TRUE] = {N_("Dieser Zettel ist echt."), COLOR_MINT},
    [NOTICE_SLIP_FALSE] = {N_("Diesen Zettel kann ich hier nicht prüfen. Frag das Team."),
                           COLOR_PEACH},
    [NOTICE_WRONG] = {N_("Das passt nicht zusammen. Probier es noch mal."), COLOR_PEACH},
    [NOTICE_WAIT] = {N_("Kurz warten: Noch {n} Sekunden. Das Team kann dir helfen."),
                     COLOR_PEACH},
    [NOTICE_NOT_SAVED] = {N_("Das ist noch nicht gespeichert. Tippe noch mal."), COLOR_ROSE},
    [NOTICE_DISK_FULL] = {N_("Der Speicher ist voll. Bitte sag dem Team Bescheid."),
                          COLOR_ROSE},
    [NOTICE_UNDONE] = {N_("Dein Wunsch ist zurückgenommen. Das ist in Ordnung."), COLOR_MINT},
    [NOTICE_UNDO_LATE] = {N_("Ein Coach hat schon entschieden. Sprich kurz mit dem Team."),
                          COLOR_PEACH},
    [NOTICE_UNFIT_SAVED] = {N_("Alles klar. Hier sind andere Jobs."), COLOR_MINT},
    [NOTICE_ALREADY_WISHED] = {N_("Diesen Job hast du dir schon gewünscht."), COLOR_LEMON},
    [NOTICE_ALIAS_TAKEN] = {N_("Diesen Namen gibt es hier schon. Nimm einen anderen."),
                            COLOR_PEACH},
    [NOTICE_ALIAS_SHORT] = {N_("Der Name braucht 2 bis 16 Zeichen, vorne ein Buchstabe."),
                            COLOR_PEACH},
    [NOTICE_ALIAS_UNKNOWN] = {N_("Diesen Namen kenne ich hier nicht. Schreib ihn noch mal."),
                              COLOR_PEACH},
    [NOTICE_DECIDED] = {N_("Gespeichert."), COLOR_MINT},
    [NOTICE_DECIDED_BEFORE] = {N_("Dieser Wunsch ist schon entschieden oder zurückgenommen."),
                               COLOR_PEACH},
    [NOTICE_NO_PLACE] = {N_("Alle Plätze sind vergeben."), COLOR_PEACH},
    [NOTICE_SITE_CODE] = {N_("Diesen Code kenne ich nicht. Frag das Team."), COLOR_PEACH},
    [NOTICE_SEEN] = {N_("Deine Zeit ist notiert. Der Job steht an einem anderen Kiosk. "
                        "Das Team schaut nach."),
                     COLOR_LEMON},
    [NOTICE_NOT_READ] = {N_("Das konnte ich gerade nicht lesen. Probier es noch mal."),
                         COLOR_PEACH},
    [NOTICE_AGREED] = {N_("Abgemacht! Schön, dass du dabei bist."), COLOR_MINT},
    [NOTICE_CALLED_OFF] = {N_("Der Job ist abgesagt. Gut, dass du Bescheid sagst."),
                           COLOR_LEMON},
    [NOTICE_NOT_PRINTED] = {N_("Drucken ging nicht. Es ist trotzdem alles gespeichert."),
                            COLOR_PEACH},
    [NOTICE_PRINTED] = {N_("Gedruckt."), COLOR_MINT},
    [NOTICE_CENTRE_URL] = {N_("Diese Adresse stimmt noch nicht. Schau auf dem Blatt der "
                              "Zentrale nach."),
                           COLOR_PEACH},
    [NOTICE_CENTRE_PLACES] = {N_("Diesen Platz vergibt die Zentrale. Der Wunsch geht dorthin."),
                              COLOR_LEMON},
    [NOTICE_FOR_STAFF] = {N_("Dieser Code ist für das Team."), COLOR_PEACH},
    [NOTICE_STATE_LOST] = {N_("Die Daten waren beschädigt. Die alte Datei ist aufgehoben. "
                              "Bitte die Technik anrufen."),
                           COLOR_ROSE},
    [NOTICE_STATE_COPIED] = {N_("Diese Daten wurden kopiert. Läuft der alte Kiosk noch? "
                                "Dann bitte die Technik anrufen."),
                             COLOR_ROSE},
};

static int wait_seconds(const struct model *model)
{
    int64_t until = model->visit.wait_until_ms;
    until = model->staff.wait_until_ms > until ? model->staff.wait_until_ms : until;
    until = model->site.wait_until_ms > until ? model->site.wait_until_ms : until;
    int64_t left = until - model->mono_ms;
    return left <= 0 ? 0 : (int)((left + 999) / 1000);
}

const char *notice_text(struct ui *ui)
{
    enum notice notice = ui->model->notice;
    if (notice == NOTICE_NONE) {
        return NULL;
    }
    if (notice == NOTICE_WAIT && wait_seconds(ui->model) == 0) {
        return ui_tr(ui, N_("Jetzt kannst du es noch mal probieren."));
    }
    return UI_FILL(ui, ui_tr(ui, notices[notice].text),
                   TR_ARG("n", ui_number(ui, wait_seconds(ui->model))));
}

enum color notice_tint(enum notice notice)
{
    return notices[notice].tint;
}
