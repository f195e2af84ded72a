/* Sub-commands of a program: how they are called, their help, what their arguments became.
 *
 *   static const struct subcommand call = {.first = "rules", .second = "check", …};
 *
 * Each also knows --help and the option that names the data folder. Not for options of the
 * program itself. */
#ifndef BASE_SUBCOMMAND_H
#define BASE_SUBCOMMAND_H

#include <stddef.h>
#include <stdio.h>

#define SUBCOMMAND_OPTIONS_MAX 10
#define SUBCOMMAND_WORDS_MAX 2

struct subcommand_option {
    const char *name;  /* without dashes; NULL ends a list */
    const char *value; /* what stands for it in the help; NULL: it takes none */
    const char *help;
};

struct subcommand {
    const char *first, *second;              /* "rules" "check"; second may be NULL */
    const char *words[SUBCOMMAND_WORDS_MAX]; /* "[CENTRE]" may be left out */
    const char *help;
    const struct subcommand_option *options; /* NULL: none */
};

/* All of a program's. */
struct subcommand_list {
    const char *program;
    struct subcommand_option data; /* names the data folder */
    const char *notes;             /* the end of each one's help */
    size_t count;
    const struct subcommand *(*at)(size_t index);
};

struct subcommand_args {
    const char *data;                            /* NULL: not given */
    const char *options[SUBCOMMAND_OPTIONS_MAX]; /* likewise; "" if it takes none */
    const char *words[SUBCOMMAND_WORDS_MAX];     /* NULL: not given */
};

enum subcommand_read {
    SUBCOMMAND_RUN,   /* *index_out and *args_out say what */
    SUBCOMMAND_HELP,  /* was asked for and is written */
    SUBCOMMAND_WRONG, /* and `err` says why */
};

/* argc > 0; argv[0] is the first word of the sub-command. The strings stay the caller's. */
enum subcommand_read subcommand_read(const struct subcommand_list *list, int argc,
                                     char **argv, FILE *out, FILE *err, size_t *index_out,
                                     struct subcommand_args *args_out);
/* How each is called, one a line. */
void subcommand_names(const struct subcommand_list *list, FILE *out);

#endif
