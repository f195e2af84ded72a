#include "proof/card.h"
#include "proof/seal.h"
#include "support/support.h"
#include "unit/unit.h"

#include <pthread.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>

#define WORDS "Ich will lieber draußen arbeiten."

static struct seal_pair reader, stranger;

static struct str str_of_bytes(const uint8_t *bytes, size_t len)
{
    return (struct str){(const char *)bytes, len};
}

static struct card card_of(enum card_kind kind, uint64_t seed)
{
    struct rng rng = fake_rng(&seed);
    return card_make(kind, &rng);
}

static size_t put(const struct seal_pair *to, enum seal_purpose purpose,
                  const void *bytes, size_t len, uint8_t sealed[SEAL_SIZE_MAX])
{
    uint64_t seed = 21;
    struct rng rng = fake_rng(&seed);
    assert_int_equal(
        seal_put(&to->public, purpose, bytes, len, &rng, sealed, SEAL_SIZE_MAX), ERR_OK);
    return seal_size(len);
}

static enum err opened(const struct seal_pair *pair, enum seal_purpose purpose,
                       const uint8_t *sealed, size_t sealed_len)
{
    uint8_t bytes[SEAL_LEN_MAX];
    size_t len;
    return seal_open(pair, purpose, sealed, sealed_len, bytes, sizeof bytes, &len);
}

/* The text of the words above, sealed with the dice of seed 21: what is sealed today must
 * open in ten years. */
static const char golden[] =
    "XOItqKPF6Ndwae7GDMogKKqzmHd146fKVPjTP+kfliQEvyUpPmC1sb+VPzeVSlfvwStNC/1M4rt2Z3"
    "cOkGVMzYKVX5Npru1SuZbruKGrI7pNPqeUmoCwRI3JsTEsay1BbpL9KkvJDoqjN24CZeGsyzOQI7GD"
    "o+Ga6o7iqRIVTijiwsvJh4B7IvfRYkMJqfqQ9Xn8APQiDmSi3wVq3BaLbmBUWooNE66I+QlZfkfnP6"
    "OxX3CkucwJh+EAseMIUaaggIvQVuZrShKhAmjFaJCNVhjrL4GWctqGxidBx43taxZm/Gs1cK7VLrk7"
    "8qtYTlftAWj2/0ivl07YNpDGZUQDH513Q5B7HrHK0x9sMSAhmgTAQsqUxBu7vXwRU/vBbLIHz1ep3N"
    "Whw30HBti99sVbJQ==";

static void test_golden(void **state)
{
    uint8_t sealed[SEAL_SIZE_MAX], bytes[SEAL_TEXT_MAX];
    char text[SEAL_BASE64_SIZE(SEAL_SIZE(0))];
    size_t len;
    (void)state;
    size_t sealed_len = put(&reader, SEAL_WORDS, WORDS, strlen(WORDS), sealed);
    assert_int_equal(sealed_len, 304);
    seal_text_format(sealed, sealed_len, text, sizeof text);
    assert_string_equal(text, golden);
    assert_int_equal(seal_text_parse(str_of(golden), sealed, sizeof sealed, &len),
                     ERR_OK);
    assert_int_equal(len, sealed_len);
    assert_int_equal(
        seal_open(&reader, SEAL_WORDS, sealed, len, bytes, sizeof bytes, &len), ERR_OK);
    assert_true(str_eq(str_of_bytes(bytes, len), STR(WORDS)));
}

/* What other programs seal with libsodium opens here, and the other way round. */
static void test_it_is_a_sealed_box(void **state)
{
    uint8_t plain[SEAL_BUCKET] = {1, SEAL_WORDS, 0, 2, 'J', 'a'};
    uint8_t sealed[SEAL_SIZE_MAX], bytes[SEAL_BUCKET];
    size_t len;
    (void)state;
    crypto_box_seal(sealed, plain, sizeof plain, reader.public.b);
    assert_int_equal(
        seal_open(&reader, SEAL_WORDS, sealed, seal_size(2), bytes, sizeof bytes, &len),
        ERR_OK);
    assert_true(str_eq(str_of_bytes(bytes, len), STR("Ja")));
    put(&reader, SEAL_WORDS, "Ja", 2, sealed);
    assert_int_equal(
        crypto_box_seal_open(bytes, sealed, seal_size(2), reader.public.b, reader.secret),
        0);
    assert_memory_equal(bytes, plain, sizeof plain);
}

