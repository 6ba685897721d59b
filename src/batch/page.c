/* index.html. What it shows comes from the country's card, so that it agrees with the league table. */
#include "batch/deliver.h"

#include "base/file.h"
#include "base/node.h"

#include <stdlib.h>
#include <string.h>

/* Sorting is by data-v, a number or a text; what is missing goes last whichever way. The page reads
 * as well without script: it is then in the order of the batch. */
static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
static const char style[] =
    "<style>\n"
    "body{font:15px/1.4 'Source Sans 3','Segoe UI',Arial,sans-serif;color:#1a1a1a;margin:2rem auto;max-width:84rem;padding:0 1rem}\n"
    "h1{font:600 2rem/1.15 'Source Serif 4',Georgia,serif;margin:0 0 .3rem}\n"
    "p{margin:.2rem 0 1rem;color:#595959}\n"
    "a{color:#17406d}\n"
    "input{font:inherit;padding:.25rem .5rem;border:1px solid #8c8c8c;width:16rem;max-width:100%}\n"
    ".rong{overflow-x:auto}\n"
    "table{border-collapse:collapse;width:100%;margin-top:1rem;font-variant-numeric:tabular-nums}\n"
    "th,td{padding:.3rem .6rem;text-align:right;border-bottom:1px solid #d9d9d9;white-space:nowrap;vertical-align:baseline}\n"
    "th.ten,td.ten{text-align:left}\n"
    "thead th{border-bottom:2px solid #1a1a1a;vertical-align:bottom;padding-top:0}\n"
    "th button{font:inherit;font-weight:600;color:inherit;background:none;border:0;padding:0;cursor:pointer;text-align:inherit}\n"
    "th[aria-sort=ascending] button::after{content:' \\2191'}\n"
    "th[aria-sort=descending] button::after{content:' \\2193'}\n"
    "tbody tr:hover{background:#eef2f6}\n"
    "small{color:#595959}\n"
    "i{font-style:italic}\n"
    "@media print{input,label{display:none}a{color:inherit;text-decoration:none}}\n"
    "</style>\n";
static const char script[] =
    "<script>\n"
    "(function () {\n"
    "  var table = document.querySelector('table'), body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);\n"
    "  var heads = Array.prototype.slice.call(table.tHead.rows[0].cells), find = document.getElementById('tim');\n"
    "  var plain = function (s) { return s.toLowerCase().normalize('NFD').replace(/[\\u0300-\\u036f]/g, '').replace(/\\u0111/g, 'd'); };\n"
    "  var letters = new Intl.Collator('vi');\n"
    "  heads.forEach(function (th, k) {\n"
    "    th.querySelector('button').addEventListener('click', function () {\n"
    "      var down = th.getAttribute('aria-sort') === 'ascending', text = th.className === 'ten';\n"
    "      rows.sort(function (a, b) {\n"
    "        var x = a.cells[k].getAttribute('data-v'), y = b.cells[k].getAttribute('data-v');\n"
    "        if (x === null || y === null) return (x === null) - (y === null);\n"
    "        return (text ? letters.compare(x, y) : x - y) * (down ? -1 : 1);\n"
    "      });\n"
    "      heads.forEach(function (h) { h.removeAttribute('aria-sort'); });\n"
    "      th.setAttribute('aria-sort', down ? 'descending' : 'ascending');\n"
    "      rows.forEach(function (r) { body.appendChild(r); });\n"
    "    });\n"
    "  });\n"
    "  find.parentNode.hidden = false;\n"
    "  find.addEventListener('input', function () {\n"
    "    var word = plain(find.value.trim());\n"
    "    rows.forEach(function (r) { r.hidden = plain(r.textContent).indexOf(word) < 0; });\n"
    "  });\n"
    "})();\n"
    "</script>\n";

struct index_page {
    struct buf out;
    struct arena arena;
    xmlDocPtr country;
    const xmlNode *indices[32];  /* those by which some place stands */
    size_t n_indices;
};

static const xmlNode *first(const xmlNode *of, const char *name, const char *attribute, const char *value)
{
    struct arena a = { 0 };
    const xmlNode *found = NULL;
    for (const xmlNode *n = of->children; n && !found; n = n->next) {
        const char *v = node_is(n, name) ? node_attribute(&a, n, attribute) : NULL;
        if (v && strcmp(v, value) == 0)
            found = n;
    }
    arena_clear(&a);
    return found;
}

static const char *value(struct index_page *p, const xmlNode *n, const char *name)
{
    const char *v = n ? node_attribute(&p->arena, n, name) : NULL;
    return v ? v : "";
}

static void find_indices(struct index_page *p)
{
    const xmlNode *root = xmlDocGetRootElement(p->country);
    for (const xmlNode *x = root->children; x; x = x->next) {
        const xmlNode *told = NULL;
        for (const xmlNode *t = node_is(x, "chi-so") ? root->children : NULL; t && !told; t = t->next)
            if (node_is(t, "tinh"))
                told = first(t, "nam", "chi-so", value(p, x, "ma"));
        if (told && p->n_indices < sizeof p->indices / sizeof *p->indices)
            p->indices[p->n_indices++] = x;
    }
}

/* A link to a file beside the page: all but the plain letters of RFC 3986 as %XX. */
static void put_address(struct buf *out, const char *file)
{
    for (const unsigned char *c = (const unsigned char *)file; *c; c++)
        if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || strchr("-._~", *c))
            buf_char(out, (char)*c);
        else
            buf_printf(out, "%%%02X", *c);
}

static void put_number(struct buf *out, const char *number, int decimals)
{
    char s[64];
    snprintf(s, sizeof s, "%.*f", decimals, strtod(number, NULL));
    for (char *c = s; *c; c++)
        buf_char(out, *c == '.' ? ',' : *c);
}

