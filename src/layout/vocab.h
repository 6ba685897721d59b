/* layout/vocab.h -- the words of the layout language, in one table.
 *
 * The checker, the XSD (`check --xsd`) and the reference's test read it; an
 * element or attribute that is not in the table does not exist. */
#ifndef LAYOUT_VOCAB_H
#define LAYOUT_VOCAB_H
#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum attr_kind {
    ATTR_TEXT,      /* template; prints on the page */
    ATTR_CODE,      /* template; a name, an address */
    ATTR_STYLE,     /* template; names of styles */
    ATTR_NUMBER,    /* template; gives a number */
    ATTR_NODES,     /* XPath that must give nodes */
    ATTR_EXPR,      /* XPath */
    ATTR_TEST,      /* XPath taken as true or false */
    ATTR_SORT,      /* XPath [number] [ascending|descending], ... */
    ATTR_RAW,       /* as it stands */
    ATTR_NAME,      /* the name of something declared */
    ATTR_INT,
    ATTR_LENGTH,    /* 4mm */
    ATTR_SIZE,      /* 4mm, 20%, 2fr, auto */
    ATTR_LEADING,   /* 12pt or 1.2 */
    ATTR_TRACKS,    /* 1fr 20mm auto */
    ATTR_SIDES,     /* one to four lengths: all; vertical horizontal; top horizontal bottom; t r b l */
    ATTR_BORDER,    /* 0.5pt solid #999 */
    ATTR_COLOR,     /* #rgb, #rrggbb or a declared name */
    ATTR_BOOL,      /* true, false */
    ATTR_ENUM,
};

enum attr_id {
    A_ALIGN, A_ALT, A_AS, A_AUTHOR, A_AXIS, A_BACKGROUND, A_BAR, A_BASE, A_BELONGS, A_BLEED, A_BOLD, A_BOOKMARK, A_BORDER,
    A_BORDER_BOTTOM, A_BORDER_LEFT, A_BORDER_RIGHT, A_BORDER_TOP, A_BREAK_AFTER, A_BREAK_BEFORE, A_CAPTION,
    A_CELL_STYLE, A_COL, A_COLOR, A_COLUMN, A_COLUMN_COUNT, A_COLUMN_SPAN, A_COLUMNS, A_COMPUTED, A_CONTENTS, A_CONTINUED, A_CUT, A_DATA_TABLE,
    A_DATE, A_DECIMALS, A_DEFAULT, A_DEPTH, A_DESCRIPTION, A_DIMENSION, A_END, A_ENTITY, A_EXPANSION, A_EXTENT, A_FAMILY,
    A_FEATURES, A_FIRST_NUMBER, A_FIT, A_FORMAT, A_GAP, A_GLUE, A_GROUP, A_GROUP_BY, A_GROUP_STYLE, A_GROUPING, A_H1_STYLE,
    A_H2_STYLE, A_H3_STYLE, A_H4_STYLE, A_HANG,
    A_HEADER_REPEAT, A_HEADING, A_HEADING_ALIGN, A_HEADING_STYLE, A_HEIGHT, A_HIGH, A_ID, A_INDENT, A_ISSUER, A_ITALIC, A_KEEP,
    A_KEEP_TOGETHER, A_KEEP_WITH_NEXT, A_KEYWORDS, A_LABEL, A_LABEL_VALUES, A_LABEL_WIDTH, A_LANG, A_LEADING,
    A_LIMIT, A_LINE, A_LOW, A_MARGIN, A_MARGIN_BOTTOM, A_MARGIN_LEFT, A_MARGIN_RIGHT, A_MARGIN_TOP, A_MARK, A_MARK_STYLE, A_MARKER, A_MARKS,
    A_MARKER_STYLE, A_MASTER, A_MATCH, A_MAX, A_MEDIAN, A_MIN, A_MIN_HEIGHT, A_MINUS, A_MISSING, A_NAME, A_NOTE_HIGH,
    A_NOTE_LOW, A_NOTE_MARKER, A_NOTE_NUMBERING, A_NOTE_STYLE, A_NUMBERING, A_OF, A_OLD, A_ON, A_ON_MISSING, A_ON_OVERFLOW, A_ORIENTATION, A_ORPHANS, A_OWN, A_PADDING,
    A_PADDING_BOTTOM, A_PADDING_LEFT, A_PADDING_RIGHT, A_PADDING_TOP, A_PATTERN, A_Q1, A_Q3, A_QUALIFIER, A_REASON,
    A_REGION, A_RELATIONSHIP, A_REPORT, A_REPORT_DATE, A_REQUIRED, A_REVERSED, A_RISE, A_ROLE, A_ROW, A_ROW_GAP, A_ROW_HEIGHT, A_ROW_KEEP, A_ROW_SPAN,
    A_ROW_STYLE, A_SCOPE, A_SELECT, A_SIGN, A_SIZE, A_SORT, A_SOURCE_STYLE, A_SPREAD, A_SRC, A_START, A_STEP, A_STYLE, A_SUBJECT, A_SUM,
    A_SUMMARY, A_TARGET, A_TEST, A_TEXT, A_TITLE, A_TO, A_TOTALS, A_TYPE, A_UNDERLINE, A_UPPERCASE, A_USE, A_VALIGN, A_VALUE,
    A_VERSION, A_WEIGHT, A_WIDOWS, A_WIDTH, A_COUNT
};

