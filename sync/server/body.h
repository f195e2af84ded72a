/* Members of an event's body, and of other objects that wire/json.h found valid. */
#ifndef SERVER_BODY_H
#define SERVER_BODY_H

#include "base/uid.h"
#include "domain/date.h"

/* The bytes of a member's value; false if there is none, or null stands there. */
bool body_value(struct str object, const char *name, struct str *value_out);

/* False: not there, null, or not such a thing. Results are written on success only. */
bool body_object(struct str object, const char *name, struct str *inner_out);
bool body_uid(struct str object, const char *name, struct uid *id_out); /* not nil */
bool body_text(struct str object, const char *name,
               struct str *text_out); /* no escapes */
bool body_int(struct str object, const char *name, int64_t max, int64_t *number_out);
bool body_flag(struct str object, const char *name, bool *flag_out);
bool body_date(struct str object, const char *name, date_t *date_out);

/* Many members in one walk; a value without bytes is of a member that is not there. */
void body_values(struct str object, const char *const *names, size_t count,
                 struct str *values_out);
bool value_text(struct str value, struct str *text_out);
bool value_int(struct str value, int64_t max, int64_t *number_out);
bool value_flag(struct str value, bool *flag_out);
bool value_date(struct str value, date_t *date_out);
bool value_time(struct str value, int *minute_out);

/* As body_uid and body_flag, but nil and false if the member is not there or null. */
bool body_uid_or_nil(struct str object, const char *name, struct uid *id_out);
bool body_flag_or_false(struct str object, const char *name, bool *flag_out);
/* The same for values of body_values. */
bool value_int_or_0(struct str value, int64_t max, int64_t *number_out);
bool value_flag_or_false(struct str value, bool *flag_out);

#endif
