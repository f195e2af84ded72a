#include "print_jobs.h"

#include "slips.h"

#include "print/escpos.h"
#include "print/slip_png.h"

#include <sodium.h>
#include <stdlib.h>

struct paper {
    atomic_bool taken; /* by the loop, until the worker is through with it */
    struct bytes bytes;
    struct surface picture;
    uint8_t memory[ESCPOS_BYTES_MAX];
};

struct printing {
    struct print_port port;
    struct text_paint paint;
    struct slip slip; /* the loop's */
    struct paper sheets[SHEETS_MAX];
};

enum err printing_open(const struct print_port *port, struct text_paint paint,
                       struct printing **printing_out)
{
    struct printing *printing = calloc(1, sizeof *printing);
    if (printing == NULL) {
        return ERR_FULL;
    }
    printing->port = *port;
    printing->paint = paint;
    *printing_out = printing;
    return ERR_OK;
}

void printing_close(struct printing *printing)
{
    if (printing == NULL) {
        return;
    }
    for (int i = 0; i < SHEETS_MAX; i++) {
        printing_drop(printing, i);
    }
    free(printing);
}

bool printing_does(enum effect_kind kind)
{
    switch (kind) {
    case EFFECT_PRINT_WISH:
    case EFFECT_PRINT_CARD:
    case EFFECT_PRINT_AGREEMENT:
    case EFFECT_PRINT_HOURS:
    case EFFECT_PRINT_SHEET:
    case EFFECT_PRINT_ORDER:
    case EFFECT_PRINT_DAY:
    case EFFECT_PRINTER_STATUS:
        return true;
    default:
        return false;
    }
}

static int free_sheet(struct printing *printing)
{
    for (int i = 0; i < SHEETS_MAX; i++) {
        if (!atomic_load(&printing->sheets[i].taken)) {
            return i;
        }
    }
    return SHEET_NONE;
}

static enum err fill(struct printing *printing, const struct effect *effect,
                     const struct model *model, struct paper *sheet)
{
    const struct print_port *port = &printing->port;
    enum err err = slips_make(effect, model, &printing->slip);
    if (err == ERR_OK) {
        bytes_init(&sheet->bytes, sheet->memory, sizeof sheet->memory);
        err = escpos_encode(&printing->slip, port->profile, &printing->paint,
                            &sheet->bytes);
    }
    if (err == ERR_OK && port->wants_picture) {
        err = slip_png_draw(&printing->slip, port->profile->dots, &printing->paint,
                            &sheet->picture);
    }
    sodium_memzero(&printing->slip, sizeof printing->slip);
    return err;
}

enum err printing_prepare(struct printing *printing, const struct effect *effect,
                          const struct model *model, int *sheet_out)
{
    int sheet = free_sheet(printing);
    if (sheet == SHEET_NONE) {
        return ERR_BUSY;
    }
    atomic_store(&printing->sheets[sheet].taken, true);
    enum err err = fill(printing, effect, model, &printing->sheets[sheet]);
    if (err != ERR_OK) {
        printing_drop(printing, sheet);
        return err;
    }
    *sheet_out = sheet;
    return ERR_OK;
}

void printing_drop(struct printing *printing, int sheet)
{
    if (sheet == SHEET_NONE) {
        return;
    }
    struct paper *s = &printing->sheets[sheet];
    slip_png_done(&s->picture);
    s->picture = (struct surface){0};
    sodium_memzero(s->memory, s->bytes.len);
    atomic_store(&s->taken, false);
}

enum print_state printing_state(enum printer_state state, enum err err)
{
    switch (state) {
    case PRINTER_PAPER_OUT:
        return PRINT_PAPER_OUT;
    case PRINTER_COVER_OPEN:
        return PRINT_COVER_OPEN;
    case PRINTER_ABSENT:
    case PRINTER_OFFLINE:
        return PRINT_NO_PRINTER;
    default:
        return err == ERR_OK            ? PRINT_DONE
               : err == ERR_UNSUPPORTED ? PRINT_NO_PRINTER
                                        : PRINT_FAILED;
    }
}

static void print_sheet(struct printing *printing, int at, struct reply *answer)
{
    struct paper *sheet = &printing->sheets[at];
    const struct print_job job = {
        .bytes = sheet->bytes.data,
        .len = sheet->bytes.len,
        .picture = printing->port.wants_picture ? &sheet->picture : NULL,
    };
    enum printer_state state = PRINTER_UNKNOWN;
    answer->err = printing->port.print(printing->port.ctx, &job, &state);
    answer->print = printing_state(state, answer->err);
    printing_drop(printing, at);
}

void printing_run(void *ctx, const struct job *job, struct reply *answer)
{
    struct printing *printing = ctx;
    if (job->effect.kind == EFFECT_PRINTER_STATUS) {
        enum printer_state state = printing->port.status(printing->port.ctx);
        answer->print = printing_state(state, ERR_OK);
        return;
    }
    print_sheet(printing, job->sheet, answer);
}
