/* A speaker with espeak-ng's voice.
 *
 * The library blocks while it loads its voices (once, 10 to 100 ms) and while it stops a
 * sentence, so one thread owns it and the kiosk only leaves its newest wish in a slot.
 * The voices are loaded with the first words: most visits need none. Losing words is the
 * purpose here; words that cannot be spoken (device gone) are dropped in silence. */
#include "speech/backend.h"

#include <espeak-ng/speak_lib.h>
#include <glob.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WORDS_SIZE 8192
#define WORDS_PER_MINUTE 150 /* calm: espeak-ng itself starts with 175 */

enum voice_wish { VOICE_WAIT, VOICE_SAY, VOICE_HUSH, VOICE_CLOSE };

struct voice {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* the slot, under the lock */
    enum voice_wish wish;
    int language;
    char words[WORDS_SIZE];
    /* the thread's own */
    bool tried, works;
};

static void voice_load(struct voice *v)
{
    v->tried = true;
    v->works =
        espeak_Initialize(AUDIO_OUTPUT_PLAYBACK, 0, NULL, espeakINITIALIZE_DONT_EXIT) > 0;
    if (v->works) {
        espeak_SetParameter(espeakRATE, WORDS_PER_MINUTE, 0);
    }
}

static void voice_speak(struct voice *v, const char *words, int language)
{
    if (!v->tried) {
        voice_load(v);
    }
    if (!v->works) {
        return;
    }
    espeak_Cancel();
    if (espeak_SetVoiceByName(language_at(language)->voice) == EE_OK) {
        espeak_Synth(words, strlen(words) + 1, 0, POS_CHARACTER, 0,
                     espeakCHARS_UTF8 | espeakENDPAUSE, NULL, NULL);
    }
}

/* Waits for a wish and takes it out of the slot. */
static enum voice_wish voice_take(struct voice *v, char words[WORDS_SIZE],
                                  int *language_out)
{
    pthread_mutex_lock(&v->lock);
    while (v->wish == VOICE_WAIT) {
        pthread_cond_wait(&v->changed, &v->lock);
    }
    enum voice_wish wish = v->wish;
    v->wish = VOICE_WAIT;
    *language_out = v->language;
    (void)str_copy(words, WORDS_SIZE, str_of(v->words));
    pthread_mutex_unlock(&v->lock);
    return wish;
}

static void *voice_run(void *ctx)
{
    struct voice *v = ctx;
    char words[WORDS_SIZE];
    enum voice_wish wish;
    int language;
    while ((wish = voice_take(v, words, &language)) != VOICE_CLOSE) {
        if (wish == VOICE_SAY) {
            voice_speak(v, words, language);
        } else if (v->works) {
            espeak_Cancel();
        }
    }
    if (v->works) {
        espeak_Cancel();
        espeak_Terminate();
    }
    return NULL;
}

static void voice_wish(struct voice *v, enum voice_wish wish, struct str words,
                       int language)
{
    pthread_mutex_lock(&v->lock);
    v->wish = wish;
    v->language = language;
    (void)str_copy(v->words, sizeof v->words, words);
    pthread_cond_signal(&v->changed);
    pthread_mutex_unlock(&v->lock);
}

static void voice_say(void *ctx, struct str words, int language)
{
    voice_wish(ctx, VOICE_SAY, words, language);
}

static void voice_hush(void *ctx)
{
    voice_wish(ctx, VOICE_HUSH, STR(""), 0);
}

static void voice_close(void *ctx)
{
    struct voice *v = ctx;
    voice_wish(v, VOICE_CLOSE, STR(""), 0);
    pthread_join(v->thread, NULL);
    pthread_cond_destroy(&v->changed);
    pthread_mutex_destroy(&v->lock);
    free(v);
}

/* A sound card that plays, or a sound server: cheaper to ask than loading the library. */
static bool can_play(void)
{
    glob_t cards;
    char path[256];
    const char *run = getenv("XDG_RUNTIME_DIR");
    int found = glob("/dev/snd/pcmC*p", 0, NULL, &cards);
    globfree(&cards);
    if (found == 0 || getenv("PULSE_SERVER")) {
        return true;
    }
    snprintf(path, sizeof path, "%s/pulse/native", run ? run : "");
    return run && access(path, W_OK) == 0;
}

/* Signals are the main thread's business. */
static bool voice_start(struct voice *v)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failed = pthread_create(&v->thread, NULL, voice_run, v);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed == 0;
}

enum err speaker_open_espeak(struct buf *why, struct speaker *speaker_out)
{
    struct voice *v = can_play() ? calloc(1, sizeof *v) : NULL;
    if (!v) {
        buf_puts(why, "there is no sound device");
        return ERR_UNSUPPORTED;
    }
    pthread_mutex_init(&v->lock, NULL);
    pthread_cond_init(&v->changed, NULL);
    if (!voice_start(v)) {
        free(v);
        buf_puts(why, "no thread for the voice");
        return ERR_UNSUPPORTED;
    }
    *speaker_out = (struct speaker){voice_say, voice_hush, voice_close, v};
    return ERR_OK;
}
