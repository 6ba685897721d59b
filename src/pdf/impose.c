/* Signatures of a booklet are as even as they can be: 13 sheets in signatures
 * of at most 4 are 4, 3, 3, 3 and not 4, 4, 4, 1, since a single sheet hangs
 * loosely in the stitching. */
#include "pdf/impose.h"

#include "pdf/restructure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct side {          /* of a sheet, as it is made */
    struct buf content, forms;
    qpdf_oh page;
};
struct source {        /* a page as it is put */
    double box[4];     /* its trim box, in its own space */
    int turn;          /* 0, 90, 180, 270 clockwise */
    double width, height; /* as it is read */
};
struct work {
    struct reader *r;
    const struct impose *o;
    struct imposed *result;
    struct source *sources;
    struct placed *placed;
    struct places places;
    size_t n;
};

bool impose_paper(const char *name, double size[2])
{
    static const int mm[7][2] = { { 841, 1189 }, { 594, 841 }, { 420, 594 }, { 297, 420 }, { 210, 297 }, { 148, 210 }, { 105, 148 } };
    if ((name[0] != 'A' && name[0] != 'a') || name[1] < '0' || name[1] > '6' || name[2])
        return false;
    size[0] = mm[name[1] - '0'][0] * 72 / 25.4;
    size[1] = mm[name[1] - '0'][1] * 72 / 25.4;
    return true;
}

/* ---- which page where ---- */

static void put_places(struct places *p, size_t sheet, int depth, size_t n, const size_t pages[4])
{
    p->depth[sheet] = depth;
    for (int i = 0; i < 4; i++)
        p->at[sheet][i] = pages[i] < n ? pages[i] + 1 : 0;
}

void impose_places(const struct impose *o, size_t n, struct places *p, struct arena *a)
{
    p->sheets = (n + 3) / 4;
    p->at = arena_alloc(a, p->sheets, sizeof *p->at);
    p->depth = arena_array(a, int, p->sheets);
    size_t most = o->signature > 0 ? (size_t)o->signature : p->sheets;
    size_t signatures = most ? (p->sheets + most - 1) / most : 0, sheet = 0;
    for (size_t s = 0; s < signatures && o->as == IMPOSE_BOOKLET; s++) {
        size_t own = p->sheets / signatures + (s < p->sheets % signatures), first = 4 * sheet, last = first + 4 * own - 1;
        for (size_t k = 0; k < own; k++, sheet++)
            put_places(p, sheet, (int)k, n, (size_t[]){ last - 2 * k, first + 2 * k, first + 2 * k + 1, last - 2 * k - 1 });
    }
    for (; sheet < p->sheets; sheet++)
        put_places(p, sheet, 0, n, (size_t[]){ 4 * sheet, 4 * sheet + 1, 4 * sheet + 2, 4 * sheet + 3 });
}

/* ---- the pages ---- */

static bool read_box(struct reader *r, qpdf_oh page, const char *key, double box[4])
{
    qpdf_oh array = file_key(r, page, key);
    if (file_count(r, array) != 4)
        return false;
    for (int i = 0; i < 4; i++) {
        qpdf_oh number = file_item(r, array, i);
        box[i] = qpdf_oh_is_number(r->q, number) ? qpdf_oh_get_numeric_value(r->q, number) : 0;
    }
    for (int i = 0; i < 2; i++)
        if (box[i] > box[i + 2]) {
            double swap = box[i];
            box[i] = box[i + 2];
            box[i + 2] = swap;
        }
    return box[2] - box[0] >= 1 && box[3] - box[1] >= 1 && fabs(box[0]) < 1e6 && fabs(box[1]) < 1e6 && box[2] < 1e6 && box[3] < 1e6;
}

