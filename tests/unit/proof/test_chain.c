/* The expected values were computed with Node's crypto module from PROTOCOL.md. */
#include "proof/chain.h"
#include "unit/unit.h"

#include <sodium.h>

#define LINE                                                                             \
    "{\"seq\":401,\"kind\":\"test.one\",\"v\":1,\"boot\":1,\"mono_ms\":1,\"wall_ms\":1," \
    "\"salt\":\"AAAAAAAAAAA\",\"body\":{}}"

static struct key key;

static int setup(void **state)
{
    uint8_t seed[KEY_SEED_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof seed; i++) {
        seed[i] = (uint8_t)i;
    }
    key_from_seed(seed, &key);
    return proof_init() == ERR_OK ? 0 : -1;
}

static void assert_hex(const uint8_t *bytes, size_t len, const char *hex)
{
    char text[2 * KEY_SIGNATURE_SIZE + 1];
    sodium_bin2hex(text, sizeof text, bytes, len);
    assert_string_equal(text, hex);
}

static void test_device(void **state)
{
    char text[UID_TEXT_SIZE];
    (void)state;
    assert_hex(key.public.b, sizeof key.public.b,
               "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8");
    uid_format(chain_device_of(&key.public), text);
    assert_string_equal(text, "2P8XDAEN338X6051EZBPZJQJNQ");
}

static struct chain_hash head_after_line(void)
{
    struct chain_hash head = chain_start(chain_device_of(&key.public), 2, 401);
    struct chain_hash line = chain_line_hash(STR(LINE));
    return chain_next(&head, &line);
}

static void test_heads(void **state)
{
    struct chain_hash head = chain_start(chain_device_of(&key.public), 2, 401);
    struct chain_hash line = chain_line_hash(STR(LINE));
    (void)state;
    assert_hex(head.b, sizeof head.b,
               "cfb30e579c0f3084f72c1ffaa804a4258c40e965862d98797ae5f4ad04219606");
    assert_hex(line.b, sizeof line.b,
               "455c648a0e44e7659594bcd13c2f714d5676b2ea87862ecd1ec5f34184de4e78");
    head = chain_next(&head, &line);
    assert_hex(head.b, sizeof head.b,
               "0352a0d483bf3d85ae206b4c07aa06c2b93cf56398bab6c0afe4a36ed6ce652e");
}

/* Another epoch, start or device is another chain from its first head on. */
static void test_starts_differ(void **state)
{
    struct uid dev = chain_device_of(&key.public), other = dev;
    (void)state;
    other.b[15] ^= 1;
    struct chain_hash head = chain_start(dev, 1, 23);
    struct chain_hash others[] = {chain_start(dev, 12, 3), chain_start(dev, 1, 24),
                                  chain_start(dev, 2, 23), chain_start(other, 1, 23)};
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        assert_false(chain_eq(&head, &others[i]));
    }
    struct chain_hash same = chain_start(dev, 1, 23);
    assert_true(chain_eq(&head, &same));
}

static void test_signature(void **state)
{
    struct chain_hash head = head_after_line();
    uint8_t signature[KEY_SIGNATURE_SIZE];
    (void)state;
    chain_sign(&key, &head, signature);
    assert_hex(signature, sizeof signature,
               "f391c1ae2e245f6486a893510e41a33e43431e146e25f3372e4c0770d612b87d"
               "3cd1cf6b45a8c59e598b31f7579476981e30dfca61312a76dec1a95fcfcd8a0d");
    assert_true(chain_verify(&key.public, &head, signature));
    signature[63] ^= 1;
    assert_false(chain_verify(&key.public, &head, signature));
    signature[63] ^= 1;
    head.b[0] ^= 1;
    assert_false(chain_verify(&key.public, &head, signature));
}

/* A signature over a head is none over a slip with the same bytes. */
static void test_domain(void **state)
{
    struct chain_hash head = head_after_line();
    uint8_t signature[KEY_SIGNATURE_SIZE];
    (void)state;
    key_sign(&key, STR("anlauf slip 1"), head.b, sizeof head.b, signature);
    assert_false(chain_verify(&key.public, &head, signature));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_device),        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_starts_differ), cmocka_unit_test(test_signature),
        cmocka_unit_test(test_domain),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