static void test_all_lengths_come_back(void **state)
{
    static const size_t lens[] = {0,   1,   251, 252,           253,
                                  507, 508, 509, SEAL_TEXT_MAX, SEAL_LEN_MAX};
    static uint8_t in[SEAL_LEN_MAX], out[SEAL_LEN_MAX], sealed[SEAL_SIZE_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof in; i++) {
        in[i] = (uint8_t)(i * 7 + 1);
    }
    for (size_t i = 0; i < ARRAY_LEN(lens); i++) {
        size_t len, sealed_len = put(&reader, SEAL_HISTORY, in, lens[i], sealed);
        assert_int_equal(sealed_len, seal_size(lens[i]));
        assert_int_equal(
            seal_open(&reader, SEAL_HISTORY, sealed, sealed_len, out, lens[i], &len),
            ERR_OK);
        assert_int_equal(len, lens[i]);
        assert_memory_equal(in, out, len);
        if (len > 0) {
            assert_int_equal(
                seal_open(&reader, SEAL_HISTORY, sealed, sealed_len, out, len - 1, &len),
                ERR_FULL);
        }
    }
}

static void test_the_size_tells_little(void **state)
{
    (void)state;
    for (size_t len = 0; len <= 252; len++) {
        assert_int_equal(seal_size(len), 304);
    }
    assert_int_equal(seal_size(253), 560);
    assert_int_equal(seal_size(SEAL_TEXT_MAX), 1072);
    assert_int_equal(seal_size(SEAL_LEN_MAX), SEAL_SIZE_MAX);
}

static void test_every_flipped_bit_is_refused(void **state)
{
    uint8_t sealed[SEAL_SIZE_MAX];
    (void)state;
    size_t len = put(&reader, SEAL_WORDS, WORDS, strlen(WORDS), sealed);
    for (size_t bit = 0; bit < len * 8; bit++) {
        sealed[bit / 8] ^= (uint8_t)(1u << bit % 8);
        enum err err = opened(&reader, SEAL_WORDS, sealed, len);
        sealed[bit / 8] ^= (uint8_t)(1u << bit % 8);
        /* X25519 ignores the top bit of a public key, but the nonce does not. */
        if (err != ERR_DENIED) {
            fail_msg("bit %zu: %s", bit, err_name(err));
        }
    }
    assert_int_equal(opened(&reader, SEAL_WORDS, sealed, len), ERR_OK);
}

static void test_every_truncation_is_refused(void **state)
{
    uint8_t sealed[SEAL_SIZE_MAX] = {0};
    (void)state;
    size_t whole = put(&reader, SEAL_WORDS, WORDS, strlen(WORDS), sealed);
    for (size_t len = 0; len < sizeof sealed; len++) {
        if (len != whole) {
            assert_int_not_equal(opened(&reader, SEAL_WORDS, sealed, len), ERR_OK);
        }
    }
    assert_int_equal(opened(&reader, SEAL_WORDS, sealed, 48), ERR_CORRUPT);
    assert_int_equal(opened(&reader, SEAL_WORDS, sealed, SEAL_SIZE_MAX + 256),
                     ERR_CORRUPT);
}

static void test_others_read_nothing(void **state)
{
    uint8_t sealed[SEAL_SIZE_MAX], bytes[64] = "untouched";
    size_t len = 99;
    (void)state;
    size_t sealed_len = put(&reader, SEAL_WORDS, WORDS, strlen(WORDS), sealed);
    assert_int_equal(
        seal_open(&stranger, SEAL_WORDS, sealed, sealed_len, bytes, sizeof bytes, &len),
        ERR_DENIED);
    assert_int_equal(
        seal_open(&reader, SEAL_HISTORY, sealed, sealed_len, bytes, sizeof bytes, &len),
        ERR_CORRUPT);
    assert_string_equal(bytes, "untouched");
    assert_int_equal(len, 99);
}

