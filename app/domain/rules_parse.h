/* One rule from its JSON object. Seen only by the loader. */
#ifndef DOMAIN_RULES_PARSE_H
#define DOMAIN_RULES_PARSE_H

#include "domain/json_read.h"
#include "domain/rules_form.h"

#define RULE_TEXT_CHARS_MAX 200

/* What a house rule's reference says if the file names none. */
#define RULE_HOUSE_LAW "Hausregel"

/* Fills *rule, whose strings the caller frees with rule_done() also after a failure. A
 * house rule may leave out `law` and `instead`. */
bool rule_parse(const struct json_node *node, bool house, struct rule *rule);
void rule_done(struct rule *rule);

#endif
