#include "wire/words.h"

#include "base/asset.h"

struct str wire_words(void)
{
    const struct asset *asset = asset_find("sync/words-1.txt");
    CHECK(asset != NULL);
    return (struct str){(const char *)asset->data, asset->len};
}
