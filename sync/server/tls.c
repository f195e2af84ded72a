#include "server/tls.h"

#include <errno.h>
#include <fcntl.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 4096
#define PEM_MAX (64u << 10)
#define PEM_OWN_MAX 4096
#define SHA256_B64_SIZE 45
/* A date that never comes: who trusts the pin does not look at it, and nothing has to be
 * renewed (RFC 5280 §4.1.2.5). */
#define NEVER 253402300799

const char *tls_priorities(void)
{
    return "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-CIPHER-ALL:+AES-128-GCM:"
           "+AES-256-GCM:+CHACHA20-POLY1305:-SHA1:-SIGN-RSA-SHA1:-SIGN-ECDSA-SHA1";
}

/* ---- making ----------------------------------------------------------------------------- */

static int fill_certificate(gnutls_x509_crt_t cert, gnutls_x509_privkey_t key)
{
    static const char name[] = "anlauf";
    uint8_t serial[16];
    randombytes_buf(serial, sizeof serial);
    serial[0] = (serial[0] & 0x7F) | 0x40; /* positive, and always as long */
    int rc = gnutls_x509_crt_set_version(cert, 3);
    rc = rc < 0 ? rc : gnutls_x509_crt_set_serial(cert, serial, sizeof serial);
    rc = rc < 0 ? rc : gnutls_x509_crt_set_activation_time(cert, 0);
    rc = rc < 0 ? rc : gnutls_x509_crt_set_expiration_time(cert, (time_t)NEVER);
    rc = rc < 0 ? rc
                : gnutls_x509_crt_set_dn_by_oid(cert, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                                sizeof name - 1);
    rc = rc < 0 ? rc : gnutls_x509_crt_set_key(cert, key);
    return rc < 0 ? rc : gnutls_x509_crt_sign2(cert, cert, key, GNUTLS_DIG_SHA256, 0);
}

static int export_both(gnutls_x509_crt_t cert, gnutls_x509_privkey_t key, struct buf *pem)
{
    gnutls_datum_t text = {0};
    int rc = gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &text);
    if (rc >= 0) {
        buf_put(pem, (struct str){(const char *)text.data, text.size});
        sodium_memzero(text.data, text.size);
        gnutls_free(text.data);
        rc = gnutls_x509_crt_export2(cert, GNUTLS_X509_FMT_PEM, &text);
    }
    if (rc >= 0) {
        buf_put(pem, (struct str){(const char *)text.data, text.size});
        gnutls_free(text.data);
    }
    return rc;
}

static int make_pem(struct buf *pem)
{
    gnutls_x509_privkey_t key = NULL;
    gnutls_x509_crt_t cert = NULL;
    int rc = gnutls_x509_privkey_init(&key);
    rc = rc < 0 ? rc : gnutls_x509_crt_init(&cert);
    rc = rc < 0 ? rc
                : gnutls_x509_privkey_generate(
                      key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1),
                      0);
    rc = rc < 0 ? rc : fill_certificate(cert, key);
    rc = rc < 0 ? rc : export_both(cert, key, pem);
    gnutls_x509_crt_deinit(cert);
    gnutls_x509_privkey_deinit(key);
    return rc;
}

static enum err complain(struct buf *why, const char *path, int number)
{
    buf_printf(why, "%s: %s", path, strerror(number));
    return number == ENOSPC || number == EDQUOT ? ERR_FULL
           : number == EEXIST                   ? ERR_CONFLICT
           : number == ENOENT                   ? ERR_NOT_FOUND
                                                : ERR_IO;
}

/* Whole or not at all, and never over one that is there. */
static enum err write_new(const char *path, struct str text, struct buf *why)
{
    char fresh[PATH_SIZE];
    struct buf b;
    buf_init(&b, fresh, sizeof fresh);
    buf_printf(&b, "%s.new", path);
    (void)unlink(fresh);
    int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return complain(why, path, errno);
    }
    bool written = write(fd, text.ptr, text.len) == (ssize_t)text.len && fsync(fd) == 0;
    int number = written ? 0 : errno;
    close(fd);
    if (written && link(fresh, path) != 0) {
        number = errno;
    }
    (void)unlink(fresh);
    return number == 0 ? ERR_OK : complain(why, path, number);
}

static void own_path(const char *dir, char path[PATH_SIZE])
{
    struct buf b;
    buf_init(&b, path, PATH_SIZE);
    buf_printf(&b, "%s/" TLS_OWN_FILE, dir);
}

enum err tls_make(const char *dir, struct buf *why)
{
    char path[PATH_SIZE], text[PEM_OWN_MAX];
    struct buf pem;
    own_path(dir, path);
    buf_init(&pem, text, sizeof text);
    int rc = make_pem(&pem);
    enum err err = ERR_UNSUPPORTED;
    if (rc < 0 || pem.cut) {
        buf_printf(why, "no key can be made (%s)", gnutls_strerror(rc));
    } else {
        err = write_new(path, buf_str(&pem), why);
    }
    sodium_memzero(text, sizeof text);
    return err;
}

