#include "pdf/content_scan.h"

#include "base/buf.h"

#include <libintl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define _(text) gettext(text)

enum { MAX_NEST = 28, MAX_MCIDS = 1 << 20 }; /* 28: levels of q that PDF/A allows */

enum token_kind { T_END, T_NUMBER, T_NAME, T_STRING, T_PUNCTUATION, T_OPERATOR };
struct token { enum token_kind kind; const char *start; size_t len; struct buf *string; };

struct lexer { const char *p, *end; struct buf string; };

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return memchr("()<>[]{}/%", c, 10) != NULL;
}

static void read_literal(struct lexer *l)
{
    int depth = 1;
    for (l->p++; l->p < l->end; l->p++) {
        char c = *l->p;
        if (c == '\\' && l->p + 1 < l->end) {
            c = *++l->p;
            buf_char(&l->string, c == 'r' ? '\r' : c == 'n' ? '\n' : c);
            continue;
        }
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (!depth) {
            l->p++;
            return;
        }
        buf_char(&l->string, c);
    }
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void read_hex(struct lexer *l)
{
    int high = -1;
    for (l->p++; l->p < l->end && *l->p != '>'; l->p++) {
        int digit = hex_digit(*l->p);
        if (digit < 0)
            continue;
        if (high >= 0)
            buf_char(&l->string, (char)(high << 4 | digit));
        high = high >= 0 ? -1 : digit;
    }
    if (l->p < l->end)
        l->p++;
}

static struct token next(struct lexer *l)
{
    while (l->p < l->end && is_space(*l->p))
        l->p++;
    struct token t = { .start = l->p, .string = &l->string };
    if (l->p == l->end)
        return t;
    char c = *l->p;
    bool twice = l->p + 1 < l->end && l->p[1] == c;
    buf_reset(&l->string);
    if (c == '(' || (c == '<' && !twice)) {
        t.kind = T_STRING;
        c == '(' ? read_literal(l) : read_hex(l);
        return t;
    }
    if (is_delimiter(c) && c != '/') {
        t.kind = T_PUNCTUATION;
        l->p += (c == '<' || c == '>') && twice ? 2 : 1;
    } else {
        t.kind = c == '/' ? T_NAME : (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '+' ? T_NUMBER : T_OPERATOR;
        for (l->p++; l->p < l->end && !is_space(*l->p) && !is_delimiter(*l->p);)
            l->p++;
    }
    t.len = (size_t)(l->p - t.start);
    return t;
}

/* ---- content ---- */

struct state {
    struct scan *scan;
    struct scan_fonts *fonts;
    struct arena *arena;
    struct scan_font *font;
    unsigned char *seen;         /* MCIDs */
    size_t cap;
    int marked;                  /* depth of marked content */
    int told;                    /* depth at which it is tagged or an artifact; 0: it is not */
    int saved;
    bool artifact, shown;        /* of the operands read: /Artifact; a string */
    long mcid;                   /* of the operands; -1 */
    char name[SCAN_NAME + 1];    /* the first name among the operands */
};

static bool is(const struct token *t, const char *word)
{
    return strlen(word) == t->len && memcmp(word, t->start, t->len) == 0;
}

static bool number_mcid(struct state *s)
{
    if (s->mcid >= MAX_MCIDS)
        return false;
    if ((size_t)s->mcid >= s->cap) {
        size_t cap = s->cap ? s->cap : 256;
        while (cap <= (size_t)s->mcid)
            cap *= 2;
        unsigned char *seen = arena_alloc(s->arena, cap, 1);
        if (s->cap)
            memcpy(seen, s->seen, s->cap);
        s->seen = seen;
        s->cap = cap;
    }
    if (s->seen[s->mcid])
        return false;
    s->seen[s->mcid] = 1;
    if ((size_t)s->mcid >= s->scan->n_mcids)
        s->scan->n_mcids = (size_t)s->mcid + 1;
    return true;
}

static void begin_marked(struct state *s)
{
    s->marked++;
    if (s->mcid >= 0 && !number_mcid(s))
        s->scan->fault = _("a marked content number that is used twice, or too large");
    if ((s->mcid >= 0 || s->artifact) && s->told)
        s->scan->fault = _("tagged content or an artifact inside another (UA 7.1)");
    if ((s->mcid >= 0 || s->artifact) && !s->told)
        s->told = s->marked;
}

static void end_marked(struct state *s)
{
    if (s->marked == 0)
        s->scan->fault = _("marked content ends that did not begin");
    if (s->told == s->marked)
        s->told = 0;
    s->marked -= s->marked > 0;
}

static void use_font(struct state *s)
{
    s->font = NULL;
    for (size_t i = 0; i < s->fonts->n && !s->font; i++)
        if (strcmp(s->fonts->items[i].name, s->name) == 0)
            s->font = &s->fonts->items[i];
    if (!s->font && s->fonts->n < 256) {
        s->font = ARENA_PUSH(s->arena, s->fonts->items, s->fonts->n, s->fonts->cap);
        memcpy(s->font->name, s->name, sizeof s->name);
    }
}

static void run_operator(struct state *s, const struct token *t)
{
    static const char *const painting[] = { "Tj", "TJ", "'", "\"", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do" };

    if (is(t, "BDC") || is(t, "BMC"))
        begin_marked(s);
    else if (is(t, "EMC"))
        end_marked(s);
    else if (is(t, "Tf"))
        use_font(s);
    else if (is(t, "q") && ++s->saved > MAX_NEST)
        s->scan->fault = _("graphics states are nested too deep (A 6.1.13)");
    else if (is(t, "Q") && --s->saved < 0)
        s->scan->fault = _("a graphics state is restored that was not saved");
    for (size_t i = 0; i < sizeof painting / sizeof *painting; i++)
        if (is(t, painting[i]) && !s->told)
            s->scan->fault = _("something is painted that is neither tagged nor an artifact (UA 7.1)");
}

static void show(struct state *s, const struct buf *string)
{
    if (!s->font)
        return;
    for (size_t i = 0; i + 1 < string->len; i += 2) {
        unsigned code = (unsigned)(unsigned char)string->data[i] << 8 | (unsigned char)string->data[i + 1];
        s->font->codes[code / 8] |= (unsigned char)(1 << code % 8);
    }
}

static void take_operand(struct state *s, struct lexer *l, const struct token *t, int depth)
{
    if (t->kind == T_STRING && depth == 0)
        show(s, t->string);
    if (t->kind != T_NAME)
        return;
    if (!s->name[0])
        snprintf(s->name, sizeof s->name, "%.*s", (int)(t->len > SCAN_NAME ? SCAN_NAME : t->len - 1), t->start + 1);
    if (is(t, "/Artifact"))
        s->artifact = true;
    if (is(t, "/MCID")) {
        struct token number = next(l);
        char digits[12] = "";
        if (number.kind == T_NUMBER && number.len < sizeof digits)
            memcpy(digits, number.start, number.len);
        s->mcid = *digits ? atol(digits) : MAX_MCIDS;
    }
}

bool scan_content(struct scan *scan, const char *data, size_t n, struct scan_fonts *fonts, struct arena *a)
{
    struct lexer l = { .p = data, .end = data + n };
    struct state s = { .scan = scan, .fonts = fonts, .arena = a, .mcid = -1 };
    int depth = 0; /* of dictionaries: strings in them are not shown */

    *scan = (struct scan){ 0 };
    for (struct token t = next(&l); t.kind != T_END && !scan->fault; t = next(&l)) {
        if (t.kind == T_PUNCTUATION)
            depth += is(&t, "<<") ? 1 : is(&t, ">>") ? -1 : 0;
        if (t.kind != T_OPERATOR) {
            take_operand(&s, &l, &t, depth);
            continue;
        }
        run_operator(&s, &t);
        s.mcid = -1;
        s.artifact = false;
        s.name[0] = '\0';
    }
    if (!scan->fault && (s.marked || s.saved || depth))
        scan->fault = _("marked content or a graphics state does not end");
    for (size_t i = 0; i < scan->n_mcids && !scan->fault; i++)
        if (!s.seen[i])
            scan->fault = _("marked content numbers with a gap");
    buf_clear(&l.string);
    return !scan->fault;
}

/* ---- ToUnicode ---- */

static long code_of(const struct token *t)
{
    if (t->kind != T_STRING || t->string->len != 2)
        return -1;
    return (long)(unsigned char)t->string->data[0] << 8 | (unsigned char)t->string->data[1];
}

static void know(unsigned char *known, long code)
{
    if (code >= 0 && code < 65536)
        known[code / 8] |= (unsigned char)(1 << code % 8);
}

void scan_unicode(const char *map, size_t n, unsigned char known[65536 / 8])
{
    struct lexer l = { .p = map, .end = map + n };
    bool ranges = false, chars = false;

    for (struct token t = next(&l); t.kind != T_END; t = next(&l)) {
        if (t.kind == T_OPERATOR) {
            ranges = is(&t, "beginbfrange");
            chars = is(&t, "beginbfchar");
        }
        if (t.kind != T_STRING || (!ranges && !chars))
            continue;
        long first = code_of(&t), last = first;
        if (ranges) {
            t = next(&l);
            last = code_of(&t);
        }
        t = next(&l); /* the text, or the list of them */
        bool list = t.kind == T_PUNCTUATION && *t.start == '[';
        for (long code = first; code >= 0 && code <= last; code++) {
            if (list)
                t = next(&l);
            if (t.kind == T_END || t.kind == T_PUNCTUATION)
                break;
            if (t.kind == T_STRING && t.string->len)
                know(known, code);
        }
        while (list && t.kind != T_END && !(t.kind == T_PUNCTUATION && *t.start == ']'))
            t = next(&l);
    }
    buf_clear(&l.string);
}
