#include "ingest/encoding.h"

#include "base/utf8.h"

#include <string.h>

enum { TONES = 6, VOWELS = 12 };

/* Vowels by tone: none, grave, hook, tilde, acute, dot below. */
static const uint16_t vowels[VOWELS][TONES] = {
    { 'a', 0xE0, 0x1EA3, 0xE3, 0xE1, 0x1EA1 },             /* a */
    { 0x103, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB7 },     /* ă */
    { 0xE2, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD },      /* â */
    { 'e', 0xE8, 0x1EBB, 0x1EBD, 0xE9, 0x1EB9 },           /* e */
    { 0xEA, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7 },      /* ê */
    { 'i', 0xEC, 0x1EC9, 0x129, 0xED, 0x1ECB },            /* i */
    { 'o', 0xF2, 0x1ECF, 0xF5, 0xF3, 0x1ECD },             /* o */
    { 0xF4, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9 },      /* ô */
    { 0x1A1, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3 },     /* ơ */
    { 'u', 0xF9, 0x1EE7, 0x169, 0xFA, 0x1EE5 },            /* u */
    { 0x1B0, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1 },     /* ư */
    { 'y', 0x1EF3, 0x1EF7, 0x1EF9, 0xFD, 0x1EF5 },         /* y */
};

static uint32_t upper(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE))
        return c - 32;
    return c == 0x1A1 ? 0x1A0 : c == 0x1B0 ? 0x1AF : c >= 0x100 ? c & ~1u : c;
}

static uint32_t lower(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE))
        return c + 32;
    return c == 0x1A0 ? 0x1A1 : c == 0x1AF ? 0x1B0 : c >= 0x100 && c < 0x2000 && !(c & 1) && c != 0x1B0 ? c | 1 : c;
}

/* The vowel row of a lower case letter and its tone; -1 if it is no vowel. */
static int vowel_of(uint32_t c, int *tone)
{
    for (int v = 0; v < VOWELS; v++)
        for (int t = 0; t < TONES; t++)
            if (vowels[v][t] == c) {
                *tone = t;
                return v;
            }
    return -1;
}

static void add(struct buf *out, uint32_t c)
{
    char bytes[4];
    buf_add(out, bytes, utf8_encode(c, bytes));
}

/* ---- the encodings: one letter from s[0..n), its bytes as the result ---- */

/* windows-1252's punctuation, which the fonts kept: 0x80 to 0x9F. */
static const uint16_t punctuation[32] = {
    0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0, 0x2039, 0x152, 0, 0, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0, 0x203A, 0x153, 0, 0, 0x178,
};

/* TCVN 5712:1993, VN3: one byte a letter; capitals with a tone have none. */
static const uint16_t tcvn3[96] = {
    /* A0 */ 0xA0, 0x102, 0xC2, 0xCA, 0xD4, 0x1A0, 0x1AF, 0x110, 0x103, 0xE2, 0xEA, 0xF4, 0x1A1, 0x1B0, 0x111, 0,
    /* B0 */ 0, 0, 0, 0, 0, 0xE0, 0x1EA3, 0xE3, 0xE1, 0x1EA1, 0, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0,
    /* C0 */ 0, 0, 0, 0, 0, 0, 0x1EB7, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0xE8, 0, 0x1EBB, 0x1EBD,
    /* D0 */ 0xE9, 0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0xEC, 0x1EC9, 0, 0, 0, 0x129, 0xED, 0x1ECB, 0xF2,
    /* E0 */ 0, 0x1ECF, 0xF5, 0xF3, 0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0xF9,
    /* F0 */ 0, 0x1EE7, 0x169, 0xFA, 0x1EE5, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0xFD, 0x1EF5, 0,
};

static size_t take_tcvn3(const unsigned char *s, size_t n, uint32_t *c)
{
    (void)n;
    *c = s[0] < 0x80 ? s[0] : s[0] < 0xA0 ? punctuation[s[0] - 0x80] : tcvn3[s[0] - 0xA0];
    return 1;
}

