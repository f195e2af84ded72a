/* The screens without a world: messages in, model and effects out, answers by hand. */
#ifndef UNIT_SCREENS_STAGE_H
#define UNIT_SCREENS_STAGE_H

#include "screens/screen.h"
#include "unit/unit.h"

#define STAGE_TODAY date_from_ymd(2026, 11, 27)

struct stage {
    struct model model;
    struct effects effects;
    struct reply reply;
    int ids; /* every message sees ids that nobody has used yet */
};

static inline struct uid stage_id(int n)
{
    struct uid id = {{(uint8_t)n, (uint8_t)(n >> 8), 1}};
    return id;
}

static inline void stage_init(struct stage *stage)
{
    static const struct model_env env = {
        .centre = "Testhaus", .idle_s = 60, .warn_s = 15, .staff_idle_s = 300};
    memset(stage, 0, sizeof *stage);
    model_init(&stage->model, &env, 1280, 800);
    stage->model.today = STAGE_TODAY;
    stage->model.mono_ms = stage->model.touched_ms = 1000;
}

static inline void stage_fresh(struct stage *stage)
{
    stage->effects.count = 0;
    stage->model.fresh[0] = stage_id(++stage->ids);
    stage->model.fresh[1] = stage_id(++stage->ids);
}

static inline void stage_send(struct stage *stage, enum msg_kind kind, int a, int b)
{
    struct msg msg = msg_make(kind, a, b);
    stage_fresh(stage);
    update(&stage->model, &msg, NULL, &stage->effects);
}

/* The effect of a kind that the last message asked for, or NULL. */
static inline const struct effect *stage_asked(const struct stage *stage,
                                               enum effect_kind kind)
{
    for (int i = 0; i < stage->effects.count; i++) {
        if (stage->effects.list[i].kind == kind) {
            return &stage->effects.list[i];
        }
    }
    return NULL;
}

/* An empty answer of this visit, to be filled in before stage_answer(). */
static inline struct reply *stage_reply(struct stage *stage, enum effect_kind to,
                                        enum err err)
{
    memset(&stage->reply, 0, sizeof stage->reply);
    stage->reply.to = to;
    stage->reply.err = err;
    stage->reply.serial = stage->model.serial;
    return &stage->reply;
}

static inline void stage_answer(struct stage *stage)
{
    struct msg msg = msg_make(MSG_REPLY, 0, 0);
    stage_fresh(stage);
    update(&stage->model, &msg, &stage->reply, &stage->effects);
}

static inline void stage_fails(struct stage *stage, enum effect_kind to, enum err err)
{
    stage_reply(stage, to, err);
    stage_answer(stage);
}

static inline void stage_type(struct stage *stage, const char *text)
{
    for (; *text; text++) {
        stage_send(stage, MSG_KEY, *text, 0);
    }
}

static inline void stage_pin(struct stage *stage, const char *digits)
{
    for (; *digits; digits++) {
        stage_send(stage, MSG_STAFF_PIN, *digits - '0', 0);
    }
}

/* Through the door, onto the staff's table. */
static inline void stage_staff(struct stage *stage)
{
    stage_init(stage);
    stage_send(stage, MSG_OPEN, SCREEN_STAFF_DOOR, 0);
    stage_reply(stage, EFFECT_STAFF_KNOWN, ERR_OK)->yes = true;
    stage_answer(stage);
    str_copy(stage->model.staff.card, CARD_TEXT_SIZE, STR("ANKSTEST"));
    stage_pin(stage, "2468");
    stage_send(stage, MSG_SIGN_IN, 0, 0);
    struct reply *reply = stage_reply(stage, EFFECT_STAFF_SIGN_IN, ERR_OK);
    reply->staff = stage_id(9000);
    str_copy(reply->staff_alias, ALIAS_SIZE, STR("Nadja"));
    stage_answer(stage);
}

#endif
