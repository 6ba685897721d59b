/* catalog/name.h -- the key by which names are compared.
 *
 * Lower case, the tone at the syllable's end whatever letter bore it (so that
 * Hoà and Hòa are one), runs of blanks, dots and dashes as one blank. Takes
 * precomposed and decomposed letters. Only the Latin of Vietnamese is folded;
 * what else there is is kept. */
#ifndef CATALOG_NAME_H
#define CATALOG_NAME_H
#include <stdbool.h>
#include <stddef.h>

/* Writes the key of s[0..n) to out (room for `cap` bytes, NUL included); its
 * length, or 0 if it is empty or does not fit. With `plain` the marks are
 * dropped too: "Hà Nội" -> "ha noi". */
size_t name_key(const char *s, size_t n, bool plain, char *out, size_t cap);
#endif
