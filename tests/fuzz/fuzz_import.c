/* Any file of offers: refused with a place, or every offer keeps its limits. */
#include "domain/offer_json.h"

#include "base/utf8.h"

#include <string.h>

#define TODAY 20780 /* 2026-11-23, a Monday */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text, size_t size)
{
    size_t len = strnlen(text, size);
    CHECK(len < size && utf8_valid((struct str){text, len}));
    for (size_t i = 0; i < len; i++) {
        CHECK((unsigned char)text[i] >= 0x20);
    }
}

static void check_offer(const struct offer *offer)
{
    check_text(offer->code, sizeof offer->code);
    check_text(offer->title, sizeof offer->title);
    check_text(offer->text, sizeof offer->text);
    check_text(offer->district, sizeof offer->district);
    check_text(offer->place, sizeof offer->place);
    CHECK(offer->code[0] != '\0' && offer->work.start < offer->work.end);
    CHECK(offer->places >= 1 && offer->taken <= offer->places);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct offer offers[OFFERS_MAX];
    char memory[512] = "";
    struct buf error;
    size_t count = 0;
    buf_init(&error, memory, sizeof memory);
    enum err err = offers_parse((struct str){(const char *)data, size}, TODAY, offers,
                                OFFERS_MAX, &count, &error);
    CHECK(err == ERR_OK || (count == 0 && error.len > 0));
    CHECK(utf8_valid(buf_str(&error)));
    for (size_t i = 0; i < count; i++) {
        check_offer(&offers[i]);
    }
    return 0;
}