static void put_column(struct buf *out, bool text, const char *name)
{
    buf_printf(out, "<th scope=\"col\"%s><button type=\"button\">", text ? " class=\"ten\"" : "");
    buf_xml(out, name);
    buf_str(out, "</button></th>");
}

static void put_heads(struct index_page *p)
{
    put_column(&p->out, true, "Tỉnh, thành phố");
    put_column(&p->out, true, "Vùng");
    for (size_t i = 0; i < p->n_indices; i++)
        put_column(&p->out, false, arena_printf(&p->arena, "%s %s", value(p, p->indices[i], "ten-ngan"), value(p, p->indices[i], "ky")));
    put_column(&p->out, false, "Trang");
    put_column(&p->out, false, "kB");
}

/* Sorted by rank where there is one, since a score alone stands beside others of its kind only. */
static void put_standing(struct index_page *p, const xmlNode *place, const xmlNode *index)
{
    const xmlNode *n = place ? first(place, "nam", "chi-so", value(p, index, "ma")) : NULL;
    const char *score = value(p, n, "gia-tri"), *rank = value(p, n, "hang");
    bool computed = strcmp(value(p, n, "hang-loai"), "tinh-toan") == 0;
    if (!*score && !*rank) {
        buf_str(&p->out, "<td>-</td>");
        return;
    }
    buf_str(&p->out, "<td");
    if (*rank)
        buf_printf(&p->out, " data-v=\"%s\"", rank);
    buf_char(&p->out, '>');
    if (*score) {
        buf_str(&p->out, "<small>");
        put_number(&p->out, score, atoi(value(p, index, "so-chu-so")));
        buf_str(&p->out, "</small> ");
    }
    if (*rank)
        buf_printf(&p->out, computed ? "<i>%s/%s</i>" : "%s/%s", rank, value(p, n, "tong"));
    buf_str(&p->out, "</td>");
}

static void put_text_cell(struct buf *out, const char *text)
{
    buf_str(out, "<td class=\"ten\" data-v=\"");
    buf_xml(out, text);
    buf_str(out, "\">");
    buf_xml(out, text);
    buf_str(out, "</td>");
}

static void put_card(struct index_page *p, const struct deliver_card *c)
{
    const xmlNode *place = first(xmlDocGetRootElement(p->country), "tinh", "ma", c->place);
    const char *name = *value(p, place, "ten") ? value(p, place, "ten") : c->place;
    struct buf *out = &p->out;
    buf_str(out, "<tr><td class=\"ten\" data-v=\"");
    buf_xml(out, name);
    buf_str(out, "\"><a href=\"");
    put_address(out, c->file);
    buf_str(out, "\">");
    buf_xml(out, name);
    buf_str(out, "</a></td>");
    put_text_cell(out, value(p, place, "vung"));
    for (size_t i = 0; i < p->n_indices; i++)
        put_standing(p, place, p->indices[i]);
    buf_printf(out, "<td data-v=\"%zu\">%zu</td><td data-v=\"%zu\">%zu</td></tr>\n", c->pages, c->pages, c->bytes,
               (c->bytes + 999) / 1000);
}

static void put_page(struct index_page *p, const struct deliver_card *list, size_t n, size_t left_out)
{
    const xmlNode *root = xmlDocGetRootElement(p->country);
    const xmlNode *period = root->children, *country = root->children;
    while (period && !node_is(period, "ky"))
        period = period->next;
    while (country && !node_is(country, "noi"))
        country = country->next;
    const char *day = value(p, country, "tinh-den");
    const char *title = arena_printf(&p->arena, "Phiếu điểm, %s", value(p, period, "ten"));
    buf_str(&p->out, head);
    buf_str(&p->out, "<title>");
    buf_xml(&p->out, title);
    buf_str(&p->out, "</title>\n");
    buf_str(&p->out, style);
    buf_str(&p->out, "</head>\n<body>\n<h1>");
    buf_xml(&p->out, title);
    buf_printf(&p->out, "</h1>\n<p>%zu phiếu, %s tỉnh, thành phố đến %.2s/%.2s/%.4s.", n,
               value(p, country, "bo"), strlen(day) == 10 ? day + 8 : "", strlen(day) == 10 ? day + 5 : "", day);
    if (left_out)
        buf_printf(&p->out, " %zu phiếu chưa làm được.", left_out);
    buf_str(&p->out, " Điểm và hạng trên số đơn vị được xếp; <i>hạng nghiêng</i> do tính toán; đồng hạng thì cùng số, hạng kế tiếp bỏ qua; "
                     "- chưa tìm thấy. Bấm đầu cột để sắp xếp.</p>\n"
                     "<label hidden>Tìm <input id=\"tim\" type=\"search\"></label>\n<div class=\"rong\"><table>\n<thead><tr>");
    put_heads(p);
    buf_str(&p->out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < n; i++)
        put_card(p, &list[i]);
    buf_str(&p->out, "</tbody>\n</table></div>\n");
    buf_str(&p->out, script);
    buf_str(&p->out, "</body>\n</html>\n");
}

bool deliver_index(const char *path, const struct card_set *cards, const struct deliver_card *list, size_t n,
                   size_t left_out, struct diag *d)
{
    struct index_page p = { .country = card_make_national(cards, d) };
    if (!p.country)
        return false;
    find_indices(&p);
    put_page(&p, list, n, left_out);
    bool ok = file_write(path, p.out.data, p.out.len, d);
    xmlFreeDoc(p.country);
    arena_clear(&p.arena);
    buf_clear(&p.out);
    return ok;
}
