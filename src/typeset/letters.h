/* typeset/letters.h -- capitals of the letters that Vietnamese texts use. */
#ifndef TYPESET_LETTERS_H
#define TYPESET_LETTERS_H
#include <stdint.h>

/* The capital of a small letter of Latin-1, Latin Extended-A and Vietnamese; any other code point as it is. */
uint32_t letter_upper(uint32_t cp);
#endif
