#include "sync/net/truth.h"

#include <stdio.h>
#include <stdlib.h>

struct truth_wish *truth_find_wish(struct truth *truth, struct uid id)
{
    for (int i = 0; i < truth->wish_count; i++) {
        if (uid_eq(truth->wishes[i].id, id)) {
            return &truth->wishes[i];
        }
    }
    return NULL;
}

struct truth_person *truth_find_person(struct truth *truth, struct uid id)
{
    for (int i = 0; i < truth->person_count; i++) {
        if (uid_eq(truth->people[i].id, id)) {
            return &truth->people[i];
        }
    }
    return NULL;
}

void truth_code(int offer, char out[OFFER_CODE_SIZE])
{
    snprintf(out, OFFER_CODE_SIZE, "B-%d", offer + 1);
}

int truth_offer_of(const char *code)
{
    return atoi(code + 2) - 1;
}

void truth_excuse(struct truth *truth, int home, int offer)
{
    for (int i = 0; i < truth->wish_count; i++) {
        struct truth_wish *wish = &truth->wishes[i];
        if (wish->home == home && (offer < 0 || wish->offer == offer)) {
            wish->excused = true;
        }
    }
    if (offer >= 0) {
        truth->offers[home][offer].broken = true;
    }
}
