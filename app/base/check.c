#include "base/check.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void check_fail(const char *what, const char *file, int line)
{
    fprintf(stderr, "bug: %s at %s:%d\n", what, file, line);
    abort();
}
