#include "print/printer.h"

#include "print/link.h"
#include "print/printer_dir.h"

#include <arpa/inet.h>
#include <string.h>

#define ANSWER_MS 400 /* a printer answers DLE EOT at once, even while it prints */
#define STATUS_MS 4000
#define FRAME_LEN 8

#define DLE 0x10
#define EOT 0x04

static const char *const state_names[PRINTER_STATE_COUNT] = {
    [PRINTER_READY] = "ready",           [PRINTER_PAPER_LOW] = "paper_low",
    [PRINTER_PAPER_OUT] = "paper_out",   [PRINTER_COVER_OPEN] = "cover_open",
    [PRINTER_OFFLINE] = "offline",       [PRINTER_UNKNOWN] = "unknown",
    [PRINTER_ABSENT] = "absent",
};

const char *printer_state_name(enum printer_state state)
{
    CHECK(state < PRINTER_STATE_COUNT);
    return state_names[state];
}

/* ---- the place, as written in the settings ---- */

static enum err refuse(struct buf *why, const char *text)
{
    buf_puts(why, text);
    return ERR_INVALID;
}

static struct str after(struct str s, struct str prefix)
{
    return (struct str){s.ptr + prefix.len, s.len - prefix.len};
}

static enum err take_path(struct printer *printer, struct str path, struct buf *why)
{
    if (path.len == 0 || memchr(path.ptr, '\0', path.len)) {
        return refuse(why, "a path must follow the colon");
    }
    if (!str_copy(printer->path, sizeof printer->path, path)) {
        return refuse(why, "the path is too long");
    }
    return ERR_OK;
}

/* 1 … 65535, digits only; 0 otherwise. */
static int parse_port(struct str digits)
{
    int port = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9' || port > 65535) {
            return 0;
        }
        port = port * 10 + (digits.ptr[i] - '0');
    }
    return port <= 65535 ? port : 0;
}

static bool is_address(const char *host)
{
    uint8_t scratch[16];
    return inet_pton(AF_INET, host, scratch) == 1 || inet_pton(AF_INET6, host, scratch) == 1;
}

static enum err take_address(struct printer *printer, struct str text, struct buf *why)
{
    const char *colon = text.len > 0 ? memrchr(text.ptr, ':', text.len) : NULL;
    if (!colon) {
        return refuse(why, "tcp wants ADDRESS:PORT");
    }
    struct str host = {text.ptr, (size_t)(colon - text.ptr)};
    printer->port = parse_port((struct str){colon + 1, text.len - host.len - 1});
    if (host.len > 2 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']') {
        host = (struct str){host.ptr + 1, host.len - 2};
    }
    if (printer->port == 0) {
        return refuse(why, "the port must be 1 to 65535");
    }
    if (!str_copy(printer->path, sizeof printer->path, host) || !is_address(printer->path)) {
        return refuse(why, "the address must be numbers, as 192.0.2.7 or [2001:db8::7]");
    }
    return ERR_OK;
}

enum err printer_init(struct printer *printer, struct str spec, const struct profile *profile,
                      struct clock clock, struct buf *why)
{
    static const struct {
        const char *prefix;
        enum printer_kind kind;
    } places[] = {{"usb:", PRINTER_USB}, {"tcp:", PRINTER_TCP}, {"dir:", PRINTER_DIR}};
    struct printer p = {.profile = profile, .clock = clock, .deadline_ms = PRINTER_DEADLINE_MS};
    enum err err = ERR_OK;
    p.profile = profile ? profile : profile_find(STR(PROFILE_DEFAULT));
    for (size_t i = 0; i < ARRAY_LEN(places); i++) {
        struct str prefix = str_of(places[i].prefix);
        if (str_starts(spec, prefix)) {
            p.kind = places[i].kind;
            err = p.kind == PRINTER_TCP ? take_address(&p, after(spec, prefix), why)
                                        : take_path(&p, after(spec, prefix), why);
        }
    }
    if (!err && p.kind == PRINTER_NONE && !str_eq(spec, STR("none"))) {
        err = refuse(why, "a printer is usb:DEVICE, tcp:ADDRESS:PORT, dir:FOLDER or none");
    }
    if (!err) {
        *printer = p;
    }
    return err;
}

bool printer_wants_picture(const struct printer *printer)
{
    return printer->kind == PRINTER_DIR;
}

