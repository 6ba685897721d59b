/* Bookmarks (12.3.3) and page labels (12.4.2). */
#include "pdf/parts.h"

#include <stdlib.h>
#include <string.h>

struct item { unsigned object, parent, first, last, previous, next; int kids, level; };

/* Links each bookmark to its parent, the nearest one before it of a lower level. */
static void link_items(struct pdf *pdf, struct item *items, unsigned root, struct item *top)
{
    size_t *path = arena_array(&pdf->objects.arena, size_t, pdf->n_bookmarks + 1), depth = 0;
    *top = (struct item){ .object = root };
    for (size_t i = 0; i < pdf->n_bookmarks; i++) {
        struct item *it = &items[i];
        it->level = pdf->bookmarks[i].level;
        it->object = objects_reserve(&pdf->objects);
        while (depth && items[path[depth - 1]].level >= it->level)
            depth--;
        struct item *up = depth ? &items[path[depth - 1]] : top;
        it->parent = up->object;
        it->previous = up->last;
        if (up->last)
            for (size_t k = i; k-- > 0;)
                if (items[k].object == up->last) {
                    items[k].next = it->object;
                    break;
                }
        if (!up->first)
            up->first = it->object;
        up->last = it->object;
        up->kids++;
        path[depth++] = i;
    }
}

static void put_link(struct buf *out, const char *key, unsigned object)
{
    if (object)
        buf_printf(out, "/%s %u 0 R", key, object);
}

static void put_item(struct pdf *pdf, const struct item *it, const struct entry_bookmark *b, struct buf *out)
{
    buf_str(out, "<</Title");
    objects_put_string(out, b->title);
    put_link(out, "Parent", it->parent);
    put_link(out, "Prev", it->previous);
    put_link(out, "Next", it->next);
    put_link(out, "First", it->first);
    put_link(out, "Last", it->last);
    if (it->kids) /* negative: closed, which a long list wants */
        buf_printf(out, "/Count %d", -it->kids);
    buf_printf(out, "/Dest[%u 0 R/XYZ null ", b->page);
    objects_put_fixed(out, (long long)(b->y * 100), 2);
    buf_str(out, " null]>>");
    objects_text(&pdf->objects, it->object, out->data, out->len);
}

unsigned outline_write(struct pdf *pdf)
{
    struct objects *o = &pdf->objects;
    struct buf text = { 0 };
    struct item top;

    if (!pdf->n_bookmarks)
        return 0;
    unsigned root = objects_reserve(o);
    struct item *items = arena_array(&o->arena, struct item, pdf->n_bookmarks);
    link_items(pdf, items, root, &top);
    for (size_t i = 0; i < pdf->n_bookmarks; i++) {
        buf_reset(&text);
        put_item(pdf, &items[i], &pdf->bookmarks[i], &text);
    }
    buf_reset(&text);
    buf_printf(&text, "<</Type/Outlines/First %u 0 R/Last %u 0 R/Count %d>>", top.first, top.last, top.kids);
    objects_text(o, root, text.data, text.len);
    buf_clear(&text);
    return root;
}

/* ---- page labels ---- */

static bool is_number(const char *s)
{
    size_t n = s ? strspn(s, "0123456789") : 0;
    return n && n < 9 && !s[n] && s[0] != '0';
}

/* "iii" as a number up to 399; 0: it is none. */
static long roman_number(const char *s)
{
    static const struct { int value; const char *sign; } signs[] = {
        { 100, "c" }, { 90, "xc" }, { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" } };
    long n = 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs && s; i++)
        for (size_t len = strlen(signs[i].sign); strncmp(s, signs[i].sign, len) == 0 && n < 400; s += len)
            n += signs[i].value;
    return s && !*s ? n : 0;
}

unsigned labels_write(struct pdf *pdf)
{
    struct buf text = { 0 };
    long expected = -1; /* of a running range; -1: the next page begins one */
    char style = 'D';   /* and its figures */
    bool any = false;

    buf_str(&text, "<</Nums[");
    for (size_t i = 0; i < pdf->n_pages; i++) {
        const char *label = pdf->pages[i].label;
        if (!label && expected >= 0) { /* goes on: the blank back of a sheet */
            expected++;
            continue;
        }
        any |= label != NULL;
        bool arabic = is_number(label);
        long number = arabic ? atol(label) : roman_number(label);
        if (number) {
            if (number != expected || style != (arabic ? 'D' : 'r'))
                buf_printf(&text, "%zu<</S/%c/St %ld>>", i, arabic ? 'D' : 'r', number);
            expected = number + 1;
            style = arabic ? 'D' : 'r';
            continue;
        }
        buf_printf(&text, "%zu<</P", i);
        objects_put_string(&text, label ? label : "");
        buf_str(&text, ">>");
        expected = -1;
    }
    buf_str(&text, "]>>");
    unsigned number = any ? objects_reserve(&pdf->objects) : 0;
    if (any)
        objects_text(&pdf->objects, number, text.data, text.len);
    buf_clear(&text);
    return number;
}
