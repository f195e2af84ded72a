/* Keys between store and keyring, and sealing to those who may read. */
#ifndef APP_DISK_KEYS_H
#define APP_DISK_KEYS_H

#include "disk_jobs.h"

/* The public half of a person's new card. */
enum err disk_keep_person_key(struct disk *disk, struct uid person,
                              const char *card) NODISCARD;
/* The card was scanned: its pair is at hand until the visit ends. */
enum err disk_take_person_key(struct disk *disk, struct uid person,
                              const char *card) NODISCARD;
/* A coach has signed in with this card. The first one ever makes the team's key. True:
 * it is open; else views stay closed to this card. */
bool disk_open_team_key(struct disk *disk, struct uid staff, const char *card);
/* A new colleague's card, with a coach at the counter whose key is open. */
bool disk_share_team_key(struct disk *disk, struct uid staff, const char *card);

enum disk_reader { FOR_CENTRE, FOR_TEAM, FOR_PERSON };

/* One thing to seal. What is for the team or a person says inside which job (or voice) it
 * is about, so that it opens there only: whoever has the data folder can lay one row's
 * bytes into another row. What is for the centre lies in the signed log. */
struct disk_seal {
    struct uid fact, person; /* person: whose key FOR_PERSON means */
    struct uid about;
    enum seal_purpose purpose;
    const uint8_t *bytes;
    size_t len;
};

/* A blob of length 0 if there is no key of that reader. A retry of the fact gives the
 * same bytes. */
enum err disk_seal_for(struct disk *disk, const struct disk_seal *seal,
                       enum disk_reader reader, struct store_blob *blob_out) NODISCARD;
/* Of the team or a person. False: not for this pair, about something else, changed, or
 * empty; nothing is written. */
bool disk_unseal(const struct seal_pair *pair, enum seal_purpose purpose,
                 struct uid about, const struct store_blob *blob, uint8_t *bytes_out,
                 size_t size, size_t *len_out);
/* Can free text be sealed to anybody? */
bool disk_can_seal_words(struct disk *disk);

#endif
