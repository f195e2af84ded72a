/* Slips of every kind in a folder, with what they should say, for readers that are not
 * ours: make_slips FOLDER. One line of slips.tsv a slip: name, profile, width in dots,
 * text of the QR code, printed lines in UTF-8 separated by "|". */
#include "print/escpos.h"
#include "print/slip_png.h"
#include "proof/card.h"
#include "proof/payload.h"
#include "support/support.h"
#include "text/text.h"

#include <stdio.h>
#include <string.h>

#define ALIAS "FALKE"
#define FSI "\xE2\x81\xA8"
#define PDI "\xE2\x81\xA9"

static struct slip slip;
static uint8_t memory[ESCPOS_BYTES_MAX];

static struct key device_key(void)
{
    const uint8_t seed[KEY_SEED_SIZE] = {7};
    struct key key;
    key_from_seed(seed, &key);
    return key;
}

static void make_payload(char text[PAYLOAD_TEXT_SIZE])
{
    const struct payload wish = {
        .kind = PAYLOAD_WISH, .fact = {{1, 2, 3}}, .holder = {{4, 5, 6, 7}},
        .offer_code = "H-1042", .date = 20784, .start = 900, .end = 1020, .issued = 20779,
    };
    struct key key = device_key();
    CHECK(payload_encode(&wish, &key, text) == ERR_OK);
}

static void make_card(char text[CARD_TEXT_SIZE])
{
    uint64_t seed = 1;
    struct rng rng = fake_rng(&seed);
    struct card card = card_make(CARD_PARTICIPANT, &rng);
    card_encode(&card, text);
}

static enum err lay_wish(struct slip *out)
{
    char payload[PAYLOAD_TEXT_SIZE];
    make_payload(payload);
    return slip_wish(&(struct slip_wish){
        STR("Blitzjob-Wunsch"), STR("Handyhilfe im Seniorencafé"),
        STR("Freitag, 27.11. · 15–17 Uhr"), STR("Seniorenhaus am Park, Mitte"),
        STR("10 Euro"), str_of(payload), STR(ALIAS), STR("7K3M-QX"),
        STR("Ein Wunsch, kein Vertrag. Ein Coach sagt dir Bescheid."), false}, out);
}

static enum err lay_arabic(struct slip *out)
{
    char payload[PAYLOAD_TEXT_SIZE];
    make_payload(payload);
    return slip_wish(&(struct slip_wish){
        STR("أمنية عمل"), STR("مساعدة في استخدام الهاتف في مقهى المسنين"),
        STR("الجمعة 27.11. · 15:00"), STR("Seniorenhaus am Park, Mitte"), STR(FSI "10 €" PDI),
        str_of(payload), STR(ALIAS), STR("7K3M-QX"), STR("هذه أمنية وليست عقداً."), true}, out);
}

static enum err lay_hostile(struct slip *out)
{
    static const char text[] = "A\x1b@\x1dV\x42\x10\x14\x01 \xE2\x80\xAE\xff<b>%s';--";
    char payload[PAYLOAD_TEXT_SIZE];
    struct str bad = {text, sizeof text - 1};
    make_payload(payload);
    return slip_wish(&(struct slip_wish){bad, bad, bad, bad, bad, str_of(payload), bad, bad,
                                         bad, false}, out);
}

static enum err lay_card(struct slip *out)
{
    char card[CARD_TEXT_SIZE];
    make_card(card);
    return slip_card(&(struct slip_card){
        STR("Deine Karte"), STR("Falke"), str_of(card), STR("Pass gut auf diese Karte auf."),
        STR("Hier falten. Der Code bleibt innen."), false}, out);
}

static enum err lay_test(struct slip *out)
{
    return slip_test(&(struct slip_test){
        STR("Druckertest"), STR("generic-58"), STR("Zwölf Boxkämpfer jagen Viktor."),
        STR("Alles gut lesbar? Dann ist der Drucker bereit."), false}, out);
}

static const struct {
    const char *name;
    enum err (*lay)(struct slip *out);
} kinds[] = {{"wish", lay_wish},       {"arabic", lay_arabic}, {"hostile", lay_hostile},
             {"card", lay_card},       {"test", lay_test}};

static FILE *open_in(const char *folder, const char *name, const char *ending)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s%s", folder, name, ending);
    FILE *file = fopen(path, "wb");
    if (!file) {
        perror(path);
    }
    CHECK(file);
    return file;
}

static void write_expected(FILE *table, const char *name, const struct profile *profile)
{
    static struct typeset typeset;
    CHECK(typeset_make(&slip, profile, &typeset) == ERR_OK);
    fprintf(table, "%s\t%s\t%d\t%s\t", name, profile->name, profile->dots, slip.qr_text);
    for (int i = 0; i < typeset.count; i++) {
        if (typeset.lines[i].kind == TYPESET_TEXT) {
            fprintf(table, "%.*s|", (int)typeset.lines[i].text.len, typeset.lines[i].text.ptr);
        }
    }
    fprintf(table, "\n");
}

static void write_bytes(const char *folder, const char *name, const struct profile *profile,
                        const struct text_paint *paint)
{
    char ending[64];
    struct bytes out;
    bytes_init(&out, memory, sizeof memory);
    CHECK(escpos_encode(&slip, profile, paint, &out) == ERR_OK);
    snprintf(ending, sizeof ending, ".%s.escpos", profile->name);
    FILE *file = open_in(folder, name, ending);
    CHECK(fwrite(out.data, 1, out.len, file) == out.len);
    CHECK(fclose(file) == 0);
}

static void write_picture(const char *folder, const char *name, int width,
                          const struct text_paint *paint)
{
    char path[512];
    struct surface surface = {0};
    snprintf(path, sizeof path, "%s/%s.%d.png", folder, name, width);
    CHECK(slip_png_draw(&slip, width, paint, &surface) == ERR_OK);
    CHECK(slip_png_write(&surface, path) == ERR_OK);
    slip_png_done(&surface);
}

static void make_kind(size_t kind, const char *folder, FILE *table,
                      const struct text_paint *paint)
{
    CHECK(kinds[kind].lay(&slip) == ERR_OK);
    for (size_t i = 0; i < profile_count(); i++) {
        write_expected(table, kinds[kind].name, profile_at(i));
        write_bytes(folder, kinds[kind].name, profile_at(i), paint);
    }
    write_picture(folder, kinds[kind].name, 384, paint);
    write_picture(folder, kinds[kind].name, 576, paint);
}

int main(int argc, char **argv)
{
    char why_text[256], hex[KEY_PUBLIC_TEXT_SIZE];
    struct buf why;
    struct text *text;
    buf_init(&why, why_text, sizeof why_text);
    if (argc != 2 || proof_init() != ERR_OK || text_open(&why, &text) != ERR_OK) {
        fprintf(stderr, "make_slips FOLDER: %s\n", why_text);
        return 2;
    }
    struct key key = device_key();
    struct text_paint paint = text_paint(text);
    FILE *table = open_in(argv[1], "slips", ".tsv");
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        make_kind(i, argv[1], table, &paint);
    }
    CHECK(fclose(table) == 0);
    key_public_format(&key.public, hex);
    FILE *file = open_in(argv[1], "device", ".key");
    fprintf(file, "%s\n", hex);
    CHECK(fclose(file) == 0);
    text_close(text);
    return 0;
}
