/* extract/finding.h -- one number on its way to a fact, and what was said before it (internal to extract/).
 *
 * Each question about a number has a file: kind.c, role.c, period.c, whose.c (its
 * place), level.c, named_index.c and taken.c (the indicator, where the clause
 * does not name it); write.c writes the answers down, extract.c asks the
 * questions in order.  find_*() answers for one finding, hear_*() takes in what
 * a sentence says for those that follow. */
#ifndef EXTRACT_FINDING_H
#define EXTRACT_FINDING_H
#include "extract/extract.h"
#include "extract/indicator.h"
#include "extract/passage.h"

struct extractor {
    const struct catalog *catalog;
    struct lexicon *lexicon;
};

/* The time last told of a place by a fact, and its indicator. */
struct spoken_time { const char *place, *period; int code; };

/* What was said before. Strings live in the document's arena. */
struct discourse {
    const struct extractor *x;
    struct document *doc;
    struct arena *a;
    struct facts *out;
    struct passed_list *passed;
    struct facts *notes;      /* where statements without a number go; NULL: nowhere */
    struct chooser *chooser;
    const char *home;         /* province of the publisher, or the one that the document is about; "" */
    bool home_agency;         /* that is an agency */
    const char *ministry;     /* the one ministry of a text that names no place and not the country; "" */
    bool nameless;            /* it speaks of "tỉnh", "huyện" and never says of which */
    const char *province, *unit, *agency; /* last ones spoken of; "" */
    const char *unit_level;
    size_t unit_block;        /* where that unit was named last */
    const char *block_place;  /* last place spoken of in this block; "" */
    bool block_unit;          /* that is a unit inside a province */
    int index, index_year;    /* last index spoken of, as its code; -1. Its year, 0 */
    int index_year_code;
    size_t index_block;       /* where it was named */
    bool index_told;          /* in this sentence, or points of it in the one before */
    bool sum_told;            /* a sum over all in this sentence */
    const char *period;       /* last time of this block that holds for what follows */
    bool deadline;            /* that time is one by which targets are to be met */
    const char *report;       /* time of the report that the passage continues */
    int year;                 /* last year told, for "6 tháng đầu năm" */
    size_t year_block;        /* where that year was told */
    int months;               /* first months of the year last told, for "9 tháng"; 0 */
    int latest;               /* latest year told as one that was: no deadline lies before it */
    const char *report_place; /* whom that report is about */
    int plan;                 /* number of a plan named with its years; 0 */
    const char *plan_period;
    const char *list_period;  /* told by the line that opens the list or the sections that follow; "" */
    const char *title_period; /* the one time that the title names; "" */
    bool plan_text;           /* the text is a plan; the block that says so, and its years, "" */
    size_t plan_block;
    const char *plan_time;
    bool tasks;               /* a paragraph led by "Nhiệm vụ ...:"; its block */
    size_t tasks_block;
    const char *term;         /* term of office of the body that decides; "" */
    struct spoken_time spoken[8]; /* a ring */
    size_t n_spoken;
    bool target;              /* a list or plan of targets goes on */
    bool orders;              /* orders follow: "yêu cầu ... thực hiện các nhiệm vụ sau:" */
    bool drafted;             /* the arrangement of units that the text tells of is a draft */
    const char *target_period;
    const char *block_why;
    struct unit_names units;
    struct { const struct sense *noun; double value; int code; size_t block; } told[8]; /* last counts, a ring */
    size_t n_told;
    int sentences;            /* of the block before */
    size_t block;             /* number of this one */
    enum fact_role last_role; /* of the fact before, and its block */
    size_t last_block;
    int target_year;          /* the latest year that a target was told for; 0 */
    int rate;                 /* what the last rate was of, as a code; -1. Its block */
    size_t rate_block;
    struct choice heading;    /* what the heading of this list speaks of; code -1 */
    size_t cp_byte, cp;       /* document_cp() at the last fact: offsets only grow */
    struct passage *head;     /* of the first blocks, read to find the home; kept by block */
    size_t n_head;
    struct arena head_arena;
    const char *quote;        /* of the last fact, and its bytes of the text; NULL */
    size_t quote_from, quote_to;
    struct buf scratch;       /* for what is put together; given back at the end */
};

