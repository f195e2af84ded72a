#include "platform/sound.h"

#include <SDL.h>

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define RATE 22050
#define SAMPLES_MAX (RATE / 2)
#define NOTES_MAX 3
#define ATTACK 110.0 /* samples: 5 ms */
#define LOUDNESS 5200 /* of 32767: a room, not a hall */
#define IDLE_S 2

struct note {
    int hz, ms;
};

static const struct note sounds[][NOTES_MAX] = {
    [SOUND_TAP] = {{740, 45}},
    [SOUND_WARN] = {{587, 180}, {466, 260}},
    [SOUND_DONE] = {{523, 110}, {659, 110}, {784, 240}},
};

struct player {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t rung;
    int wanted; /* enum sound or -1; a newer one replaces it */
    bool quit;
    SDL_AudioDeviceID device; /* the thread's; 0 = closed */
    int16_t samples[SAMPLES_MAX];
};

/* A sine that starts softly and fades: neither clicks nor beeps. */
static int make_note(int16_t *out, struct note note)
{
    int count = RATE * note.ms / 1000;
    for (int i = 0; i < count; i++) {
        double t = (double)i / RATE, left = (double)(count - i) / count;
        double attack = i < ATTACK ? i / ATTACK : 1;
        double wave = sin(2 * M_PI * note.hz * t) + 0.25 * sin(4 * M_PI * note.hz * t);
        out[i] = (int16_t)(LOUDNESS * attack * left * left * wave);
    }
    return count;
}

static int make_sound(int16_t *out, int sound)
{
    int count = 0;
    for (int i = 0; i < NOTES_MAX; i++) {
        count += make_note(out + count, sounds[sound][i]);
    }
    return count;
}

static void device_open(struct player *player)
{
    SDL_AudioSpec spec = {.freq = RATE, .format = AUDIO_S16SYS, .channels = 1,
                          .samples = 512};
    if (player->device == 0 && SDL_InitSubSystem(SDL_INIT_AUDIO) == 0) {
        player->device = SDL_OpenAudioDevice(NULL, 0, &spec, NULL, 0);
        if (player->device == 0) {
            SDL_QuitSubSystem(SDL_INIT_AUDIO);
        }
    }
}

static void device_close(struct player *player)
{
    if (player->device != 0) {
        SDL_CloseAudioDevice(player->device);
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
        player->device = 0;
    }
}

static void play_now(struct player *player, int sound)
{
    device_open(player);
    if (player->device != 0) {
        int count = make_sound(player->samples, sound);
        SDL_ClearQueuedAudio(player->device);
        SDL_QueueAudio(player->device, player->samples,
                       (Uint32)count * sizeof player->samples[0]);
        SDL_PauseAudioDevice(player->device, 0);
    }
}

/* Waits for the next sound and takes it; -1: quit, or nothing came while the card is
 * open. */
static int next_sound(struct player *player)
{
    struct timespec until;
    int timed_out = 0;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += IDLE_S;
    pthread_mutex_lock(&player->lock);
    while (player->wanted < 0 && !player->quit && timed_out == 0) {
        timed_out = player->device != 0
                        ? pthread_cond_timedwait(&player->rung, &player->lock, &until)
                        : pthread_cond_wait(&player->rung, &player->lock);
    }
    int sound = player->quit ? -1 : player->wanted;
    player->wanted = -1;
    pthread_mutex_unlock(&player->lock);
    return sound;
}

static bool is_over(struct player *player)
{
    pthread_mutex_lock(&player->lock);
    bool quit = player->quit;
    pthread_mutex_unlock(&player->lock);
    return quit;
}

static void *player_main(void *ctx)
{
    struct player *player = ctx;
    while (!is_over(player)) {
        int sound = next_sound(player);
        if (sound >= 0) {
            play_now(player, sound);
        } else {
            device_close(player);
        }
    }
    device_close(player);
    return NULL;
}

struct player *player_start(void)
{
    struct player *player = calloc(1, sizeof *player);
    if (!player) {
        return NULL;
    }
    player->wanted = -1;
    pthread_mutex_init(&player->lock, NULL);
    pthread_cond_init(&player->rung, NULL);
    if (pthread_create(&player->thread, NULL, player_main, player) != 0) {
        free(player);
        return NULL;
    }
    return player;
}

void player_play(struct player *player, enum sound sound)
{
    if (player) {
        pthread_mutex_lock(&player->lock);
        player->wanted = (int)sound;
        pthread_cond_signal(&player->rung);
        pthread_mutex_unlock(&player->lock);
    }
}

void player_stop(struct player *player)
{
    if (player) {
        pthread_mutex_lock(&player->lock);
        player->quit = true;
        pthread_cond_signal(&player->rung);
        pthread_mutex_unlock(&player->lock);
        pthread_join(player->thread, NULL);
        pthread_cond_destroy(&player->rung);
        pthread_mutex_destroy(&player->lock);
        free(player);
    }
}
