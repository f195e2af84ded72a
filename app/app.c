/* Putting the kiosk together and taking it apart. */
#include "app.h"

#include "base/asset.h"
#include "base/log.h"
#include "cli/key_file.h"
#include "disk_keys.h"

#include <sodium.h>
#include <string.h>

static struct str asset_text(const char *name)
{
    const struct asset *asset = asset_find(name);
    CHECK(asset != NULL);
    return (struct str){(const char *)asset->data, asset->len};
}

static enum err open_rules(struct app *app, struct buf *why)
{
    enum err err = rules_load(asset_text("rules/youth-work.json"),
                              app->options.tightening, why, &app->rules);
    if (err == ERR_OK) {
        err =
            calendar_load(asset_text("rules/berlin-calendar.json"), why, &app->calendar);
    }
    if (err == ERR_OK) {
        err = forms_open(why, &app->forms);
    }
    return err;
}

static void tell_of_store(struct app *app, const struct store_report *report)
{
    app->model.state_set_aside = report->state_set_aside;
    app->model.state_copied = report->state_copied;
    if (report->state_copied) {
        log_line("event=store_copied");
    }
    if (report->state_set_aside || report->feed_set_aside) {
        log_line("event=store_set_aside state=%d feed=%d file=%s",
                 report->state_set_aside, report->feed_set_aside, report->aside);
    }
}

static enum err open_key(struct app *app, struct buf *why)
{
    uint8_t seed[STORE_SEED_SIZE];
    struct key_public trusted[KEY_FILE_KEYS_MAX];
    size_t count = 0;
    enum err err = key_file_read(app->options.dir, trusted, &count, why);
    if (err == ERR_OK) {
        err = store_device_seed(app->disk.store, seed);
    }
    if (err == ERR_OK) {
        err = device_key_open(seed, &app->options.rng, trusted, count, &app->key);
    }
    sodium_memzero(seed, sizeof seed);
    app->disk.key = app->key;
    return err;
}

static enum err open_store(struct app *app, struct buf *why)
{
    const struct store_options options = {
        .dir = app->options.dir,
        .vfs = app->options.vfs,
        .boot_id = app->options.boot_id,
        .clock = app->options.clock,
        .rng = app->options.rng,
        .machine = app->options.machine,
    };
    struct store_report report = {0};
    enum err err = store_open(&options, &report, &app->disk.store);
    if (err == ERR_OK) {
        tell_of_store(app, &report);
        err = open_key(app, why);
    }
    if (err != ERR_OK && why->len == 0) {
        buf_printf(why, "%s: the store does not open (%s)", app->options.dir,
                   err_name(err));
    }
    return err;
}

static enum err open_keys(struct app *app)
{
    enum err err = keyring_open(&app->keyring);
    if (err == ERR_OK) {
        err = sheet_box_open(&app->sheets);
    }
    app->disk.keyring = app->keyring;
    app->disk.sheets = app->sheets;
    app->disk.forms = forms_set(app->forms);
    app->disk.forget_days = app->options.forget_days;
    app->disk.clock_error_ms = app->options.clock_error_ms;
    app->disk.clock_ctx = app->options.clock_ctx;
    return err;
}

/* Before the first frame, so that it shows what there is. Without them it still opens. */
static enum err open_offers(struct app *app)
{
    enum err err = offers_box_open(&app->offers);
    if (err != ERR_OK) {
        return err;
    }
    app->disk.offers = app->offers;
    app->disk.clock = app->options.clock;
    app->disk.opened_mono_ms = clock_mono_ms(&app->options.clock);
    err = disk_load_offers(&app->disk);
    if (err == ERR_OK) {
        offers_box_take(app->offers, &app->model);
    } else {
        log_line("event=offers err=%s", err_name(err));
    }
    return ERR_OK;
}

/* A locked kiosk is locked from its first frame on. */
static void open_centre(struct app *app)
{
    struct centre centre;
    enum err err = disk_load_centre(&app->disk, &centre);
    if (err == ERR_OK) {
        model_centre(&app->model, &centre);
    } else {
        log_line("event=centre err=%s", err_name(err));
    }
}

static void open_model(struct app *app)
{
    const struct surface *surface =
        app->options.platform.surface(app->options.platform.ctx);
    bool set_aside = app->model.state_set_aside, copied = app->model.state_copied;
    app->options.env.rules = app->rules;
    app->options.env.calendar = app->calendar;
    app->options.env.forms = forms_set(app->forms);
    app->options.env.words_can_be_sealed = disk_can_seal_words(&app->disk);
    model_init(&app->model, &app->options.env, surface->width, surface->height);
    app->model.state_set_aside = set_aside;
    app->model.state_copied = copied;
    app_set_time(app);
    app->model.touched_ms = app->model.mono_ms;
    input_init(&app->input);
    app->changed = true;
}

static enum err open_drawing(struct app *app, struct buf *why)
{
    enum err err = text_open(why, &app->text);
    if (err == ERR_OK) {
        err = raster_open(text_paint(app->text), &app->raster);
    }
    if (err == ERR_OK) {
        err = printing_open(&app->options.printer, text_paint(app->text), &app->printing);
    }
    return err;
}

static enum err open_workers(struct app *app)
{
    const struct platform *platform = &app->options.platform;
    struct worker_options options = {
        .run = disk_run,
        .idle = disk_idle,
        .idle_ms = app->options.poll_ms,
        .ctx = &app->disk,
        .ring = platform->wake,
        .ring_ctx = platform->ctx,
    };
    enum err err = worker_open(&options, &app->disk_worker);
    if (err != ERR_OK) {
        return err;
    }
    options.run = printing_run;
    options.idle = NULL;
    options.ctx = app->printing;
    return worker_open(&options, &app->print_worker);
}

enum err app_open(struct app *app, const struct app_options *options, struct buf *why)
{
    app->options = *options;
    enum err err = proof_init();
    if (err == ERR_OK) {
        err = open_rules(app, why);
    }
    if (err == ERR_OK) {
        err = open_store(app, why);
    }
    if (err == ERR_OK) {
        err = open_keys(app);
    }
    if (err == ERR_OK) {
        open_model(app);
        open_centre(app);
        err = open_offers(app);
    }
    if (err == ERR_OK) {
        err = open_drawing(app, why);
    }
    if (err == ERR_OK) {
        err = open_workers(app);
    }
    return err;
}

void app_close(struct app *app)
{
    worker_close(app->print_worker);
    worker_close(app->disk_worker);
    printing_close(app->printing);
    raster_close(app->raster);
    text_close(app->text);
    offers_box_close(app->offers);
    sheet_box_close(app->sheets);
    keyring_close(app->keyring);
    device_key_close(app->key);
    store_close(app->disk.store);
    forms_close(app->forms);
    calendar_free(app->calendar);
    rules_free(app->rules);
    sodium_memzero(app, sizeof *app);
}

const struct frame *app_shown(const struct app *app)
{
    return &app->frames[app->shown];
}
