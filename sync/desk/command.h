/* A sub-command: how it is called and what does it. */
#ifndef DESK_COMMAND_H
#define DESK_COMMAND_H

#include "base/subcommand.h"
#include "desk/desk.h"
#include "server/admin.h"

struct command {
    struct subcommand call;
    enum desk_exit (*run)(struct desk *desk, const struct subcommand_args *args);
};

extern const struct command command_serve, command_init, command_organisation_add,
    command_centre_add, command_centre_seal, command_staff_add, command_code, command_import,
    command_call_off, command_list, command_wish_confirm, command_wish_decline,
    command_lease_recall, command_lease_revoke, command_kiosk_revoke, command_forget,
    command_task_done, command_unpark, command_parcel, command_backup, command_restore,
    command_check, command_tls_make;

/* Says what went wrong, as "anlauf-server: …". */
void desk_complain(struct desk *desk, const char *format, ...) PRINTF_LIKE(2, 3);

/* The centre's data, and who works with it. desk_close also after a failed open. */
struct desk_data {
    struct storage *storage;
    struct admin admin;
};
/* Complains; then DESK_NO_DATA is the answer. */
bool desk_open(struct desk *desk, struct desk_data *data_out);
void desk_close(struct desk_data *data);
/* DESK_OK, or complains: "not …ed (word): detail". */
enum desk_exit desk_result(struct desk *desk, const struct desk_data *data, enum err err,
                           const struct buf *why);
/* The same, and says "done". */
enum desk_exit desk_done(struct desk *desk, const struct desk_data *data, enum err err);
void desk_print_id(struct desk *desk, struct uid id);

#endif