/* VNI: the vowel, then a byte for its mark and tone. */
static size_t take_vni(const unsigned char *s, size_t n, uint32_t *c)
{
    static const struct { unsigned char byte, tone; } plain[] = { { 0xF8, 1 }, { 0xFB, 2 }, { 0xF5, 3 }, { 0xF9, 4 }, { 0xEF, 5 } };
    static const struct { unsigned char byte, tone; } hat[] = { { 0xE2, 0 }, { 0xE0, 1 }, { 0xE5, 2 }, { 0xE3, 3 }, { 0xE1, 4 }, { 0xE4, 5 } };
    static const struct { unsigned char byte, tone; } breve[] = { { 0xEA, 0 }, { 0xE8, 1 }, { 0xFA, 2 }, { 0xFC, 3 }, { 0xE9, 4 }, { 0xEB, 5 } };
    static const struct { unsigned char byte; uint16_t c; } single[] = { { 0xF1, 0x111 }, { 0xEC, 0xEC }, { 0xE6, 0x1EC9 }, { 0xF3, 0x129 },
                                                                         { 0xED, 0xED },  { 0xF2, 0x1ECB }, { 0xEE, 0x1EF5 } };
    bool capital = (s[0] >= 'A' && s[0] <= 'Z') || (s[0] >= 0xC0 && s[0] <= 0xDE);
    unsigned char base = capital ? (unsigned char)(s[0] + 32) : s[0];
    unsigned char mark = n > 1 && s[1] >= 0xC0 ? (unsigned char)(s[1] | 0x20) : 0;
    int row = base == 'a' ? 0 : base == 'e' ? 3 : base == 'o' ? 6 : base == 0xF4 ? 8 : base == 'u' ? 9 : base == 0xF6 ? 10 : base == 'y' ? 11 : -1;
    for (size_t i = 0; row >= 0 && mark && i < 6; i++) {
        int to = -1, tone = 0;
        if (i < 5 && plain[i].byte == mark) {
            to = row;
            tone = plain[i].tone;
        } else if (hat[i].byte == mark && (row == 0 || row == 3 || row == 6)) {
            to = row == 0 ? 2 : row == 3 ? 4 : 7;
            tone = hat[i].tone;
        } else if (breve[i].byte == mark && row == 0) {
            to = 1;
            tone = breve[i].tone;
        }
        if (to >= 0) {
            *c = capital ? upper(vowels[to][tone]) : vowels[to][tone];
            return 2;
        }
    }
    *c = row == 8 ? 0x1A1 : row == 10 ? 0x1B0 : base >= 0x80 && base < 0xA0 ? punctuation[base - 0x80] : base;
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (single[i].byte == base)
            *c = single[i].c;
    if (base >= 0xC0 && *c == base && base != 0xEC && base != 0xED)
        *c = 0; /* a mark without its vowel */
    *c = capital ? upper(*c) : *c;
    return 1;
}

/* windows-1258: letters of Latin-1 and tones that follow as combining marks. */
static uint32_t letter_1258(unsigned char b)
{
    static const struct { unsigned char byte; uint16_t c; } own[] = {
        { 0xC3, 0x102 }, { 0xE3, 0x103 }, { 0xD0, 0x110 }, { 0xF0, 0x111 }, { 0xD5, 0x1A0 }, { 0xF5, 0x1A1 }, { 0xDD, 0x1AF }, { 0xFD, 0x1B0 },
        { 0xCC, 0x300 }, { 0xD2, 0x309 }, { 0xDE, 0x303 }, { 0xEC, 0x301 }, { 0xF2, 0x323 }, { 0xFE, 0x20AB },
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i].byte == b)
            return own[i].c;
    return b >= 0x80 && b < 0xA0 ? punctuation[b - 0x80] : b;
}

static int tone_mark(uint32_t c)
{
    return c == 0x300 ? 1 : c == 0x309 ? 2 : c == 0x303 ? 3 : c == 0x301 ? 4 : c == 0x323 ? 5 : 0;
}

static size_t take_1258(const unsigned char *s, size_t n, uint32_t *c)
{
    *c = letter_1258(s[0]);
    int tone = n > 1 ? tone_mark(letter_1258(s[1])) : 0, had = 0;
    if (tone_mark(*c))
        *c = 0; /* without its vowel */
    int row = tone ? vowel_of(lower(*c), &had) : -1;
    if (row < 0 || had)
        return 1;
    *c = lower(*c) == *c ? vowels[row][tone] : upper(vowels[row][tone]);
    return 2;
}

static size_t take(enum legacy e, const unsigned char *s, size_t n, uint32_t *c)
{
    return e == LEGACY_TCVN3 ? take_tcvn3(s, n, c) : e == LEGACY_VNI ? take_vni(s, n, c) : take_1258(s, n, c);
}

/* ---- which it is ---- */

