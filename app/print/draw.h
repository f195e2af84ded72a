/* What slips are made of, in grey pixels: paragraphs, the lightning, rules, QR codes. */
#ifndef PRINT_DRAW_H
#define PRINT_DRAW_H

#include "base/err.h"
#include "qr/qr.h"
#include "ui/text_paint.h"

#define DRAW_WHITE 0xFFFFFFu
#define DRAW_INK 0x000000u
/* The most lines one paragraph of a slip takes when drawn. */
#define DRAW_LINES_MAX 6

/* White pixels; ERR_FULL: no memory. draw_done() releases them. */
enum err draw_init(struct surface *surface, int width, int height) NODISCARD;
void draw_done(struct surface *surface);
void draw_clear(struct surface *surface);
bool draw_is_dark(const struct surface *surface, int x, int y); /* as a printer sees it */

/* Fills the part of a rectangle that lies on the surface. */
void draw_box(struct surface *surface, struct rect box, uint32_t rgb);
/* Draws a paragraph at the top of a cleared surface, between x and x + width; returns the
 * height of the lines it took. align as in ui/text_paint.h. */
int draw_paragraph(struct surface *surface, const struct text_paint *paint, int x, int width,
                   const struct text_spec *spec, int align, struct str text);
void draw_lightning(struct surface *surface, int x, int y, int size);
/* 1 where the lightning on a grid of size × size is dark. */
bool draw_lightning_at(int x, int y, int size);
void draw_dashes(struct surface *surface, struct rect box, int dash);
void draw_qr(struct surface *surface, const struct qr *qr, int x, int y, int module);
/* Copies the first `height` rows of `from` to row y. Both are equally wide. */
void draw_rows(struct surface *surface, int y, const struct surface *from, int height);

#endif
