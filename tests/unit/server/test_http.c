#include "server/http.h"
#include "server/listen.h"
#include "support/support.h"
#include "unit/server/fake_core.h"
#include "unit/unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

struct bed {
    struct core core;
    struct storage storage;
    struct writer *writer;
    struct http *http;
    char address[LISTEN_TEXT_SIZE];
};

static void bed_open(struct bed *bed, size_t queue_max, size_t memory_max)
{
    char memory[200];
    struct buf why;
    struct listen at;
    memset(bed, 0, sizeof *bed);
    buf_init(&why, memory, sizeof memory);
    pthread_mutex_init(&bed->core.gate, NULL);
    const struct writer_options options = {
        .core = &bed->core,
        .storage = &bed->storage,
        .clock = clock_system(),
        .queue_max = queue_max,
        .tick_ms = 5,
    };
    assert_int_equal(writer_start(&options, &bed->writer), ERR_OK);
    assert_int_equal(listen_open("127.0.0.1:0", &at, &why), ERR_OK);
    assert_true(at.loopback);
    memcpy(bed->address, at.text, sizeof at.text);
    const struct http_options http = {
        .core = &bed->core,
        .writer = bed->writer,
        .clock = clock_system(),
        .listen_fd = at.fd,
        .threads = 2,
        .connections_max = 64,
        .memory_max = memory_max,
        .idle_s = 10,
        .request_s = 60,
    };
    assert_int_equal(http_start(&http, &bed->http), ERR_OK);
}

static void bed_done(struct bed *bed)
{
    http_stop(bed->http, 2000);
    writer_free(bed->writer);
    http_free(bed->http);
    pthread_mutex_destroy(&bed->core.gate);
}

static int dial(const struct bed *bed)
{
    const struct timeval limit = {10, 0};
    struct sockaddr_in to = {.sin_family = AF_INET};
    to.sin_port = htons((uint16_t)strtol(strrchr(bed->address, ':') + 1, NULL, 10));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
    return fd;
}

static void say(int fd, const char *text, size_t len)
{
    assert_int_equal(send(fd, text, len, MSG_NOSIGNAL), (ssize_t)len);
}

/* Head and body of an answer that says how long it is; the status, 0 at the end. */
static int hear(int fd, char *text, size_t size)
{
    size_t len = 0, whole = size;
    int status = 0;
    while (len < whole && len + 1 < size) {
        ssize_t n = recv(fd, text + len, len < 20 ? 1 : whole < size ? whole - len : 1, 0);
        if (n <= 0) {
            break;
        }
        len += (size_t)n;
        text[len] = '\0';
        const char *end = strstr(text, "\r\n\r\n"), *length = strstr(text, "Content-Length: ");
        if (end && whole == size) {
            whole = (size_t)(end + 4 - text) + (length ? strtoul(length + 16, NULL, 10) : 0);
        }
    }
    text[len] = '\0';
    if (strncmp(text, "HTTP/1.1 ", 9) == 0) {
        status = (int)strtol(text + 9, NULL, 10);
    }
    return status;
}

static int exchange(int fd, const char *request, char *answer, size_t size)
{
    say(fd, request, strlen(request));
    return hear(fd, answer, size);
}

#define TOKEN "Authorization: Bearer good\r\n"
#define HEAD(method, path, more) method " " path " HTTP/1.1\r\nHost: a\r\n" more "\r\n"

static void test_requests(void **state)
{
    static const struct {
        const char *name, *request;
        int status;
        const char *body;
    } rows[] = {
        {"session", HEAD("POST", "/v1/session", "Content-Length: 7\r\n") "{\"a\":1}", 200,
         "{\"a\":1}"},
        {"enrol", HEAD("POST", "/v1/enrol", "Content-Length: 2\r\n") "{}", 201, "{}"},
        {"feed", HEAD("GET", "/v1/feed?since=0", TOKEN), 200, "{\"to\":0}\n"},
        {"feed, no since", HEAD("GET", "/v1/feed", TOKEN), 400, "{\"error\":\"malformed\"}"},
        {"feed, wait that is none", HEAD("GET", "/v1/feed?since=0&wait=", TOKEN), 400,
         "{\"error\":\"malformed\"}"},
        {"feed, few rows", HEAD("GET", "/v1/feed?since=0&most=1&anew=1", TOKEN), 200,
         "{\"to\":0}\n"},
        {"feed, no rows", HEAD("GET", "/v1/feed?since=0&most=0", TOKEN), 400,
         "{\"error\":\"malformed\"}"},
        {"cursor", HEAD("GET", "/v1/log/3", TOKEN), 200, ""},
        {"nothing", HEAD("GET", "/", ""), 404, "{\"error\":\"not-found\"}"},
        {"epoch 0", HEAD("GET", "/v1/log/0", TOKEN), 404, "{\"error\":\"not-found\"}"},
        {"method", HEAD("PUT", "/v1/feed", ""), 405, "{\"error\":\"method\"}"},
        {"no token", HEAD("POST", "/v1/log/1", "Content-Length: 3\r\n") "abc", 401,
         "{\"error\":\"token\"}"},
        {"unknown coding",
         HEAD("POST", "/v1/log/1", TOKEN "Content-Encoding: br\r\nContent-Length: 3\r\n") "abc",
         400, "{\"error\":\"malformed\"}"},
        {"body where none belongs", HEAD("GET", "/v1/log/1", TOKEN "Content-Length: 3\r\n") "abc",
         400, "{\"error\":\"malformed\"}"},
        {"upload", HEAD("POST", "/v1/log/1", TOKEN "Content-Length: 0\r\n"), 200,
         "{\"lines\":0}"},
    };
    struct bed bed;
    char answer[1000];
    (void)state;
    bed_open(&bed, 10, 1 << 20);
    /* One after another on one line: each refusal leaves it usable. */
    int fd = dial(&bed);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        int status = exchange(fd, rows[i].request, answer, sizeof answer);
        const char *body = strstr(answer, "\r\n\r\n");
        if (status != rows[i].status || strcmp(body + 4, rows[i].body) != 0) {
            fail_msg("%s: %s", rows[i].name, answer);
        }
    }
    close(fd);
    bed_done(&bed);
}

