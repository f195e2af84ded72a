/* What is said for each answer. German source texts, the keys of the catalogues. */
#include "domain/assignment.h"

#include <string.h>

static const struct assignment_words words[ASSIGNMENT_ANSWER_COUNT] = {
    [ANSWER_AGREED] = {N_("Abgemacht. Wir freuen uns auf dich."), TONE_GOOD, true},
    [ANSWER_AGREED_BEFORE] = {N_("Das ist schon abgemacht. Alles gut."), TONE_GOOD,
                              false},
    [ANSWER_IN_EARLY] = {N_("Schön, dass du da bist. Um {start} Uhr geht es los."),
                         TONE_GOOD, true},
    [ANSWER_IN_ON_TIME] = {N_("Schön, dass du da bist. Es geht los."), TONE_GOOD, true},
    [ANSWER_IN_LATE] =
        {N_("Schön, dass du da bist. Sag kurz Bescheid, dass du jetzt anfängst."),
         TONE_MILD, true},
    [ANSWER_IN_TIME_UNSURE] = {N_("Du bist eingetragen. Ich kenne die Uhrzeit gerade "
                                  "nicht genau. Das Team schaut nach."),
                               TONE_MILD, true},
    [ANSWER_IN_FAR_EARLY] = {N_("Du bist früh da. Der Job beginnt um {start} Uhr. Komm "
                                "dann wieder oder frag das Team."),
                             TONE_ASK, false},
    [ANSWER_IN_FAR_LATE] = {N_("Gut, dass du noch kommst. Der Job läuft schon. Frag kurz "
                               "das Team, ob es noch passt."),
                            TONE_ASK, false},
    [ANSWER_IN_OVER] = {N_("Der Job war um {end} Uhr zu Ende. Sprich kurz mit dem Team."),
                        TONE_ASK, false},
    [ANSWER_IN_WRONG_DAY] =
        {N_("Dieser Job ist am {date}. Frag das Team, wenn das nicht stimmt."), TONE_ASK,
         false},
    [ANSWER_IN_NO_AGREEMENT] =
        {N_("Erst kommt die Vereinbarung: fünf Bilder, dann geht es los."), TONE_ASK,
         false},
    [ANSWER_IN_TWICE] = {N_("Du bist schon eingetragen. Alles gut."), TONE_GOOD, false},
    [ANSWER_IN_AFTER_OUT] =
        {N_("Du bist schon gegangen. War das ein Versehen? Frag das Team."), TONE_ASK,
         false},
    [ANSWER_IN_AFTER_MISSED] = {N_("Gut, dass du da bist. Sprich kurz mit dem Team."),
                                TONE_ASK, false},
    [ANSWER_OUT_OK] = {N_("Danke. Du bist ausgetragen."), TONE_GOOD, true},
    [ANSWER_OUT_EARLY] = {N_("Danke. Du bist ausgetragen. Geplant war es bis {end} Uhr."),
                          TONE_MILD, true},
    [ANSWER_OUT_LATE] =
        {N_("Danke. Du bist ausgetragen. Hat es länger gedauert? Sag es dem Team."),
         TONE_MILD, true},
    [ANSWER_OUT_TIME_UNSURE] =
        {N_("Danke. Du bist ausgetragen. Das Team trägt die genaue Zeit ein."), TONE_MILD,
         true},
    [ANSWER_OUT_SOON] =
        {N_("Du bist gerade erst gekommen. Willst du schon gehen? Dann warte 2 Minuten."),
         TONE_ASK, false},
    [ANSWER_OUT_FORGOTTEN] =
        {N_("Der Job war um {end} Uhr zu Ende. Sag dem Team, wann du gegangen bist."),
         TONE_ASK, false},
    [ANSWER_OUT_BEFORE_IN] =
        {N_("Du warst noch nicht eingetragen. Frag das Team, es trägt dich ein."),
         TONE_ASK, false},
    [ANSWER_OUT_TWICE] = {N_("Du bist schon ausgetragen. Alles gut."), TONE_GOOD, false},
    [ANSWER_BREAK_BEGUN] = {N_("Gute Pause."), TONE_GOOD, true},
    [ANSWER_BREAK_ENDED] = {N_("Weiter geht es."), TONE_GOOD, true},
    [ANSWER_BREAK_SHORT] =
        {N_("Weiter geht es. Unter 15 Minuten zählt als Arbeit, nicht als Pause."),
         TONE_MILD, true},
    [ANSWER_BREAK_TWICE] = {N_("Deine Pause läuft schon."), TONE_GOOD, false},
    [ANSWER_BREAK_NONE] = {N_("Du hast gerade keine Pause."), TONE_ASK, false},
    [ANSWER_BREAK_NOT_THERE] =
        {N_("Eine Pause gibt es, wenn du im Job bist. Komm erst an."), TONE_ASK, false},
    [ANSWER_BREAK_FULL] = {N_("Mehr Pausen kann ich nicht eintragen. Mach ruhig Pause "
                              "und sag es dem Team."),
                           TONE_ASK, false},
    [ANSWER_CORRECTED] = {N_("Die Zeiten sind geändert. Die alten bleiben im Verlauf."),
                          TONE_TEAM, true},
    [ANSWER_CORRECT_TIMES] =
        {N_("Diese Zeiten passen nicht zusammen. Erst kommen, dann Pause, dann gehen."),
         TONE_TEAM, false},
    [ANSWER_CONFIRMED] = {N_("Die Stunden sind bestätigt."), TONE_GOOD, true},
    [ANSWER_CONFIRM_NOT_GONE] = {N_("Bestätigen geht, wenn der Job zu Ende ist."),
                                 TONE_TEAM, false},
    [ANSWER_CONFIRM_DIFFERS] = {N_("Mit dem Code geht nur die eingetragene Zeit. Eine "
                                   "andere trägt das Team ein."),
                                TONE_ASK, false},
    [ANSWER_CONFIRM_RANGE] =
        {N_("Das sind zu viele oder zu wenige Minuten für einen Tag."), TONE_TEAM, false},
    [ANSWER_CONFIRM_TWICE] = {N_("Die Stunden sind schon bestätigt."), TONE_GOOD, false},
    [ANSWER_MISSED] = {N_("Eingetragen: hat nicht geklappt. Beim nächsten Anmelden "
                          "fragen wir freundlich nach."),
                       TONE_TEAM, true},
    [ANSWER_MISSED_EARLY] = {N_("Noch kann es klappen. Warte noch etwas."), TONE_TEAM,
                             false},
    [ANSWER_MISSED_BEFORE] = {N_("Das steht schon so da."), TONE_TEAM, false},
    [ANSWER_MISSED_NOT] = {N_("Hier ist nichts ausgefallen."), TONE_TEAM, false},
    [ANSWER_MISSED_THANKS] = {N_("Danke, dass du es sagst. Beim nächsten Mal klappt es."),
                              TONE_GOOD, true},
    [ANSWER_CANCELLED] = {N_("Der Job ist abgesagt. Danke fürs Bescheidsagen."),
                          TONE_MILD, true},
    [ANSWER_CANCEL_THERE] =
        {N_("Absagen geht nur vor dem Job. Sprich kurz mit dem Team."), TONE_ASK, false},
    [ANSWER_IS_CANCELLED] = {N_("Dieser Job ist abgesagt. Schau, was es sonst gibt."),
                             TONE_ASK, false},
    [ANSWER_UNDONE] = {N_("Zurückgenommen. Alles gut."), TONE_GOOD, true},
    [ANSWER_UNDO_NONE] = {N_("Hier gibt es nichts zurückzunehmen."), TONE_GOOD, false},
    [ANSWER_UNDO_LATE] = {N_("Das ist schon länger her. Das Team ändert es für dich."),
                          TONE_ASK, false},
    [ANSWER_NEEDS_STAFF] = {N_("Dafür braucht es jemanden vom Team."), TONE_ASK, false},
    [ANSWER_NEEDS_REASON] = {N_("Wähle einen Grund, dann ist es eingetragen."), TONE_TEAM,
                             false},
    [ANSWER_WRONG_JOB] = {N_("Dieser Zettel gehört zu einem anderen Job. Frag das Team."),
                          TONE_ASK, false},
    [ANSWER_FULL] =
        {N_("Hier wurde schon sehr viel geändert. Mehr geht nicht. Frag das Team."),
         TONE_ASK, false},
};

