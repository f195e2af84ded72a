/* What is said around an evaluation. German source texts, the keys of the catalogues. */
#include "domain/evaluation.h"
#include "domain/sentence.h"

const char *evaluation_answer_text(enum evaluation_answer answer)
{
    static const char *const texts[EVALUATION_ANSWER_COUNT] = {
        [EVALUATION_OK] = N_("Danke. Das ist gespeichert."),
        [EVALUATION_SAME] = N_("Das steht schon so da. Alles gut."),
        [EVALUATION_LOCKED] =
            N_("Diese Auswertung ist schon fertig. Sprich mit einem Coach."),
        [EVALUATION_NOT_YET] = N_("Das geht, wenn beide Sichten da sind."),
        [EVALUATION_NOTHING] = N_("Hier ist noch nichts eingetragen."),
        [EVALUATION_REASON] = N_("Wähle einen Grund fürs Zurückhalten."),
        [EVALUATION_MALFORMED] = N_("Diese Antwort passt nicht zu den Fragen."),
    };
    CHECK((int)answer >= 0 && answer < EVALUATION_ANSWER_COUNT);
    return texts[answer];
}

const char *evaluation_hold_text(enum evaluation_hold hold)
{
    static const char *const texts[HOLD_COUNT] = {
        [HOLD_NONE] = "",
        [HOLD_HURTFUL] = N_("kann verletzen"),
        [HOLD_PRIVATE] = N_("nennt andere Menschen oder Privates"),
        [HOLD_OTHER] = N_("anderer Grund"),
    };
    CHECK((int)hold >= 0 && hold < HOLD_COUNT);
    return texts[hold];
}
