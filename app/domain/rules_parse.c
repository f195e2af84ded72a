#include "domain/rules_parse.h"

#include <stdlib.h>
#include <string.h>

/* Any name may stand in any rule's list of known names; a number that the kind does not
 * have is refused when the rule is read. */
#define FIELDS_MAX 16

static const struct {
    const char *name;
    unsigned groups;
} who_names[] = {
    {"child", 1u << GROUP_CHILD},
    {"youth", 1u << GROUP_YOUTH},
    {"minor", 1u << GROUP_CHILD | 1u << GROUP_YOUTH},
    {"everyone", 1u << GROUP_CHILD | 1u << GROUP_YOUTH | 1u << GROUP_ADULT},
};

static bool only_known(const struct json_node *node, const struct rule_form *form)
{
    const char *names[FIELDS_MAX] = {"id",   "who",     "below_age", "law",
                                     "text", "instead", "note"};
    size_t count = 7;
    for (size_t i = 0; i < RULE_NUMBERS && form->numbers[i].name; i++) {
        names[count++] = form->numbers[i].name;
    }
    if (form->list) {
        names[count++] = form->list;
    }
    if (form->extensions) {
        names[count++] = "extensions";
    }
    return json_read_only(node, names, count);
}

static bool parse_kind(const struct json_node *node, struct rule *rule)
{
    struct str id;
    if (!json_read_str(node, "id", JSON_REQUIRED, &id)) {
        return false;
    }
    int kind = rule_kind_from_name(id);
    if (kind < 0) {
        return json_read_fail(node, "id", "is not a rule of this program");
    }
    rule->kind = (enum rule_kind)kind;
    return true;
}

static bool parse_who(const struct json_node *node, struct rule *rule)
{
    struct str who;
    if (!json_read_str(node, "who", JSON_REQUIRED, &who)) {
        return false;
    }
    for (size_t i = 0; i < ARRAY_LEN(who_names); i++) {
        if (str_eq(who, str_of(who_names[i].name))) {
            rule->groups = who_names[i].groups;
            return true;
        }
    }
    return json_read_fail(node, "who", "must be child, youth, minor or everyone");
}

static bool parse_words(const struct json_node *node, const char *key, bool needed,
                        const char *otherwise, char **out)
{
    char text[RULE_TEXT_CHARS_MAX * 4 + 1] = "";
    if (!json_read_text(node, key, needed ? JSON_REQUIRED : JSON_OPTIONAL,
                        RULE_TEXT_CHARS_MAX, text, sizeof text)) {
        return false;
    }
    *out = strdup(json_read_has(node, key) ? text : otherwise);
    CHECK(*out);
    return true;
}

static bool parse_number(const struct json_node *node, const struct rule_number *form,
                         int *out)
{
    return form->form == NUMBER_TIME
               ? json_read_time(node, form->name, JSON_REQUIRED, out)
               : json_read_int(node, form->name, JSON_REQUIRED, 0, form->max, out);
}

static bool parse_numbers(const struct json_node *node, const struct rule_form *form,
                          struct rule *rule)
{
    for (size_t i = 0; i < RULE_NUMBERS && form->numbers[i].name; i++) {
        if (!parse_number(node, &form->numbers[i], &rule->number[i])) {
            return false;
        }
    }
    return true;
}

/* A set of names as a bit mask. */
static bool parse_set(const struct json_node *node, const char *key,
                      int (*from_name)(struct str), uint32_t *set_out)
{
    struct json_node list;
    *set_out = 0;
    if (!json_read_array(node, key, JSON_REQUIRED, &list)) {
        return false;
    }
    for (size_t i = 0; i < json_read_count(&list); i++) {
        struct json_node item = json_read_item(&list, i);
        struct str name;
        if (!json_read_item_str(&list, i, &name)) {
            return false;
        }
        int value = from_name(name);
        if (value < 0) {
            return json_read_fail(&item, NULL, "is not a known name");
        }
        *set_out |= UINT32_C(1) << value;
    }
    return true;
}

static bool parse_work(const struct json_node *node, struct rule_list *list)
{
    uint32_t works, sites;
    if (!parse_set(node, "work", work_kind_from_name, &works) ||
        !parse_set(node, "sites", site_kind_from_name, &sites)) {
        return false;
    }
    for (int site = 0; site < SITE_KIND_COUNT; site++) {
        list->works[site] |= sites >> site & 1u ? works : 0;
    }
    return true;
}

static bool parse_list(const struct json_node *node, const struct rule_form *form,
                       struct rule *rule)
{
    static const char *const names[] = {"work", "sites", "law"};
    struct json_node list;
    struct str law;
    if (!form->list) {
        return true;
    }
    if (!json_read_array(node, form->list, JSON_REQUIRED, &list)) {
        return false;
    }
    for (size_t i = 0; i < json_read_count(&list); i++) {
        struct json_node item = json_read_item(&list, i);
        if (!json_read_only(&item, names, ARRAY_LEN(names)) ||
            !json_read_str(&item, "law", JSON_OPTIONAL, &law) ||
            !parse_work(&item, &rule->list)) {
            return false;
        }
    }
    return true;
}

static bool parse_extension(const struct json_node *node, struct rule_extension *e)
{
    static const char *const names[] = {"work",    "sites", "law",
                                        "age_min", "from",  "until"};
    struct str law;
    return json_read_only(node, names, ARRAY_LEN(names)) && parse_work(node, &e->list) &&
           json_read_str(node, "law", JSON_OPTIONAL, &law) &&
           json_read_int(node, "age_min", JSON_REQUIRED, 0, 99, &e->age_min) &&
           json_read_time(node, "from", JSON_REQUIRED, &e->from) &&
           json_read_time(node, "until", JSON_REQUIRED, &e->until);
}

static bool parse_extensions(const struct json_node *node, const struct rule_form *form,
                             struct rule *rule)
{
    struct json_node list;
    if (!form->extensions) {
        return true;
    }
    if (!json_read_array(node, "extensions", JSON_OPTIONAL, &list)) {
        return false;
    }
    for (size_t i = 0; i < json_read_count(&list); i++) {
        struct json_node item = json_read_item(&list, i);
        if (i == RULE_EXTENSIONS_MAX) {
            return json_read_fail(&item, NULL, "is one too many");
        }
        if (!parse_extension(&item, &rule->extensions[i])) {
            return false;
        }
        rule->extension_count = (int)i + 1;
    }
    return true;
}

bool rule_parse(const struct json_node *node, bool house, struct rule *rule)
{
    *rule = (struct rule){.house = house};
    if (!json_is_object(node->value)) {
        return json_read_fail(node, NULL, "must be an object");
    }
    if (!parse_kind(node, rule)) {
        return false;
    }
    const struct rule_form *form = rule_form(rule->kind);
    return only_known(node, form) && parse_who(node, rule) &&
           json_read_int(node, "below_age", JSON_OPTIONAL, 13, 18, &rule->below_age) &&
           parse_words(node, "law", !house, RULE_HOUSE_LAW, &rule->law) &&
           parse_words(node, "text", true, "", &rule->text) &&
           parse_words(node, "instead", !house, "", &rule->instead) &&
           parse_numbers(node, form, rule) && parse_list(node, form, rule) &&
           parse_extensions(node, form, rule);
}

void rule_done(struct rule *rule)
{
    free(rule->law);
    free(rule->text);
    free(rule->instead);
    *rule = (struct rule){0};
}
