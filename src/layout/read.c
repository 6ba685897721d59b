/* Reads a layout and its includes.
 *
 * libxml2 parses and judges well-formedness; but its tree knows neither
 * columns nor attribute places.  So a scanner walks over the bytes beside the
 * tree: in well-formed XML without a DTD the nth start tag is the nth element,
 * and the scanner needs to know no more than tags, comments, instructions and
 * CDATA.  A DTD is refused before libxml2 sees the file: no entities, no bombs.
 */
#include "layout/tree.h"

#include "base/file.h"
#include "base/utf8.h"

#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAX_BYTES = 4 << 20, MAX_INCLUDES = 8, MAX_ELEMENTS = 100000 };
#define XINCLUDE "http://www.w3.org/2001/XInclude"

struct reading {
    struct arena *arena;
    struct buf *bytes;
    struct diag *d;
    const char *root_folder;   /* real path of the layout's folder */
    size_t elements;
};

struct scanner { const char *p; int line, col; };

struct file {
    struct reading *r;
    const char *path;          /* as told in messages */
    const struct file *from;   /* the file that includes this one */
    struct scanner s;
    int depth;
};

static void step(struct scanner *s)
{
    if (*s->p == '\n') {
        s->line++;
        s->col = 1;
    } else if (((unsigned char)*s->p & 0xC0) != 0x80)
        s->col++;
    s->p++;
}

static void skip(struct scanner *s, size_t n)
{
    while (n-- && *s->p)
        step(s);
}

static void skip_past(struct scanner *s, const char *end)
{
    while (*s->p && strncmp(s->p, end, strlen(end)) != 0)
        step(s);
    skip(s, strlen(end));
}

