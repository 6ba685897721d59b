/* verify -- shows that a card's pages say what its attached data say.
 *
 * Five questions, each with its own answer: does the file keep the rules of
 * PDF/A-3a and PDF/UA-1; are its bytes those that were written, and if not,
 * which page or attachment was changed; is every figure on the pages a figure
 * of the attached card, rounded as printed, of its own place or of one that the
 * same line names, is the card of the place that the pages name, and does
 * another reader (poppler) read the same; with --sources,
 * does every quote stand in its document at its place; with --remake, do the
 * same layout and facts give the same bytes. */
#include "base/file.h"
#include "base/utf8.h"
#include "batch/batch.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/guard.h"
#include "cli/reread.h"
#include "cli/session.h"
#include "ingest/document.h"
#include "pdf/reader.h"
#include "pdf/sign.h"
#include "text/words.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct request {
    const char *sources;
    struct session_options remake; /* layout NULL: not asked for */
    struct session *session;     /* open for --remake; else NULL */
};

struct figure { double value; const char *holder; /* another place's name; NULL: the card's own */ };
struct figures { struct figure *items; size_t n, cap; };
struct proof {                   /* one file being verified */
    const struct request *q;
    struct arena arena;
    struct reader *r;
    struct diag *d;
    struct at at;
    const struct attachment *files;
    size_t n_files;
    xmlDocPtr card;              /* the one being looked at; a book has many */
    const struct attachment *file; /* it */
    struct figures figures;      /* of the card, sorted */
    const char *signer;          /* of the last sound signature */
    size_t signatures;
    size_t cards, read;          /* cards; pages that belong to one */
    size_t printed, strange, quotes;
};

/* ---- the card's XML ---- */

static const xmlNode *child(const xmlNode *n, const char *name)
{
    for (n = n ? n->children : NULL; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0)
            return n;
    return NULL;
}

static const char *attribute(const xmlNode *n, const char *name)
{
    for (const xmlAttr *a = n ? n->properties : NULL; a; a = a->next)
        if (strcmp((const char *)a->name, name) == 0)
            return a->children ? (const char *)a->children->content : "";
    return NULL;
}

/* ---- figures ---- */

