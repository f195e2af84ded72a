/* What is safe where, in words: from receipts only. */
#ifndef CLIENT_STATUS_H
#define CLIENT_STATUS_H

#include "domain/lamp.h"

#include <stdio.h>

void status_print(const struct sync_receipts *receipts, FILE *out);
void status_print_json(const struct sync_receipts *receipts, FILE *out); /* one line */

#endif
