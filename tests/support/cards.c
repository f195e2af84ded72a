#include "support/cards.h"

struct card {
    const char *icon, *title, *when, *where, *euros, *places;
    enum color tint;
    int taken, all;
};

static const struct card cards[6] = {
    {"field-garden", "Blumen gießen im Hof", "Mo 16–17 Uhr", "Mitte · 5 Min.", "5 €",
     "1 frei", COLOR_MINT, 0, 1},
    {"field-pets", "Hund ausführen", "Di 16–17 Uhr", "Pankow · 20 Min.", "5 €", "1 frei",
     COLOR_SAND, 0, 1},
    {"field-leaflets", "Flyer für das Kiezfest", "Mi 15–17 Uhr", "Neukölln · 25 Min.",
     "10 €", "3 frei", COLOR_LEMON, 1, 4},
    {"field-phone-help", "Handyhilfe im Seniorencafé", "Fr 15–17 Uhr", "Mitte · 10 Min.",
     "10 €", "2 frei", COLOR_SKY, 2, 4},
    {"field-catering", "Waffelstand beim Vereinsfest", "Fr 15–17 Uhr", "Lichtenberg",
     "10 €", "2 frei", COLOR_PEACH, 1, 3},
    {"talk", "Umfrage: Was fehlt im Kiez?", "Do 16–18 Uhr", "Mitte · 5 Min.", "10 €",
     "2 frei", COLOR_LILAC, 2, 4},
};

static struct draw *box(struct frame *f, struct rect r, enum color fill, int radius,
                        int shadow)
{
    struct draw *d = frame_draw(f, DRAW_BOX, r);
    d->fill = fill;
    d->line = 3;
    d->line_color = COLOR_INK;
    d->radius = radius;
    d->shadow = shadow;
    d->shadow_color = COLOR_INK;
    return d;
}

static struct draw *text(struct frame *f, struct rect r, const char *s, int size,
                         enum text_weight weight, enum color color)
{
    struct draw *d = frame_draw(f, DRAW_TEXT, r);
    d->text = frame_text(f, str_of(s));
    d->text_len = (uint32_t)str_of(s).len;
    d->fill = color;
    d->lines_max = r.h / (size * 5 / 4) > 1 ? 2 : 1;
    d->spec = (struct text_spec){weight, size, size * 37 / 30, false};
    return d;
}

static void icon(struct frame *f, const char *name, int x, int y, int size)
{
    struct draw *d = frame_draw(f, DRAW_ICON, rect_make(x, y, size, size));
    d->text = frame_text(f, str_of(name));
    d->text_len = (uint32_t)str_of(name).len;
}

static void pill(struct frame *f, int x, int y, int w, const char *icon_name,
                 const char *label, bool on)
{
    int inside = icon_name ? x + 65 : x;
    box(f, rect_make(x, y, w, 60), on ? COLOR_INK : COLOR_WHITE, 30, 4);
    if (icon_name) {
        icon(f, icon_name, x + 24, y + 15, 30);
    }
    struct draw *d =
        text(f, rect_make(inside, y + 15, x + w - inside - (icon_name ? 24 : 0), 30),
             label, 22, WEIGHT_LABEL, on ? COLOR_ON_INDIGO : COLOR_INK);
    d->align = icon_name ? ALIGN_LEFT : ALIGN_CENTER;
}

static void dots(struct frame *f, int right, int y, const struct card *c)
{
    for (int i = 0; i < c->all; i++) {
        box(f, rect_make(right - 22 * (c->all - i), y, 16, 16),
            i < c->taken ? COLOR_INK : COLOR_WHITE, 8, 0);
    }
}

static void card(struct frame *f, int x, int y, const struct card *c, bool pressed)
{
    y += pressed ? 8 : 0;
    box(f, rect_make(x, y, 390, 244), COLOR_WHITE, 28, pressed ? 0 : 8);
    struct draw *side = box(f, rect_make(x, y, 115, 244), c->tint, 28, 0);
    side->square = CORNER_RIGHT;
    icon(f, c->icon, x + 26, y + 92, 64);
    text(f, rect_make(x + 135, y + 20, 240, 70), c->title, 26, WEIGHT_TITLE, COLOR_INK);
    icon(f, "clock", x + 135, y + 107, 26);
    text(f, rect_make(x + 171, y + 106, 210, 27), c->when, 22, WEIGHT_TEXT, COLOR_INK);
    icon(f, "place", x + 135, y + 143, 26);
    text(f, rect_make(x + 171, y + 142, 210, 27), c->where, 22, WEIGHT_TEXT, COLOR_INK);
    text(f, rect_make(x + 135, y + 188, 100, 37), c->euros, 30, WEIGHT_TITLE, COLOR_INK);
    struct draw *d = text(f, rect_make(x + 260, y + 196, 109, 25), c->places, 20,
                          WEIGHT_LABEL, COLOR_INK);
    d->align = ALIGN_RIGHT;
    dots(f, x + 316, y + 201, c);
}

