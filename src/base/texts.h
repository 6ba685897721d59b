/* base/texts.h -- texts in a row: what an option that may be given many times gathers. */
#ifndef BASE_TEXTS_H
#define BASE_TEXTS_H
#include <stddef.h>

struct texts { const char **items; size_t n; }; /* room is the caller's */
#endif
