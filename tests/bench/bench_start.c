/* From fork to the full picture, of several programs in turn (A B A B …).
 *
 *   bench_start FRAMEBUFFER ROUNDS ROWS -- COMMAND … [-- COMMAND …]
 *
 * FRAMEBUFFER is the file that Xvfb -fbdir keeps its screen in; a first round learns each
 * program's settled picture, and each later one ends when the screen is that picture
 * again, pixel for pixel. Only the top ROWS are compared: a clock may stand below. Prints
 * a line for each program: median, fastest, slowest in milliseconds. */
#include "base/check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMMANDS_MAX 4
#define ROUNDS_MAX 99
#define WAIT_MS_MAX 20000.0
#define SETTLED_MS 1000.0
#define LOOK_NS 100000

/* Words of the header of an XWD file, most significant byte first. */
enum { XWD_HEADER_SIZE = 0, XWD_HEIGHT = 5, XWD_LINE_BYTES = 12, XWD_COLOURS = 19 };
#define XWD_COLOUR_BYTES 12

struct screen {
    const uint8_t *pixels;
    size_t size; /* of what is compared */
};

struct command {
    char **argv;
    uint8_t *picture;
    double times_ms[ROUNDS_MAX];
};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void rest(void)
{
    const struct timespec t = {0, LOOK_NS};
    nanosleep(&t, NULL);
}

static uint32_t header_word(const uint8_t *file, int index)
{
    const uint8_t *p = file + 4 * index;
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void screen_open(struct screen *screen, const char *path, long rows)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    CHECK(fd >= 0 && fstat(fd, &info) == 0);
    uint8_t *file = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_SHARED, fd, 0);
    CHECK(file != MAP_FAILED);
    close(fd);
    size_t line = header_word(file, XWD_LINE_BYTES);
    screen->pixels = file + header_word(file, XWD_HEADER_SIZE) +
                     (size_t)header_word(file, XWD_COLOURS) * XWD_COLOUR_BYTES;
    CHECK(rows > 0 && rows <= (long)header_word(file, XWD_HEIGHT));
    screen->size = line * (size_t)rows;
}

static bool screen_shows(const struct screen *screen, const uint8_t *picture)
{
    return memcmp(screen->pixels, picture, screen->size) == 0;
}

static uint8_t *screen_copy(const struct screen *screen)
{
    uint8_t *copy = malloc(screen->size);
    CHECK(copy != NULL);
    memcpy(copy, screen->pixels, screen->size);
    return copy;
}

/* The milliseconds since `start` until the screen is the picture. */
static double wait_for(const struct screen *screen, const uint8_t *picture, double start)
{
    while (!screen_shows(screen, picture)) {
        CHECK(now_ms() - start < WAIT_MS_MAX);
        rest();
    }
    return now_ms() - start;
}

static pid_t start_command(char **argv)
{
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        int quiet = open("/dev/null", O_WRONLY);
        dup2(quiet, STDERR_FILENO);
        execvp(argv[0], argv);
        _exit(127);
    }
    return pid;
}

/* Ends it and, as their adopted parent, waits for all that it started. */
static void end_command(pid_t pid)
{
    kill(pid, SIGTERM);
    while (wait(NULL) > 0 || errno == EINTR) {
    }
}

/* Its picture: on screen, and unchanged for a while. */
static uint8_t *learn(const struct screen *screen, const uint8_t *empty, char **argv)
{
    double start = now_ms(), since = start;
    pid_t pid = start_command(argv);
    uint8_t *picture = screen_copy(screen);
    while (now_ms() - since < SETTLED_MS) {
        CHECK(now_ms() - start < WAIT_MS_MAX);
        if (!screen_shows(screen, picture)) {
            memcpy(picture, screen->pixels, screen->size);
            since = now_ms();
        } else if (screen_shows(screen, empty)) {
            since = now_ms();
        }
        rest();
    }
    end_command(pid);
    wait_for(screen, empty, now_ms());
    return picture;
}

static double measure(const struct screen *screen, const uint8_t *empty,
                      const struct command *command)
{
    double start = now_ms();
    pid_t pid = start_command(command->argv);
    double ms = wait_for(screen, command->picture, start);
    end_command(pid);
    wait_for(screen, empty, now_ms());
    return ms;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int parse_commands(struct command *commands, char **argv)
{
    int count = 0;
    for (char **arg = argv; *arg != NULL; arg++) {
        if (strcmp(*arg, "--") == 0) {
            CHECK(count < COMMANDS_MAX);
            *arg = NULL;
            commands[count++].argv = arg + 1;
        }
    }
    return count;
}

int main(int argc, char **argv)
{
    static struct command commands[COMMANDS_MAX];
    struct screen screen;
    CHECK(argc > 5);
    int rounds = (int)strtol(argv[2], NULL, 10);
    CHECK(rounds > 0 && rounds <= ROUNDS_MAX);
    screen_open(&screen, argv[1], strtol(argv[3], NULL, 10));
    int count = parse_commands(commands, argv + 4);
    uint8_t *empty = screen_copy(&screen);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    for (int i = 0; i < count; i++) {
        commands[i].picture = learn(&screen, empty, commands[i].argv);
    }
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < count; i++) {
            commands[i].times_ms[round] = measure(&screen, empty, &commands[i]);
        }
    }
    for (int i = 0; i < count; i++) {
        double *t = commands[i].times_ms;
        qsort(t, (size_t)rounds, sizeof t[0], by_value);
        printf("%.2f %.2f %.2f\n", t[rounds / 2], t[0], t[rounds - 1]);
        free(commands[i].picture);
    }
    free(empty);
    return 0;
}