static bool read_source(struct reader *r, size_t i, struct source *s, struct diag *d)
{
    qpdf_oh page = qpdf_get_page_n(r->q, i), turn = file_key(r, page, "/Rotate");
    if (!read_box(r, page, "/TrimBox", s->box) && !read_box(r, page, "/CropBox", s->box) && !read_box(r, page, "/MediaBox", s->box)) {
        diag_error(d, (struct at){ .file = r->path }, _("page %zu has no size"), i + 1);
        return false;
    }
    int degrees = qpdf_oh_is_integer(r->q, turn) ? qpdf_oh_get_int_value_as_int(r->q, turn) : 0;
    s->turn = ((degrees % 360 + 360) % 360) / 90 * 90;
    bool lies = s->turn % 180 != 0;
    s->width = s->box[lies ? 3 : 2] - s->box[lies ? 1 : 0];
    s->height = s->box[lies ? 2 : 3] - s->box[lies ? 0 : 1];
    return true;
}

/* From the page's space to a place at (x, y), scaled. */
static void page_matrix(const struct source *s, double x, double y, double k, double m[6])
{
    const double *b = s->box;
    switch (s->turn) {
    case 90:
        memcpy(m, (double[]){ 0, -k, k, 0, x - k * b[1], y + k * b[2] }, 6 * sizeof *m);
        break;
    case 180:
        memcpy(m, (double[]){ -k, 0, 0, -k, x + k * b[2], y + k * b[3] }, 6 * sizeof *m);
        break;
    case 270:
        memcpy(m, (double[]){ 0, k, -k, 0, x + k * b[3], y - k * b[0] }, 6 * sizeof *m);
        break;
    default:
        memcpy(m, (double[]){ k, 0, 0, k, x - k * b[0], y - k * b[1] }, 6 * sizeof *m);
    }
}

/* The page's drawing as a stream of its own: as it is packed if it is one stream, else joined. */
static qpdf_oh copy_content(struct reader *r, qpdf_oh page)
{
    qpdf_oh contents = file_key(r, page, "/Contents"), out = qpdf_oh_new_stream(r->q);
    qpdf_oh filter = qpdf_oh_new_null(r->q), parms = filter;
    unsigned char *data = NULL;
    size_t len = 0;
    if (qpdf_oh_is_stream(r->q, contents)) {
        filter = file_key(r, contents, "/Filter");
        parms = file_key(r, contents, "/DecodeParms");
        qpdf_oh_get_stream_data(r->q, contents, qpdf_dl_none, NULL, &data, &len);
    } else if (qpdf_oh_is_array(r->q, contents)) {
        qpdf_oh_get_page_content_data(r->q, page, &data, &len);
    }
    qpdf_oh_replace_stream_data(r->q, out, data ? data : (const unsigned char *)"", len, filter, parms);
    free(data);
    return out;
}

static qpdf_oh make_form(struct reader *r, qpdf_oh page, const struct source *s)
{
    static const char *const kept[] = { "/Resources", "/Group", "/StructParents" };
    qpdf_oh form = copy_content(r, page), dict = qpdf_oh_get_dict(r->q, form);
    char box[160];
    snprintf(box, sizeof box, "[%.3f %.3f %.3f %.3f]", s->box[0], s->box[1], s->box[2], s->box[3]);
    qpdf_oh_replace_key(r->q, dict, "/Type", qpdf_oh_new_name(r->q, "/XObject"));
    qpdf_oh_replace_key(r->q, dict, "/Subtype", qpdf_oh_new_name(r->q, "/Form"));
    qpdf_oh_replace_key(r->q, dict, "/BBox", qpdf_oh_parse(r->q, box));
    for (int i = 0; i < 3; i++) {
        qpdf_oh value = file_key(r, page, kept[i]);
        if (!qpdf_oh_is_null(r->q, value))
            qpdf_oh_replace_key(r->q, dict, kept[i], value);
    }
    return form;
}

/* ---- the sheets ---- */

