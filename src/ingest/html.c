/* The readable part of a web page.
 *
 * libxml2 gives the tree (no network, no entities from outside; its own limit
 * of depth).  One pass over it counts for every element the characters of text
 * and of links below it; a second one, in reading order, leaves out what
 * is not the page's own text -- by element, by role, by the words of class and
 * id, and lists that are nearly all links -- and makes blocks of the rest.  A
 * word of a class never takes away most of the page: portals write class="menu"
 * on bodies.  Rejected: scoring whole candidates as Readability does; on portals
 * the tables of figures lose there. */
#include "ingest/build.h"
#include "ingest/markup.h"

#include "base/utf8.h"

#include <libxml/HTMLparser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 250 }; /* libxml2 stops at 256 */

struct weight { size_t text, link; int links, digits; }; /* characters without white space */

struct reader {
    struct builder *b;
    struct buf line;           /* inline text of the block that is open */
    enum block_kind kind;
    int level;
    size_t page_text;          /* characters of the whole body that are no link's */
};

static const char *name_of(const xmlNode *n)
{
    return n->type == XML_ELEMENT_NODE ? (const char *)n->name : "";
}

static bool one_of(const char *name, const char *list) /* " a b c " */
{
    size_t w = strlen(name);
    for (const char *p = strstr(list, name); w && p; p = strstr(p + 1, name))
        if (p > list && p[-1] == ' ' && p[w] == ' ')
            return true;
    return false;
}

/* ASCII letters in any case. */
static bool contains(const char *s, const char *part)
{
    size_t w = strlen(part);
    for (; *s; s++)
        if (strncasecmp(s, part, w) == 0)
            return true;
    return false;
}

/* Borrowed from the tree; "" if there is none. */
static const char *attribute(const xmlNode *n, const char *name)
{
    for (const xmlAttr *at = n->type == XML_ELEMENT_NODE ? n->properties : NULL; at; at = at->next)
        if (strcasecmp((const char *)at->name, name) == 0)
            return at->children && at->children->content ? (const char *)at->children->content : "";
    return "";
}

/* ---- weights: kept in _private, which libxml2 leaves to the user ---- */

static struct weight *weight_of(const xmlNode *n)
{
    return n->_private;
}

static void weigh(struct arena *a, xmlNode *n)
{
    struct weight *w = n->_private = arena_new(a, struct weight);
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
        for (const char *s = (const char *)n->content; s && *s; s++) {
            w->text += (unsigned char)*s > ' ' && ((unsigned char)*s & 0xC0) != 0x80;
            w->digits += *s >= '0' && *s <= '9';
        }
        return;
    }
    if (one_of(name_of(n), " script style noscript template "))
        return;
    for (xmlNode *c = n->children; c; c = c->next) {
        weigh(a, c); /* depth is bounded by the parser */
        w->text += weight_of(c)->text;
        w->link += weight_of(c)->link;
        w->links += weight_of(c)->links;
        w->digits += weight_of(c)->digits;
    }
    if (strcmp(name_of(n), "a") == 0 && *attribute(n, "href")) {
        w->link = w->text;
        w->links = 1;
    }
}

/* ---- what is left out ---- */

static const char dropped[] = " script style noscript template iframe object embed applet svg canvas audio video map "
                              "form button select option input textarea datalist nav footer aside menu dialog head ";
static const char dropped_roles[] = " navigation banner contentinfo complementary search menu menubar toolbar dialog ";
/* Words of class and id names, Vietnamese portals' own among them. */
static const char dropped_words[] =
    " nav navbar navigation menu submenu megamenu sidebar breadcrumb breadcrumbs footer share sharing social addthis "
    "related relate comment comments tags taglist advert advertisement ads adv banner popup modal cookie pagination pager "
    "paging toolbar widget newsletter subscribe skip lienquan lien-quan tinlienquan tin-lien-quan tinkhac tin-khac "
    "other-news othernews morenews chia-se chiase binh-luan binhluan quang-cao quangcao copyright counter "
    "thongke-truycap luot-truy-cap xem-nhieu tin-moi docnhieu muc-luc toc print hidden d-none sr-only visually-hidden ";

