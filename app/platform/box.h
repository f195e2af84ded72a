/* Rounded boxes with outline and hard shadow. */
#ifndef PLATFORM_BOX_H
#define PLATFORM_BOX_H

#include "platform/corner.h"
#include "platform/pixels.h"
#include "ui/frame.h"

void box_draw(const struct canvas *canvas, struct corners *corners,
              const struct draw *draw, enum theme theme);

#endif
