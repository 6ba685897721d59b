/* verify -- shows that a card's pages say what its attached data say.
 *
 * Five questions, each with its own answer: does the file keep the rules of
 * PDF/A-3a and PDF/UA-1; are its bytes those that were written, and if not,
 * which page or attachment was changed; is every figure on the pages a figure
 * of the attached card, rounded as printed, of its own place or of one that the
 * same line names, and in its own row (figures.c), is the card of the place that
 * the pages name, and does another reader (poppler) read the same; with --sources,
 * does every quote stand in its document at its place (quotes.c); with --remake,
 * do the same layout and facts give the same bytes (remake.c). */
#include "batch/making.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/guard.h"
#include "cli/proof.h"
#include "cli/reread.h"
#include "pdf/sign.h"

#include <libxml/parser.h>
#include <string.h>

/* ---- the card's XML ---- */

const xmlNode *proof_child(const xmlNode *n, const char *name)
{
    for (n = n ? n->children : NULL; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0)
            return n;
    return NULL;
}

const char *proof_attribute(const xmlNode *n, const char *name)
{
    for (const xmlAttr *a = n ? n->properties : NULL; a; a = a->next)
        if (strcmp((const char *)a->name, name) == 0)
            return a->children ? (const char *)a->children->content : "";
    return NULL;
}

xmlDocPtr proof_parse(const void *data, size_t n)
{
    return n > INT32_MAX ? NULL : xmlReadMemory(data, (int)n, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR |
                                                                              XML_PARSE_NOWARNING);
}

const char *proof_excerpt(struct proof *p, const char *text, size_t most)
{
    size_t n = strlen(text);
    if (n <= most)
        return text;
    for (n = most; n && ((unsigned char)text[n] & 0xC0) == 0x80; n--)
        ;
    return arena_printf(&p->arena, "%.*s...", (int)n, text);
}

/* An attached file whose root has that name; NULL: it is none. */
static xmlDocPtr file_with_root(const struct attachment *file, const char *name)
{
    xmlDocPtr doc = strcmp(file->mime, "application/xml") == 0 ? proof_parse(file->data, file->len) : NULL;
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (root && strcmp((const char *)root->name, name) == 0)
        return doc;
    xmlFreeDoc(doc);
    return NULL;
}

static void find_making(struct proof *p)
{
    for (size_t i = 0; i < p->n_files && !p->making; i++)
        if (strcmp(p->files[i].name, MAKING_NAME) == 0)
            p->making = file_with_root(&p->files[i], "cach-lam");
}

/* The next attached file whose root is a card, from number `i` on. */
static bool next_card(struct proof *p, size_t *i)
{
    xmlFreeDoc(p->card);
    for (p->card = NULL; *i < p->n_files && !p->card; ++*i) {
        p->file = &p->files[*i];
        p->card = file_with_root(p->file, "the");
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
            p->signer = list[i].signer, p->stamped = list[i].stamped;
        if (list[i].stamp_fault)
            diag_error(p->d, p->at, _("the timestamp of signature %zu: %s"), i + 1, list[i].stamp_fault);
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

/* A property of the document: of the packet's descriptions, not of what explains their schemas. */
static const xmlNode *find_property(xmlDocPtr xmp, const char *name)
{
    const xmlNode *rdf = proof_child(xmlDocGetRootElement(xmp), "RDF"), *found = NULL;
    for (const xmlNode *n = rdf ? rdf->children : NULL; n && !found; n = n->next)
        if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, "Description") == 0)
            found = proof_child(n, name);
    return found;
}

static void keep_digits(struct buf *out, const char *s)
{
    for (; *s; s++)
        if (*s >= '0' && *s <= '9')
            buf_char(out, *s);
}

/* "D:20250120" and "2025-01-20". */
static bool same_date(const char *a, const char *b)
{
    struct buf x = { 0 }, y = { 0 };
    keep_digits(&x, a);
    keep_digits(&y, b);
    bool same = x.len && x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
    buf_clear(&x);
    buf_clear(&y);
    return same;
}

static void blank_ends(char *s)
{
    size_t n = strlen(s), skip = strspn(s, " \n\t");
    while (n > skip && strchr(" \n\t", s[n - 1]))
        n--;
    memmove(s, s + skip, n - skip);
    s[n - skip] = '\0';
}