static void keep(struct proof *p, double v, const char *holder)
{
    *ARENA_PUSH(&p->arena, p->figures.items, p->figures.n, p->figures.cap) = (struct figure){ fabs(v), holder };
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

struct number { double value; int decimals; size_t len; };

static double power(int decimals)
{
    double unit = 1;
    while (decimals--)
        unit *= 10;
    return unit;
}

/* Digits with one decimal mark: "97.4" of the card's attributes. */
static struct number plain_number(const char *s)
{
    struct number n = { 0 };
    bool point = false;
    for (; digit(s[n.len]) || (s[n.len] == '.' && !point && digit(s[n.len + 1])); n.len++) {
        if (s[n.len] == '.') {
            point = true;
            continue;
        }
        n.value = n.value * 10 + (s[n.len] - '0');
        n.decimals += point;
    }
    n.value /= power(n.decimals);
    return n;
}

/* As printed in Vietnamese: groups of three after dots, decimals after a comma. */
static struct number printed_number(const char *s)
{
    struct number n = { 0 };
    bool comma = false;
    for (;; n.len++) {
        const char *c = s + n.len;
        if (digit(*c)) {
            n.value = n.value * 10 + (*c - '0');
            n.decimals += comma;
        } else if (*c == ',' && !comma && digit(c[1])) {
            comma = true;
        } else if (!(*c == '.' && !comma && digit(c[1]) && digit(c[2]) && digit(c[3]) && !digit(c[4]))) {
            break;
        }
    }
    n.value /= power(n.decimals);
    return n;
}

/* A letter before or after makes it a name: "F0", "3a", "QĐ766". */
static bool stands_alone(const char *text, const char *s, size_t len)
{
    unsigned char before = s > text ? (unsigned char)s[-1] : ' ', after = (unsigned char)s[len];
    bool letter_before = before >= 0x80 || (before | 32u) - 'a' < 26, letter_after = (after | 32u) - 'a' < 26;
    if (before >= 0x80) /* a sign of more bytes is no letter: "≥80", "−0,36" */
        letter_before = !(s - text >= 3 && (unsigned char)s[-3] == 0xE2) && !(s - text >= 2 && (unsigned char)s[-2] == 0xC2);
    return !letter_before && !letter_after;
}

static void keep_all(struct proof *p, const char *text, const char *holder)
{
    for (const char *s = text; s && *s;) {
        if (!digit(*s)) {
            s++;
            continue;
        }
        struct number a = plain_number(s), b = printed_number(s);
        size_t len = a.len < b.len ? a.len : b.len;
        if (stands_alone(text, s, len)) { /* an identifier or a hash is no figure */
            keep(p, a.value, holder);
            keep(p, b.value, holder);
        }
        s += len;
    }
}

/* What only serves the machine: where a quote stands, where a tile lies on the map, all places' values for a chart. */
static bool is_figure(const xmlNode *n, const char *attribute)
{
    static const char *const not[][2] = {
        { NULL, "phan-bo" }, { NULL, "bam" }, { NULL, "id" }, { "cau", "tu" }, { "cau", "den" }, { "o", "cot" }, { "o", "dong" },
    };
    for (size_t i = 0; i < sizeof not / sizeof *not; i++)
        if (strcmp(not[i][1], attribute) == 0 && (!not[i][0] || strcmp(not[i][0], (const char *)n->name) == 0))
            return false;
    return true;
}

/* The name of the other place that an element of the card is about; else what
 * its parent is about. The country's card is about all places alike. */
static const char *holder_of(const struct proof *p, const xmlNode *n, const char *above)
{
    const char *slug = attribute(n, "ma"), *own = attribute(child(xmlDocGetRootElement(p->card), "noi"), "ma");
    const char *name = attribute(n, "ten-ngan");

    if (strcmp((const char *)n->name, "tinh") != 0 && strcmp((const char *)n->name, "o") != 0)
        return above;
    if (!slug || !own || strcmp(slug, own) == 0 || strcmp(own, "ca-nuoc") == 0)
        return NULL;
    return name ? name : attribute(n, "ten");
}

static void keep_tree(struct proof *p, const xmlNode *n, const char *above, int depth)
{
    for (; n && depth < 256; n = n->next) {
        if (n->type == XML_TEXT_NODE)
            keep_all(p, (const char *)n->content, above);
        if (n->type != XML_ELEMENT_NODE)
            continue;
        const char *holder = holder_of(p, n, above), *best = attribute(n, "tot-nhat-ten");
        for (const xmlAttr *a = n->properties; a; a = a->next)
            if (is_figure(n, (const char *)a->name))
                keep_all(p, a->children ? (const char *)a->children->content : NULL,
                         best && strcmp((const char *)a->name, "tot-nhat") == 0 ? best : holder);
        keep_tree(p, n->children, holder, depth + 1);
    }
}

static int by_value(const void *a, const void *b)
{
    double x = ((const struct figure *)a)->value, y = ((const struct figure *)b)->value;
    return (x > y) - (x < y);
}

/* The words of a text, folded, a blank before and after each: what names are compared by. */
static void put_words(struct buf *out, const char *text)
{
    struct words w = { .text = text, .end = strlen(text) };
    struct token t;

    if (!out->len)
        buf_char(out, ' ');
    while (words_next(&w, &t))
        if (t.kind == TOKEN_WORD) {
            buf_add(out, w.fold, w.fold_len);
            buf_char(out, ' ');
        }
}

static bool names(const struct buf *line, const char *place)
{
    struct buf words = { 0 };
    put_words(&words, place);
    bool found = strstr(line->data, words.data) != NULL;
    buf_clear(&words);
    return found;
}

/* Whether a figure is printed so when it is rounded: the card's own, or that of
 * a place that the line names. *other: a place whose figure it is, if it is only that. */
static bool known(const struct proof *p, const struct number *n, const struct buf *line, const char **other)
{
    double half = 0.5 / power(n->decimals) + 1e-9;
    size_t low = 0, high = p->figures.n;
    const char *asked = NULL;

    *other = NULL;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (p->figures.items[middle].value < n->value - half)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < p->figures.n && p->figures.items[i].value <= n->value + half; i++)
        if (!p->figures.items[i].holder)
            return true;
    for (; low < p->figures.n && p->figures.items[low].value <= n->value + half; low++) {
        const char *holder = p->figures.items[low].holder;
        if (holder != asked && names(line, holder))
            return true;
        *other = asked = holder;
    }
    return false;
}

