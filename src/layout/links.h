/* layout/links.h -- the last step of binding. */
#ifndef LAYOUT_LINKS_H
#define LAYOUT_LINKS_H
#include "layout/bind.h"

/* Reports ids that are there twice and links that lead nowhere; a source mark
 * whose sentence has no entry is led to its document's. */
void links_settle(struct binder *b, struct box_document *doc);
#endif