static bool class_is_dropped(const char *names)
{
    char word[64];
    for (const char *s = names; *s;) {
        size_t n = strcspn(s, " \t\n");
        if (n && n < sizeof word) {
            for (size_t i = 0; i < n; i++)
                word[i] = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] + 32) : s[i] == '_' ? '-' : s[i];
            word[n] = '\0';
            if (one_of(word, dropped_words))
                return true;
            /* "box-related", "related-posts": the first or the last part decides. */
            const char *last = strrchr(word, '-');
            if (last && one_of(last + 1, dropped_words))
                return true;
            word[strcspn(word, "-")] = '\0';
            if (one_of(word, dropped_words))
                return true;
        }
        s += n + (s[n] != '\0');
    }
    return false;
}

static bool within(const xmlNode *n, const char *names)
{
    for (n = n->parent; n; n = n->parent)
        if (one_of(name_of(n), names))
            return true;
    return false;
}

/* A list, menu or box of links: next to no text of its own. */
static bool is_links(const xmlNode *n)
{
    const struct weight *w = weight_of(n);
    bool list = one_of(name_of(n), " ul ol ") && w->links >= 2 && w->link * 10 >= w->text * 8;
    if (list || !one_of(name_of(n), " ul ol div section table tbody tr td dl p center ") || w->links < 3)
        return list;
    if (one_of(name_of(n), " table tbody tr td ") && w->digits > 2 * w->links)
        return false; /* a league table whose places are links */
    return w->link * 10 >= w->text * 8 || (w->links >= 5 && w->link * 10 >= w->text * 7);
}

static bool has_below(const xmlNode *n, const char *names);

/* "top-header", "page_head": a head of the site, unless it holds a headline. */
static bool is_site_head(const xmlNode *n)
{
    const char *names[] = { attribute(n, "class"), attribute(n, "id") };
    for (size_t i = 0; i < 2; i++) {
        size_t w = strcspn(names[i], " ");
        bool head = strncasecmp(names[i], "header", 6) == 0 || (w >= 6 && strncasecmp(names[i] + w - 6, "header", 6) == 0) || strncasecmp(names[i], "top", 3) == 0;
        if (head && !within(n, " article main ") && !has_below(n, " h1 h2 h3 table "))
            return true;
    }
    return false;
}

static bool is_dropped(const struct reader *r, const xmlNode *n)
{
    const char *name = name_of(n), *style = attribute(n, "style");
    if (n->type == XML_COMMENT_NODE || n->type == XML_PI_NODE)
        return true;
    if (n->type != XML_ELEMENT_NODE || one_of(name, " html body article main "))
        return false;
    const struct weight *w = weight_of(n);
    bool most = (w->text - w->link) * 3 > r->page_text; /* then only what cannot be the text goes */
    if (one_of(name, dropped))
        return !(most && one_of(name, " form aside "));
    if (*attribute(n, "hidden") || strcasecmp(attribute(n, "aria-hidden"), "true") == 0 || strstr(style, "display:none") ||
        strstr(style, "display: none"))
        return !most;
    if (strcmp(name, "header") == 0 && !within(n, " article main section "))
        return !most;
    if (most)
        return false;
    return one_of(attribute(n, "role"), dropped_roles) || class_is_dropped(attribute(n, "class")) ||
           class_is_dropped(attribute(n, "id")) || is_site_head(n) || is_links(n);
}

/* ---- blocks ---- */

/* What stays of menus, counters and buttons: lines that begin so and say little else. */
static bool is_furniture(const char *s, size_t n)
{
    static const char *const words[] = { "Tin liên quan", "Các tin khác", "Tin khác", "Bài viết liên quan", "Bài liên quan",
                                         "Tin cùng chuyên mục", "Cùng chuyên mục", "Tin mới", "Tin đã đưa", "Các tin đã đưa",
                                         "Ý kiến bạn đọc", "Bình luận", "Chia sẻ", "Từ khóa", "Lượt xem", "Lượt truy cập",
                                         "In trang", "Bản in", "Quay lại", "Về đầu trang", "Xem thêm", "Đọc thêm", "Gửi email",
                                         "Cỡ chữ", "Từ viết tắt", "Trang chủ" };
    for (size_t i = 0; n <= 60 && i < sizeof words / sizeof *words; i++) {
        size_t w = strlen(words[i]);
        if (n >= w && memcmp(s, words[i], w) == 0)
            return true;
    }
    return false;
}

