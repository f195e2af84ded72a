/* Reading our own JSON files strictly: every fault names its line and its field.
 *
 * jansson parses but keeps no positions, so a fault's line is looked up in the text
 * afterwards, along the path of the node (the text has been parsed: it is well-formed).
 * The first fault wins; every getter after it returns false, so that reads may be
 * chained with &&. Unknown fields, null and duplicate keys are faults: ignoring them
 * would hide a misspelt "alcohol_tobacco". */
#ifndef DOMAIN_JSON_READ_H
#define DOMAIN_JSON_READ_H

#include "base/buf.h"
#include "domain/date.h"

#include <jansson.h>

#define JSON_FIELD_SIZE 96

struct json_ctx {
    struct str text; /* must outlive the context */
    bool failed;
    int line; /* of the fault, from 1 */
    char
        field[JSON_FIELD_SIZE]; /* "start", "offer.start", "history[2].date"; "" = none */
    char what[160];
};

/* A value and the way to it. Nodes live on the caller's stack; values are borrowed from
 * the document. A record begins the names of fields anew: in a list of offers the field
 * is "start", not "[3].start". */
struct json_node {
    struct json_ctx *ctx;
    const struct json_node *parent;
    const char *key; /* NULL in an array */
    size_t index;
    bool record;
    const json_t *value;
};

enum json_need { JSON_REQUIRED, JSON_OPTIONAL };

/* Parses the text; NULL is a fault. The caller releases with json_decref. */
json_t *json_read_open(struct json_ctx *ctx, struct str text, struct json_node *root_out);
/* "line 12: field 'start': must be a time like 16:00" */
void json_read_error(const struct json_ctx *ctx, struct buf *error);
/* Notes a fault at the field `key` of the node, or at the node itself if key is NULL.
 * Returns false. */
bool json_read_fail(const struct json_node *node, const char *key, const char *format,
                    ...) PRINTF_LIKE(3, 4);

/* The node is an object and has no fields but these. */
bool json_read_only(const struct json_node *node, const char *const *names, size_t count);
bool json_read_has(const struct json_node *node, const char *key);

/* Getters. An optional field that is not there leaves the result as it was (children:
 * with value NULL) and is no fault. Both limits are included. */
bool json_read_object(const struct json_node *node, const char *key, enum json_need need,
                      struct json_node *child_out);
bool json_read_array(const struct json_node *node, const char *key, enum json_need need,
                     struct json_node *child_out);
bool json_read_str(const struct json_node *node, const char *key, enum json_need need,
                   struct str *out);
/* A text for people: at most chars_max characters, at least one if required, and nothing
 * in it that utf8_clean() would change (control bytes, bidi overrides, double spaces). */
bool json_read_text(const struct json_node *node, const char *key, enum json_need need,
                    size_t chars_max, char *out, size_t out_size);
bool json_read_bool(const struct json_node *node, const char *key, enum json_need need,
                    bool *out);
bool json_read_int(const struct json_node *node, const char *key, enum json_need need,
                   int min, int max, int *out);
/* A number in thousandths: 2.5 → 2500. More decimals than `decimals` are a fault. */
bool json_read_milli(const struct json_node *node, const char *key, enum json_need need,
                     int max, int decimals, int *milli_out);
bool json_read_time(const struct json_node *node, const char *key, enum json_need need,
                    int *minute_out);
bool json_read_date(const struct json_node *node, const char *key, enum json_need need,
                    date_t *date_out);

/* The items of an array (0 if the node has no value). */
size_t json_read_count(const struct json_node *array);
struct json_node json_read_item(const struct json_node *array, size_t index);
/* The string at an index of an array. */
bool json_read_item_str(const struct json_node *array, size_t index, struct str *out);

#endif
