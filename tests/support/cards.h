/* A screen of six offers built by hand: what the rasteriser's tests and benches draw. */
#ifndef SUPPORT_CARDS_H
#define SUPPORT_CARDS_H

#include "ui/frame.h"

/* 1280 × 800. `pressed`: the index of a card that is moved down onto its shadow, or -1. */
void cards_frame(struct frame *frame, int pressed);
/* The start screen in Arabic: right to left, mirrored. */
void cards_frame_ar(struct frame *frame);

#endif
