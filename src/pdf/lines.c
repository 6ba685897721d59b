/* Where a line of text ends inside a block, a reader of the text needs a word
 * space that the page does not show (ISO 32000-1, 14.8.2.5): the typesetter
 * drops it, and two words would be read as one.  This finds the lines. */
#include "pdf/parts.h"

#include <math.h>
#include <string.h>

struct last { const struct mark *mark; size_t page, index; };

static const struct node *block_of(const struct node *n)
{
    while (n && (n->role == NODE_SPAN || n->role == NODE_LINK || n->role == NODE_REFERENCE))
        n = n->parent;
    return n;
}

static bool ends_with(const char *text, size_t len, const char *end)
{
    size_t n = strlen(end);
    return len >= n && memcmp(text + len - n, end, n) == 0;
}

/* "2023–" goes on without a space on the next line, "A –" does not. */
static bool wants_space(const struct mark *m)
{
    static const char *const joints[] = { "-", "/", "\xE2\x80\x93", "\xE2\x80\x94" };
    const char *text = m->u.glyphs.text;
    size_t len = m->u.glyphs.len;

    if (!len || text[len - 1] == ' ')
        return false;
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        size_t n = strlen(joints[i]);
        if (ends_with(text, len, joints[i]))
            return len > n && text[len - n - 1] == ' ';
    }
    return true;
}

/* Another page, or another baseline by more than a superscript rises. */
static bool new_line(const struct last *a, size_t page, const struct mark *b)
{
    double size = fmax(a->mark->u.glyphs.size, b->u.glyphs.size);
    return a->page != page || fabs(a->mark->u.glyphs.y - b->u.glyphs.y) > 0.5 * size;
}

bool **lines_find(const struct pages *pages, struct arena *a)
{
    struct last *lasts = arena_array(a, struct last, pages->n_nodes + 1);
    bool **ends = arena_array(a, bool *, pages->n);

    for (size_t i = 0; i < pages->n; i++) {
        const struct page *p = &pages->items[i];
        ends[i] = arena_array(a, bool, p->n_marks);
        for (size_t k = 0; k < p->n_marks; k++) {
            const struct mark *m = &p->marks[k];
            const struct node *block = m->kind == MARK_GLYPHS && m->u.glyphs.n ? block_of(m->node) : NULL;
            if (!block || block->number >= pages->n_nodes || block->role == NODE_FIGURE)
                continue;
            struct last *l = &lasts[block->number];
            if (l->mark && new_line(l, i, m))
                ends[l->page][l->index] = wants_space(l->mark);
            *l = (struct last){ m, i, k };
        }
    }
    return ends;
}
