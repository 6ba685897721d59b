/* Links do the work: a mark is a link to its row and a row one to its mark, so
 * tabulator, Enter and the back button suffice.  What was passed over shows its
 * reason under the pointer, and in a list behind the facts, for keys and paper.  The script only adds the card
 * that follows focus and pointer, the filters, and n/p for next and previous.
 * Confidence is told three times: by colour, by the kind of the underline, and
 * by a sign beside the number, which printers and the colour-blind keep. */
#include "cli/review.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char head[] =
    "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
    "<style>\n"
    ":root{--high:#1b5e43;--mid:#8a5a00;--low:#a1260d;--line:#d8d5ce;--paper:#fffdf8;--ink:#1d1c1a;--faint:#6f6b64}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;display:flex;flex-direction:column;height:100vh;font:17px/1.6 'Source Serif 4','Noto Serif','Liberation Serif',serif;color:var(--ink);background:var(--paper)}\n"
    "header{padding:14px 24px;border-bottom:1px solid var(--line);font:14px/1.5 'Source Sans 3','Noto Sans',sans-serif;"
    "display:flex;flex-wrap:wrap;gap:6px 24px;align-items:baseline}\n"
    "header h1{font-size:18px;margin:0}header label{white-space:nowrap}\n"
    "kbd{border:1px solid var(--line);border-radius:3px;padding:0 4px;font:12px monospace}\n"
    ".panes{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);flex:1;min-height:0}\n"
    "main,nav{overflow:auto;padding:16px 24px 40vh;scroll-behavior:smooth}\n"
    "nav{border-left:1px solid var(--line);font:14px/1.45 'Source Sans 3','Noto Sans',sans-serif;background:#faf7f0}\n"
    "main article{max-width:42em}main h2{font-size:22px;line-height:1.25;margin:0 0 4px}main h3,main h4,main h5{line-height:1.3;margin:1.2em 0 .3em}\n"
    "main p{margin:.5em 0}.meta{color:var(--faint);font-size:14px}.item{margin-left:1.4em}.item2{margin-left:2.8em}.caption{font-style:italic}\n"
    "article table{border-collapse:collapse;margin:1em 0;font-size:15px}article td,article th{border:1px solid var(--line);padding:3px 8px;"
    "text-align:left;vertical-align:top}\n"
    ".m{color:inherit;text-decoration:none;border-bottom:3px solid;padding:0 1px;border-radius:2px 2px 0 0}\n"
    ".m.high{border-color:var(--high);border-bottom-style:solid;background:#e3f0e9}.m.mid{border-color:var(--mid);border-bottom-style:dashed;"
    "background:#fbeed3}.m.low{border-color:var(--low);border-bottom-style:dotted;background:#fbe3dd}\n"
    ".m sup{font:10px/1 'Source Sans 3','Noto Sans',sans-serif;margin-left:1px;color:var(--faint)}\n"
    ".x{color:#8d8981;border-bottom:1px dotted #b5b1a8}\n"
    "a:focus-visible,.x:focus-visible{outline:3px solid #1a56b0;outline-offset:1px}\n"
    ":target{outline:3px solid #1a56b0}.here{box-shadow:0 0 0 2px #1a56b0}\n"
    "nav table{border-collapse:collapse;width:100%}nav th{position:sticky;top:-16px;background:#faf7f0;text-align:left;padding:6px 6px 4px}\n"
    "nav tbody tr:first-child td{border-top:1px solid var(--line)}nav td{padding:4px 6px 2px;vertical-align:top}nav th:nth-child(3){width:38%}nav th:nth-child(5){text-align:right}nav td.v{white-space:nowrap;text-align:right;font-variant-numeric:tabular-nums}\n"
    "nav .high .s{color:var(--high)}nav .mid .s{color:var(--mid)}nav .low .s{color:var(--low)}\n"
    ".why{color:var(--faint);font-size:12px;overflow-wrap:anywhere}.why div{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}tbody:target .why div,tbody.here .why div{-webkit-line-clamp:9}nav h2{font-size:15px;margin:1.2em 0 .3em}\n"
    "#card{position:fixed;max-width:26em;background:#fff;border:1px solid #8d8981;border-radius:6px;box-shadow:0 4px 18px #0003;padding:10px 14px;"
    "font:13px/1.45 'Source Sans 3','Noto Sans',sans-serif;pointer-events:none;z-index:9}\n"
    "#card dl{display:grid;grid-template-columns:auto 1fr;gap:1px 12px;margin:0}#card dt{color:var(--faint)}#card dd{margin:0;overflow-wrap:anywhere}"
    "#card hr{border:0;border-top:1px solid var(--line)}\n"
    ".passed summary{cursor:pointer;margin:1em 0 .3em;font-weight:600}.passed ul{margin:0;padding-left:1.4em;columns:2}.passed li{color:var(--faint)}\n"
    "body.nopass .x{color:inherit;border:0}body.nopass .passed{display:none}body.unsure tbody.high,body.unsure tbody.mid{display:none}\n"
    "@media(max-width:60em){body{height:auto}.panes{display:block;height:auto}nav{border:0;border-top:1px solid var(--line)}}\n"
    "@media print{body{display:block;height:auto}header label,header kbd,#card,.keys{display:none}.panes{display:block;height:auto}main,nav{overflow:visible;padding:0;background:none}"
    "nav{break-before:page;border:0}body{font-size:10.5pt;background:none}.m{background:none!important}nav tbody{break-inside:avoid}nav th{position:static}.why div{display:block}.passed ul{columns:3}}\n"
    "</style>\n";

