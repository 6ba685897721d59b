/* Names are folded letter by letter: a letter of Vietnamese is a base (one of
 * the 12 vowels, or đ) and one of six tones; the tone is held back until the
 * syllable ends and then written as a digit, which no name has inside. */
#include "catalog/name.h"

#include "base/utf8.h"

#include <string.h>

struct letter { char base[3]; int tone; }; /* base: UTF-8; tone 0 to 5 */

/* Base and tone (1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng) of U+1EA0 to U+1EF9,
 * where upper and lower case alternate, so one entry serves two code points. */
static const char *const additional[] = {
    "a5", "a2", "â4", "â1", "â2", "â3", "â5", "ă4", "ă1", "ă2", "ă3", "ă5", "e5", "e2", "e3",
    "ê4", "ê1", "ê2", "ê3", "ê5", "i2", "i5", "o5", "o2", "ô4", "ô1", "ô2", "ô3", "ô5", "ơ4",
    "ơ1", "ơ2", "ơ3", "ơ5", "u5", "u2", "ư4", "ư1", "ư2", "ư3", "ư5", "y1", "y5", "y2", "y3",
};
/* U+00E0 to U+00FD; upper case is 32 before. */
static const char *const latin1[] = {
    "a1", "a4", "â0", "a3", NULL, NULL, NULL, NULL, "e1", "e4", "ê0", NULL, "i1", "i4", NULL,
    NULL, NULL, NULL, "o1", "o4", "ô0", "o3", NULL, NULL, NULL, "u1", "u4", NULL, NULL, "y4",
};
static const struct { uint32_t upper; const char *letter; } others[] = {
    { 0x102, "ă0" }, { 0x128, "i3" }, { 0x168, "u3" }, { 0x1A0, "ơ0" }, { 0x1AF, "ư0" },
};

static const struct { uint32_t cp; int tone; } tone_marks[] = {
    { 0x300, 1 }, { 0x309, 2 }, { 0x303, 3 }, { 0x301, 4 }, { 0x323, 5 },
};
/* A combining mark that makes another letter: base, mark, what it becomes. */
static const struct { char base; uint32_t mark; const char *letter; } joined[] = {
    { 'a', 0x306, "ă" }, { 'a', 0x302, "â" }, { 'e', 0x302, "ê" },
    { 'o', 0x302, "ô" }, { 'o', 0x31B, "ơ" }, { 'u', 0x31B, "ư" },
};

static bool vowel_find(uint32_t cp, struct letter *l)
{
    const char *found = NULL;
    if (cp >= 0x1EA0 && cp <= 0x1EF9)
        found = additional[(cp - 0x1EA0) / 2];
    else if (cp >= 0xC0 && cp <= 0xFD)
        found = (cp & 0x1F) <= 0x1D ? latin1[cp & 0x1F] : NULL;
    for (size_t i = 0; !found && i < sizeof others / sizeof *others; i++)
        if (cp == others[i].upper || cp == others[i].upper + 1)
            found = others[i].letter;
    if (!found)
        return false;
    size_t n = strlen(found) - 1;
    memcpy(l->base, found, n);
    l->base[n] = '\0';
    l->tone = found[n] - '0';
    return true;
}

static int tone_of(uint32_t cp)
{
    for (size_t i = 0; i < sizeof tone_marks / sizeof *tone_marks; i++)
        if (tone_marks[i].cp == cp)
            return tone_marks[i].tone;
    return 0;
}

struct key { char *out; size_t n, cap; int tone; bool plain, full; };

static void put(struct key *k, const char *s, size_t n)
{
    if (k->n + n + 1 > k->cap)
        k->full = true;
    else
        memcpy(k->out + k->n, s, n), k->n += n;
}

static void end_syllable(struct key *k)
{
    char digit = (char)('0' + k->tone);
    if (k->tone && !k->plain)
        put(k, &digit, 1);
    k->tone = 0;
}

static const char *without_marks(const char *base)
{
    static const char *const plain[][2] = {
        { "ă", "a" }, { "â", "a" }, { "ê", "e" }, { "ô", "o" }, { "ơ", "o" }, { "ư", "u" }, { "đ", "d" },
    };
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp(base, plain[i][0]) == 0)
            return plain[i][1];
    return base;
}

static void put_letter(struct key *k, const char *base)
{
    const char *s = k->plain ? without_marks(base) : base;
    put(k, s, strlen(s));
}

/* A combining circumflex, breve or horn changes the letter just written. */
static bool join(struct key *k, uint32_t mark)
{
    for (size_t i = 0; k->n && i < sizeof joined / sizeof *joined; i++)
        if (joined[i].mark == mark && k->out[k->n - 1] == joined[i].base) {
            k->n--;
            put_letter(k, joined[i].letter);
            return true;
        }
    return false;
}

size_t name_key(const char *s, size_t n, bool plain, char *out, size_t cap)
{
    struct key k = { .out = out, .cap = cap, .plain = plain };
    size_t len;
    for (size_t i = 0; i < n && !k.full; i += len) {
        uint32_t cp;
        struct letter l;
        len = utf8_decode(s + i, n - i, &cp);
        if (!len)
            return 0;
        bool blank = cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == '.' || cp == ',' || cp == '-' ||
                     cp == 0xA0 || (cp >= 0x2010 && cp <= 0x2015);
        if (blank) {
            end_syllable(&k);
            if (k.n && out[k.n - 1] != ' ')
                put(&k, " ", 1);
        } else if (cp < 0x80) {
            char c = (char)cp;
            c = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
            put(&k, &c, 1);
        } else if (cp == 0x110 || cp == 0x111) {
            put_letter(&k, "đ");
        } else if (tone_of(cp)) {
            k.tone = tone_of(cp);
        } else if (vowel_find(cp, &l)) {
            put_letter(&k, l.base);
            k.tone = l.tone ? l.tone : k.tone;
        } else if (!join(&k, cp)) {
            put(&k, s + i, len);
        }
    }
    end_syllable(&k);
    while (k.n && out[k.n - 1] == ' ')
        k.n--;
    if (k.full || !cap)
        return 0;
    out[k.n] = '\0';
    return k.n;
}
