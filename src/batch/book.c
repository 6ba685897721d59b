#include "batch/book.h"

#include "batch/making.h"
#include "batch/pool.h"
#include "card/tree.h"
#include "pdf/web.h"
#include "typeset/typeset.h"

#include <math.h>
#include <string.h>

/* ---- the plan: which card in which part ---- */

static struct entry entry_of(struct book *b, const char *slug)
{
    const struct card_set *cards = b->t->cards;
    const struct place *p = catalog_place(card_set_catalog(cards), slug, card_set_as_of(cards));
    struct entry e = { .slug = slug, .name = slug, .short_name = slug, .full_name = slug };
    if (p) {
        e.name = p->name;
        e.short_name = p->short_name;
        e.full_name = p->full_name;
        e.facts = card_set_fact_count(cards, slug);
    } else if (layout_is_national(b->t->layout)) {
        e.name = e.short_name = e.full_name = "Cả nước";
    }
    e.target = arena_printf(&b->arena, "tap-%s", slug);
    return e;
}

static const char *region_of(const struct book *b, const char *slug)
{
    const struct catalog *c = card_set_catalog(b->t->cards);
    const char *day = card_set_as_of(b->t->cards);
    const struct place *p = catalog_place(c, slug, day);
    return p ? catalog_region(c, p, day) : "";
}

/* Regions in the order of their first place, places in theirs. */
static void plan(struct book *b)
{
    const struct book_task *t = b->t;
    const char **regions = arena_array(&b->arena, const char *, t->n_places);
    b->entries = arena_array(&b->arena, struct entry, t->n_places);
    b->parts = arena_array(&b->arena, struct part, t->n_places);
    for (size_t i = 0; i < t->n_places; i++)
        regions[i] = region_of(b, t->places[i]);
    for (size_t i = 0; i < t->n_places; i++) {
        if (!regions[i])
            continue;
        struct part *p = &b->parts[b->n_parts];
        *p = (struct part){ .name = regions[i], .first = b->n_entries };
        for (size_t k = i; k < t->n_places; k++) {
            if (!regions[k] || strcmp(regions[k], p->name) != 0)
                continue;
            b->entries[b->n_entries] = entry_of(b, t->places[k]);
            b->entries[b->n_entries++].part = b->n_parts;
            if (k > i)
                regions[k] = NULL;
            p->n++;
        }
        p->target = arena_printf(&b->arena, "tap-phan-%zu", ++b->n_parts);
    }
}

/* Where things stand in the file. */
static unsigned section_of_part(size_t part)
{
    return 2 * (unsigned)part + 1;
}

/* ---- pieces of the book's layout ---- */

/* The pages of a piece; none is fine. Their numbers go on from the book's, or begin anew. */
static bool set_piece(struct book *b, const struct piece *piece, int first_number, struct box_document **doc,
                      struct pages *pages)
{
    xmlDocPtr tree = book_tree(b, piece);
    *doc = layout_bind(b->t->book_layout, tree, b->t->fonts, &b->scratch, b->d);
    xmlFreeDoc(tree);
    if (!*doc)
        return false;
    if ((*doc)->n_sequences && !(*doc)->sequences[0].first_number)
        (*doc)->sequences[0].first_number = first_number;
    return typeset(*doc, b->t->fonts, &b->scratch, pages, b->d);
}

/* The blank page that a sheet's back needs. */
static void fill_sheet(struct pages *pages)
{
    if (pages->n % 2)
        pages_add(pages, pages->items[pages->n - 1].width, pages->items[pages->n - 1].height);
}

static bool add_piece(struct book *b, struct pages *pages, unsigned section, const char *target)
{
    fill_sheet(pages);
    pdf_section(b->pdf, section);
    if (!pdf_add(b->pdf, pages, b->d))
        return false;
    if (target)
        pdf_target(b->pdf, target);
    b->pages += pages->n;
    return true;
}

/* ---- cards ---- */

static struct bookmark *with_bookmark(struct pages *pages, struct bookmark first, struct arena *a)
{
    size_t n = pages->n_bookmarks;
    struct bookmark *all = arena_array(a, struct bookmark, n + 1);
    all[0] = first;
    for (size_t i = 0; i < n; i++) {
        all[i + 1] = pages->bookmarks[i];
        all[i + 1].level++;
    }
    pages->bookmarks = all;
    pages->n_bookmarks = pages->cap_bookmarks = n + 1;
    return all;
}

/* True if the card has one bookmark of the first level, and that is its place's name. */
static bool is_under(const struct pages *pages, const char *name)
{
    size_t first = 0;
    for (size_t i = 0; i < pages->n_bookmarks; i++)
        first += pages->bookmarks[i].level == 1;
    return first == 1 && strcmp(pages->bookmarks[0].title, name) == 0;
}