/* XMP that parses, and tells what the information dictionary tells (A 6.6.2, 6.6.3). */
static void check_metadata(struct proof *p)
{
    static const struct { const char *key, *element; bool date; } entries[] = {
        { "Title", "title", false },       { "Author", "creator", false },       { "Subject", "description", false },
        { "Keywords", "Keywords", false }, { "Producer", "Producer", false },    { "Creator", "CreatorTool", false },
        { "CreationDate", "CreateDate", true }, { "ModDate", "ModifyDate", true },
    };
    size_t len;
    const char *xmp = reader_xmp(p->r, &len);
    xmlDocPtr doc = xmp ? proof_parse(xmp, len) : NULL;

    if (!doc)
        diag_error(p->d, p->at, _("the metadata are no XML (A 6.6.2)"));
    for (size_t i = 0; doc && i < sizeof entries / sizeof *entries; i++) {
        const char *info = reader_info(p->r, entries[i].key);
        const xmlNode *n = find_property(doc, entries[i].element);
        xmlChar *told = n ? xmlNodeGetContent(n) : NULL;
        if (told)
            blank_ends((char *)told);
        const char *a = info ? info : "", *b = told ? (const char *)told : "";
        if ((*a || *b || i == 0) && (entries[i].date ? !same_date(a, b) : !*a || strcmp(a, b) != 0))
            diag_error(p->d, p->at, _("two values of %s: \"%s\" and, in the metadata, \"%s\""), entries[i].key, a, b);
        xmlFree(told);
    }
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
               proof_excerpt(p, theirs + back, 50));
    diag_expected(p->d, "\"%s\"", proof_excerpt(p, own + back, 50));
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

static void sum_up(const struct proof *p)
{
    printf(_("%s: whole; %zu figures on %zu pages are those of the attached data"), p->at.file, p->printed,
           reader_pages(p->r));
    if (p->q->sources)
        printf(_("; %zu quotes stand in their sources"), p->quotes);
    if (p->tables)
        printf(_("; %zu tables are the same"), p->tables);
    if (p->q->remaking)
        fputs(_("; made again it is the same"), stdout);
    if (p->signatures)
        printf(_("; signed by %s, and whole since"), p->signer ? p->signer : "?");
    if (p->stamped)
        printf(_("; timestamp %s"), p->stamped);
    putchar('\n');
}

static void verify(const struct proof_request *q, const char *path, struct diag *d)
{
    struct proof p = { .q = q, .d = d, .at = { .file = path } };
    size_t before = d->errors;

    p.r = reader_open(path, d);
    if (p.r && reader_attachments(p.r, &p.files, &p.n_files, d)) {
        reader_audit(p.r, d);
        check_seals(&p);
        check_metadata(&p);
        find_making(&p);
        for (size_t i = 0; next_card(&p, &i);) {
            figures_check(&p);
            if (q->sources)
                quotes_check(&p);
        }
        check_cards(&p);
        if (q->remaking && p.cards)
            remake_check(&p);
        read_again(&p);
    }
    if (d->errors == before)
        sum_up(&p);
    xmlFreeDoc(p.card);
    xmlFreeDoc(p.making);
    reader_close(p.r);
    arena_clear(&p.arena);
}

int command_verify(int argc, char **argv)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct proof_request q = { 0 };
    const char *sources = NULL, *book_layout = NULL;
    struct session_options remake = { .db = "phieudiem.db" };
    const char **operands = arena_array(&a, const char *, (size_t)argc);
    remake.sets.items = arena_array(&a, const char *, (size_t)argc);
    const struct args_option options[] = {
        { .name = "sources", .value = &sources },
        { .name = "remake", .value = &remake.layout },
        { .name = "book-layout", .value = &book_layout },
        { .name = "db", .value = &remake.db },
        { .name = "period", .value = &remake.period },
        { .name = "as-of", .value = &remake.as_of },
        { .name = "set", .list = &remake.sets },
        { 0 },
    };
    int status = STATUS_USAGE, n = args_parse(argc, argv, options, operands);

    if (n == 0) {
        command_misuse(argv[0], _("which PDF files?"));
    } else if (n > 0) {
        guard_memory();
        q.sources = sources ? sources_open(sources) : NULL;
        q.remaking = remake.layout ? remaking_open(&remake, book_layout) : NULL;
        for (int i = 0; i < n; i++)
            verify(&q, operands[i], &d);
        remaking_close(q.remaking);
        sources_close(q.sources);
        status = command_end(&d, false);
    }
    arena_clear(&a);
    return status;
}
