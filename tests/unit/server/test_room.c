/* Who may come in, and who is shown the door: room.c, visits.c. */
#include "server/room.h"
#include "server/visits.h"
#include "unit/unit.h"

#include <sys/socket.h>
#include <unistd.h>

struct waiter {
    struct room_guest guest; /* first */
    int called;
};

static void on_turn(struct room_guest *guest)
{
    ((struct waiter *)(void *)guest)->called++;
}

static void test_room_in_order(void **state)
{
    struct room room;
    struct waiter a = {{.go_on = on_turn}, 0}, b = a, c = a, d = a;
    (void)state;
    room_init(&room, 100);
    assert_true(room_try(&room, &a.guest, 90));
    assert_false(room_try(&room, &b.guest, 20));
    assert_false(room_enter(&room, &b.guest, 20));
    /* It would fit in, but nobody overtakes. */
    assert_false(room_enter(&room, &c.guest, 5));
    assert_false(room_enter(&room, &d.guest, 90));
    room_hold(&room, &a.guest, 80);
    assert_int_equal(b.called + c.called + d.called, 1);
    assert_int_equal(b.called, 1);
    room_hold(&room, &a.guest, 70);
    assert_int_equal(c.called, 1);
    room_hold(&room, &a.guest, 0);
    room_hold(&room, &b.guest, 0);
    assert_int_equal(d.called, 1);
    room_hold(&room, &c.guest, 0);
    room_hold(&room, &d.guest, 0);
    assert_int_equal(room.held, 0);
    room_done(&room);
}

static void test_room_for_who_is_larger_than_it(void **state)
{
    struct room room;
    struct waiter a = {{.go_on = on_turn}, 0}, b = a;
    (void)state;
    room_init(&room, 100);
    assert_true(room_try(&room, &a.guest, 500));
    assert_false(room_enter(&room, &b.guest, 500));
    room_hold(&room, &a.guest, 0);
    assert_int_equal(b.called, 1);
    room_hold(&room, &b.guest, 0);
    room_done(&room);
}

static void test_open_room_keeps_nobody_waiting(void **state)
{
    struct room room;
    struct waiter a = {{.go_on = on_turn}, 0}, b = a, c = a;
    (void)state;
    room_init(&room, 100);
    assert_true(room_try(&room, &a.guest, 100));
    assert_false(room_enter(&room, &b.guest, 100));
    room_open(&room);
    assert_int_equal(b.called, 1);
    assert_true(room_try(&room, &c.guest, 100));
    room_done(&room);
}

static int64_t read_ms(void *ctx)
{
    return *(int64_t *)ctx;
}

static bool is_shut(int fd)
{
    char c;
    return recv(fd, &c, 1, MSG_DONTWAIT) == 0;
}

static void test_visits_that_are_too_slow_are_shut(void **state)
{
    int64_t now_ms = 0;
    struct visits visits;
    struct visit *visit[3];
    int pairs[3][2];
    (void)state;
    visits_init(&visits, (struct clock){read_ms, read_ms, &now_ms});
    for (int i = 0; i < 3; i++) {
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pairs[i]), 0);
        visit[i] = visits_come(&visits, pairs[i][0]);
    }
    visits_mark(&visits, visit[1], true);
    now_ms = 10;
    visits_mark(&visits, visit[2], false);
    now_ms = 15;
    visits_sweep(&visits, 15, 100);
    assert_false(is_shut(pairs[0][1]));
    now_ms = 16;
    visits_sweep(&visits, 15, 100);
    assert_true(is_shut(pairs[0][1]));
    assert_false(is_shut(pairs[1][1]));
    assert_false(is_shut(pairs[2][1]));
    now_ms = 101;
    visits_sweep(&visits, 15, 100);
    assert_true(is_shut(pairs[1][1]));
    assert_true(is_shut(pairs[2][1]));
    assert_int_equal(visits.shut, 3);
    for (int i = 0; i < 3; i++) {
        visits_go(&visits, visit[i]);
        close(pairs[i][0]);
        close(pairs[i][1]);
    }
    assert_int_equal(visits.count, 0);
    visits_done(&visits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_room_in_order),
        cmocka_unit_test(test_room_for_who_is_larger_than_it),
        cmocka_unit_test(test_open_room_keeps_nobody_waiting),
        cmocka_unit_test(test_visits_that_are_too_slow_are_shut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
