/* The checks of reader_audit(), in the order of the file: catalog, pages with
 * their content and annotations, fonts, structure.  veraPDF is the judge
 * (make conformance); these are the rules that our own code could break, fast
 * enough for every run of the tests and for machines without Java.  Numbers
 * in brackets are clauses of ISO 19005-3 (A) and ISO 14289-1 (UA). */
#include "pdf/content_scan.h"
#include "pdf/file.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 64, MAX_MESSAGES = 40, MAX_CONTENT = 64 * 1024 * 1024 };

struct content_page {
    int object;
    struct scan scan;            /* its marked content */
    int *owners;                 /* object of the element that has the MCID; 0: none */
};
struct audit {
    struct reader *r;
    struct diag *d;
    struct content_page *pages;
    size_t n_pages, last_page, errors;
    int heading;                 /* the last one's level */
    const char **ids;
    size_t n_ids, cap_ids;
    size_t annotations, owned_annotations;
};

__attribute__((format(printf, 2, 3))) static void fault(struct audit *a, const char *fmt, ...)
{
    va_list ap;
    if (a->errors++ >= MAX_MESSAGES)
        return;
    va_start(ap, fmt);
    diag_error(a->d, (struct at){ .file = a->r->path }, "%s", arena_vprintf(&a->r->arena, fmt, ap));
    va_end(ap);
}

static bool is_true(struct reader *r, qpdf_oh o)
{
    return qpdf_oh_is_bool(r->q, o) && qpdf_oh_get_bool_value(r->q, o);
}

static bool filled(const char *s)
{
    return s && *s;
}

/* ---- catalog ---- */

static void check_intent(struct audit *a, qpdf_oh root)
{
    struct reader *r = a->r;
    qpdf_oh intent = file_item(r, file_key(r, root, "/OutputIntents"), 0);
    qpdf_oh profile = file_key(r, intent, "/DestOutputProfile");
    size_t len;
    const char *icc = file_stream(r, profile, MAX_CONTENT, &len);

    if (!qpdf_oh_is_name_and_equals(r->q, file_key(r, intent, "/S"), "/GTS_PDFA1") || !icc || len < 132 ||
        memcmp(icc + 36, "acsp", 4) != 0 || memcmp(icc + 16, "RGB ", 4) != 0)
        fault(a, _("no output intent with an RGB profile (A 6.2.3)"));
}

/* What an attached file is to the document, and its two names (A 6.8). */
static void check_files(struct audit *a, qpdf_oh root)
{
    struct reader *r = a->r;
    qpdf_oh files = file_key(r, root, "/AF");
    for (int i = 0, n = file_count(r, files); i < n; i++) {
        qpdf_oh spec = file_item(r, files, i), file = file_key(r, file_key(r, spec, "/EF"), "/F");
        if (!qpdf_oh_is_name(r->q, file_key(r, spec, "/AFRelationship")) || !filled(file_text(r, file_key(r, spec, "/F"))) ||
            !filled(file_text(r, file_key(r, spec, "/UF"))) || !qpdf_oh_is_name(r->q, file_key(r, file, "/Subtype")))
            fault(a, _("an attached file that does not say its name, type and relationship (A 6.8)"));
    }
}

static void check_catalog(struct audit *a)
{
    struct reader *r = a->r;
    qpdf_oh root = qpdf_get_root(r->q), id = file_key(r, qpdf_get_trailer(r->q), "/ID");
    size_t len;
    const char *xmp = reader_xmp(r, &len);

    if (file_count(r, id) != 2 || !qpdf_oh_is_string(r->q, file_item(r, id, 0)))
        fault(a, _("no file identifier (A 6.1.3)"));
    if (!filled(file_text(r, file_key(r, root, "/Lang"))))
        fault(a, _("no language (UA 7.2)"));
    if (!is_true(r, file_key(r, file_key(r, root, "/MarkInfo"), "/Marked")))
        fault(a, _("not marked as tagged (A 6.7.2.2)"));
    if (!is_true(r, file_key(r, file_key(r, root, "/ViewerPreferences"), "/DisplayDocTitle")))
        fault(a, _("the title is not displayed (UA 7.1)"));
    if (!xmp || !strstr(xmp, "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A<") ||
        !strstr(xmp, "<pdfuaid:part>1<") || !strstr(xmp, "<dc:title>"))
        fault(a, _("the metadata do not tell PDF/A-3a, PDF/UA-1 and a title (A 6.6.4, UA 5)"));
    check_intent(a, root);
    check_files(a, root);
}

