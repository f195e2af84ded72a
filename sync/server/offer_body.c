#include "server/offer_body.h"

#include "domain/field.h"
#include "domain/offer_json.h"

#define OBJECT_MAX 8192 /* more than any offer can be */

static void put_text(struct bytes *out, const char *name, const char *text)
{
    bytes_printf(out, "\"%s\":", name);
    bytes_json(out, str_of(text));
    bytes_puts(out, ",");
}

static void put_number(struct bytes *out, const char *name, int number)
{
    bytes_printf(out, "\"%s\":%d,", name, number);
}

static void put_flag(struct bytes *out, const char *name, bool flag)
{
    bytes_printf(out, "\"%s\":%s,", name, flag ? "true" : "false");
}

static void put_what(struct bytes *out, const struct offer *offer)
{
    char field[FIELD_CODE_SIZE];
    field_code(offer->field, field);
    put_text(out, "code", offer->code);
    put_text(out, "title", offer->title);
    put_text(out, "text", offer->text);
    put_text(out, "field", field);
    put_text(out, "district", offer->district);
    put_text(out, "place", offer->place);
}

static void put_work(struct bytes *out, const struct offer_work *work)
{
    char date[11], start[6], end[6];
    date_format(work->date, date);
    time_format(work->start, start);
    time_format(work->end, end);
    put_text(out, "date", date);
    put_text(out, "start", start);
    put_text(out, "end", end);
    put_number(out, "break_minutes", work->break_minutes);
    put_text(out, "site_kind", site_kind_name(work->site_kind));
    put_text(out, "work_kind", work_kind_name(work->work_kind));
    bytes_printf(out, "\"load_kg\":%d.%02d,", work->load_g / 1000,
                 work->load_g % 1000 / 10);
    put_flag(out, "dangerous", work->dangerous);
    put_flag(out, "paced", work->paced);
    put_flag(out, "alcohol_tobacco", work->alcohol_tobacco);
}

void offer_put_json(struct bytes *out, const struct offer *offer)
{
    bytes_puts(out, "{");
    put_what(out, offer);
    put_work(out, &offer->work);
    put_number(out, "cents_per_hour", offer->cents_per_hour);
    put_number(out, "walk_minutes", offer->walk_minutes);
    put_number(out, "min_age", offer->min_age);
    put_flag(out, "after_full_time_schooling", offer->after_schooling);
    put_flag(out, "adult_present", offer->adult_present);
    put_flag(out, "at_once", offer->at_once);
    put_number(out, "places", offer->places);
    bytes_printf(out, "\"taken\":%d}", offer->taken);
}

enum err offer_from_json(struct str json, struct offer *offer_out)
{
    char memory[OBJECT_MAX], why[256];
    struct buf list, error;
    size_t count = 0;
    buf_init(&list, memory, sizeof memory);
    buf_init(&error, why, sizeof why);
    buf_puts(&list, "[");
    buf_put(&list, json);
    buf_puts(&list, "]");
    enum err err = list.cut
                       ? ERR_CORRUPT
                       : offers_parse(buf_str(&list), 0, offer_out, 1, &count, &error);
    return err == ERR_OK && count == 1 ? ERR_OK : ERR_CORRUPT;
}
