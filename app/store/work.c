/* The columns that an offer and a wish share. */
#include "store/work.h"

bool work_valid(const struct offer_work *work)
{
    return work->date != DATE_NONE && work->start >= 0 && work->start < work->end &&
           work->end <= MINUTES_PER_DAY && work->break_minutes >= 0 &&
           work->load_g >= 0 && (int)work->site_kind >= 0 &&
           work->site_kind < SITE_KIND_COUNT && (int)work->work_kind >= 0 &&
           work->work_kind < WORK_KIND_COUNT;
}

void work_bind(struct query *q, const struct offer_work *work, struct work_memory *memory)
{
    query_date(q, ":date", work->date, memory->date);
    query_time(q, ":starts", work->start, memory->starts);
    query_time(q, ":ends", work->end, memory->ends);
    query_int(q, ":break_minutes", work->break_minutes);
    query_text(q, ":site_kind", str_of(site_kind_name(work->site_kind)));
    query_text(q, ":work_kind", str_of(work_kind_name(work->work_kind)));
    query_int(q, ":load_g", work->load_g);
    query_int(q, ":dangerous", work->dangerous);
    query_int(q, ":paced", work->paced);
    query_int(q, ":alcohol_tobacco", work->alcohol_tobacco);
}

void work_read(struct query *q, int first_column, struct offer_work *work_out)
{
    int column = first_column;
    work_out->date = query_get_date(q, column++);
    work_out->start = query_get_time(q, column++);
    work_out->end = query_get_time(q, column++);
    work_out->break_minutes = (int)query_get_int(q, column++);
    int site = site_kind_from_name(query_peek_text(q, column++));
    int kind = work_kind_from_name(query_peek_text(q, column++));
    work_out->load_g = (int)query_get_int(q, column++);
    work_out->dangerous = query_get_bool(q, column++);
    work_out->paced = query_get_bool(q, column++);
    work_out->alcohol_tobacco = query_get_bool(q, column++);
    if (site < 0 || kind < 0) {
        query_corrupt(q);
        return;
    }
    work_out->site_kind = (enum site_kind)site;
    work_out->work_kind = (enum work_kind)kind;
    if (!work_valid(work_out)) {
        query_corrupt(q);
    }
}

void work_put(struct fact *fact, const struct offer_work *work)
{
    fact_date(fact, "date", work->date);
    fact_time(fact, "start", work->start);
    fact_time(fact, "end", work->end);
    fact_count(fact, "break_minutes", work->break_minutes);
    fact_text(fact, "site_kind", str_of(site_kind_name(work->site_kind)));
    fact_text(fact, "work_kind", str_of(work_kind_name(work->work_kind)));
    fact_count(fact, "load_g", work->load_g);
    fact_flag(fact, "dangerous", work->dangerous);
    fact_flag(fact, "paced", work->paced);
    fact_flag(fact, "alcohol_tobacco", work->alcohol_tobacco);
}
