#include "base/asset.h"

#include "assets.h"

#include <string.h>

const struct asset *asset_find(const char *name)
{
    size_t low = 0, high = ARRAY_LEN(assets);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(assets[middle].name, name);
        if (order == 0) {
            return &assets[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

size_t asset_count(void)
{
    return ARRAY_LEN(assets);
}

const struct asset *asset_at(size_t i)
{
    CHECK(i < ARRAY_LEN(assets));
    return &assets[i];
}