/* Up to `most` bytes of a text, cut between letters. */
static const char *excerpt(struct proof *p, const char *text, size_t most)
{
    size_t n = strlen(text);
    if (n <= most)
        return text;
    for (n = most; n && ((unsigned char)text[n] & 0xC0) == 0x80; n--)
        ;
    return arena_printf(&p->arena, "%.*s...", (int)n, text);
}

static void tell_strange(struct proof *p, size_t page, const char *s, int len, const char *text, const char *other)
{
    if (p->strange++ >= 20)
        return;
    if (other)
        diag_error(p->d, p->at, _("page %zu: %.*s is a figure of %s, which the line does not name"), page + 1, len, s, other);
    else
        diag_error(p->d, p->at, _("page %zu: %.*s is no figure of the attached data"), page + 1, len, s);
    diag_expected(p->d, _("a figure of the card in \"%s\""), excerpt(p, text, 60));
}

/* Years along an axis: "2011 12 13 15", each a run of its own; a short one stands for one of the data's. */
static bool is_short_year(const struct proof *p, const char *text, const char *s, const struct number *n, const struct buf *line,
                          int *year)
{
    bool alone = s > text && s[-1] == '\t' && (s[n->len] == '\t' || !s[n->len]);
    int ahead = ((int)fmin(n->value, 1e6) - *year % 100 + 100) % 100;
    struct number whole = { .value = *year + ahead, .len = 4 };
    const char *other;
    if (!n->decimals && n->len == 4 && n->value >= 1990 && n->value < 2100)
        *year = (int)n->value;
    if (n->decimals || n->len != 2 || !alone || !*year || ahead < 1 || ahead > 5 || !known(p, &whole, line, &other))
        return false;
    *year += ahead;
    return true;
}

/* `line`: the words of the table row or paragraph that the text stands in. */
static void check_figures(struct proof *p, const char *text, size_t page, bool artifact, const struct buf *line)
{
    const char *other;
    int year = 0;
    for (const char *s = text; *s;) {
        if (!digit(*s)) {
            s++;
            continue;
        }
        struct number n = printed_number(s);
        bool axis = is_short_year(p, text, s, &n, line, &year), own = !artifact || n.decimals || n.value > (double)reader_pages(p->r); /* a page number */
        if (own && stands_alone(text, s, n.len)) {
            p->printed++;
            if (!known(p, &n, line, &other) && !axis)
                tell_strange(p, page, s, (int)n.len, text, other);
        }
        s += n.len;
    }
}

/* ---- the card ---- */

static xmlDocPtr parse(const void *data, size_t n)
{
    return n > INT32_MAX ? NULL : xmlReadMemory(data, (int)n, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR |
                                                                              XML_PARSE_NOWARNING);
}

/* The next attached file whose root is a card, from number `i` on. */
static bool next_card(struct proof *p, size_t *i)
{
    xmlFreeDoc(p->card);
    for (p->card = NULL; *i < p->n_files && !p->card; ++*i) {
        p->file = &p->files[*i];
        xmlDocPtr doc = strcmp(p->file->mime, "application/xml") == 0 ? parse(p->file->data, p->file->len) : NULL;
        const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
        if (root && strcmp((const char *)root->name, "the") == 0)
            p->card = doc;
        else
            xmlFreeDoc(doc);
    }
    p->cards += p->card != NULL;
    return p->card != NULL;
}

/* ---- seals and rules ---- */

/* Whether there is a signature that covers the whole file. */
static bool check_signatures(struct proof *p)
{
    const struct signature *list;
    bool covered = false;

    sign_check(p->r, &list, &p->signatures);
    for (size_t i = 0; i < p->signatures; i++) {
        if (!list[i].sound)
            diag_error(p->d, p->at, _("signature %zu does not fit: the file was changed after it was signed"), i + 1);
        else
            p->signer = list[i].signer;
        covered |= list[i].sound && list[i].whole;
    }
    if (p->signatures && !covered)
        diag_error(p->d, p->at, _("no signature covers the whole file: something was added after the last one"));
    return covered;
}

