/* card/words.h -- paragraphs of judgement, built from the catalog's sentences;
 * private to card/. */
#ifndef CARD_WORDS_H
#define CARD_WORDS_H
#include "card/maker.h"

/* A {placeholder} and what stands for it; computed: set in italics. */
struct value { const char *name, *text; bool computed; };
enum { VALUES = 8 };

struct paragraph {
    struct maker *m;
    const char *element;              /* NULL: "nhan-xet" */
    const char *kind;                 /* its `loai` */
    xmlNodePtr node;                  /* NULL until the first sentence */
    bool open;                        /* a sentence is begun, its full stop not yet set */
    const struct item *cited[16];     /* of the open sentence */
    size_t n_cited;
    const struct source *tables[16];  /* cited in this paragraph: a table once is enough */
    size_t n_tables;
};

/* Adds a piece: a new sentence, or more of the open one if it begins with a
 * comma and the like. `values` ends with a NULL name; NULL: none. */
void say(struct paragraph *p, const char *id, const struct value *values);
void cite(struct paragraph *p, const struct item *it);
/* The marks of what was cited since the last ones. */
void paragraph_marks(struct paragraph *p);
/* Source marks and full stop of the open sentence. */
void paragraph_stop(struct paragraph *p);

#define SAY(p, id, ...) say((p), (id), (const struct value[]){ __VA_ARGS__, { NULL, NULL, false } })

/* A component of an index in the card's year: ranked, with its change (NAN: none). */
struct part { const struct indicator *known; const struct cell *cell; double change; };
size_t parts_of(struct maker *m, const struct index *x, int year, struct part *out, size_t room);
/* The largest notable rise (sign 1) or fall (-1); NULL. */
const struct part *extreme(const struct part *parts, size_t n, int sign);
/* A result of the period and the target that it met or missed. */
struct goal { const struct cell *result, *target; bool met; };
size_t goals_of(struct maker *m, struct goal *out, size_t room);
struct yearly *of_year(struct yearlies *years, int year); /* NULL: none */
/* ", từ thứ 52/61 lên thứ 33/61"; direction: of the score, 1 up, -1 down, 0 equal. */
void say_rank_change(struct paragraph *p, const struct standing *old, const struct standing *now, int direction);
/* How many indices lack a result of the card's year; the first names. */
size_t missing_indices(struct maker *m, const char **names, size_t room);
const struct indicator **headline_order(struct maker *m, size_t *n);
const char *name_in_text(struct maker *m, const struct cell *c);
const char *capital_first(struct arena *a, const char *s);
/* Points for a meeting: what to decide, what went well. */
void put_points(struct maker *m);

/* "42,11", "1.929": decimal comma, dots by thousands; decimals -1: as given, up to 6. */
const char *word_number(struct arena *a, double value, int decimals);
/* "42,11/80 điểm", "91,16%", "0,8002"; from a text with the decimals that it tells. */
const char *word_score(struct maker *m, const struct cell *c, const struct indicator *known);
/* "1,71 điểm", "1,20 điểm %": of a difference, without its sign. */
const char *word_difference(struct arena *a, double difference, const struct indicator *known);
/* "khoảng 17.000 lượt hồ sơ", "951/1.929 TTHC", "97,4%". */
const char *word_fact(struct arena *a, const struct fact *f);
const char *word_rank(struct arena *a, int rank, int total);
/* "năm 2023", "ngày 22/1/2024". */
const char *word_period(struct arena *a, const char *period);
/* "hồ sơ đúng hạn": a name inside a sentence. */
const char *word_lower(struct arena *a, const char *s);
/* "bảy", "12"; `first` with a capital. */
const char *word_count(struct arena *a, size_t n, bool first);
#endif
