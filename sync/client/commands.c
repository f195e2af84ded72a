#include "client/commands.h"

#include "base/log.h"
#include "client/status.h"
#include "wire/enrol.h"
#include "wire/parcel.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define OTHER_LOOKS 150 /* for the one that runs already: 30 s */
#define OTHER_LOOK_MS 200

static enum command_exit complain(const char *what, const char *why)
{
    log_line("anlauf-sync: %s%s%s", what, why[0] != '\0' ? ": " : "", why);
    return COMMAND_FAILED;
}

/* ---- an exchange ---------------------------------------------------------------- */

static enum command_exit exit_of(enum client_step step, const struct client *client)
{
    switch (step) {
    case CLIENT_NOTHING:
        return complain("this kiosk belongs to no centre", "");
    case CLIENT_WAIT:
        log_line("anlauf-sync: %s", client_detail(client));
        return COMMAND_NO_LINE;
    case CLIENT_HELP:
        return complain("needs help", client_detail(client));
    case CLIENT_MORE:
    case CLIENT_CURRENT:
        break;
    }
    return COMMAND_OK;
}

enum command_exit command_once(const struct commands *commands)
{
    enum client_step step;
    do {
        step = client_step(commands->client, 0);
    } while (step == CLIENT_MORE);
    return exit_of(step, commands->client);
}

enum command_exit command_status(const struct commands *commands)
{
    struct sync_receipts receipts;
    enum err err = store_receipts(commands->store, &receipts);
    if (err != ERR_OK) {
        return complain("the receipts cannot be read", err_name(err));
    }
    if (commands->args->json) {
        status_print_json(&receipts, stdout);
    } else {
        status_print(&receipts, stdout);
    }
    return COMMAND_OK;
}

/* ---- enrolment ------------------------------------------------------------------ */

static bool read_code(const struct args *args, struct enrol_code *code,
                      char url_out[ENROL_URL_MAX + 1])
{
    struct str text = str_of(args->value);
    if (enrol_qr_parse(text, code, url_out) == ERR_OK) {
        return true;
    }
    if (enrol_code_parse(text, code) != ERR_OK) {
        complain("--enrol", "there is a typing error in the code");
        return false;
    }
    if (args->server == NULL) {
        complain("--enrol", "--server is missing");
        return false;
    }
    return true;
}

static bool read_server(const struct args *args, char url_out[ENROL_URL_MAX + 1])
{
    if (args->server == NULL) {
        return true;
    }
    if (!enrol_url_valid(str_of(args->server))) {
        complain("--server", "must be https:// (http:// only on this machine), a host,"
                             " and perhaps a port");
        return false;
    }
    return str_copy(url_out, ENROL_URL_MAX + 1, str_of(args->server));
}

static enum command_exit enrolled(const struct commands *commands)
{
    struct sync_centre centre;
    if (store_centre_get(commands->store, &centre) != ERR_OK) {
        return COMMAND_FAILED;
    }
    printf("This kiosk belongs to %s, %s.\n", centre.name, centre.organisation);
    return COMMAND_OK;
}

static enum command_exit say_enrolment(const struct commands *commands)
{
    struct sync_enrol enrol = {.state = SYNC_ENROL_NONE};
    enum err err = store_enrol_get(commands->store, &enrol);
    sodium_memzero(enrol.code, sizeof enrol.code);
    if (err != ERR_OK) {
        return complain("the store cannot be read", err_name(err));
    }
    switch (enrol.state) {
    case SYNC_ENROL_DONE:
        return enrolled(commands);
    case SYNC_ENROL_REFUSED:
        return complain(
            "--enrol",
            "the code is unknown, used or too old; the centre makes another one");
    case SYNC_ENROL_FAILED:
        return complain("--enrol", "that is not the server which made the code");
    case SYNC_ENROL_ELSEWHERE:
        return complain("--enrol", "this kiosk belongs to a centre of another server, "
                                   "which has to lock it first");
    case SYNC_ENROL_ASKED:
    case SYNC_ENROL_NONE:
    case SYNC_ENROL_STATE_COUNT:
        break;
    }
    log_line("anlauf-sync: no line now; it is done as soon as there is one");
    return COMMAND_NO_LINE;
}

