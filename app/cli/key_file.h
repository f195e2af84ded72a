/* Whose slips a kiosk believes besides its own: FOLDER/centre.keys, the public keys of the
 * centre's other kiosks (`anlauf key` prints one), one a line; # begins a remark. */
#ifndef CLI_KEY_FILE_H
#define CLI_KEY_FILE_H

#include "proof/key.h"

#define KEY_FILE "centre.keys"
#define KEY_FILE_KEYS_MAX 64

/* No file: no keys. ERR_INVALID, ERR_FULL, ERR_IO: `why` names file and line. */
enum err key_file_read(const char *dir, struct key_public keys_out[KEY_FILE_KEYS_MAX],
                       size_t *count_out, struct buf *why) NODISCARD;

#endif
