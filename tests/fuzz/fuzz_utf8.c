/* Any bytes: what utf8_clean lets through is valid, and cleaning it again changes nothing. */
#include "base/check.h"
#include "base/utf8.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char once[512];
    char twice[512];
    utf8_clean(once, sizeof once, (struct str){(const char *)data, size}, 100);
    utf8_clean(twice, sizeof twice, str_of(once), 100);
    CHECK(strcmp(once, twice) == 0);
    return 0;
}
