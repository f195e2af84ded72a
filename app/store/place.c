/* Where the folder is.
 *
 * A copied card carries everything with it but the machine: what main knows of that (its
 * id, its board, its card) is compared as a keyed hash. A copied folder gets new files:
 * a file's number and the time it was made stay as long as it does, over every boot and
 * every change of its name, and no copying tool can set the latter. */
#include "store/state.h"

#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

static void find_file(const struct folder *folder, char mark[PLACE_MARK_SIZE])
{
    struct statx st;
    struct buf b;
    unsigned want = STATX_INO | STATX_BTIME;
    buf_init(&b, mark, PLACE_MARK_SIZE);
    if (statx(folder->dir_fd, "state.db", AT_SYMLINK_NOFOLLOW, want, &st) != 0 ||
        (st.stx_mask & STATX_INO) == 0) {
        return;
    }
    buf_printf(&b, "%llu", (unsigned long long)st.stx_ino);
    if (st.stx_mask & STATX_BTIME) {
        buf_printf(&b, " %lld.%09u", (long long)st.stx_btime.tv_sec,
                   st.stx_btime.tv_nsec);
    }
}

void place_find(const struct store *store, const uint8_t seed[STORE_SEED_SIZE],
                struct place *place_out)
{
    const uint8_t *machine = (const uint8_t *)store->machine;
    memset(place_out, 0, sizeof *place_out);
    find_file(&store->folder, place_out->file_mark);
    place_out->machine_known = store->machine[0] != '\0';
    if (place_out->machine_known) {
        crypto_generichash(place_out->machine, sizeof place_out->machine, machine,
                           strlen(store->machine), seed, STORE_SEED_SIZE);
    }
}

bool place_same(const struct place *a, const struct place *b)
{
    bool machine = !a->machine_known || !b->machine_known ||
                   memcmp(a->machine, b->machine, sizeof a->machine) == 0;
    bool file = a->file_mark[0] == '\0' || b->file_mark[0] == '\0' ||
                strcmp(a->file_mark, b->file_mark) == 0;
    return machine && file;
}
