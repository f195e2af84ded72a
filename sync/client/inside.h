/* What the parts of the client share. For client*.c only. */
#ifndef CLIENT_INSIDE_H
#define CLIENT_INSIDE_H

#include "client/answer.h"
#include "client/client.h"
#include "wire/pack.h"
#include "wire/page.h"

#define CLIENT_DETAIL_SIZE 96
#define POLLS_CUT_MAX 3 /* then the feed is asked for without waiting */

/* One batch of what is not acknowledged. */
struct batch {
    int64_t last; /* number of the last line in it; from - 1: none */
    struct chain_hash head;
};
/* A batch that is packed: one is under way while the next is packed. */
struct packed {
    struct wire_pack *pack;
    struct sync_log log; /* before it */
    struct batch batch;
    bool there;
};

struct client {
    struct store *store;
    struct link link;
    struct clock clock;
    struct rng rng;
    const char *model;
    struct pace pace;
    struct link_reply reply;
    struct packed packed[2];
    int turn;          /* which of them goes next */
    struct bytes text; /* of a request */
    struct wire_row *rows;
    struct sync_row *feed_rows;
    char detail[CLIENT_DETAIL_SIZE];

    struct sync_centre centre; /* as of this step */
    struct uid dev;
    char token[ANSWER_TOKEN_SIZE]; /* "": no session */
    int64_t token_until_ms;
    int64_t centre_ms, centre_at_ms; /* the centre's time, and our monotonic one then */

    int64_t enrol_at_ms; /* not before, beside a centre; monotonic */

    bool settled;       /* since start, and since the last page that had rows */
    bool ask_cursor;    /* nobody knows how much of the last batch arrived */
    bool was_cut;       /* … and the size of batches depends on it */
    bool feed_here;     /* the last page said that there is no more */
    bool help;          /* the last step ended so */
    int ups;            /* batches since the feed was last asked for */
    int64_t feed_at_ms; /* when that was, or since when there is a session */
    int64_t idle_ms;    /* how long to stay away when all is here; 0: not at all */
    enum client_step last;

    /* In a row; all 0 after what should be. */
    int fruitless; /* contacts that brought nothing */
    int strange;   /* answers that no right program gives */
    int unauthorised;
    int new_epochs;
    int restarts;  /* of the feed */
    int polls_cut; /* long polls */
    int pages_cut; /* while facts wait, pages are tried ever more seldom */

    /* What was acknowledged last. The receipt may lag behind it, never lead. */
    struct sync_log acked;
    bool unwritten; /* the receipt does lag */
    int64_t receipt_at_ms;

    enum sync_trouble trouble; /* as last written */
    bool contacted;
    int64_t contact_at_ms;
};

/* ---- asking (ask.c) ------------------------------------------------------------- */

/* What an answer means for whoever asked. */
enum asked {
    ASKED_GOOD,  /* 200, 201 */
    ASKED_OTHER, /* a status that the caller has to understand: see reply.status */
    ASKED_CUT,   /* something was sent, and no whole answer came */
    ASKED_OVER,  /* it was dealt with: *step_out is how the step ends */
};
struct question {
    const char *method, *path;
    struct str body;
    enum wire_coding coding;
    bool session;                 /* with the token */
    void (*meanwhile)(void *ctx); /* with the client; may be NULL */
    int wait_s;                   /* > 0: a long poll */
    int others[3];                /* statuses for ASKED_OTHER; 0 ends them */
};
enum asked client_ask(struct client *client, const struct question *question,
                      enum client_step *step_out);

/* How steps end. */
enum client_step client_held(struct client *client, int retry_after_s,
                             const char *detail);
enum client_step client_trouble(struct client *client, enum sync_trouble trouble,
                                const char *detail);
/* An answer that no right program gives; it may be the line's fault, so a few are borne.
 */
enum client_step client_strange(struct client *client, enum sync_trouble trouble,
                                const char *detail);
/* Contact without gain: again at once for some times, then with pauses. */
enum client_step client_fruitless(struct client *client, const char *detail);
/* The store failed. */
enum client_step client_disk(struct client *client, enum err err, const char *detail);
/* Something good came of it. */
void client_gain(struct client *client);
/* The receipt as far as was acknowledged. */
enum err client_write_receipt(struct client *client) NODISCARD;
/* A contact that was as it should be, for the lamp. */
enum err client_note_contact(struct client *client) NODISCARD;
void client_say(struct client *client, const char *detail);
enum err client_key(struct client *client, struct key *key_out) NODISCARD;

/* ---- the parts ------------------------------------------------------------------ */

enum client_step client_enrol(struct client *client, const struct sync_enrol *enrol);
/* ASKED_GOOD: there is a token. */
enum asked client_session(struct client *client, enum client_step *step_out);
void client_forget_session(struct client *client);

/* The centre's log beside ours: the receipt follows, or a new epoch begins. ERR_OK: *log
 * is as acknowledged now; ERR_CONFLICT: a new epoch was begun. */
enum err client_compare(struct client *client, struct sync_log *log,
                        const struct answer_log *theirs) NODISCARD;
/* How a step ends when it failed. */
enum client_step client_compared(struct client *client, enum err err);
/* How far the log is at the centre. ASKED_GOOD: *log is right. */
enum asked client_cursor(struct client *client, struct sync_log *log,
                         enum client_step *step_out);
enum client_step client_up(struct client *client, struct sync_log *log);
struct batch_limits {
    int events, check_every; /* check_every 0: no checks between */
    size_t raw;
};
enum err client_batch(struct client *client, struct wire_pack *pack,
                      const struct sync_log *log, const struct batch_limits *limits,
                      struct batch *batch_out) NODISCARD;

enum client_step client_down(struct client *client, int wait_s);
/* A page that was verified: into the store. */
enum err client_apply(struct client *client, const struct wire_row *rows, size_t count,
                      const struct wire_page_end *end) NODISCARD;
enum err client_settle(struct client *client, int *facts_out) NODISCARD;

#endif
