/* The order of the questions: the rules of PDF first, then whether the bytes are those that
 * were written, then each attached card against its pages. */
#include "proof/internal.h"

#include "batch/making.h"

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

static void tell(const struct proof *p, struct proof_told *told, struct arena *a)
{
    *told = (struct proof_told){
        .pages = reader_pages(p->r),
        .figures = p->printed,
        .quotes = p->quotes,
        .tables = p->tables,
        .signatures = p->signatures,
        .signer = arena_strdup(a, p->signer),
        .stamped = arena_strdup(a, p->stamped),
    };
}

bool proof_file(const struct proof_request *q, const char *path, struct proof_told *told, struct arena *a, struct diag *d)
{
    struct proof p = { .q = q, .d = d, .at = { .file = path } };
    size_t before = d->errors;

    p.r = reader_open(path, d);
    if (p.r && reader_attachments(p.r, &p.files, &p.n_files, d)) {
        reader_audit(p.r, d);
        seals_check(&p);
        metadata_check(&p);
        find_making(&p);
        for (size_t i = 0; next_card(&p, &i);) {
            figures_check(&p);
            if (q->sources)
                quotes_check(&p);
        }
        check_cards(&p);
        if (q->remaking && p.cards)
            remake_check(&p);
        reread_check(&p);
    }
    bool whole = d->errors == before;
    if (whole)
        tell(&p, told, a);
    xmlFreeDoc(p.card);
    xmlFreeDoc(p.making);
    reader_close(p.r);
    arena_clear(&p.arena);
    return whole;
}
