#include "screens/screen.h"

#include "base/utf8.h"

#include <string.h>

#define KEY_ERASE 8

static void erase_last(char alias[ALIAS_SIZE])
{
    size_t len = strlen(alias);
    alias[len > 0 ? utf8_cut(str_of(alias), len - 1) : 0] = '\0';
}

bool alias_type(char alias[ALIAS_SIZE], int character)
{
    char typed[ALIAS_SIZE + 4], clean[ALIAS_SIZE + 4];
    struct buf b;
    bool first = alias[0] == '\0';
    if (character == KEY_ERASE) {
        erase_last(alias);
        return true;
    }
    if (character < ' ' || character > 0x24F || utf8_count(str_of(alias)) >= ALIAS_CHARS_MAX) {
        return false;
    }
    buf_init(&b, typed, sizeof typed);
    buf_puts(&b, alias);
    char bytes[4];
    /* The first letter of a name is a capital one: fewer keys, and it looks right. */
    uint32_t cp = (uint32_t)character;
    bool small = (cp >= 'a' && cp <= 'z') || (cp >= 0xE0 && cp <= 0xFE && cp != 0xF7);
    cp = first && small ? cp - 32 : cp;
    buf_put(&b, (struct str){bytes, utf8_encode(cp, bytes)});
    utf8_clean(clean, sizeof clean, buf_str(&b), ALIAS_CHARS_MAX);
    bool is_space_at_end = character == ' ' && !first;
    if (b.cut || (strcmp(clean, typed) != 0 && !is_space_at_end)) {
        return false;
    }
    str_copy(alias, ALIAS_SIZE, buf_str(&b));
    return true;
}
