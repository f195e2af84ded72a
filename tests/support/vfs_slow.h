/* An SQLite VFS over the default one whose every sync takes time, as a tired card's does.
 */
#ifndef SUPPORT_VFS_SLOW_H
#define SUPPORT_VFS_SLOW_H

#include "base/err.h"

/* Registers it under a name, for the life of the process; the name must outlive it. */
enum err vfs_slow_register(const char *name, int sync_ms) NODISCARD;

#endif
