/* text/spelling.h -- names in their usual spelling, however a text writes them. */
#ifndef TEXT_SPELLING_H
#define TEXT_SPELLING_H
#include "base/arena.h"

/* A name in NFC, with the tone where dictionaries put it (Khánh Hoà -> Khánh Hòa), and a name that
 * is all in capitals with one at the head of each word (XÃ HÒA PHÚ -> Xã Hòa Phú). In `a`. */
const char *text_name(struct arena *a, const char *s);
#endif
