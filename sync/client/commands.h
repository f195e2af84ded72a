/* What anlauf-sync does besides staying: each runs once and says how it ended. */
#ifndef CLIENT_COMMANDS_H
#define CLIENT_COMMANDS_H

#include "client/args.h"
#include "client/client.h"

enum command_exit {
    COMMAND_OK = 0,
    COMMAND_FAILED = 1, /* refused, failed, or in need of help */
    COMMAND_USAGE = 2,
    COMMAND_NO_DATA = 3, /* the data folder cannot be opened */
    COMMAND_NO_LINE = 4,
};

struct commands {
    const struct args *args;
    struct store *store;
    struct client *client;
    bool alone; /* no other one runs on this folder */
};

enum command_exit command_once(const struct commands *commands);
enum command_exit command_status(const struct commands *commands);
enum command_exit command_enrol(const struct commands *commands);
enum command_exit command_export(const struct commands *commands);
enum command_exit command_import(const struct commands *commands);

#endif
