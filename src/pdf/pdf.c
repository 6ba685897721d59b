/* The order of work.  pdf_add(): links first (they decide which element owns
 * a text), then each page's content, its dictionary, its annotations, then the
 * structure elements.  pdf_finish(): what needs to know everything: the
 * fonts' subsets, the trees, the catalog. */
#include "pdf/parts.h"

#include <stdlib.h>
#include <string.h>

struct pdf *pdf_open(struct diag *d)
{
    struct pdf *pdf = xcalloc(1, sizeof *pdf);
    if (!objects_open(&pdf->objects, d)) {
        pdf_close(pdf);
        return NULL;
    }
    pdf->resources = objects_reserve(&pdf->objects);
    codes_open(&pdf->codes, &pdf->objects);
    return pdf;
}

void pdf_close(struct pdf *pdf)
{
    if (!pdf)
        return;
    for (size_t i = 0; i < pdf->n_faces; i++)
        face_close(&pdf->faces[i]);
    objects_close(&pdf->objects);
    free(pdf);
}

struct face *pdf_face(struct pdf *pdf, const struct font *font, size_t *index)
{
    for (*index = 0; *index < pdf->n_faces; ++*index)
        if (pdf->faces[*index].font == font)
            return &pdf->faces[*index];
    struct face *f = ARENA_PUSH(&pdf->objects.arena, pdf->faces, pdf->n_faces, pdf->cap_faces);
    face_open(f, font, &pdf->codes);
    return f;
}

/* ---- links ---- */

static int by_anchor(const void *a, const void *b)
{
    return strcmp((*(const struct anchor *const *)a)->id, (*(const struct anchor *const *)b)->id);
}

struct document {                /* what one pdf_add() works on */
    struct pdf *pdf;
    const struct pages *pages;
    struct tags tags;
    const struct anchor **anchors; /* sorted by id */
    bool **line_ends;
};

static void sort_anchors(struct document *doc)
{
    size_t n = doc->pages->n_anchors;
    doc->anchors = arena_array(&doc->tags.arena, const struct anchor *, n);
    for (size_t i = 0; i < n; i++)
        doc->anchors[i] = &doc->pages->anchors[i];
    if (n)
        qsort(doc->anchors, n, sizeof *doc->anchors, by_anchor);
}

static const struct anchor *find_anchor(const struct document *doc, const char *id)
{
    struct anchor wanted = { .id = id };
    const struct anchor *key = &wanted;
    const struct anchor **found =
        doc->pages->n_anchors ? bsearch(&key, doc->anchors, doc->pages->n_anchors, sizeof *doc->anchors, by_anchor) : NULL;
    return found && (*found)->page >= 0 && (size_t)(*found)->page < doc->pages->n ? *found : NULL;
}

static int by_target(const void *a, const void *b)
{
    return strcmp(((const struct entry_target *)a)->name, ((const struct entry_target *)b)->name);
}

static const struct entry_target *find_target(struct pdf *pdf, const char *name)
{
    struct entry_target key = { .name = name };
    if (!pdf->n_targets)
        return NULL;
    if (!pdf->targets_sorted)
        qsort(pdf->targets, pdf->n_targets, sizeof *pdf->targets, by_target);
    pdf->targets_sorted = true;
    return bsearch(&key, pdf->targets, pdf->n_targets, sizeof *pdf->targets, by_target);
}

static bool leads_somewhere(const struct document *doc, const struct link *l)
{
    return l->node && l->to && *l->to && (l->to[0] != '#' || l->node->role == NODE_FORM || find_anchor(doc, l->to + 1) ||
                                          find_target(doc->pdf, l->to + 1));
}

/* An address in 7-bit ASCII, other bytes as %XX (RFC 3986, 2.1). */
static void put_uri(struct buf *out, const char *address)
{
    struct buf uri = { 0 };
    for (const unsigned char *p = (const unsigned char *)address; *p; p++)
        if (*p <= ' ' || *p >= 0x7F || strchr("\"<>\\^`{|}", *p))
            buf_printf(&uri, "%%%02X", *p);
        else
            buf_char(&uri, (char)*p);
    objects_put_bytes(out, uri.data, uri.len);
    buf_clear(&uri);
}

static void put_point(struct buf *out, double v)
{
    objects_put_fixed(out, (long long)(v * 100 + (v < 0 ? -0.5 : 0.5)), 2);
    buf_char(out, ' ');
}

