#include "layout/vocab.h"

#include <string.h>

#define END { 0, NULL, 0, NULL, false }
#define BOX_KEEPS \
    { A_KEEP_TOGETHER, "keep-together", ATTR_ENUM, "auto|always", false }, \
    { A_KEEP_WITH_NEXT, "keep-with-next", ATTR_ENUM, "auto|always", false }, \
    { A_BREAK_BEFORE, "break-before", ATTR_ENUM, "auto|page|column|odd", false }, \
    { A_BREAK_AFTER, "break-after", ATTR_ENUM, "auto|page|column|odd", false }, \
    { A_WIDOWS, "widows", ATTR_INT, NULL, false }, { A_ORPHANS, "orphans", ATTR_INT, NULL, false }
#define BOX_FRAME \
    { A_MARGIN, "margin", ATTR_SIDES, NULL, false }, { A_MARGIN_TOP, "margin-top", ATTR_LENGTH, NULL, false }, \
    { A_MARGIN_RIGHT, "margin-right", ATTR_LENGTH, NULL, false }, \
    { A_MARGIN_BOTTOM, "margin-bottom", ATTR_LENGTH, NULL, false }, \
    { A_MARGIN_LEFT, "margin-left", ATTR_LENGTH, NULL, false }, \
    { A_PADDING, "padding", ATTR_SIDES, NULL, false }, { A_PADDING_TOP, "padding-top", ATTR_LENGTH, NULL, false }, \
    { A_PADDING_RIGHT, "padding-right", ATTR_LENGTH, NULL, false }, \
    { A_PADDING_BOTTOM, "padding-bottom", ATTR_LENGTH, NULL, false }, \
    { A_PADDING_LEFT, "padding-left", ATTR_LENGTH, NULL, false }, \
    { A_BORDER, "border", ATTR_BORDER, NULL, false }, { A_BORDER_TOP, "border-top", ATTR_BORDER, NULL, false }, \
    { A_BORDER_RIGHT, "border-right", ATTR_BORDER, NULL, false }, \
    { A_BORDER_BOTTOM, "border-bottom", ATTR_BORDER, NULL, false }, \
    { A_BORDER_LEFT, "border-left", ATTR_BORDER, NULL, false }, \
    { A_BACKGROUND, "background", ATTR_COLOR, NULL, false }, \
    { A_MIN_HEIGHT, "min-height", ATTR_LENGTH, NULL, false }, \
    { A_VALIGN, "valign", ATTR_ENUM, "baseline|top|middle|bottom", false }
#define BOX BOX_FRAME, BOX_KEEPS, { A_WIDTH, "width", ATTR_SIZE, NULL, false }
#define STYLED { A_STYLE, "style", ATTR_STYLE, NULL, false }
#define ALIGNED { A_ALIGN, "align", ATTR_ENUM, "start|center|end|justify|decimal", false }
#define ROLES "auto|h1|h2|h3|h4|p|caption|note|section|quote|artifact"
#define REPEATED(required) \
    { A_SELECT, "select", ATTR_NODES, NULL, required }, { A_SORT, "sort", ATTR_SORT, NULL, false }, \
    { A_LIMIT, "limit", ATTR_NUMBER, NULL, false }
#define POINT \
    { A_LABEL, "label", ATTR_TEXT, NULL, false }, { A_VALUE, "value", ATTR_EXPR, NULL, false }, \
    { A_TEXT, "text", ATTR_TEXT, NULL, false }, { A_END, "end", ATTR_EXPR, NULL, false }, \
    { A_TARGET, "target", ATTR_EXPR, NULL, false }, { A_MEDIAN, "median", ATTR_EXPR, NULL, false }, \
    { A_Q1, "q1", ATTR_EXPR, NULL, false }, { A_Q3, "q3", ATTR_EXPR, NULL, false }, \
    { A_LOW, "low", ATTR_EXPR, NULL, false }, { A_HIGH, "high", ATTR_EXPR, NULL, false }, \
    { A_OF, "of", ATTR_EXPR, NULL, false }, { A_OWN, "own", ATTR_TEST, NULL, false }, \
    { A_OLD, "old", ATTR_TEST, NULL, false }, { A_CUT, "cut", ATTR_TEST, NULL, false }, \
    { A_GROUP, "group", ATTR_EXPR, NULL, false }, { A_BELONGS, "belongs", ATTR_TEXT, NULL, false }, \
    { A_COL, "col", ATTR_EXPR, NULL, false }, { A_ROW, "row", ATTR_EXPR, NULL, false }, \
    { A_REGION, "region", ATTR_TEST, NULL, false }

