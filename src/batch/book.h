/* batch/book.h -- what the files of the book share.
 *
 * A book is the cards, each from an odd page on, and what the book's layout
 * makes beside them: pieces before the first card, before each part (a
 * region), over the cards' pages (running heads) and behind the last card.
 * The cards are set once, and numbered as they come; the room of a part's
 * pages is found by setting them with what is known then.  What needs the
 * numbers is set at the end and put into its place in the file.
 *
 * Memory: the PDF holds its objects until it is written; of a card only its
 * entry, and which indicators it has figures of, stay. */
#ifndef BATCH_BOOK_H
#define BATCH_BOOK_H
#include "batch/internal.h"
#include "pdf/pdf.h"

struct entry {                   /* a card */
    const char *slug, *name, *short_name, *full_name;
    const char *target;          /* "tap-lao-cai" */
    size_t part, facts;
    int page, last_page;         /* numbers printed; 0: not yet known */
};
struct part {                    /* a region; a book of one nameless part has none */
    const char *name, *target;   /* "Tây Nguyên", "tap-phan-5" */
    size_t first, n;             /* its entries */
    int page;                    /* its own first, else its first card's */
    size_t room;                 /* pages that it has before its cards */
    xmlNodePtr members;          /* in book.kept: the places of the region as its cards compare them; NULL */
};
struct topic {                   /* an index or an indicator */
    const char *code, *name, *short_name, *group;
    size_t *cards, n, cap;       /* entries that have figures of it */
};
struct book {
    const struct book_task *t;
    struct pdf *pdf;
    struct arena arena, scratch; /* of the book; of one card or piece */
    struct entry *entries; size_t n_entries;
    struct part *parts;    size_t n_parts;
    struct topic *topics;  size_t n_topics;
    size_t set_size;             /* places of the set on the book's date */
    xmlDocPtr kept;              /* copies of what the pieces show of the cards */
    const char *date;            /* newest of the cards' */
    int number;                  /* of the last page, with the blank ones */
    size_t pages;
    bool told;                   /* its data are attached */
    struct diag *d;
};

/* Which piece: "dau", "phan", "phieu", "cuoi"; only that part, only that card; SIZE_MAX: all. */
struct piece { const char *name; size_t part, card; };

void book_topics(struct book *b, const struct catalog *c);
/* Takes from a card's tree what the book tells of it. */
void book_note(struct book *b, xmlDocPtr card, size_t entry);
/* As far as it is known now; xmlFreeDoc(). */
xmlDocPtr book_tree(const struct book *b, const struct piece *piece);
#endif
