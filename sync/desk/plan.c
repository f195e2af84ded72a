#include "desk/plan.h"

#include <stdlib.h>
#include <string.h>

#define ADDRESS_DEFAULT "127.0.0.1:8600"
#define CONNECTIONS_DEFAULT 4096
/* A slow head or a silent line; short enough that many of them do no harm. */
#define IDLE_DEFAULT_S 15

const struct subcommand_option plan_options[PLAN_OPTION_COUNT + 1] = {
    [PLAN_LISTEN] = {"listen", "ADDR:PORT", "instead of " ADDRESS_DEFAULT "; port 0: any"},
    [PLAN_TLS] = {"tls", NULL, "with the key that `tls make` made"},
    [PLAN_CERT] = {"cert", "FILE", "TLS with this certificate and its chain (PEM)"},
    [PLAN_KEY] = {"key", "FILE", "and this key"},
    [PLAN_PIN] = {"pin", NULL, "kiosks that enrol shall accept no other key than --key"},
    [PLAN_URL] = {"url", "URL", "where kiosks find this server, for codes"},
    [PLAN_BEHIND_PROXY] = {"behind-proxy", NULL, "without TLS, as a proxy in front has it"},
    [PLAN_CONNECTIONS] = {"connections", "N", "at once, instead of 4096"},
    [PLAN_PER_ADDRESS] = {"per-address", "N", "of one address, instead of 256; 0: no limit"},
    [PLAN_IDLE] = {"idle", "SECONDS", "a silent connection is kept, instead of 15"},
};

static bool read_number(struct desk *desk, const struct subcommand_args *args,
                        enum plan_option option, int min, int max, int *value_out)
{
    const char *text = args->options[option];
    char *end = NULL;
    if (text == NULL) {
        return true;
    }
    long value = strtol(text, &end, 10);
    if (end == text || *end != '\0' || value < min || value > max) {
        desk_complain(desk, "--%s: must be a number from %d to %d", plan_options[option].name,
                      min, max);
        return false;
    }
    *value_out = (int)value;
    return true;
}

bool plan_has_tls(const struct plan *plan)
{
    return plan->own_tls || plan->cert != NULL;
}

static bool is_sound(struct desk *desk, const struct plan *plan)
{
    const char *fault = NULL;
    if ((plan->cert == NULL) != (plan->key == NULL)) {
        fault = "--cert and --key belong together";
    } else if (plan->own_tls && plan->cert != NULL) {
        fault = "either --tls or --cert and --key";
    } else if (plan->pin && plan->cert == NULL) {
        fault = "--pin needs --cert and --key; --tls has it by itself";
    } else if (plan->behind_proxy && plan_has_tls(plan)) {
        fault = "either the proxy speaks TLS or the server";
    } else if (plan->url != NULL && !enrol_url_valid(str_of(plan->url))) {
        fault = "--url must be like https://centre.example:8600";
    }
    if (fault != NULL) {
        desk_complain(desk, "%s", fault);
    }
    return fault == NULL;
}

bool plan_read(struct desk *desk, const struct subcommand_args *args, struct plan *plan_out)
{
    const char *const *options = args->options;
    *plan_out = (struct plan){
        .address = options[PLAN_LISTEN] != NULL ? options[PLAN_LISTEN] : ADDRESS_DEFAULT,
        .own_tls = options[PLAN_TLS] != NULL,
        .cert = options[PLAN_CERT],
        .key = options[PLAN_KEY],
        .pin = options[PLAN_PIN] != NULL,
        .url = options[PLAN_URL],
        .behind_proxy = options[PLAN_BEHIND_PROXY] != NULL,
        .connections_max = CONNECTIONS_DEFAULT,
        .per_address_max = -1,
        .idle_s = IDLE_DEFAULT_S,
    };
    return read_number(desk, args, PLAN_CONNECTIONS, 8, 100000, &plan_out->connections_max) &&
           read_number(desk, args, PLAN_PER_ADDRESS, 0, 100000, &plan_out->per_address_max) &&
           read_number(desk, args, PLAN_IDLE, 1, 3600, &plan_out->idle_s) &&
           is_sound(desk, plan_out);
}
