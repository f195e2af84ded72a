/* Reads the form's file. What a form means is in evaluation_form.c. */
#include "domain/evaluation_form.h"

#include "base/utf8.h"
#include "domain/json_read.h"

#include <stdlib.h>
#include <string.h>

#define WORD_CHARS_MAX 32
#define SENTENCE_CHARS_MAX 80
#define ASPECT_STEPS_MIN 2

/* A string of an array, held to the same as json_read_text. jansson owns it. */
static bool read_item(const struct json_node *list, size_t index, size_t chars_max,
                      char *out, size_t size)
{
    struct str text;
    struct json_node item = json_read_item(list, index);
    if (!json_read_item_str(list, index, &text)) {
        return false;
    }
    if (utf8_count(text) > chars_max || text.len >= size) {
        return json_read_fail(&item, NULL, "has more than %zu characters", chars_max);
    }
    size_t len = utf8_clean(out, size, text, chars_max);
    return (text.len > 0 && str_eq((struct str){out, len}, text)) ||
           json_read_fail(&item, NULL, "must be a clean text that is not empty");
}

static bool twice(const char *first, size_t size, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(first + i * size, first + index * size) == 0) {
            return true;
        }
    }
    return false;
}

/* Where the texts of an array go: `max` rows of `size` bytes. */
struct words {
    char *first;
    size_t size;
    int max;
    size_t chars_max;
};

#define WORDS(table, chars)                                                              \
    (&(const struct words){(table)[0], sizeof(table)[0], (int)ARRAY_LEN(table), (chars)})

/* Different texts, each once; no array is an empty one. */
static bool read_words(const struct json_node *node, const char *key, enum json_need need,
                       const struct words *to, int *count)
{
    struct json_node list;
    if (!json_read_array(node, key, need, &list)) {
        return false;
    }
    size_t n = json_read_count(&list);
    if (n > (size_t)to->max) {
        return json_read_fail(node, key, "has more than %d entries", to->max);
    }
    for (size_t i = 0; i < n; i++) {
        struct json_node item = json_read_item(&list, i);
        if (!read_item(&list, i, to->chars_max, to->first + i * to->size, to->size)) {
            return false;
        }
        if (twice(to->first, to->size, i)) {
            return json_read_fail(&item, NULL, "is there twice");
        }
    }
    *count = (int)n;
    return true;
}

static int step_of(const struct form_question *q, const char *text)
{
    for (int i = 0; i < q->step_count; i++) {
        if (strcmp(q->steps[i], text) == 0) {
            return i;
        }
    }
    return -1;
}

static bool read_off_scale(const struct json_node *node, struct form_question *q)
{
    char off[FORM_STEPS_MAX][FORM_WORD_SIZE];
    int count = 0;
    if (!read_words(node, "off_scale", JSON_OPTIONAL, WORDS(off, WORD_CHARS_MAX),
                    &count)) {
        return false;
    }
    for (int i = 0; i < count; i++) {
        int step = step_of(q, off[i]);
        if (step < 0) {
            return json_read_fail(node, "off_scale", "names no step of this question");
        }
        q->off_scale |= 1u << step;
    }
    return true;
}

static bool read_talk(const struct json_node *node, struct form_question *q)
{
    char talk[FORM_WORD_SIZE] = "";
    q->talk_step = -1;
    if (!json_read_text(node, "talk", JSON_OPTIONAL, WORD_CHARS_MAX, talk, sizeof talk)) {
        return false;
    }
    if (talk[0] == '\0') {
        return true;
    }
    q->talk_step = step_of(q, talk);
    if (q->talk_step < 0) {
        return json_read_fail(node, "talk", "names no step of this question");
    }
    q->off_scale |= 1u << q->talk_step;
    return true;
}

static bool read_steps(const struct json_node *node, struct form_question *q)
{
    if (!read_words(node, "steps", JSON_REQUIRED, WORDS(q->steps, WORD_CHARS_MAX),
                    &q->step_count) ||
        !read_off_scale(node, q) || !read_talk(node, q)) {
        return false;
    }
    return form_question_places(q) >= ASPECT_STEPS_MIN ||
           json_read_fail(node, "steps", "must have %d steps on the scale or more",
                          ASPECT_STEPS_MIN);
}

