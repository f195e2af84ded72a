/* Reads the law's file and an organisation's file; checks are in rules.c. */
#include "domain/rules_parse.h"

#include <stdlib.h>
#include <string.h>

/* Stable by kind, so that the law's rules stay before the house's. */
static bool set_add(struct rules_set *set, const struct rule *rule)
{
    if (set->count == RULES_PER_SET_MAX) {
        return false;
    }
    int at = set->count++;
    for (; at > 0 && set->rules[at - 1].kind > rule->kind; at--) {
        set->rules[at] = set->rules[at - 1];
    }
    set->rules[at] = *rule;
    return true;
}

static bool read_rule(const struct json_node *item, struct rules_set *set)
{
    struct rule rule;
    if (rule_parse(item, false, &rule) &&
        (set_add(set, &rule) || json_read_fail(item, NULL, "is one too many"))) {
        return true;
    }
    rule_done(&rule);
    return false;
}

/* A rule left out of the law's file by mistake must not pass as "allowed". */
static bool complete(const struct json_node *node, const struct rules_set *set)
{
    for (int kind = 0; kind < RULE_KIND_COUNT; kind++) {
        unsigned missing = rule_form((enum rule_kind)kind)->groups_needed;
        for (int i = 0; i < set->count; i++) {
            missing &= (int)set->rules[i].kind == kind ? ~set->rules[i].groups : ~0u;
        }
        if (missing) {
            return json_read_fail(node, "rules", "has no rule '%s' for somebody",
                                  rule_kind_name((enum rule_kind)kind));
        }
    }
    return true;
}

static bool read_set(const struct json_node *node, struct rules_set *set)
{
    static const char *const names[] = {"valid_from", "source", "notes", "rules"};
    struct json_node list, notes;
    struct str source;
    if (!json_read_only(node, names, ARRAY_LEN(names)) ||
        !json_read_date(node, "valid_from", JSON_REQUIRED, &set->valid_from) ||
        !json_read_str(node, "source", JSON_OPTIONAL, &source) ||
        !json_read_array(node, "notes", JSON_OPTIONAL, &notes) ||
        !json_read_array(node, "rules", JSON_REQUIRED, &list)) {
        return false;
    }
    date_format(set->valid_from, set->version);
    for (size_t i = 0; i < json_read_count(&list); i++) {
        struct json_node item = json_read_item(&list, i);
        item.record = true;
        if (!read_rule(&item, set)) {
            return false;
        }
    }
    return complete(node, set);
}

static bool read_sets(const struct json_node *root, struct rules *rules)
{
    static const char *const names[] = {"note", "sets"};
    struct json_node list;
    struct str note;
    if (!json_read_only(root, names, ARRAY_LEN(names)) ||
        !json_read_str(root, "note", JSON_OPTIONAL, &note) ||
        !json_read_array(root, "sets", JSON_REQUIRED, &list)) {
        return false;
    }
    size_t count = json_read_count(&list);
    if (count < 1 || count > RULES_SETS_MAX) {
        return json_read_fail(root, "sets", "must have 1 to %d entries", RULES_SETS_MAX);
    }
    for (size_t i = 0; i < count; i++) {
        struct json_node item = json_read_item(&list, i);
        item.record = true;
        rules->set_count = (int)i + 1;
        if (!read_set(&item, &rules->sets[i])) {
            return false;
        }
        if (i > 0 && rules->sets[i].valid_from <= rules->sets[i - 1].valid_from) {
            return json_read_fail(&item, "valid_from",
                                  "must be later than in the set before");
        }
    }
    return true;
}

/* ---- the organisation's file: it may only tighten ---------------------------------- */

static bool numbers_tighten(const struct json_node *item, const struct rule *house,
                            const struct rule *law)
{
    const struct rule_form *form = rule_form(law->kind);
    for (size_t i = 0; i < RULE_NUMBERS && form->numbers[i].name; i++) {
        int stricter =
            (house->number[i] - law->number[i]) * (int)form->numbers[i].stricter;
        if (stricter < 0) {
            return json_read_fail(item, form->numbers[i].name,
                                  "is looser than the law (%s); a house rule may only be "
                                  "stricter",
                                  law->law);
        }
    }
    return true;
}

static bool list_within(const struct rule_list *inner, const struct rule_list *outer)
{
    for (int site = 0; site < SITE_KIND_COUNT; site++) {
        if (inner->works[site] & ~outer->works[site]) {
            return false;
        }
    }
    return true;
}

