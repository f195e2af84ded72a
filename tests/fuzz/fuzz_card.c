/* Any text as a card: what is read is written back the same. */
#include "proof/card.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct card card;
    char again[CARD_TEXT_SIZE];
    if (card_decode(text, &card) == ERR_OK) {
        card_encode(&card, again);
        CHECK(str_eq(text, str_of(again)));
    }
    return 0;
}
