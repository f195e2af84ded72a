/* Writes many facts into a kiosk's folder, as the kiosk would: people, their wishes, who
 * came and went, what did not fit. usage: tool_facts DIR COUNT [SEED] [KIND]
 *
 * KIND "unfit" writes only the cheapest kind. At least COUNT facts are written; prints
 * how many the log has then. */
#include "store/jobs.h"
#include "store/machine.h"
#include "store/sync.h"
#include "support/support.h"

#include "proof/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE_MS 60000

struct facts {
    struct store *store;
    struct clock clock;
    uint64_t seed;
    struct rng rng;
    struct participant who;
    struct uid staff;
    date_t today;
    int people, offer;
};

static bool must(enum err err, const char *what)
{
    if (err != ERR_OK) {
        fprintf(stderr, "tool_facts: %s: %s\n", what, err_name(err));
    }
    return err == ERR_OK;
}

static bool put_person(struct facts *facts)
{
    struct store_enrolment e = {.id = uid_make(&facts->rng), .staff = facts->staff};
    uint8_t number[4];
    e.who.id = uid_make(&facts->rng);
    rng_fill(&facts->rng, number, sizeof number);
    snprintf(e.who.alias, sizeof e.who.alias, "Otter %02x%02x%02x%02x", number[0],
             number[1], number[2], number[3]);
    e.who.band = AGE_16_17;
    e.who.band_until = facts->today + 300;
    e.who.full_time_schooling = true;
    e.who.consents[CONSENT_CUSTODIAN] = (struct consent){true, facts->today + 200};
    e.who.consents[CONSENT_STORE] = (struct consent){false, DATE_NONE};
    e.who.interests = 1u << 3 | 1u << 5;
    e.who.languages = 5;
    snprintf(e.who.district, sizeof e.who.district, "Nord");
    snprintf(e.secret, sizeof e.secret, "$argon2id$v=19$none");
    rng_fill(&facts->rng, e.card, sizeof e.card);
    facts->who = e.who;
    facts->people++;
    return must(store_enrol(facts->store, &e), "enrol");
}

static struct wish make_wish(struct facts *facts)
{
    struct wish wish;
    struct offer offer = {.field = 3, .cents_per_hour = 1000, .places = 2, .min_age = 13};
    int n = facts->offer++;
    snprintf(offer.code, sizeof offer.code, "T-%04d", n % 10000);
    snprintf(offer.title, sizeof offer.title, "Laub harken");
    snprintf(offer.place, sizeof offer.place, "Gartentor");
    snprintf(offer.district, sizeof offer.district, "Nord");
    offer.work = (struct offer_work){.date = facts->today,
                                     .start = 960,
                                     .end = 1080,
                                     .site_kind = SITE_NONPROFIT,
                                     .work_kind = WORK_GARDEN,
                                     .load_g = 5000};
    wish_from_offer(&wish, uid_make(&facts->rng), &facts->who, &offer);
    return wish;
}

static bool put_job_event(struct facts *facts, struct uid job,
                          enum assignment_event_kind kind, int minute)
{
    int64_t midnight_ms = (int64_t)facts->today * 24 * 60 * MINUTE_MS - 60 * MINUTE_MS;
    int64_t of_day_ms = (int64_t)minute * MINUTE_MS;
    struct assignment_event event = {.kind = kind,
                                     .assignment = job,
                                     .at = {midnight_ms + of_day_ms, 1, of_day_ms, 0}};
    enum assignment_answer answer;
    struct job_brief brief;
    return must(
        store_job_event(facts->store, uid_make(&facts->rng), &event, &answer, &brief),
        "job event");
}

/* Five facts: asked, confirmed, agreed, there, gone. One where the centre decides. */
static bool put_job(struct facts *facts)
{
    struct wish wish = make_wish(facts);
    struct store_decision decision = {uid_make(&facts->rng), wish.id, facts->staff, true,
                                      DECLINE_NONE};
    if (!must(store_wish(facts->store, &wish), "wish")) {
        return false;
    }
    enum err err = store_decide(facts->store, &decision);
    if (err == ERR_UNSUPPORTED) {
        return true;
    }
    return must(err, "decide") && put_job_event(facts, wish.id, JOB_AGREE, 900) &&
           put_job_event(facts, wish.id, JOB_CHECK_IN, 958) &&
           put_job_event(facts, wish.id, JOB_CHECK_OUT, 1081);
}

static bool put_small(struct facts *facts)
{
    char code[OFFER_CODE_SIZE];
    snprintf(code, sizeof code, "T-%04d", (int)rng_below(&facts->rng, 200));
    return must(store_unfit(facts->store, uid_make(&facts->rng), facts->who.id,
                            str_of(code),
                            (enum unfit_reason)(1 + rng_below(&facts->rng, 6))),
                "unfit");
}

static bool put_some(struct facts *facts, bool only_small, int64_t turn)
{
    if (only_small) {
        return put_small(facts);
    }
    if (turn % 8 == 0 && !put_person(facts)) {
        return false;
    }
    if (turn % 8 < 4) {
        return put_job(facts);
    }
    return turn % 16 == 4
               ? must(store_talk(facts->store, uid_make(&facts->rng), facts->who.id),
                      "talk")
               : put_small(facts);
}

static bool written(struct facts *facts, int64_t *count_out)
{
    struct sync_log log;
    bool good = must(store_log_get(facts->store, &log), "log");
    *count_out = good ? log.written : 0;
    return good;
}

static bool put_all(struct facts *facts, int64_t count, bool only_small)
{
    int64_t have = 0, goal;
    bool good = written(facts, &have);
    goal = have + count;
    for (int64_t turn = 0; good && have < goal; turn++) {
        good = put_some(facts, only_small, turn);
        if (good) {
            good = written(facts, &have);
        }
    }
    if (good) {
        printf("%lld\n", (long long)have);
    }
    return good;
}

int main(int argc, char **argv)
{
    char boot[MACHINE_BOOT_SIZE], machine[MACHINE_ID_SIZE];
    struct store_report report;
    struct facts facts = {.clock = clock_system()};
    if (argc < 3 || argc > 5) {
        fputs("usage: tool_facts DIR COUNT [SEED] [unfit]\n", stderr);
        return 2;
    }
    int64_t count = strtoll(argv[2], NULL, 10);
    facts.seed = argc > 3 ? strtoull(argv[3], NULL, 10) : 1;
    facts.rng = facts.seed > 0 ? fake_rng(&facts.seed) : rng_system();
    machine_boot(boot);
    machine_id(machine);
    const struct store_options options = {argv[1],     NULL,         boot,
                                          facts.clock, rng_system(), machine};
    if (proof_init() != ERR_OK ||
        !must(store_open(&options, &report, &facts.store), "open")) {
        return 3;
    }
    facts.today = (date_t)(clock_wall_ms(&facts.clock) / 86400000);
    facts.staff = uid_make(&facts.rng);
    bool good = put_all(&facts, count, argc > 4 && strcmp(argv[4], "unfit") == 0);
    store_close(facts.store);
    return good ? 0 : 1;
}
