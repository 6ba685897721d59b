/* extract/indicator.h -- which indicator a quantity belongs to (internal to extract/).
 *
 * Every part of a pattern that is found costs what lies between it and the
 * number: words little, commas more, semicolons and other numbers much.  A
 * pattern is worth its words less its cost; the best one wins, unless the
 * quantity before it, in the same breath, is nearer. */
#ifndef EXTRACT_INDICATOR_H
#define EXTRACT_INDICATOR_H
#include "extract/passage.h"

struct choice {
    int code;               /* index in lexicon codes; -1: none fits */
    double score, margin;   /* worth; distance to the best other code */
    const struct pattern *pattern; /* NULL: taken over from the quantity before */
    bool inherited;
    const char *level;      /* of the fact made of it; NULL until then */
};

/* Scratch that one document uses again and again. */
struct chooser {
    const struct lexicon *x;
    struct slot_find { uint32_t stamp; float cost, worth; } *slots; /* by slot */
    int *touched; size_t n_touched;    /* patterns with a hit */
    uint32_t *touched_stamp;           /* by pattern */
    uint32_t stamp;
    float *cost;                       /* by token of the window, from `low` */
    size_t low;
};
struct chooser *chooser_new(const struct lexicon *x, struct arena *a);

/* `kind`: the kind for matching patterns (a move in rank counts as rank, a
 * move of an amount as the amount). `before`: the choice of the quantity
 * `previous` of this passage; NULL if none. */
struct choice indicator_choose(struct chooser *c, const struct passage *p, const struct quantity *q,
                               enum fact_kind kind, const struct quantity *previous, const struct choice *before);

/* True if the number begins its clause: "..., 100% hồ sơ ...". */
bool number_first(const struct passage *p, const struct quantity *q);

/* "68% trong tổng số 168.000 hồ sơ": the second. */
bool is_total(const struct passage *p, const struct quantity *q);

/* The number before in a row ("5 sở, 32 phòng và 45 đơn vị"), NULL if q begins none. */
const struct quantity *coordinated(const struct passage *p, const struct quantity *q);

/* Classes (bits) of the nouns that a quantity may count: the noun behind it, or those of its clause; 0 if none. */
unsigned long counted_classes(const struct passage *p, const struct quantity *q);
#endif
