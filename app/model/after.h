/* After the wish: what the screens know of jobs, views, the sheet, voices and the site.
 *
 * All of it is personal and lies in struct visit, struct staff_session or struct
 * site_visit, which are wiped at the end of a visit. */
#ifndef MODEL_AFTER_H
#define MODEL_AFTER_H

#include "domain/job_brief.h"
#include "domain/sheet.h"
#include "domain/voice.h"

#define OWN_WORDS_SIZE 1004 /* ≤ 250 characters */
#define VOICES_SHOWN_MAX 64
#define NOTES_MAX 8
#define TEAM_NAMES_MAX 8

/* The form being answered: by the young person, by the site, or by a coach for the site. */
struct answering {
    struct uid assignment;
    enum form_side side;
    bool by_staff;
    int page;                    /* of evaluation_form_page() */
    struct evaluation_view view;
    char words[OWN_WORDS_SIZE];  /* plain only here; sealed when saved, then wiped */
    bool typing;                 /* the keyboard for own words is open */
    struct uid fact;
    bool saving, saved;
    enum evaluation_answer refused; /* EVALUATION_OK: it was not */
    char title[OFFER_TITLE_SIZE]; /* of the job, for the head */
    date_t date;
};

/* A young person's jobs and what they look at. */
struct job_visit {
    bool known;
    int count;
    struct job_brief jobs[JOBS_MAX];
    int open;                    /* index, or -1 */
    bool answered;               /* a check-in, check-out … was answered */
    enum assignment_answer answer;
    bool busy;
    struct uid fact;
    bool has_card;               /* signed in by card: the sheet can be opened */
    struct answering answering;
    /* giving back: both views of the open job, after its release */
    bool views_known;
    bool views_denied;           /* they open with the card only */
    int result_page;
    struct evaluation_view self, site;
    char site_words[OWN_WORDS_SIZE];
    /* the sheet; opened only with the card */
    bool sheet_known, sheet_closed; /* closed: items of an older card are there */
    bool sheet_denied;           /* the card was not held */
    int sheet_count, sheet_page;
    unsigned print_parts;        /* bits of enum sheet_part */
    int print_state;             /* enum print_state */
};

enum sheet_part {
    SHEET_PART_JOBS,
    SHEET_PART_HOURS,
    SHEET_PART_FIELDS,
    SHEET_PART_STRENGTHS,
    SHEET_PART_VIEWS,
    SHEET_PART_SENTENCES,
    SHEET_PART_COUNT
};

/* The opened items and what they say. Big: one in struct model, touched only when used. */
struct sheet_open {
    struct sheet_item items[SHEET_ITEMS_MAX];
    struct sheet sheet;
};

struct voice_shown {
    struct voice_item item;
    struct voice_result result;
    enum voice_choice own;
};

struct voice_visit {
    bool known;
    int count, page;
    struct voice_shown voices[VOICES_SHOWN_MAX];
    /* proposing */
    enum voice_kind kind;
    uint32_t tiles;
    char words[OWN_WORDS_SIZE];
    bool typing, saving, saved;
    struct uid fact;
};

/* A site at the kiosk, by the code on its order sheet. Knows no alias. */
struct site_visit {
    bool open, checking;
    char code[24];               /* as typed */
    int64_t wait_until_ms;
    int count;
    struct job_brief jobs[JOBS_MAX]; /* wish.alias is empty, wish.participant nil */
    int chosen;
    struct answering answering;
    bool answered;
    enum assignment_answer answer;
};

struct staff_note {
    char text[OWN_WORDS_SIZE];
};

/* Who of the team did something to the open job. */
struct team_name {
    struct uid id; /* nil: no more */
    char alias[ALIAS_SIZE];
};

/* Who wants to talk, not about one job. */
#define TALKS_MAX 16
struct team_talk {
    struct uid participant;
    char alias[ALIAS_SIZE];
};

/* The team's day: who is expected, there, gone; whom to call. */
struct staff_jobs {
    bool known;
    int count, page;
    struct job_brief jobs[JOBS_MAX];
    bool calls_known;
    int call_count;
    struct job_brief calls[JOBS_MAX];
    int talk_count;
    struct team_talk talks[TALKS_MAX];
    bool talk_saving;
    struct uid talked_with, talked; /* the last one marked, and its fact, for a retry */
    struct job_brief brief;      /* the open one */
    struct assignment full;      /* of the open one, with its history */
    bool full_known;
    struct team_name team[TEAM_NAMES_MAX]; /* of the open one's history */
    struct assignment_event draft; /* a correction being entered */
    bool answered;
    enum assignment_answer answer;
    struct answering answering;  /* the site's view on the phone */
    bool views_known, views_closed; /* closed: this card cannot open the team's key */
    bool has_self, has_site;
    struct evaluation_view self, site;
    char self_words[OWN_WORDS_SIZE], site_words[OWN_WORDS_SIZE];
    int note_count;
    struct staff_note notes[NOTES_MAX];
    char note[OWN_WORDS_SIZE];   /* being typed */
    int mode;                    /* what is open on job or call: see staff_jobs.h */
    struct evaluation_event call; /* being saved, kept for a retry */
    enum evaluation_answer refused;
    bool busy;
    char card_alias[ALIAS_SIZE]; /* who gets a new card */
    struct uid fact;
    int print_state;             /* enum print_state */
    struct voice_visit voices;   /* waiting proposals and their words */
    char voice_title[OWN_WORDS_SIZE];
};

#endif