static const struct attr_def layout_attrs[] = {
    { A_VERSION, "version", ATTR_RAW, NULL, true }, { A_LANG, "lang", ATTR_RAW, NULL, false },
    { A_ENTITY, "entity", ATTR_ENUM, "place|national|book", false },
    { A_ON_MISSING, "on-missing", ATTR_ENUM, "error|mark|blank", false },
    { A_ON_OVERFLOW, "on-overflow", ATTR_ENUM, "error|shrink|clip", false }, STYLED,
    { A_SOURCE_STYLE, "source-style", ATTR_STYLE, NULL, false },
    { A_NOTE_STYLE, "note-style", ATTR_STYLE, NULL, false }, { A_NOTE_MARKER, "note-marker", ATTR_RAW, NULL, false },
    { A_NOTE_NUMBERING, "note-numbering", ATTR_ENUM, "document|page", false },
    { A_TITLE, "title", ATTR_TEXT, NULL, false }, { A_SUBJECT, "subject", ATTR_TEXT, NULL, false },
    { A_KEYWORDS, "keywords", ATTR_TEXT, NULL, false }, { A_AUTHOR, "author", ATTR_TEXT, NULL, false },
    { A_DATE, "date", ATTR_CODE, NULL, false }, { A_ISSUER, "issuer", ATTR_TEXT, NULL, false },
    { A_REPORT, "report", ATTR_TEXT, NULL, false }, { A_REPORT_DATE, "report-date", ATTR_CODE, NULL, false }, END };
static const struct attr_def none[] = { END };
static const struct attr_def param_attrs[] = {
    { A_NAME, "name", ATTR_NAME, NULL, true }, { A_TYPE, "type", ATTR_ENUM, "string|number|year|date", false },
    { A_REQUIRED, "required", ATTR_BOOL, NULL, false }, { A_DEFAULT, "default", ATTR_RAW, NULL, false }, END };
static const struct attr_def variable_attrs[] = {
    { A_NAME, "name", ATTR_NAME, NULL, true }, { A_SELECT, "select", ATTR_EXPR, NULL, true }, END };
static const struct attr_def key_attrs[] = {
    { A_NAME, "name", ATTR_NAME, NULL, true }, { A_MATCH, "match", ATTR_NODES, NULL, true },
    { A_USE, "use", ATTR_EXPR, NULL, true }, END };
static const struct attr_def abbreviation_attrs[] = {
    { A_NAME, "name", ATTR_RAW, NULL, true }, { A_EXPANSION, "expansion", ATTR_RAW, NULL, true }, END };
static const struct attr_def color_attrs[] = {
    { A_NAME, "name", ATTR_NAME, NULL, true }, { A_VALUE, "value", ATTR_COLOR, NULL, true }, END };
static const struct attr_def style_attrs[] = {
    { A_NAME, "name", ATTR_NAME, NULL, true }, { A_BASE, "base", ATTR_RAW, NULL, false },
    { A_FAMILY, "family", ATTR_RAW, NULL, false }, { A_SIZE, "size", ATTR_LENGTH, NULL, false },
    { A_LEADING, "leading", ATTR_LEADING, NULL, false }, { A_WEIGHT, "weight", ATTR_ENUM, "400|600|700", false },
    { A_ITALIC, "italic", ATTR_BOOL, NULL, false }, { A_COLOR, "color", ATTR_COLOR, NULL, false }, ALIGNED,
    { A_FEATURES, "features", ATTR_RAW, NULL, false }, { A_INDENT, "indent", ATTR_LENGTH, NULL, false },
    { A_RISE, "rise", ATTR_LENGTH, NULL, false }, { A_UNDERLINE, "underline", ATTR_BOOL, NULL, false },
    { A_UPPERCASE, "uppercase", ATTR_BOOL, NULL, false }, BOX, END };