static void top(struct frame *f)
{
    box(f, rect_make(32, 14, 60, 60), COLOR_WHITE, 30, 4);
    icon(f, "back", 47, 29, 30);
    text(f, rect_make(108, 23, 400, 42), "Jobs für dich", 34, WEIGHT_TITLE, COLOR_INK);
    box(f, rect_make(988, 14, 60, 60), COLOR_WHITE, 30, 4);
    icon(f, "read-aloud", 1003, 29, 30);
    pill(f, 1064, 14, 184, "language", "Deutsch", false);
    pill(f, 32, 100, 121, NULL, "Alle 12", true);
    pill(f, 167, 100, 115, NULL, "Heute", false);
    pill(f, 296, 100, 191, NULL, "Diese Woche", false);
    pill(f, 501, 100, 216, NULL, "Kurz · bis 2 Std.", false);
    pill(f, 731, 100, 142, NULL, "Zu zweit", false);
    pill(f, 887, 100, 221, "new", "Neu für dich", false);
}

void cards_frame(struct frame *f, int pressed)
{
    frame_begin(f, 1280, 800, THEME_PAPER, COLOR_PAPER);
    top(f);
    for (int i = 0; i < 6; i++) {
        card(f, 32 + i % 3 * 413, 182 + i / 3 * 266, &cards[i], i == pressed);
    }
    pill(f, 32, 724, 229, "my-sheet", "Ich bin 13–14", false);
    text(f, rect_make(277, 741, 500, 27), "Du siehst nur Jobs, die du machen darfst.", 20,
         WEIGHT_TEXT, COLOR_MUTED);
    pill(f, 912, 724, 125, NULL, "1 von 2", false);
    box(f, rect_make(1053, 722, 195, 64), COLOR_BLITZ, 22, 6);
    struct draw *d =
        text(f, rect_make(1053, 738, 195, 32), "Mehr Jobs", 26, WEIGHT_TITLE, COLOR_INK);
    d->align = ALIGN_CENTER;
}

static void door_ar(struct frame *f, struct rect r, enum color fill,
                    const char *icon_name, const char *title, const char *below)
{
    box(f, r, fill, 28, 8);
    icon(f, icon_name, r.x + 40, r.y + 36, 90);
    f->draws[f->draw_count - 1].mirrored = true;
    struct draw *d = text(f, rect_make(r.x + 36, r.y + r.h - 140, r.w - 72, 52), title,
                          40, WEIGHT_TITLE, COLOR_INK);
    d->spec.rtl = true;
    d->align = ALIGN_RIGHT;
    d = text(f, rect_make(r.x + 36, r.y + r.h - 74, r.w - 72, 34), below, 26, WEIGHT_TEXT,
             COLOR_INK);
    d->spec.rtl = true;
    d->align = ALIGN_RIGHT;
}

void cards_frame_ar(struct frame *f)
{
    frame_begin(f, 1280, 800, THEME_PAPER, COLOR_PAPER);
    door_ar(f, rect_make(520, 152, 728, 268), COLOR_BLITZ, "flash", "شاهد الوظائف",
            "\u2068"
            "12\u2069 وظيفة جديدة. بدون تسجيل.");
    door_ar(f, rect_make(32, 152, 464, 268), COLOR_MINT, "place", "أنا هنا",
            "تسجيل الحضور والانصراف");
    door_ar(f, rect_make(784, 444, 464, 268), COLOR_ROSE, "how-was-it", "كيف كان؟",
            "قل رأيك");
    door_ar(f, rect_make(336, 444, 424, 268), COLOR_SKY, "my-sheet", "صفحتي",
            "ماذا أنجزت");
    door_ar(f, rect_make(32, 444, 280, 268), COLOR_LILAC, "talk", "أريد أن أتحدث",
            "مع مدرب");
    struct draw *d = text(f, rect_make(32, 754, 400, 28),
                          "الأحد \u2068"
                          "22\u2069 نوفمبر · \u2068"
                          "15:42\u2069",
                          20, WEIGHT_TEXT, COLOR_MUTED);
    d->spec.rtl = true;
}
