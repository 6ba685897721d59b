/* extract/passage.h -- one block of a document while it is read (internal to extract/).
 *
 * A passage is a block's tokens with the phrases found among them, cut into
 * sentences, and then, layer by layer, the times, places and quantities that
 * it names.  A long block is read in pieces of at most PASSAGE_MAX tokens, so
 * memory and the look around a number stay bounded.
 */
#ifndef EXTRACT_PASSAGE_H
#define EXTRACT_PASSAGE_H
#include "base/arena.h"
#include "catalog/lexicon.h"
#include "extract/fact.h"

#include <string.h>

enum { PASSAGE_MAX = 4096 };

/* What a token was taken for, as bits. */
enum { TAKEN_TIME = 1, TAKEN_QUANTITY = 2, TAKEN_PLACE = 4, TAKEN_NAME = 8, TAKEN_DOCUMENT = 16 };

struct sentence { uint32_t first, end; /* tokens */ };

/* A point or stretch of time. grain: Y year, H half, Q quarter, M month, D day, S months a to b. */
struct moment { short year, a, b; char grain; };
struct when {
    uint32_t first, end;
    struct moment from, to;   /* to.grain 0: one moment */
    bool until, since, span, compare, event, document, now; /* span: "giai đoạn", a programme */
    bool bare;                /* "9 tháng" without a year: a time or a stretch, as the text goes */
};

enum where_kind { WHERE_PROVINCE, WHERE_UNIT, WHERE_AGENCY, WHERE_REGION, WHERE_COUNTRY, WHERE_HERE };
struct where {
    uint32_t first, end;
    enum where_kind kind;
    const char *name;         /* as in the place column; "" for WHERE_HERE */
    const char *province;     /* of a unit inside one; "" */
    const char *level;        /* of a unit */
    bool issuer;              /* named as who orders, reports or is compared with, not as what it is about */
};

/* Units of this document that were named with their noun ("xã Tân Phú"), and
 * are then spoken of by bare name. */
struct unit_name { const char *name; size_t len; const char *full, *level, *province; };
struct unit_names { struct unit_name items[48]; size_t n; const char *province; }; /* that the text is about; NULL */

enum quantity_form { FORM_PLAIN, FORM_PERCENT, FORM_MONEY, FORM_FRACTION, FORM_RANK, FORM_SCORE, FORM_DURATION };
struct quantity {
    uint32_t first, end;      /* tokens of the number itself */
    size_t start, stop;       /* bytes of the number as GUIDE's `number` column */
    enum quantity_form form;
    double value, of;         /* of: NAN */
    enum fact_qualifier qualifier;
    uint32_t lead;            /* first token of qualifier and rank words before it */
    uint32_t tail;            /* behind its unit noun */
    const struct sense *noun; /* what is counted; NULL */
    const char *unit;         /* printed unit; NULL: not yet known */
    bool step;                /* "5 bậc" */
    bool points;              /* "điểm phần trăm" */
    bool range;               /* one side of a range */
    bool moves;               /* "từ 45% lên 78%": where it began */
    const char *passed;       /* why it is no fact; NULL */
};

struct passage {
    const struct lexicon *x;
    struct arena *a;          /* of this passage: cleared after it */
    const char *text;
    struct token *t;          size_t n, cap;
    struct hit *hits;         size_t n_hits, cap_hits;
    uint32_t *hit_at;         /* first hit of token i; n + 1 of them */
    uint64_t *roles;          /* of the phrases that begin at token i, as bits */
    uint8_t *taken;
    uint32_t *aside;          /* of token i: the ')' that closes the bracket that it stands in; 0: it stands in none */
    struct sentence *s;       size_t n_s, cap_s;
    struct when *times;       size_t n_times, cap_times;
    const struct unit_names *units; /* NULL */
    struct where *places;     size_t n_places, cap_places;
    struct quantity *q;       size_t n_q, cap_q; /* and a spare one behind the last */
};

/* Reads tokens from text[*at..end) into `p`, and moves *at behind them. */
void passage_read(struct passage *p, const struct lexicon *x, const char *text, size_t *at, size_t end,
                  struct arena *a);

/* The tokens, phrases and sentences of `read`, which stay where they are; the layers begin anew, in `a`. */
void passage_again(struct passage *p, const struct passage *read, struct arena *a);

/* The longest phrase of that role that begins at token i (or ends before token
 * i): its sense, NULL if there is none; *end (*first) its other side. */
const struct sense *sense_found(const struct passage *p, size_t i, enum sense_role role, uint32_t *end);
static inline const struct sense *sense_at(const struct passage *p, size_t i, enum sense_role role, uint32_t *end)
{
    /* Most tokens have no phrase of the role: the bit says so. */
    return i < p->n && p->roles[i] >> role & 1 ? sense_found(p, i, role, end) : NULL;
}
const struct sense *sense_before(const struct passage *p, size_t i, enum sense_role role, uint32_t *first);
/* True if a phrase of that role lies within tokens [from, to). */
bool sense_within(const struct passage *p, size_t from, size_t to, enum sense_role role);

/* True if what it counts is of one of those classes of nouns (bits, as in struct noun_sets). */
static inline bool counts_any(const struct quantity *q, unsigned long classes)
{
    return q->noun && q->noun->index >= 0 && classes >> q->noun->index & 1;
}

static inline bool token_is(const struct passage *p, size_t i, uint32_t mark) /* a mark */
{
    return i < p->n && p->t[i].kind == TOKEN_MARK && p->t[i].word == mark;
}
static inline bool token_numeral(const struct passage *p, size_t i)
{
    return i < p->n && p->t[i].kind == TOKEN_NUMERAL;
}
/* A word, by its fold. */
bool token_folds(const struct passage *p, size_t i, const char *fold, size_t n);
static inline bool token_word(const struct passage *p, size_t i, const char *fold)
{
    return i < p->n && p->t[i].first == *fold && p->t[i].length == strlen(fold) && token_folds(p, i, fold, strlen(fold));
}
/* A word, by one of n folds; TOKEN_ANY takes them from an array whose size is known. */
static inline bool token_any(const struct passage *p, size_t i, const char *const *folds, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (token_word(p, i, folds[k]))
            return true;
    return false;
}
#define TOKEN_ANY(p, i, folds) token_any(p, i, folds, sizeof folds / sizeof *folds)
/* One of the tokens [from, to) belongs to what `flags` (TAKEN_...) names. */
static inline bool taken_within(const struct passage *p, size_t from, size_t to, unsigned flags)
{
    for (size_t i = from; i < to; i++)
        if (p->taken[i] & flags)
            return true;
    return false;
}
const struct sentence *sentence_of(const struct passage *p, size_t token);
/* What is named in a bracket that closes before `at` holds in that bracket alone: "năm 2025 đạt 10% (đến năm 2030
 * đạt 20%); ...". */
static inline bool aside_before(const struct passage *p, size_t i, size_t at)
{
    return p->aside[i] && p->aside[i] < at;
}
/* Byte where the sentence's words begin: the dash or bullet of its list item is no part of what it says. */
size_t sentence_words(const struct passage *p, const struct sentence *in);

/* The layers, in this order. */
void times_find(struct passage *p);
void places_find(struct passage *p);
void quantities_find(struct passage *p);
void pass_over(struct passage *p, struct quantity *q); /* sets q->passed where it is no fact */

/* A time as a period of the contract, in the passage's arena; `year` is put in
 * where the text gave none (0: then ""). */
const char *when_period(struct passage *p, const struct when *w, int year);
#endif
