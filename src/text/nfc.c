#include "text/nfc.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Bytes that begin U+0300..036F (CC, CD) or U+1100..11FF, the jamo (E1 84..87): without them a
 * text in a Latin script is in NFC already. */
static bool suspicious(const char *s)
{
    for (const unsigned char *p = (const unsigned char *)s; *p; p++)
        if (*p == 0xCC || *p == 0xCD || (*p == 0xE1 && p[1] >= 0x84 && p[1] <= 0x87))
            return true;
    return false;
}

const char *text_nfc(struct arena *a, const char *s)
{
    if (!suspicious(s))
        return s;
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s, 0, &composed,
                                      UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n < 0)
        return s;
    const char *out = arena_strndup(a, (const char *)composed, (size_t)n);
    free(composed);
    return out;
}
