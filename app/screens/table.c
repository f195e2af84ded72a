#include "screens/screen.h"

static const struct screen *const table[SCREEN_COUNT] = {
    [SCREEN_HOME] = &screen_home,
    [SCREEN_AGE] = &screen_age,
    [SCREEN_OFFERS] = &screen_offers,
    [SCREEN_OFFER] = &screen_offer,
    [SCREEN_UNFIT] = &screen_unfit,
    [SCREEN_WHO] = &screen_who,
    [SCREEN_SAVED] = &screen_saved,
    [SCREEN_WISHES] = &screen_wishes,
    [SCREEN_ABOUT] = &screen_about,
    [SCREEN_TALK] = &screen_talk,
    [SCREEN_LANGUAGE] = &screen_language,
    [SCREEN_STAFF_DOOR] = &screen_staff_door,
    [SCREEN_STAFF] = &screen_staff,
    [SCREEN_STAFF_WISH] = &screen_staff_wish,
    [SCREEN_STAFF_JOB] = &screen_staff_job,
    [SCREEN_CALL] = &screen_call,
    [SCREEN_STAFF_PRINT] = &screen_staff_print,
    [SCREEN_STAFF_CARD] = &screen_staff_card,
    [SCREEN_STAFF_ORDER] = &screen_staff_order,
    [SCREEN_CENTRE] = &screen_centre,
    [SCREEN_PARKED] = &screen_parked,
    [SCREEN_LOCKED] = &screen_locked,
    [SCREEN_ENROL] = &screen_enrol,
    [SCREEN_CARD] = &screen_card,
    [SCREEN_STORED] = &screen_stored,
    [SCREEN_EVALUATE] = &screen_evaluate,
    [SCREEN_RESULT] = &screen_result,
    [SCREEN_SHEET] = &screen_sheet,
    [SCREEN_SHEET_PRINT] = &screen_sheet_print,
    [SCREEN_HERE] = &screen_here,
    [SCREEN_AGREEMENT] = &screen_agreement,
    [SCREEN_HOW] = &screen_how,
    [SCREEN_VOICES] = &screen_voices,
    [SCREEN_PROPOSE] = &screen_propose,
    [SCREEN_SITE] = &screen_site,
    [SCREEN_STAFF_VOICES] = &screen_staff_voices,
};

const struct screen *screen_of(enum screen_id id)
{
    CHECK(id < SCREEN_COUNT);
    return table[id];
}

void view(const struct model *model, struct text_measure measure, struct frame *frame)
{
    const struct screen *screen = screen_of(model->screen);
    struct ui ui;
    ui_begin(&ui, model, frame, measure, model->contrast ? THEME_CONTRAST : screen->theme);
    screen->view(&ui);
    frame->speech_private = screen->personal && !model->env.headphones;
    ui_notice(&ui);
    ui_warning(&ui);
}
