#define _GNU_SOURCE /* memmem() */
#include "ingest/markup.h"

#include <string.h>
#include <strings.h>

/* Offset of the next `mark` from `at` on; n if there is none. */
static size_t find(const char *s, size_t n, size_t at, const char *mark)
{
    const char *p = at < n ? memmem(s + at, n - at, mark, strlen(mark)) : NULL;
    return p ? (size_t)(p - s) : n;
}

static bool begins(const char *s, size_t n, const char *with)
{
    return n >= strlen(with) && strncasecmp(s, with, strlen(with)) == 0;
}

/* Behind the tag that begins at s[at]; *words: what blanks part in it, outside quotes. */
static size_t pass_tag(const char *s, size_t n, size_t at, size_t *words)
{
    char quote = 0;
    *words = 0;
    for (bool blank = false; at < n && (quote || s[at] != '>'); at++) {
        char c = s[at];
        if (quote) {
            quote = c == quote ? 0 : quote;
            continue;
        }
        /* A quote opens a value only behind "="; libxml2 takes others for names. */
        if ((c == '"' || c == '\'') && s[at - 1] == '=')
            quote = c;
        bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '/' || c == '"' || c == '\'';
        *words += blank && !is_blank;
        blank = is_blank;
    }
    return at;
}

/* Where the element that holds no markup ends. */
static size_t pass_raw(const char *s, size_t n, size_t at, const char *end)
{
    for (at = find(s, n, at, "</"); at < n && !begins(s + at, n - at, end);)
        at = find(s, n, at + 2, "</");
    return at;
}

bool markup_bounded(const char *s, size_t n, bool html)
{
    for (size_t at = find(s, n, 0, "<"); at + 1 < n; at = find(s, n, at, "<")) {
        size_t words, from = at;
        bool letter = (s[at + 1] | 0x20) >= 'a' && (s[at + 1] | 0x20) <= 'z';
        if (begins(s + at, n - at, "<!--")) {
            at = find(s, n, at + 4, "-->");
            continue;
        }
        if (!html && begins(s + at, n - at, "<![CDATA[")) {
            at = find(s, n, at, "]]>");
            continue;
        }
        at++;
        if (html && !letter)
            continue; /* "a < b" */
        at = pass_tag(s, n, at, &words);
        if (words > ATTRIBUTES_MAX)
            return false;
        if (html && begins(s + from, n - from, "<script"))
            at = pass_raw(s, n, at, "</script");
        else if (html && begins(s + from, n - from, "<style"))
            at = pass_raw(s, n, at, "</style");
    }
    return true;
}
