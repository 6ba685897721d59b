/* layout/layout.h -- a layout: XML parsed and checked once, bound to many cards.
 *
 * layout_open() tells every fault of the file in one run.  A layout is
 * read-only once opened and serves every card; XPath expressions are compiled
 * at opening.  A layout cannot read files, reach the net or run code. */
#ifndef LAYOUT_LAYOUT_H
#define LAYOUT_LAYOUT_H
#include "layout/box.h"

#include <libxml/tree.h>

struct layout;
struct layout_param { const char *name, *value; }; /* --set NAME=VALUE */

/* NULL after reports (file, line, element, what was expected). Includes are
 * taken from the layout's own folder only. `fonts` is asked which families exist. */
struct layout *layout_open(const char *path, const struct layout_param *params, size_t n_params,
                           struct fontlib *fonts, struct diag *d);
/* `words`, the letters of the catalog's words, against the faces that set values of the card; warnings. */
void layout_check_words(struct layout *l, struct fontlib *fonts, const char *words, struct diag *d);
void layout_close(struct layout *l); /* NULL is fine */

/* A layout for one place ("place"), for the whole country ("national"), or for what a book
 * of cards has beside them ("book": cover, contents, section pages, running heads, index). */
bool layout_is_national(const struct layout *l);
bool layout_is_book(const struct layout *l);
const char *layout_hash(const struct layout *l); /* SHA-256 of the file and its includes */
const char *layout_path(const struct layout *l);
/* The parameters that were given from outside, by name, in the layout's memory. */
const struct layout_param *layout_params(const struct layout *l, size_t *n);

/* Bind to a card. NULL after reports that name the layout's line, the element and the place. */
struct box_document *layout_bind(const struct layout *l, xmlDocPtr card, struct fontlib *fonts, struct arena *a,
                                 struct diag *d);
#endif
