/* text/words.h -- Vietnamese text as folded words, numerals and marks.
 *
 * A word is folded so that all its spellings are one: letters small, the tone
 * taken off its vowel and put at the end (Hoà = Hòa), composed and decomposed
 * letters alike (NFC = NFD), and y = i where both are used alone after a
 * consonant (tỷ = tỉ, kỹ = kĩ).  Nothing is copied: tokens point into the
 * text by byte offsets, so whatever is found leads back to the source.
 *
 *     "Hoà Bình đạt 1.929,5 tỷ"  ->  word(hoa`) word(binh`) word(Dat.)
 *                                    numeral(1929.5) word(ti?)
 */
#ifndef TEXT_WORDS_H
#define TEXT_WORDS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum token_kind { TOKEN_WORD, TOKEN_NUMERAL, TOKEN_MARK };

struct token {
    size_t start, end;   /* bytes of the text */
    uint32_t word;       /* WORD: id given by the lexicon, 0 unknown; MARK: its character, see below */
    uint8_t kind;
    bool upper;          /* WORD: begins with a capital */
    bool caps;           /* WORD: two letters or more, all capitals */
    bool spaced;         /* a blank or line break before it */
    bool line;           /* a line break before it */
    char first;          /* WORD: first letter of its fold, and the fold's length, so that most */
    uint8_t length;      /* comparisons with a word need no look at it; 0 for others */
    /* numerals */
    bool grouped;        /* has thousands dots */
    uint8_t decimals;    /* digits after the comma */
    uint8_t digits;      /* digits before the comma, 255 and more: 255 */
    bool zero;           /* begins with a superfluous 0 ("07") */
    double value;
};

enum { FOLD_MAX = 64 }; /* bytes; a longer word is cut, and no lexicon has it */

/* Folds the word s[0..n) (letters, digits, &) into `out`; returns its length. */
size_t word_fold(const char *s, size_t n, char out[FOLD_MAX]);

/* What reads tokens one after another from text[at..end). */
struct words {
    const char *text;
    size_t at, end;
    char fold[FOLD_MAX]; /* of the last word */
    size_t fold_len;
};
/* The next token; false at the end.  `word` of a word is left 0.  Marks are
 * made plain: all dashes '-', all quotes '"', every slash '/', a list bullet
 * '*', an ellipsis '.'; others keep their code point.  Broken UTF-8 is passed over. */
bool words_next(struct words *w, struct token *t);

/* A numeral in Vietnamese writing at s[0..n): thousands dots (three digits
 * each), decimal comma; superscript footnote figures are passed over.
 * "1.929,5" -> 1929.5; "3.14" -> 3 (two digits are no group). False if s does not begin with a digit. */
struct numeral { size_t len; double value; bool grouped, zero; unsigned decimals, digits; };
bool numeral_scan(const char *s, size_t n, struct numeral *out);
#endif
