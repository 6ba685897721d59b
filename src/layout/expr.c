/* Expressions: found in their braces, compiled by libxml2, and recognized where they are simple. */
#include "layout/check.h"
#include "layout/quick.h"

#include "base/utf8.h"

#include <string.h>

static void quiet(void *data, xmlErrorPtr e)
{
    (void)data;
    (void)e;
}

static bool name_char(char ch)
{
    unsigned char c = (unsigned char)ch;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c >= 0x80;
}

static size_t name_length(const char *s)
{
    size_t n = 0;
    if ((s[0] >= '0' && s[0] <= '9') || s[0] == '-' || s[0] == '.')
        return 0;
    while (name_char(s[n]))
        n++;
    return n;
}

/* The length of @a, $v or $v/@a at `s`; 0 if it is none of these. */
static size_t simple(struct layout *l, struct expr *x, const char *s)
{
    size_t n = 0, k;
    if (s[0] == '@' && (k = name_length(s + 1))) {
        x->fast = EXPR_ATTRIBUTE;
        x->attribute = arena_strndup(&l->arena, s + 1, k);
        return k + 1;
    }
    if (s[0] != '$' || !(k = name_length(s + 1)))
        return 0;
    x->variable = arena_strndup(&l->arena, s + 1, k);
    x->fast = EXPR_VARIABLE;
    n = k + 1;
    if (s[n] == '/' && s[n + 1] == '@' && (k = name_length(s + n + 2))) {
        x->fast = EXPR_VARIABLE_ATTRIBUTE;
        x->attribute = arena_strndup(&l->arena, s + n + 2, k);
        n += k + 2;
    }
    return n;
}

/* num(@a, 'f'), written plainly. */
static bool simple_num(struct layout *l, struct expr *x)
{
    size_t n = 4 + simple(l, x, x->text + 4);
    const char *s = x->text + n, *end;
    if (n == 4 || x->fast == EXPR_VARIABLE || *s++ != ',')
        return false;
    s += strspn(s, " ");
    if (*s != '\'' || !(end = strchr(s + 1, '\'')) || strcmp(end, "')") != 0)
        return false;
    x->format = arena_strndup(&l->arena, s + 1, (size_t)(end - s - 1));
    x->fast = EXPR_NUM;
    return true;
}

/* Most expressions are as simple as that: eval.c follows them without the evaluator. */
static void recognize(struct layout *l, struct expr *x)
{
    const char *s = x->text;
    if (strcmp(s, ".") == 0)
        x->fast = EXPR_SELF;
    else if (strcmp(s, "page-number()") == 0)
        x->fast = EXPR_PAGE_NUMBER;
    else if (strcmp(s, "page-count()") == 0)
        x->fast = EXPR_PAGE_COUNT;
    else if (strncmp(s, "num(", 4) == 0 ? !simple_num(l, x) : s[simple(l, x, s)] != '\0')
        x->fast = EXPR_GENERAL;
}

const struct expr *expr_compile(struct layout *l, const char *s, size_t len, struct at at, struct diag *d)
{
    while (len && strchr(" \t\r\n", s[0])) {
        s++;
        len--;
    }
    while (len && strchr(" \t\r\n", s[len - 1]))
        len--;
    struct expr *x = arena_new(&l->arena, struct expr);
    x->text = arena_strndup(&l->arena, s, len);
    x->at = at;
    if (len == 0 || len > 4096) {
        diag_error(d, at, len ? _("the expression is too long") : _("the expression is empty"));
        return NULL;
    }
    recognize(l, x);
    if (x->fast == EXPR_PAGE_NUMBER || x->fast == EXPR_PAGE_COUNT) {
        check_expr(l, l->env, x, d);
        return x;
    }
    if (!l->compiler && !(l->compiler = xmlXPathNewContext(NULL)))
        die("out of memory");
    xmlXPathContextPtr c = l->compiler;
    c->error = quiet;
    x->compiled = xmlXPathCtxtCompile(c, BAD_CAST x->text);
    if (!x->compiled) {
        int where = c->lastError.int1;
        bool known = where > 0 && (size_t)where <= len;
        if (known)
            diag_error(d, at, _("\"%s\" is no XPath 1.0 expression: it fails before \"%s\""), x->text, x->text + where);
        else
            diag_error(d, at, _("\"%s\" is no XPath 1.0 expression"), x->text);
        diag_expected(d, _("an expression such as @ten or chi-so[@ma='papi']/nam"));
    }
    if (!x->compiled)
        return NULL;
    x->quick = quick_compile(l, x->text);
    *ARENA_PUSH(&l->arena, l->compiled, l->n_compiled, l->cap_compiled) = x->compiled;
    x->kind = check_expr(l, l->env, x, d);
    return x;
}

static size_t to_brace(const char *s)
{
    size_t n = 0;
    for (; s[n] && s[n] != '}'; n++)
        if (s[n] == '\'' || s[n] == '"') {
            const char *end = strchr(s + n + 1, s[n]);
            if (!end)
                return n + strlen(s + n);
            n = (size_t)(end - s);
        }
    return n;
}

static void literal(struct layout *l, struct buf *b, struct piece **pieces, size_t *n, size_t *cap)
{
    if (b->len)
        ARENA_PUSH(&l->arena, *pieces, *n, *cap)->text = arena_strndup(&l->arena, b->data, b->len);
    buf_reset(b);
}

/* Text with {expressions}; {{ and }} are braces. `collapse`: blanks in a row become one. */
bool template_parse(struct layout *l, const char *s, const struct elem *text, struct at at, bool collapse,
                    struct text_template *out, struct diag *d)
{
    struct piece *pieces = NULL;
    struct buf b = { 0 };
    size_t n = 0, cap = 0, brace = 0;
    bool ok = true;
    for (; *s; s++) {
        if ((*s == '{' || *s == '}') && s[1] == *s) {
            buf_char(&b, *s++);
            brace += 2 * (*s == '{');
        } else if (*s == '{') {
            struct at here = text ? tree_brace(text, brace) : at;
            size_t len = to_brace(++s);
            for (size_t i = 0; i < len; i++)
                brace += s[i] == '{';
            brace++;
            if (!s[len]) {
                diag_error(d, here, _("the brace { is not closed"));
                diag_expected(d, _("} after the expression; {{ prints a brace"));
                ok = false;
                break;
            }
            literal(l, &b, &pieces, &n, &cap);
            const struct expr *x = expr_compile(l, s, len, here, d);
            if (x)
                ARENA_PUSH(&l->arena, pieces, n, cap)->expr = x;
            else
                ok = false;
            s += len;
        } else if (*s == '}') {
            diag_error(d, at, _("a brace } without its {"));
            diag_expected(d, _("}} to print a brace"));
            ok = false;
        } else if (collapse && strchr(" \t\r\n", *s)) {
            if (!b.len || b.data[b.len - 1] != ' ')
                buf_char(&b, ' ');
        } else
            buf_char(&b, *s);
    }
    literal(l, &b, &pieces, &n, &cap);
    buf_clear(&b);
    out->pieces = pieces;
    out->n = n;
    out->constant = n == 0 || (n == 1 && pieces[0].text);
    out->text = n == 0 ? "" : pieces[0].text;
    return ok;
}