/* Line breaks are kept as \n in the open line: see build_lines(). */
static void flush(struct reader *r)
{
    build_lines(r->b, r->kind, r->level, r->line.data ? r->line.data : "", r->line.len, is_furniture);
    buf_reset(&r->line);
}

static void add_text(struct reader *r, const char *s)
{
    for (; *s; s++)
        buf_char(&r->line, *s == '\n' || *s == '\r' || *s == '\t' || *s == '\f' ? ' ' : *s);
}

static const char block_names[] =
    " address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul ";

static void walk(struct reader *r, xmlNode *n);

static void walk_children(struct reader *r, xmlNode *n)
{
    for (xmlNode *c = n->children; c && !r->b->full; c = c->next)
        walk(r, c);
}

static bool is_caption(const xmlNode *n)
{
    const char *class = attribute(n, "class");
    return one_of(name_of(n), " caption figcaption ") || contains(class, "caption") || contains(class, "chu-thich") ||
           contains(class, "chuthich");
}

static void walk_block(struct reader *r, xmlNode *n)
{
    enum block_kind kind = r->kind;
    int level = r->level;
    const char *name = name_of(n);
    flush(r);
    if (name[0] == 'h' && name[1] >= '1' && name[1] <= '6' && !name[2]) {
        r->kind = BLOCK_HEADING;
        r->level = name[1] - '0';
    } else if (strcmp(name, "li") == 0) {
        r->kind = BLOCK_LIST_ITEM;
        r->level = 0;
        for (const xmlNode *up = n->parent; up; up = up->parent)
            r->level += one_of(name_of(up), " ul ol ");
        r->level = r->level ? r->level : 1;
    } else if (is_caption(n)) {
        r->kind = BLOCK_CAPTION;
        r->level = 0;
    }
    walk_children(r, n);
    flush(r);
    r->kind = kind;
    r->level = level;
}

/* ---- tables ---- */

static bool has_below(const xmlNode *n, const char *names)
{
    for (const xmlNode *c = n->children; c; c = c->next)
        if (one_of(name_of(c), names) || has_below(c, names))
            return true;
    return false;
}

/* Rows of a table, whatever sections they lie in. */
static xmlNode *next_row(xmlNode *table, xmlNode *row)
{
    xmlNode *n = row ? row->next : table->children;
    xmlNode *section = row && row->parent != table ? row->parent : NULL;
    for (;;) {
        for (; n; n = n->next) {
            if (strcmp(name_of(n), "tr") == 0)
                return n;
            if (!section && one_of(name_of(n), " thead tbody tfoot ")) {
                section = n;
                n = n->children;
                break;
            }
        }
        if (n && strcmp(name_of(n), "tr") == 0)
            return n;
        if (!n) {
            if (!section)
                return NULL;
            n = section->next;
            section = NULL;
        }
    }
}

static bool is_cell(const xmlNode *n)
{
    return one_of(name_of(n), " td th ");
}

/* A table of data, no frame to lay a page out: two rows and columns of short cells. */
static bool is_data(xmlNode *table)
{
    int rows = 0, cells = 0, most = 0, longs = 0;
    for (xmlNode *row = next_row(table, NULL); row; row = next_row(table, row), rows++) {
        int here = 0;
        for (xmlNode *c = row->children; c; c = c->next)
            if (is_cell(c)) {
                here++;
                longs += weight_of(c)->text > 600;
            }
        cells += here;
        most = here > most ? here : most;
    }
    return rows >= 2 && most >= 2 && longs * 8 <= cells && !has_below(table, " table h1 h2 ");
}