/* ---- fonts ---- */

static bool embedded(struct reader *r, qpdf_oh font)
{
    qpdf_oh cid = file_item(r, file_key(r, font, "/DescendantFonts"), 0), described = file_key(r, cid, "/FontDescriptor");
    size_t len;
    return file_stream(r, file_key(r, described, "/FontFile2"), MAX_CONTENT, &len) ||
           file_stream(r, file_key(r, described, "/FontFile3"), MAX_CONTENT, &len);
}

/* Every code that the pages show has a text (A 6.2.11.7, UA 7.21.7). */
static void check_font(struct audit *a, qpdf_oh fonts, const char *name, const struct scan_font *used)
{
    struct reader *r = a->r;
    char key[SCAN_NAME + 2];
    snprintf(key, sizeof key, "/%s", name);
    qpdf_oh font = file_key(r, fonts, key);
    size_t len, missing = 0;
    const char *map = file_stream(r, file_key(r, font, "/ToUnicode"), MAX_CONTENT, &len);
    unsigned char *known = arena_alloc(&r->arena, 65536 / 8, 1);

    if (!qpdf_oh_is_name_and_equals(r->q, file_key(r, font, "/Encoding"), "/Identity-H") || !embedded(r, font))
        fault(a, _("font %s is no embedded Type 0 font (A 6.2.11.4)"), name);
    if (map)
        scan_unicode(map, len, known);
    for (size_t i = 0; i < sizeof used->codes; i++)
        missing += (used->codes[i] & ~known[i]) != 0;
    if (missing)
        fault(a, _("font %s: codes without a text (A 6.2.11.7)"), name);
}

/* ---- pages ---- */

/* Left of the page: no reader shows it. */
static bool outside(struct reader *r, qpdf_oh annot)
{
    qpdf_oh right = file_item(r, file_key(r, annot, "/Rect"), 2);
    return qpdf_oh_is_number(r->q, right) && qpdf_oh_get_numeric_value(r->q, right) < 0;
}

static void check_annotations(struct audit *a, qpdf_oh page, size_t i)
{
    struct reader *r = a->r;
    qpdf_oh annots = file_key(r, page, "/Annots");
    int n = file_count(r, annots);

    for (int k = 0; k < n; k++) {
        qpdf_oh annot = file_item(r, annots, k), flags = file_key(r, annot, "/F");
        int bits = qpdf_oh_is_integer(r->q, flags) ? qpdf_oh_get_int_value_as_int(r->q, flags) : 0;
        bool widget = qpdf_oh_is_name_and_equals(r->q, file_key(r, annot, "/Subtype"), "/Widget");
        if (widget && outside(r, annot))
            continue; /* the field of a signature that nothing is to be seen of */
        a->annotations++;
        if (!(bits & 4) || bits & 0x23)
            fault(a, _("page %zu: an annotation that is hidden or is not printed (A 6.3.2)"), i + 1);
        if (!filled(file_text(r, file_key(r, annot, widget ? "/TU" : "/Contents"))))
            fault(a, _("page %zu: a link that does not say where it leads (UA 7.18.5)"), i + 1);
        if (!qpdf_oh_is_integer(r->q, file_key(r, annot, "/StructParent")))
            fault(a, _("page %zu: a link that is not in the structure (UA 7.18.1)"), i + 1);
    }
    if (n && !qpdf_oh_is_name_and_equals(r->q, file_key(r, page, "/Tabs"), "/S"))
        fault(a, _("page %zu: links are not reached in the order of the structure (UA 7.18.3)"), i + 1);
}

static void check_page(struct audit *a, size_t i, struct scan_fonts *fonts)
{
    struct reader *r = a->r;
    struct content_page *p = &a->pages[i];
    qpdf_oh page = qpdf_get_page_n(r->q, i);
    size_t len;
    const char *content = file_stream(r, file_key(r, page, "/Contents"), MAX_CONTENT, &len);

    p->object = qpdf_oh_get_object_id(r->q, page);
    if (!content)
        fault(a, _("page %zu: no readable content"), i + 1);
    else if (!scan_content(&p->scan, content, len, fonts, &r->arena))
        fault(a, _("page %zu: %s"), i + 1, p->scan.fault);
    p->owners = arena_array(&r->arena, int, p->scan.n_mcids);
    check_annotations(a, page, i);
}

