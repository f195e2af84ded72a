/* A sealed blob as it is bound, read and written into a fact. Length 0: NULL. */
#ifndef STORE_BLOB_H
#define STORE_BLOB_H

#include "store/evaluations.h"
#include "store/fact.h"
#include "store/query.h"

bool blob_valid(const struct store_blob *blob);
void blob_bind(struct query *q, const char *name, const struct store_blob *blob);
void blob_read(struct query *q, int column, struct store_blob *blob_out);
void blob_put(struct fact *fact, const char *name, const struct store_blob *blob);

#endif