/* A card often says its place's name twice, on its sequence and on its heading: once is enough here. */
static void drop_echoes(struct pages *pages)
{
    size_t n = 0;
    for (size_t i = 0; i < pages->n_bookmarks; i++) {
        const struct bookmark *b = &pages->bookmarks[i];
        if (!n || b->level <= pages->bookmarks[n - 1].level || strcmp(b->title, pages->bookmarks[n - 1].title) != 0)
            pages->bookmarks[n++] = *b;
    }
    pages->n_bookmarks = n;
}

/* The place stands under its region, the card's own bookmarks under the place. A region's
 * own bookmark leads to its pages, and where it has none to its first card. */
static void put_under(struct book *b, struct pages *pages, size_t card)
{
    const struct part *part = &b->parts[b->entries[card].part];
    const char *name = b->entries[card].full_name;
    if (!is_under(pages, name))
        with_bookmark(pages, (struct bookmark){ .level = 1, .title = name }, &b->scratch);
    drop_echoes(pages);
    if (!*part->name)
        return;
    struct bookmark *all = with_bookmark(pages, (struct bookmark){ .level = 1, .title = part->name }, &b->scratch);
    if (part->room || card != part->first) {
        pages->bookmarks = all + 1;
        pages->cap_bookmarks = --pages->n_bookmarks;
    }
}

/* The card's files under names that no other card has: "lao-cai.xml". */
static void attach(struct book *b, const struct box_document *doc, const char *place)
{
    for (size_t i = 0; i < doc->n_attachments; i++) {
        struct attachment file = doc->attachments[i];
        if (strncmp(file.name, place, strlen(place)) != 0)
            file.name = arena_printf(&b->scratch, "%s-%s", place, file.name);
        pdf_attach(b->pdf, &file, card_set_as_of(b->t->cards));
    }
}

/* The running heads of the book's layout over the card's own pages, which it does not know of:
 * a page of its sequence for each, in that page's size and with that page's number. */
static bool put_heads(struct book *b, struct pages *pages, size_t card)
{
    const struct piece piece = { "phieu", b->entries[card].part, card };
    struct pages heads;
    xmlDocPtr tree = book_tree(b, &piece);
    struct box_document *doc = layout_bind(b->t->book_layout, tree, b->t->fonts, &b->scratch, b->d);
    xmlFreeDoc(tree);
    if (!doc || !doc->n_sequences)
        return doc != NULL;
    struct sequence *all = arena_array(&b->scratch, struct sequence, pages->n);
    for (size_t i = 0; i < pages->n; i++) {
        struct master *master = arena_new(&b->scratch, struct master);
        *master = *doc->sequences[0].master;
        master->width = pages->items[i].width;
        master->height = pages->items[i].height;
        all[i] = (struct sequence){ .master = master, .first_number = b->entries[card].page + (int)i };
    }
    doc->sequences = all;
    doc->n_sequences = pages->n;
    if (!typeset(doc, b->t->fonts, &b->scratch, &heads, b->d))
        return false;
    for (size_t i = 0; i < pages->n && i < heads.n; i++) {
        const struct marks m = { .items = heads.items[i].marks, .n = heads.items[i].n_marks };
        page_put(pages, &pages->items[i], &m, 0, 0);
    }
    return true;
}

static void number_pages(struct book *b, struct pages *pages, struct entry *e)
{
    e->page = b->number + 1;
    e->last_page = b->number + (int)pages->n;
    for (size_t i = 0; i < pages->n; i++)
        pages->items[i].label = arena_printf(&b->scratch, "%d", e->page + (int)i);
    b->number += (int)(pages->n + pages->n % 2);
}

/* The room of a part is known before its first card is numbered. */
static bool begin_part(struct book *b, size_t number)
{
    struct part *part = &b->parts[number];
    const struct piece piece = { "phan", number, SIZE_MAX };
    struct box_document *doc;
    struct pages pages = { 0 };
    if (*part->name && !set_piece(b, &piece, b->number + 1, &doc, &pages))
        return false;
    part->room = pages.n + pages.n % 2;
    part->page = b->number + 1;
    b->number += (int)part->room;
    return true;
}

static bool add_card(struct book *b, size_t card)
{
    struct diag own = { 0 }; /* what is wrong with the card its own job tells */
    struct entry *e = &b->entries[card];
    struct pages pages;
    xmlDocPtr tree = batch_card(b->t->layout, b->t->cards, e->slug, &own);
    struct box_document *doc = tree ? card_pages(b->t->layout, tree, b->t->fonts, &b->scratch, &pages, &own) : NULL;
    bool ok = doc != NULL;
    if (ok)
        book_note(b, tree, card);
    else
        diag_error(b->d, (struct at){ 0 }, _("there is no book, since the card of \"%s\" cannot be made"), e->slug);
    xmlFreeDoc(tree);
    diag_clear(&own);
    ok = ok && (card != b->parts[e->part].first || begin_part(b, e->part));
    if (!ok)
        return false;
    number_pages(b, &pages, e);
    put_under(b, &pages, card);
    ok = put_heads(b, &pages, card) && add_piece(b, &pages, section_of_part(e->part) + 1, e->target);
    if (ok)
        attach(b, doc, e->slug);
    return ok;
}

