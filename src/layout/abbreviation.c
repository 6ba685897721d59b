/* Abbreviations and what they stand for: those that the layout declares, and the short names
 * of the card's indices.  Where one stands in a text as a word of its own it becomes a run of
 * its own, so that a reader's program can say it in full. */
#include "base/node.h"
#include "layout/bind.h"

#include <string.h>

void abbreviations_gather(struct binder *b)
{
    const struct layout *l = b->l;
    size_t n = l->n_abbreviations;
    for (xmlNodePtr k = xmlDocGetRootElement(b->card)->children; k; k = k->next)
        n += node_is(k, "chi-so");
    b->abbreviations = arena_array(b->a, struct abbreviation, n);
    for (size_t i = 0; i < l->n_abbreviations; i++)
        b->abbreviations[b->n_abbreviations++] = l->abbreviations[i];
    for (xmlNodePtr k = xmlDocGetRootElement(b->card)->children; k; k = k->next) {
        struct abbreviation a = { 0 };
        if (!node_is(k, "chi-so"))
            continue;
        a.name = arena_strdup(b->a, node_attribute(b->a, k, "ten-ngan"));
        a.expansion = arena_strdup(b->a, node_attribute(b->a, k, "ten"));
        if (a.name && *a.name && a.expansion && strcmp(a.name, a.expansion) != 0)
            b->abbreviations[b->n_abbreviations++] = a;
    }
}

static bool in_word(unsigned char c)
{
    return c >= 0x80 || (c >= '0' && c <= '9') || (c | 32u) - 'a' < 26;
}

/* The longest that begins here and ends where a word does. */
static const struct abbreviation *at_word(const struct binder *b, const char *s)
{
    const struct abbreviation *found = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < b->n_abbreviations; i++) {
        const struct abbreviation *a = &b->abbreviations[i];
        size_t n = strlen(a->name);
        if (n > longest && *s == *a->name && strncmp(s, a->name, n) == 0 && !in_word((unsigned char)s[n])) {
            found = a;
            longest = n;
        }
    }
    return found;
}

const struct abbreviation *abbreviation_in(const struct binder *b, const char *text, const char **at)
{
    for (const char *s = text; *s; s++) {
        bool begins = *s >= 'A' && *s <= 'Z' && (s == text || !in_word((unsigned char)s[-1]));
        const struct abbreviation *a = begins ? at_word(b, s) : NULL;
        if (a) {
            *at = s;
            return a;
        }
    }
    return NULL;
}
