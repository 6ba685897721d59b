/* libFuzzer over a card's way from XML to PDF: the first byte chooses what the
 * rest is -- a layout, bound to the tests' card; a card, bound to the tests'
 * layout or to the scorecard; or a text that stands in every attribute and text
 * of the tests' card. */
#include "layout/layout.h"
#include "pdf/pdf.h"
#include "scratch.h"
#include "typeset/typeset.h"

#include <libxml/parser.h>

enum { QUIET = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING };
static struct fontlib *fonts;
static struct layout *full, *score;
static xmlDocPtr card;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct diag d = { 0 };
    (void)argc, (void)argv;
    fonts = fontlib_open("fonts", &d);
    full = fonts ? layout_open("tests/data/layout/full.xml", NULL, 0, fonts, &d) : NULL;
    score = full ? layout_open("layouts/scorecard.xml", NULL, 0, fonts, &d) : NULL;
    card = xmlReadFile("tests/data/layout/card.xml", NULL, QUIET);
    diag_print(&d, stderr, 0);
    diag_clear(&d);
    if (!scratch_make())
        exit(1);
    scratch_link("chung", "layouts");
    scratch_link("phan", "tests/data/layout");
    if (!(score && card))
        exit(1); /* libFuzzer would go on */
    return 0;
}

static void make(const struct layout *l, xmlDocPtr doc, struct diag *d)
{
    struct arena a = { 0 };
    struct pages pages = { 0 };
    struct buf out = { 0 };
    struct box_document *boxes = layout_bind(l, doc, fonts, &a, d);
    bool ok = boxes && typeset(boxes, fonts, &a, &pages, d);
    struct pdf *pdf = ok ? pdf_open(d) : NULL;
    if (pdf) {
        struct pdf_info info = {
            .title = boxes->title, .subject = boxes->subject, .keywords = boxes->keywords, .author = boxes->author,
            .lang = boxes->lang, .date = boxes->date, .producer = "fuzz",
            .attachments = boxes->attachments, .n_attachments = boxes->n_attachments,
        };
        ok = pdf_add(pdf, &pages, d) && pdf_finish(pdf, &info, &out, d);
    }
    if (!ok && !d->errors)
        abort(); /* nothing made and nothing said */
    pdf_close(pdf);
    buf_clear(&out);
    arena_clear(&a);
    fontlib_trim(fonts);
}

/* The text in all attributes but those that others point to, and in all texts. */
static void fill(xmlNodePtr n, const xmlChar *text)
{
    for (; n; n = n->next) {
        if (n->type == XML_TEXT_NODE)
            xmlNodeSetContent(n, NULL), xmlNodeAddContent(n, text);
        if (n->type != XML_ELEMENT_NODE)
            continue;
        for (xmlAttrPtr a = n->properties, next; a; a = next) {
            next = a->next;
            if (strcmp((const char *)a->name, "id") != 0 && strcmp((const char *)a->name, "nguon") != 0 &&
                strcmp((const char *)a->name, "ma") != 0)
                xmlSetProp(n, a->name, text);
        }
        fill(n->children, text);
    }
}

static void hostile_text(const uint8_t *data, size_t n, struct diag *d)
{
    char *text = malloc(n + 1);
    size_t len = 0;
    for (size_t i = 0; i < n; i++) /* no card holds controls: its maker keeps them out, as XML must */
        if (data[i] >= ' ' || data[i] == '\n')
            text[len++] = (char)data[i];
    text[len] = '\0';
    if (xmlCheckUTF8((const xmlChar *)text)) {
        xmlDocPtr copy = xmlCopyDoc(card, 1);
        fill(copy->children, (const xmlChar *)text);
        make(full, copy, d);
        xmlFreeDoc(copy);
    }
    free(text);
}

static void other_card(const struct layout *l, const uint8_t *data, size_t n, struct diag *d)
{
    xmlDocPtr doc = xmlReadMemory((const char *)data, (int)n, NULL, NULL, QUIET);
    if (doc && xmlDocGetRootElement(doc))
        make(l, doc, d);
    xmlFreeDoc(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct diag d = { 0 };
    if (n < 1)
        return 0;
    if (data[0] % 4 == 3) {
        hostile_text(data + 1, n - 1, &d);
    } else if (data[0] % 4) {
        other_card(data[0] % 4 == 1 ? full : score, data + 1, n - 1, &d);
    } else {
        struct layout *l = layout_open(scratch_write("a.xml", data + 1, n - 1), NULL, 0, fonts, &d);
        if (!l && !d.errors)
            abort();
        if (l)
            make(l, card, &d);
        layout_close(l);
    }
    diag_clear(&d);
    return 0;
}
