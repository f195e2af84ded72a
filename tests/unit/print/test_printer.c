#include "print/printer.h"
#include "print/printer_dir.h"
#include "unit/unit.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* A printer behind a socket. It answers DLE EOT with the bytes of its case. */
struct fake {
    enum { ANSWERS, SILENT, HANGS, CLOSES, SLOW, TALKS_NONSENSE } manner;
    uint8_t answers[5]; /* [n] to DLE EOT n */
    uint8_t later[5];   /* after the first byte of a job, if later[1] is not 0 */
    int listener, port;
    pthread_t thread;
    size_t taken; /* bytes of jobs, without the questions */
    int stop[2];  /* a pipe: closed when the test is over */
};

#define READY_ANSWERS {0, 0x16, 0x12, 0x12, 0x12}

static bool over(struct fake *fake, int fd, int wait_ms)
{
    struct pollfd fds[2] = {{.fd = fake->stop[0], .events = POLLIN},
                            {.fd = fd, .events = POLLIN}};
    return poll(fds, 2, wait_ms) > 0 && fds[0].revents;
}

static void take(struct fake *fake, int fd, const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (i + 2 < len && bytes[i] == 0x10 && bytes[i + 1] == 0x04 && bytes[i + 2] <= 4) {
            bool changed = fake->taken > 0 && fake->later[1];
            uint8_t answer = (changed ? fake->later : fake->answers)[bytes[i + 2]];
            if (fake->manner == ANSWERS || fake->manner == SLOW) {
                (void)!send(fd, &answer, 1, MSG_NOSIGNAL);
            } else if (fake->manner == TALKS_NONSENSE) {
                (void)!send(fd, "\xff\xff\x00\xffHELLO", 9, MSG_NOSIGNAL);
            }
            i += 2;
        } else {
            fake->taken++;
        }
    }
}

static void serve(struct fake *fake, int fd)
{
    uint8_t bytes[65536];
    while (!over(fake, fd, -1)) {
        size_t want = fake->manner == SLOW && fake->taken > 0 ? 1 : sizeof bytes;
        ssize_t n = fake->manner == HANGS ? 0 : recv(fd, bytes, want, 0);
        if (fake->manner == HANGS) {
            over(fake, fake->stop[0], -1);
        } else if (n <= 0) {
            break;
        } else {
            take(fake, fd, bytes, (size_t)n);
        }
        if (fake->manner == CLOSES && fake->taken > 0) {
            break;
        }
        if (fake->manner == SLOW && over(fake, fake->stop[0], 100)) {
            break;
        }
    }
    close(fd);
}

static void *run(void *arg)
{
    struct fake *fake = arg;
    while (!over(fake, fake->listener, -1)) {
        int fd = accept(fake->listener, NULL, NULL);
        if (fd >= 0) {
            serve(fake, fd);
        }
    }
    return NULL;
}

static void fake_start(struct fake *fake)
{
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t len = sizeof address;
    int small = 4096;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fake->listener = socket(AF_INET, SOCK_STREAM, 0);
    /* A small window, so that a printer that does not read is felt at once. */
    setsockopt(fake->listener, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    assert_int_equal(bind(fake->listener, (struct sockaddr *)&address, len), 0);
    assert_int_equal(listen(fake->listener, 4), 0);
    assert_int_equal(getsockname(fake->listener, (struct sockaddr *)&address, &len), 0);
    assert_int_equal(pipe(fake->stop), 0);
    fake->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&fake->thread, NULL, run, fake), 0);
}

static void fake_stop(struct fake *fake)
{
    close(fake->stop[1]);
    pthread_join(fake->thread, NULL);
    close(fake->stop[0]);
    close(fake->listener);
}

static struct printer printer_at(const char *spec)
{
    struct printer printer;
    char memory[128];
    struct buf why;
    buf_init(&why, memory, sizeof memory);
    if (printer_init(&printer, str_of(spec), NULL, clock_system(), &why) != ERR_OK) {
        fail_msg("%s: %s", spec, memory);
    }
    return printer;
}

static struct printer printer_to(const struct fake *fake)
{
    char spec[64];
    snprintf(spec, sizeof spec, "tcp:127.0.0.1:%d", fake->port);
    return printer_at(spec);
}