static bool add_cards(struct book *b)
{
    bool ok = true;
    for (size_t i = 0; ok && i < b->n_entries; i++) {
        ok = !pool_stopping() && add_card(b, i);
        arena_reset(&b->scratch);
        fontlib_trim(b->t->fonts);
    }
    return ok;
}

/* ---- what stands around the cards: last what leads to all the others ---- */

/* The pages added last are of the book's own data: what its contents, section pages and index print. */
static void attach_tree(struct book *b)
{
    if (b->told) {
        pdf_attach_same(b->pdf);
        return;
    }
    b->told = true;
    const struct piece piece = { NULL, SIZE_MAX, SIZE_MAX };
    struct buf xml = { 0 };
    xmlDocPtr tree = book_tree(b, &piece);
    card_print(tree, &xml);
    xmlFreeDoc(tree);
    const struct attachment file = { .name = "tap.xml", .description = "Số liệu của tập: phần, phiếu, trang, bảng tra",
                                     .mime = "application/xml", .relationship = "Data", .data = xml.data, .len = xml.len };
    pdf_attach(b->pdf, &file, card_set_as_of(b->t->cards));
    buf_clear(&xml);
}

static bool add_parts(struct book *b)
{
    for (size_t i = 0; i < b->n_parts; i++) {
        struct part *part = &b->parts[i];
        const struct piece piece = { "phan", i, SIZE_MAX };
        struct box_document *doc;
        struct pages pages;
        if (!part->room)
            continue;
        if (!set_piece(b, &piece, part->page, &doc, &pages))
            return false;
        if (pages.n + pages.n % 2 != part->room) {
            diag_error(b->d, (struct at){ 0 }, _("the pages before \"%s\" have become %zu since their numbers are known, not %zu"),
                       part->name, pages.n, part->room);
            diag_expected(b->d, _("a book layout that gives page numbers a column of their own"));
            return false;
        }
        pages.n_bookmarks = 0;
        with_bookmark(&pages, (struct bookmark){ .level = 1, .title = part->name }, &b->scratch);
        if (!add_piece(b, &pages, section_of_part(i), part->target))
            return false;
        attach_tree(b);
        arena_reset(&b->scratch);
    }
    return true;
}

/* Pages before the cards, which tell what the file is, or behind them. */
static bool add_around(struct book *b, const char *name, unsigned section, int number, struct pdf_info *info)
{
    const struct piece piece = { name, SIZE_MAX, SIZE_MAX };
    struct box_document *doc;
    struct pages pages;
    if (!set_piece(b, &piece, number, &doc, &pages))
        return false;
    if (!section) {
        info->title = arena_strdup(&b->arena, doc->title);
        info->subject = arena_strdup(&b->arena, doc->subject);
        info->keywords = arena_strdup(&b->arena, doc->keywords);
        info->author = arena_strdup(&b->arena, doc->author);
        info->record.issuer = arena_strdup(&b->arena, doc->record.issuer);
        info->record.report = arena_strdup(&b->arena, doc->record.report);
        info->record.report_date = arena_strdup(&b->arena, doc->record.report_date);
    }
    bool ok = !pages.n || add_piece(b, &pages, section, section ? "tap-bang-tra" : NULL);
    if (ok && pages.n)
        attach_tree(b);
    arena_reset(&b->scratch);
    return ok;
}

static bool finish(struct book *b, struct pdf_info *info, struct rendered *out)
{
    const struct book_task *t = b->t;
    struct attachment making = making_file(t->layout, t->book_layout, t->cards, t->web ? MAKING_WEB_BOOK : MAKING_BOOK, &b->arena);
    info->attachments = &making;
    info->n_attachments = 1;
    out->pages = (int)b->pages;
    buf_reset(&out->pdf);
    return pdf_finish(b->pdf, info, &out->pdf, b->d) && (!t->web || web_order(&out->pdf, b->d));
}

bool render_book(const struct book_task *t, struct rendered *out, struct diag *d)
{
    struct book b = { .t = t, .d = d };
    const char *day = card_set_as_of(t->cards), *period = card_set_period(t->cards);
    struct pdf_info info = { .lang = "vi-VN", .date = day, .producer = "phieudiem " VERSION,
                             .record = { .period = period, .place = "tap" } };
    b.pdf = pdf_open(d);
    b.kept = tree_new("giu");
    catalog_places_on(card_set_catalog(t->cards), day, &b.set_size);
    plan(&b);
    book_topics(&b, card_set_catalog(t->cards));
    bool ok = b.pdf && add_cards(&b) && add_parts(&b) &&
              add_around(&b, "cuoi", section_of_part(b.n_parts), b.number + 1, &info) && add_around(&b, "dau", 0, 1, &info) &&
              finish(&b, &info, out);
    pdf_close(b.pdf);
    xmlFreeDoc(b.kept);
    arena_clear(&b.arena);
    arena_clear(&b.scratch);
    return ok;
}
