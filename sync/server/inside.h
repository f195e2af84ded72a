/* What the parts of the core share. Nobody else includes it. */
#ifndef SERVER_INSIDE_H
#define SERVER_INSIDE_H

#include "server/core.h"
#include "server/effects.h"
#include "server/law.h"
#include "server/quota.h"

#define TOKEN_SIZE 52 /* with NUL */
#define NONCE_SIZE 41 /* with NUL */
#define TOKEN_LIFE_MS (3600 * 1000)
#define NONCE_LIFE_MS (60 * 1000)
#define SERVER_KEY_SIZE 32

/* Nothing in it but what came with the options, what never changes in a store, and how
 * many wrong codes came lately: another process may write between any two runs. */
struct core {
    struct storage *storage;
    struct clock clock;
    struct rng rng;
    char pin[64];
    struct key server;
    uint8_t parcel_secret[SERVER_KEY_SIZE], parcel_public[SERVER_KEY_SIZE];
    uint8_t token_key[SERVER_KEY_SIZE];
    int64_t wrong_since_ms; /* monotonic */
    int wrong_codes;
    struct law_books *books, own_books;
    struct kept_due {
        struct due due;
        struct wire_upload *kept; /* its own */
    } *due;
    size_t due_count, due_size;
    size_t due_bytes;
    bool behind; /* something is due that is only in the store */
};

struct device {
    struct uid id, centre;
    struct key_public public;
    bool revoked;
    int64_t revoked_ms;
    struct quota quota;
};

/* ---- answers ----------------------------------------------------------------------- */

void reply_error(struct core_job *job, int status, const char *word);
/* The order that a revoked kiosk locks itself by. */
void reply_revoked(const struct core *core, struct core_job *job,
                    const struct device *device);
enum err core_generation(const struct core *core, int64_t *generation_out) NODISCARD;

/* ---- devices ----------------------------------------------------------------------- */

enum err device_find(struct storage *storage, struct uid id, struct device *device_out)
    NODISCARD; /* ERR_NOT_FOUND */
/* It was here, and stored so many bytes. */
enum err device_seen(struct storage *storage, const struct device *device, int64_t now_ms,
                     int64_t stored) NODISCARD;

/* ---- tokens and nonces: the server keeps none, it knows them again ----------------- */

void token_make(const struct core *core, struct uid dev, int64_t now_ms,
                char out[TOKEN_SIZE]);
/* ERR_DENIED: not ours, or too old. *made_ms_out: when it was given out. */
enum err token_read(const struct core *core, struct str token, int64_t now_ms,
                    struct uid *dev_out, int64_t *made_ms_out) NODISCARD;
void nonce_make(const struct core *core, struct uid dev, int64_t now_ms,
                char out[NONCE_SIZE]);
enum err nonce_read(const struct core *core, struct str nonce, struct uid dev,
                    int64_t now_ms, int64_t *made_ms_out) NODISCARD;

/* ---- without a token: ERR_OK with an answer, or the storage failed ----------------- */

enum err auth_enrol(struct core *core, struct core_job *job, int64_t now_ms) NODISCARD;
enum err auth_session(struct core *core, struct core_job *job, int64_t now_ms) NODISCARD;

/* ---- with one: the same ------------------------------------------------------------ */

enum err guest_run(const struct core *core, struct core_job *job, int64_t now_ms) NODISCARD;

#endif