static const char script[] =
    "<script>\n"
    "(function(){var c=document.getElementById('card'),d=document;\n"
    "function row(i){return d.getElementById('f'+i)}\n"
    "function put(m){var h='';m.dataset.f.split(' ').forEach(function(i,k){var r=row(i);if(!r)return;"
    "var s=d.createElement('dl');r.querySelectorAll('[data-k]').forEach(function(e){if(!e.textContent.trim())return;"
    "var t=d.createElement('dt'),v=d.createElement('dd');t.textContent=e.dataset.k;v.textContent=e.textContent;s.append(t,v)});"
    "h+=(k?'<hr>':'')+s.outerHTML});c.innerHTML=h;c.hidden=!h;var b=m.getBoundingClientRect();"
    "c.style.left=Math.max(8,Math.min(b.left,innerWidth-c.offsetWidth-8))+'px';"
    "c.style.top=(b.bottom+8+c.offsetHeight>innerHeight?Math.max(8,b.top-c.offsetHeight-8):b.bottom+8)+'px'}\n"
    "function off(){c.hidden=true}\n"
    "d.querySelectorAll('a.m').forEach(function(m){m.addEventListener('mouseenter',function(){put(m)});m.addEventListener('mouseleave',off);"
    "m.addEventListener('focus',function(){put(m);mark(m)});m.addEventListener('blur',off)});\n"
    "function mark(m){d.querySelectorAll('.here').forEach(function(e){e.classList.remove('here')});"
    "m.dataset.f.split(' ').forEach(function(i){var r=row(i);if(r){r.classList.add('here');r.scrollIntoView({block:'nearest'})}})}\n"
    "function go(m){m.scrollIntoView({block:'center'});m.focus();put(m);mark(m)}\n" /* a window in the background gets no focus event */
    "d.querySelectorAll('nav tbody[id]').forEach(function(r){var a=r.querySelector('a');r.addEventListener('mouseenter',function(){"
    "var m=d.querySelector(a.getAttribute('href'));if(m)m.classList.add('here')});r.addEventListener('mouseleave',function(){"
    "var m=d.querySelector(a.getAttribute('href'));if(m)m.classList.remove('here')});"
    "a.addEventListener('click',function(e){var m=d.querySelector(a.getAttribute('href'));if(m){e.preventDefault();go(m)}})});\n"
    "d.addEventListener('keydown',function(e){if(e.ctrlKey||e.altKey||e.metaKey||/INPUT|TEXTAREA/.test(e.target.tagName)&&e.target.type!=='checkbox')return;"
    "if(e.key==='Escape')off();if(e.key!=='n'&&e.key!=='p')return;var u=d.body.classList.contains('unsure');"
    "var all=[].filter.call(d.querySelectorAll('a.m'),function(m){return !u||m.classList.contains('low')});"
    "if(!all.length)return;var i=all.indexOf(d.activeElement);i=i<0?(e.key==='n'?0:all.length-1):(i+(e.key==='n'?1:all.length-1))%all.length;"
    "go(all[i])});\n"
    "addEventListener('beforeprint',function(){d.querySelectorAll('details').forEach(function(e){e.open=true})});\n"
    "['nopass','unsure'].forEach(function(n){var b=d.getElementById(n);b.addEventListener('change',function(){d.body.classList.toggle(n,n==='nopass'?!b.checked:b.checked)})});\n"
    "})();\n</script>\n";

