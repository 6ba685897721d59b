/* extract/naming.h -- the ways in which places are named in a passage (internal to extract/).
 *
 * places.c tries them at each token, one after another.  Each takes the token i, adds the place that begins
 * there to the passage, sets *end behind it, and tells whether there was one. */
#ifndef EXTRACT_NAMING_H
#define EXTRACT_NAMING_H
#include "extract/passage.h"

/* ---- places.c ---- */
bool sentence_start(const struct passage *p, size_t i);
bool all_upper(const struct passage *p, size_t first, size_t end); /* every word begins with a capital */
bool unit_lead(const struct passage *p, size_t i);                 /* "tỉnh", "TP", "UBND" directly before i */
bool in_other_name(const struct passage *p, size_t first, size_t end); /* of a person, a street, an organisation */
/* The new place; `name` is borrowed. */
struct where *where_add(struct passage *p, size_t first, size_t end, enum where_kind kind, const char *name);
/* The name's own words from the text in their usual spelling, blanks made single; in the passage's arena. */
const char *own_name(struct passage *p, size_t first, size_t end);

/* ---- units.c ---- */
bool unit_inside(struct passage *p, size_t i, size_t *end);
bool known_unit(struct passage *p, size_t i, size_t *end);
bool listed_unit(struct passage *p, size_t i, size_t *end);
bool lists_units(const struct passage *p, size_t i); /* "71 xã, phường": the noun at i goes on a row of nouns */

/* ---- offices.c ---- */
bool local_office(struct passage *p, size_t i, size_t *end);
bool department(struct passage *p, size_t i, size_t *end);
bool bare_ministry(struct passage *p, size_t i, size_t *end);
bool national_subject(struct passage *p, size_t i, size_t *end);
/* By a list of the catalog. */
bool named(struct passage *p, size_t i, enum sense_role role, enum where_kind kind, size_t *end);

/* ---- issuers.c ---- */
/* The name at [first, end) is of who orders, reports, meets or is compared with, not of whom the numbers are. */
bool names_issuer(const struct passage *p, size_t first, size_t end, bool agency);
#endif