static void check_pages(struct audit *a)
{
    struct reader *r = a->r;
    struct scan_fonts fonts = { 0 };
    int n = qpdf_get_num_pages(r->q);

    a->n_pages = n > 0 ? (size_t)n : 0;
    a->pages = arena_array(&r->arena, struct content_page, a->n_pages);
    for (size_t i = 0; i < a->n_pages; i++)
        check_page(a, i, &fonts);
    if (!a->n_pages)
        fault(a, _("no pages"));
    for (size_t i = 0; i < fonts.n; i++) /* one dictionary serves all pages */
        check_font(a, file_key(r, file_key(r, qpdf_get_page_n(r->q, 0), "/Resources"), "/Font"), fonts.items[i].name,
                   &fonts.items[i]);
}

/* ---- structure ---- */

static const char *const roles[] = {
    "Document", "Part", "Sect", "Div", "H1", "H2", "H3", "H4", "H5", "H6", "P", "Span", "Link", "Reference", "Note", "L",
    "LI", "Lbl", "LBody", "Table", "THead", "TBody", "TFoot", "TR", "TH", "TD", "Caption", "Figure", "TOC", "TOCI",
    "Form", "BlockQuote", "BibEntry",
};

static bool one_of(const char *role, const char *list) /* " TR TH " */
{
    char word[24];
    return snprintf(word, sizeof word, " %s ", role) < (int)sizeof word && strstr(list, word);
}

/* What may stand directly in what (ISO 32000-1, 14.8.4.3). */
static const char *kids_of(const char *role)
{
    static const char *const rules[][2] = {
        { "Table", " TR THead TBody TFoot Caption " }, { "THead", " TR " }, { "TBody", " TR " }, { "TFoot", " TR " },
        { "TR", " TH TD " }, { "L", " LI L Caption " }, { "LI", " Lbl LBody " }, { "TOC", " TOC TOCI Caption " },
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strcmp(rules[i][0], role) == 0)
            return rules[i][1];
    return NULL;
}

static const char *const parents[][2] = {
    { "TH", " TR " }, { "TD", " TR " }, { "TR", " Table THead TBody TFoot " }, { "LI", " L " }, { "Lbl", " LI TOCI Note " },
    { "LBody", " LI " }, { "TOCI", " TOC " }, { "THead", " Table " }, { "TBody", " Table " }, { "TFoot", " Table " },
};

static struct content_page *page_of(struct audit *a, int object)
{
    for (size_t i = 0; i < a->n_pages; i++) { /* from the last one found: content comes in order */
        struct content_page *p = &a->pages[(a->last_page + i) % a->n_pages];
        if (p->object == object) {
            a->last_page = (size_t)(p - a->pages);
            return p;
        }
    }
    return NULL;
}

static void own(struct audit *a, int page, qpdf_oh number, int element)
{
    struct content_page *p = page_of(a, page);
    int mcid = qpdf_oh_is_integer(a->r->q, number) ? qpdf_oh_get_int_value_as_int(a->r->q, number) : -1;

    if (!p || mcid < 0 || (size_t)mcid >= p->scan.n_mcids)
        fault(a, _("an element of the structure has content that no page has"));
    else if (p->owners[mcid])
        fault(a, _("page content belongs to two elements of the structure"));
    else
        p->owners[mcid] = element;
}

/* An attribute of an element, from its /A: a dictionary or an array of them. */
static qpdf_oh attribute(struct audit *a, qpdf_oh element, const char *key)
{
    struct reader *r = a->r;
    qpdf_oh attributes = file_key(r, element, "/A");
    for (int i = 0, n = file_count(r, attributes); i < n; i++) {
        qpdf_oh one = file_key(r, file_item(r, attributes, i), key);
        if (!qpdf_oh_is_null(r->q, one))
            return one;
    }
    return file_key(r, attributes, key);
}

static int span(struct audit *a, qpdf_oh cell, const char *key)
{
    qpdf_oh v = attribute(a, cell, key);
    int n = qpdf_oh_is_integer(a->r->q, v) ? qpdf_oh_get_int_value_as_int(a->r->q, v) : 1;
    return n > 0 && n <= 1000 ? n : 1;
}