/* Well sealed by somebody who does not keep to the form. */
static void test_other_plain_forms_are_refused(void **state)
{
    static const struct {
        const char *name;
        size_t at;
        uint8_t value;
    } cases[] = {
        {"as it should be", 4, 'x'}, {"version 0", 0, 0},      {"version 2", 0, 2},
        {"purpose 0", 1, 0},         {"other purpose", 1, 2},  {"length beyond", 2, 1},
        {"length too long", 3, 253}, {"padding begins", 5, 1}, {"padding ends", 255, 1},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        uint8_t plain[SEAL_BUCKET] = {1, SEAL_WORDS, 0, 1, 'x'}, sealed[304];
        plain[cases[i].at] = cases[i].value;
        crypto_box_seal(sealed, plain, sizeof plain, reader.public.b);
        if (opened(&reader, SEAL_WORDS, sealed, sizeof sealed) !=
            (i == 0 ? ERR_OK : ERR_CORRUPT)) {
            fail_msg("%s", cases[i].name);
        }
    }
    uint8_t plain[2 * SEAL_BUCKET] = {1, SEAL_WORDS, 0, 1, 'x'}, sealed[560];
    crypto_box_seal(sealed, plain, sizeof plain, reader.public.b);
    assert_int_equal(opened(&reader, SEAL_WORDS, sealed, sizeof sealed), ERR_CORRUPT);
}

static void test_dice(void **state)
{
    uint8_t a[SEAL_SIZE_MAX], b[SEAL_SIZE_MAX];
    (void)state;
    size_t len = put(&reader, SEAL_WORDS, "Ja", 2, a);
    put(&reader, SEAL_WORDS, "Ja", 2, b);
    assert_memory_equal(a, b, len);
    /* The same dice with other content, purpose or reader: another one-time key. */
    put(&reader, SEAL_WORDS, "Je", 2, b);
    assert_memory_not_equal(a, b, SEAL_PUBLIC_SIZE);
    put(&reader, SEAL_NOTE, "Ja", 2, b);
    assert_memory_not_equal(a, b, SEAL_PUBLIC_SIZE);
    put(&stranger, SEAL_WORDS, "Ja", 2, b);
    assert_memory_not_equal(a, b, SEAL_PUBLIC_SIZE);
    struct rng rng = rng_system();
    assert_int_equal(
        seal_put(&reader.public, SEAL_WORDS, (const uint8_t *)"Ja", 2, &rng, b, sizeof b),
        ERR_OK);
    assert_memory_not_equal(a, b, SEAL_PUBLIC_SIZE);
}

static void test_what_cannot_be_sealed(void **state)
{
    static uint8_t bytes[SEAL_LEN_MAX + 1];
    uint8_t sealed[SEAL_SIZE_MAX + 256] = {7};
    struct rng rng = rng_system();
    const struct seal_public zero = {{0}};
    (void)state;
    assert_int_equal(seal_put(&reader.public, SEAL_WORDS, bytes, sizeof bytes, &rng,
                              sealed, sizeof sealed),
                     ERR_FULL);
    assert_int_equal(seal_put(&reader.public, SEAL_WORDS, bytes, 1, &rng, sealed, 303),
                     ERR_FULL);
    assert_int_equal(seal_put(&zero, SEAL_WORDS, bytes, 1, &rng, sealed, 304),
                     ERR_INVALID);
    assert_int_equal(sealed[0], 7);
}