static void cell_text(struct reader *r, const xmlNode *n)
{
    for (const xmlNode *c = n->children; c; c = c->next) {
        if (c->type == XML_TEXT_NODE || c->type == XML_CDATA_SECTION_NODE || c->type == XML_ENTITY_REF_NODE)
            add_text(r, c->content ? (const char *)c->content : "");
        else if (c->type == XML_ELEMENT_NODE && !one_of(name_of(c), dropped)) {
            bool apart = one_of(name_of(c), block_names) || strcmp(name_of(c), "br") == 0;
            if (apart)
                buf_char(&r->line, ' ');
            cell_text(r, c);
            if (apart)
                buf_char(&r->line, ' ');
        }
    }
}

static int span_of(const xmlNode *n, const char *name)
{
    long v = strtol(attribute(n, name), NULL, 10);
    return v < 1 ? 1 : v > TABLE_SPAN_MAX ? TABLE_SPAN_MAX : (int)v;
}

static void walk_data(struct reader *r, xmlNode *table)
{
    int taken[TABLE_SPAN_MAX] = { 0 }; /* rows that a cell above still reaches into, by column */
    struct builder *b = r->b;
    size_t first;
    int row_number = 0;
    flush(r);
    for (xmlNode *c = table->children; c; c = c->next)
        if (strcmp(name_of(c), "caption") == 0)
            walk(r, c);
    first = b->doc->n_blocks;
    b->tables++;
    for (xmlNode *row = next_row(table, NULL); row && !b->full; row = next_row(table, row)) {
        int column = 0;
        row_number++;
        for (xmlNode *c = row->children; c; c = c->next) {
            if (!is_cell(c))
                continue;
            while (column < TABLE_SPAN_MAX && taken[column] > 0)
                column++;
            int across = span_of(c, "colspan"), down = span_of(c, "rowspan");
            cell_text(r, c);
            bool header = strcmp(name_of(c), "th") == 0 || strcmp(name_of(row->parent), "thead") == 0;
            build_cell(b, row_number, column + 1, down, across, header, r->line.data ? r->line.data : "", r->line.len);
            buf_reset(&r->line);
            for (int i = 0; i < across && column < TABLE_SPAN_MAX; i++, column++)
                taken[column] = down;
        }
        for (int i = 0; i < TABLE_SPAN_MAX; i++)
            taken[i] -= taken[i] > 0;
    }
    build_table_headers(b, first);
}

static void walk(struct reader *r, xmlNode *n)
{
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
        add_text(r, n->content ? (const char *)n->content : "");
        return;
    }
    if (is_dropped(r, n))
        return;
    const char *name = name_of(n);
    if (strcmp(name, "br") == 0)
        buf_char(&r->line, '\n');
    else if (strcmp(name, "table") == 0 && is_data(n))
        walk_data(r, n);
    else if (one_of(name, block_names))
        walk_block(r, n);
    else
        walk_children(r, n);
}

/* ---- metadata ---- */

static const char *clean(struct arena *a, const char *s)
{
    char *out = arena_strdup(a, s), *to = out;
    for (const char *p = s; *p; p++) {
        bool space = strchr(" \t\r\n", *p) != NULL;
        if (!space)
            *to++ = *p;
        else if (to > out && to[-1] != ' ')
            *to++ = ' ';
    }
    while (to > out && to[-1] == ' ')
        to--;
    *to = '\0';
    return *out ? out : NULL;
}

static const char *meta(struct arena *a, const xmlNode *n, const char *names)
{
    for (; n; n = n->next) {
        if (strcmp(name_of(n), "meta") == 0) {
            const char *keys[] = { attribute(n, "property"), attribute(n, "name"), attribute(n, "itemprop") };
            char key[64];
            for (size_t i = 0; i < 3; i++) {
                size_t w = strlen(keys[i]);
                if (!w || w >= sizeof key)
                    continue;
                for (size_t k = 0; k <= w; k++)
                    key[k] = keys[i][k] >= 'A' && keys[i][k] <= 'Z' ? (char)(keys[i][k] + 32) : keys[i][k];
                if (one_of(key, names) && *attribute(n, "content"))
                    return clean(a, attribute(n, "content"));
            }
        }
        const char *below = meta(a, n->children, names);
        if (below)
            return below;
    }
    return NULL;
}

