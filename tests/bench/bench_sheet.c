/* What it takes to open a sheet of 500 jobs: read, opened, built, as the person waits for
 * it. Prints one line: name, nanoseconds, limit, and how often it was run. */
#include "support/support.h"

#include "disk_keys.h"
#include "forms.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define RUNS 7
#define LIMIT_NS 50000000

struct bench {
    char dir[32];
    struct device_key *key;
    struct forms *forms;
    struct disk disk;
    struct uid person;
    struct job job;
    struct reply reply;
    struct model model;
};

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void open_all(struct bench *b, const struct rng *rng)
{
    char memory[128];
    struct buf why;
    uint8_t seed[STORE_SEED_SIZE] = {1};
    struct store_report report;
    const struct store_options options = {
        .dir = b->dir, .boot_id = "bench", .clock = clock_system(), .rng = *rng};
    buf_init(&why, memory, sizeof memory);
    CHECK(proof_init() == ERR_OK);
    CHECK(mkdtemp(b->dir) != NULL);
    CHECK(store_open(&options, &report, &b->disk.store) == ERR_OK);
    CHECK(device_key_open(seed, rng, NULL, 0, &b->key) == ERR_OK);
    CHECK(forms_open(&why, &b->forms) == ERR_OK);
    CHECK(keyring_open(&b->disk.keyring) == ERR_OK);
    CHECK(sheet_box_open(&b->disk.sheets) == ERR_OK);
    b->disk.key = b->key;
    b->disk.forms = forms_set(b->forms);
    b->disk.clock = clock_system();
    b->model.env.forms = b->disk.forms;
}

static void put_person(struct bench *b, const struct rng *rng)
{
    struct store_enrolment enrolment = {
        .id = uid_make(rng), .secret = "x", .staff = {{1}}};
    char card[CREDENTIAL_TEXT_SIZE];
    b->person = enrolment.who.id = uid_make(rng);
    str_copy(enrolment.who.alias, sizeof enrolment.who.alias, STR("Falke"));
    credential_make_card(b->key, enrolment.id, false, card, enrolment.card);
    CHECK(store_enrol(b->disk.store, &enrolment) == ERR_OK);
    CHECK(disk_take_person_key(&b->disk, b->person, card) == ERR_OK);
}

static void put_item(struct bench *b, const struct rng *rng, int n)
{
    uint8_t bytes[SHEET_ITEM_BYTES_MAX];
    struct store_sheet_item stored = {.participant = b->person, .job = uid_make(rng)};
    struct sheet_item item = {.job = stored.job,
                              .date = 20000 + n,
                              .start = 900,
                              .end = 1020,
                              .field = 1 + n % FIELD_MAX,
                              .minutes = 120,
                              .confirmed = true,
                              .has_self = true,
                              .has_site = true,
                              .next_aspect = -1,
                              .next_index = -1};
    str_copy(item.title, sizeof item.title, STR("Handyhilfe im Seniorencafé"));
    evaluation_view_init(&item.self, SIDE_SELF, 1);
    evaluation_view_init(&item.site, SIDE_SITE, 1);
    item.self.aspects[n % 6] = item.site.aspects[n % 6] = 1;
    const struct disk_seal seal = {.fact = stored.job,
                                   .person = b->person,
                                   .about = stored.job,
                                   .purpose = SEAL_HISTORY,
                                   .bytes = bytes,
                                   .len = sheet_item_encode(&item, bytes, sizeof bytes)};
    CHECK(disk_seal_for(&b->disk, &seal, FOR_PERSON, &stored.sealed) == ERR_OK);
    CHECK(store_sheet_put(b->disk.store, &stored) == ERR_OK);
}

static int64_t open_sheet(struct bench *b)
{
    memset(&b->reply, 0, sizeof b->reply);
    b->job.effect.kind = EFFECT_OPEN_SHEET;
    b->job.effect.participant = b->person;
    int64_t start = now_ns();
    disk_run(&b->disk, &b->job, &b->reply);
    sheet_box_take(b->disk.sheets, &b->model);
    int64_t end = now_ns();
    CHECK(b->reply.err == ERR_OK && b->model.sheet.sheet.jobs == SHEET_ITEMS_MAX);
    return end - start;
}

static int remove_one(const char *path, const struct stat *info, int kind,
                      struct FTW *ftw)
{
    (void)info;
    (void)kind;
    (void)ftw;
    return remove(path);
}

int main(void)
{
    static struct bench b = {.dir = "/tmp/anlauf-sheet-XXXXXX"};
    const struct rng rng = rng_system();
    int64_t best = INT64_MAX;
    open_all(&b, &rng);
    put_person(&b, &rng);
    for (int i = 0; i < SHEET_ITEMS_MAX; i++) {
        put_item(&b, &rng, i);
    }
    for (int i = 0; i < RUNS; i++) {
        int64_t ns = open_sheet(&b);
        best = ns < best ? ns : best;
    }
    printf("sheet_of_500 ns=%lld limit_ns=%d rounds=%d\n", (long long)best, LIMIT_NS, RUNS);
    store_close(b.disk.store);
    keyring_close(b.disk.keyring);
    sheet_box_close(b.disk.sheets);
    forms_close(b.forms);
    device_key_close(b.key);
    nftw(b.dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return best <= LIMIT_NS ? 0 : 1;
}
