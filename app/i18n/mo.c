/* A compiled catalogue: two sorted tables of (length, offset), found by binary search. */
#include "i18n/mo.h"

#include <string.h>

#define MO_MAGIC 0x950412deu
#define MO_HEADER_SIZE 28u
#define MO_ROW_SIZE 8u

static uint32_t mo_word(const struct mo *mo, uint32_t offset)
{
    const unsigned char *p = mo->bytes + offset;
    if (mo->big_endian) {
        return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    }
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static struct str mo_text(const struct mo *mo, uint32_t table, uint32_t row)
{
    uint32_t len = mo_word(mo, table + row * MO_ROW_SIZE);
    uint32_t offset = mo_word(mo, table + row * MO_ROW_SIZE + 4);
    return (struct str){(const char *)mo->bytes + offset, len};
}

static bool mo_table_fits(const struct mo *mo, uint32_t table)
{
    return table >= MO_HEADER_SIZE && table <= mo->len &&
           mo->count <= (mo->len - table) / MO_ROW_SIZE;
}

static bool mo_row_fits(const struct mo *mo, uint32_t table, uint32_t row)
{
    uint32_t len = mo_word(mo, table + row * MO_ROW_SIZE);
    uint32_t offset = mo_word(mo, table + row * MO_ROW_SIZE + 4);
    return offset < mo->len && len < mo->len - offset && mo->bytes[offset + len] == '\0';
}

static bool mo_rows_fit(const struct mo *mo)
{
    for (uint32_t row = 0; row < mo->count; row++) {
        if (!mo_row_fits(mo, mo->originals, row) ||
            !mo_row_fits(mo, mo->translations, row)) {
            return false;
        }
    }
    return true;
}

static bool mo_read_magic(struct mo *mo)
{
    if (mo->len < MO_HEADER_SIZE || mo->len > UINT32_MAX) {
        return false;
    }
    mo->big_endian = mo->bytes[0] == MO_MAGIC >> 24;
    return mo_word(mo, 0) == MO_MAGIC && mo_word(mo, 4) >> 16 <= 1;
}

enum err mo_open(const unsigned char *bytes, size_t len, struct mo *mo_out)
{
    struct mo mo = {.bytes = bytes, .len = len};
    if (!mo_read_magic(&mo)) {
        return ERR_CORRUPT;
    }
    mo.count = mo_word(&mo, 8);
    mo.originals = mo_word(&mo, 12);
    mo.translations = mo_word(&mo, 16);
    if (!mo_table_fits(&mo, mo.originals) || !mo_table_fits(&mo, mo.translations) ||
        !mo_rows_fit(&mo)) {
        return ERR_CORRUPT;
    }
    *mo_out = mo;
    return ERR_OK;
}

bool mo_find(const struct mo *mo, const char *source, struct str *translation_out)
{
    uint32_t low = 0, high = mo->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(mo_text(mo, mo->originals, middle).ptr, source);
        if (order == 0) {
            *translation_out = mo_text(mo, mo->translations, middle);
            return true;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}
