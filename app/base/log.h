/* Lines for the operator on stderr: one fact, key=value.
 *
 * Only main, the loop and the tools log; modules return errors. Never a name, alias,
 * PIN, code or free text: what is logged here may be mailed to a stranger. */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/check.h"

void log_line(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
