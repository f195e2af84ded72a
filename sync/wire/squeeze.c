#include "wire/squeeze.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#define LEVEL 1 /* rows are alike: more search finds no more */
/* An empty page is shorter than what would have to be said about its coding. */
#define LEN_MIN 1024

bool squeeze_wanted(const char *accept)
{
    return accept != NULL && strstr(accept, "zstd") != NULL &&
           strstr(accept, "zstd;q=0") == NULL;
}

bool squeeze(struct bytes *text)
{
    struct bytes frame = {0};
    if (text->failed || text->len < LEN_MIN) {
        return false;
    }
    size_t room = ZSTD_compressBound(text->len);
    frame.data = malloc(room);
    size_t len =
        frame.data ? ZSTD_compress(frame.data, room, text->data, text->len, LEVEL) : 0;
    if (frame.data == NULL || ZSTD_isError(len) || len >= text->len) {
        free(frame.data);
        return false;
    }
    char *fitting = realloc(frame.data, len);
    frame.data = fitting ? fitting : frame.data;
    frame.len = len;
    frame.size = fitting ? len : room;
    bytes_free(text);
    *text = frame;
    return true;
}