static const struct attr_def number_format_attrs[] = {
    { A_NAME, "name", ATTR_NAME, NULL, true }, { A_DECIMALS, "decimals", ATTR_RAW, NULL, false },
    { A_GROUPING, "grouping", ATTR_BOOL, NULL, false }, { A_SIGN, "sign", ATTR_ENUM, "auto|always|never", false },
    { A_MINUS, "minus", ATTR_RAW, NULL, false }, { A_MISSING, "missing", ATTR_RAW, NULL, false },
    { A_QUALIFIER, "qualifier", ATTR_ENUM, "hide|sign|word", false }, END };
static const struct attr_def page_master_attrs[] = {
    { A_NAME, "name", ATTR_NAME, NULL, true }, { A_SIZE, "size", ATTR_RAW, NULL, false },
    { A_ORIENTATION, "orientation", ATTR_ENUM, "portrait|landscape", false },
    { A_MARGIN, "margin", ATTR_SIDES, NULL, false }, { A_COLUMNS, "columns", ATTR_INT, NULL, false },
    { A_GAP, "gap", ATTR_LENGTH, NULL, false }, { A_BLEED, "bleed", ATTR_LENGTH, NULL, false },
    { A_MARKS, "marks", ATTR_ENUM, "none|crop", false }, END };
static const struct attr_def running_attrs[] = {
    { A_ON, "on", ATTR_ENUM, "any|first|rest|odd|even|last", false },
    { A_EXTENT, "extent", ATTR_LENGTH, NULL, true }, STYLED, END };
static const struct attr_def page_sequence_attrs[] = {
    { A_MASTER, "master", ATTR_NAME, NULL, true }, { A_TITLE, "title", ATTR_TEXT, NULL, false },
    { A_START, "start", ATTR_ENUM, "auto|odd|even", false },
    { A_FIRST_NUMBER, "first-number", ATTR_INT, NULL, false },
    { A_NUMBERING, "numbering", ATTR_ENUM, "arabic|roman", false }, { A_TEST, "test", ATTR_TEST, NULL, false }, STYLED, END };
static const struct attr_def block_attrs[] = {
    { A_COLUMNS, "columns", ATTR_TRACKS, NULL, false }, { A_COLUMN_COUNT, "column-count", ATTR_INT, NULL, false },
    { A_GAP, "gap", ATTR_LENGTH, NULL, false }, { A_ROW_GAP, "row-gap", ATTR_LENGTH, NULL, false }, { A_ROLE, "role", ATTR_ENUM, ROLES, false }, STYLED,
    { A_ID, "id", ATTR_CODE, NULL, false }, { A_BOOKMARK, "bookmark", ATTR_TEXT, NULL, false }, BOX, END };
static const struct attr_def text_attrs[] = {
    { A_ROLE, "role", ATTR_ENUM, ROLES, false }, STYLED, ALIGNED, { A_ID, "id", ATTR_CODE, NULL, false },
    { A_BOOKMARK, "bookmark", ATTR_TEXT, NULL, false }, BOX, END };
static const struct attr_def span_attrs[] = {
    STYLED, { A_LANG, "lang", ATTR_RAW, NULL, false }, { A_EXPANSION, "expansion", ATTR_TEXT, NULL, false },
    { A_ID, "id", ATTR_CODE, NULL, false }, { A_GLUE, "glue", ATTR_BOOL, NULL, false },
    { A_HANG, "hang", ATTR_BOOL, NULL, false }, END };
static const struct attr_def link_attrs[] = {
    { A_TO, "to", ATTR_CODE, NULL, true }, { A_CONTENTS, "contents", ATTR_TEXT, NULL, false }, STYLED, END };
static const struct attr_def list_attrs[] = {
    REPEATED(false), { A_MARKER, "marker", ATTR_RAW, NULL, false }, { A_MARKER_STYLE, "marker-style", ATTR_STYLE, NULL, false },
    { A_GAP, "gap", ATTR_LENGTH, NULL, false }, STYLED, BOX, END };
