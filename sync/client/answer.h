/* What the centre answers, read strictly: the only place of the client that knows JSON.
 */
#ifndef CLIENT_ANSWER_H
#define CLIENT_ANSWER_H

#include "store/sync.h"
#include "wire/line.h"

#define ANSWER_TOKEN_SIZE 129
#define ANSWER_NONCE_SIZE 129

/* A log as the centre has it. `known` false: it has none of that epoch. */
struct answer_log {
    bool known;
    int64_t epoch; /* 0: not said */
    int64_t start, seq;
    struct chain_hash head;
};

struct answer_session {
    char token[ANSWER_TOKEN_SIZE];
    int64_t expires_s, now_ms, generation;
    int64_t proto_min, proto_max;
    struct answer_log log;
};

/* The first line of an enrolment's answer. */
struct answer_grant {
    struct uid dev;
    struct sync_centre centre; /* without url */
    bool has_seal;
    char seal[KEY_PUBLIC_TEXT_SIZE];
};

struct answer_order {
    struct uid dev;
    int64_t at_ms;
    uint8_t signature[KEY_SIGNATURE_SIZE];
};

/* The first line of a parcel that came down. */
struct answer_parcel {
    struct uid dev;
    int64_t now_ms, generation, since; /* since -1: not said */
    struct answer_log log;
};

/* All: ERR_INVALID if it is not what it should be. */
enum err answer_nonce(struct str body, char nonce_out[ANSWER_NONCE_SIZE]) NODISCARD;
enum err answer_session(struct str body, struct answer_session *session_out) NODISCARD;
enum err answer_log(struct str body, struct answer_log *log_out) NODISCARD;
enum err answer_ack(struct str body, int64_t *seq_out) NODISCARD;
enum err answer_grant(struct str line, struct answer_grant *grant_out) NODISCARD;
enum err answer_mac(struct str line, uint8_t mac_out[32]) NODISCARD;
enum err answer_parcel(struct str line, struct answer_parcel *parcel_out) NODISCARD;
enum err answer_order(struct str body, struct answer_order *order_out) NODISCARD;

#endif
