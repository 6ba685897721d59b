/* cli/proof.h -- one PDF being verified, as the files of `verify` share it. */
#ifndef CLI_PROOF_H
#define CLI_PROOF_H
#include "base/buf.h"
#include "cli/session.h"
#include "pdf/reader.h"

#include <libxml/tree.h>

struct remaking;                 /* what makes files again, from one file to the next */
struct sources;                  /* a folder of documents and tables */
struct proof_request {
    struct sources *sources;     /* NULL: not asked for */
    struct remaking *remaking;   /* NULL: not asked for */
};

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

/* figures.c: whether every figure on the card's pages is one of its data, in its own row. */
void figures_check(struct proof *p);
/* quotes.c: whether every quote of the card stands in its document at its place, and the
 * tables are those that it was made from. */
struct sources *sources_open(const char *folder); /* borrowed */
void sources_close(struct sources *s); /* NULL is fine */
void quotes_check(struct proof *p);

/* remake.c: whether the same inputs give the same bytes. What the file tells of its making
 * counts where the options do not say otherwise. */
/* Borrowed; book_layout NULL: the one that ships. */
struct remaking *remaking_open(const struct session_options *o, const char *book_layout);
void remaking_close(struct remaking *m); /* NULL is fine */
void remake_check(struct proof *p);
#endif
