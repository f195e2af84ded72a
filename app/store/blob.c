/* A sealed blob on its way in and out. */
#include "store/blob.h"

#include <string.h>

bool blob_valid(const struct store_blob *blob)
{
    return blob->len <= sizeof blob->bytes;
}

void blob_bind(struct query *q, const char *name, const struct store_blob *blob)
{
    if (blob->len > 0) {
        query_blob(q, name, blob->bytes, blob->len);
    }
}

void blob_read(struct query *q, int column, struct store_blob *blob_out)
{
    const void *bytes = sqlite3_column_blob(q->stmt, column);
    size_t len = (size_t)sqlite3_column_bytes(q->stmt, column);
    blob_out->len = 0;
    if (len > sizeof blob_out->bytes) {
        query_corrupt(q);
    } else if (bytes) {
        memcpy(blob_out->bytes, bytes, len);
        blob_out->len = len;
    }
}

void blob_put(struct fact *fact, const char *name, const struct store_blob *blob)
{
    fact_bytes(fact, name, blob->bytes, blob->len);
}
