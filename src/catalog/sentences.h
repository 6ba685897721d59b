/* catalog/sentences.h -- how a card's judgement is worded: pieces of sentences
 * with {placeholders}, some of their words to be set bold. */
#ifndef CATALOG_SENTENCES_H
#define CATALOG_SENTENCES_H
#include "base/diag.h"

#include <stdbool.h>

struct wording_part { const char *text; bool bold; };
struct wording { const char *id; const struct wording_part *parts; size_t n; };
struct sentences;

/* Lives in `a`. NULL after reports: an unknown or missing id, an unknown placeholder. */
const struct sentences *sentences_read(const char *path, struct arena *a, struct diag *d);
/* The ids are those of sentences.c; another is a mistake of the caller's. */
const struct wording *wording_find(const struct sentences *s, const char *id);
const char *wording_word(const struct sentences *s, const char *id);
/* Every piece of text. */
void sentences_each(const struct sentences *s, void (*take)(void *ctx, const char *text), void *ctx);
#endif
