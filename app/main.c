/* Arguments → configuration → struct app → loop → take down. */
#include "app.h"
#include "conf.h"
#include "signals.h"
#include "world.h"

#include "base/log.h"
#include "cli/cli.h"
#include "store/machine.h"

#include <stdlib.h>
#include <string.h>

#define RULES_FILE_MAX (1024 * 1024)
#define POLL_MS 2000

/* What is open while the kiosk runs, in the order of opening. */
struct kiosk {
    const struct conf *conf;
    char boot_id[MACHINE_BOOT_SIZE];
    char machine[MACHINE_ID_SIZE];
    char *tightening;
    struct platform platform;
    struct printer printer;
    struct speaker speaker;
    struct signals signals;
    bool has_platform, has_speaker, has_signals;
    struct app *app;
};

static void usage(FILE *out)
{
    fputs("usage: anlauf [options]            opens the kiosk\n"
          "       anlauf [options] SUB-COMMAND\n\nSub-commands (each knows --help):\n", out);
    cli_list(out);
    fputs("\nOptions, which may also stand in FOLDER/" CONF_FILE " as \"name = value\":\n",
          out);
    conf_help(out);
    fputs("\nExit codes: 0 done, 1 refused or failed, 2 wrong arguments or settings,\n"
          "3 the data folder, display, printer or voice cannot be opened.\n", out);
}

static enum err open_devices(struct kiosk *kiosk, struct buf *why)
{
    const struct conf *conf = kiosk->conf;
    const struct platform_options options = {
        .width = conf->width,
        .height = conf->height,
        .rotate = conf->rotate,
        .fullscreen = conf->fullscreen,
        .clock = clock_system(),
    };
    const struct profile *profile = profile_find(str_of(conf->printer_profile));
    if (profile == NULL) {
        buf_puts(why, "printer-profile: there is no such profile");
        return ERR_INVALID;
    }
    enum err err = printer_init(&kiosk->printer, str_of(conf->printer), profile,
                                clock_system(), why);
    if (err == ERR_OK) {
        err = speaker_open(str_of(conf->speech), why, &kiosk->speaker);
        kiosk->has_speaker = err == ERR_OK;
    }
    if (err == ERR_OK) {
        err = window_open(&options, why, &kiosk->platform);
        kiosk->has_platform = err == ERR_OK;
    }
    return err;
}

static enum err read_tightening(struct kiosk *kiosk, struct str *text_out, struct buf *why)
{
    size_t len = 0;
    const char *path = kiosk->conf->rules;
    if (path[0] == '\0') {
        return ERR_OK;
    }
    enum err err = world_read_file(path, RULES_FILE_MAX, &kiosk->tightening, &len);
    if (err != ERR_OK) {
        buf_printf(why, "%s: cannot be read (%s)", path, err_name(err));
        return err;
    }
    *text_out = (struct str){kiosk->tightening, len};
    return ERR_OK;
}

static enum err open_app(struct kiosk *kiosk, struct buf *why)
{
    struct app_options options = {
        .clock = clock_system(),
        .rng = rng_system(),
        .platform = kiosk->platform,
        .printer = print_port_of(&kiosk->printer),
        .speaker = kiosk->speaker,
        .dir = kiosk->conf->data,
        .boot_id = kiosk->boot_id,
        .machine = kiosk->machine,
        .env = conf_env(kiosk->conf),
        .poll_ms = POLL_MS,
        .forget_days = kiosk->conf->forget_days,
        .clock_error_ms = kiosk->conf->trust_clock ? NULL : world_clock_error_ms,
    };
    enum err err = read_tightening(kiosk, &options.tightening, why);
    if (err != ERR_OK) {
        return err;
    }
    kiosk->app = calloc(1, sizeof *kiosk->app);
    if (kiosk->app == NULL) {
        return ERR_FULL;
    }
    err = app_open(kiosk->app, &options, why);
    if (err == ERR_OK) {
        err = signals_open(&kiosk->signals, kiosk->platform.wake, kiosk->platform.ctx);
        kiosk->has_signals = err == ERR_OK;
    }
    return err;
}

static void close_all(struct kiosk *kiosk)
{
    if (kiosk->has_signals) {
        signals_close(&kiosk->signals);
    }
    if (kiosk->app != NULL) {
        app_close(kiosk->app);
        free(kiosk->app);
    }
    if (kiosk->has_platform) {
        kiosk->platform.close(kiosk->platform.ctx);
    }
    if (kiosk->has_speaker) {
        kiosk->speaker.close(kiosk->speaker.ctx);
    }
    free(kiosk->tightening);
}

static enum cli_exit run_kiosk(const struct conf *conf)
{
    char memory[512];
    struct buf why;
    struct kiosk kiosk = {.conf = conf};
    buf_init(&why, memory, sizeof memory);
    signals_block();
    machine_boot(kiosk.boot_id);
    machine_id(kiosk.machine);
    enum err err = open_devices(&kiosk, &why);
    if (err == ERR_OK) {
        err = open_app(&kiosk, &why);
    }
    if (err != ERR_OK) {
        fprintf(stderr, "anlauf: %s\n", why.len > 0 ? memory : err_name(err));
    } else {
        while (app_step(kiosk.app, -1) && !signals_asked(&kiosk.signals)) {
        }
    }
    close_all(&kiosk);
    return err == ERR_OK ? CLI_OK : err == ERR_INVALID ? CLI_USAGE : CLI_NO_DATA;
}

static enum cli_exit run_command(const struct conf *conf, int argc, char **argv)
{
    char boot_id[MACHINE_BOOT_SIZE];
    machine_boot(boot_id);
    struct cli cli = {
        .data = conf->data,
        .clock = clock_system(),
        .rng = rng_system(),
        .boot_id = boot_id,
        .write_qr = world_write_qr,
        .in = stdin,
        .out = stdout,
        .err = stderr,
    };
    return cli_run(&cli, argc, argv);
}

int main(int argc, char **argv)
{
    char memory[512];
    struct buf why;
    struct conf conf;
    struct conf_args args;
    buf_init(&why, memory, sizeof memory);
    if (conf_read(&conf, &args, argc, argv, &why) != ERR_OK) {
        fprintf(stderr, "anlauf: %s\n", memory);
        return CLI_USAGE;
    }
    if (args.help) {
        usage(stdout);
        return CLI_OK;
    }
    if (args.print_conf) {
        conf_print(&conf, stdout);
        return CLI_OK;
    }
    return args.rest < argc ? run_command(&conf, argc - args.rest, argv + args.rest)
                            : run_kiosk(&conf);
}