static int object_id(struct audit *a, qpdf_oh o)
{
    return qpdf_oh_is_indirect(a->r->q, o) ? qpdf_oh_get_object_id(a->r->q, o) : 0;
}

/* The kids of an element, a single one too. */
static int kid_count(struct audit *a, qpdf_oh element)
{
    qpdf_oh kids = file_key(a->r, element, "/K");
    return qpdf_oh_is_array(a->r->q, kids) ? file_count(a->r, kids) : !qpdf_oh_is_null(a->r->q, kids);
}

static qpdf_oh kid(struct audit *a, qpdf_oh element, int i)
{
    qpdf_oh kids = file_key(a->r, element, "/K");
    return qpdf_oh_is_array(a->r->q, kids) ? file_item(a->r, kids, i) : kids;
}

static const char *role_of(struct audit *a, qpdf_oh element)
{
    const char *name = file_name(a->r, file_key(a->r, element, "/S"));
    return name ? name + 1 : "";
}

/* Rows of a table or of a part of it: all as wide as the first, spans counted (UA 7.2). */
struct grid { int width, rows; int hanging[1024]; /* rows that a cell above still reaches into, by column */ };

static void check_row(struct audit *a, qpdf_oh row, struct grid *g)
{
    int column = 0;
    for (int i = 0, n = kid_count(a, row); i < n; i++) {
        qpdf_oh cell = kid(a, row, i);
        int wide = span(a, cell, "/ColSpan"), tall = span(a, cell, "/RowSpan");
        while (column < 1024 && g->hanging[column])
            g->hanging[column++]--;
        for (; wide-- && column < 1024; column++)
            g->hanging[column] = tall - 1;
    }
    while (column < 1024 && g->hanging[column])
        g->hanging[column++]--;
    if (g->rows++ == 0)
        g->width = column;
    else if (column != g->width)
        fault(a, _("a table whose row %d has %d columns instead of %d (UA 7.5)"), g->rows, column, g->width);
}

static void check_rows(struct audit *a, qpdf_oh part, struct grid *g)
{
    for (int i = 0, n = kid_count(a, part); i < n; i++) {
        qpdf_oh k = kid(a, part, i);
        const char *role = role_of(a, k);
        if (strcmp(role, "TR") == 0)
            check_row(a, k, g);
        else if (one_of(role, " THead TBody TFoot "))
            check_rows(a, k, g);
    }
}

static void check_heading(struct audit *a, const char *role)
{
    int level = role[1] - '0';
    if (level > a->heading + 1)
        fault(a, _("a heading %s follows one of level %d (UA 7.4.2)"), role, a->heading);
    a->heading = level;
}

static void check_role(struct audit *a, qpdf_oh e, const char *role)
{
    struct reader *r = a->r;
    size_t i = 0;

    while (i < sizeof roles / sizeof *roles && strcmp(roles[i], role) != 0)
        i++;
    if (i == sizeof roles / sizeof *roles)
        fault(a, _("a structure element of the unknown type \"%s\" (A 6.7.3.4)"), role);
    if (role[0] == 'H' && role[1] >= '1' && role[1] <= '6')
        check_heading(a, role);
    if (strcmp(role, "Figure") == 0 && !filled(file_text(r, file_key(r, e, "/Alt"))) &&
        !filled(file_text(r, file_key(r, e, "/ActualText"))))
        fault(a, _("a figure without alternative text (UA 7.3)"));
    if (strcmp(role, "TH") == 0 && qpdf_oh_is_null(r->q, attribute(a, e, "/Scope")))
        fault(a, _("a header cell without a scope (UA 7.5)"));
    if (strcmp(role, "Note") == 0 && !filled(file_text(r, file_key(r, e, "/ID"))))
        fault(a, _("a note without an ID (UA 7.9)"));
    if (strcmp(role, "Table") == 0) {
        struct grid *g = arena_new(&r->arena, struct grid);
        check_rows(a, e, g);
    }
}

static bool is_type(struct audit *a, qpdf_oh o, const char *type)
{
    return qpdf_oh_is_name_and_equals(a->r->q, file_key(a->r, o, "/Type"), type);
}

static void check_element(struct audit *a, qpdf_oh e, const char *above, int above_object, int depth);

