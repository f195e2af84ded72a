/* The settings: one table gives names, ranges, defaults, --help and --print-conf.
 *
 * Defaults are overruled by the device's file (DATA/kiosk.conf, lines "name = value"),
 * that by the command line. */
#ifndef APP_CONF_H
#define APP_CONF_H

#include "base/buf.h"
#include "base/err.h"
#include "model/model.h"

#include <stdio.h>

#define CONF_TEXT_SIZE 256
#define CONF_FILE "kiosk.conf"

struct conf {
    char data[CONF_TEXT_SIZE];
    int width, height; /* 0: what the display has */
    int rotate;
    bool fullscreen;
    char lang[CONF_TEXT_SIZE];
    bool contrast;
    char printer[CONF_TEXT_SIZE];
    char printer_profile[CONF_TEXT_SIZE];
    char speech[CONF_TEXT_SIZE];
    bool headphones;
    char centre[CONF_TEXT_SIZE];
    char phone[CONF_TEXT_SIZE];
    char rules[CONF_TEXT_SIZE];
    int idle_s, warn_s, staff_idle_s;
    int forget_days;
    bool trust_clock;
};

/* What the command line asked for besides settings. */
struct conf_args {
    bool help, print_conf;
    int rest; /* index of the first argument that is no option: the sub-command */
};

/* Defaults, then the file of the data folder that is named, then the arguments.
 * ERR_INVALID: `why` says "kiosk.conf:3: rotate: must be …" or "--rotate: must be …". */
enum err conf_read(struct conf *conf, struct conf_args *args, int argc, char **argv,
                   struct buf *why) NODISCARD;
/* As conf_read, with one setting from a text: for the file and tests. */
enum err conf_set(struct conf *conf, struct str name, struct str value, struct buf *why)
    NODISCARD;
void conf_default(struct conf *conf);
/* What the screens are told of it. */
struct model_env conf_env(const struct conf *conf);
/* In the form of the device's file. */
void conf_print(const struct conf *conf, FILE *out);
void conf_help(FILE *out);

#endif
