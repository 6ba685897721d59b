/* Whether the figures on a page are those of the card.
 *
 * A card is a tree whose elements have names ("Quảng Ninh", "PAPI", "Hồ sơ đúng hạn"): its
 * subjects.  A figure of the card belongs to the subjects that it stands in.  A table row is
 * named by its heading cell: where that names a subject, each figure of the row must be one of
 * it, so that a figure moved from one row to another is found.  Elsewhere a figure must be
 * one of the card's own, or of another place that the same line names.  What was set from
 * outside (the number and date of a report) is told by the file's making. */
#include "proof/internal.h"

#include "text/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TOLD = 20, MAX_DEPTH = 256, NAMES = 4 };

struct subject {
    size_t above;                /* the subject that it stands in; 0: the card itself, which is its own */
    const char *names[NAMES];    /* folded words, a blank before and after each: " quang ninh " */
    const char *shown;           /* "Quảng Ninh" */
    bool other;                  /* another place than the card's */
    bool named;                  /* by the row that is looked at */
};
struct figure { double value; size_t subject; };
struct figures {
    struct proof *p;
    struct arena arena;
    struct figure *items; size_t n, cap; /* sorted by value */
    struct subject *subjects; size_t n_subjects, cap_subjects;
    bool national;               /* of the whole country, or of a book: about all places alike */
    /* the line that is looked at */
    const struct text_piece *first;
    struct buf words;            /* all of it */
    const char *row;             /* the subject that names it, as shown; NULL: none */
    bool has_head, headed;       /* it has a heading cell; that was passed */
    double ordinal;              /* running number of the last row */
};

/* ---- numbers ---- */

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

/* ---- the card ---- */

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

static const char *words_of(struct figures *f, const char *text)
{
    struct buf b = { 0 };
    put_words(&b, text);
    const char *words = b.len > 1 ? arena_strndup(&f->arena, b.data, b.len) : NULL;
    buf_clear(&b);
    return words;
}

static void keep(struct figures *f, double v, size_t subject)
{
    *ARENA_PUSH(&f->arena, f->items, f->n, f->cap) = (struct figure){ fabs(v), subject };
}