/* A kid of an element: its own content, an annotation, or an element. */
static void check_kid(struct audit *a, qpdf_oh e, const char *role, qpdf_oh k, int depth)
{
    struct reader *r = a->r;
    const char *allowed = kids_of(role);
    int self = object_id(a, e);

    if (qpdf_oh_is_integer(r->q, k) || is_type(a, k, "/MCR")) {
        bool plain = qpdf_oh_is_integer(r->q, k);
        if (allowed || one_of(role, " Document Part Sect "))
            fault(a, _("text stands directly in a %s element"), role);
        own(a, object_id(a, file_key(r, plain ? e : k, "/Pg")), plain ? k : file_key(r, k, "/MCID"), self);
    } else if (is_type(a, k, "/OBJR")) {
        a->owned_annotations++;
        if (!one_of(role, " Link Form "))
            fault(a, _("a link that is not in a Link element (UA 7.18.5)"));
    } else if (qpdf_oh_is_dictionary(r->q, k)) {
        if (allowed && !one_of(role_of(a, k), allowed))
            fault(a, _("a %s element stands directly in a %s element"), role_of(a, k), role);
        check_element(a, k, role, self, depth + 1);
    }
}

static void check_element(struct audit *a, qpdf_oh e, const char *above, int above_object, int depth)
{
    const char *role = role_of(a, e);
    bool linked = false;

    if (depth > MAX_DEPTH) {
        fault(a, _("the structure is nested over %d deep"), MAX_DEPTH);
        return;
    }
    if (object_id(a, file_key(a->r, e, "/P")) != above_object)
        fault(a, _("a %s element does not know the %s element above it"), role, above);
    for (size_t i = 0; i < sizeof parents / sizeof *parents; i++)
        if (strcmp(parents[i][0], role) == 0 && !one_of(above, parents[i][1]))
            fault(a, _("a %s element stands directly in a %s element"), role, above);
    check_role(a, e, role);
    for (int i = 0, n = kid_count(a, e); i < n && a->errors <= MAX_MESSAGES; i++) {
        qpdf_oh k = kid(a, e, i);
        linked |= is_type(a, k, "/OBJR");
        check_kid(a, e, role, k, depth);
    }
    if (strcmp(role, "Link") == 0 && !linked)
        fault(a, _("a Link element that nothing can be pressed for (UA 7.18.5)"));
}

/* Tree, parent tree and content tell the same (A 6.7.3.1, UA 7.1). */
static void check_owners(struct audit *a, qpdf_oh root)
{
    struct reader *r = a->r;
    qpdf_oh tree = file_key(r, root, "/ParentTree");

    for (size_t i = 0; i < a->n_pages; i++) {
        struct content_page *p = &a->pages[i];
        qpdf_oh key = file_key(r, qpdf_get_page_n(r->q, i), "/StructParents"), row = qpdf_oh_new_null(r->q);
        if (qpdf_oh_is_integer(r->q, key))
            row = file_number(r, tree, qpdf_oh_get_int_value_as_int(r->q, key));
        for (size_t k = 0; k < p->scan.n_mcids; k++) {
            if (!p->owners[k])
                fault(a, _("page %zu: content %zu is in no element of the structure"), i + 1, k);
            else if (object_id(a, file_item(r, row, (int)k)) != p->owners[k])
                fault(a, _("page %zu: the parent tree tells another element of content %zu"), i + 1, k);
        }
    }
    if (a->annotations != a->owned_annotations)
        fault(a, _("%zu annotations, %zu of them in the structure (UA 7.18.1)"), a->annotations, a->owned_annotations);
}

static void check_structure(struct audit *a)
{
    struct reader *r = a->r;
    qpdf_oh root = file_key(r, qpdf_get_root(r->q), "/StructTreeRoot");

    if (!kid_count(a, root)) {
        fault(a, _("no structure (A 6.7.3)"));
        return;
    }
    for (int i = 0, n = kid_count(a, root); i < n; i++)
        check_element(a, kid(a, root, i), "StructTreeRoot", object_id(a, root), 0);
    check_owners(a, root);
}

bool reader_audit(struct reader *r, struct diag *d)
{
    struct audit a = { .r = r, .d = d };
    check_catalog(&a);
    check_pages(&a);
    check_structure(&a);
    return !file_failed(r, d) && a.errors == 0;
}