/* ---- questions: DLE EOT n ---- */

/* A status byte is 0xx1xx10 (Epson's reference); anything else is not an answer. */
static int ask(struct link *link, uint8_t n)
{
    const uint8_t question[] = {DLE, EOT, n};
    if (link_write(link, question, sizeof question) != ERR_OK) {
        return -1;
    }
    for (int tries = 0; tries < FRAME_LEN; tries++) {
        int byte = link_read_byte(link, ANSWER_MS);
        if (byte < 0 || (byte & 0x93) == 0x12) {
            return byte;
        }
    }
    return -1;
}

/* The worst that the three answers tell. */
static enum printer_state judge(int printer, int offline, int paper)
{
    if (offline & 0x04) {
        return PRINTER_COVER_OPEN;
    }
    if (paper >= 0 && paper & 0x60) {
        return PRINTER_PAPER_OUT;
    }
    if (offline & 0x20) {
        return PRINTER_PAPER_OUT;
    }
    if (printer & 0x08 || offline & 0x40) {
        return PRINTER_OFFLINE;
    }
    return paper >= 0 && paper & 0x0C ? PRINTER_PAPER_LOW : PRINTER_READY;
}

static enum printer_state ask_all(struct link *link)
{
    link_drain(link);
    int printer = ask(link, 1);
    if (printer < 0) {
        return PRINTER_UNKNOWN;
    }
    int offline = ask(link, 2);
    int paper = ask(link, 4);
    return judge(printer, offline < 0 ? 0 : offline, paper);
}

static bool can_print(enum printer_state state)
{
    return state == PRINTER_READY || state == PRINTER_PAPER_LOW || state == PRINTER_UNKNOWN;
}

static enum printer_state status_of_device(const struct printer *printer)
{
    struct link link;
    int64_t now = clock_mono_ms(&printer->clock);
    if (link_open(printer, now + STATUS_MS, &link) != ERR_OK) {
        return PRINTER_OFFLINE;
    }
    enum printer_state state = ask_all(&link);
    link_close(&link);
    return state;
}

enum printer_state printer_status(const struct printer *printer)
{
    switch (printer->kind) {
    case PRINTER_NONE:
        return PRINTER_ABSENT;
    case PRINTER_DIR:
        return PRINTER_READY;
    case PRINTER_USB:
    case PRINTER_TCP:
        break;
    }
    return status_of_device(printer);
}

/* ---- a job ---- */

static enum err talk(struct link *link, const struct print_job *job,
                     enum printer_state *state_out)
{
    *state_out = ask_all(link);
    if (!can_print(*state_out)) {
        return ERR_BUSY;
    }
    bool answers = *state_out != PRINTER_UNKNOWN;
    if (link_write(link, job->bytes, job->len) != ERR_OK) {
        *state_out = PRINTER_OFFLINE;
        return ERR_IO;
    }
    if (!answers) {
        return ERR_OK;
    }
    /* The paper may have ended under the slip. One that answered and now is silent still
     * prints: it is no reason to say that the slip is lost. */
    enum printer_state later = ask_all(link);
    *state_out = later == PRINTER_UNKNOWN ? *state_out : later;
    return can_print(*state_out) ? ERR_OK : ERR_BUSY;
}

static enum err print_on_device(const struct printer *printer, const struct print_job *job,
                                enum printer_state *state_out)
{
    struct link link;
    int64_t until = clock_mono_ms(&printer->clock) + printer->deadline_ms;
    *state_out = PRINTER_OFFLINE;
    enum err err = link_open(printer, until, &link);
    if (err) {
        return ERR_IO;
    }
    err = talk(&link, job, state_out);
    link_close(&link);
    return err;
}

enum err printer_print(const struct printer *printer, const struct print_job *job,
                       enum printer_state *state_out)
{
    if (printer->kind == PRINTER_NONE) {
        *state_out = PRINTER_ABSENT;
        return ERR_UNSUPPORTED;
    }
    if (printer->kind == PRINTER_DIR) {
        enum err err = printer_dir_print(printer->path, job);
        *state_out = err ? PRINTER_OFFLINE : PRINTER_READY;
        return err ? ERR_IO : ERR_OK;
    }
    return print_on_device(printer, job, state_out);
}
