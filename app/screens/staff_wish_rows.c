/* The team's list of wishes: those to decide first, then what was decided. */
#include "screens/staff_jobs.h"
#include "screens/staff_parts.h"

/* Index of the n-th row: open ones, then the others, each in the store's order. */
static int index_of(const struct staff_session *staff, int n)
{
    for (int decided = 0; decided <= 1; decided++) {
        for (int i = 0; i < staff->wish_count; i++) {
            if ((staff->wishes[i].state != WISH_ASKED) == decided && n-- == 0) {
                return i;
            }
        }
    }
    CHECK(!"no such row");
    return -1;
}

static struct staff_row row_of(struct ui *ui, int n)
{
    int index = index_of(&ui->model->staff, n);
    const struct wish *wish = &ui->model->staff.wishes[index];
    struct staff_row row = {.alias = wish->alias,
                            .title = wish->title,
                            .when = staff_when(ui, &wish->work),
                            .msg = msg_make(MSG_STAFF_ROW, index, 0)};
    staff_wish_state(ui, wish, &row.state, &row.tint);
    return row;
}

struct staff_rows staff_wish_rows(struct ui *ui)
{
    const struct staff_session *staff = &ui->model->staff;
    struct staff_rows rows = {.count = staff->wish_count, .row = row_of};
    rows.empty = ui_tr(ui, staff->listed ? N_("Gerade wartet kein Wunsch.")
                                         : N_("Einen Moment …"));
    if (staff->wish_count == STAFF_WISHES_MAX) {
        rows.more = ui_tr(ui, "Es gibt noch mehr Wünsche. Entscheide erst diese.");
    }
    return rows;
}