/* What may follow the onset, without tones; letters as in `shape`. */
static const char rhymes[] =
    " a ai ao au ay ac ach am an ang anh ap at ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e eo ec em en eng ep et ê êu êch êm ên ênh "
    "êp êt i ia iu ich im in inh ip it iêc iêm iên iêng iêp iêt iêu o oa oai oay oac oach oan oang oanh oat oăc oăn oăng oăt oe oen oet oi "
    "oc om on ong op ot ô ôi ôc ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua ui uc um un ung up ut uôc uôi uôm uôn uông uôt uâc uân uâng uât uây "
    "uê uêch uênh uơ uy uya uych uynh uyt uyu uyên uyêt ư ưa ưi ưu ưc ưng ưt ưm ươc ươi ươm ươn ương ươp ươt ươu y yên yêt yêu yêm ";
static const char *const onsets[] = { "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k",
                                      "l", "m", "n", "p", "q", "r", "s", "t", "v", "x", "" };

/* Is the lower case word, tones taken off, a syllable that could be Vietnamese? */
static bool is_syllable(const char *word)
{
    for (size_t i = 0; i < sizeof onsets / sizeof *onsets; i++) {
        size_t n = strlen(onsets[i]);
        const char *rest = word + n;
        if (strncmp(word, onsets[i], n) != 0 || !*rest)
            continue;
        size_t w = strlen(rest);
        for (const char *p = strstr(rhymes, rest); p; p = strstr(p + 1, rest))
            if (p[-1] == ' ' && p[w] == ' ')
                return true;
    }
    return false;
}

/* Syllables with a letter beyond ASCII, and those of them that cannot be. */
static void judge(enum legacy e, const char *text, size_t n, int *right, int *wrong)
{
    char word[48];
    size_t len = 0;
    bool marked = false, odd = false;
    int tones = 0;
    for (size_t i = 0, step; i <= n; i += step) {
        uint32_t c = ' ';
        int tone = 0;
        step = i < n ? take(e, (const unsigned char *)text + i, n - i, &c) : 1;
        bool beyond = i < n && (unsigned char)text[i + step - 1] >= 0xA0;
        c = lower(c);
        int row = vowel_of(c, &tone);
        if (row >= 0)
            c = vowels[row][0];
        bool letter = row >= 0 || (c >= 'a' && c <= 'z') || c == 0x111;
        if (letter && len < sizeof word - 4) {
            len += utf8_encode(c, word + len);
            marked |= beyond;
            tones += tone > 0;
            continue;
        }
        odd |= beyond && (unsigned char)text[i] != 0xA0;
        word[len] = '\0';
        if (odd || (marked && (tones > 1 || !is_syllable(word))))
            ++*wrong;
        else if (marked)
            ++*right;
        len = 0;
        tones = 0;
        marked = odd = false;
    }
}

enum legacy legacy_guess(const char *s, size_t n)
{
    enum { SAMPLE = 256 << 10 };
    enum legacy best = LEGACY_NONE;
    double most = 0;
    for (enum legacy e = LEGACY_TCVN3; e <= LEGACY_1258; e++) {
        int right = 0, wrong = 0;
        judge(e, s, n < SAMPLE ? n : SAMPLE, &right, &wrong);
        double share = right >= 2 ? (double)right / (right + wrong) : 0;
        if (share > most) {
            most = share;
            best = e;
        }
    }
    return most >= 0.75 ? best : LEGACY_NONE;
}

const char *legacy_name(enum legacy e)
{
    static const char *const names[] = { "", "TCVN3", "VNI", "windows-1258" };
    return names[e];
}

void legacy_convert(enum legacy e, const char *s, size_t n, struct buf *out)
{
    for (size_t i = 0, step; i < n; i += step) {
        uint32_t c = 0;
        step = take(e, (const unsigned char *)s + i, n - i, &c);
        add(out, c ? c : 0xFFFD);
    }
}

bool utf16_convert(const char *data, size_t n, struct buf *out)
{
    bool big = (unsigned char)data[0] == 0xFE;
    for (size_t i = 2; i + 1 < n; i += 2) {
        uint32_t c = (uint32_t)(unsigned char)data[i + !big] << 8 | (unsigned char)data[i + big], low;
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < n) {
            low = (uint32_t)(unsigned char)data[i + 2 + !big] << 8 | (unsigned char)data[i + 2 + big];
            c = low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00) : c;
            i += 2;
        }
        char bytes[4];
        size_t w = utf8_encode(c, bytes);
        if (!w)
            return false;
        buf_add(out, bytes, w);
    }
    return n % 2 == 0;
}
