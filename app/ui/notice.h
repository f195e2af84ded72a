/* The words for what just happened, kind and with a way on. */
#ifndef UI_NOTICE_H
#define UI_NOTICE_H

#include "ui/ui.h"

/* NULL: there is nothing to say. */
const char *notice_text(struct ui *ui);
enum color notice_tint(enum notice notice);

#endif
