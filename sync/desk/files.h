/* Whole files, and the few small ones that lie beside the centre's database. */
#ifndef DESK_FILES_H
#define DESK_FILES_H

#include "desk/desk.h"

#define FILES_PATH_SIZE 4096

/* DIR/NAME; false: too long. */
bool files_path(const char *dir, const char *name, char out[FILES_PATH_SIZE]);
/* A whole file ("-" is desk->in) of at most `max` bytes; the caller frees. Complains. */
bool files_read(struct desk *desk, const char *path, size_t max, char **text_out,
                size_t *len_out);
/* Mode 0600, and either whole or as it was before. Complains. */
bool files_write(struct desk *desk, const char *path, struct str text);
/* Survives a power loss: of a name that was made, moved or removed in the folder. */
bool files_sync_folder(const char *dir);

/* One process serves a folder, and nobody puts an older state into it meanwhile. The lock
 * goes with the process. Complains. */
bool files_lock(struct desk *desk, int *fd_out);

/* Where kiosks find the server, as the last `serve` was told. */
#define FILES_URL_SIZE 101
bool files_url_keep(struct desk *desk, const char *url);
bool files_url_read(struct desk *desk, char out[FILES_URL_SIZE]); /* false: not known */

#endif
