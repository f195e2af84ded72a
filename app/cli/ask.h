/* A secret that somebody types: not shown, not kept. */
#ifndef CLI_ASK_H
#define CLI_ASK_H

#include "cli/cli.h"

#define ASK_SIZE 512 /* with NUL */

/* One line without its end. From a terminal: after the question, without echo, and typed
 * again if `twice`. From a file or pipe: its first line. False: nothing usable;
 * complains. The caller wipes `out`. */
bool ask_secret(struct cli *cli, FILE *in, const char *question, bool twice,
                char out[ASK_SIZE]);
/* The same from the first line of a file, or from the terminal if path is NULL. */
bool ask_secret_at(struct cli *cli, const char *path, const char *question,
                   char out[ASK_SIZE]);

#endif