/* One quantity with all that was found about it. */
struct finding {
    const struct quantity *q;
    struct choice choice;
    enum fact_kind kind;
    enum fact_role role;
    enum fact_qualifier qualifier;
    double value;
    const struct where *where; /* the place named for it in its sentence; NULL */
    bool in_unit;             /* the place is itself a district or commune */
    const char *place, *place_why, *period, *period_why, *level;
    bool carried;             /* a target by the discourse alone */
    bool streak;              /* for years on end: no single year */
    bool then;                /* of the time that the rest is compared with, or of years on: no time of what follows */
    double place_trust, period_trust, role_trust;
};

static inline const struct lexicon_code *code_of(const struct discourse *s, const struct choice *c)
{
    return c->code >= 0 ? &s->x->lexicon->codes[c->code] : NULL;
}

static inline bool is_khac(const struct lexicon_code *c)
{
    return !c || c->label;
}

/* ---- how sure each answer is ----
 * Shares of answers that were right among 950 facts of 74 annotated texts, by the evidence that they
 * rest on, a little under what was measured where there are few.  Their product orders the facts;
 * confidence() in write.c gives it the scale of the column. */
#define PLACE_AGREED 0.995    /* the sentence, or the discourse, and the whole text lead to one place */
#define PLACE_HOME 0.985      /* the whole text alone */
#define PLACE_SENTENCE 0.965  /* named in the sentence of a text that is about others, or about nobody */
#define PLACE_DISCOURSE 0.95  /* named before */
#define PLACE_NONE 0.94       /* nobody is named: the country */
#define PLACE_LOOSE 0.85      /* behind the number, an agency, "các địa phương" */
#define PERIOD_NEAR 0.99      /* in the sentence, not far before the number */
#define PERIOD_PARAGRAPH 0.985
#define PERIOD_FAR 0.95       /* in the sentence, with much between; told by the name of an index, a report, a plan */
#define PERIOD_LOOSE 0.85     /* behind the number, since a day, from another paragraph */
#define PERIOD_NONE 0.96      /* of a state: none is told */
#define PERIOD_MISSING 0.88   /* of what flows or is to be met by a time, and none was found */
#define ROLE_CARRIED 0.88     /* a target by the discourse alone */
#define ROLE_WEAK 0.92

/* ---- reported.c ---- */
/* Why the number is no fact all the same, or NULL. */
const char *not_reported(const struct discourse *s, const struct passage *p, const struct finding *f);
/* The last count of the same thing in this paragraph, as an index of s->told; SIZE_MAX if there is none. */
size_t told_before(const struct discourse *s, const struct quantity *q);
bool counts_units(const struct passage *p, const struct quantity *q); /* places or offices */
bool level_follows(const struct passage *p, const struct quantity *q); /* what the units counted have reached */

/* ---- kind.c ---- */
/* "tăng", "giảm" right before the number (behind its qualifier); 1 up, -1 down, 0 none. */
int moved_before(const struct passage *p, const struct quantity *q);
bool exceeded_level(const struct passage *p, const struct quantity *q); /* "vượt chỉ tiêu 80%": a target, no difference */
enum fact_kind plain_kind(const struct quantity *q); /* as if nothing moved */
/* A difference to another place or to a mean ("cao hơn 0,66% so với Quảng Ninh"): 1 above, -1 below, 0 none. */
int apart_from_others(const struct passage *p, const struct quantity *q);
void find_kind(const struct discourse *s, const struct passage *p, struct finding *f); /* also value and qualifier */

/* ---- role.c ---- */
/* `previous`: the number of the fact before, or NULL. */
void find_role(struct discourse *s, const struct passage *p, struct finding *f, const struct quantity *previous);
bool of_what_there_is(const struct passage *p, const struct quantity *q); /* "... trên tổng số 132" */
void check_carried(const struct discourse *s, struct finding *f); /* once its period is known */
void hear_target(struct discourse *s, const struct passage *p, const struct sentence *in, bool facts, bool targets);
void hear_heading(struct discourse *s, const struct block *b, const struct passage *p);
void hear_announced(struct discourse *s, const struct passage *p);

/* ---- plan_text.c ---- */
void hear_plan_text(struct discourse *s, struct passage *p); /* the text is a plan itself, and for when */
void hear_tasks(struct discourse *s, const struct passage *p, const struct sentence *in);

/* ---- plan.c ---- */
bool begins_with_deed(const struct passage *p, size_t i);
bool next_proposed(const struct discourse *s, const struct passage *p, const struct quantity *q);
bool drafted_units(const struct discourse *s, const struct passage *p, const struct finding *f);
void hear_draft(struct discourse *s, const struct passage *p, const struct sentence *in, bool facts, bool targets);

