/* Plural expressions: recursive descent in, steps for a stack out. */
#include "i18n/plural.h"

#include <string.h>

#define PLURAL_DEPTH_MAX 24 /* nested parentheses and ?: */

enum plural_op {
    PLURAL_NUMBER,
    PLURAL_N,
    PLURAL_NOT,
    PLURAL_CHOOSE,
    PLURAL_OR,
    PLURAL_AND,
    PLURAL_EQ,
    PLURAL_NE,
    PLURAL_LE,
    PLURAL_GE,
    PLURAL_LT,
    PLURAL_GT,
    PLURAL_ADD,
    PLURAL_SUB,
    PLURAL_MUL,
    PLURAL_DIV,
    PLURAL_MOD,
};

/* Longer signs first, so that "<=" is not read as "<". */
static const struct plural_sign {
    const char *sign;
    enum plural_op op;
    int binds; /* higher binds tighter */
} plural_signs[] = {
    {"||", PLURAL_OR, 1}, {"&&", PLURAL_AND, 2}, {"==", PLURAL_EQ, 3},
    {"!=", PLURAL_NE, 3}, {"<=", PLURAL_LE, 4},  {">=", PLURAL_GE, 4},
    {"<", PLURAL_LT, 4},  {">", PLURAL_GT, 4},   {"+", PLURAL_ADD, 5},
    {"-", PLURAL_SUB, 5}, {"*", PLURAL_MUL, 6},  {"/", PLURAL_DIV, 6},
    {"%", PLURAL_MOD, 6},
};

struct plural_reader {
    struct str text;
    size_t at;
    int depth;
    bool bad;
    struct plural *out;
};

static void reader_skip_space(struct plural_reader *r)
{
    while (r->at < r->text.len && r->text.ptr[r->at] == ' ') {
        r->at++;
    }
}

static bool reader_take(struct plural_reader *r, const char *sign)
{
    reader_skip_space(r);
    struct str rest = {r->text.ptr + r->at, r->text.len - r->at};
    if (!str_starts(rest, str_of(sign))) {
        return false;
    }
    r->at += strlen(sign);
    return true;
}

static void reader_emit(struct plural_reader *r, enum plural_op op, uint16_t number)
{
    if (r->bad || r->out->step_count == PLURAL_STEPS_MAX) {
        r->bad = true;
        return;
    }
    r->out->steps[r->out->step_count++] =
        (struct plural_step){.op = (uint16_t)op, .number = number};
}

/* False if there is no digit or the number is too large. */
static bool reader_number(struct plural_reader *r, uint16_t *number_out)
{
    uint32_t number = 0;
    reader_skip_space(r);
    size_t from = r->at;
    while (r->at < r->text.len && r->text.ptr[r->at] >= '0' &&
           r->text.ptr[r->at] <= '9') {
        number = number * 10 + (uint32_t)(r->text.ptr[r->at++] - '0');
        if (number > UINT16_MAX) {
            return false;
        }
    }
    *number_out = (uint16_t)number;
    return r->at > from;
}

static void reader_choice(struct plural_reader *r);

static void reader_operand(struct plural_reader *r)
{
    uint16_t number;
    int nots = 0;
    while (reader_take(r, "!")) {
        nots++;
    }
    if (reader_take(r, "n")) {
        reader_emit(r, PLURAL_N, 0);
    } else if (reader_take(r, "(")) {
        reader_choice(r);
        r->bad |= !reader_take(r, ")");
    } else if (reader_number(r, &number)) {
        reader_emit(r, PLURAL_NUMBER, number);
    } else {
        r->bad = true;
    }
    while (nots-- > 0) {
        reader_emit(r, PLURAL_NOT, 0);
    }
}

static const struct plural_sign *reader_sign(struct plural_reader *r, int binds_min)
{
    size_t before = r->at;
    for (size_t i = 0; i < ARRAY_LEN(plural_signs); i++) {
        if (reader_take(r, plural_signs[i].sign)) {
            if (plural_signs[i].binds >= binds_min) {
                return &plural_signs[i];
            }
            r->at = before;
            return NULL;
        }
    }
    return NULL;
}

static void reader_binary(struct plural_reader *r, int binds_min)
{
    const struct plural_sign *sign;
    reader_operand(r);
    while (!r->bad && (sign = reader_sign(r, binds_min)) != NULL) {
        reader_binary(r, sign->binds + 1);
        reader_emit(r, sign->op, 0);
    }
}

static void reader_choice(struct plural_reader *r)
{
    if (r->bad || ++r->depth > PLURAL_DEPTH_MAX) {
        r->bad = true;
        return;
    }
    reader_binary(r, 1);
    if (!r->bad && reader_take(r, "?")) {
        reader_choice(r);
        r->bad |= !reader_take(r, ":");
        reader_choice(r);
        reader_emit(r, PLURAL_CHOOSE, 0);
    }
    r->depth--;
}

enum err plural_parse(struct str header, struct plural *plural_out)
{
    struct plural plural = {0};
    struct plural_reader r = {.text = header, .out = &plural};
    uint16_t forms = 0;
    if (!reader_take(&r, "nplurals") || !reader_take(&r, "=") ||
        !reader_number(&r, &forms) || !reader_take(&r, ";") ||
        !reader_take(&r, "plural") || !reader_take(&r, "=")) {
        return ERR_INVALID;
    }
    reader_choice(&r);
    (void)reader_take(&r, ";");
    reader_skip_space(&r);
    if (r.bad || r.at < header.len || forms < 1 || forms > PLURAL_FORMS_MAX) {
        return ERR_INVALID;
    }
    plural.forms = forms;
    *plural_out = plural;
    return ERR_OK;
}

static unsigned long plural_apply(enum plural_op op, unsigned long a, unsigned long b)
{
    /* clang-format off */
    switch (op) {
    case PLURAL_OR: return a || b;
    case PLURAL_AND: return a && b;
    case PLURAL_EQ: return a == b;
    case PLURAL_NE: return a != b;
    case PLURAL_LE: return a <= b;
    case PLURAL_GE: return a >= b;
    case PLURAL_LT: return a < b;
    case PLURAL_GT: return a > b;
    case PLURAL_ADD: return a + b;
    case PLURAL_SUB: return a - b;
    case PLURAL_MUL: return a * b;
    case PLURAL_DIV: return b ? a / b : 0;
    case PLURAL_MOD: return b ? a % b : 0;
    default: CHECK(!"an operator of two values"); return 0;
    }
    /* clang-format on */
}

int plural_form(const struct plural *plural, unsigned long n)
{
    unsigned long stack[PLURAL_STEPS_MAX + 1] = {0};
    int top = -1;
    for (int i = 0; i < plural->step_count; i++) {
        enum plural_op op = (enum plural_op)plural->steps[i].op;
        if (op == PLURAL_NUMBER || op == PLURAL_N) {
            stack[++top] = op == PLURAL_N ? n : plural->steps[i].number;
        } else if (op == PLURAL_NOT) {
            stack[top] = !stack[top];
        } else if (op == PLURAL_CHOOSE) {
            top -= 2;
            stack[top] = stack[top] ? stack[top + 1] : stack[top + 2];
        } else {
            top--;
            stack[top] = plural_apply(op, stack[top], stack[top + 1]);
        }
    }
    return stack[0] < (unsigned long)plural->forms ? (int)stack[0] : 0;
}