static void test_keys_of_cards(void **state)
{
    struct card card = card_of(CARD_PARTICIPANT, 5), other = card_of(CARD_PARTICIPANT, 6);
    struct card staff = card;
    struct seal_pair pair, again, of_other, of_staff;
    uint8_t seeds[4][CARD_KEY_SIZE];
    char hex[KEY_PUBLIC_TEXT_SIZE];
    (void)state;
    staff.kind = CARD_STAFF;
    seal_keys_from_card(&card, &pair);
    seal_keys_from_card(&card, &again);
    seal_keys_from_card(&other, &of_other);
    seal_keys_from_card(&staff, &of_staff);
    assert_memory_equal(&pair, &again, sizeof pair);
    assert_memory_not_equal(pair.public.b, of_other.public.b, SEAL_PUBLIC_SIZE);
    assert_memory_not_equal(pair.public.b, of_staff.public.b, SEAL_PUBLIC_SIZE);
    seal_public_format(&pair.public, hex);
    assert_string_equal(
        hex, "3a73c9532a41be0572c62915152b8de853d772a38f262ec7557e40ad9df63e69");
    /* Nothing else that a card gives is the secret: the store may keep the lookup key. */
    card_lookup_key(&card, seeds[0]);
    card_derive_seed(&card, STR("anlauf seal 1"), seeds[1]);
    card_derive_seed(&card, STR("anlauf team 1"), seeds[2]);
    card_derive_seed(&card, STR(""), seeds[3]);
    for (int i = 0; i < 4; i++) {
        assert_memory_not_equal(pair.secret, seeds[i], SEAL_SECRET_SIZE);
        for (int j = 0; j < i; j++) {
            assert_memory_not_equal(seeds[i], seeds[j], CARD_KEY_SIZE);
        }
    }
}

static void test_halves_belong_together(void **state)
{
    struct seal_pair pair = {.secret = {3}};
    (void)state;
    assert_int_equal(seal_keys_from_secret(reader.secret, &stranger.public, &pair),
                     ERR_CORRUPT);
    assert_int_equal(pair.secret[0], 3);
    assert_int_equal(seal_keys_from_secret(reader.secret, &reader.public, &pair), ERR_OK);
    assert_memory_equal(&pair, &reader, sizeof pair);
    seal_keys_wipe(&pair);
    assert_true(sodium_is_zero((const uint8_t *)&pair, sizeof pair));
}

static void test_move(void **state)
{
    uint8_t sealed[SEAL_SIZE_MAX], moved[SEAL_SIZE_MAX], bytes[SEAL_TEXT_MAX];
    struct rng rng = rng_system();
    size_t len;
    (void)state;
    size_t sealed_len = put(&reader, SEAL_HISTORY, WORDS, strlen(WORDS), sealed);
    assert_int_equal(seal_move(&reader, &stranger.public, SEAL_HISTORY, sealed,
                               sealed_len, &rng, moved),
                     ERR_OK);
    assert_int_equal(
        seal_open(&stranger, SEAL_HISTORY, moved, sealed_len, bytes, sizeof bytes, &len),
        ERR_OK);
    assert_true(str_eq(str_of_bytes(bytes, len), STR(WORDS)));
    assert_int_equal(opened(&reader, SEAL_HISTORY, moved, sealed_len), ERR_DENIED);
    assert_int_equal(seal_move(&stranger, &stranger.public, SEAL_HISTORY, sealed,
                               sealed_len, &rng, moved),
                     ERR_DENIED);
    assert_int_equal(
        seal_move(&reader, &stranger.public, SEAL_WORDS, sealed, sealed_len, &rng, moved),
        ERR_CORRUPT);
}

static void test_text_form_is_canonical(void **state)
{
    static const char *const texts[] = {
        "A",    "AA",   "AAA",  "AB==", "AAB=",  "AA==\n", "A A=",  "AA=",  "AA===",
        "====", "A===", "-_-_", "\xC3", "AA==A", " AAAA",  "AAAA ", "AAAAA"};
    uint8_t bytes[4];
    size_t len;
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (seal_text_parse(str_of(texts[i]), bytes, sizeof bytes, &len) != ERR_INVALID) {
            fail_msg("'%s'", texts[i]);
        }
    }
    assert_int_equal(seal_text_parse(STR("AAAAAAA="), bytes, 4, &len), ERR_FULL);
    assert_int_equal(seal_text_parse(STR("AAAAAA=="), bytes, 4, &len), ERR_OK);
    assert_int_equal(len, 4);
    assert_int_equal(seal_text_parse(STR(""), bytes, 4, &len), ERR_OK);
    assert_int_equal(len, 0);
}

/* ---- what stays in memory --------------------------------------------------------- */

#define STACK_SIZE (512 * 1024)