static void check_seals(struct proof *p)
{
    enum seal seal = reader_seal(p->r);
    size_t named = 0;

    for (size_t i = 0; i < reader_pages(p->r); i++)
        if (!reader_page_sealed(p->r, i)) {
            diag_error(p->d, p->at, _("page %zu was changed after it was made"), i + 1);
            named++;
        }
    for (size_t i = 0; i < p->n_files; i++)
        if (!reader_attachment_sealed(p->r, &p->files[i])) {
            diag_error(p->d, p->at, _("the attached file \"%s\" was changed after it was made"), p->files[i].name);
            named++;
        }
    if (seal == SEAL_BROKEN && !named)
        diag_error(p->d, p->at, _("the file was changed or saved again after it was made"));
    if (!check_signatures(p) && seal == SEAL_APPENDED)
        diag_note(p->d, p->at, _("an update was appended (a signature, or a change): the first state is whole"));
}

/* XMP that parses, and a title equal to the information dictionary's (A 6.6). */
static void check_metadata(struct proof *p)
{
    size_t len;
    const char *xmp = reader_xmp(p->r, &len), *title = reader_info(p->r, "Title");
    xmlDocPtr doc = xmp ? parse(xmp, len) : NULL;
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    const xmlNode *li = child(child(child(child(child(root, "RDF"), "Description"), "title"), "Alt"), "li");
    xmlChar *told = NULL;

    if (!doc)
        diag_error(p->d, p->at, _("the metadata are no XML (A 6.6.2)"));
    if (li)
        told = xmlNodeGetContent(li);
    if (doc && (!told || !title || strcmp((const char *)told, title) != 0))
        diag_error(p->d, p->at, _("two titles: \"%s\" and, in the metadata, \"%s\""), title ? title : "",
                   told ? (const char *)told : "");
    xmlFree(told);
    xmlFreeDoc(doc);
}

/* ---- pages ---- */

/* The first place where two texts part, with what is before it. */
static void tell_difference(struct proof *p, size_t page, const char *theirs, const char *own)
{
    size_t i = 0;
    while (theirs[i] && theirs[i] == own[i])
        i++;
    while (i && ((unsigned char)theirs[i] & 0xC0) == 0x80)
        i--;
    size_t back = i > 20 ? i - 20 : 0;
    while (back < i && ((unsigned char)own[back] & 0xC0) == 0x80)
        back++;
    diag_error(p->d, p->at, _("page %zu: another program reads \"%s\""), page + 1,
               excerpt(p, theirs + back, 50));
    diag_expected(p->d, "\"%s\"", excerpt(p, own + back, 50));
}

/* Page by page without spaces: `text` is poppler's, `own` what the content says. */
static void compare_readers(struct proof *p, const struct buf *text, const struct buf *own)
{
    struct buf squeezed = { 0 };
    const char *from = text->data ? text->data : "", *end = from + text->len;

    for (size_t i = 0; i < reader_pages(p->r); i++) {
        const char *stop = memchr(from, '\f', (size_t)(end - from));
        stop = stop ? stop : end;
        buf_reset(&squeezed);
        squeeze(&squeezed, from, (size_t)(stop - from));
        if (squeezed.len != own[i].len || (own[i].len && memcmp(squeezed.data, own[i].data, own[i].len) != 0))
            tell_difference(p, i, squeezed.data ? squeezed.data : "", own[i].data ? own[i].data : "");
        from = stop < end ? stop + 1 : end;
    }
    buf_clear(&squeezed);
}

static void read_again(struct proof *p)
{
    size_t pages = reader_pages(p->r), n;
    struct buf *own = arena_array(&p->arena, struct buf, pages), text = { 0 };
    const struct text_piece *pieces;
    struct diag ignored = { 0 }; /* damage was told before */

    for (size_t i = 0; i < pages; i++)
        if (reader_text(p->r, i, &pieces, &n, &ignored))
            for (size_t k = 0; k < n; k++)
                squeeze(&own[i], pieces[k].text, strlen(pieces[k].text));
    if (reread(p->at.file, &text))
        compare_readers(p, &text, own);
    else
        diag_note(p->d, p->at, _("not read a second time: pdftotext (poppler-utils) is not there, or cannot read it"));
    for (size_t i = 0; i < pages; i++)
        buf_clear(&own[i]);
    buf_clear(&text);
    diag_clear(&ignored);
}

