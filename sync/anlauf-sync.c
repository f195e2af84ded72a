/* Arguments → store, line, client → steps → take down. */
#include "base/log.h"
#include "client/commands.h"
#include "client/daemon.h"
#include "client/link_curl.h"
#include "proof/key.h"
#include "store/machine.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCK_FILE "sync.lock"
#define STATE_FILE "state.db"
#define PATH_SIZE (ARGS_PATH_SIZE + 16)

struct program {
    struct args args;
    char boot_id[MACHINE_BOOT_SIZE], machine[MACHINE_ID_SIZE];
    struct store *store, *seen; /* `seen`: the watching thread's own */
    struct link link;
    bool has_link, alone;
    struct client *client;
    int lock; /* -1: none */
};

static bool path_in(const struct program *program, const char *name, char out[PATH_SIZE])
{
    struct buf path;
    buf_init(&path, out, PATH_SIZE);
    buf_printf(&path, "%s/%s", program->args.data, name);
    return !path.cut;
}

/* Looking must not make a kiosk where there is none. */
static bool is_there(const struct program *program)
{
    char path[PATH_SIZE];
    struct stat info;
    return path_in(program, STATE_FILE, path) && stat(path, &info) == 0;
}

static enum err open_store(struct program *program, struct store **store_out)
{
    struct store_report report;
    const struct store_options options = {
        .dir = program->args.data,
        .boot_id = program->boot_id,
        .clock = clock_system(),
        .rng = rng_system(),
        .machine = program->machine,
    };
    enum err err = store_open(&options, &report, store_out);
    if (err != ERR_OK) {
        log_line("anlauf-sync: the data folder cannot be opened: %s",
                 report.detail[0] != '\0' ? report.detail : err_name(err));
    }
    return err;
}

/* One at a time in a folder: two would tell the centre the same things twice. */
static void take_lock(struct program *program)
{
    char path[PATH_SIZE];
    program->lock = path_in(program, LOCK_FILE, path)
                        ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)
                        : -1;
    program->alone = program->lock >= 0 && flock(program->lock, LOCK_EX | LOCK_NB) == 0;
}

static enum err open_client(struct program *program)
{
    enum err err = link_curl_open(&program->link);
    if (err != ERR_OK) {
        return err;
    }
    program->has_link = true;
    const struct client_options options = {
        .store = program->store,
        .link = program->link,
        .clock = clock_system(),
        .rng = rng_system(),
        .model = "anlauf 1",
    };
    return client_make(&options, &program->client);
}

static void close_all(struct program *program)
{
    client_free(program->client);
    if (program->has_link) {
        program->link.close(program->link.ctx);
    }
    store_close(program->seen);
    store_close(program->store);
    if (program->lock >= 0) {
        close(program->lock);
    }
}

/* A fact that the centre does not have, or a code to enrol with. */
static bool is_due(void *ctx)
{
    struct sync_receipts receipts;
    struct sync_enrol enrol;
    struct store *store = ctx;
    if (store_receipts(store, &receipts) == ERR_OK && receipts.enrolled &&
        receipts.written > receipts.acked) {
        return true;
    }
    bool asked =
        store_enrol_get(store, &enrol) == ERR_OK && enrol.state == SYNC_ENROL_ASKED;
    sodium_memzero(&enrol, sizeof enrol);
    return asked;
}

static enum command_exit run_daemon(struct program *program)
{
    struct watch *watch;
    if (open_store(program, &program->seen) != ERR_OK) {
        return COMMAND_NO_DATA;
    }
    const struct watch_line line = {&program->link, link_curl_stop, link_curl_calm,
                                    is_due, program->seen};
    enum err err = watch_open(program->args.data, &line, &watch);
    if (err != ERR_OK) {
        log_line("anlauf-sync: cannot watch the folder: %s", err_name(err));
        return COMMAND_FAILED;
    }
    daemon_run(program->client, program->store, watch);
    watch_close(watch);
    return COMMAND_OK;
}

static enum command_exit run_alone(struct program *program,
                                   const struct commands *commands)
{
    if (!program->alone) {
        log_line("anlauf-sync: another one runs on this folder");
        return COMMAND_FAILED;
    }
    switch (program->args.what) {
    case ARGS_ONCE:
        return command_once(commands);
    case ARGS_EXPORT:
        return command_export(commands);
    case ARGS_IMPORT:
        return command_import(commands);
    default:
        return run_daemon(program);
    }
}

static enum command_exit run_with_line(struct program *program)
{
    take_lock(program);
    enum err err = open_client(program);
    if (err != ERR_OK) {
        log_line("anlauf-sync: cannot start: %s", err_name(err));
        return COMMAND_FAILED;
    }
    const struct commands commands = {&program->args, program->store, program->client,
                                      program->alone};
    return program->args.what == ARGS_ENROL ? command_enrol(&commands)
                                            : run_alone(program, &commands);
}

static enum command_exit run(struct program *program)
{
    if (program->args.what == ARGS_STATUS && !is_there(program)) {
        log_line("anlauf-sync: there is no kiosk's data in this folder");
        return COMMAND_NO_DATA;
    }
    if (proof_init() != ERR_OK) {
        log_line("anlauf-sync: there is no randomness here");
        return COMMAND_FAILED;
    }
    if (program->args.what == ARGS_DAEMON) {
        watch_block_signals(); /* before libraries start threads */
    }
    machine_boot(program->boot_id);
    machine_id(program->machine);
    if (open_store(program, &program->store) != ERR_OK) {
        return COMMAND_NO_DATA;
    }
    if (program->args.what == ARGS_STATUS) {
        const struct commands commands = {.args = &program->args,
                                          .store = program->store};
        return command_status(&commands);
    }
    return run_with_line(program);
}

int main(int argc, char **argv)
{
    char memory[256];
    struct buf why;
    struct program program = {.lock = -1};
    buf_init(&why, memory, sizeof memory);
    if (args_read(&program.args, argc, argv, &why) != ERR_OK) {
        log_line("anlauf-sync: %s", memory);
        return COMMAND_USAGE;
    }
    if (program.args.what == ARGS_HELP) {
        args_help(stdout);
        return COMMAND_OK;
    }
    enum command_exit exit = run(&program);
    close_all(&program);
    return exit;
}
