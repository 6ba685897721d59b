/* layout/number.h -- figures, dates and periods as Vietnamese prints them. */
#ifndef LAYOUT_NUMBER_H
#define LAYOUT_NUMBER_H
#include "layout/tree.h"

/* `text` is a decimal number ("-1234.56"); rounds half away from zero on its
 * decimal digits, never through binary. False if it is no number. */
bool number_print(const struct number_format *f, const char *text, struct buf *out);
/* A double as decimal text, up to 15 significant digits, no exponent. */
void number_decimal(double v, struct buf *out);
/* ISO date by a pattern of dd, d, MM, M, yyyy; parts that the date lacks make it fail. */
bool date_print(const char *iso, const char *pattern, struct buf *out);
/* "2023-M1/2023-M7" -> "7 tháng đầu năm 2023"; short: "1–7/2023". False if it is no period. */
bool period_print(const char *period, bool brief, struct buf *out);
/* Vietnamese capitals (also of 1EA0..1EF9), lower case, and order: a ă â b c d đ ..., then tones. */
void text_upper(const char *s, bool first_only, struct buf *out);
int text_compare(const char *a, const char *b);
#endif
