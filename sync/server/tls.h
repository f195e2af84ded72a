/* The key and certificate this server shows when it speaks TLS itself. */
#ifndef SERVER_TLS_H
#define SERVER_TLS_H

#include "base/buf.h"
#include "base/err.h"

#define TLS_OWN_FILE "tls.pem" /* key and certificate, in the data folder, mode 0600 */
#define TLS_PIN_SIZE 64        /* "sha256//…" with NUL */

struct tls {
    char *key_pem, *cert_pem;
    char pin[TLS_PIN_SIZE]; /* of the key, as CURLOPT_PINNEDPUBLICKEY wants it */
    void *tickets;
};

/* A new EC P-256 key and a certificate that it signs itself; kiosks know it by its pin.
 * ERR_CONFLICT: there is one, and kiosks may have learnt it. */
enum err tls_make(const char *dir, struct buf *why) NODISCARD;
/* ERR_NOT_FOUND: none was made. */
enum err tls_load_own(const char *dir, struct tls *tls_out, struct buf *why) NODISCARD;
/* PEM files; the certificate with its chain. ERR_INVALID: they do not belong together. */
enum err tls_load(const char *cert_path, const char *key_path, struct tls *tls_out,
                  struct buf *why) NODISCARD;
void tls_done(struct tls *tls);

/* Which versions and ciphers are spoken. */
const char *tls_priorities(void);
/* A new session may be taken up again later, without the certificate. */
void tls_greet(const struct tls *tls, void *session);

#endif