static bool extension_within(const struct rule_extension *e, const struct rule *law)
{
    for (int i = 0; i < law->extension_count; i++) {
        const struct rule_extension *l = &law->extensions[i];
        if (list_within(&e->list, &l->list) && e->age_min >= l->age_min &&
            e->from >= l->from && e->until <= l->until) {
            return true;
        }
    }
    return false;
}

static bool lists_tighten(const struct json_node *item, const struct rule *house,
                          const struct rule *law)
{
    const struct rule_form *form = rule_form(law->kind);
    if (form->list && !form->list_bans && !list_within(&house->list, &law->list)) {
        return json_read_fail(item, form->list,
                              "has work that the law (%s) does not list", law->law);
    }
    for (int i = 0; i < house->extension_count; i++) {
        if (!extension_within(&house->extensions[i], law)) {
            return json_read_fail(item, "extensions", "is looser than the law (%s)",
                                  law->law);
        }
    }
    return true;
}

static bool tightens(const struct json_node *item, const struct rule *house,
                     const struct rules_set *set)
{
    for (int i = 0; i < set->count; i++) {
        const struct rule *law = &set->rules[i];
        if (!law->house && law->kind == house->kind && (law->groups & house->groups) &&
            (!numbers_tighten(item, house, law) || !lists_tighten(item, house, law))) {
            return false;
        }
    }
    return true;
}

static char *copy_text(const char *text)
{
    char *copy = strdup(text);
    CHECK(copy);
    return copy;
}

static bool add_to_all(const struct json_node *item, const struct rule *house,
                       struct rules *rules)
{
    for (int i = 0; i < rules->set_count; i++) {
        struct rule own = *house;
        own.law = copy_text(house->law);
        own.text = copy_text(house->text);
        own.instead = copy_text(house->instead);
        if (!set_add(&rules->sets[i], &own)) {
            rule_done(&own);
            return json_read_fail(item, NULL, "is one too many");
        }
    }
    return true;
}

static bool read_house_rule(const struct json_node *item, struct rules *rules)
{
    struct rule house;
    bool ok = rule_parse(item, true, &house);
    for (int i = 0; ok && i < rules->set_count; i++) {
        ok = tightens(item, &house, &rules->sets[i]);
    }
    ok = ok && add_to_all(item, &house, rules);
    rule_done(&house);
    return ok;
}

static bool read_house(const struct json_node *root, struct rules *rules)
{
    static const char *const names[] = {"note", "rules"};
    struct json_node list;
    struct str note;
    if (!json_read_only(root, names, ARRAY_LEN(names)) ||
        !json_read_str(root, "note", JSON_OPTIONAL, &note) ||
        !json_read_array(root, "rules", JSON_REQUIRED, &list)) {
        return false;
    }
    for (size_t i = 0; i < json_read_count(&list); i++) {
        struct json_node item = json_read_item(&list, i);
        item.record = true;
        if (!read_house_rule(&item, rules)) {
            return false;
        }
    }
    return true;
}

typedef bool read_fn(const struct json_node *root, struct rules *rules);

static enum err read_file(struct str json, read_fn *read, struct rules *rules,
                          struct buf *error)
{
    struct json_ctx ctx;
    struct json_node root;
    json_t *document = json_read_open(&ctx, json, &root);
    bool ok = document && read(&root, rules);
    if (!ok) {
        json_read_error(&ctx, error);
    }
    json_decref(document);
    return ok ? ERR_OK : ERR_INVALID;
}

enum err rules_load(struct str base_json, struct str tightening_json, struct buf *error,
                    struct rules **rules_out)
{
    struct rules *rules = calloc(1, sizeof *rules);
    CHECK(rules);
    rules->sets = calloc(RULES_SETS_MAX, sizeof *rules->sets);
    CHECK(rules->sets);
    enum err err = read_file(base_json, read_sets, rules, error);
    if (!err && tightening_json.len > 0) {
        err = read_file(tightening_json, read_house, rules, error);
    }
    if (err) {
        rules_free(rules);
        return err;
    }
    *rules_out = rules;
    return ERR_OK;
}

void rules_free(struct rules *rules)
{
    if (!rules) {
        return;
    }
    for (int i = 0; i < rules->set_count; i++) {
        for (int k = 0; k < rules->sets[i].count; k++) {
            rule_done(&rules->sets[i].rules[k]);
        }
    }
    free(rules->sets);
    free(rules);
}