static void begin_side(struct work *w, struct side *s)
{
    char box[80];
    *s = (struct side){ .page = qpdf_make_indirect_object(w->r->q, qpdf_oh_new_dictionary(w->r->q)) };
    snprintf(box, sizeof box, "[0 0 %.3f %.3f]", w->result->width, w->result->height);
    qpdf_oh_replace_key(w->r->q, s->page, "/Type", qpdf_oh_new_name(w->r->q, "/Page"));
    qpdf_oh_replace_key(w->r->q, s->page, "/MediaBox", qpdf_oh_parse(w->r->q, box));
    qpdf_oh_replace_key(w->r->q, s->page, "/Tabs", qpdf_oh_new_name(w->r->q, "/S"));
    qpdf_oh resources = qpdf_oh_new_dictionary(w->r->q);
    qpdf_oh_replace_key(w->r->q, resources, "/XObject", qpdf_oh_new_dictionary(w->r->q));
    qpdf_oh_replace_key(w->r->q, s->page, "/Resources", resources);
}

static void draw(struct work *w, struct side *s, qpdf_oh form, const char *name, const double m[6], bool artifact)
{
    qpdf_oh forms = file_key(w->r, file_key(w->r, s->page, "/Resources"), "/XObject");
    qpdf_oh_replace_key(w->r->q, forms, name, form);
    buf_printf(&s->content, "%sq %.6f %.6f %.6f %.6f %.3f %.3f cm %s Do Q%s\n", artifact ? "/Artifact BMC " : "", m[0], m[1], m[2],
               m[3], m[4], m[5], name, artifact ? " EMC" : "");
}

/* What a field or a stamp looks like on paper (12.5.5, algorithm 8.1): its box, under its matrix, fills its rectangle. */
static void draw_annotation(struct work *w, struct side *s, qpdf_oh annot, const struct placed *p, const char *name)
{
    struct reader *r = w->r;
    qpdf_oh flags = file_key(r, annot, "/F"), look = file_key(r, file_key(r, annot, "/AP"), "/N");
    int f = qpdf_oh_is_integer(r->q, flags) ? qpdf_oh_get_int_value_as_int(r->q, flags) : 0;
    const char *state = file_name(r, file_key(r, annot, "/AS"));
    double rect[4], box[4];
    if (qpdf_oh_is_dictionary(r->q, look) && state)
        look = file_key(r, look, state);
    if ((f & 2) || !(f & 4) || !qpdf_oh_is_stream(r->q, look) || !read_box(r, annot, "/Rect", rect) ||
        !read_box(r, qpdf_oh_get_dict(r->q, look), "/BBox", box) ||
        file_count(r, file_key(r, look, "/Matrix"))) /* turned ones do not occur on our pages */
        return;
    double kx = (rect[2] - rect[0]) / (box[2] - box[0]), ky = (rect[3] - rect[1]) / (box[3] - box[1]);
    double tx = rect[0] - kx * box[0], ty = rect[1] - ky * box[1];
    const double *m = p->m;
    draw(w, s, look, name,
         (double[]){ m[0] * kx, m[1] * kx, m[2] * ky, m[3] * ky, m[0] * tx + m[2] * ty + m[4], m[1] * tx + m[3] * ty + m[5] }, true);
}

/* Page `i` into the half `place` (0, 1) of a side; `inward`: pt towards the fold. */
static void put_page(struct work *w, struct side *s, size_t i, int place, double inward)
{
    struct reader *r = w->r;
    const struct source *src = &w->sources[i];
    bool across = w->result->across, booklet = w->o->as == IMPOSE_BOOKLET;
    double cw = across ? w->result->width / 2 : w->result->width, ch = across ? w->result->height : w->result->height / 2;
    double k = fmin(fmin(cw / src->width, ch / src->height), 1);
    if (k > 1 - 1e-3)
        k = 1; /* half an A3 is an A4 but for half a millimetre */
    double free_x = cw - k * src->width, x = across && place ? cw : 0, y = !across && !place ? ch : 0;
    /* A booklet's pages lie at the fold, others in the middle of their half. */
    x += booklet ? (place ? -inward : free_x + inward) : free_x / 2;
    y += (ch - k * src->height) / 2;
    w->result->scale = fmin(w->result->scale, k);
    qpdf_oh page = qpdf_get_page_n(r->q, i), annots = file_key(r, page, "/Annots");
    struct placed *p = &w->placed[i];
    *p = (struct placed){ .object = qpdf_oh_get_object_id(r->q, page), .sheet = s->page, .form = make_form(r, page, src) };
    page_matrix(src, x, y, k, p->m);
    draw(w, s, p->form, place ? "/P1" : "/P0", p->m, false);
    for (int a = 0, n = file_count(r, annots); a < n && a < 1000; a++) {
        char name[32];
        snprintf(name, sizeof name, "/A%d.%d", place, a);
        draw_annotation(w, s, file_item(r, annots, a), p, name);
    }
}

