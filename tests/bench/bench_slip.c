/* What a slip costs: the QR code, the bytes for a printer, the signed text. Prints one line
 * a measure: name, nanoseconds, and how many were run. For instructions run it under
 * `valgrind --tool=callgrind --toggle-collect=escpos_encode`. */
#include "print/escpos.h"
#include "proof/payload.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define ROUNDS 2000

static struct slip slip;
static struct key key;
static char payload[PAYLOAD_TEXT_SIZE];
static uint8_t memory[ESCPOS_BYTES_MAX];

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void sign(void)
{
    const struct payload wish = {
        .kind = PAYLOAD_WISH, .fact = {{1}}, .offer_code = "H-1042", .date = 20784,
        .start = 900, .end = 1020, .issued = 20779,
    };
    CHECK(payload_encode(&wish, &key, payload) == ERR_OK);
}

static void lay(void)
{
    const struct slip_wish wish = {
        STR("Blitzjob-Wunsch"), STR("Handyhilfe im Seniorencafé"),
        STR("Freitag, 27.11. · 15–17 Uhr"), STR("Seniorenhaus am Park, Mitte"),
        STR("10 Euro"), str_of(payload), STR("FALKE"), STR("7K3M-QX"),
        STR("Ein Wunsch, kein Vertrag. Ein Coach sagt dir Bescheid."), false,
    };
    CHECK(slip_wish(&wish, &slip) == ERR_OK);
}

static void encode_for(const char *profile)
{
    struct bytes out;
    bytes_init(&out, memory, sizeof memory);
    CHECK(escpos_encode(&slip, profile_find(str_of(profile)), NULL, &out) == ERR_OK);
}

static void encode_58(void)
{
    encode_for("generic-58");
}

static void encode_80(void)
{
    encode_for("generic-80");
}

/* The fastest of five runs: the machine may be busy with something else. */
static int64_t measure(void (*what)(void))
{
    int64_t best = INT64_MAX;
    for (int run = 0; run < 5; run++) {
        int64_t start = now_ns();
        for (int i = 0; i < ROUNDS / 5; i++) {
            what();
        }
        int64_t each = (now_ns() - start) / (ROUNDS / 5);
        best = each < best ? each : best;
    }
    return best;
}

int main(void)
{
    static const struct {
        const char *name;
        void (*what)(void);
        int64_t limit_ns; /* 0: only told */
    } measures[] = {
        {"slip_sign", sign, 0},
        {"slip_lay_with_qr", lay, 0},
        {"slip_encode_58", encode_58, 100000},
        {"slip_encode_80", encode_80, 100000},
    };
    const uint8_t seed[KEY_SEED_SIZE] = {7};
    int failed = 0;
    CHECK(proof_init() == ERR_OK);
    key_from_seed(seed, &key);
    for (size_t i = 0; i < ARRAY_LEN(measures); i++) {
        int64_t ns = measure(measures[i].what);
        bool slow = measures[i].limit_ns > 0 && ns > measures[i].limit_ns;
        printf("%s ns=%lld limit_ns=%lld rounds=%d\n", measures[i].name, (long long)ns,
               (long long)measures[i].limit_ns, ROUNDS);
        failed += slow;
    }
    return failed ? 1 : 0;
}