static bool still_asked(const struct commands *commands)
{
    struct sync_enrol enrol = {.state = SYNC_ENROL_NONE};
    enum err err = store_enrol_get(commands->store, &enrol);
    sodium_memzero(enrol.code, sizeof enrol.code);
    return err == ERR_OK && enrol.state == SYNC_ENROL_ASKED;
}

/* The one that runs already does it. */
static void leave_to_other(const struct commands *commands)
{
    const struct timespec look = {0, OTHER_LOOK_MS * 1000000L};
    for (int i = 0; i < OTHER_LOOKS && still_asked(commands); i++) {
        nanosleep(&look, NULL);
    }
}

enum command_exit command_enrol(const struct commands *commands)
{
    struct enrol_code code;
    char url[ENROL_URL_MAX + 1] = "";
    if (!read_code(commands->args, &code, url) || !read_server(commands->args, url)) {
        return COMMAND_USAGE;
    }
    enum err err = store_enrol_ask(commands->store, url, code.b);
    sodium_memzero(&code, sizeof code);
    if (err != ERR_OK) {
        return complain("the code cannot be noted", err_name(err));
    }
    if (!commands->alone) {
        leave_to_other(commands);
        return say_enrolment(commands);
    }
    enum client_step step = CLIENT_MORE;
    while (step == CLIENT_MORE && still_asked(commands)) {
        step = client_step(commands->client, 0);
    }
    return say_enrolment(commands);
}

/* ---- files ---------------------------------------------------------------------- */

static bool write_all(int file, struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t done = write(file, bytes.ptr, bytes.len);
        if (done < 0 && errno != EINTR) {
            return false;
        }
        if (done > 0) {
            bytes.ptr += done;
            bytes.len -= (size_t)done;
        }
    }
    return fsync(file) == 0;
}

/* Beside it first, so that a stick pulled too early holds no half file under this name.
 */
static bool write_file(const char *path, struct str bytes)
{
    char beside[ARGS_PATH_SIZE + 8];
    struct buf name;
    buf_init(&name, beside, sizeof beside);
    buf_printf(&name, "%s.part", path);
    int file =
        name.cut ? -1 : open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) {
        return false;
    }
    bool good = write_all(file, bytes);
    good = close(file) == 0 && good;
    good = good && rename(beside, path) == 0;
    if (!good) {
        unlink(beside);
    }
    return good;
}

enum command_exit command_export(const struct commands *commands)
{
    struct bytes file = {0};
    const char *path = commands->args->value;
    enum command_exit exit = COMMAND_OK;
    enum err err = client_export(commands->client, &file);
    if (err == ERR_NOT_FOUND) {
        exit = complain("this kiosk belongs to no centre", "");
    } else if (err != ERR_OK) {
        exit = complain("cannot be exported", err_name(err));
    } else if (!write_file(path, bytes_str(&file))) {
        exit = complain(path, "cannot be written");
    } else if (client_detail(commands->client)[0] != '\0') {
        log_line("anlauf-sync: %s", client_detail(commands->client));
    }
    bytes_free(&file);
    return exit;
}

static bool read_file(const char *path, struct bytes *bytes)
{
    char part[16384];
    ssize_t len;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    bytes->max = PARCEL_MAX;
    while ((len = read(file, part, sizeof part)) > 0 && !bytes->failed) {
        bytes_put(bytes, part, (size_t)len);
    }
    close(file);
    return len == 0 && !bytes->failed;
}

static enum command_exit imported(enum err err, const struct client *client)
{
    switch (err) {
    case ERR_OK:
        if (client_detail(client)[0] != '\0') {
            log_line("anlauf-sync: %s", client_detail(client));
        }
        return COMMAND_OK;
    case ERR_NOT_FOUND:
        return complain("this kiosk belongs to no centre", "");
    case ERR_INVALID:
        return complain("--import", "the file is none of ours, or was cut");
    case ERR_DENIED:
        return complain("--import",
                        "the file is not for this kiosk, or not from its centre");
    default:
        return complain("cannot be imported", err_name(err));
    }
}

enum command_exit command_import(const struct commands *commands)
{
    struct bytes file = {0};
    enum command_exit exit;
    if (read_file(commands->args->value, &file)) {
        exit =
            imported(client_import(commands->client, bytes_str(&file)), commands->client);
    } else {
        exit = complain(commands->args->value, "cannot be read");
    }
    bytes_free(&file);
    return exit;
}