enum depth { MAKES_KEYS, SEALS, OPENS };

struct trace {
    enum depth depth;
    uint8_t words[64], sealed[SEAL_SIZE_MAX], out[SEAL_TEXT_MAX];
    struct card card;
    struct seal_pair pair;
};

/* Runs on a stack that can be looked at afterwards; later steps would hide earlier ones.
 */
static void *leave_traces(void *ctx)
{
    struct trace *trace = ctx;
    struct rng rng = rng_system();
    size_t len;
    enum err err = ERR_OK;
    seal_keys_from_card(&trace->card, &trace->pair);
    if (trace->depth >= SEALS) {
        err = seal_put(&trace->pair.public, SEAL_WORDS, trace->words, sizeof trace->words,
                       &rng, trace->sealed, SEAL_SIZE_MAX);
    }
    if (err == ERR_OK && trace->depth >= OPENS) {
        err = seal_open(&trace->pair, SEAL_WORDS, trace->sealed,
                        seal_size(sizeof trace->words), trace->out, sizeof trace->out,
                        &len);
    }
    return err == ERR_OK ? trace : NULL;
}

static void run_on(void *stack, struct trace *trace)
{
    pthread_attr_t attr;
    pthread_t thread;
    void *result;
    assert_int_equal(pthread_attr_init(&attr), 0);
    assert_int_equal(pthread_attr_setstack(&attr, stack, STACK_SIZE), 0);
    assert_int_equal(pthread_create(&thread, &attr, leave_traces, trace), 0);
    assert_int_equal(pthread_join(thread, &result), 0);
    assert_ptr_equal(result, trace);
    pthread_attr_destroy(&attr);
}

static void nothing_stays(enum depth depth)
{
    static struct trace trace;
    static uint8_t seed[CARD_KEY_SIZE];
    /* Shared, as the C library gives private stacks back to the system when a thread
     * ends. */
    void *stack =
        mmap(NULL, STACK_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(stack, MAP_FAILED);
    trace = (struct trace){.depth = depth, .card = card_of(CARD_PARTICIPANT, 77)};
    randombytes_buf(trace.words, sizeof trace.words);
    card_derive_seed(&trace.card, STR("anlauf seal 1"), seed);
    run_on(stack, &trace);
    assert_false(sodium_is_zero(stack, STACK_SIZE));
    for (size_t at = 0; at < sizeof trace.words; at += 8) {
        assert_null(memmem(stack, STACK_SIZE, trace.words + at, 8));
    }
    assert_null(memmem(stack, STACK_SIZE, trace.pair.secret + 1, 16));
    assert_null(memmem(stack, STACK_SIZE, trace.card.secret, 16));
    assert_null(memmem(stack, STACK_SIZE, seed, 16));
    munmap(stack, STACK_SIZE);
}

static void test_nothing_stays_on_the_stack(void **state)
{
    (void)state;
    nothing_stays(MAKES_KEYS);
    nothing_stays(SEALS);
    nothing_stays(OPENS);
}

static int setup(void **state)
{
    uint64_t seed = 1;
    struct rng rng = fake_rng(&seed);
    (void)state;
    seal_keys_make(&rng, &reader);
    seal_keys_make(&rng, &stranger);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_it_is_a_sealed_box),
        cmocka_unit_test(test_all_lengths_come_back),
        cmocka_unit_test(test_the_size_tells_little),
        cmocka_unit_test(test_every_flipped_bit_is_refused),
        cmocka_unit_test(test_every_truncation_is_refused),
        cmocka_unit_test(test_others_read_nothing),
        cmocka_unit_test(test_other_plain_forms_are_refused),
        cmocka_unit_test(test_dice),
        cmocka_unit_test(test_what_cannot_be_sealed),
        cmocka_unit_test(test_keys_of_cards),
        cmocka_unit_test(test_halves_belong_together),
        cmocka_unit_test(test_move),
        cmocka_unit_test(test_text_form_is_canonical),
        cmocka_unit_test(test_nothing_stays_on_the_stack),
    };
    return proof_init() ? 1 : cmocka_run_group_tests(tests, setup, NULL);
}
