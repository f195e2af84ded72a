/* Any file of an organisation: refused with a place, or it only tightens. */
#include "domain/rules.h"

#include "base/asset.h"
#include "base/utf8.h"

#define MONDAY 20780 /* 2026-11-23 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct rules *load(struct str tightening)
{
    char memory[512];
    struct buf error;
    struct rules *rules = NULL;
    const struct asset *asset = asset_find("rules/youth-work.json");
    CHECK(asset != NULL);
    buf_init(&error, memory, sizeof memory);
    enum err err = rules_load((struct str){(const char *)asset->data, asset->len},
                              tightening, &error, &rules);
    CHECK(err == ERR_OK || (rules == NULL && error.len > 0));
    CHECK(utf8_valid(buf_str(&error)));
    return rules;
}

static bool allows(const struct rules *rules, int age, int kind)
{
    struct rules_person person = {.age = age, .full_time_schooling = true, .consent = true};
    struct rules_day day = {.school_day = true};
    struct rules_work work = {.date = MONDAY, .start = 16 * 60, .end = 20 * 60};
    struct offer_work asked = {.date = work.date,
                               .start = work.start,
                               .end = kind % 2 == 0 ? work.end : 18 * 60,
                               .site_kind = SITE_NONPROFIT,
                               .work_kind = (enum work_kind)kind};
    struct rules_verdict verdict;
    rules_check(rules, &person, &asked, &day, &work, 0, &verdict);
    return verdict.allowed;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct rules *law;
    struct rules *house = load((struct str){(const char *)data, size});
    if (law == NULL) {
        law = load(STR(""));
    }
    for (int age = 13; house != NULL && age <= 18; age++) {
        for (int kind = 0; kind < WORK_KIND_COUNT; kind++) {
            CHECK(!allows(house, age, kind) || allows(law, age, kind));
        }
    }
    rules_free(house);
    return 0;
}
