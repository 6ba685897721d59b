#include "check.h"
#include "layout/layout.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    struct diag d = { 0 };
    struct layout *l = layout_open(argc > 1 ? argv[1] : "tests/data/layout/first.xml", NULL, 0, NULL, &d);
    CHECK(l != NULL, "layout");
    xmlDocPtr card = xmlReadFile("tests/data/layout/card.xml", NULL, XML_PARSE_NONET);
    struct arena a = { 0 };
    struct box_document *doc = l ? layout_bind(l, card, NULL, &a, &d) : NULL;
    struct buf b = { 0 };
    CHECK(doc != NULL, "bind");
    if (doc)
        box_dump(doc, &b);
    if (getenv("DUMP"))
        puts(b.data);
    diag_print(&d, stderr, 0);
    buf_clear(&b);
    arena_clear(&a);
    layout_close(l);
    xmlFreeDoc(card);
    diag_clear(&d);
    return CHECK_DONE();
}
