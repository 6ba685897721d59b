#include "ingest/build.h"
bool pdf_read(struct builder *b, const char *data, size_t n)
{
    (void)data, (void)n;
    diag_error(b->d, b->at, _("is of a kind that cannot be read yet"));
    return false;
}
