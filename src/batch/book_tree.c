/* The tree that the book's layout binds to (layouts/README.md, "The book's card"). */
#include "batch/book.h"

#include "base/node.h"
#include "card/tree.h"

#include <string.h>

/* Over so many cards an indicator's entry tells parts: a list of a thousand pages leads nowhere. */
enum { LISTED = 100 };

/* ---- what is kept of the cards ---- */

static struct topic *topic_of(struct book *b, const char *code)
{
    for (size_t i = 0; i < b->n_topics; i++)
        if (strcmp(b->topics[i].code, code) == 0)
            return &b->topics[i];
    return NULL;
}

void book_topics(struct book *b, const struct catalog *c)
{
    size_t n_indices, n;
    const struct index *x = catalog_indices(c, &n_indices);
    const struct indicator *all = catalog_indicators(c, &n);
    b->topics = arena_array(&b->arena, struct topic, n_indices + n);
    for (size_t i = 0; i < n_indices; i++)
        b->topics[b->n_topics++] =
            (struct topic){ .code = x[i].code, .name = x[i].name, .short_name = x[i].short_name, .group = "Chỉ số" };
    for (size_t i = 0; i < n; i++)
        if (!all[i].index && all[i].field)
            b->topics[b->n_topics++] = (struct topic){ .code = all[i].code, .name = all[i].name,
                                                       .short_name = all[i].short_name, .group = all[i].field->name };
}

static void note_topic(struct book *b, const xmlNode *n, size_t card)
{
    struct arena a = { 0 };
    const char *code = node_attribute(&a, n, "ma");
    struct topic *t = code ? topic_of(b, code) : NULL;
    if (t && !(t->n && t->cards[t->n - 1] == card))
        *ARENA_PUSH(&b->arena, t->cards, t->n, t->cap) = card;
    arena_clear(&a);
}

static bool has_child(const xmlNode *n, const char *name)
{
    for (const xmlNode *c = n->children; c; c = c->next)
        if (node_is(c, name))
            return true;
    return false;
}

/* The indicators that a card has figures of: its own, and its predecessors'. */
static void note_figures(struct book *b, const xmlNode *of, size_t card)
{
    for (const xmlNode *n = of->children; n; n = n->next) {
        if (node_is(n, "chi-so") ? has_child(n, "nam") : node_is(n, "chi-tieu") && has_child(n, "so-lieu"))
            note_topic(b, n, card);
        else if (node_is(n, "linh-vuc") || node_is(n, "noi") || node_is(n, "tien-than"))
            note_figures(b, n, card);
    }
}

static void keep_copy(struct book *b, const xmlNode *n, xmlNodePtr to)
{
    xmlNodePtr copy = xmlDocCopyNode((xmlNodePtr)n, b->kept, 1);
    if (!copy)
        die("libxml2: out of memory");
    xmlAddChild(to, copy);
}

/* An index's head without its figures. */
static void keep_index(struct book *b, const xmlNode *n)
{
    static const char *const kept[] = { "ma", "ten", "ten-ngan", "don-vi", "so-chu-so", "chi-nhom", "thang", "ky-so-sanh" };
    xmlNodePtr to = tree_add(xmlDocGetRootElement(b->kept), "chi-so");
    struct arena a = { 0 };
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        tree_set(to, kept[i], node_attribute(&a, n, kept[i]));
    arena_clear(&a);
}

/* A neighbour's standing; what belongs to one card alone (its own row, its numbers of sources) is left out. */
static void keep_member(struct book *b, const xmlNode *n, xmlNodePtr to)
{
    keep_copy(b, n, to);
    xmlUnsetProp(to->last, BAD_CAST "minh");
    for (xmlNodePtr nam = to->last->children; nam; nam = nam->next) {
        xmlUnsetProp(nam, BAD_CAST "nguon");
        xmlUnsetProp(nam, BAD_CAST "hang-nguon");
    }
}