/* The head of the card's first page, down to the first section, names the card's place. */
static void check_place(struct proof *p, const struct text_piece *pieces, size_t n, size_t page)
{
    const xmlNode *place = child(xmlDocGetRootElement(p->card), "noi");
    const char *name = attribute(place, "ten"), *slug = attribute(place, "ma");
    struct buf head = { 0 };

    if (!name || (slug && strcmp(slug, "ca-nuoc") == 0)) /* the country's names no place */
        return;
    put_words(&head, "");
    for (size_t k = 0; k < n && strcmp(pieces[k].tag, "H2") != 0; k++)
        put_words(&head, pieces[k].text);
    if (!names(&head, name))
        diag_error(p->d, p->at, _("page %zu does not name %s, whose data are attached"), page + 1, name);
    buf_clear(&head);
}

/* The pieces of one line follow one another, but for marks between them. */
static void check_page(struct proof *p, const struct text_piece *pieces, size_t n, size_t page)
{
    struct buf line = { 0 };
    for (size_t k = 0, i; k < n; k++) {
        if (!k || !pieces[k].line || pieces[k].line != pieces[k - 1].line) {
            buf_reset(&line);
            put_words(&line, pieces[k].text);
            for (i = k + 1; pieces[k].line && i < n; i++)
                if (pieces[i].line == pieces[k].line)
                    put_words(&line, pieces[i].text);
            for (i = 0; pieces[k].line && i < k; i++)
                if (pieces[i].line == pieces[k].line)
                    put_words(&line, pieces[i].text);
        }
        check_figures(p, pieces[k].text, page, pieces[k].artifact, &line);
    }
    buf_clear(&line);
}

/* The pages of the card: in a book those that tell it. */
static void check_pages(struct proof *p)
{
    const struct text_piece *pieces;
    size_t n, seen = 0;

    p->figures.n = 0;
    keep_tree(p, xmlDocGetRootElement(p->card), NULL, 0);
    if (p->figures.n)
        qsort(p->figures.items, p->figures.n, sizeof *p->figures.items, by_value);
    for (size_t i = 0; i < reader_pages(p->r); i++) {
        const struct attachment *file = reader_page_file(p->r, i);
        if ((file ? file != p->file : p->cards > 1) || !reader_text(p->r, i, &pieces, &n, p->d))
            continue;
        if (!n) { /* the blank back of a sheet */
            p->read++;
            continue;
        }
        if (seen++ == 0)
            check_place(p, pieces, n, i);
        check_page(p, pieces, n, i);
    }
    p->read += seen;
}

/* ---- sources ---- */

/* Line ends, which part the cells of a table row, count as blanks. */
static void blank_lines(char *s)
{
    while ((s = strpbrk(s, "\n\r")))
        *s++ = ' ';
}

static void check_quote(struct proof *p, const struct document *doc, const xmlNode *quote)
{
    xmlChar *text = xmlNodeGetContent(quote);
    const char *from = attribute(quote, "tu"), *to = attribute(quote, "den"), *id = attribute(quote, "ma");
    size_t start = from ? strtoul(from, NULL, 10) : 0, end = to ? strtoul(to, NULL, 10) : 0;
    if (text)
        blank_lines((char *)text);
    const char *found = text && *text ? strstr(doc->text, (const char *)text) : NULL;
    bool holds = false;

    for (; found && !holds; found = strstr(found + 1, (const char *)text)) {
        size_t first = document_cp(doc, (size_t)(found - doc->text));
        holds = start >= first && end <= first + utf8_count((const char *)text, strlen((const char *)text)) && start < end;
    }
    p->quotes++;
    if (!holds)
        diag_error(p->d, (struct at){ .file = doc->name }, _("the quote of %s does not stand at %zu to %zu: \"%s\""),
                   id ? id : "?", start, end, excerpt(p, text ? (const char *)text : "", 80));
    xmlFree(text);
}

static void check_source(struct proof *p, const xmlNode *source)
{
    const char *name = attribute(source, "ten"), *hash = attribute(source, "bam");
    if (!name || !child(source, "cau"))
        return;
    const char *path = arena_printf(&p->arena, "%s/%s", p->q->sources, file_basename(name));
    struct document *doc = document_read(path, &p->arena, p->d);
    if (!doc)
        return;
    char *text = arena_strndup(&p->arena, doc->text, doc->len);
    blank_lines(text);
    doc->text = text;
    if (hash && strcmp(hash, doc->hash) != 0)
        diag_error(p->d, (struct at){ .file = path }, _("is another document than the one that the card was made from"));
    for (const xmlNode *q = source->children; q; q = q->next)
        if (q->type == XML_ELEMENT_NODE && strcmp((const char *)q->name, "cau") == 0)
            check_quote(p, doc, q);
}

