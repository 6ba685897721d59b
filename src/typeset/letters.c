#include "typeset/letters.h"

uint32_t letter_upper(uint32_t cp)
{
    if (cp >= 'a' && cp <= 'z')
        return cp - 0x20;
    if (cp >= 0xE0 && cp <= 0xFE && cp != 0xF7)
        return cp - 0x20;
    if (cp == 0x1A1 || cp == 0x1B0)
        return cp - 1; /* ơ ư */
    /* Pairs, the capital first with an even number: ă đ ĩ ũ and all of U+1EA0 to U+1EF9. */
    if ((cp >= 0x100 && cp <= 0x137) || (cp >= 0x14A && cp <= 0x177) || (cp >= 0x1EA0 && cp <= 0x1EF9))
        return cp & ~1u;
    return cp;
}