/* Of the map the tiles alone: which is a card's own is its own matter. */
static void keep_map(struct book *b, const xmlNode *map)
{
    keep_copy(b, map, xmlDocGetRootElement(b->kept));
    for (xmlNodePtr o = xmlGetLastChild(xmlDocGetRootElement(b->kept))->children; o; o = o->next) {
        xmlUnsetProp(o, BAD_CAST "minh");
        xmlUnsetProp(o, BAD_CAST "cung-vung");
    }
}

void book_note(struct book *b, xmlDocPtr card, size_t number)
{
    const xmlNode *root = xmlDocGetRootElement(card);
    struct part *part = &b->parts[b->entries[number].part];
    const char *date = node_attribute(&b->arena, root, "ngay");
    if (date && (!b->date || strcmp(date, b->date) > 0))
        b->date = arena_strdup(&b->arena, date);
    for (const xmlNode *n = root->children; n; n = n->next) {
        if (number == 0 && node_is(n, "ky"))
            keep_copy(b, n, xmlDocGetRootElement(b->kept));
        else if (number == 0 && node_is(n, "ban-do"))
            keep_map(b, n);
        else if (number == 0 && node_is(n, "chi-so"))
            keep_index(b, n);
        else if (number == part->first && node_is(n, "vung") && b->n_entries <= LISTED) {
            part->members = tree_add(xmlDocGetRootElement(b->kept), "vung");
            for (const xmlNode *t = n->children; t; t = t->next)
                if (node_is(t, "tinh"))
                    keep_member(b, t, part->members);
        }
    }
    note_figures(b, root, number);
}

/* ---- the tree ---- */

static void put_card(xmlNodePtr to, const struct entry *e, bool whole)
{
    xmlNodePtr n = tree_add(to, "phieu");
    tree_set(n, "ma", e->slug);
    tree_set(n, "ten", e->name);
    tree_set(n, "ten-ngan", e->short_name);
    tree_count(n, "trang", e->page);
    tree_set(n, "neo", e->target);
    if (!whole)
        return;
    tree_set(n, "ten-day-du", e->full_name);
    tree_count(n, "den-trang", e->last_page);
    tree_int(n, "so-lieu", (long)e->facts);
}

static xmlNodePtr put_part_head(const struct book *b, xmlNodePtr to, size_t number, size_t cards)
{
    const struct part *p = &b->parts[number];
    xmlNodePtr n = tree_add(to, "phan");
    tree_int(n, "so", (long)number + 1);
    tree_set(n, "ten", p->name);
    tree_int(n, "so-phieu", (long)cards);
    tree_count(n, "trang", p->page);
    tree_count(n, "den-trang", b->entries[p->first + p->n - 1].last_page);
    tree_set(n, "neo", p->target);
    return n;
}

static void copy_into(xmlNodePtr to, const xmlNode *n)
{
    xmlNodePtr copy = xmlDocCopyNode((xmlNodePtr)n, to->doc, 1);
    if (!copy)
        die("libxml2: out of memory");
    xmlAddChild(to, copy);
}

/* The standings of a part's own places, in its order: a region may have places that the book leaves out. */
static void put_members(const struct book *b, xmlNodePtr to, const struct part *p)
{
    struct arena a = { 0 };
    for (size_t i = p->first; p->members && i < p->first + p->n; i++)
        for (const xmlNode *t = p->members->children; t; t = t->next) {
            const char *slug = node_attribute(&a, t, "ma");
            if (slug && strcmp(slug, b->entries[i].slug) == 0)
                copy_into(to, t);
        }
    arena_clear(&a);
}

static void put_part(const struct book *b, xmlNodePtr to, size_t number, const struct piece *piece)
{
    const struct part *p = &b->parts[number];
    bool one = piece->card != SIZE_MAX;
    xmlNodePtr n = put_part_head(b, to, number, p->n);
    tree_flag(n, "nay", piece->part == number);
    for (size_t i = p->first; i < p->first + p->n; i++)
        if (!one || i == piece->card)
            put_card(n, &b->entries[i], true);
    if (!one)
        put_members(b, n, p);
}