struct attr_def {
    enum attr_id id;
    const char *name;
    enum attr_kind kind;
    const char *values;   /* ATTR_ENUM: "a|b|c" */
    bool required;
};

enum element_id {
    E_LAYOUT, E_STYLES, E_PART, E_PARAM, E_VARIABLE, E_KEY, E_ABBREVIATION, E_COLOR, E_STYLE, E_NUMBER_FORMAT, E_PAGE_MASTER, E_HEADER,
    E_FOOTER, E_PAGE_SEQUENCE, E_BLOCK, E_TEXT, E_SPAN, E_LINK, E_LIST, E_IMAGE, E_RULE, E_BR, E_LEADER, E_TAB,
    E_FOR_EACH, E_IF, E_CHOOSE, E_WHEN, E_OTHERWISE, E_TABLE, E_COLUMN, E_HEADING, E_TABLE_HEADER, E_ROW, E_CELL,
    E_GROUP_HEADER, E_GROUP_FOOTER, E_TOTAL, E_EMPTY, E_CHART, E_AXIS, E_SERIES, E_REFERENCE, E_SOURCE, E_SOURCES, E_MARKED,
    E_FOOTNOTE, E_CONTENTS, E_ATTACH, E_QR, E_SIGNATURE, E_COUNT
};

/* What an element is, and what it takes as children: classes, as bits. */
enum element_class {
    IS_ROOT = 1,
    IS_TOP = 1 << 1,          /* declarations */
    IS_SEQUENCE = 1 << 2,     /* page-sequence, attach */
    IS_RUNNING = 1 << 3,      /* header, footer of a master */
    IS_FLOW = 1 << 4,         /* boxes */
    IS_INLINE = 1 << 5,       /* in a paragraph */
    IS_BRANCH = 1 << 6,       /* when, otherwise */
    IS_COLUMN = 1 << 7,       /* parts of a table */
    IS_CELL = 1 << 8,
    IS_ROW = 1 << 9,
    IS_HEADING = 1 << 10,
    IS_CHART_PART = 1 << 11,
    IS_SERIES_PART = 1 << 12,
    TAKES_TEXT = 1 << 13,     /* characters other than blanks */
    LIKE_PARENT = 1 << 14,    /* takes what its parent takes */
    IS_VARIABLE = 1 << 15,
};

struct element_def {
    enum element_id id;
    const char *name;
    unsigned is, takes;
    const struct attr_def *attrs; /* ends with a NULL name */
    const char *summary;          /* for the XSD */
};

const struct element_def *vocab_elements(size_t *n);
const struct element_def *vocab_element(enum element_id id);
/* The element of that name that may stand where `takes` says, else any of that name, else NULL. */
const struct element_def *vocab_find(const char *name, unsigned takes);
const struct attr_def *vocab_attr(const struct element_def *e, const char *name);
/* The schema for editors (layouts/layout.xsd). */
void vocab_xsd(struct buf *out);
#endif
