#include "desk/table.h"

#include "base/uid.h"
#include "base/utf8.h"
#include "wire/json.h"

#include <string.h>
#include <time.h>

#define COLUMNS_MAX 16
#define CELL_SIZE 256
#define CELL_CHARS 60
#define ID_CHARS 8 /* one in a million millions is another's */
#define NOTHING "-"

struct column {
    struct str name;
    size_t width;
    bool shown;
};

struct table {
    struct column columns[COLUMNS_MAX];
    int count;
};

static bool ends_with(struct str text, struct str end)
{
    return text.len >= end.len &&
           memcmp(text.ptr + text.len - end.len, end.ptr, end.len) == 0;
}

/* ---- cells ------------------------------------------------------------------------- */

static void write_time(int64_t ms, char out[CELL_SIZE])
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;
    if (ms == 0 || localtime_r(&seconds, &tm) == NULL ||
        strftime(out, CELL_SIZE, "%Y-%m-%d %H:%M", &tm) == 0) {
        (void)str_copy(out, CELL_SIZE, STR(NOTHING));
    }
}

static void write_text(struct str text, char out[CELL_SIZE])
{
    struct uid id;
    if (text.len == UID_TEXT_SIZE - 1 && uid_parse(text, &id) == ERR_OK) {
        text.len = ID_CHARS;
    }
    if (utf8_clean(out, CELL_SIZE, text, CELL_CHARS) == 0) {
        (void)str_copy(out, CELL_SIZE, STR(NOTHING));
    }
}

static void write_cell(struct str name, struct str value, char out[CELL_SIZE])
{
    int64_t number;
    struct str text;
    if (str_eq(value, STR("null")) || str_eq(value, STR("false")) ||
        str_eq(value, STR("{}")) || str_eq(value, STR("\"none\""))) {
        text = STR(NOTHING);
    } else if (str_eq(value, STR("true"))) {
        text = STR("yes");
    } else if (ends_with(name, STR("_ms")) && json_number(value, &number)) {
        write_time(number, out);
        return;
    } else if (!json_plain(value, &text)) {
        text = value;
    }
    write_text(text, out);
}

/* As the sub-commands call it. */
static void write_name(struct str name, char out[CELL_SIZE])
{
    if (str_eq(name, STR("dev"))) {
        name = STR("kiosk");
    } else if (ends_with(name, STR("_ms"))) {
        name.len -= strlen("_ms");
    }
    (void)str_copy(out, CELL_SIZE, name);
}

/* ---- columns ----------------------------------------------------------------------- */

static bool take_line(struct str *lines, struct str *line_out)
{
    if (lines->len == 0) {
        return false;
    }
    const char *end = memchr(lines->ptr, '\n', lines->len);
    line_out->ptr = lines->ptr;
    line_out->len = end != NULL ? (size_t)(end - lines->ptr) : lines->len;
    size_t used = line_out->len + (end != NULL);
    lines->ptr += used;
    lines->len -= used;
    return true;
}

static void widen(struct column *column, const char *cell)
{
    size_t width = utf8_count(str_of(cell));
    column->width = width > column->width ? width : column->width;
}

static void measure_row(struct table *table, struct str line, const char *without)
{
    struct json_walk walk = json_walk(line);
    struct str name, value;
    char cell[CELL_SIZE];
    for (int i = 0; i < COLUMNS_MAX && json_walk_next(&walk, &name, &value); i++) {
        struct column *column = &table->columns[i];
        table->count = i + 1 > table->count ? i + 1 : table->count;
        column->name = name;
        write_cell(name, value, cell);
        widen(column, cell);
        if (strcmp(cell, NOTHING) != 0 &&
            (without == NULL || !str_eq(name, str_of(without)))) {
            column->shown = true;
        }
    }
}

static void print_cell(FILE *out, const struct column *column, bool is_first,
                       size_t *owed, const char *cell)
{
    fprintf(out, "%*s%s%s", (int)*owed, "", is_first ? "" : "  ", cell);
    *owed = column->width - utf8_count(str_of(cell));
}

static void print_names(FILE *out, struct table *table)
{
    size_t owed = 0;
    bool is_first = true;
    for (int i = 0; i < table->count; i++) {
        struct column *column = &table->columns[i];
        char cell[CELL_SIZE];
        write_name(column->name, cell);
        widen(column, cell);
        if (column->shown) {
            print_cell(out, column, is_first, &owed, cell);
            is_first = false;
        }
    }
    fputc('\n', out);
}

static void print_row(FILE *out, const struct table *table, struct str line)
{
    struct json_walk walk = json_walk(line);
    struct str name, value;
    char cell[CELL_SIZE];
    size_t owed = 0;
    bool is_first = true;
    for (int i = 0; i < table->count && json_walk_next(&walk, &name, &value); i++) {
        if (table->columns[i].shown) {
            write_cell(name, value, cell);
            print_cell(out, &table->columns[i], is_first, &owed, cell);
            is_first = false;
        }
    }
    fputc('\n', out);
}

void table_print(FILE *out, struct str lines, const char *without)
{
    struct table table = {0};
    struct str line, rest = lines;
    while (take_line(&rest, &line)) {
        measure_row(&table, line, without);
    }
    print_names(out, &table);
    while (take_line(&lines, &line)) {
        print_row(out, &table, line);
    }
}