/* Over whatever is no start tag: text, end tags, comments, instructions, CDATA. */
static void to_start_tag(struct scanner *s)
{
    while (*s->p) {
        if (*s->p != '<')
            step(s);
        else if (strncmp(s->p, "<!--", 4) == 0)
            skip_past(s, "-->");
        else if (strncmp(s->p, "<![CDATA[", 9) == 0)
            skip_past(s, "]]>");
        else if (s->p[1] == '?')
            skip_past(s, "?>");
        else if (s->p[1] == '/' || s->p[1] == '!')
            skip_past(s, ">");
        else
            return;
    }
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Over markup that separates two runs of characters, up to characters or a start tag. */
static void to_text(struct scanner *s)
{
    while (*s->p == '<') {
        if (strncmp(s->p, "<!--", 4) == 0)
            skip_past(s, "-->");
        else if (s->p[1] == '?')
            skip_past(s, "?>");
        else if (s->p[1] == '/')
            skip_past(s, ">");
        else
            return;
    }
}

struct place { int line, col; };

/* Places of the attributes of the start tag at the scanner, which ends behind it. */
static size_t tag_places(struct scanner *s, struct place *places, const char **names, size_t *lengths, size_t max)
{
    size_t n = 0;
    while (*s->p && !is_blank(*s->p) && *s->p != '>' && *s->p != '/')
        step(s);
    for (;;) {
        while (is_blank(*s->p))
            step(s);
        if (!*s->p || *s->p == '>' || *s->p == '/')
            break;
        const char *name = s->p;
        struct place at = { s->line, s->col };
        while (*s->p && *s->p != '=' && !is_blank(*s->p))
            step(s);
        if (n < max) {
            names[n] = name;
            lengths[n] = (size_t)(s->p - name);
            places[n++] = at;
        }
        while (*s->p && *s->p != '"' && *s->p != '\'')
            step(s);
        char quote = *s->p;
        if (quote)
            step(s);
        while (*s->p && *s->p != quote)
            step(s);
        if (*s->p)
            step(s);
    }
    skip_past(s, ">");
    return n;
}

static void add_child(struct elem *parent, struct elem *e)
{
    e->parent = parent;
    if (parent->last)
        parent->last->next = e;
    else
        parent->first = e;
    parent->last = e;
}

static bool read_children(struct file *f, xmlNodePtr node, struct elem *parent);
static struct elem *read_file(struct reading *r, const char *path, const struct file *from, int depth,
                              struct at why);

static bool include(struct file *f, xmlNodePtr node, struct elem *parent, struct at at)
{
    struct diag *d = f->r->d;
    xmlChar *href = xmlGetNoNsProp(node, BAD_CAST "href");
    const char *name = href ? arena_strdup(f->r->arena, (const char *)href) : NULL;
    xmlFree(href);
    at.attribute = "href";
    if (!name || !*name) {
        diag_error(d, at, _("an include without href"));
        diag_expected(d, _("the name of a file in the layout's folder"));
        return false;
    }
    xmlAttrPtr other = node->properties;
    while (other && strcmp((const char *)other->name, "href") == 0)
        other = other->next;
    if (other) {
        at.attribute = arena_strdup(f->r->arena, (const char *)other->name);
        diag_error(d, at, _("an include takes href alone"));
        return false;
    }
    bool climbs = name[0] == '/' || strchr(name, ':') || strchr(name, '\\') || strchr(name, '#');
    for (const char *p = name; *p && !climbs; p += strcspn(p, "/"), p += *p == '/')
        climbs = strcspn(p, "/") == 2 && p[0] == '.' && p[1] == '.';
    if (climbs) {
        diag_error(d, at, _("\"%s\" is not inside the layout's folder"), name);
        diag_expected(d, _("a plain path below the folder, without .. or an address"));
        return false;
    }
    const char *slash = strrchr(f->path, '/');
    const char *path = slash ? arena_printf(f->r->arena, "%.*s/%s", (int)(slash - f->path), f->path, name) : name;
    for (const struct file *up = f; up; up = up->from)
        if (strcmp(up->path, path) == 0) {
            diag_error(d, at, _("\"%s\" includes itself"), name);
            return false;
        }
    struct elem *root = read_file(f->r, path, f, f->depth + 1, at);
    if (!root)
        return false;
    if (strcmp(root->name, "styles") != 0 && strcmp(root->name, "part") != 0) {
        diag_error(d, root->at, _("an included file has the root <%s>"), root->name);
        diag_expected(d, _("<styles> for declarations, <part> for content"));
        return false;
    }
    for (struct elem *e = root->first, *next; e; e = next) {
        next = e->next;
        e->next = NULL;
        add_child(parent, e);
    }
    return true;
}

static void read_attributes(struct file *f, xmlNodePtr node, struct elem *e)
{
    enum { MOST = 64 };
    struct place places[MOST];
    const char *names[MOST];
    size_t lengths[MOST], n = tag_places(&f->s, places, names, lengths, MOST), cap = 0;
    for (xmlAttrPtr a = node->properties; a; a = a->next) {
        if (a->ns && strcmp((const char *)a->ns->href, LAYOUT_NAMESPACE) != 0)
            continue; /* xml:base, xsi:schemaLocation and what editors add */
        struct attr *at = ARENA_PUSH(f->r->arena, e->attrs, e->n_attrs, cap);
        xmlChar *value = xmlNodeListGetString(node->doc, a->children, 1);
        const char *name = arena_strdup(f->r->arena, (const char *)a->name);
        at->raw = arena_strdup(f->r->arena, value ? (const char *)value : "");
        xmlFree(value);
        at->at = e->at;
        at->at.attribute = name;
        for (size_t i = 0; i < n; i++)
            if (lengths[i] == strlen(name) && memcmp(names[i], name, lengths[i]) == 0) {
                at->at.line = places[i].line;
                at->at.col = places[i].col;
            }
    }
}

static bool read_element(struct file *f, xmlNodePtr node, struct elem *parent, struct elem **out)
{
    to_start_tag(&f->s);
    struct at at = { .file = f->path, .line = f->s.line, .col = f->s.col };
    const char *ns = node->ns ? (const char *)node->ns->href : NULL;
    struct elem *e = arena_new(f->r->arena, struct elem);
    at.element = e->name = arena_strdup(f->r->arena, (const char *)node->name);
    e->at = at;
    if (++f->r->elements > MAX_ELEMENTS) {
        diag_error(f->r->d, at, _("the layout has more than %d elements"), MAX_ELEMENTS);
        return false;
    }
    if (ns && strcmp(ns, XINCLUDE) == 0 && parent) {
        tag_places(&f->s, NULL, NULL, NULL, 0);
        if (strcmp(e->name, "include") == 0)
            return include(f, node, parent, at);
        diag_error(f->r->d, at, _("of XInclude only include is known"));
        return false;
    }
    if (ns && strcmp(ns, LAYOUT_NAMESPACE) != 0) {
        diag_error(f->r->d, at, _("is in the namespace \"%s\""), ns);
        diag_expected(f->r->d, "%s", LAYOUT_NAMESPACE);
        return false;
    }
    read_attributes(f, node, e);
    if (out)
        *out = e;
    if (parent)
        add_child(parent, e);
    return read_children(f, node, e);
}

static bool read_children(struct file *f, xmlNodePtr node, struct elem *parent)
{
    bool ok = true;
    for (xmlNodePtr c = node->children; c; c = c->next) {
        if (c->type == XML_ELEMENT_NODE)
            ok = read_element(f, c, parent, NULL) && ok;
        else if (c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE) {
            to_text(&f->s);
            struct elem *t = arena_new(f->r->arena, struct elem);
            t->text = arena_strdup(f->r->arena, (const char *)c->content);
            t->raw = f->s.p;
            t->raw_line = f->s.line;
            t->raw_col = f->s.col;
            t->at = parent->at;
            t->at.line = f->s.line;
            t->at.col = f->s.col;
            add_child(parent, t);
            while (*f->s.p && (*f->s.p != '<' || strncmp(f->s.p, "<![CDATA[", 9) == 0)) {
                if (*f->s.p == '<')
                    skip_past(&f->s, "]]>");
                else
                    step(&f->s);
            }
        }
        if (f->r->elements > MAX_ELEMENTS)
            return false;
    }
    return ok;
}

struct at tree_brace(const struct elem *t, size_t n)
{
    struct scanner s = { t->raw, t->raw_line, t->raw_col };
    struct at at = t->at;
    while (*s.p && !(*s.p == '{' && n-- == 0))
        step(&s);
    at.line = s.line;
    at.col = s.col;
    return at;
}

/* libxml2's first complaint, which is the useful one. */
struct complaint { bool any; int line, col; char text[256]; };

static void complain(void *data, xmlErrorPtr e)
{
    struct complaint *c = data;
    if (c->any || e->level < XML_ERR_ERROR)
        return;
    c->any = true;
    c->line = e->line;
    c->col = e->int2;
    snprintf(c->text, sizeof c->text, "%s", e->message ? e->message : "not well-formed");
    c->text[strcspn(c->text, "\r\n")] = '\0';
}

static bool has_dtd(struct scanner s)
{
    for (;;) {
        while (is_blank(*s.p))
            step(&s);
        if (strncmp(s.p, "<!--", 4) == 0)
            skip_past(&s, "-->");
        else if (strncmp(s.p, "<?", 2) == 0)
            skip_past(&s, "?>");
        else
            return strncmp(s.p, "<!", 2) == 0;
    }
}

static bool readable(const char *path, struct reading *r, struct buf *b)
{
    size_t bad;
    struct at at = { .file = path, .line = 1 };
    if (!file_read(path, MAX_BYTES, b, r->d))
        return false;
    if (memchr(b->data, 0, b->len) || !utf8_valid(b->data, b->len, &bad)) {
        diag_error(r->d, at, _("is not UTF-8 text"));
        diag_expected(r->d, _("XML in UTF-8"));
        return false;
    }
    return true;
}

static xmlDocPtr parse(struct file *f, const char *text, size_t len)
{
    struct complaint c = { 0 };
    if (has_dtd(f->s)) {
        diag_error(f->r->d, (struct at){ .file = f->path, .line = 1 }, _("a layout has no DTD and no entities"));
        return NULL;
    }
    xmlSetStructuredErrorFunc(&c, complain);
    xmlDocPtr doc = xmlReadMemory(text, (int)len, f->path, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA);
    xmlSetStructuredErrorFunc(NULL, NULL);
    if (c.any || !doc || !xmlDocGetRootElement(doc)) {
        diag_error(f->r->d, (struct at){ .file = f->path, .line = c.any ? c.line : 1, .col = c.col },
                   _("is not well-formed XML: %s"), c.any ? c.text : "no element");
        xmlFreeDoc(doc);
        return NULL;
    }
    if (doc->encoding && strcasecmp((const char *)doc->encoding, "utf-8") != 0) {
        diag_error(f->r->d, (struct at){ .file = f->path, .line = 1 }, _("declares the encoding %s"),
                   (const char *)doc->encoding);
        diag_expected(f->r->d, "UTF-8");
        xmlFreeDoc(doc);
        return NULL;
    }
    return doc;
}

static bool check_namespace(struct reading *r, xmlNodePtr root, struct at at)
{
    const char *ns = root->ns ? (const char *)root->ns->href : NULL;
    static const char any[] = "urn:phieudiem:layout:";
    if (!ns) {
        diag_warning(r->d, at, _("the namespace is missing"));
        diag_expected(r->d, "xmlns=\"%s\"", LAYOUT_NAMESPACE);
        return true;
    }
    if (strcmp(ns, LAYOUT_NAMESPACE) == 0)
        return true;
    if (strncmp(ns, any, sizeof any - 1) == 0)
        diag_error(r->d, at, _("is a layout of version %s; this program reads version 1"), ns + sizeof any - 1);
    else
        diag_error(r->d, at, _("is in the namespace \"%s\""), ns);
    diag_expected(r->d, "xmlns=\"%s\"", LAYOUT_NAMESPACE);
    return false;
}

/* A link inside the folder may still lead out of it. */
static bool inside(struct reading *r, const char *path, struct at why)
{
    char real[PATH_MAX];
    size_t n = strlen(r->root_folder);
    if (!realpath(path, real) || (strncmp(real, r->root_folder, n) == 0 && real[n] == '/'))
        return true; /* a missing file is told by file_read */
    diag_error(r->d, why, _("\"%s\" leads out of the layout's folder"), path);
    return false;
}

static struct elem *read_file(struct reading *r, const char *path, const struct file *from, int depth, struct at why)
{
    struct buf b = { 0 };
    struct elem *root = NULL;
    if (depth > MAX_INCLUDES) {
        diag_error(r->d, why, _("includes are nested deeper than %d"), MAX_INCLUDES);
        return NULL;
    }
    if ((from && !inside(r, path, why)) || !readable(path, r, &b)) {
        if (from && r->d->n)
            diag_note(r->d, why, _("included here"));
        buf_clear(&b);
        return NULL;
    }
    buf_add(r->bytes, b.data, b.len);
    char *text = arena_strndup(r->arena, b.data, b.len); /* places point into it */
    size_t len = b.len;
    buf_clear(&b);
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        len -= 3;
    }
    struct file f = { .r = r, .path = path, .from = from, .s = { text, 1, 1 }, .depth = depth };
    xmlDocPtr doc = parse(&f, text, len);
    if (!doc)
        return NULL;
    xmlNodePtr top = xmlDocGetRootElement(doc);
    struct scanner s = f.s;
    to_start_tag(&s);
    bool ok = check_namespace(r, top, (struct at){ .file = path, .line = s.line, .col = s.col,
                                                   .element = (const char *)top->name });
    if (ok)
        ok = read_element(&f, top, NULL, &root);
    xmlFreeDoc(doc);
    return ok ? root : NULL;
}

struct elem *tree_read(const char *path, struct arena *a, struct buf *bytes, struct diag *d)
{
    char real[PATH_MAX];
    struct reading r = { .arena = a, .bytes = bytes, .d = d, .root_folder = "" };
    if (realpath(path, real)) {
        char *slash = strrchr(real, '/');
        if (slash)
            *slash = '\0';
        r.root_folder = arena_strdup(a, real);
    }
    return read_file(&r, arena_strdup(a, path), NULL, 0, (struct at){ .file = path });
}
