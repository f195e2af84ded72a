#include "domain/lamp.h"

#include <string.h>

static const char *const trouble_names[] = {
    [SYNC_TROUBLE_NONE] = "none",
    [SYNC_TROUBLE_REVOKED] = "revoked",
    [SYNC_TROUBLE_SERVER] = "server",
    [SYNC_TROUBLE_PROTOCOL] = "protocol",
    [SYNC_TROUBLE_REFUSED] = "refused",
    [SYNC_TROUBLE_DISK] = "disk",
};

static const char *const lamp_names[] = {
    [LAMP_NONE] = "none",
    [LAMP_CENTRE] = "centre",
    [LAMP_HERE] = "here",
    [LAMP_HELP] = "help",
};

/* More acknowledged than written is not "all": the receipt is of a log that is not here. */
enum lamp lamp_of(const struct sync_receipts *receipts)
{
    if (!receipts->enrolled) {
        return LAMP_NONE;
    }
    if (receipts->trouble != SYNC_TROUBLE_NONE) {
        return LAMP_HELP;
    }
    return receipts->acked == receipts->written ? LAMP_CENTRE : LAMP_HERE;
}

const char *sync_trouble_name(enum sync_trouble trouble)
{
    _Static_assert(sizeof trouble_names / sizeof trouble_names[0] == SYNC_TROUBLE_COUNT,
                   "each has its name");
    return trouble_names[trouble];
}

enum sync_trouble sync_trouble_from_name(const char *name)
{
    for (int i = 0; i < SYNC_TROUBLE_COUNT; i++) {
        if (strcmp(name, trouble_names[i]) == 0) {
            return (enum sync_trouble)i;
        }
    }
    return SYNC_TROUBLE_NONE;
}

const char *lamp_name(enum lamp lamp)
{
    _Static_assert(sizeof lamp_names / sizeof lamp_names[0] == LAMP_COUNT,
                   "each has its name");
    return lamp_names[lamp];
}