static void put_target(const struct document *doc, const struct link *l, struct buf *out)
{
    if (l->to[0] != '#') {
        buf_str(out, "/A<</S/URI/URI");
        put_uri(out, l->to);
        buf_str(out, ">>");
        return;
    }
    const struct anchor *a = find_anchor(doc, l->to + 1);
    const struct entry_target *t = a ? NULL : find_target(doc->pdf, l->to + 1);
    buf_printf(out, "/Dest[%u 0 R/XYZ ", a ? doc->tags.page_objects[a->page] : t->page);
    put_point(out, a ? a->x : 0);
    put_point(out, a ? doc->pages->items[a->page].height - a->y : t->height);
    buf_str(out, "null]");
}

static void write_link(struct document *doc, const struct link *l, size_t page, unsigned number)
{
    struct buf out = { 0 };
    double h = doc->pages->items[page].height;
    unsigned key = tags_annotation(&doc->tags, l->node, number, page);

    buf_str(&out, "<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
    put_point(&out, l->x0);
    put_point(&out, h - l->y1);
    put_point(&out, l->x1);
    put_point(&out, h - l->y0);
    buf_str(&out, "]/Contents");
    objects_put_string(&out, l->contents && *l->contents ? l->contents : l->to);
    buf_printf(&out, "/StructParent %u", key);
    put_target(doc, l, &out);
    buf_str(&out, ">>");
    objects_text(&doc->pdf->objects, number, out.data, out.len);
    buf_clear(&out);
}

/* A name of a field that no other field of the file has. */
static const char *field_name(struct pdf *pdf, const char *name)
{
    for (size_t i = 0; i < pdf->n_fields; i++)
        if (strcmp(pdf->fields[i].name, name) == 0)
            return arena_printf(&pdf->objects.arena, "%s-%zu", name, pdf->n_fields + 1);
    return arena_strdup(&pdf->objects.arena, name);
}

/* A signature field and its widget in one (12.7.4.5); empty, and with an empty appearance. */
static void write_field(struct document *doc, const struct link *l, size_t page, unsigned number)
{
    struct objects *o = &doc->pdf->objects;
    struct buf out = { 0 };
    double h = doc->pages->items[page].height;
    unsigned key = tags_annotation(&doc->tags, l->node, number, page), look = objects_reserve(o);
    struct entry_field *f = ARENA_PUSH(&o->arena, doc->pdf->fields, doc->pdf->n_fields, doc->pdf->cap_fields);

    doc->pdf->n_fields--; /* not among those that its name is compared with */
    f->name = field_name(doc->pdf, l->to);
    f->object = number;
    doc->pdf->n_fields++;
    buf_str(&out, "/Type/XObject/Subtype/Form/Resources<<>>/BBox[0 0 ");
    put_point(&out, l->x1 - l->x0);
    put_point(&out, l->y1 - l->y0);
    buf_char(&out, ']');
    objects_stream(o, look, out.data, "", 0, false);
    buf_reset(&out);
    buf_str(&out, "<</Type/Annot/Subtype/Widget/FT/Sig/F 4/T");
    objects_put_string(&out, f->name);
    buf_str(&out, "/TU");
    objects_put_string(&out, l->contents);
    buf_printf(&out, "/P %u 0 R/StructParent %u/AP<</N %u 0 R>>/Rect[", doc->tags.page_objects[page], key, look);
    put_point(&out, l->x0);
    put_point(&out, h - l->y1);
    put_point(&out, l->x1);
    put_point(&out, h - l->y0);
    buf_str(&out, "]>>");
    objects_text(o, number, out.data, out.len);
    buf_clear(&out);
}

static void announce_links(struct document *doc, struct diag *d)
{
    for (size_t i = 0; i < doc->pages->n; i++)
        for (size_t k = 0; k < doc->pages->items[i].n_links; k++) {
            const struct link *l = &doc->pages->items[i].links[k];
            if (l->node && l->node->role == NODE_FORM)
                continue;
            if (leads_somewhere(doc, l))
                tags_link(&doc->tags, l->node);
            else
                diag_warning(d, (struct at){ 0 }, _("page %zu: a link to \"%s\" leads nowhere and is left out"), i + 1,
                             l->to ? l->to : "");
        }
}

static void write_links(struct document *doc, size_t page, struct buf *annots)
{
    const struct page *p = &doc->pages->items[page];
    for (size_t k = 0; k < p->n_links; k++)
        if (leads_somewhere(doc, &p->links[k])) {
            unsigned number = objects_reserve(&doc->pdf->objects);
            if (p->links[k].node->role == NODE_FORM)
                write_field(doc, &p->links[k], page, number);
            else
                write_link(doc, &p->links[k], page, number);
            buf_printf(annots, " %u 0 R", number);
        }
}

/* ---- pages ---- */

static void put_box(struct objects *o, HPDF_Page page, const char *name, const struct page *p, double around)
{
    HPDF_Box box = { (HPDF_REAL)-around, (HPDF_REAL)-around, (HPDF_REAL)(p->width + around),
                     (HPDF_REAL)(p->height + around) };
    HPDF_Dict_Add(page, name, HPDF_Box_Array_New(o->doc->mmgr, box));
}

/* The trimmed page begins at 0 0 in every file, so that nothing on it moves; the sheet reaches below 0. */
static void put_boxes(struct objects *o, HPDF_Page page, const struct page *p)
{
    if (page_around(p) <= 0)
        return;
    put_box(o, page, "MediaBox", p, page_around(p));
    put_box(o, page, "BleedBox", p, p->bleed);
    put_box(o, page, "TrimBox", p, 0);
}

/* libharu makes the page and its place in the page tree; its content stream
 * gives way to ours, its resources to the dictionary that all pages share. */
static HPDF_Page new_page(struct document *doc, size_t i)
{
    struct objects *o = &doc->pdf->objects;
    HPDF_Page page = HPDF_AddPage(o->doc);

    if (!page)
        return NULL;
    HPDF_Page_SetWidth(page, (HPDF_REAL)doc->pages->items[i].width);
    HPDF_Page_SetHeight(page, (HPDF_REAL)doc->pages->items[i].height);
    put_boxes(o, page, &doc->pages->items[i]);
    HPDF_Dict contents = HPDF_Dict_GetItem(page, "Contents", HPDF_OCLASS_DICT);
    if (contents) {
        objects_drop(o, HPDF_Dict_GetItem(contents, "Length", HPDF_OCLASS_NUMBER));
        objects_drop(o, contents);
    }
    objects_refer(o, page, "Resources", doc->pdf->resources);
    HPDF_Dict_AddName(page, "Tabs", "S");
    struct entry_page *p = ARENA_PUSH(&o->arena, doc->pdf->pages, doc->pdf->n_pages, doc->pdf->cap_pages);
    p->object = objects_number(page);
    p->section = doc->pdf->section;
    p->height = doc->pages->items[i].height;
    p->label = arena_strdup(&o->arena, doc->pages->items[i].label);
    doc->tags.page_objects[i] = p->object;
    return page;
}

static bool draw_page(struct document *doc, HPDF_Page page, size_t i, struct diag *d)
{
    struct objects *o = &doc->pdf->objects;
    struct buf content = { 0 };
    unsigned key = tags_page(&doc->tags, i), stream = objects_reserve(o);
    bool done = content_write(doc->pdf, &doc->tags, &doc->pages->items[i], doc->line_ends[i], &content, d);

    tags_page_end(&doc->tags, key);
    HPDF_Dict_AddNumber(page, "StructParents", (HPDF_INT32)key);
    objects_stream(o, stream, "", content.data ? content.data : "", content.len, true);
    objects_seal(o, page, content.data ? content.data : "", content.len);
    objects_refer(o, page, "Contents", stream);
    buf_clear(&content);
    return done;
}

static void annotate_page(struct document *doc, HPDF_Page page, size_t i)
{
    struct objects *o = &doc->pdf->objects;
    struct buf annots = { 0 };

    write_links(doc, i, &annots);
    if (annots.len) {
        unsigned number = objects_reserve(o);
        buf_char(&annots, ']');
        char *list = arena_printf(&doc->tags.arena, "[%s", annots.data);
        objects_text(o, number, list, strlen(list));
        objects_refer(o, page, "Annots", number);
    }
    buf_clear(&annots);
}

static void keep_bookmarks(struct document *doc)
{
    struct pdf *pdf = doc->pdf;
    for (size_t i = 0; i < doc->pages->n_bookmarks; i++) {
        const struct bookmark *b = &doc->pages->bookmarks[i];
        if (b->page < 0 || (size_t)b->page >= doc->pages->n)
            continue;
        struct entry_bookmark *e =
            ARENA_PUSH(&pdf->objects.arena, pdf->bookmarks, pdf->n_bookmarks, pdf->cap_bookmarks);
        e->level = b->level;
        e->section = pdf->section;
        e->title = arena_strdup(&pdf->objects.arena, b->title ? b->title : "");
        e->page = doc->tags.page_objects[b->page];
        e->y = doc->pages->items[b->page].height - b->y;
    }
}

bool pdf_add(struct pdf *pdf, const struct pages *pages, struct diag *d)
{
    struct document doc = { .pdf = pdf, .pages = pages };
    bool done = true;

    pdf->added = pages->n;
    tags_open(&doc.tags, &pdf->tree, &pdf->objects, pages);
    sort_anchors(&doc);
    announce_links(&doc, d);
    doc.line_ends = lines_find(pages, &doc.tags.arena);
    HPDF_Page *made = arena_array(&doc.tags.arena, HPDF_Page, pages->n);
    for (size_t i = 0; i < pages->n && done; i++) {
        made[i] = new_page(&doc, i);
        done = made[i] != NULL;
    }
    for (size_t i = 0; i < pages->n && done; i++)
        done = draw_page(&doc, made[i], i, d);
    for (size_t i = 0; i < pages->n && done; i++)
        annotate_page(&doc, made[i], i);
    if (done) {
        tags_write(&doc.tags, pages->root);
        pdf->tree.roots[pdf->tree.n_roots - 1].section = pdf->section;
        keep_bookmarks(&doc);
    }
    tags_close(&doc.tags);
    return objects_ok(&pdf->objects, d) && done;
}

void pdf_section(struct pdf *pdf, unsigned section)
{
    pdf->section = section;
}

void pdf_target(struct pdf *pdf, const char *name)
{
    struct arena *a = &pdf->objects.arena;
    if (!pdf->added)
        return;
    const struct entry_page *p = &pdf->pages[pdf->n_pages - pdf->added];
    *ARENA_PUSH(a, pdf->targets, pdf->n_targets, pdf->cap_targets) =
        (struct entry_target){ arena_strdup(a, name), p->object, p->height };
    pdf->targets_sorted = false;
}

void pdf_attach(struct pdf *pdf, const struct attachment *file, const char *date)
{
    struct objects *o = &pdf->objects;
    struct entry_file *f = ARENA_PUSH(&o->arena, pdf->files, pdf->n_files, pdf->cap_files);
    f->name = arena_strdup(&o->arena, file->name);
    f->spec = attach_file(o, file, date);
    if (pdf->tree.n_roots && !pdf->tree.roots[pdf->tree.n_roots - 1].file)
        pdf->tree.roots[pdf->tree.n_roots - 1].file = f->spec;
}

void pdf_attach_same(struct pdf *pdf)
{
    if (pdf->tree.n_roots && pdf->n_files)
        pdf->tree.roots[pdf->tree.n_roots - 1].file = pdf->files[pdf->n_files - 1].spec;
}

/* ---- the end ---- */

struct place_of { unsigned section; size_t index; };

static int by_section(const void *a, const void *b)
{
    const struct place_of *x = a, *y = b;
    if (x->section != y->section)
        return x->section < y->section ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Puts items in the order of their sections, those of one as they are. */
static void arrange(struct arena *a, const struct place_of *order, void *items, size_t n, size_t size)
{
    char *copy = arena_alloc(a, n, size), *to = items;
    if (n)
        memcpy(copy, items, n * size);
    for (size_t i = 0; i < n; i++)
        memcpy(to + i * size, copy + order[i].index * size, size);
}

/* The order of n items, whose sections `section` tells; NULL if they are in it. */
static struct place_of *order_of(const struct pdf *pdf, struct arena *a, size_t n,
                                 unsigned (*section)(const struct pdf *, size_t))
{
    struct place_of *order = arena_array(a, struct place_of, n);
    bool sorted = true;
    for (size_t i = 0; i < n; i++) {
        order[i] = (struct place_of){ section(pdf, i), i };
        sorted = sorted && (!i || order[i - 1].section <= order[i].section);
    }
    if (!sorted)
        qsort(order, n, sizeof *order, by_section);
    return sorted ? NULL : order;
}

static unsigned page_section(const struct pdf *pdf, size_t i) { return pdf->pages[i].section; }
static unsigned bookmark_section(const struct pdf *pdf, size_t i) { return pdf->bookmarks[i].section; }
static unsigned root_section(const struct pdf *pdf, size_t i) { return pdf->tree.roots[i].section; }

/* libharu has the pages in the order in which they were added, in one array. */
static void arrange_sections(struct pdf *pdf)
{
    struct arena a = { 0 };
    HPDF_Array kids = HPDF_Dict_GetItem(pdf->objects.doc->root_pages, "Kids", HPDF_OCLASS_ARRAY);
    struct place_of *order = order_of(pdf, &a, pdf->n_pages, page_section);
    if (order && kids && kids->list->count == pdf->n_pages) {
        arrange(&a, order, pdf->pages, pdf->n_pages, sizeof *pdf->pages);
        arrange(&a, order, kids->list->obj, pdf->n_pages, sizeof *kids->list->obj);
    }
    order = order_of(pdf, &a, pdf->n_bookmarks, bookmark_section);
    if (order)
        arrange(&a, order, pdf->bookmarks, pdf->n_bookmarks, sizeof *pdf->bookmarks);
    order = order_of(pdf, &a, pdf->tree.n_roots, root_section);
    if (order)
        arrange(&a, order, pdf->tree.roots, pdf->tree.n_roots, sizeof *pdf->tree.roots);
    arena_clear(&a);
}

static void write_resources(struct pdf *pdf)
{
    struct buf text = { 0 };

    buf_str(&text, "<</Font<<");
    for (size_t i = 0; i < pdf->n_faces; i++)
        buf_printf(&text, "/F%zu %u 0 R", i, pdf->faces[i].object);
    buf_str(&text, ">>/XObject<<");
    for (size_t i = 0; i < pdf->n_pictures; i++)
        buf_printf(&text, "/I%zu %u 0 R", i, pdf->pictures[i].object);
    buf_str(&text, ">>>>");
    objects_text(&pdf->objects, pdf->resources, text.data, text.len);
    buf_clear(&text);
}

static void refer(struct pdf *pdf, const char *key, unsigned number)
{
    if (number)
        objects_refer(&pdf->objects, pdf->objects.doc->catalog, key, number);
}

static void put_inner(struct pdf *pdf, HPDF_Dict in, const char *key, const char *name)
{
    HPDF_Dict dict = objects_inner(&pdf->objects);
    HPDF_Dict_AddBoolean(dict, name, HPDF_TRUE);
    HPDF_Dict_Add(in, key, dict);
}

static unsigned write_form(struct pdf *pdf)
{
    struct buf text = { 0 };
    if (!pdf->n_fields)
        return 0;
    unsigned number = objects_reserve(&pdf->objects);
    buf_str(&text, "<</SigFlags 1/Fields[");
    for (size_t i = 0; i < pdf->n_fields; i++)
        buf_printf(&text, " %u 0 R", pdf->fields[i].object);
    buf_str(&text, "]>>");
    objects_text(&pdf->objects, number, text.data, text.len);
    buf_clear(&text);
    return number;
}

static bool write_catalog(struct pdf *pdf, const struct pdf_info *info, struct diag *d)
{
    struct objects *o = &pdf->objects;
    HPDF_Dict catalog = o->doc->catalog;
    unsigned files, names;
    for (size_t i = 0; i < info->n_attachments; i++)
        pdf_attach(pdf, &info->attachments[i], info->date);
    bool done = attach_write(pdf, &files, &names, d);

    objects_string(o, catalog, "Lang", info->lang && *info->lang ? info->lang : "vi-VN");
    put_inner(pdf, catalog, "MarkInfo", "Marked");
    put_inner(pdf, catalog, "ViewerPreferences", "DisplayDocTitle");
    refer(pdf, "StructTreeRoot", tree_write(&pdf->tree, o));
    refer(pdf, "Metadata", meta_xmp(o, info));
    refer(pdf, "OutputIntents", meta_output_intent(o));
    refer(pdf, "Outlines", outline_write(pdf));
    refer(pdf, "PageLabels", labels_write(pdf));
    refer(pdf, "AF", files);
    refer(pdf, "AcroForm", write_form(pdf));
    if (names) {
        HPDF_Dict dict = objects_inner(o);
        HPDF_Dict_Add(catalog, "Names", dict);
        objects_refer(o, dict, "EmbeddedFiles", names);
    }
    if (pdf->n_bookmarks)
        HPDF_Dict_AddName(catalog, "PageMode", "UseOutlines");
    return done;
}

bool pdf_finish(struct pdf *pdf, const struct pdf_info *info, struct buf *out, struct diag *d)
{
    struct objects *o = &pdf->objects;
    bool done = true;

    arrange_sections(pdf);
    for (size_t i = 0; i < pdf->n_faces; i++)
        done &= face_finish(&pdf->faces[i], d);
    codes_finish(&pdf->codes);
    write_resources(pdf);
    done &= write_catalog(pdf, info, d);
    HPDF_Dict information = meta_info(o, info);
    if (!done || !objects_ok(o, d))
        return false;
    objects_save(o, information, out);
    return objects_ok(o, d);
}
