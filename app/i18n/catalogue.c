/* A catalogue's texts, after its header line was understood. */
#include "i18n/catalogue.h"

#include <string.h>

/* The value of a header line ("Plural-Forms: …"); empty if it is missing. */
static struct str header_value(struct str header, const char *name)
{
    const char *at = strstr(header.ptr, name);
    if (!at) {
        return (struct str){"", 0};
    }
    at += strlen(name);
    return (struct str){at, strcspn(at, "\n")};
}

enum err catalogue_open(const unsigned char *bytes, size_t len,
                        struct catalogue *catalogue_out)
{
    struct catalogue catalogue;
    struct str header;
    if (mo_open(bytes, len, &catalogue.mo) != ERR_OK ||
        !mo_find(&catalogue.mo, "", &header) ||
        plural_parse(header_value(header, "Plural-Forms:"), &catalogue.plural) !=
            ERR_OK) {
        return ERR_CORRUPT;
    }
    *catalogue_out = catalogue;
    return ERR_OK;
}

const char *catalogue_find(const struct catalogue *catalogue, const char *source)
{
    struct str found;
    if (!catalogue->mo.bytes || source[0] == '\0' ||
        !mo_find(&catalogue->mo, source, &found) || found.ptr[0] == '\0') {
        return NULL;
    }
    return found.ptr;
}

const char *catalogue_find_n(const struct catalogue *catalogue, const char *one, long n)
{
    struct str forms;
    unsigned long positive = n < 0 ? 0ul - (unsigned long)n : (unsigned long)n;
    if (!catalogue->mo.bytes || one[0] == '\0' || !mo_find(&catalogue->mo, one, &forms)) {
        return NULL;
    }
    size_t at = 0;
    for (int form = plural_form(&catalogue->plural, positive); form > 0; form--) {
        at += strlen(forms.ptr + at) + 1;
        if (at > forms.len) {
            return NULL;
        }
    }
    return forms.ptr[at] ? forms.ptr + at : NULL;
}