static void end_side(struct work *w, struct side *s)
{
    qpdf_oh stream = qpdf_oh_new_stream(w->r->q), null = qpdf_oh_new_null(w->r->q);
    const char *text = s->content.data ? s->content.data : "";
    qpdf_oh_replace_stream_data(w->r->q, stream, (const unsigned char *)text, s->content.len, null, null);
    qpdf_oh_replace_key(w->r->q, s->page, "/Contents", stream);
    buf_clear(&s->content);
}

static bool choose_sheet(struct work *w, struct diag *d)
{
    const struct source *first = &w->sources[0];
    struct imposed *r = w->result;
    bool upright = first->width <= first->height * (1 + 1e-6);
    double a = w->o->sheet[0], b = w->o->sheet[1];
    r->across = upright;
    if (a <= 0) {
        r->width = upright ? 2 * first->width : first->width;
        r->height = upright ? first->height : 2 * first->height;
        /* Twice an A4 is an A3, A5 an A4, but for a millimetre of rounding. */
        for (int i = 0; i < 7; i++) {
            double size[2];
            if (impose_paper((char[]){ 'A', (char)('0' + i), 0 }, size) && fabs(size[0] - fmin(r->width, r->height)) < 3 &&
                fabs(size[1] - fmax(r->width, r->height)) < 4) {
                r->width = size[upright];
                r->height = size[!upright];
            }
        }
    } else {
        r->width = upright ? fmax(a, b) : fmin(a, b);
        r->height = upright ? fmin(a, b) : fmax(a, b);
    }
    if (w->o->as == IMPOSE_BOOKLET && !upright) {
        diag_error(d, (struct at){ .file = w->r->path }, _("a booklet is folded of upright pages, and page 1 lies across"));
        diag_expected(d, _("--as 2-up, or a layout with upright pages"));
        return false;
    }
    return true;
}

static void set_catalog(struct work *w)
{
    static const char *const dropped[] = { "/Outlines", "/PageMode", "/PageLabels", "/Names", "/Dests", "/AF", "/AcroForm",
                                           "/OpenAction", "/AA", "/Threads", "/Perms", "/PageLayout", "/Collection" };
    qpdf_data q = w->r->q;
    qpdf_oh root = qpdf_get_root(q), viewer = file_key(w->r, root, "/ViewerPreferences");
    for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
        qpdf_oh_remove_key(q, root, dropped[i]);
    if (!qpdf_oh_is_dictionary(q, viewer)) {
        viewer = qpdf_oh_new_dictionary(q);
        qpdf_oh_replace_key(q, root, "/ViewerPreferences", viewer);
    }
    /* For a person who prints it from a viewer: turned over the right way, not scaled. */
    qpdf_oh_replace_key(q, viewer, "/PrintScaling", qpdf_oh_new_name(q, "/None"));
    qpdf_oh_replace_key(q, viewer, "/Duplex",
                        qpdf_oh_new_name(q, w->result->across ? "/DuplexFlipShortEdge" : "/DuplexFlipLongEdge"));
}

static void make_sides(struct work *w, qpdf_oh *pages)
{
    const struct places *p = &w->places;
    for (size_t i = 0; i < 2 * p->sheets; i++) {
        struct side s;
        begin_side(w, &s);
        for (int place = 0; place < 2; place++) {
            size_t page = p->at[i / 2][2 * (i % 2) + (size_t)place];
            if (page)
                put_page(w, &s, page - 1, place, p->depth[i / 2] * w->o->creep);
        }
        end_side(w, &s);
        pages[i] = s.page;
    }
}

