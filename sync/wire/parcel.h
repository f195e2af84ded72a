/* Parcels: the same bytes on a stick. sync/PROTOCOL.md, "Without a line". Pure. */
#ifndef WIRE_PARCEL_H
#define WIRE_PARCEL_H

#include "proof/key.h"
#include "wire/bytes.h"

#define PARCEL_MAGIC "ANLAUF-PARCEL-1\n"
#define PARCEL_MAX (64u << 20)

/* To the server's X25519 key. */
enum err parcel_seal_up(const uint8_t parcel_public[32], struct str content,
                        struct bytes *file_out) NODISCARD;
/* ERR_INVALID: no parcel. ERR_DENIED: not for this key, or changed. */
enum err parcel_open_up(const uint8_t parcel_public[32], const uint8_t parcel_secret[32],
                        struct str file, struct bytes *content_out) NODISCARD;
/* To the device, signed by the server: `content` without the signature's line. */
enum err parcel_seal_down(const struct key *server, const struct key_public *device,
                          struct str content, struct bytes *file_out) NODISCARD;
enum err parcel_open_down(const struct key *device, const struct key_public *server,
                          struct str file, struct bytes *content_out) NODISCARD;

#endif
