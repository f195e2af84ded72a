#include "desk/id.h"

#include <jansson.h>
#include <string.h>

/* As slips and screens print a wish (uid_short): "7K3M-QX", without the id's first. */
#define SHORT_LEN 7
#define SHORT_DASH 4
#define SHORT_SKIPS 1

/* What was typed, and where in an id it stands. */
struct wanted {
    char text[UID_TEXT_SIZE];
    size_t from;
};

/* As ids are written: capitals, and the look-alikes as their digits. False: no such text. */
static bool read_prefix(const char *text, char out[UID_TEXT_SIZE])
{
    size_t len = strlen(text);
    if (len < ID_PREFIX_MIN || len >= UID_TEXT_SIZE) {
        return false;
    }
    for (size_t i = 0; i <= len; i++) {
        char c = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
        out[i] = c;
        if (c == 'O') {
            out[i] = '0';
        } else if (c == 'I' || c == 'L') {
            out[i] = '1';
        }
    }
    return true;
}

static bool read_wanted(const char *text, struct wanted *wanted)
{
    char plain[SHORT_LEN];
    wanted->from = 0;
    if (strlen(text) != SHORT_LEN || text[SHORT_DASH] != '-') {
        return read_prefix(text, wanted->text);
    }
    wanted->from = SHORT_SKIPS;
    memcpy(plain, text, SHORT_DASH);
    memcpy(plain + SHORT_DASH, text + SHORT_DASH + 1, SHORT_LEN - SHORT_DASH);
    return read_prefix(plain, wanted->text);
}

/* The id of one line of a list; a kiosk's is called otherwise. */
static bool read_line(struct str line, char id_out[UID_TEXT_SIZE])
{
    json_t *row = json_loadb(line.ptr, line.len, 0, NULL);
    const char *id = json_string_value(json_object_get(row, "id"));
    id = id != NULL ? id : json_string_value(json_object_get(row, "dev"));
    bool good = id != NULL && str_copy(id_out, UID_TEXT_SIZE, str_of(id));
    json_decref(row);
    return good;
}

/* How many different ids are called so. */
static int count_matches(struct str lines, const struct wanted *wanted,
                         char id_out[UID_TEXT_SIZE])
{
    int count = 0;
    while (lines.len > 0) {
        const char *end = memchr(lines.ptr, '\n', lines.len);
        struct str line = {lines.ptr, end != NULL ? (size_t)(end - lines.ptr) : lines.len};
        char id[UID_TEXT_SIZE];
        if (read_line(line, id) &&
            strncmp(id + wanted->from, wanted->text, strlen(wanted->text)) == 0 &&
            (count == 0 || strcmp(id, id_out) != 0)) {
            memcpy(id_out, id, sizeof id);
            count++;
        }
        size_t used = line.len + (end != NULL);
        lines = (struct str){lines.ptr + used, lines.len - used};
    }
    return count;
}

static bool look_up(struct desk *desk, struct admin *admin, enum admin_list list,
                    struct uid centre, const char *text, struct uid *id_out)
{
    struct wanted wanted;
    char id[UID_TEXT_SIZE] = "";
    struct bytes lines = {0};
    if (!read_wanted(text, &wanted)) {
        desk_complain(desk, "%s: is no id, nor the first %d characters of one", text,
                      ID_PREFIX_MIN);
        return false;
    }
    enum err err = admin_list(admin, list, centre, &lines);
    int count = err == ERR_OK ? count_matches(bytes_str(&lines), &wanted, id) : 0;
    bytes_free(&lines);
    if (err != ERR_OK) {
        desk_complain(desk, "the list of %s cannot be read (%s)", admin_list_name(list),
                      err_name(err));
        return false;
    }
    if (count != 1) {
        desk_complain(desk, "%s: %s of the %s begin so", text, count == 0 ? "none" : "several",
                      admin_list_name(list));
        return false;
    }
    return uid_parse(str_of(id), id_out) == ERR_OK;
}

bool id_find(struct desk *desk, struct admin *admin, enum admin_list list, struct uid centre,
             const char *text, struct uid *id_out)
{
    return uid_parse(str_of(text), id_out) == ERR_OK ||
           look_up(desk, admin, list, centre, text, id_out);
}

bool id_find_centre(struct desk *desk, struct admin *admin, const char *text,
                    struct uid *id_out)
{
    return id_find(desk, admin, LIST_CENTRES, (struct uid){{0}}, text, id_out);
}
