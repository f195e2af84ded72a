#include "store/machine.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

void machine_boot(char out[MACHINE_BOOT_SIZE])
{
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");
    out[0] = '\0';
    if (file == NULL) {
        return;
    }
    if (fgets(out, MACHINE_BOOT_SIZE, file) != NULL) {
        out[strcspn(out, "\n")] = '\0';
    }
    fclose(file);
}

/* Adds a small file's text, if there is one. */
static bool add_file(crypto_generichash_state *hash, const char *path)
{
    char text[128];
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return false;
    }
    size_t len = fread(text, 1, sizeof text, file);
    fclose(file);
    crypto_generichash_update(hash, (const uint8_t *)text, len);
    return len > 0;
}

void machine_id(char out[MACHINE_ID_SIZE])
{
    /* An image written to a second card has the same machine id, but another card. */
    static const char *const paths[] = {"/etc/machine-id",
                                        "/sys/block/mmcblk0/device/cid"};
    uint8_t id[(MACHINE_ID_SIZE - 1) / 2];
    crypto_generichash_state hash;
    bool known = false;
    crypto_generichash_init(&hash, NULL, 0, sizeof id);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        known = add_file(&hash, paths[i]) || known;
    }
    crypto_generichash_final(&hash, id, sizeof id);
    out[0] = '\0';
    if (known) {
        sodium_bin2hex(out, MACHINE_ID_SIZE, id, sizeof id);
    }
}
