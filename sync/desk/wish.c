/* anlauf-server wish confirm|decline CENTRE WISH */
#include "desk/id.h"

#include <string.h>

enum { OPTION_REASON };

static const char *const answers[DECIDE_ANSWER_COUNT] = {
    [DECIDE_OK] = "done",
    [DECIDE_NO_SUCH] = "there is no such wish",
    [DECIDE_ALREADY] = "it is decided so already",
    [DECIDE_DECLINED] = "it was declined, and a no stays a no; the young person may ask anew",
    [DECIDE_UNDONE] = "the young person took it back",
    [DECIDE_FULL] = "all places are confirmed; it stands on the waiting list",
    [DECIDE_LEASED] = "the last places are at kiosks; it is confirmed when one comes back",
    [DECIDE_RULES] = "the rules say no",
};

static enum desk_exit tell(struct desk *desk, enum decide_answer answer, const struct buf *why)
{
    bool done = answer == DECIDE_OK || answer == DECIDE_ALREADY || answer == DECIDE_LEASED;
    fprintf(done ? desk->out : desk->err, "%s%s%s\n", answers[answer],
            why->len > 0 ? ": " : "", why->data);
    return done ? DESK_OK : DESK_FAILED;
}

static enum desk_exit decide(struct desk *desk, const struct subcommand_args *args,
                             struct decision *decision)
{
    char memory[512];
    struct buf why;
    struct desk_data data;
    struct uid centre;
    enum decide_answer answer = DECIDE_OK;
    enum desk_exit result = DESK_FAILED;
    buf_init(&why, memory, sizeof memory);
    if (!desk_open(desk, &data)) {
        return DESK_NO_DATA;
    }
    if (id_find_centre(desk, &data.admin, args->words[0], &centre) &&
        id_find(desk, &data.admin, LIST_WISHES, centre, args->words[1], &decision->wish)) {
        enum err err = admin_decide(&data.admin, centre, decision, &answer, &why);
        result = err == ERR_OK ? tell(desk, answer, &why)
                               : desk_result(desk, &data, err, &why);
    }
    desk_close(&data);
    return result;
}

static enum desk_exit confirm(struct desk *desk, const struct subcommand_args *args)
{
    struct decision decision = {.confirm = true};
    return decide(desk, args, &decision);
}

static enum desk_exit decline(struct desk *desk, const struct subcommand_args *args)
{
    static const char *const reasons[] = {"full", "cancelled", "rules", "talk", "none"};
    const char *reason = args->options[OPTION_REASON];
    struct decision decision = {.confirm = false, .reason = "none"};
    for (size_t i = 0; reason != NULL && i < ARRAY_LEN(reasons); i++) {
        if (strcmp(reason, reasons[i]) == 0) {
            (void)str_copy(decision.reason, sizeof decision.reason, str_of(reason));
            return decide(desk, args, &decision);
        }
    }
    if (reason != NULL) {
        desk_complain(desk, "%s: a reason is full, cancelled, rules, talk or none", reason);
        return DESK_USAGE;
    }
    return decide(desk, args, &decision);
}

const struct command command_wish_confirm = {
    .call.first = "wish",
    .call.second = "confirm",
    .call.words = {"CENTRE", "WISH"},
    .call.help =
        "Gives a young person the place they asked for, if there is one and the rules\n"
        "allow it.",
    .run = confirm,
};

static const struct subcommand_option decline_options[] = {
    [OPTION_REASON] = {"reason", "WORD", "full, cancelled, rules, talk or none"},
    {0},
};

const struct command command_wish_decline = {
    .call.first = "wish",
    .call.second = "decline",
    .call.words = {"CENTRE", "WISH"},
    .call.help = "Says no to a wish.",
    .call.options = decline_options,
    .run = decline,
};