/* ---- period.c ---- */
/* The time of a bracket right behind it: "so với năm 2022 (80,08%)"; NULL. */
const struct when *bracket_time(const struct passage *p, const struct quantity *q);
void find_period(struct discourse *s, struct passage *p, struct finding *f);
bool says_streak(const struct passage *p, const struct quantity *q);

/* ---- heard.c ---- */
/* Keeps "9 tháng" as a time where the text speaks of these months, or says so as a report does; a stretch otherwise. */
void settle_times(struct discourse *s, struct passage *p);
bool holds(const struct when *w, const struct sentence *in);
bool of_index(const struct passage *p, const struct when *w);                         /* "PAPI 2023": the year in its name */
bool clause_ends(const struct passage *p, const struct when *w, uint32_t before);    /* a semicolon between */
/* The time of a fact holds for what flows in paragraphs that tell none. */
void hear_spoken(struct discourse *s, const struct finding *f);
void hear_title(struct discourse *s, struct passage *p);
void hear_list(struct discourse *s, struct passage *p);
void hear_plan(struct discourse *s, struct passage *p, const struct sentence *in);
/* `facts`, `targets`: the sentence held some. */
void hear_time(struct discourse *s, struct passage *p, const struct sentence *in, bool facts, bool targets);

/* ---- whose.c, level.c ---- */
void find_place(struct discourse *s, const struct passage *p, struct finding *f);
void give_place(struct discourse *s, struct finding *f, const struct where *w); /* another place, with the rest as it is */
void hear_place(struct discourse *s, const struct passage *p, const struct sentence *in);
const char *find_level(const struct passage *p, const struct quantity *q, const struct quantity *previous,
                       const char *previous_level);

/* ---- rows.c ---- */
/* "A và B lần lượt đạt 43,9 điểm và 41,7 điểm": which in the row a number is, from 0, and the token of the word in
 * *at; -1 if there is no such row.  place_in_row(): the place named as the same one of its row; NULL. */
int row_index(const struct passage *p, const struct quantity *q, uint32_t *at);
const struct where *place_in_row(const struct passage *p, const struct quantity *q);
/* The first of the row of places ("A, B và C") that ends with `last`; `last` itself if there is none. */
const struct where *row_first(const struct passage *p, const struct where *last);
/* "4 địa phương là A, B và C đạt 100%": the row that begins with `first` lists what was counted. */
bool counted_row(const struct passage *p, const struct where *first);
/* "Hà Nội và Cần Thơ đều đạt 90%": the place of the row before `last` (NULL: before that of `f`), of which the
 * number is said too; NULL. */
const struct where *joined_place(const struct passage *p, const struct finding *f, const struct where *last);

/* ---- named_index.c ---- */
void hear_index(struct discourse *s, const struct passage *p, const struct sentence *in);
/* The index spoken of, where no other name is near; points of a part of it, by their maximum. */
void take_index(struct discourse *s, const struct passage *p, struct finding *f);
void take_component(const struct discourse *s, struct finding *f, const struct choice *before);
void index_period(struct discourse *s, struct finding *f); /* the year in its name */

/* ---- taken.c ---- */
/* "với tỷ lệ 83,48%": the clause says that it is a rate, not of what. */
bool bare_rate(const struct passage *p, const struct quantity *q);
/* Each changes f->choice where it can tell it better. */
void take_told(const struct discourse *s, struct finding *f);
void leave_measure(const struct discourse *s, const struct passage *p, struct finding *f);
void take_named_before(struct discourse *s, const struct passage *p, struct finding *f);
void take_heading(const struct discourse *s, struct finding *f);
void take_difference(const struct discourse *s, const struct passage *p, struct finding *f);
void take_rate(const struct discourse *s, const struct passage *p, struct finding *f, const struct quantity *previous,
               const struct choice *before);
void hear_rate(struct discourse *s, const struct finding *f);
void hear_subject(struct discourse *s, const struct block *b, const struct passage *p);

/* ---- home.c, note.c, write.c ---- */
/* Name of the place that the document is about; "". Also sets s->province, s->unit and the units' names. */
const char *find_home(struct discourse *s);
/* Keeps a sentence that states a limitation, a task or an achievement of some reform field. */
void note_sentence(struct discourse *s, struct passage *p, const struct block *b, const struct sentence *in);
int64_t code_point(struct discourse *s, size_t byte); /* of the document; quick where bytes only grow */
void write_fact(struct discourse *s, const struct passage *p, const struct block *b, const struct finding *f);
void write_passed(struct discourse *s, const struct quantity *q, const char *reason);
#endif