static const struct attr_def image_attrs[] = {
    { A_SRC, "src", ATTR_CODE, NULL, true }, { A_ALT, "alt", ATTR_TEXT, NULL, true },
    { A_HEIGHT, "height", ATTR_LENGTH, NULL, false }, { A_FIT, "fit", ATTR_ENUM, "contain|cover", false }, BOX, END };
static const struct attr_def rule_attrs[] = { { A_LINE, "line", ATTR_BORDER, NULL, false }, BOX, END };
static const struct attr_def leader_attrs[] = { STYLED, END };
static const struct attr_def for_each_attrs[] = { REPEATED(true), END };
static const struct attr_def test_attrs[] = { { A_TEST, "test", ATTR_TEST, NULL, true }, END };
static const struct attr_def table_attrs[] = {
    REPEATED(false), { A_GROUP_BY, "group-by", ATTR_EXPR, NULL, false },
    { A_HEADER_REPEAT, "header-repeat", ATTR_BOOL, NULL, false },
    { A_CONTINUED, "continued", ATTR_TEXT, NULL, false }, { A_CAPTION, "caption", ATTR_TEXT, NULL, false },
    { A_SUMMARY, "summary", ATTR_TEXT, NULL, false }, { A_ROW_KEEP, "row-keep", ATTR_BOOL, NULL, false },
    { A_ROW_HEIGHT, "row-height", ATTR_LENGTH, NULL, false }, { A_GAP, "gap", ATTR_LENGTH, NULL, false }, STYLED,
    { A_CELL_STYLE, "cell-style", ATTR_STYLE, NULL, false }, { A_HEADING_STYLE, "heading-style", ATTR_STYLE, NULL, false },
    { A_ROW_STYLE, "row-style", ATTR_STYLE, NULL, false }, { A_GROUP_STYLE, "group-style", ATTR_STYLE, NULL, false },
    { A_NOTE_MARKER, "note-marker", ATTR_RAW, NULL, false }, { A_ID, "id", ATTR_CODE, NULL, false }, BOX, END };
static const struct attr_def column_attrs[] = {
    { A_HEADING, "heading", ATTR_TEXT, NULL, false }, { A_WIDTH, "width", ATTR_SIZE, NULL, false }, ALIGNED,
    { A_HEADING_ALIGN, "heading-align", ATTR_ENUM, "start|center|end|justify", false }, STYLED,
    { A_HEADING_STYLE, "heading-style", ATTR_STYLE, NULL, false }, { A_ROLE, "role", ATTR_ENUM, "auto|row-header", false },
    { A_TEST, "test", ATTR_TEST, NULL, false }, { A_SELECT, "select", ATTR_NODES, NULL, false },
    { A_AS, "as", ATTR_NAME, NULL, false }, BOX_FRAME, END };
static const struct attr_def row_attrs[] = {
    { A_TEST, "test", ATTR_TEST, NULL, false }, STYLED, { A_HEIGHT, "height", ATTR_LENGTH, NULL, false },
    { A_KEEP, "keep", ATTR_ENUM, "auto|next", false }, BOX_FRAME, END };
static const struct attr_def cell_attrs[] = {
    { A_COLUMN, "column", ATTR_INT, NULL, false }, { A_COLUMN_SPAN, "column-span", ATTR_INT, NULL, false },
    { A_ROW_SPAN, "row-span", ATTR_INT, NULL, false }, STYLED, ALIGNED,
    { A_SCOPE, "scope", ATTR_ENUM, "none|row|column|both", false }, { A_SUM, "sum", ATTR_EXPR, NULL, false },
    { A_FORMAT, "format", ATTR_RAW, NULL, false }, BOX_FRAME, END };
static const struct attr_def group_attrs[] = {
    { A_KEEP, "keep", ATTR_ENUM, "auto|next", false }, STYLED, ALIGNED, { A_TEST, "test", ATTR_TEST, NULL, false },
    BOX_FRAME, END };
static const struct attr_def total_attrs[] = {
    { A_ON, "on", ATTR_ENUM, "group|last|page|carry|brought", false }, { A_LABEL, "label", ATTR_TEXT, NULL, false }, STYLED,
    { A_TEST, "test", ATTR_TEST, NULL, false }, BOX_FRAME, END };
