/* extract/extract.c -- the way from blocks to facts. */
#include "extract/extract.h"

#include <stdlib.h>

struct extractor { const struct catalog *catalog; };

struct extractor *extractor_open(const char *folder, const struct catalog *c, struct diag *d)
{
    struct extractor *x = xcalloc(1, sizeof *x);
    (void)folder, (void)d;
    x->catalog = c;
    return x;
}

void extractor_close(struct extractor *x)
{
    free(x);
}

void extract_facts(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out)
{
    extract_all(x, doc, a, out, NULL);
}

void extract_all(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out,
                 struct passed_list *passed)
{
    (void)x, (void)doc, (void)a, (void)passed;
    *out = (struct facts){ 0 };
}

void extract_notes(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out)
{
    (void)x, (void)doc, (void)a;
    *out = (struct facts){ 0 };
}