static const char *level(double confidence)
{
    return confidence >= 0.9 ? "high" : confidence >= 0.6 ? "mid" : "low";
}

static const char *sign(double confidence)
{
    return confidence >= 0.9 ? "" : confidence >= 0.6 ? "?" : "?\?";
}

static void add_text(struct buf *b, const char *s, size_t n)
{
    char *copy = xmalloc(n + 1);
    memcpy(copy, s, n);
    copy[n] = '\0';
    buf_xml(b, copy);
    free(copy);
}

/* ---- marks in the text ---- */

/* A stretch of the text that is one mark: facts that share or overlap it. */
struct span { size_t start, end; size_t first, last; /* facts, or `last` < `first`: passed over */ size_t passed; };

struct page {
    struct review *r;
    const struct document *doc;
    const struct facts *facts;
    const struct passed_list *passed;
    struct span *spans;
    size_t n, at;      /* at: the next to print */
    size_t first_fact, first_passed; /* numbers go on over the documents */
};

static int by_start(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->last < x->first) - (y->last < y->first); /* facts before what was passed over */
}

static void collect(struct page *p, struct arena *a)
{
    size_t n = p->facts->n + p->passed->n, kept = 0;
    p->spans = arena_array(a, struct span, n);
    for (size_t i = 0; i < p->facts->n; i++) {
        const struct fact *f = &p->facts->items[i];
        if (f->start >= 0)
            p->spans[p->n++] = (struct span){ document_byte(p->doc, (size_t)f->start), document_byte(p->doc, (size_t)f->end), i, i, 0 };
    }
    for (size_t i = 0; i < p->passed->n; i++) {
        const struct passed *x = &p->passed->items[i];
        p->spans[p->n++] = (struct span){ document_byte(p->doc, (size_t)x->start), document_byte(p->doc, (size_t)x->end), 1, 0, i };
    }
    qsort(p->spans, p->n, sizeof *p->spans, by_start);
    for (size_t i = 0; i < p->n; i++) {
        struct span *s = &p->spans[i], *before = kept ? &p->spans[kept - 1] : NULL;
        if (!before || s->start >= before->end) {
            p->spans[kept++] = *s;
            continue;
        }
        if (s->last < s->first)
            continue; /* inside a fact */
        before->end = s->end > before->end ? s->end : before->end;
        if (before->last < before->first) {
            before->first = s->first;
            before->last = s->last;
        } else {
            before->first = s->first < before->first ? s->first : before->first;
            before->last = s->last > before->last ? s->last : before->last;
        }
    }
    p->n = kept;
}