static const struct attr_def chart_attrs[] = {
    { A_TYPE, "type", ATTR_ENUM, "bar|column|stacked|line|dot|bullet|sparkline|bar-inline|radar|ladder|trend|heat|"
                                 "tilemap|strip|squares", true },
    { A_SELECT, "select", ATTR_NODES, NULL, false }, { A_SORT, "sort", ATTR_SORT, NULL, false },
    { A_LIMIT, "limit", ATTR_NUMBER, NULL, false }, { A_HEIGHT, "height", ATTR_LENGTH, NULL, false },
    { A_ALT, "alt", ATTR_TEXT, NULL, false }, { A_TITLE, "title", ATTR_TEXT, NULL, false },
    { A_TOTALS, "totals", ATTR_TEXT, NULL, false }, { A_COMPUTED, "computed", ATTR_BOOL, NULL, false },
    { A_DATA_TABLE, "data-table", ATTR_BOOL, NULL, false },
    { A_MIN, "min", ATTR_NUMBER, NULL, false }, { A_MAX, "max", ATTR_NUMBER, NULL, false },
    { A_STEP, "step", ATTR_NUMBER, NULL, false }, { A_REVERSED, "reversed", ATTR_TEST, NULL, false },
    { A_LABEL_VALUES, "label-values", ATTR_BOOL, NULL, false }, { A_BAR, "bar", ATTR_LENGTH, NULL, false },
    { A_LABEL_WIDTH, "label-width", ATTR_LENGTH, NULL, false }, { A_SPREAD, "spread", ATTR_EXPR, NULL, false },
    { A_NOTE_LOW, "note-low", ATTR_TEXT, NULL, false }, { A_NOTE_HIGH, "note-high", ATTR_TEXT, NULL, false },
    { A_COLOR, "color", ATTR_COLOR, NULL, false }, STYLED, POINT, BOX, END };
static const struct attr_def axis_attrs[] = {
    { A_DIMENSION, "dimension", ATTR_ENUM, "value|category", false }, { A_MIN, "min", ATTR_NUMBER, NULL, false },
    { A_MAX, "max", ATTR_NUMBER, NULL, false }, { A_STEP, "step", ATTR_NUMBER, NULL, false },
    { A_REVERSED, "reversed", ATTR_TEST, NULL, false }, END };
static const struct attr_def series_attrs[] = {
    { A_TITLE, "title", ATTR_TEXT, NULL, false }, { A_SELECT, "select", ATTR_NODES, NULL, false },
    { A_SORT, "sort", ATTR_SORT, NULL, false }, { A_LIMIT, "limit", ATTR_NUMBER, NULL, false },
    { A_COLOR, "color", ATTR_COLOR, NULL, false }, { A_PATTERN, "pattern", ATTR_INT, NULL, false }, POINT, END };
static const struct attr_def reference_attrs[] = {
    { A_VALUE, "value", ATTR_NUMBER, NULL, true }, { A_LABEL, "label", ATTR_TEXT, NULL, false }, END };
static const struct attr_def source_attrs[] = {
    { A_SELECT, "select", ATTR_EXPR, NULL, true }, STYLED, END };
static const struct attr_def marked_attrs[] = {
    { A_SELECT, "select", ATTR_NODES, NULL, true }, { A_BOLD, "bold", ATTR_STYLE, NULL, false },
    { A_ITALIC, "italic", ATTR_STYLE, NULL, false }, { A_SOURCE_STYLE, "source-style", ATTR_STYLE, NULL, false },
    STYLED, END };
static const struct attr_def footnote_attrs[] = {
    { A_MARK, "mark", ATTR_TEXT, NULL, false }, { A_MARK_STYLE, "mark-style", ATTR_STYLE, NULL, false }, STYLED, END };
static const struct attr_def contents_attrs[] = {
    { A_DEPTH, "depth", ATTR_INT, NULL, false }, STYLED, { A_H1_STYLE, "h1-style", ATTR_STYLE, NULL, false },
    { A_H2_STYLE, "h2-style", ATTR_STYLE, NULL, false }, { A_H3_STYLE, "h3-style", ATTR_STYLE, NULL, false },
    { A_H4_STYLE, "h4-style", ATTR_STYLE, NULL, false }, { A_INDENT, "indent", ATTR_LENGTH, NULL, false },
    { A_GAP, "gap", ATTR_LENGTH, NULL, false }, { A_ID, "id", ATTR_CODE, NULL, false },
    { A_BOOKMARK, "bookmark", ATTR_TEXT, NULL, false }, BOX, END };
