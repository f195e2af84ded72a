/* What really happened in a run, as nobody in it can know: people, their wishes, what a
 * screen told them, and what staff wanted. */
#ifndef NET_TRUTH_H
#define NET_TRUTH_H

#include "base/uid.h"
#include "domain/date.h"
#include "domain/offer.h"

#include <stdint.h>

#define TRUTH_PEOPLE_MAX 96
#define TRUTH_WISHES_MAX 192
#define TRUTH_OFFERS 3
#define TRUTH_HOMES 2
#define TRUTH_TODAY 20780

struct truth_person {
    struct uid id;
    char alias[24];
    uint8_t card[32]; /* that opens their part now */
    int home, slot;   /* where they were enrolled */
    bool saved;       /* and told so */
    bool deleted;     /* at a kiosk, and told so */
    int deleted_slot;
    bool forgotten; /* by staff at the centre */
    bool doubtful;  /* what is known of them was put back, there or here */
};

struct truth_wish {
    struct uid id;
    int person; /* by place in people */
    int home, slot, offer;
    bool promised; /* "you have it" */
    bool excused;  /* staff or a copied card broke the promise */
};

struct truth_offer {
    int places; /* 0: not posted */
    bool at_once, called_off;
    bool broken; /* staff took away what a kiosk may have promised */
};

struct truth {
    struct truth_person people[TRUTH_PEOPLE_MAX];
    int person_count;
    struct truth_wish wishes[TRUTH_WISHES_MAX];
    int wish_count;
    struct truth_offer offers[TRUTH_HOMES][TRUTH_OFFERS];
};

struct truth_wish *truth_find_wish(struct truth *truth, struct uid id);
/* Staff or a loss at the centre broke what was promised for this offer (-1: for all). */
void truth_excuse(struct truth *truth, int home, int offer);
struct truth_person *truth_find_person(struct truth *truth, struct uid id);
/* "B-3" */
void truth_code(int offer, char out[OFFER_CODE_SIZE]);
int truth_offer_of(const char *code);

#endif
