/* proof/internal.h -- one PDF being looked at, as the files of this folder share it. */
#ifndef PROOF_INTERNAL_H
#define PROOF_INTERNAL_H
#include "base/buf.h"
#include "pdf/reader.h"
#include "proof/proof.h"

#include <libxml/tree.h>

struct proof {
    const struct proof_request *q;
    struct arena arena;
    struct reader *r;
    struct diag *d;
    struct at at;                /* the file */
    const struct attachment *files;
    size_t n_files;
    xmlDocPtr making;            /* how it was made: batch/making.h; NULL: it does not tell */
    xmlDocPtr card;              /* the one being looked at; a book has many */
    const struct attachment *file; /* it */
    size_t cards, read;          /* cards; pages that belong to one */
    size_t printed, strange, quotes, tables;
    size_t signatures;
    const char *signer, *stamped; /* of the last sound signature; the time of its timestamp */
};

/* The first child element of that name; an attribute's value. NULL: none; so for NULL. */
const xmlNode *proof_child(const xmlNode *n, const char *name);
const char *proof_attribute(const xmlNode *n, const char *name);
/* An attached file as XML; NULL if it is none. */
xmlDocPtr proof_parse(const void *data, size_t n);
/* Up to `most` bytes of a text, cut between letters. */
const char *proof_excerpt(struct proof *p, const char *text, size_t most);

/* One question each; every fault goes to p->d. */
void seals_check(struct proof *p);    /* the file is as it was made and signed */
void metadata_check(struct proof *p); /* XMP that parses, and agrees with the information dictionary */
void figures_check(struct proof *p);  /* every figure on the card's pages is one of its data, in its own row */
void quotes_check(struct proof *p);   /* every quote stands at its place, the tables are those it was made from */
void remake_check(struct proof *p);   /* the same inputs give the same bytes */
void reread_check(struct proof *p);   /* another program reads the same */
#endif