static void test_what_the_printer_says(void **state)
{
    static const struct {
        const char *name;
        struct fake fake;
        enum printer_state state;
    } cases[] = {
        {"ready", {.answers = READY_ANSWERS}, PRINTER_READY},
        {"paper low", {.answers = {0, 0x16, 0x12, 0x12, 0x1E}}, PRINTER_PAPER_LOW},
        {"paper out", {.answers = {0, 0x1E, 0x32, 0x12, 0x7E}}, PRINTER_PAPER_OUT},
        {"paper out, no sensor answer", {.answers = {0, 0x1E, 0x32, 0x12, 0xFF}},
         PRINTER_PAPER_OUT},
        {"paper out, by its sensor only", {.answers = {0, 0x16, 0x12, 0x12, 0x72}},
         PRINTER_PAPER_OUT},
        {"cover open", {.answers = {0, 0x1E, 0x16, 0x12, 0x12}}, PRINTER_COVER_OPEN},
        {"cover open without paper", {.answers = {0, 0x1E, 0x36, 0x12, 0x72}},
         PRINTER_COVER_OPEN},
        {"offline", {.answers = {0, 0x1E, 0x12, 0x12, 0x12}}, PRINTER_OFFLINE},
        {"an error", {.answers = {0, 0x16, 0x52, 0x12, 0x12}}, PRINTER_OFFLINE},
        {"silent", {.manner = SILENT}, PRINTER_UNKNOWN},
        {"nonsense", {.manner = TALKS_NONSENSE}, PRINTER_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fake fake = cases[i].fake;
        fake_start(&fake);
        struct printer printer = printer_to(&fake);
        enum printer_state got = printer_status(&printer);
        fake_stop(&fake);
        if (got != cases[i].state) {
            fail_msg("%s: %s", cases[i].name, printer_state_name(got));
        }
    }
}

/* A job far greater than what the kernel buffers between the two. */
static uint8_t big_job[8 << 20];

static const struct {
    const char *name;
    struct fake fake;
    size_t len;
    enum err err;
    enum printer_state state;
    bool all_taken;
    int deadline_ms;
} jobs[] = {
    {"good", {.answers = READY_ANSWERS}, 20000, ERR_OK, PRINTER_READY, true, 5000},
    {"big", {.answers = READY_ANSWERS}, sizeof big_job, ERR_OK, PRINTER_READY, true, 5000},
    {"silent, but takes all", {.manner = SILENT}, 20000, ERR_OK, PRINTER_UNKNOWN, true, 5000},
    {"paper ends under the slip",
     {.answers = READY_ANSWERS, .later = {0, 0x1E, 0x32, 0x12, 0x72}}, 20000, ERR_BUSY,
     PRINTER_PAPER_OUT, true, 5000},
    {"no paper: nothing is sent", {.answers = {0, 0x1E, 0x32, 0x12, 0x72}}, 20000, ERR_BUSY,
     PRINTER_PAPER_OUT, false, 5000},
    {"cover open: nothing is sent", {.answers = {0, 0x1E, 0x16, 0x12, 0x12}}, 20000, ERR_BUSY,
     PRINTER_COVER_OPEN, false, 5000},
    {"takes nothing", {.manner = HANGS}, sizeof big_job, ERR_IO, PRINTER_OFFLINE, false, 1000},
    {"closes midway", {.manner = CLOSES}, sizeof big_job, ERR_IO, PRINTER_OFFLINE, false, 5000},
    {"ten bytes a second", {.manner = SLOW, .answers = READY_ANSWERS}, sizeof big_job, ERR_IO,
     PRINTER_OFFLINE, false, 1000},
};

static void test_jobs(void **state)
{
    const struct clock clock = clock_system();
    (void)state;
    memset(big_job, 'x', sizeof big_job);
    for (size_t i = 0; i < ARRAY_LEN(jobs); i++) {
        struct fake fake = jobs[i].fake;
        struct print_job job = {big_job, jobs[i].len, NULL};
        enum printer_state got;
        fake_start(&fake);
        struct printer printer = printer_to(&fake);
        printer.deadline_ms = jobs[i].deadline_ms;
        int64_t start = clock_mono_ms(&clock);
        enum err err = printer_print(&printer, &job, &got);
        int64_t took = clock_mono_ms(&clock) - start;
        fake_stop(&fake);
        if (err != jobs[i].err || got != jobs[i].state || took > jobs[i].deadline_ms + 1500 ||
            (fake.taken == job.len) != jobs[i].all_taken) {
            fail_msg("%s: %s, %s, %d ms, %zu bytes", jobs[i].name, err_name(err),
                     printer_state_name(got), (int)took, fake.taken);
        }
    }
}

static void test_nobody_there(void **state)
{
    struct fake fake = {0};
    struct print_job job = {big_job, 10, NULL};
    enum printer_state got;
    (void)state;
    fake_start(&fake);
    struct printer gone = printer_to(&fake);
    fake_stop(&fake);
    assert_int_equal(printer_status(&gone), PRINTER_OFFLINE);
    assert_int_equal(printer_print(&gone, &job, &got), ERR_IO);
    assert_int_equal(got, PRINTER_OFFLINE);
    struct printer unplugged = printer_at("usb:/dev/there/is/none");
    assert_int_equal(printer_status(&unplugged), PRINTER_OFFLINE);
    assert_int_equal(printer_print(&unplugged, &job, &got), ERR_IO);
    struct printer none = printer_at("none");
    assert_int_equal(printer_status(&none), PRINTER_ABSENT);
    assert_int_equal(printer_print(&none, &job, &got), ERR_UNSUPPORTED);
    assert_int_equal(got, PRINTER_ABSENT);
}

static void test_a_device_that_only_listens(void **state)
{
    char folder[] = "/tmp/anlauf-device-XXXXXX", path[64], spec[80];
    struct print_job job = {(const uint8_t *)"SLIP", 4, NULL};
    enum printer_state got;
    char taken[64];
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/lp0", folder);
    snprintf(spec, sizeof spec, "usb:%s", path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    struct printer printer = printer_at(spec);
    assert_int_equal(printer_print(&printer, &job, &got), ERR_OK);
    assert_int_equal(got, PRINTER_UNKNOWN);
    file = fopen(path, "r");
    size_t len = fread(taken, 1, sizeof taken, file);
    fclose(file);
    assert_int_equal(len, 7);
    assert_memory_equal(taken + 3, "SLIP", 4);
    unlink(path);
    rmdir(folder);
}

static void test_specs(void **state)
{
    static const struct {
        const char *spec;
        enum err err;
        const char *path;
        int port;
    } cases[] = {
        {"usb:/dev/usb/lp0", ERR_OK, "/dev/usb/lp0", 0},
        {"tcp:192.0.2.7:9100", ERR_OK, "192.0.2.7", 9100},
        {"tcp:[2001:db8::7]:9100", ERR_OK, "2001:db8::7", 9100},
        {"dir:/a b/c", ERR_OK, "/a b/c", 0},
        {"none", ERR_OK, "", 0},
        {"", ERR_INVALID, NULL, 0},
        {"none ", ERR_INVALID, NULL, 0},
        {"usb:", ERR_INVALID, NULL, 0},
        {"lpt1", ERR_INVALID, NULL, 0},
        {"tcp:", ERR_INVALID, NULL, 0},
        {"tcp:printer.local:9100", ERR_INVALID, NULL, 0},
        {"tcp:192.0.2.7", ERR_INVALID, NULL, 0},
        {"tcp:192.0.2.7:0", ERR_INVALID, NULL, 0},
        {"tcp:192.0.2.7:65536", ERR_INVALID, NULL, 0},
        {"tcp:192.0.2.7:99999999999999", ERR_INVALID, NULL, 0},
        {"tcp:192.0.2.7:91x0", ERR_INVALID, NULL, 0},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct printer printer = {0};
        char memory[128];
        struct buf why;
        buf_init(&why, memory, sizeof memory);
        enum err err =
            printer_init(&printer, str_of(cases[i].spec), NULL, clock_system(), &why);
        if (err != cases[i].err || (err != ERR_OK) != (why.len > 0)) {
            fail_msg("%s: %s", cases[i].spec, memory);
        }
        if (!err) {
            assert_string_equal(printer.path, cases[i].path);
            assert_int_equal(printer.port, cases[i].port);
            assert_string_equal(printer.profile->name, PROFILE_DEFAULT);
        }
    }
}

static bool exists(const char *folder, const char *name)
{
    char path[128];
    struct stat info;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return stat(path, &info) == 0 && info.st_size > 0;
}

static void drop(const char *folder, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

static void test_a_folder_counts_on(void **state)
{
    char folder[] = "/tmp/anlauf-slips-XXXXXX";
    uint32_t pixels[4] = {0, 0xFFFFFF, 0, 0xFFFFFF};
    struct surface picture = {pixels, 2, 2, 2};
    struct print_job job = {(const uint8_t *)"SLIP", 4, &picture};
    (void)state;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(printer_dir_print(folder, &job), ERR_OK);
    job.picture = NULL;
    assert_int_equal(printer_dir_print(folder, &job), ERR_OK);
    drop(folder, "slip-01.escpos");
    job.picture = &picture;
    assert_int_equal(printer_dir_print(folder, &job), ERR_OK);
    assert_true(exists(folder, "slip-01.png"));
    assert_true(exists(folder, "slip-02.escpos"));
    assert_false(exists(folder, "slip-02.png"));
    assert_true(exists(folder, "slip-03.escpos"));
    assert_true(exists(folder, "slip-03.png"));
    assert_false(exists(folder, ".slip-new"));
    drop(folder, "slip-01.png");
    drop(folder, "slip-02.escpos");
    drop(folder, "slip-03.escpos");
    drop(folder, "slip-03.png");
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(printer_dir_print("/dev/null/no", &job), ERR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_the_printer_says),
        cmocka_unit_test(test_jobs),
        cmocka_unit_test(test_nobody_there),
        cmocka_unit_test(test_a_device_that_only_listens),
        cmocka_unit_test(test_specs),
        cmocka_unit_test(test_a_folder_counts_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
