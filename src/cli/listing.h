/* cli/listing.h -- facts on standard output as TSV, JSON or XML; and the catalog's folder. */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H
#include "extract/extract.h"

struct listing {
    enum { LISTING_TSV, LISTING_JSON, LISTING_XML } format;
    bool stored;    /* with id and page */
    bool conflicts; /* with the number of the conflict */
    size_t n;       /* facts printed */
    struct buf buf; /* printed by listing_flush() */
};

/* NULL: TSV. False after a message if `format` is none of tsv, json, xml. */
bool listing_format(struct listing *l, const char *command, const char *format);
void listing_begin(struct listing *l);
void listing_fact(struct listing *l, const struct fact *f, int64_t conflict);
/* Prints what has been gathered; false after a report if it cannot be written. */
bool listing_flush(struct listing *l, struct diag *d);
bool listing_end(struct listing *l, struct diag *d);

/* The catalog that ships with the program; NULL after reports. `folder` gets its path. */
struct catalog *listing_catalog(struct arena *a, const char **folder, struct diag *d);
#endif
