/* catalog/lexicon.h -- the words by which texts speak of places, indicators, numbers and times.
 *
 * Read from words.xml, agencies.xml and phrases.xml of the catalog's folder,
 * and from the places of the catalog.  Every phrase stands in one trie over
 * folded words, so a text is looked through once, whatever the number of
 * phrases.  Read-only once opened; workers share it.
 *
 * A phrase found is a hit: it spans tokens and has one or more senses.  The
 * same words may have several ("tỉnh" is a level, a unit and a kind of place).
 */
#ifndef CATALOG_LEXICON_H
#define CATALOG_LEXICON_H
#include "base/arena.h"
#include "catalog/catalog.h"
#include "text/words.h"

/* What a phrase is good for; the names are those of <list role="..."> in words.xml. */
enum sense_role {
    SENSE_NONE,
    SENSE_SLOT,       /* part of an indicator's phrase: index = number of the slot */
    SENSE_PROVINCE,   /* text = bare name, index = row of the catalog */
    SENSE_AGENCY, SENSE_REGION, SENSE_COUNTRY, /* text = name as printed */
    SENSE_MINISTRY,   /* a ministry's name without "Bộ", as lists of ministries have it; text = name as printed */
    SENSE_NOUN,       /* "noun": what is counted; text = unit, or the phrase itself; index = class */
    SENSE_QUALIFIER,  /* "qualifier": before a number; value = enum fact_qualifier's order */
    SENSE_QUALIFIER_AFTER,
    SENSE_MULTIPLIER, SENSE_CURRENCY, SENSE_NUMBER_WORD,
    SENSE_RANK,       /* "rank": before a rank; "thứ", "hạng", "vị trí thứ" */
    SENSE_TOP,        /* "top", "nhóm dẫn đầu" */
    SENSE_STEP,       /* "bậc", "hạng" as what a rank moves by */
    SENSE_POINT,      /* "điểm" */
    SENSE_DURATION,   /* "ngày", "giờ", "phút" */
    SENSE_UP, SENSE_DOWN, SENSE_REACH,
    SENSE_COMPARE,    /* "so với", "cùng kỳ" */
    SENSE_TARGET, SENSE_ACHIEVED,
    SENSE_LEVEL,      /* text = tỉnh, huyện, xã */
    SENSE_DOCUMENT, SENSE_ORDINAL, SENSE_LABEL, SENSE_CLASS, SENSE_FURNITURE, SENSE_AGE, SENSE_TECHNICAL,
    SENSE_ONE_OF, SENSE_BACK, SENSE_STREAK, SENSE_PARTICIPANT,
    SENSE_PERSON, SENSE_ORGANISATION, SENSE_UNIT_INSIDE,
    SENSE_OFFICE,     /* "office": a central agency's office in a province; text = its usual spelling */
    SENSE_NATIONAL,   /* "national": a system of the whole country; as a subject it stands for the country */
    SENSE_CONTINUE, SENSE_NOW, SENSE_HERE, SENSE_EVERYWHERE, SENSE_REPORT, SENSE_EVENT,
    SENSE_YEAR, SENSE_MONTH, SENSE_QUARTER, SENSE_DAY, SENSE_HALF, SENSE_SPAN, SENSE_UNTIL, SENSE_SINCE,
    SENSE_BEGIN_OF_YEAR, SENSE_THIS_YEAR,
    SENSE_NAME,       /* "name" of a system or body: phrases inside it do not say what a number is */
    SENSE_LIMIT, SENSE_TASK, SENSE_PRAISE, SENSE_FIELD, /* for notes; field: text = code of a reform field */
    SENSE_ROLES /* at most 64: sets of them are bits */
};

struct sense {
    enum sense_role role;
    int index;
    double value;
    const char *text;
    const struct sense *next; /* another sense of the same words */
};

struct hit { uint32_t first, end; /* tokens */ const struct sense *senses; uint64_t roles; /* bit per role of its senses */ };

/* Kinds of numbers that a phrase may be restricted to, as a set of bits of
 * enum fact_kind's order. */
struct pattern {
    int code;             /* index of its code in codes */
    uint8_t n_slots;
    int first_slot;       /* slots are numbered through all patterns */
    double weight;        /* 0: from the words found */
    unsigned kinds;       /* bit per fact_kind; 0: any */
    unsigned long counts; /* bit per noun class that may be what is counted; 0: any */
    unsigned slots_not;   /* bit per slot that must be absent */
    const char *text;     /* as written in phrases.xml, for `why` */
    int line;
};
struct lexicon_code {
    const char *code;     /* "tthc.dung-han", or "khac" */
    const char *label;    /* for khac: "khac:" is put before it; else NULL */
    bool growth;          /* itself a number reduced or a growth: "giảm 12 phòng" is a count */
    bool index;           /* an index: points and ranks */
    bool difference;      /* a difference to another place or a mean: no change in time */
    bool target;          /* an amount planned or assigned: its role is always target */
};

/* Classes of nouns that rules ask about together, as bits of their indices. */
struct noun_sets {
    unsigned long provinces;  /* "tỉnh" */
    unsigned long ministries; /* "bo" */
    unsigned long localities; /* "dia-phuong" */
    unsigned long offices;    /* "don-vi": offices of any kind */
    unsigned long districts, communes; /* "huyen"; "xa" */
    unsigned long inside;     /* units inside a province: these and "dvhc" */
    unsigned long files;      /* "ho-so" */
    unsigned long rules;      /* "quy-dinh": conditions and rules of business */
    unsigned long asked;      /* people, households, firms: whom a survey asks */
    unsigned long delegates;  /* "dai-bieu" */
    unsigned long tasks, fields; /* "nhiem-vu"; "van-de": fields and problems */
    unsigned long units;      /* offices and places of every kind: counted by what they reached */
};

struct lexicon {
    struct arena arena;
    const struct catalog *catalog;
    struct lexicon_code *codes;   size_t n_codes, cap_codes;
    struct pattern *patterns;     size_t n_patterns, cap_patterns;
    int *slot_pattern;            size_t n_slots, cap_slots; /* pattern of each slot */
    const char **classes;         size_t n_classes, cap_classes; /* noun classes */
    struct noun_sets nouns;
    struct word_table *words;
    struct trie *trie;
};

/* NULL after reports (file, line, element). The caller owns it. `c` is borrowed; NULL: no provinces. */
struct lexicon *lexicon_open(const char *folder, const struct catalog *c, struct diag *d);
void lexicon_close(struct lexicon *x); /* NULL is fine */

/* Id of a folded word, 0 if no phrase has it. */
uint32_t lexicon_word(const struct lexicon *x, const char *fold, size_t n);
const char *lexicon_fold(const struct lexicon *x, uint32_t id); /* of an id above 0 */
/* The index of a noun class, -1. */
int lexicon_class(const struct lexicon *x, const char *name);
/* Phrases that begin at token `at`, the shortest first; returns how many were
 * written to `out` (at most `cap`). */
size_t lexicon_hits(const struct lexicon *x, const struct token *t, size_t n, size_t at, struct hit *out, size_t cap);
#endif