static void open_mark(struct page *p, const struct span *s)
{
    struct buf *b = &p->r->body;
    double least = 1;
    if (s->last < s->first) {
        buf_printf(b, "<span class=\"x\" id=\"x%zu\" tabindex=\"-1\" title=\"", p->first_passed + s->passed + 1);
        buf_xml(b, _(p->passed->items[s->passed].reason ? p->passed->items[s->passed].reason : ""));
        buf_str(b, "\">");
        return;
    }
    for (size_t i = s->first; i <= s->last; i++)
        least = fmin(least, p->facts->items[i].confidence);
    size_t number = p->first_fact + s->first + 1;
    buf_printf(b, "<a class=\"m %s\" id=\"m%zu\" href=\"#f%zu\" data-f=\"", level(least), number, number);
    for (size_t i = s->first; i <= s->last; i++)
        buf_printf(b, "%s%zu", i > s->first ? " " : "", p->first_fact + i + 1);
    buf_str(b, "\">");
}

static void close_mark(struct page *p, const struct span *s)
{
    struct buf *b = &p->r->body;
    if (s->last < s->first) {
        buf_str(b, "</span>");
        return;
    }
    double least = 1;
    for (size_t i = s->first; i <= s->last; i++)
        least = fmin(least, p->facts->items[i].confidence);
    buf_printf(b, "<sup>%zu", p->first_fact + s->first + 1);
    if (s->last > s->first)
        buf_printf(b, "–%zu", p->first_fact + s->last + 1);
    buf_printf(b, "%s</sup></a>", sign(least));
}

static void put_text(struct page *p, size_t start, size_t end)
{
    struct buf *b = &p->r->body;
    const char *text = p->doc->text;
    while (p->at < p->n && p->spans[p->at].end <= start)
        p->at++;
    while (start < end) {
        const struct span *s = p->at < p->n ? &p->spans[p->at] : NULL;
        if (!s || s->start >= end) {
            add_text(b, text + start, end - start);
            return;
        }
        if (s->start > start)
            add_text(b, text + start, s->start - start);
        size_t from = s->start > start ? s->start : start, to = s->end < end ? s->end : end;
        open_mark(p, s);
        add_text(b, text + from, to - from);
        close_mark(p, s);
        start = to;
        p->at++;
    }
}

/* ---- blocks ---- */

static size_t put_table(struct page *p, size_t at)
{
    struct buf *b = &p->r->body;
    const struct block *blocks = p->doc->blocks;
    int table = blocks[at].table, row = 0;
    buf_str(b, "<table>\n");
    for (; at < p->doc->n_blocks && blocks[at].kind == BLOCK_CELL && blocks[at].table == table; at++) {
        const struct block *k = &blocks[at];
        const char *name = k->header ? "th" : "td";
        if (k->row != row)
            buf_str(b, row ? "</tr>\n<tr>" : "<tr>");
        row = k->row;
        buf_printf(b, "<%s", name);
        if (k->row_span > 1)
            buf_printf(b, " rowspan=\"%d\"", k->row_span);
        if (k->column_span > 1)
            buf_printf(b, " colspan=\"%d\"", k->column_span);
        buf_str(b, ">");
        put_text(p, k->start, k->end);
        buf_printf(b, "</%s>", name);
    }
    buf_str(b, "</tr>\n</table>\n");
    return at;
}

static void put_block(struct page *p, const struct block *k)
{
    struct buf *b = &p->r->body;
    int depth = k->level < 3 ? k->level + 2 : 5;
    switch (k->kind) {
    case BLOCK_HEADING: buf_printf(b, "<h%d>", depth); break;
    case BLOCK_LIST_ITEM: buf_printf(b, "<p class=\"item%s\">", k->level > 1 ? "2" : ""); break;
    case BLOCK_CAPTION: buf_str(b, "<p class=\"caption\">"); break;
    default: buf_str(b, "<p>"); break;
    }
    put_text(p, k->start, k->end);
    if (k->kind == BLOCK_HEADING)
        buf_printf(b, "</h%d>\n", depth);
    else
        buf_str(b, "</p>\n");
}

