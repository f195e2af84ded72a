/* The centre, as the screens know it: which one, what it has acknowledged, and what staff
 * are typing to come to one. Nothing here is about a person, so it outlives visits. */
#ifndef MODEL_CENTRE_H
#define MODEL_CENTRE_H

#include "domain/lamp.h"

#define CENTRE_URL_SIZE 101
#define CENTRE_NAME_SIZE 128
#define CENTRE_CODE_CHARS 16
#define PARKED_MAX 60 /* as many as staff can look through; more are counted */

/* What became of the last wish to belong to a centre. */
enum centre_asking {
    CENTRE_NOT_ASKED,
    CENTRE_ASKED, /* waits for a line */
    CENTRE_JOINED,
    CENTRE_REFUSED, /* the code is unknown, used or too old */
    CENTRE_FAILED,  /* the server is not one, or not the one that made the code */
    CENTRE_ELSEWHERE, /* the old centre has to lock this kiosk first */
    CENTRE_ASKING_COUNT
};

struct centre {
    bool locked;                   /* this kiosk opens for nobody */
    bool words_can_be_sealed;      /* its key is known: own words are offered */
    struct sync_receipts receipts; /* receipts.enrolled: does it belong to one? */
    int64_t heard_mono_ms;         /* when receipts.since_ms was true */
    enum centre_asking asking;
    char asked_url[CENTRE_URL_SIZE];
    char url[CENTRE_URL_SIZE];
    char name[CENTRE_NAME_SIZE], organisation[CENTRE_NAME_SIZE];
};

/* A fact of this kiosk that the centre keeps but does not understand yet. */
struct parked_fact {
    int64_t seq;
    char kind[32], why[16];
};

enum centre_step {
    CENTRE_SHOW,  /* what there is */
    CENTRE_URL,   /* typing the address */
    CENTRE_CODE,  /* typing the code */
    CENTRE_CHECK, /* both are there: shall it be so? */
};

struct centre_form {
    enum centre_step step;
    bool scanned; /* both came from a QR code: back leads to what there is */
    bool saving;
    char url[CENTRE_URL_SIZE];
    char code[CENTRE_CODE_CHARS + 1];
    bool parked_known;
    int parked_count;
    struct parked_fact parked[PARKED_MAX];
};

#endif
