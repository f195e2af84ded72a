/* What the proofs (app/proof) mean for the kiosk: cards, secrets and slips in the types
 * of the domain and the store. Pure but for the dice that are handed in; any thread. */
#ifndef APP_CREDENTIALS_H
#define APP_CREDENTIALS_H

#include "base/rng.h"
#include "domain/wish.h"
#include "proof/key.h"

#define CREDENTIAL_TEXT_SIZE 400
#define CREDENTIAL_HASH_SIZE 128
#define CREDENTIAL_KEY_SIZE 32
#define CREDENTIAL_PUBLIC_TEXT_SIZE 65
#define CREDENTIAL_SITE_SIZE 16
#define CREDENTIAL_URL_SIZE 101
#define CREDENTIAL_CODE_SIZE 17 /* without dashes */
#define CREDENTIAL_CODE_BYTES 10

/* The key of this device and of those whose slips it believes. */
struct device_key;

/* The trusted ones are copied. */
enum err device_key_open(const uint8_t seed[32], const struct rng *rng,
                         const struct key_public *trusted, size_t trusted_count,
                         struct device_key **key_out) NODISCARD;
void device_key_close(struct device_key *key); /* NULL is fine */

enum credential_kind {
    CREDENTIAL_UNKNOWN,
    CREDENTIAL_PERSON,
    CREDENTIAL_STAFF,
    CREDENTIAL_SLIP_TRUE,
    CREDENTIAL_SLIP_FALSE,
    CREDENTIAL_CENTRE, /* a code to come to a centre: for credential_read_centre */
    CREDENTIAL_SITE, /* in the form of an order sheet's code; says nothing by itself */
};

struct credential {
    enum credential_kind kind;
    char text[CREDENTIAL_TEXT_SIZE];     /* cleaned */
    uint8_t lookup[CREDENTIAL_KEY_SIZE]; /* of a card */
    char code[OFFER_CODE_SIZE];          /* of a true slip: which job, and when */
    date_t date;
    int start, end;
    struct uid fact; /* the wish that slip is about */
    int minutes;     /* of a Bestätigung; 0: another slip */
};

void credential_read(const struct device_key *key, struct str text,
                     struct credential *credential_out);

/* The card that belongs to a fact: the same for each retry of this run of the program,
 * and never to be computed from what is stored. */
void credential_make_card(const struct device_key *key, struct uid fact, bool staff,
                          char text_out[CREDENTIAL_TEXT_SIZE],
                          uint8_t lookup_out[CREDENTIAL_KEY_SIZE]);

/* The hash of four pictures, or of a PIN; the same for each retry of a fact. Slow.
 * ERR_INVALID: no such secret. ERR_FULL: no memory for it now. */
enum err credential_hash_pictures(const struct device_key *key, struct uid fact,
                                  const uint8_t pictures[4],
                                  char hash_out[CREDENTIAL_HASH_SIZE]) NODISCARD;
enum err credential_hash_pin(const struct device_key *key, struct uid fact,
                             const char *pin,
                             char hash_out[CREDENTIAL_HASH_SIZE]) NODISCARD;
/* ERR_DENIED: wrong. `hash` NULL stands for nobody: as slow, always wrong. */
enum err credential_check_pictures(const uint8_t pictures[4], const char *hash) NODISCARD;
enum err credential_check_pin(const char *pin, const char *hash) NODISCARD;

/* What the slip of a wish proves, signed. `issued` DATE_NONE: the clock is in doubt. */
enum err credential_sign_wish(const struct device_key *key, const struct wish *wish,
                              date_t issued,
                              char text_out[CREDENTIAL_TEXT_SIZE]) NODISCARD;
/* The same once a coach has confirmed it. */
enum err credential_sign_agreement(const struct device_key *key, const struct wish *wish,
                                   date_t issued,
                                   char text_out[CREDENTIAL_TEXT_SIZE]) NODISCARD;
/* The Bestätigung of so many confirmed minutes. ERR_INVALID: none, or beyond midnight. */
enum err credential_sign_hours(const struct device_key *key, const struct wish *wish,
                               int minutes, date_t issued,
                               char text_out[CREDENTIAL_TEXT_SIZE]) NODISCARD;

/* The code of an order sheet at this kiosk: to be read, and for its QR code. */
void credential_site_code(const struct device_key *key, struct str offer_code,
                          date_t date, char shown_out[CREDENTIAL_SITE_SIZE],
                          char qr_out[CREDENTIAL_SITE_SIZE]);
/* Cleans what was typed or scanned. ERR_INVALID: a typing error, which is no try. */
enum err credential_read_site(struct str text,
                              char code_out[CREDENTIAL_SITE_SIZE]) NODISCARD;
bool credential_is_site(const struct device_key *key, struct str offer_code, date_t date,
                        const char code[CREDENTIAL_SITE_SIZE]);

/* A centre's QR code taken apart: its address, and the code as people type it.
 * ERR_INVALID: misread. */
enum err credential_read_centre(struct str text, char url_out[CREDENTIAL_URL_SIZE],
                                char code_out[CREDENTIAL_CODE_SIZE]) NODISCARD;
/* What was typed. ERR_INVALID: this is no address of a server, or no code. */
enum err credential_code_bytes(struct str url, struct str code,
                               uint8_t bytes_out[CREDENTIAL_CODE_BYTES]) NODISCARD;

/* Dice whose throws belong to one fact and one use of it: a retry throws the same in this
 * run of the program. `dice` must outlive what is returned, and is wiped by the caller.
 */
struct fact_dice {
    uint8_t key[32];
    uint64_t used;
};
struct rng fact_dice_of(struct fact_dice *dice, const struct device_key *key,
                        struct uid fact, uint8_t use);

#endif