static void put_document(struct page *p)
{
    struct buf *b = &p->r->body;
    const struct document *doc = p->doc;
    const char *meta[] = { doc->publisher, doc->date, doc->symbol, doc->place };
    const struct block *first = doc->blocks;
    bool told = strlen(doc->title) == first->end - first->start && memcmp(doc->title, doc->text + first->start, strlen(doc->title)) == 0;
    buf_str(b, "<article lang=\"vi\">\n");
    if (!told) {
        buf_str(b, "<h2>");
        buf_xml(b, *doc->title ? doc->title : doc->name);
        buf_str(b, "</h2>\n");
    }
    buf_str(b, "<p class=\"meta\">");
    buf_xml(b, doc->name);
    for (size_t i = 0; i < sizeof meta / sizeof *meta; i++)
        if (meta[i] && *meta[i]) {
            buf_str(b, " · ");
            buf_xml(b, meta[i]);
        }
    buf_str(b, "</p>\n");
    int page = 0;
    for (size_t i = 0; i < doc->n_blocks;) {
        if (doc->blocks[i].page > page) {
            page = doc->blocks[i].page;
            buf_printf(b, "<p class=\"meta\">tr. %d</p>\n", page);
        }
        if (doc->blocks[i].kind == BLOCK_CELL)
            i = put_table(p, i);
        else
            put_block(p, &doc->blocks[i++]);
    }
    buf_str(b, "</article>\n");
}

/* ---- the list ---- */

static void column(struct buf *b, const char *label, const char *value)
{
    if (!value || !*value)
        return;
    buf_str(b, " <span data-k=\"");
    buf_xml(b, label);
    buf_str(b, "\">");
    buf_xml(b, value);
    buf_str(b, "</span>");
}

static void value_text(struct buf *b, const struct fact *f)
{
    if (f->qualifier != FACT_EQ)
        buf_printf(b, "%s ", fact_qualifier_name(f->qualifier));
    buf_number(b, f->value, 6);
    if (isfinite(f->of)) {
        buf_char(b, '/');
        buf_number(b, f->of, 6);
    }
    buf_printf(b, " %s", f->unit);
}

static void put_row(struct page *p, size_t i, size_t mark)
{
    struct buf *b = &p->r->list, value = { 0 }, sure = { 0 };
    const struct fact *f = &p->facts->items[i];
    const struct indicator *known = catalog_indicator(p->r->catalog, f->indicator);
    size_t number = p->first_fact + i + 1;
    buf_printf(b, "<tbody id=\"f%zu\" class=\"%s\"><tr><td><a href=\"#m%zu\">%zu</a></td><td class=\"s\">", number, level(f->confidence), mark, number);
    buf_number(&sure, f->confidence, 2);
    buf_printf(b, "<span data-k=\"%s\">%s</span> %s</td><td>", _("confidence"), sure.data, sign(f->confidence));
    column(b, _("indicator"), known ? known->name : f->indicator);
    if (known) {
        buf_str(b, " <span class=\"why\">");
        buf_xml(b, f->indicator);
        buf_str(b, "</span>");
    }
    buf_str(b, "</td><td>");
    column(b, _("place"), f->place);
    if (*f->level)
        buf_str(b, ",");
    column(b, _("level"), f->level);
    buf_str(b, "</td><td class=\"v\"><span data-k=\"");
    buf_xml(b, _("value"));
    buf_str(b, "\">");
    value_text(&value, f);
    buf_xml(b, value.data);
    buf_str(b, "</span></td><td>");
    column(b, _("period"), f->period);
    buf_str(b, "</td><td>");
    column(b, _("kind"), fact_kind_name(f->kind));
    column(b, _("role"), f->role == FACT_RESULT ? "" : fact_role_name(f->role));
    buf_str(b, "</td></tr><tr><td></td><td colspan=\"6\" class=\"why\"><div>");
    column(b, _("read by"), f->why);
    buf_str(b, "</div></td></tr></tbody>\n");
    buf_clear(&value);
    buf_clear(&sure);
}

