/* Cards, slips and codes: what is held in front of the scanner later. */
#include "play/play.h"

#include <string.h>

static bool set_var(struct play *play, const char *name, const char *value)
{
    for (int i = 0; i < play->var_count; i++) {
        if (strcmp(play->vars[i].name, name) == 0) {
            str_copy(play->vars[i].value, sizeof play->vars[i].value, str_of(value));
            return true;
        }
    }
    if (play->var_count == PLAY_VARS_MAX) {
        return play_fail(play, "too many variables");
    }
    struct play_var *var = &play->vars[play->var_count++];
    str_copy(var->name, sizeof var->name, str_of(name));
    str_copy(var->value, sizeof var->value, str_of(value));
    return true;
}

/* What the order sheet of an offer would have for the scanner. */
static const char *order_code(struct play *play, const char *offer, char qr[])
{
    char shown[CREDENTIAL_SITE_SIZE];
    const struct model *model = &play->app->model;
    for (int i = 0; i < model->offer_count; i++) {
        if (strcmp(model->offers[i].code, offer) == 0) {
            credential_site_code(play->app->key, str_of(offer), model->offers[i].work.date,
                                 shown, qr);
            return qr;
        }
    }
    return "";
}

/* As a phone reads it from the paper. */
static const char *printed_code(struct play *play, char text[PAYLOAD_TEXT_SIZE])
{
    char command[PLAY_PATH_SIZE + 64];
    struct buf b;
    buf_init(&b, command, sizeof command);
    buf_printf(&b, "zbarimg -q --raw \"$(ls '%s'/slip-*.png | tail -n 1)\" 2>/dev/null", play->out);
    FILE *pipe = popen(command, "re");
    text[0] = '\0';
    if (pipe != NULL) {
        if (fgets(text, PAYLOAD_TEXT_SIZE, pipe) == NULL) {
            text[0] = '\0';
        }
        pclose(pipe);
    }
    text[strcspn(text, "\n")] = '\0';
    return text;
}

static bool cmd_set(struct play *play, int count, char **words)
{
    char qr[CREDENTIAL_SITE_SIZE], code[PAYLOAD_TEXT_SIZE];
    const char *value = words[2];
    (void)count;
    if (strcmp(value, "last-card") == 0) {
        value = play->card;
    } else if (strcmp(value, "last-slip") == 0) {
        value = play->slip;
    } else if (strcmp(value, "printed-code") == 0) {
        value = printed_code(play, code);
    } else if (str_starts(str_of(value), STR("order:"))) {
        value = order_code(play, value + strlen("order:"), qr);
    }
    return value[0] != '\0' ? set_var(play, words[1], value)
                            : play_fail(play, "there was no such paper yet");
}

static const struct play_command list[] = {
    {"set", 2, 2, cmd_set, "VAR last-card|last-slip|printed-code|order:OFFER|TEXT: for $VAR"},
};

const struct play_commands play_paper_commands = {list, (int)ARRAY_LEN(list)};
