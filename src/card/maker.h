/* card/maker.h -- one card in the making; private to card/.
 *
 * Each part writes its elements and names the facts it shows, so that the
 * list of sources at the end holds these and no others. */
#ifndef CARD_MAKER_H
#define CARD_MAKER_H
#include "card/set.h"
#include "card/tree.h"

struct yearlies;
struct maker {
    const struct card_set *set;
    const struct place *place;      /* NULL: the country's card */
    struct arena arena;             /* of this card only */
    const struct figures *own;      /* of the place */
    struct figures **figures;       size_t n_figures, cap_figures; /* of every unit that was asked for */
    struct arena units;             /* theirs */
    struct yearlies **yearlies;     /* of the place, by measure: those that were asked for */
    xmlNodePtr root;
    xmlNodePtr words_before;        /* where the judgement goes */
    bool peers;                     /* other places are being shown: their sources are listed, not their sentences */
    const struct source **sources;  size_t n_sources, cap_sources; /* in order of first use */
    const struct stored_fact **shown; size_t n_shown, cap_shown;
};

/* Where a unit stands by an index in one year. */
struct standing {
    int rank, total;          /* 0: not known */
    const char *type;         /* "cong-bo", "tinh-toan", "van-ban" */
    const struct cell *from;  /* of the rank, where it was published or told */
    int group;                /* 1 (best) to 4; 0 */
};

/* One period of an index or of a component: a score, a rank, or both. */
struct yearly { const char *period; int year; const struct cell *score, *rank; };
struct yearlies { struct yearly *items; size_t n, cap; };

/* Reads all that is stored of a unit, between shelf_begin() and shelf_end(); false after a report. */
bool maker_read(struct maker *m, const struct place *unit, struct diag *d);
/* What was read of a unit; of one that was not, its standing by each index. */
const struct figures *maker_figures(struct maker *m, const struct place *unit);
void maker_forget(struct maker *m); /* all figures: the next place's come */
void maker_clear(struct maker *m);
/* As figures_of() and its like, by unit. */
const struct cell *const *unit_cells(struct maker *m, const struct place *unit, size_t *n);
const struct cell *const *cells_of(struct maker *m, const struct place *unit, int measure, size_t *n);
const struct cell *yearly_of(struct maker *m, const struct place *unit, int measure, const char *period);
const struct cell *previous_of(struct maker *m, const struct cell *c);
const struct cell *target_of(struct maker *m, const struct cell *c, bool *exact);

/* Names a fact as shown, and its source as used. */
void maker_show(struct maker *m, const struct stored_fact *sf);
/* id, value, qualifier, source, status of one fact. */
void put_fact(struct maker *m, xmlNodePtr node, const struct item *it);
/* A <so-lieu>: the same with kind, role, unit, level and period. */
xmlNodePtr put_single(struct maker *m, xmlNodePtr parent, const struct item *it);
/* ky, ky-ten, ky-ngan, nam, phu-hop-ky, sau-ky. */
void put_period(struct maker *m, xmlNodePtr node, const struct item *it);
/* n, and where most places have a value: trung-vi, q1, q3 ... (phan-bo if asked). */
void put_statistics(xmlNodePtr node, const struct column *c, bool spread);
bool in_period(const struct card_set *set, const struct item *it);
bool after_period(const struct card_set *set, const struct item *it);
/* Change against the year before, if the two can be compared. */
void put_change(struct maker *m, xmlNodePtr node, const struct cell *c, const struct indicator *known);

void put_card_period(struct maker *m);
void put_indices(struct maker *m);
/* What is known of each year of an index or a component, oldest first. */
void yearlies_of(struct maker *m, const struct place *unit, const struct indicator *score, struct yearlies *out);
struct standing standing_of(const struct card_set *set, const struct indicator *score, const struct yearly *y);
/* One <nam> of a list that has `before` as its earlier one (NULL: none). */
xmlNodePtr put_yearly(struct maker *m, xmlNodePtr parent, const struct indicator *score, const struct yearly *y,
                      const struct yearly *before, bool full);
/* The unit's standing of the year in which places are compared, as a bare <nam>; NULL if it has none. */
xmlNodePtr put_compared(struct maker *m, xmlNodePtr parent, const struct place *unit, size_t index);
double change_of(const struct indicator *known, const struct cell *now, const struct cell *before); /* NAN: none */
bool notable(const struct indicator *known, double change);

void put_fields(struct maker *m);
void put_inner_units(struct maker *m); /* districts and communes that facts name */
void put_predecessors(struct maker *m, xmlNodePtr parent);
/* Returns how many; *so_far: of them those that are not after the card's period. */
size_t put_conflicts(struct maker *m, size_t *so_far);
void put_notes(struct maker *m);
void put_words(struct maker *m, size_t conflicts);
/* "dat", "gan" (missed by no more than the tolerance), "chua"; NULL if the words of the text do not decide it. */
const char *target_verdict(const struct indicator *known, const struct fact *f, double target);
void put_map(struct maker *m);
void put_sources(struct maker *m);
/* The reform indicators with a fact of the card's period, of all there are. */
size_t coverage(struct maker *m, const struct place *unit, const struct field *f, size_t *all);
/* The one fact of an indicator that stands for it on the card; NULL. */
const struct cell *headline(struct maker *m, const struct place *unit, int measure);
#endif
