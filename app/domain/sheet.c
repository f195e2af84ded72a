/* From a person's items to their sheet. */
#include "domain/sheet.h"

#include <string.h>

/* Newest first; a total order, so that the order of the input changes nothing. */
static bool newer(const struct sheet_item *a, const struct sheet_item *b)
{
    if (a->date != b->date) {
        return a->date > b->date;
    }
    if (a->start != b->start) {
        return a->start > b->start;
    }
    return memcmp(a->job.b, b->job.b, sizeof a->job.b) > 0;
}

/* The place of this item's job in the order, or order_count. */
static int same_job(const struct sheet *s, const struct sheet_item *items, size_t item)
{
    int at = 0;
    while (at < s->order_count && !uid_eq(items[s->order[at]].job, items[item].job)) {
        at++;
    }
    return at;
}

/* Which of two items of one job holds: the later revision; of equal ones the one whose
 * bytes are greater, so that both kiosks decide alike. */
static bool replaces(const struct sheet_item *a, const struct sheet_item *b)
{
    uint8_t bytes_a[SHEET_ITEM_BYTES_MAX] = {0}, bytes_b[SHEET_ITEM_BYTES_MAX] = {0};
    if (a->revision != b->revision) {
        return a->revision > b->revision;
    }
    (void)sheet_item_encode(a, bytes_a, sizeof bytes_a);
    (void)sheet_item_encode(b, bytes_b, sizeof bytes_b);
    return memcmp(bytes_a, bytes_b, sizeof bytes_a) > 0;
}

static void remove_at(struct sheet *s, int at)
{
    s->order_count--;
    memmove(&s->order[at], &s->order[at + 1],
            (size_t)(s->order_count - at) * sizeof s->order[0]);
}

static void insert(struct sheet *s, const struct sheet_item *items, size_t item)
{
    int at = s->order_count++;
    for (; at > 0 && newer(&items[item], &items[s->order[at - 1]]); at--) {
        s->order[at] = s->order[at - 1];
    }
    s->order[at] = (uint16_t)item;
}

static void drop_missed(struct sheet *s, const struct sheet_item *items)
{
    for (int i = s->order_count - 1; i >= 0; i--) {
        if (items[s->order[i]].missed) {
            remove_at(s, i);
        }
    }
}

static void put_in_order(struct sheet *s, const struct sheet_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int at = same_job(s, items, i);
        if (at < s->order_count) {
            if (!replaces(&items[i], &items[s->order[at]])) {
                continue;
            }
            remove_at(s, at);
        }
        insert(s, items, i);
    }
    drop_missed(s, items); /* last: a later revision may have made it one */
}

static void count_time(struct sheet *s, const struct sheet_item *items)
{
    for (int i = 0; i < s->order_count; i++) {
        const struct sheet_item *item = &items[s->order[i]];
        s->jobs++;
        *(item->confirmed ? &s->minutes : &s->minutes_open) += item->minutes;
        s->field_minutes[item->field] += item->confirmed ? item->minutes : 0;
        s->tried |= item->field > 0 ? (field_set_t)1 << item->field : 0;
    }
    s->never_tried = ~s->tried & ((field_set_t)-1 >> (31 - FIELD_MAX)) & ~(field_set_t)1;
}

/* ---- strengths ---- */

static struct sheet_strength *strength_of(struct sheet *s, const char *text, bool own)
{
    for (int i = 0; i < s->strength_count; i++) {
        struct sheet_strength *known = &s->strengths[i];
        if (known->own_words == own && strcmp(known->text, text) == 0) {
            return known;
        }
    }
    if (s->strength_count == SHEET_STRENGTHS_MAX) {
        return NULL; /* the newest ones are kept; the header says so */
    }
    struct sheet_strength *fresh = &s->strengths[s->strength_count++];
    *fresh = (struct sheet_strength){.text = text, .own_words = own};
    return fresh;
}

static void add_tiles(struct sheet *s, const struct evaluation_form *form,
                      const struct evaluation_view *view)
{
    for (int tile = 0; tile < form->tile_count; tile++) {
        struct sheet_strength *strength =
            view->tiles >> tile & 1u ? strength_of(s, form->tiles[tile].text, false)
                                     : NULL;
        if (strength) {
            strength->by_self |= view->side == SIDE_SELF;
            strength->by_site |= view->side == SIDE_SITE;
        }
    }
}

static void add_view(struct sheet *s, const struct form_set *forms, bool has,
                     const struct evaluation_view *view)
{
    const struct evaluation_form *form = has ? form_set_find(forms, view->form) : NULL;
    if (form) {
        add_tiles(s, form, view);
    }
}

static void collect_strengths(struct sheet *s, const struct sheet_item *items,
                              const struct form_set *forms)
{
    for (int i = 0; i < s->order_count; i++) {
        const struct sheet_item *item = &items[s->order[i]];
        struct sheet_strength *own =
            item->strength[0] ? strength_of(s, item->strength, true) : NULL;
        if (own) {
            own->by_self = true;
        }
        add_view(s, forms, item->has_self, &item->self);
        add_view(s, forms, item->has_site, &item->site);
    }
}

/* ---- both views, and the way so far ---- */

static void choose_outline(struct sheet *s, const struct sheet_item *items,
                           const struct form_set *forms)
{
    for (int i = 0; i < s->order_count && !s->outline; i++) {
        const struct sheet_item *item = &items[s->order[i]];
        s->outline = item->has_self || item->has_site ? item : NULL;
    }
    if (!s->outline || !s->outline->has_self || !s->outline->has_site) {
        return;
    }
    const struct evaluation_form *form = form_set_find(forms, s->outline->self.form);
    if (form) {
        difference_of(form, &s->outline->self, &s->outline->site, &s->difference);
        s->has_difference = true;
    }
}

static void tell_development(struct sheet *s, const struct sheet_item *items,
                             const struct form_set *forms)
{
    const struct evaluation_view *selves[SHEET_ITEMS_MAX];
    size_t count = 0;
    for (int i = s->order_count - 1; i >= 0; i--) { /* oldest first */
        const struct sheet_item *item = &items[s->order[i]];
        if (item->has_self) {
            selves[count++] = &item->self;
        }
    }
    difference_development(forms, selves, count, &s->development);
}

enum err sheet_build(const struct sheet_item *items, size_t count,
                     const struct form_set *forms, field_set_t interests,
                     struct sheet *out)
{
    CHECK(items);
    if (count > SHEET_ITEMS_MAX) {
        return ERR_FULL;
    }
    memset(out, 0, sizeof *out);
    put_in_order(out, items, count);
    count_time(out, items);
    out->last = out->order_count > 0 ? &items[out->order[0]] : NULL;
    out->new_field =
        field_never_tried(out->tried, interests, out->last ? out->last->field : 0);
    collect_strengths(out, items, forms);
    choose_outline(out, items, forms);
    tell_development(out, items, forms);
    return ERR_OK;
}

int sheet_outline_corner(const struct evaluation_form *form,
                         const struct evaluation_view *view, int aspect)
{
    CHECK(aspect >= 0 && aspect < form->aspect_count);
    const struct form_question *q = &form->aspects[aspect];
    int place = form_question_place(q, view->aspects[aspect]);
    if (view->form != form->version || place == 0) {
        return -1;
    }
    return place * 1000 / form_question_places(q);
}
