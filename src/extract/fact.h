/* extract/fact.h -- a fact: one quantity that a document states, the unit of everything.
 *
 * The columns and their meaning are the TSV contract: a header row that names
 * them, tabs, no quoting, "." as decimal mark.  Strings are NFC UTF-8, never
 * NULL; "" is "not told". A fact is never changed by a later stage. */
#ifndef EXTRACT_FACT_H
#define EXTRACT_FACT_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>

enum fact_kind { FACT_PERCENT, FACT_FRACTION, FACT_COUNT, FACT_MONEY, FACT_RANK, FACT_SCORE, FACT_CHANGE,
                 FACT_DURATION, FACT_NOTE };
enum fact_role { FACT_RESULT, FACT_TARGET, FACT_DIFFERENCE /* printed "change" */ };
enum fact_qualifier { FACT_EQ, FACT_ABOUT, FACT_OVER, FACT_AT_LEAST, FACT_UNDER, FACT_AT_MOST };
enum fact_status { FACT_PROPOSED, FACT_APPROVED, FACT_REJECTED };

struct fact {
    int64_t id;               /* in a store; 0 outside */
    const char *source;       /* document's file name, or a table's source name or address */
    int64_t start, end;       /* code points of the decoded document; -1: none (imported) */
    int page;                 /* of the document, from 1; 0: not known */
    const char *quote;        /* sentence or clause that it stands in */
    const char *place;        /* bare name, "Cả nước", a ministry, "Vị Thanh, Hậu Giang" */
    const char *level;        /* "", "tỉnh", "huyện", "xã" */
    const char *indicator;    /* code of the catalog or "khac:..." */
    enum fact_kind kind;
    double value;             /* money in tỷ đồng; NAN for FACT_NOTE */
    double of;                /* second number of fraction, rank, score; NAN if none */
    const char *unit;
    enum fact_qualifier qualifier;
    const char *period;       /* "2024", "2023-H1", "2023-M1/2023-M7", "2024-07-15", "" */
    enum fact_role role;
    double confidence;        /* 0 to 1; imported tables: 1 */
    enum fact_status status;
    const char *why;          /* how it was read: rule, phrase, origin of place and period; "" */
};

const char *fact_kind_name(enum fact_kind k);
const char *fact_role_name(enum fact_role r);
const char *fact_qualifier_name(enum fact_qualifier q);
const char *fact_status_name(enum fact_status s);
/* From a column's text; false if it is none of the names. */
bool fact_kind_parse(const char *s, enum fact_kind *k);
bool fact_role_parse(const char *s, enum fact_role *r);
bool fact_qualifier_parse(const char *s, enum fact_qualifier *q);
bool fact_status_parse(const char *s, enum fact_status *t);

/* A period's first and last day ("2023-H1" -> 2023-01-01, 2023-06-30) and its
 * grain: 'Y' year, 'H' half, 'Q' quarter, 'M' month, 'D' day, 'R' range, 0 empty.
 * False if the text is no period of the contract. */
struct period { char first[11], last[11]; char grain; int year; /* of the last day */ };
bool period_parse(const char *s, struct period *p);
/* For people, in Vietnamese: "năm 2023", "6 tháng đầu năm 2023", "tháng 7/2023",
 * "quý III/2024", "15/7/2024", "2021–7/2023". */
void period_label(struct buf *b, const char *period);

/* The header row and one row of the TSV; `id` and `page` follow the contract's
 * columns when `stored` is true. JSON: one object. XML: one <fact>. */
void fact_tsv_header(struct buf *b, bool stored);
void fact_tsv(struct buf *b, const struct fact *f, bool stored);
void fact_json(struct buf *b, const struct fact *f, bool stored);
void fact_xml(struct buf *b, const struct fact *f, bool stored);
#endif
