#include "text/spelling.h"

#include "base/utf8.h"
#include "text/nfc.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

/* The vowels whose tone two spellings put on different letters, plain first, then by tone. */
static const uint32_t tones[][6] = {
    { 'a', 0xE0, 0xE1, 0x1EA3, 0xE3, 0x1EA1 }, { 'e', 0xE8, 0xE9, 0x1EBB, 0x1EBD, 0x1EB9 },
    { 'o', 0xF2, 0xF3, 0x1ECF, 0xF5, 0x1ECD }, { 'u', 0xF9, 0xFA, 0x1EE7, 0x169, 0x1EE5 },
    { 'y', 0x1EF3, 0xFD, 0x1EF7, 0x1EF9, 0x1EF5 },
};

/* Row and tone of a small letter; false if it is none of these vowels. */
static bool vowel(uint32_t cp, size_t *row, size_t *tone)
{
    for (*row = 0; *row < sizeof tones / sizeof *tones; ++*row)
        for (*tone = 0; *tone < 6; ++*tone)
            if (tones[*row][*tone] == cp)
                return true;
    return false;
}

/* "oà", "oè", "uý" at a word's end: the tone moves to the first vowel, but not behind q. */
static void place_tone(uint32_t *word, size_t n)
{
    size_t a, b, none, tone;
    uint32_t small = n < 2 ? 0 : (uint32_t)utf8proc_tolower((utf8proc_int32_t)word[n - 2]);
    if (n < 2 || !vowel(small, &a, &none) || none || !vowel(word[n - 1], &b, &tone) || !tone)
        return;
    bool pair = (tones[a][0] == 'o' && (tones[b][0] == 'a' || tones[b][0] == 'e')) ||
                (tones[a][0] == 'u' && tones[b][0] == 'y' && (n < 3 || (word[n - 3] | 0x20) != 'q'));
    if (pair) {
        bool capital = small != word[n - 2];
        word[n - 2] = capital ? (uint32_t)utf8proc_toupper((utf8proc_int32_t)tones[a][tone]) : tones[a][tone];
        word[n - 1] = tones[b][0];
    }
}

const char *text_name(struct arena *a, const char *s)
{
    s = text_nfc(a, s);
    size_t len = strlen(s), n = 0, letters = 0, capitals = 0;
    uint32_t *cp = arena_array(a, uint32_t, len + 1);
    for (size_t i = 0, k; i < len && (k = utf8_decode(s + i, len - i, &cp[n])); i += k, n++) {
        letters += utf8proc_tolower((utf8proc_int32_t)cp[n]) != utf8proc_toupper((utf8proc_int32_t)cp[n]);
        capitals += (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp[n]) != cp[n];
    }
    bool caps = letters > 1 && capitals == letters;
    for (size_t i = 0, first = 0; i <= n; i++) {
        bool ends = i == n || cp[i] == ' ' || cp[i] == '-' || cp[i] == ',';
        if (!ends && caps && i > first)
            cp[i] = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp[i]);
        if (ends) {
            place_tone(cp + first, i - first);
            first = i + 1;
        }
    }
    char *out = arena_alloc(a, 4 * n + 1, 1);
    size_t at = 0;
    for (size_t i = 0; i < n; i++)
        at += (size_t)utf8proc_encode_char((utf8proc_int32_t)cp[i], (utf8proc_uint8_t *)out + at);
    return out;
}
