#include "pdf/content_scan.h"

#include "base/utf8.h"

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
    struct scan_reading *reading; /* NULL: the text is not wanted */
    const struct scan_map *map;  /* of the font */
    struct buf text, actual;     /* of the open piece; of the operands: /ActualText */
    int replaced;                /* depth of marked content that actual text stands for; 0: none */
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

static void add_utf16(struct buf *out, const char *text, size_t n)
{
    const unsigned char *p = (const unsigned char *)text;
    for (size_t i = 0; i + 1 < n; i += 2) {
        uint32_t c = (uint32_t)p[i] << 8 | p[i + 1];
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < n) {
            c = 0x10000 + ((c - 0xD800) << 10) + (((uint32_t)p[i + 2] << 8 | p[i + 3]) - 0xDC00);
            i += 2;
        }
        char utf8[4];
        if (c != 0xFEFF)
            buf_add(out, utf8, utf8_encode(c, utf8));
    }
}

static void piece_begin(struct state *s)
{
    if (!s->told && (s->mcid >= 0 || s->artifact)) {
        struct scan_reading *r = s->reading;
        struct scan_piece *p = ARENA_PUSH(s->arena, r->pieces, r->n, r->cap);
        p->mcid = s->mcid;
        memcpy(p->tag, s->name, sizeof p->tag);
        buf_reset(&s->text);
    }
    if (s->actual.len && !s->replaced) {
        bool wide = s->actual.len > 1 && memcmp(s->actual.data, "\xFE\xFF", 2) == 0;
        s->replaced = s->marked;
        wide ? add_utf16(&s->text, s->actual.data, s->actual.len) : buf_add(&s->text, s->actual.data, s->actual.len);
    }
}

static void piece_end(struct state *s)
{
    if (s->told == s->marked && s->told)
        s->reading->pieces[s->reading->n - 1].text =
            arena_strndup(s->arena, s->text.data ? s->text.data : "", s->text.len);
    if (s->replaced == s->marked)
        s->replaced = 0;
}

static void begin_marked(struct state *s)
{
    s->marked++;
    if (s->reading)
        piece_begin(s);
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
    if (s->reading && s->reading->n)
        piece_end(s);
    if (s->told == s->marked)
        s->told = 0;
    s->marked -= s->marked > 0;
}

static void use_font(struct state *s)
{
    s->font = NULL;
    if (s->reading)
        s->map = s->reading->map(s->reading->context, s->name);
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
    else if (is(t, "Td") && s->text.len && !s->replaced)
        buf_char(&s->text, '\t'); /* two runs are not one number */
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
    for (size_t i = 0; i + 1 < string->len && s->font; i += 2) {
        unsigned code = (unsigned)(unsigned char)string->data[i] << 8 | (unsigned char)string->data[i + 1];
        if (s->map && s->told && !s->replaced && s->map->at[code])
            buf_str(&s->text, s->map->texts.data + s->map->at[code] - 1);
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
    if (is(t, "/ActualText")) {
        next(l);
        buf_reset(&s->actual);
        buf_add(&s->actual, l->string.data, l->string.len);
    }
    if (is(t, "/MCID")) {
        struct token number = next(l);
        char digits[12] = "";
        if (number.kind == T_NUMBER && number.len < sizeof digits)
            memcpy(digits, number.start, number.len);
        s->mcid = *digits ? atol(digits) : MAX_MCIDS;
    }
}

static void scan_all(struct state *s, const char *data, size_t n)
{
    struct lexer l = { .p = data, .end = data + n };
    struct scan *scan = s->scan;
    int depth = 0; /* of dictionaries: strings in them are not shown */

    for (struct token t = next(&l); t.kind != T_END && !scan->fault; t = next(&l)) {
        if (t.kind == T_PUNCTUATION)
            depth += is(&t, "<<") ? 1 : is(&t, ">>") ? -1 : 0;
        if (t.kind != T_OPERATOR) {
            take_operand(s, &l, &t, depth);
            continue;
        }
        run_operator(s, &t);
        s->mcid = -1;
        s->artifact = false;
        s->name[0] = '\0';
        buf_reset(&s->actual);
    }
    if (!scan->fault && (s->marked || s->saved || depth))
        scan->fault = _("marked content or a graphics state does not end");
    for (size_t i = 0; i < scan->n_mcids && !scan->fault; i++)
        if (!s->seen[i])
            scan->fault = _("marked content numbers with a gap");
    buf_clear(&l.string);
    buf_clear(&s->text);
    buf_clear(&s->actual);
}

bool scan_content(struct scan *scan, const char *data, size_t n, struct scan_fonts *fonts, struct arena *a)
{
    struct state s = { .scan = scan, .fonts = fonts, .arena = a, .mcid = -1 };
    *scan = (struct scan){ 0 };
    scan_all(&s, data, n);
    return !scan->fault;
}

bool scan_text(struct scan_reading *reading, const char *data, size_t n, struct arena *a)
{
    struct scan scan = { 0 };
    struct scan_fonts fonts = { 0 };
    struct state s = { .scan = &scan, .fonts = &fonts, .arena = a, .mcid = -1, .reading = reading };
    scan_all(&s, data, n);
    for (size_t i = 0; i < reading->n; i++)
        if (!reading->pieces[i].text)
            reading->pieces[i].text = "";
    return !scan.fault;
}

/* ---- ToUnicode ---- */

static long code_of(const struct token *t)
{
    if (t->kind != T_STRING || t->string->len != 2)
        return -1;
    return (long)(unsigned char)t->string->data[0] << 8 | (unsigned char)t->string->data[1];
}

struct known { unsigned char *bits; struct scan_map *map; };

static void know(struct known *k, long code, const struct buf *text)
{
    if (code < 0 || code >= 65536)
        return;
    if (k->bits)
        k->bits[code / 8] |= (unsigned char)(1 << code % 8);
    if (k->map && !k->map->at[code]) {
        k->map->at[code] = (uint32_t)k->map->texts.len + 1;
        add_utf16(&k->map->texts, text->data, text->len);
        buf_char(&k->map->texts, '\0');
    }
}

static void read_map(struct known *k, const char *map, size_t n)
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
                know(k, code, t.string);
        }
        while (list && t.kind != T_END && !(t.kind == T_PUNCTUATION && *t.start == ']'))
            t = next(&l);
    }
    buf_clear(&l.string);
}

void scan_unicode(const char *map, size_t n, unsigned char known[65536 / 8])
{
    read_map(&(struct known){ .bits = known }, map, n);
}

struct scan_map *scan_map_read(const char *map, size_t n)
{
    struct known k = { .map = xcalloc(1, sizeof *k.map) };
    read_map(&k, map, n);
    return k.map;
}

void scan_map_free(struct scan_map *m)
{
    if (m)
        buf_clear(&m->texts);
    free(m);
}