static xmlNode *element(xmlNode *n, const char *name)
{
    for (; n; n = n->next) {
        if (strcmp(name_of(n), name) == 0)
            return n;
        xmlNode *below = element(n->children, name);
        if (below)
            return below;
    }
    return NULL;
}

static const char *text_of(struct arena *a, xmlNode *n)
{
    xmlChar *s = n ? xmlNodeGetContent(n) : NULL;
    const char *out = s ? clean(a, (const char *)s) : NULL;
    xmlFree(s);
    return out;
}

/* "Tiêu đề - Cổng thông tin điện tử tỉnh Lào Cai": the title without the site, and the site. */
static void split_title(struct arena *a, const char *whole, const char *site, const char **title, const char **rest)
{
    static const char *const marks[] = { " | ", " - ", " – ", " :: ", " — " };
    *title = whole;
    *rest = NULL;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *cut = NULL;
        for (const char *p = strstr(whole, marks[i]); p; p = strstr(p + 1, marks[i]))
            cut = p;
        if (!cut)
            continue;
        const char *tail = cut + strlen(marks[i]);
        bool named = (site && strcmp(tail, site) == 0) || contains(tail, "cổng thông tin") || contains(tail, "trang thông tin") ||
                     strncmp(tail, "Báo ", strlen("Báo ")) == 0 || strncmp(tail, "Sở ", strlen("Sở ")) == 0 || contains(tail, ".vn");
        if (!named)
            continue;
        *title = arena_strndup(a, whole, (size_t)(cut - whole));
        *rest = tail;
        return;
    }
}

static void find_metadata(struct builder *b, xmlNode *root)
{
    struct document *doc = b->doc;
    char iso[11];
    size_t at, end;
    const char *site = meta(b->a, root, " og:site_name dc.publisher publisher dcterms.publisher ");
    const char *title = meta(b->a, root, " og:title dc.title dcterms.title ");
    const char *page = text_of(b->a, element(root, "title")), *rest = NULL;
    const char *date = meta(b->a, root, " article:published_time datepublished pubdate dc.date.issued dc.date dcterms.issued "
                                        "dcterms.created publish-date date ");
    xmlNode *time = element(root, "time");
    if (!title)
        title = page;
    if (title)
        split_title(b->a, title, site, &title, &rest);
    doc->publisher = site ? site : rest;
    doc->title = title;
    if (!date && time)
        date = *attribute(time, "datetime") ? attribute(time, "datetime") : text_of(b->a, time);
    if (date && head_date(date, strlen(date), iso, &at, &end))
        doc->date = arena_strdup(b->a, iso);
}

static bool too_deep(const xmlParserCtxt *c)
{
    return c->lastError.code == XML_ERR_INTERNAL_ERROR || c->lastError.code == XML_ERR_NO_MEMORY;
}

bool html_read(struct builder *b, const char *data, size_t n)
{
    if (!markup_bounded(data, n, true)) {
        diag_error(b->d, b->at, _("is no page that can be read: an element has more than %d attributes"), ATTRIBUTES_MAX);
        return false;
    }
    int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT;
    htmlParserCtxtPtr c = htmlCreateMemoryParserCtxt(data, (int)n);
    struct reader r = { .b = b, .kind = BLOCK_PARAGRAPH };
    struct arena weights = { 0 };
    htmlDocPtr doc = c ? htmlCtxtReadMemory(c, data, (int)n, NULL, "UTF-8", options) : NULL;
    bool deep = c && too_deep(c);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    if (deep)
        diag_error(b->d, b->at, _("is no page that can be read: its elements are nested more than %d deep"), DEPTH_MAX);
    else if (root) {
        xmlNode *body = element(root, "body");
        weigh(&weights, (xmlNode *)doc); /* broken pages have elements beside the root */
        const struct weight *all = weight_of(body ? body : root);
        r.page_text = all->text - all->link;
        find_metadata(b, root);
        walk(&r, body ? body : root);
        flush(&r);
        build_classify(b);
    }
    xmlFreeDoc(doc);
    if (c)
        htmlFreeParserCtxt(c);
    arena_clear(&weights);
    buf_clear(&r.line);
    return !deep && !b->full;
}
