/* text/nfc.h -- Unicode normalization form C (UAX #15): letters with their marks in one code point. */
#ifndef TEXT_NFC_H
#define TEXT_NFC_H
#include "base/arena.h"

/* `s` itself if it holds no combining mark (nearly always), else its NFC in `a`; broken UTF-8 stays as it is. */
const char *text_nfc(struct arena *a, const char *s);
#endif