static void test_answer_has_no_more_than_it_needs(void **state)
{
    struct bed bed;
    char answer[1000];
    (void)state;
    bed_open(&bed, 10, 1 << 20);
    int fd = dial(&bed);
    (void)exchange(fd, HEAD("POST", "/v1/session", "Content-Length: 2\r\n") "{}", answer,
                   sizeof answer);
    assert_string_equal(answer, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    close(fd);
    bed_done(&bed);
}

static const char upload_head[] = HEAD("POST", "/v1/log/1", TOKEN "Content-Length: 4000000\r\n");
static const char upload_lines[] =
    "{\"from\":1,\"check\":\"AAAAAAAAAAA\",\"boot\":1,\"mono_ms\":1}\n"
    "{\"seq\":1,\"id\":null}\n"
    "{\"seq\":2}\n"
    "{\"seq\":";

static void test_cut_body_is_handed_over_as_far_as_it_came(void **state)
{
    struct bed bed;
    (void)state;
    bed_open(&bed, 10, 1 << 20);
    int fd = dial(&bed);
    say(fd, upload_head, sizeof upload_head - 1);
    say(fd, upload_lines, sizeof upload_lines - 1);
    close(fd);
    while (atomic_load(&bed.core.jobs) == 0) {
    }
    assert_int_equal(atomic_load(&bed.core.lines), 2);
    assert_int_equal(atomic_load(&bed.core.upload_err), ERR_OK);
    bed_done(&bed);
}

static void test_end_cuts_who_is_too_slow(void **state)
{
    struct bed bed;
    char answer[1000];
    (void)state;
    bed_open(&bed, 10, 1 << 20);
    int fd = dial(&bed), waiting = dial(&bed);
    say(fd, upload_head, sizeof upload_head - 1);
    say(fd, upload_lines, sizeof upload_lines - 1);
    const char *poll = HEAD("GET", "/v1/feed?since=5&wait=60", TOKEN);
    say(waiting, poll, strlen(poll));
    while (atomic_load(&bed.core.jobs) == 0) {
    }
    http_stop(bed.http, 100);
    writer_free(bed.writer);
    assert_int_equal(hear(waiting, answer, sizeof answer), 200);
    assert_int_equal(hear(fd, answer, sizeof answer), 0);
    assert_int_equal(atomic_load(&bed.core.lines), 2);
    http_free(bed.http);
    pthread_mutex_destroy(&bed.core.gate);
    close(fd);
    close(waiting);
}

/* Bodies that have to wait for room come in all the same, in full. */
static void test_room_for_one(void **state)
{
    enum { COUNT = 8 };
    struct bed bed;
    int fds[COUNT];
    char answer[1000], request[2000];
    (void)state;
    bed_open(&bed, 10, 1);
    snprintf(request, sizeof request,
             HEAD("POST", "/v1/log/1", TOKEN "Content-Length: %zu\r\n") "%s",
             sizeof upload_lines - 1, upload_lines);
    for (int i = 0; i < COUNT; i++) {
        fds[i] = dial(&bed);
        say(fds[i], request, strlen(request) - 1);
    }
    for (int i = 0; i < COUNT; i++) {
        say(fds[i], ":", 1);
    }
    for (int i = 0; i < COUNT; i++) {
        assert_int_equal(hear(fds[i], answer, sizeof answer), 200);
        assert_non_null(strstr(answer, "{\"lines\":2}"));
        close(fds[i]);
    }
    bed_done(&bed);
}

static void test_full_line_is_told_to_come_later(void **state)
{
    enum { COUNT = 6 };
    struct bed bed;
    int fds[COUNT], later = 0;
    char answer[1000];
    (void)state;
    bed_open(&bed, 2, 1 << 20);
    pthread_mutex_lock(&bed.core.gate);
    const char *request = HEAD("POST", "/v1/session", "Content-Length: 2\r\n") "{}";
    for (int i = 0; i < COUNT; i++) {
        fds[i] = dial(&bed);
        say(fds[i], request, strlen(request));
    }
    /* Two may sit in line, and none, one or two are with the core by then. */
    while (writer_counts(bed.writer).busy < COUNT - 4) {
    }
    pthread_mutex_unlock(&bed.core.gate);
    for (int i = 0; i < COUNT; i++) {
        int status = hear(fds[i], answer, sizeof answer);
        later += status == 503;
        assert_int_equal(status == 503, strstr(answer, "Retry-After: 1\r\n") != NULL);
        close(fds[i]);
    }
    assert_in_range(later, 2, 4);
    bed_done(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_requests),
        cmocka_unit_test(test_answer_has_no_more_than_it_needs),
        cmocka_unit_test(test_cut_body_is_handed_over_as_far_as_it_came),
        cmocka_unit_test(test_end_cuts_who_is_too_slow),
        cmocka_unit_test(test_room_for_one),
        cmocka_unit_test(test_full_line_is_told_to_come_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