static const struct attr_def attach_attrs[] = {
    { A_NAME, "name", ATTR_CODE, NULL, true }, { A_SELECT, "select", ATTR_NODES, NULL, false },
    { A_RELATIONSHIP, "relationship", ATTR_ENUM, "Data|Source|Supplement", false },
    { A_DESCRIPTION, "description", ATTR_TEXT, NULL, false }, END };

static const struct attr_def qr_attrs[] = {
    { A_TEXT, "text", ATTR_TEXT, NULL, false }, { A_ALT, "alt", ATTR_TEXT, NULL, true },
    { A_SIZE, "size", ATTR_LENGTH, NULL, false }, BOX, END };
static const struct attr_def signature_attrs[] = {
    { A_NAME, "name", ATTR_CODE, NULL, true }, { A_REASON, "reason", ATTR_TEXT, NULL, false },
    { A_HEIGHT, "height", ATTR_LENGTH, NULL, false }, BOX, END };

#define FLOW (IS_FLOW | IS_VARIABLE)
#define INLINE (IS_INLINE | IS_VARIABLE | TAKES_TEXT)
#define MIXED (FLOW | INLINE)

static const struct element_def elements[] = {
    { E_LAYOUT, "layout", IS_ROOT, IS_TOP | IS_SEQUENCE | IS_VARIABLE, layout_attrs, "root of a layout" },
    { E_STYLES, "styles", IS_ROOT | IS_TOP, IS_TOP | IS_VARIABLE, none, "shared declarations; root of an included file" },
    { E_PART, "part", IS_ROOT, MIXED | IS_TOP | IS_SEQUENCE, none, "root of an included file with content" },
    { E_PARAM, "param", IS_TOP, 0, param_attrs, "a value set from outside: $name" },
    { E_VARIABLE, "variable", IS_VARIABLE, 0, variable_attrs, "$name inside its parent" },
    { E_KEY, "key", IS_TOP, 0, key_attrs, "an index for key()" },
    { E_ABBREVIATION, "abbreviation", IS_TOP, 0, abbreviation_attrs, "what a short form stands for, wherever it is printed" },
    { E_COLOR, "color", IS_TOP, 0, color_attrs, "a colour with a name" },
    { E_STYLE, "style", IS_TOP, 0, style_attrs, "type and box properties under a name" },
    { E_NUMBER_FORMAT, "number-format", IS_TOP, 0, number_format_attrs, "how num() prints" },
    { E_PAGE_MASTER, "page-master", IS_TOP, IS_RUNNING, page_master_attrs, "page geometry" },
    { E_HEADER, "header", IS_RUNNING, FLOW, running_attrs, "running head" },
    { E_FOOTER, "footer", IS_RUNNING, FLOW, running_attrs, "running foot" },
    { E_PAGE_SEQUENCE, "page-sequence", IS_SEQUENCE, FLOW, page_sequence_attrs, "a flow over pages" },
    { E_BLOCK, "block", IS_FLOW, FLOW, block_attrs, "container; with columns a grid" },
    { E_TEXT, "text", IS_FLOW, INLINE, text_attrs, "a paragraph" },
    { E_SPAN, "span", IS_INLINE, INLINE, span_attrs, "part of a paragraph in another style" },
    { E_LINK, "link", IS_INLINE, INLINE, link_attrs, "a link" },
    { E_LIST, "list", IS_FLOW, FLOW, list_attrs, "a list" },
    { E_IMAGE, "image", IS_FLOW, 0, image_attrs, "a picture (PNG, JPEG)" },
    { E_RULE, "rule", IS_FLOW, 0, rule_attrs, "a line" },
    { E_BR, "br", IS_INLINE, 0, none, "line end" },
    { E_LEADER, "leader", IS_INLINE, 0, leader_attrs, "dots to the end of the line" },
    { E_TAB, "tab", IS_INLINE, 0, none, "to the hanging indent" },
    { E_FOR_EACH, "for-each", IS_FLOW | IS_INLINE, LIKE_PARENT, for_each_attrs, "its content for every node" },
    { E_IF, "if", IS_FLOW | IS_INLINE, LIKE_PARENT, test_attrs, "its content if the test holds" },
    { E_CHOOSE, "choose", IS_FLOW | IS_INLINE, IS_BRANCH, none, "the first branch that holds" },
    { E_WHEN, "when", IS_BRANCH, LIKE_PARENT, test_attrs, "a branch" },
    { E_OTHERWISE, "otherwise", IS_BRANCH, LIKE_PARENT, none, "the last branch" },
    { E_TABLE, "table", IS_FLOW, IS_COLUMN | IS_ROW | IS_VARIABLE, table_attrs, "one row a node" },
    { E_COLUMN, "column", IS_COLUMN, MIXED | IS_HEADING, column_attrs, "heading and cell in one place" },
    { E_HEADING, "heading", IS_HEADING, INLINE, none, "a column's heading with runs" },
    { E_TABLE_HEADER, "header", IS_COLUMN, IS_ROW, none, "heading of more than one row" },
    { E_ROW, "row", IS_ROW, IS_CELL | IS_VARIABLE, row_attrs, "a row" },
    { E_CELL, "cell", IS_CELL, MIXED, cell_attrs, "a cell" },
    { E_GROUP_HEADER, "group-header", IS_COLUMN, MIXED | IS_CELL, group_attrs, "row before a group" },
    { E_GROUP_FOOTER, "group-footer", IS_COLUMN, MIXED | IS_CELL, group_attrs, "row after a group" },
    { E_TOTAL, "total", IS_COLUMN, IS_CELL | IS_VARIABLE, total_attrs, "row after the last; rows() are its rows" },
    { E_EMPTY, "empty", IS_COLUMN, FLOW, none, "instead of a table without rows" },
    { E_CHART, "chart", IS_FLOW | IS_INLINE, IS_CHART_PART, chart_attrs, "a chart" },
    { E_AXIS, "axis", IS_CHART_PART, 0, axis_attrs, "range of an axis" },
    { E_SERIES, "series", IS_CHART_PART, 0, series_attrs, "a series of a chart" },
    { E_REFERENCE, "reference", IS_CHART_PART, 0, reference_attrs, "a reference line" },
    { E_SOURCE, "source", IS_INLINE, 0, source_attrs, "mark that leads to the source of a value" },
    { E_SOURCES, "sources", IS_FLOW | IS_INLINE, LIKE_PARENT, none, "its content for every source used" },
    { E_MARKED, "marked", IS_INLINE, 0, marked_attrs, "words of the card with <b>, <i> and source marks in them" },
    { E_FOOTNOTE, "footnote", IS_INLINE, INLINE, footnote_attrs, "a note at the foot of the page, or under the table" },
    { E_CONTENTS, "contents", IS_FLOW, 0, contents_attrs, "the headings with their pages" },
    { E_ATTACH, "attach", IS_SEQUENCE | IS_FLOW, 0, attach_attrs, "a file inside the PDF" },
    { E_QR, "qr", IS_FLOW, 0, qr_attrs, "a QR code; without text it holds the hash of the card's data" },
    { E_SIGNATURE, "signature", IS_FLOW, 0, signature_attrs, "room for a digital signature" },
};

const struct element_def *vocab_elements(size_t *n)
{
    *n = sizeof elements / sizeof *elements;
    return elements;
}

const struct element_def *vocab_element(enum element_id id)
{
    return &elements[id];
}

const struct element_def *vocab_find(const char *name, unsigned takes)
{
    const struct element_def *any = NULL;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (strcmp(elements[i].name, name) == 0) {
            if (elements[i].is & takes)
                return &elements[i];
            if (!any)
                any = &elements[i];
        }
    return any;
}

const struct attr_def *vocab_attr(const struct element_def *e, const char *name)
{
    for (const struct attr_def *a = e->attrs; a->name; a++)
        if (strcmp(a->name, name) == 0)
            return a;
    return NULL;
}
