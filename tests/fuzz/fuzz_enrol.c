/* Any text at the staff door: a code and an address that are written the same again, or
 * refused. */
#include "wire/enrol.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_qr(struct str text)
{
    struct enrol_code code;
    char url[ENROL_URL_MAX + 1], again[ENROL_QR_SIZE];
    if (enrol_qr_parse(text, &code, url) == ERR_OK) {
        CHECK(enrol_url_valid(str_of(url)));
        CHECK(enrol_qr_format(&code, str_of(url), again) == ERR_OK);
        CHECK(str_eq(text, str_of(again)));
    }
}

static void check_code(struct str text)
{
    struct enrol_code code, again;
    char typed[ENROL_CODE_TEXT_SIZE];
    if (enrol_code_parse(text, &code) == ERR_OK) {
        enrol_code_format(&code, typed);
        CHECK(strlen(typed) == ENROL_CODE_TEXT_SIZE - 1);
        CHECK(enrol_code_parse(str_of(typed), &again) == ERR_OK);
        CHECK(memcmp(&code, &again, sizeof code) == 0);
    }
}

static void check_url(struct str text)
{
    static const struct enrol_code code = {{1, 2, 3}};
    struct enrol_code read;
    char qr[ENROL_QR_SIZE], url[ENROL_URL_MAX + 1];
    if (enrol_url_valid(text)) {
        CHECK(memchr(text.ptr, 0, text.len) == NULL);
        CHECK(enrol_qr_format(&code, text, qr) == ERR_OK);
        CHECK(enrol_qr_parse(str_of(qr), &read, url) == ERR_OK);
        CHECK(str_eq(text, str_of(url)) && memcmp(&code, &read, sizeof code) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    check_qr(text);
    check_code(text);
    check_url(text);
    return 0;
}