static void put_parts_of(const struct book *b, xmlNodePtr to, const struct topic *t)
{
    for (size_t i = 0, k; i < t->n; i = k) {
        size_t part = b->entries[t->cards[i]].part;
        for (k = i; k < t->n && b->entries[t->cards[k]].part == part; k++)
            ;
        put_part_head(b, to, part, k - i);
    }
}

static void put_topics(const struct book *b, xmlNodePtr to)
{
    for (size_t i = 0; i < b->n_topics; i++) {
        const struct topic *t = &b->topics[i];
        if (!t->n)
            continue;
        xmlNodePtr n = tree_add(to, "muc");
        tree_set(n, "ma", t->code);
        tree_set(n, "ten", t->name);
        tree_set(n, "ten-ngan", t->short_name);
        tree_set(n, "nhom", t->group);
        tree_int(n, "so-phieu", (long)t->n);
        tree_flag(n, "moi-phieu", t->n == b->n_entries);
        for (size_t k = 0; k < t->n && t->n < b->n_entries && t->n <= LISTED; k++)
            put_card(n, &b->entries[t->cards[k]], false);
        if (t->n > LISTED && t->n < b->n_entries)
            put_parts_of(b, n, t);
    }
}

/* The map, with the tiles of a part's places marked. */
static void put_kept(const struct book *b, xmlNodePtr to, const struct piece *piece)
{
    struct arena a = { 0 };
    for (const xmlNode *n = xmlDocGetRootElement(b->kept)->children; n; n = n->next) {
        if (!node_is(n, "ban-do"))
            continue;
        copy_into(to, n);
        for (xmlNodePtr o = to->last->children; o && piece->part != SIZE_MAX; o = o->next) {
            const struct part *p = &b->parts[piece->part];
            const char *slug = node_attribute(&a, o, "ma");
            for (size_t i = p->first; slug && i < p->first + p->n; i++)
                tree_flag(o, "cung-vung", strcmp(slug, b->entries[i].slug) == 0);
        }
    }
    arena_clear(&a);
}

static void put_head(const struct book *b, xmlNodePtr root)
{
    struct arena a = { 0 };
    xmlNodePtr noi = tree_add(root, "noi");
    tree_set(noi, "ma", "tap");
    tree_set(noi, "ten", b->n_entries == 1 ? b->entries[0].name : arena_printf(&a, "%zu tỉnh, thành phố", b->n_entries));
    tree_int(noi, "bo", (long)b->set_size);
    tree_set(noi, "tinh-den", card_set_as_of(b->t->cards));
    for (const xmlNode *n = xmlDocGetRootElement(b->kept)->children; n; n = n->next)
        if (node_is(n, "ky") || node_is(n, "chi-so"))
            copy_into(root, n);
    arena_clear(&a);
}

xmlDocPtr book_tree(const struct book *b, const struct piece *piece)
{
    xmlDocPtr doc = tree_new("the");
    xmlNodePtr root = xmlDocGetRootElement(doc);
    size_t facts = 0;
    tree_int(root, "phien-ban", 1);
    tree_set(root, "loai", "tap");
    tree_set(root, "ngay", b->date);
    put_head(b, root);
    xmlNodePtr tap = tree_add(root, "tap");
    tree_set(tap, "doan", piece->name);
    tree_int(tap, "so-phieu", (long)b->n_entries);
    tree_count(tap, "so-trang", b->number);
    tree_int(tap, "bang-tra", b->number + 1);
    for (size_t i = 0; i < b->n_entries; i++)
        facts += b->entries[i].facts;
    tree_count(tap, "so-lieu", (long)facts);
    for (size_t i = 0; i < b->n_parts; i++)
        if (piece->part == SIZE_MAX || piece->part == i)
            put_part(b, tap, i, piece);
    if (piece->part == SIZE_MAX)
        put_topics(b, tap);
    if (piece->card == SIZE_MAX)
        put_kept(b, root, piece);
    return doc;
}
