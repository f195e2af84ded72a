/* Printing: the loop lays a slip out on a sheet (letters are drawn on its thread), the
 * print worker carries the sheet to the printer and waits there as long as it takes. */
#ifndef APP_PRINT_JOBS_H
#define APP_PRINT_JOBS_H

#include "credentials.h"
#include "print_port.h"
#include "worker.h"

#include "model/model.h"

#include <stdatomic.h>

#define SHEETS_MAX 2
#define SHEET_NONE (-1)

struct printing;

enum err printing_open(const struct print_port *port, struct text_paint paint,
                       struct printing **printing_out) NODISCARD;
void printing_close(struct printing *printing); /* after its worker; NULL is fine */

bool printing_does(enum effect_kind kind);
/* Loop: fills a sheet. ERR_BUSY: all are on their way to the printer. */
enum err printing_prepare(struct printing *printing, const struct effect *effect,
                          const struct model *model, int *sheet_out) NODISCARD;
/* Loop: takes back a sheet that no worker got. */
void printing_drop(struct printing *printing, int sheet);
/* worker_options.run; ctx is the struct printing. */
void printing_run(void *ctx, const struct job *job, struct reply *answer);
/* What a failure is called on screen. */
enum print_state printing_state(enum printer_state state, enum err err);

#endif
