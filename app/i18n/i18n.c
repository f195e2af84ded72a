/* Looking a text up in the language that is on. */
#include "i18n/i18n.h"

#include "base/asset.h"

struct i18n i18n_of(int language)
{
    char memory[32];
    struct buf name;
    struct i18n i18n = {0};
    if (language <= 0 || language >= language_count()) {
        return i18n;
    }
    buf_init(&name, memory, sizeof memory);
    buf_printf(&name, "i18n/%s.mo", language_at(language)->code);
    const struct asset *asset = asset_find(memory);
    if (asset && catalogue_open(asset->data, asset->len, &i18n.catalogue) == ERR_OK) {
        i18n.language = language;
        i18n.rtl = language_at(language)->rtl;
    }
    return i18n;
}

const char *tr(const struct i18n *i18n, const char *source)
{
    const char *found = catalogue_find(&i18n->catalogue, source);
    return found ? found : source;
}

const char *tr_n(const struct i18n *i18n, const char *one, const char *many, long n)
{
    const char *found = catalogue_find_n(&i18n->catalogue, one, n);
    if (found) {
        return found;
    }
    return n == 1 || n == -1 ? one : many;
}
