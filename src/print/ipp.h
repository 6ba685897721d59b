/* print/ipp.h -- what the files of this folder share of a printer. */
#ifndef PRINT_IPP_H
#define PRINT_IPP_H
#include "print/printer.h"

#include <cups/cups.h>

struct printer {
    struct arena arena;
    const char *name;          /* as the user gave it */
    const char *uri, *host, *resource;
    int port;
    http_encryption_t encryption;
    http_t *http;              /* NULL: not connected */
    ipp_t *attributes;         /* of the printer, as last asked in full */
    char why[512];
    const volatile int *stop;  /* NULL: nobody stops it */
    int silence;               /* seconds without a byte from the printer */
};

/* A request to the printer, with its address and the user. */
ipp_t *ipp_request(const struct printer *p, ipp_op_t op);
/* Sends the request, which is given back, and `len` bytes; NULL and p->why if there was
 * no answer. The caller frees the response: ippDelete(). */
ipp_t *ipp_exchange(struct printer *p, ipp_t *request, const void *data, size_t len, enum answer *answer);
/* The values of an attribute as one text, ", " between them. "": it is not there. */
void ipp_text(ipp_t *from, const char *name, char *text, size_t size);
/* The same of those values that `wanted` takes. */
void ipp_words(ipp_t *from, const char *name, bool (*wanted)(const char *), char *text, size_t size);
void ticket_apply(const struct printer *p, const struct ticket *t, const char *media, ipp_t *request);
#endif