static void keep_all(struct figures *f, const char *text, size_t subject)
{
    for (const char *s = text; s && *s;) {
        if (!digit(*s)) {
            s++;
            continue;
        }
        struct number a = plain_number(s), b = printed_number(s);
        size_t len = a.len < b.len ? a.len : b.len;
        if (stands_alone(text, s, len)) { /* an identifier or a hash is no figure */
            keep(f, a.value, subject);
            keep(f, b.value, subject);
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

static const char *own_slug(const struct proof *p)
{
    return proof_attribute(proof_child(xmlDocGetRootElement(p->card), "noi"), "ma");
}

/* A province in a list or on the map that is not the card's. */
static bool is_other(const struct figures *f, const xmlNode *n)
{
    const char *slug = proof_attribute(n, "ma"), *own = own_slug(f->p);
    return (strcmp((const char *)n->name, "tinh") == 0 || strcmp((const char *)n->name, "o") == 0) && slug && own &&
           strcmp(slug, own) != 0;
}

static size_t add_subject(struct figures *f, struct subject s)
{
    *ARENA_PUSH(&f->arena, f->subjects, f->n_subjects, f->cap_subjects) = s;
    return f->n_subjects - 1;
}

/* What rows of tables are about: a place, an index, a part of it, a field, an indicator, a fact with a label. */
static bool has_rows(const xmlNode *n)
{
    static const char *const rows[] = { "tinh", "o", "tien-than", "truc-thuoc", "chi-so", "thanh-phan", "linh-vuc", "chi-tieu",
                                        "so-lieu", "mau-thuan", "phieu", "muc" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i], (const char *)n->name) == 0)
            return true;
    return false;
}

/* The subject that an element begins, else the one that it stands in. */
static size_t subject_of(struct figures *f, const xmlNode *n, size_t above)
{
    static const char *const naming[NAMES] = { "ten", "ten-ngan", "ten-cot", "nhan" };
    struct subject s = { .above = above, .other = f->subjects[above].other || is_other(f, n) };
    size_t names = 0;

    for (size_t i = 0; i < NAMES && has_rows(n); i++) {
        const char *name = proof_attribute(n, naming[i]);
        if (!name || !(s.names[names] = words_of(f, name)))
            continue;
        if (!s.shown || i == 1)
            s.shown = name;
        names++;
    }
    return names ? add_subject(f, s) : above;
}

/* The best value of all belongs to the place that is told beside it. */
static size_t best_of(struct figures *f, const xmlNode *n, size_t subject)
{
    const char *best = proof_attribute(n, "tot-nhat-ten");
    return best ? add_subject(f, (struct subject){ .above = subject, .names = { words_of(f, best) }, .shown = best,
                                                   .other = !f->national })
                : subject;
}

static void keep_tree(struct figures *f, const xmlNode *n, size_t above, int depth)
{
    for (; n && depth < MAX_DEPTH; n = n->next) {
        if (n->type == XML_TEXT_NODE)
            keep_all(f, (const char *)n->content, above);
        if (n->type != XML_ELEMENT_NODE)
            continue;
        size_t subject = subject_of(f, n, above), best = best_of(f, n, subject);
        for (const xmlAttr *a = n->properties; a; a = a->next)
            if (is_figure(n, (const char *)a->name))
                keep_all(f, a->children ? (const char *)a->children->content : NULL,
                         strcmp((const char *)a->name, "tot-nhat") == 0 ? best : subject);
        keep_tree(f, n->children, subject, depth + 1);
    }
}

static int by_value(const void *a, const void *b)
{
    double x = ((const struct figure *)a)->value, y = ((const struct figure *)b)->value;
    return (x > y) - (x < y);
}

static void gather(struct figures *f)
{
    const xmlNode *root = xmlDocGetRootElement(f->p->card), *making = f->p->making ? xmlDocGetRootElement(f->p->making) : NULL;
    const char *own = own_slug(f->p);

    f->national = own && (strcmp(own, "ca-nuoc") == 0 || strcmp(own, "tap") == 0);
    add_subject(f, (struct subject){ 0 });
    for (const xmlNode *n = making ? making->children : NULL; n; n = n->next) /* parameters */
        for (const xmlNode *t = n->children; t; t = t->next)
            keep_all(f, (const char *)t->content, 0);
    keep_tree(f, root, 0, 0);
    if (f->n)
        qsort(f->items, f->n, sizeof *f->items, by_value);
}

/* ---- figures of a line ---- */

/* The figures that are printed so when they are rounded: from *low to before *high. */
static void range(const struct figures *f, const struct number *n, size_t *low, size_t *high)
{
    double half = 0.5 / power(n->decimals) + 1e-9;
    size_t end = f->n;

    for (*low = 0; *low < end;) {
        size_t middle = (*low + end) / 2;
        if (f->items[middle].value < n->value - half)
            *low = middle + 1;
        else
            end = middle;
    }
    for (*high = *low; *high < f->n && f->items[*high].value <= n->value + half; ++*high)
        ;
}

static bool line_names(const struct figures *f, const struct subject *s)
{
    for (size_t i = 0; i < NAMES && s->names[i]; i++)
        if (strstr(f->words.data, s->names[i]))
            return true;
    return false;
}

/* A figure of the card's own, or of a place that the line names. *other: a place whose
 * figure it is, if it is only that. */
static bool known(const struct figures *f, const struct number *n, const char **other)
{
    size_t low, high;
    bool found = false;

    *other = NULL;
    range(f, n, &low, &high);
    for (size_t i = low; i < high && !found; i++)
        found = f->national || !f->subjects[f->items[i].subject].other;
    for (size_t i = low; i < high && !found; i++)
        for (size_t s = f->items[i].subject; s && f->subjects[s].other && !found; s = f->subjects[s].above) {
            found = line_names(f, &f->subjects[s]);
            *other = f->subjects[s].shown;
        }
    return found;
}

/* A figure of the subject that names the row. *other: another one, a place before all, whose figure it is. */
static bool known_in_row(const struct figures *f, const struct number *n, const char **other)
{
    size_t low, high;
    bool place = false;

    *other = NULL;
    range(f, n, &low, &high);
    for (size_t i = low; i < high; i++) {
        const struct subject *s = &f->subjects[f->items[i].subject];
        if (s->named)
            return true;
        while (!s->shown && s->above)
            s = &f->subjects[s->above];
        if (s->shown && (!*other || (s->other && !place))) {
            *other = s->shown;
            place = s->other;
        }
    }
    return false;
}

static bool names_row(const char *name, const struct buf *head, size_t *longest)
{
    if (!name || !strstr(head->data, name) || strlen(name) < *longest)
        return false;
    *longest = strlen(name);
    return true;
}

/* The subjects with the longest name that the row's heading holds, and all in them. */
static void name_row(struct figures *f, const struct buf *head)
{
    size_t longest = 0;
    const char *name = NULL;

    f->row = NULL;
    for (size_t i = 1; i < f->n_subjects; i++)
        for (size_t k = 0; k < NAMES && f->subjects[i].names[k]; k++)
            if (names_row(f->subjects[i].names[k], head, &longest)) {
                name = f->subjects[i].names[k];
                f->row = f->subjects[i].shown;
            }
    for (size_t i = 1; i < f->n_subjects && name; i++) {
        struct subject *s = &f->subjects[i];
        s->named = f->subjects[s->above].named;
        for (size_t k = 0; k < NAMES && s->names[k]; k++)
            s->named |= strcmp(s->names[k], name) == 0;
    }
}

/* The words of the line that piece `k` begins, and what names it. */
static void begin_line(struct figures *f, const struct text_piece *pieces, size_t n, size_t k)
{
    struct buf head = { 0 };
    int line = pieces[k].line;

    buf_reset(&f->words);
    for (size_t i = line ? 0 : k; i < (line ? n : k + 1); i++)
        if (i == k || pieces[i].line == line) {
            put_words(&f->words, pieces[i].text);
            if (pieces[i].alt)
                put_words(&f->words, pieces[i].alt);
            if (pieces[i].head)
                put_words(&head, pieces[i].text);
        }
    f->row = NULL;
    f->headed = false;
    f->has_head = head.len > 0;
    if (head.len > 1)
        name_row(f, &head);
    buf_clear(&head);
}

/* A running number before the heading cell of a row is no figure of anything: 1, 2, 3. */
static bool is_ordinal(struct figures *f, const struct number *n)
{
    if (!f->has_head || f->headed || n->decimals || (n->value != 1 && n->value != f->ordinal + 1))
        return false;
    f->ordinal = n->value;
    return true;
}

/* "24" of the axis of a chart whose data have the year 2024. */
static bool is_short_year(const struct figures *f, const struct number *n, const struct text_piece *piece)
{
    struct number year = { .value = n->value + 2000 };
    size_t low, high;
    range(f, &year, &low, &high);
    return piece->figure && n->len == 2 && high > low;
}

static void tell_strange(struct figures *f, size_t page, const char *s, int len, const char *text, const char *other)
{
    struct proof *p = f->p;
    if (p->strange++ >= MAX_TOLD)
        return;
    if (f->row && other)
        diag_error(p->d, p->at, _("page %zu: %.*s in the row of %s is a figure of %s"), page + 1, len, s, f->row, other);
    else if (f->row)
        diag_error(p->d, p->at, _("page %zu: %.*s is no figure of %s, whose row it stands in"), page + 1, len, s, f->row);
    else if (other)
        diag_error(p->d, p->at, _("page %zu: %.*s is a figure of %s, which the line does not name"), page + 1, len, s, other);
    else
        diag_error(p->d, p->at, _("page %zu: %.*s is no figure of the attached data"), page + 1, len, s);
    diag_expected(p->d, _("a figure of the card in \"%s\""), proof_excerpt(p, text, 60));
}

static void check_text(struct figures *f, const char *text, size_t page, const struct text_piece *piece)
{
    bool strict = f->row && !piece->head && !piece->linked;
    const char *other;

    for (const char *s = text; *s;) {
        if (!digit(*s)) {
            s++;
            continue;
        }
        struct number n = printed_number(s);
        bool own = !piece->artifact || n.decimals || n.value > (double)reader_pages(f->p->r); /* a page number */
        if (own && stands_alone(text, s, n.len)) {
            f->p->printed++;
            if (!is_ordinal(f, &n) && !(strict ? known_in_row(f, &n, &other) : known(f, &n, &other)) &&
                !is_short_year(f, &n, piece))
                tell_strange(f, page, s, (int)n.len, text, other);
        }
        s += n.len;
    }
}

/* ---- pages ---- */

/* The head of the card's first page, down to the first section, names the card's place. */
static void check_place(struct figures *f, const struct text_piece *pieces, size_t n, size_t page)
{
    const char *name = proof_attribute(proof_child(xmlDocGetRootElement(f->p->card), "noi"), "ten");
    const char *words = name && !f->national ? words_of(f, name) : NULL; /* the country's names no place */

    if (!words)
        return;
    buf_reset(&f->words);
    put_words(&f->words, "");
    for (size_t k = 0; k < n && strcmp(pieces[k].tag, "H2") != 0; k++)
        put_words(&f->words, pieces[k].text);
    if (!strstr(f->words.data, words))
        diag_error(f->p->d, f->p->at, _("page %zu does not name %s, whose data are attached"), page + 1, name);
}

/* The pieces of one line follow one another, but for marks between them. */
static void check_page(struct figures *f, const struct text_piece *pieces, size_t n, size_t page)
{
    for (size_t k = 0; k < n; k++) {
        if (!k || !pieces[k].line || pieces[k].line != pieces[k - 1].line)
            begin_line(f, pieces, n, k);
        check_text(f, pieces[k].text, page, &pieces[k]);
        if (pieces[k].alt)
            check_text(f, pieces[k].alt, page, &pieces[k]);
        f->headed |= pieces[k].head;
    }
}

void figures_check(struct proof *p)
{
    struct figures f = { .p = p };
    const struct text_piece *pieces;
    size_t n, seen = 0;

    gather(&f);
    for (size_t i = 0; i < reader_pages(p->r); i++) {
        const struct attachment *file = reader_page_file(p->r, i);
        if ((file ? file != p->file : p->cards > 1) || !reader_text(p->r, i, &pieces, &n, p->d))
            continue;
        if (!n) { /* the blank back of a sheet */
            p->read++;
            continue;
        }
        if (seen++ == 0)
            check_place(&f, pieces, n, i);
        check_page(&f, pieces, n, i);
    }
    p->read += seen;
    buf_clear(&f.words);
    arena_clear(&f.arena);
}
