/* Bugs stop the program here, in every build.
 *
 * CHECK is for what only a mistake in this code can break. Bad input and failing
 * devices are never a CHECK: they are an enum err. */
#ifndef BASE_CHECK_H
#define BASE_CHECK_H

#define NODISCARD __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#define CHECK(cond) ((cond) ? (void)0 : check_fail(#cond, __FILE__, __LINE__))

_Noreturn void check_fail(const char *what, const char *file, int line);

#endif
