#include "domain/field.h"

/* The 25 fields in the order of their codes. */
static const struct {
    const char *name, *icon;
} fields[FIELD_MAX + 1] = {
    {"Anderes", "field-craft"}, /* 0: none */
    {"Botengänge", "field-errands"},
    {"Einkauf und Begleitung", "field-shopping"},
    {"Garten und Pflanzen", "field-garden"},
    {"Haushalt und Reinigung", "field-household"},
    {"Handy- und PC-Hilfe", "field-phone-help"},
    {"Umzug und Räumen", "field-moving"},
    {"Handwerk klein", "field-craft"},
    {"Holz", "field-wood"},
    {"Nähen und Textil", "field-textile"},
    {"Renovieren und Bauen", "field-renovating"},
    {"Catering und Service", "field-catering"},
    {"Veranstaltung: Auf- und Abbau", "field-event"},
    {"Stand und Markt", "field-market"},
    {"Bühne und Theater", "field-stage"},
    {"Technik und Ton", "field-sound"},
    {"Flyer und Verteilen", "field-leaflets"},
    {"Umfrage und Interview", "field-survey"},
    {"Film, Foto, Schnitt", "field-film"},
    {"Kunst und Gestaltung", "field-art"},
    {"Tiere", "field-pets"},
    {"Laden und Lager", "field-store"},
    {"Senioren", "field-seniors"},
    {"Beteiligung und Bühne der Meinung", "field-opinion"},
    {"Modell/Statist/Mitwirkung", "field-model"},
    {"Nachhilfe und Kinder", "field-tutoring"},
};

int field_from_code(struct str code)
{
    if (code.len != 3 || code.ptr[0] != 'F' || code.ptr[1] < '0' || code.ptr[1] > '9' ||
        code.ptr[2] < '0' || code.ptr[2] > '9') {
        return 0;
    }
    int field = (code.ptr[1] - '0') * 10 + (code.ptr[2] - '0');
    return field <= FIELD_MAX ? field : 0;
}

void field_code(int field, char out[FIELD_CODE_SIZE])
{
    CHECK(field >= 0 && field <= FIELD_MAX);
    struct buf b;
    buf_init(&b, out, FIELD_CODE_SIZE);
    buf_printf(&b, "F%02d", field);
}

static int known(int field)
{
    return field >= 1 && field <= FIELD_MAX ? field : 0;
}

const char *field_name(int field)
{
    return fields[known(field)].name;
}

const char *field_icon(int field)
{
    return fields[known(field)].icon;
}
