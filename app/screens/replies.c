/* Which file hears which answer. */
#include "screens/replies.h"

/* The same fact can come from the team, from a site, or from the person. */
static void on_job_event(struct model *model, const struct reply *reply,
                         struct effects *effects)
{
    reply_fn *hears = model->staff.open  ? staff_job_on_event
                      : model->site.open ? site_on_event
                                         : here_on_event;
    hears(model, reply, effects);
}

static void on_evaluation(struct model *model, const struct reply *reply,
                          struct effects *effects)
{
    reply_fn *hears = model->staff.open ? call_on_evaluation : result_on_evaluation;
    hears(model, reply, effects);
}

static reply_fn *const table[EFFECT_KIND_COUNT] = {
    [EFFECT_SIGN_IN_ALIAS] = who_on_sign_in,
    [EFFECT_READ_SCAN] = who_on_scan,
    [EFFECT_LIST_WISHES] = wishes_on_list,
    [EFFECT_UNDO_WISH] = wishes_on_undo,
    [EFFECT_SAVE_WISH] = saved_on_wish,
    [EFFECT_PRINT_WISH] = saved_on_print,
    [EFFECT_SAVE_UNFIT] = unfit_on_saved,
    [EFFECT_SAVE_TALK] = talk_on_saved,
    [EFFECT_ABOUT] = about_on_reply,
    [EFFECT_STAFF_KNOWN] = staff_on_known,
    [EFFECT_STAFF_SIGN_IN] = staff_on_sign_in,
    [EFFECT_STAFF_ADD] = staff_on_added,
    [EFFECT_STAFF_LIST] = staff_on_list,
    [EFFECT_STAFF_TODAY] = today_on_list,
    [EFFECT_STAFF_CALLS] = calls_on_list,
    [EFFECT_TALKED] = calls_on_talked,
    [EFFECT_STAFF_JOB] = staff_job_on_job,
    [EFFECT_OPEN_VIEWS] = call_on_views,
    [EFFECT_SAVE_NOTE] = call_on_note,
    [EFFECT_PRINT_DAY] = day_on_print,
    [EFFECT_PRINT_ORDER] = day_on_print,
    [EFFECT_DECIDE] = staff_on_decided,
    [EFFECT_ENROL] = enrol_on_saved,
    [EFFECT_ISSUE_CARD] = card_on_issued,
    [EFFECT_PRINT_CARD] = card_on_print,
    [EFFECT_PRINTER_STATUS] = printer_on_status,
    [EFFECT_SAVE_VIEW] = evaluate_on_saved,
    [EFFECT_EVALUATION] = on_evaluation,
    [EFFECT_OPEN_RESULT] = result_on_opened,
    [EFFECT_OPEN_SHEET] = sheet_on_opened,
    [EFFECT_PRINT_SHEET] = sheet_on_print,
    [EFFECT_PRINT_HOURS] = hours_on_print,
    [EFFECT_LIST_JOBS] = jobs_on_list,
    [EFFECT_JOB_SEEN] = here_on_seen,
    [EFFECT_JOB_EVENT] = on_job_event,
    [EFFECT_PRINT_AGREEMENT] = agreement_on_print,
    [EFFECT_VOICES] = voices_on_list,
    [EFFECT_VOICE_CAST] = voices_on_saved,
    [EFFECT_VOICE_PROPOSE] = voices_on_saved,
    [EFFECT_VOICE_STAFF] = voices_on_saved,
    [EFFECT_VOICE_WORDS] = voices_on_words,
    [EFFECT_SITE_ENTER] = site_on_entered,
    [EFFECT_CENTRE_ASK] = centre_on_asked,
    [EFFECT_PARKED] = parked_on_list,
};

static void offers_on_loaded(struct model *model, const struct reply *reply)
{
    /* The offers themselves lie in the model already: the loop puts them there. */
    model->offers_known = reply->err == ERR_OK;
    if (model->browse.offer >= model->offer_count) {
        model->browse.offer = -1;
    }
    browse_refresh(model);
}

void replies_update(struct model *model, const struct reply *reply, struct effects *effects)
{
    if (reply->receipts_told) {
        model_receipts(model, &reply->receipts);
    }
    if (reply->to == EFFECT_LOAD_OFFERS) {
        offers_on_loaded(model, reply);
        return;
    }
    if (reply->to == EFFECT_CENTRE) {
        if (reply->err == ERR_OK) {
            model_centre(model, &reply->centre);
        }
        return;
    }
    /* An answer to a visit that has ended is about somebody who is gone. */
    if (reply->serial == model->serial && table[reply->to]) {
        table[reply->to](model, reply, effects);
    }
}