static void check_sources(struct proof *p)
{
    for (const xmlNode *n = xmlDocGetRootElement(p->card)->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, "nguon") == 0)
            check_source(p, n);
}

/* ---- the same again ---- */

static void check_remake(struct proof *p)
{
    struct session *s = p->q->session;
    const char *slug = attribute(child(xmlDocGetRootElement(p->card), "noi"), "ma");
    struct rendered again = { 0 };
    struct buf file = { 0 };
    if (reader_page_file(p->r, 0)) {
        if (p->cards == 1) /* the first */
            diag_error(p->d, p->at, _("is a book: --remake makes one card again"));
        return;
    }
    xmlDocPtr card = layout_is_national(s->layout) ? card_make_national(s->cards, p->d)
                                                   : card_make(s->cards, slug ? slug : "", p->d);

    if (card && render_card(s->layout, card, s->fonts, &p->arena, &again, p->d) && file_read(p->at.file, 0, &file, p->d) &&
        (file.len != again.pdf.len || memcmp(file.data, again.pdf.data, file.len) != 0))
        diag_error(p->d, p->at, _("the same layout and facts give other bytes (%zu, not %zu)"), again.pdf.len, file.len);
    xmlFreeDoc(card);
    buf_clear(&again.pdf);
    buf_clear(&file);
}

/* ---- one file ---- */

static void check_cards(struct proof *p)
{
    if (!p->cards) {
        diag_error(p->d, p->at, _("holds no card: no attached XML file is one"));
        diag_expected(p->d, _("a file made by phieudiem with <attach>"));
    } else if (p->read < reader_pages(p->r)) {
        diag_error(p->d, p->at, _("%zu of %zu pages belong to no attached card"), reader_pages(p->r) - p->read,
                   reader_pages(p->r));
    }
}

static void verify(const struct request *q, const char *path, struct diag *d)
{
    struct proof p = { .q = q, .d = d, .at = { .file = path } };
    size_t before = d->errors;

    p.r = reader_open(path, d);
    if (p.r && reader_attachments(p.r, &p.files, &p.n_files, d)) {
        reader_audit(p.r, d);
        check_seals(&p);
        check_metadata(&p);
        for (size_t i = 0; next_card(&p, &i);) {
            check_pages(&p);
            if (q->sources)
                check_sources(&p);
            if (q->session)
                check_remake(&p);
        }
        check_cards(&p);
        read_again(&p);
    }
    if (d->errors == before) {
        printf(_("%s: whole; %zu figures on %zu pages are those of the attached data"), path, p.printed, reader_pages(p.r));
        if (q->sources)
            printf(_("; %zu quotes stand in their sources"), p.quotes);
        if (q->session)
            fputs(_("; made again it is the same"), stdout);
        if (p.signatures)
            printf(_("; signed by %s, and whole since"), p.signer ? p.signer : "?");
        putchar('\n');
    }
    xmlFreeDoc(p.card);
    reader_close(p.r);
    arena_clear(&p.arena);
}

static void verify_all(struct request *q, const char *const *files, int n, struct diag *d)
{
    struct session session;
    bool open = !q->remake.layout || session_open(&session, &q->remake, d);

    q->session = q->remake.layout ? &session : NULL;
    for (int i = 0; i < n && open; i++)
        verify(q, files[i], d);
    if (q->session)
        session_close(q->session);
}

int command_verify(int argc, char **argv)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct request q = { .remake.db = "phieudiem.db" };
    const char **operands = arena_array(&a, const char *, (size_t)argc);
    q.remake.sets.items = arena_array(&a, const char *, (size_t)argc);
    const struct args_option options[] = {
        { .name = "sources", .value = &q.sources },
        { .name = "remake", .value = &q.remake.layout },
        { .name = "db", .value = &q.remake.db },
        { .name = "period", .value = &q.remake.period },
        { .name = "as-of", .value = &q.remake.as_of },
        { .name = "set", .list = &q.remake.sets },
        { 0 },
    };
    int status = STATUS_USAGE, n = args_parse(argc, argv, options, operands);

    if (n == 0) {
        command_misuse(argv[0], _("which PDF files?"));
    } else if (n > 0) {
        guard_memory();
        verify_all(&q, operands, n, &d);
        status = command_end(&d, false);
    }
    arena_clear(&a);
    return status;
}
