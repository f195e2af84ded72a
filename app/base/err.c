#include "base/err.h"

const char *err_name(enum err err)
{
    static const char *const names[ERR_COUNT_] = {
        "ok",      "io",     "full",    "busy",        "corrupt",  "not-found",
        "invalid", "denied", "unknown", "unsupported", "conflict",
    };
    CHECK(err >= ERR_OK && err < ERR_COUNT_);
    return names[err];
}
