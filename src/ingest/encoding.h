/* ingest/encoding.h -- texts that are not UTF-8: UTF-16, and the older Vietnamese encodings.
 *
 * TCVN3 (the ".Vn" fonts of the 1990s), VNI (the "VNI-" fonts) and windows-1258
 * have no mark of their own; they are told apart by what they make of the bytes:
 * Vietnamese is written in syllables of few possible shapes, and only the right
 * reading gives them. */
#ifndef INGEST_ENCODING_H
#define INGEST_ENCODING_H
#include "base/buf.h"

#include <stdbool.h>

enum legacy { LEGACY_NONE, LEGACY_TCVN3, LEGACY_VNI, LEGACY_1258 };

/* Which encoding makes Vietnamese of the bytes; LEGACY_NONE if none plainly does. */
enum legacy legacy_guess(const char *s, size_t n);
const char *legacy_name(enum legacy e);
/* Appends s[0..n) as precomposed UTF-8. */
void legacy_convert(enum legacy e, const char *s, size_t n, struct buf *out);

/* UTF-16 with its byte order mark; false if it is not well-formed. */
bool utf16_convert(const char *data, size_t n, struct buf *out);
#endif