static void make_sheets(struct work *w)
{
    qpdf_data q = w->r->q;
    qpdf_oh *pages = arena_array(&w->r->arena, qpdf_oh, 2 * w->places.sheets);
    make_sides(w, pages);
    restructure(w->r, w->placed, w->n);
    for (size_t i = w->n; i > 0; i--)
        qpdf_remove_page(q, qpdf_get_page_n(q, i - 1));
    for (size_t i = 0; i < 2 * w->places.sheets; i++)
        qpdf_add_page(q, q, pages[i], QPDF_FALSE);
    set_catalog(w);
}

static bool put_on_sheets(struct reader *r, const struct impose *o, struct imposed *result, struct diag *d)
{
    struct work w = { .r = r, .o = o, .result = result, .n = result->pages };
    w.sources = arena_array(&r->arena, struct source, w.n);
    w.placed = arena_array(&r->arena, struct placed, w.n);
    for (size_t i = 0; i < w.n; i++)
        if (!read_source(r, i, &w.sources[i], d))
            return false;
    impose_places(o, w.n, &w.places, &r->arena);
    result->sheets = w.places.sheets;
    result->blanks = 4 * result->sheets - w.n;
    if (!choose_sheet(&w, d))
        return false;
    make_sheets(&w);
    return true;
}

/* Single pages, front and back: at most a blank one is missing. */
static bool add_blank(struct reader *r, struct imposed *result)
{
    qpdf_oh last = qpdf_get_page_n(r->q, result->pages - 1);
    double size[2];
    result->sheets = (result->pages + 1) / 2;
    result->blanks = result->pages % 2;
    result->whole = true;
    if (reader_page_size(r, 0, size)) {
        result->width = size[0];
        result->height = size[1];
        result->across = size[0] > size[1];
    }
    if (!result->blanks)
        return true;
    qpdf_oh page = qpdf_make_indirect_object(r->q, qpdf_oh_parse(r->q, "<</Type/Page/Resources<<>>/Tabs/S>>"));
    for (int i = 0; i < 5; i++) {
        static const char *const kept[] = { "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/Rotate" };
        qpdf_oh value = file_key(r, last, kept[i]);
        if (!qpdf_oh_is_null(r->q, value))
            qpdf_oh_replace_key(r->q, page, kept[i], value);
    }
    qpdf_add_page(r->q, r->q, page, QPDF_FALSE);
    return true;
}

static bool write_file(struct reader *r, struct buf *out, struct diag *d)
{
    qpdf_init_write_memory(r->q);
    qpdf_set_deterministic_ID(r->q, QPDF_TRUE);
    qpdf_set_stream_data_mode(r->q, qpdf_s_preserve);
    qpdf_set_newline_before_endstream(r->q, QPDF_TRUE); /* PDF/A, 6.1.7.1 */
    qpdf_write(r->q);
    if (file_failed(r, d))
        return false;
    buf_add(out, qpdf_get_buffer(r->q), qpdf_get_buffer_length(r->q));
    return true;
}

bool impose_file(const char *path, const struct impose *o, struct buf *out, struct imposed *result, struct diag *d)
{
    struct reader *r = reader_open(path, d);
    bool ok = r != NULL;
    *result = (struct imposed){ .scale = 1 };
    if (ok) {
        qpdf_push_inherited_attributes_to_page(r->q);
        result->pages = reader_pages(r);
        ok = !file_failed(r, d);
    }
    if (ok && !result->pages) {
        diag_error(d, (struct at){ .file = path }, _("has no page"));
        ok = false;
    }
    if (ok)
        ok = o->as == IMPOSE_DUPLEX ? add_blank(r, result) : put_on_sheets(r, o, result, d);
    if (ok && o->as == IMPOSE_DUPLEX && !result->blanks)
        buf_add(out, r->data.data, r->data.len);
    else if (ok)
        ok = write_file(r, out, d);
    reader_close(r);
    return ok;
}