static const char *const reasons[ASSIGNMENT_REASON_COUNT] = {
    [REASON_NONE] = "",
    [REASON_FORGOTTEN_IN] = N_("Kommen vergessen"),
    [REASON_FORGOTTEN_OUT] = N_("Gehen vergessen"),
    [REASON_CLOCK_WRONG] = N_("Uhr ging falsch"),
    [REASON_WRONG_TAP] = N_("falsch getippt"),
    [REASON_SITE_TOLD] = N_("die Stelle hat es gesagt"),
    [REASON_PERSON_TOLD] = N_("die Person hat es gesagt"),
    [REASON_LONGER] = N_("hat länger gedauert"),
    [REASON_SHORTER] = N_("war früher fertig"),
    [REASON_CALLED_OFF] = N_("wurde abgesagt"),
    [REASON_OTHER] = N_("anderer Grund"),
};

const struct assignment_words *assignment_words(enum assignment_answer answer)
{
    CHECK((int)answer >= 0 && answer < ASSIGNMENT_ANSWER_COUNT);
    return &words[answer];
}

const char *assignment_reason_text(enum assignment_reason reason)
{
    CHECK((int)reason >= 0 && reason < ASSIGNMENT_REASON_COUNT);
    return reasons[reason];
}

struct sentence assignment_sentence(const struct assignment *a,
                                    enum assignment_answer answer)
{
    struct sentence s = sentence_of(assignment_words(answer)->text);
    if (strstr(s.text, "{start}")) {
        sentence_number(&s, "start", VALUE_CLOCK, a->work.start);
    }
    if (strstr(s.text, "{end}")) {
        sentence_number(&s, "end", VALUE_CLOCK, a->work.end);
    }
    if (strstr(s.text, "{date}")) {
        sentence_number(&s, "date", VALUE_DATE, a->work.date);
    }
    return s;
}