static bool read_code(const struct json_node *node, struct form_question *q)
{
    struct str code;
    if (!json_read_str(node, "code", JSON_REQUIRED, &code)) {
        return false;
    }
    bool ok = code.len > 0;
    for (size_t i = 0; i < code.len; i++) {
        ok = ok && ((code.ptr[i] >= 'a' && code.ptr[i] <= 'z') || code.ptr[i] == '_');
    }
    return (ok && str_copy(q->code, sizeof q->code, code)) ||
           json_read_fail(node, "code", "must be 1 to %zu of a-z and _",
                          sizeof q->code - 1);
}

static bool read_sentence(const struct json_node *node, const char *key,
                          enum json_need need, char out[FORM_SENTENCE_SIZE])
{
    return json_read_text(node, key, need, SENTENCE_CHARS_MAX, out, FORM_SENTENCE_SIZE);
}

static bool read_aspect(const struct json_node *node, struct form_question *q)
{
    static const char *const names[] = {"code", "name",  "self",      "site",
                                        "you",  "steps", "off_scale", "next"};
    return json_read_only(node, names, ARRAY_LEN(names)) && read_code(node, q) &&
           json_read_text(node, "name", JSON_REQUIRED, WORD_CHARS_MAX, q->name,
                          sizeof q->name) &&
           read_sentence(node, "self", JSON_REQUIRED, q->self) &&
           read_sentence(node, "site", JSON_REQUIRED, q->site) &&
           read_sentence(node, "you", JSON_OPTIONAL, q->you) && read_steps(node, q) &&
           read_words(node, "next", JSON_OPTIONAL, WORDS(q->next, SENTENCE_CHARS_MAX),
                      &q->next_count);
}

static bool read_about(const struct json_node *node, struct form_question *q)
{
    static const char *const names[] = {"code", "text", "steps", "off_scale", "talk"};
    return json_read_only(node, names, ARRAY_LEN(names)) && read_code(node, q) &&
           read_sentence(node, "text", JSON_REQUIRED, q->self) && read_steps(node, q);
}

static bool read_questions(const struct json_node *root, const char *key, int max,
                           bool (*read)(const struct json_node *, struct form_question *),
                           struct form_question *questions, int *count)
{
    struct json_node list;
    if (!json_read_array(root, key, JSON_REQUIRED, &list)) {
        return false;
    }
    if (json_read_count(&list) > (size_t)max) {
        return json_read_fail(root, key, "has more than %d entries", max);
    }
    for (size_t i = 0; i < json_read_count(&list); i++) {
        struct json_node item = json_read_item(&list, i);
        if (!read(&item, &questions[i])) {
            return false;
        }
        for (size_t k = 0; k < i; k++) {
            if (strcmp(questions[k].code, questions[i].code) == 0) {
                return json_read_fail(&item, "code", "is there twice");
            }
        }
    }
    *count = (int)json_read_count(&list);
    return true;
}

static bool read_again(const struct json_node *root, struct form_question *q)
{
    static const char *const names[] = {"self", "site", "steps", "off_scale"};
    struct json_node node;
    str_copy(q->code, sizeof q->code, STR("again"));
    return json_read_object(root, "again", JSON_REQUIRED, &node) &&
           json_read_only(&node, names, ARRAY_LEN(names)) &&
           read_sentence(&node, "self", JSON_REQUIRED, q->self) &&
           read_sentence(&node, "site", JSON_REQUIRED, q->site) && read_steps(&node, q);
}

