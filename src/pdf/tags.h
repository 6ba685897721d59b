/* pdf/tags.h -- the structure tree of one document's pages (ISO 32000-1, 14.7 and 14.8).
 *
 * Content announces itself page by page (tags_mcid), links theirs
 * (tags_annotation); tags_write() then gives the elements to the file.  The
 * root's element is kept back, because only at the end is it known whether the
 * file holds one document or several.
 */
#ifndef PDF_TAGS_H
#define PDF_TAGS_H
#include "pdf/objects.h"
#include "page/page.h"

struct parent { unsigned key; const char *text; };   /* a row of the parent tree */
struct element_id { const char *id; unsigned object; };
struct tree {                    /* of the whole file */
    struct parent *parents; size_t n_parents, cap_parents; /* by rising key */
    struct element_id *ids; size_t n_ids, cap_ids;
    struct tree_root { unsigned object, file; /* file: its attached data; 0: none */ unsigned section; const char *text; } *roots; size_t n_roots, cap_roots;
    unsigned next_key, notes;
};

struct element;
struct tags {
    struct objects *objects;
    struct tree *tree;
    struct arena arena;          /* given back by tags_close() */
    struct element *elements;    /* by node number */
    size_t n;
    unsigned *page_objects;
    const double *page_heights;
    size_t n_pages, page;        /* page: the one being drawn */
    unsigned *owners; size_t n_owners, cap_owners; /* elements by MCID on that page */
    uint32_t sequence;
};

void tags_open(struct tags *t, struct tree *tree, struct objects *o, const struct pages *pages);
/* A page begins; its key for /StructParents. */
unsigned tags_page(struct tags *t, size_t page);
/* The number of the next marked content of the page, which is of `n`. */
int tags_mcid(struct tags *t, const struct node *n);
void tags_page_end(struct tags *t, unsigned key);
/* To be called for all the links of all pages before the first page is drawn:
 * who owns a link decides who owns its text. */
void tags_link(struct tags *t, const struct node *n);
/* The annotation's key for /StructParent. */
unsigned tags_annotation(struct tags *t, const struct node *n, unsigned object, size_t page);
void tags_write(struct tags *t, const struct node *root);
void tags_close(struct tags *t);

/* The tree's root, parent tree and id tree; the number of /StructTreeRoot. */
unsigned tree_write(struct tree *tree, struct objects *o);
#endif
