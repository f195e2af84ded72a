/* Operating errors: what can go wrong although the code is right. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/check.h"

enum err {
    ERR_OK = 0,
    ERR_IO,          /* a device or file said no */
    ERR_FULL,        /* no space left, or a fixed maximum is reached */
    ERR_BUSY,        /* somebody else holds it; again later may work */
    ERR_CORRUPT,     /* stored bytes are not what was written */
    ERR_NOT_FOUND,   /* there is no such thing */
    ERR_INVALID,     /* the input is malformed or out of range */
    ERR_DENIED,      /* a rule or a secret says no */
    ERR_UNKNOWN,     /* a commit failed: it may have happened or not */
    ERR_UNSUPPORTED, /* this machine or build cannot do it */
    ERR_CONFLICT,    /* it exists already with other content */
    ERR_COUNT_,
};

/* A stable lower-case word for logs ("io", "full"); never NULL. */
const char *err_name(enum err err);

#endif
