/* Any bytes as a catalogue: what is found lies inside, also for looks that find nothing. */
#include "i18n/mo.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_find(const struct mo *mo, const char *source)
{
    struct str found;
    if (mo_find(mo, source, &found)) {
        const unsigned char *at = (const unsigned char *)found.ptr;
        CHECK(at >= mo->bytes && found.len < mo->len);
        CHECK(at + found.len < mo->bytes + mo->len);
        CHECK(found.ptr[found.len] == '\0');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const sources[] = {"", "Ja", "Nein", "Zurück", "{n} Tag", "~"};
    struct mo mo;
    if (mo_open(data, size, &mo) != ERR_OK) {
        return 0;
    }
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        check_find(&mo, sources[i]);
    }
    return 0;
}
