/* extract/numerals.h -- a number as it is written, in figures or in words (internal to extract/).
 *
 * Nothing here asks what is counted: that is quantities.c's. */
#ifndef EXTRACT_NUMERALS_H
#define EXTRACT_NUMERALS_H
#include "extract/passage.h"

/* "%", "phần trăm" at i; *end behind it. */
bool percent_sign(const struct passage *p, size_t i, size_t *end);

/* The number at numeral i: also "98, 73 %", "97.4%", "58.51/60.50" and other decimals with a full stop, where
 * what stands around them leaves no doubt; *end behind it. */
double number_at(const struct passage *p, size_t i, size_t *end);

/* Multiplier and currency behind a number; *end behind both. */
struct scale { double factor; const struct sense *currency; bool any; };
struct scale scale_at(const struct passage *p, size_t i, size_t *end);

/* Up to 999: "ba mươi hai", "một trăm linh năm"; false if there is none. */
bool words_number(const struct passage *p, size_t i, double *value, size_t *end);
/* A fraction in words: "ba phần tư", "chín trên mười". */
bool words_fraction(const struct passage *p, size_t i, double *value, double *of, size_t *end);

/* ---- qualifier.c ---- */
/* Sets the number's qualifier by the words or signs around it, its lead to the first of them, and whether it is
 * where a move began ("từ 45% lên 78%"). Its noun and tail are known. */
void read_qualifier(const struct passage *p, struct quantity *q);
#endif