static void put_list(struct page *p)
{
    struct buf *b = &p->r->list;
    static const char *const labels[] = { N_("No."), N_("confidence"), N_("indicator"), N_("place"), N_("value"), N_("period"), N_("kind") };
    buf_str(b, "<h2>");
    buf_xml(b, p->doc->name);
    buf_printf(b, "</h2>\n<table><thead><tr>");
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        buf_printf(b, "<th scope=\"col\">%s</th>", _(labels[i]));
    buf_str(b, "</tr></thead>\n");
    size_t k = 0; /* facts and spans are both in the order of the text */
    for (size_t i = 0; i < p->facts->n; i++) {
        while (k < p->n && (p->spans[k].last < p->spans[k].first || p->spans[k].last < i))
            k++;
        put_row(p, i, p->first_fact + (k < p->n && p->spans[k].first <= i ? p->spans[k].first : i) + 1);
    }
    buf_str(b, "</table>\n");
}

/* The numbers that are no fact, with their reasons; what lies inside a fact's mark is left out. */
static void put_passed(struct page *p)
{
    struct buf *b = &p->r->list;
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        n += p->spans[i].last < p->spans[i].first;
    if (!n)
        return;
    buf_str(b, "<details class=\"passed\"><summary>");
    buf_printf(b, _("%zu numbers passed over"), n);
    buf_str(b, "</summary>\n<ul>\n");
    for (size_t i = 0; i < p->n; i++) {
        const struct span *s = &p->spans[i];
        if (s->last >= s->first)
            continue;
        const char *reason = p->passed->items[s->passed].reason;
        buf_printf(b, "<li><a href=\"#x%zu\">", p->first_passed + s->passed + 1);
        add_text(b, p->doc->text + s->start, s->end - s->start);
        buf_str(b, "</a> ");
        buf_xml(b, reason ? _(reason) : "");
        buf_str(b, "</li>\n");
    }
    buf_str(b, "</ul></details>\n");
}

void review_add(struct review *r, const struct document *doc, const struct facts *facts, const struct passed_list *passed)
{
    struct arena a = { 0 };
    struct page p = { .r = r, .doc = doc, .facts = facts, .passed = passed, .first_fact = r->facts,
                      .first_passed = r->passed };
    collect(&p, &a);
    put_document(&p);
    put_list(&p);
    put_passed(&p);
    r->documents++;
    r->facts += facts->n;
    r->passed += passed->n;
    arena_clear(&a);
}

static void put_legend(const struct review *r, struct buf *out)
{
    buf_printf(out, "<header><h1>%s</h1><span>", _("Facts to review"));
    buf_printf(out, _("%zu documents, %zu facts, %zu numbers passed over"), r->documents, r->facts, r->passed);
    buf_printf(out, "</span><span><span class=\"m high\">%s</span> <span class=\"m mid\">%s <sup>?</sup></span> <span class=\"m low\">%s <sup>?\?</sup></span></span>\n", _("sure (0.9 and more)"),
               _("likely (0.6 and more)"), _("doubtful"));
    buf_printf(out, "<label><input type=\"checkbox\" id=\"nopass\" checked> %s</label><label><input type=\"checkbox\" id=\"unsure\"> %s</label>"
                    "<span class=\"keys\"><kbd>n</kbd> <kbd>p</kbd> %s</span></header>\n",
               _("numbers passed over"), _("doubtful ones only"), _("next, previous"));
}

void review_end(struct review *r, struct buf *out)
{
    buf_printf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<title>%s</title>\n", strcmp(_("place"), "place") == 0 ? "en" : "vi",
               _("Facts to review"));
    buf_str(out, head);
    buf_str(out, "</head>\n<body>\n");
    put_legend(r, out);
    buf_str(out, "<div class=\"panes\">\n<main>\n");
    buf_add(out, r->body.data ? r->body.data : "", r->body.len);
    buf_printf(out, "</main>\n<nav aria-label=\"%s\">\n", _("list of facts"));
    buf_add(out, r->list.data ? r->list.data : "", r->list.len);
    buf_str(out, "</nav>\n</div>\n<div id=\"card\" role=\"status\" hidden></div>\n");
    buf_str(out, script);
    buf_str(out, "</body>\n</html>\n");
    buf_clear(&r->body);
    buf_clear(&r->list);
}