/* ---- loading ---------------------------------------------------------------------------- */

static enum err read_pem(const char *path, char **text_out, struct buf *why)
{
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return complain(why, path, errno);
    }
    char *text = calloc(1, PEM_MAX + 1);
    size_t len = text != NULL ? fread(text, 1, PEM_MAX, file) : 0;
    bool good = text != NULL && !ferror(file) && len < PEM_MAX;
    fclose(file);
    if (!good) {
        free(text);
        buf_printf(why, "%s: cannot be read as a PEM file", path);
        return ERR_INVALID;
    }
    *text_out = text;
    return ERR_OK;
}

static gnutls_datum_t datum(char *text)
{
    return (gnutls_datum_t){(unsigned char *)text, (unsigned int)strlen(text)};
}

static int pin_of(gnutls_pubkey_t public, char pin_out[TLS_PIN_SIZE])
{
    gnutls_datum_t der = {0};
    uint8_t hash[crypto_hash_sha256_BYTES];
    char text[SHA256_B64_SIZE];
    struct buf b;
    int rc = gnutls_pubkey_export2(public, GNUTLS_X509_FMT_DER, &der);
    if (rc < 0) {
        return rc;
    }
    crypto_hash_sha256(hash, der.data, der.size);
    gnutls_free(der.data);
    sodium_bin2base64(text, sizeof text, hash, sizeof hash, sodium_base64_VARIANT_ORIGINAL);
    buf_init(&b, pin_out, TLS_PIN_SIZE);
    buf_printf(&b, "sha256//%s", text);
    return 0;
}

/* The pin of the first certificate's key. */
static int read_pin(struct tls *tls)
{
    gnutls_x509_crt_t cert = NULL;
    gnutls_pubkey_t public = NULL;
    const gnutls_datum_t text = datum(tls->cert_pem);
    int rc = gnutls_x509_crt_init(&cert);
    rc = rc < 0 ? rc : gnutls_pubkey_init(&public);
    rc = rc < 0 ? rc : gnutls_x509_crt_import(cert, &text, GNUTLS_X509_FMT_PEM);
    rc = rc < 0 ? rc : gnutls_pubkey_import_x509(public, cert, 0);
    rc = rc < 0 ? rc : pin_of(public, tls->pin);
    gnutls_pubkey_deinit(public);
    gnutls_x509_crt_deinit(cert);
    return rc;
}

/* Only to hear it now and with a reason: the daemon does the same again. */
static int belong_together(const struct tls *tls)
{
    gnutls_certificate_credentials_t both = NULL;
    const gnutls_datum_t cert = datum(tls->cert_pem), key = datum(tls->key_pem);
    int rc = gnutls_certificate_allocate_credentials(&both);
    if (rc >= 0) {
        rc = gnutls_certificate_set_x509_key_mem(both, &cert, &key, GNUTLS_X509_FMT_PEM);
        gnutls_certificate_free_credentials(both);
    }
    return rc;
}

static enum err take_up(struct tls *tls, struct buf *why)
{
    gnutls_datum_t *tickets = calloc(1, sizeof *tickets);
    tls->tickets = tickets;
    if (tickets == NULL) {
        return ERR_FULL;
    }
    int rc = read_pin(tls);
    rc = rc < 0 ? rc : belong_together(tls);
    if (rc >= 0) {
        rc = gnutls_session_ticket_key_generate(tickets);
    }
    if (rc < 0) {
        buf_printf(why, "the TLS key and certificate are of no use (%s)", gnutls_strerror(rc));
        return ERR_INVALID;
    }
    return ERR_OK;
}

enum err tls_load(const char *cert_path, const char *key_path, struct tls *tls_out,
                  struct buf *why)
{
    struct tls tls = {0};
    enum err err = read_pem(cert_path, &tls.cert_pem, why);
    if (err == ERR_OK) {
        err = read_pem(key_path, &tls.key_pem, why);
    }
    if (err == ERR_OK) {
        err = take_up(&tls, why);
    }
    if (err != ERR_OK) {
        tls_done(&tls);
        return err;
    }
    *tls_out = tls;
    return ERR_OK;
}

enum err tls_load_own(const char *dir, struct tls *tls_out, struct buf *why)
{
    char path[PATH_SIZE];
    own_path(dir, path);
    return tls_load(path, path, tls_out, why);
}

static void wipe(char *text)
{
    if (text != NULL) {
        sodium_memzero(text, strlen(text));
        free(text);
    }
}

void tls_done(struct tls *tls)
{
    gnutls_datum_t *tickets = tls->tickets;
    if (tickets != NULL && tickets->data != NULL) {
        sodium_memzero(tickets->data, tickets->size);
        gnutls_free(tickets->data);
    }
    free(tickets);
    wipe(tls->key_pem);
    wipe(tls->cert_pem);
    *tls = (struct tls){0};
}

void tls_greet(const struct tls *tls, void *session)
{
    (void)gnutls_session_ticket_enable_server(session, tls->tickets);
}
