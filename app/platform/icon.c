#include "platform/icon.h"

#include "base/asset.h"

#include <stdlib.h>
#include <string.h>

#define NAME_MAX_LEN 48

struct icon_tile {
    struct lru_entry entry; /* first */
    struct tile_look look;
    size_t name_len;
    char name[NAME_MAX_LEN];
    bool empty;             /* there is no such pictogram: remembered too */
    uint32_t pixels[];
};

struct icon_key {
    struct str name;
    const struct tile_look *look;
};

static bool icon_match(const struct lru_entry *entry, const void *key)
{
    const struct icon_tile *tile = (const struct icon_tile *)entry;
    const struct icon_key *k = key;
    const struct tile_look *a = &tile->look, *b = k->look;
    return a->width == b->width && a->height == b->height && a->mirrored == b->mirrored &&
           a->tinted == b->tinted && a->tint == b->tint &&
           str_eq((struct str){tile->name, tile->name_len}, k->name);
}

static uint64_t icon_hash(const struct icon_key *key)
{
    uint64_t hash = lru_hash_int(LRU_HASH, key->look->width << 16 | key->look->height);
    hash = lru_hash_int(hash, key->look->mirrored << 1 | key->look->tinted);
    hash = lru_hash_int(hash, (int)key->look->tint);
    return lru_hash(hash, key->name.ptr, key->name.len);
}

static void free_tile(struct lru_entry *entry)
{
    free(entry);
}

void icons_init(struct icons *icons)
{
    memset(icons, 0, sizeof *icons);
    lru_init(&icons->tiles, ICONS_COST_MAX, free_tile);
}

void icons_done(struct icons *icons)
{
    lru_done(&icons->tiles);
    free(icons->cover);
    icons->cover = NULL;
}

static bool load(struct icons *icons, struct str name)
{
    char path[NAME_MAX_LEN + 16];
    struct buf b;
    buf_init(&b, path, sizeof path);
    buf_puts(&b, "icons/");
    buf_put(&b, name);
    buf_puts(&b, ".svg");
    const struct asset *asset = asset_find(path);
    struct str source = {asset ? (const char *)asset->data : "", asset ? asset->len : 0};
    return svg_parse(source, &icons->svg) == ERR_OK;
}

static bool grow_cover(struct icons *icons, const struct tile_look *look)
{
    size_t len = ((size_t)look->width + 2) * (size_t)look->height;
    if (len > icons->cover_len) {
        free(icons->cover);
        icons->cover = malloc(len * sizeof *icons->cover);
        icons->cover_len = icons->cover ? len : 0;
    }
    return icons->cover != NULL;
}

static struct icon_tile *tile_make(struct icons *icons, const struct icon_key *key)
{
    bool empty = !load(icons, key->name);
    size_t count = empty ? 0 : (size_t)key->look->width * (size_t)key->look->height;
    size_t total = sizeof(struct icon_tile) + count * sizeof(uint32_t);
    struct icon_tile *tile = grow_cover(icons, key->look) ? malloc(total) : NULL;
    if (tile) {
        memset(tile, 0, sizeof *tile);
        tile->entry.cost = total;
        tile->look = *key->look;
        tile->empty = empty;
        tile->name_len = key->name.len;
        memcpy(tile->name, key->name.ptr, key->name.len);
        if (!empty) {
            tile_draw(&icons->svg, key->look, tile->pixels, icons->cover);
        }
    }
    return tile;
}

void icons_draw(struct icons *icons, const struct canvas *canvas, struct str name, int x,
                int y, const struct tile_look *look)
{
    struct icon_key key = {name, look};
    if (name.len == 0 || name.len > NAME_MAX_LEN || look->width < 1 || look->height < 1 ||
        look->width > TILE_SIDE_MAX || look->height > TILE_SIDE_MAX) {
        return;
    }
    uint64_t hash = icon_hash(&key);
    struct lru_entry *entry = lru_find(&icons->tiles, hash, icon_match, &key);
    struct icon_tile *tile = (struct icon_tile *)entry;
    if (!tile) {
        tile = tile_make(icons, &key);
        if (!tile) {
            return;
        }
        lru_put(&icons->tiles, &tile->entry, hash, tile->entry.cost);
    }
    if (!tile->empty) {
        tile_blit(canvas, x, y, look, tile->pixels);
    }
}
