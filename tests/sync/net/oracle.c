#include "sync/net/oracle.h"

#include "sync/net/world.h"

static const char first_told[] = "SELECT count(*) FROM event WHERE again = 0";
/* Not leases and places: a new log may be given some. */
static const char effects[] =
    "SELECT (SELECT count(*) FROM task WHERE state = 'open' AND kind IN ('talk',"
    "  'too-many', 'crossed', 'rules', 'rules-unknown', 'tell-site'))"
    " + 1000 * (SELECT count(*) FROM person)"
    " + 100000 * (SELECT count(*) FROM wish WHERE state = 'undone')"
    " + 10000000 * (SELECT count(*) FROM wish WHERE state = 'declined')"
    " + 1000000000 * (SELECT count(*) FROM wish)"
    " + 100000000000 * (SELECT count(*) FROM unfit)"
    " + 10000000000000 * (SELECT coalesce(sum(used), 0) FROM lease)";

static int64_t highest(struct centre *centre, int64_t epoch)
{
    int64_t sum = 0;
    struct ask ask = ask_on(centre->storage,
                            "SELECT coalesce(sum(seq), 0) FROM log WHERE epoch = :epoch");
    ask_int(&ask, ":epoch", epoch);
    if (ask_row(&ask)) {
        sum = ask_get_int(&ask, 0);
    }
    return ask_done(&ask) == ERR_OK ? sum : 0;
}

/* Events before the last line that vouches for what stands before it. */
static int64_t vouched(const struct wire_upload *upload)
{
    int64_t events = 0, sure = 0;
    for (size_t i = 0; i < wire_upload_count(upload); i++) {
        struct wire_line line;
        struct str text;
        wire_upload_at(upload, i, &line, &text);
        if (line.what == WIRE_CHECK || line.what == WIRE_SIG) {
            sure = events;
        } else {
            events++;
        }
    }
    return sure;
}

void oracle_before(struct oracle *oracle, struct centre *centre,
                   const struct core_job *job)
{
    *oracle = (struct oracle){.upload = job->what == CORE_UPLOAD && job->upload};
    if (!oracle->upload || centre->full) {
        oracle->upload = false;
        return;
    }
    oracle->epoch = job->epoch;
    oracle->bound = vouched(job->upload);
    oracle->before = highest(centre, job->epoch);
    if (job->epoch > 1) {
        oracle->first_told = centre_number(centre, first_told, NULL);
        oracle->effects = centre_number(centre, effects, NULL);
    }
}

bool oracle_after(const struct oracle *oracle, struct centre *centre)
{
    if (!oracle->upload || centre->world->failed) {
        return true;
    }
    int64_t grown = highest(centre, oracle->epoch) - oracle->before;
    /* A new log begins behind its start, whatever that is: only its lines count. */
    if (grown > oracle->bound && oracle->before > 0 && oracle->epoch == 1) {
        return world_fail(centre->world, "tail", "%lld lines taken, %lld vouched for",
                          (long long)grown, (long long)oracle->bound);
    }
    if (oracle->epoch == 1 ||
        centre_number(centre, first_told, NULL) != oracle->first_told) {
        return true;
    }
    int64_t now = centre_number(centre, effects, NULL);
    return now == oracle->effects ||
           world_fail(centre->world, "twice", "lines told again took effect: %lld",
                      (long long)(now - oracle->effects));
}
