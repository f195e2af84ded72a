#include "client/status.h"

#include <inttypes.h>
#include <time.h>

static const char *const words[LAMP_COUNT] = {
    [LAMP_NONE] = "belongs to no centre",
    [LAMP_CENTRE] = "safe at the centre",
    [LAMP_HERE] = "safe here",
    [LAMP_HELP] = "needs help",
};

static const char *const troubles[SYNC_TROUBLE_COUNT] = {
    [SYNC_TROUBLE_NONE] = "none",
    [SYNC_TROUBLE_REVOKED] = "the centre has locked this kiosk",
    [SYNC_TROUBLE_SERVER] = "not the server this kiosk knows, or an old certificate",
    [SYNC_TROUBLE_PROTOCOL] = "this program or the centre's is too old for the other",
    [SYNC_TROUBLE_REFUSED] = "the centre refuses what it is sent",
    [SYNC_TROUBLE_DISK] = "this kiosk cannot write",
};

static void print_ago(int64_t since_ms, FILE *out)
{
    int64_t seconds = since_ms / 1000;
    if (since_ms < 0) {
        fputs(" (nobody knows how long ago)\n", out);
    } else if (seconds < 120) {
        fprintf(out, " (%" PRId64 " s ago)\n", seconds);
    } else if (seconds < 7200) {
        fprintf(out, " (%" PRId64 " min ago)\n", seconds / 60);
    } else {
        fprintf(out, " (%" PRId64 " h ago)\n", seconds / 3600);
    }
}

static void print_contact(const struct sync_receipts *receipts, FILE *out)
{
    char text[32] = "?";
    struct tm day;
    time_t at = (time_t)(receipts->last_ms / 1000);
    if (receipts->last_ms == 0) {
        fputs("contact:  never\n", out);
        return;
    }
    if (gmtime_r(&at, &day) != NULL) {
        strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &day);
    }
    fprintf(out, "contact:  %s", text);
    print_ago(receipts->since_ms, out);
}

void status_print(const struct sync_receipts *receipts, FILE *out)
{
    fprintf(out, "lamp:     %s\n", words[lamp_of(receipts)]);
    fprintf(out,
            "facts:    %" PRId64 " here, %" PRId64 " at the centre, %" PRId64
            " of them not understood there\n",
            receipts->written, receipts->acked, receipts->parked);
    print_contact(receipts, out);
    fprintf(out, "trouble:  %s\n", troubles[receipts->trouble]);
}

void status_print_json(const struct sync_receipts *receipts, FILE *out)
{
    enum lamp lamp = lamp_of(receipts);
    fprintf(out,
            "{\"lamp\":\"%s\",\"words\":\"%s\",\"enrolled\":%s,\"written\":%" PRId64
            ",\"acked\":%" PRId64 ",\"parked\":%" PRId64 ",\"last_ms\":%" PRId64
            ",\"since_ms\":%" PRId64 ",\"trouble\":\"%s\"}\n",
            lamp_name(lamp), words[lamp], receipts->enrolled ? "true" : "false",
            receipts->written, receipts->acked, receipts->parked, receipts->last_ms,
            receipts->since_ms, sync_trouble_name(receipts->trouble));
}