static bool read_tiles(const struct json_node *node, struct evaluation_form *form)
{
    char words[FORM_TILES_MAX][FORM_WORD_SIZE], you[FORM_TILES_MAX][FORM_SENTENCE_SIZE];
    int count = 0, you_count = 0;
    if (!read_words(node, "tiles", JSON_REQUIRED, WORDS(words, WORD_CHARS_MAX), &count) ||
        !read_words(node, "you", JSON_OPTIONAL, WORDS(you, SENTENCE_CHARS_MAX),
                    &you_count)) {
        return false;
    }
    if (you_count > 0 && you_count != count) {
        return json_read_fail(node, "you", "must have one sentence for each tile");
    }
    for (int i = 0; i < count; i++) {
        struct form_tile *tile = &form->tiles[i];
        str_copy(tile->text, sizeof tile->text, str_of(words[i]));
        str_copy(tile->you, sizeof tile->you, str_of(you_count > 0 ? you[i] : ""));
    }
    form->tile_count = count;
    return true;
}

static bool read_went_well(const struct json_node *root, struct evaluation_form *form)
{
    static const char *const names[] = {"self", "site", "tiles", "you"};
    struct json_node node;
    return json_read_object(root, "went_well", JSON_REQUIRED, &node) &&
           json_read_only(&node, names, ARRAY_LEN(names)) &&
           read_sentence(&node, "self", JSON_REQUIRED, form->went_well_self) &&
           read_sentence(&node, "site", JSON_REQUIRED, form->went_well_site) &&
           read_tiles(&node, form);
}

static bool read_missed(const struct json_node *root, struct evaluation_form *form)
{
    static const char *const names[] = {"ask", "reasons"};
    struct json_node node;
    if (!json_read_has(root, "missed")) {
        return true;
    }
    return json_read_object(root, "missed", JSON_REQUIRED, &node) &&
           json_read_only(&node, names, ARRAY_LEN(names)) &&
           read_sentence(&node, "ask", JSON_REQUIRED, form->missed_ask) &&
           read_words(&node, "reasons", JSON_REQUIRED,
                      WORDS(form->reasons, WORD_CHARS_MAX), &form->reason_count);
}

/* What must hold of the whole: everything can be skipped, and the way stays short. */
static bool holds(const struct json_node *root, const struct evaluation_form *form)
{
    int taps = evaluation_form_taps(form, SIDE_SELF);
    if (form->aspect_count == 0) {
        return json_read_fail(root, "aspects", "must not be empty");
    }
    if (form->skip_count == 0) {
        return json_read_fail(root, "skip", "must not be empty");
    }
    return taps <= FORM_TAPS_MAX ||
           json_read_fail(root, "aspects", "need %d taps, at most %d are allowed", taps,
                          FORM_TAPS_MAX);
}

static bool read_form(const struct json_node *root, struct evaluation_form *form)
{
    static const char *const names[] = {"version", "note",      "aspects", "about_site",
                                        "again",   "went_well", "skip",    "missed"};
    struct str note;
    return json_read_only(root, names, ARRAY_LEN(names)) &&
           json_read_int(root, "version", JSON_REQUIRED, 1, FORM_VERSION_MAX,
                         &form->version) &&
           json_read_str(root, "note", JSON_OPTIONAL, &note) &&
           read_questions(root, "aspects", FORM_ASPECTS_MAX, read_aspect, form->aspects,
                          &form->aspect_count) &&
           read_questions(root, "about_site", FORM_ABOUT_MAX, read_about, form->about,
                          &form->about_count) &&
           read_again(root, &form->again) && read_went_well(root, form) &&
           read_words(root, "skip", JSON_REQUIRED, WORDS(form->skips, WORD_CHARS_MAX),
                      &form->skip_count) &&
           read_missed(root, form) && holds(root, form);
}

enum err evaluation_form_load(struct str json, struct buf *error,
                              struct evaluation_form *form_out)
{
    struct json_ctx ctx;
    struct json_node root;
    json_t *document = json_read_open(&ctx, json, &root);
    struct evaluation_form *form = calloc(1, sizeof *form);
    CHECK(form);
    enum err err = ERR_OK;
    if (document && read_form(&root, form)) {
        memcpy(form_out, form, sizeof *form);
    } else {
        json_read_error(&ctx, error);
        err = ERR_INVALID;
    }
    free(form);
    json_decref(document);
    return err;
}
