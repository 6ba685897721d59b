/* Every id that the program uses, with the values that it gives: a file that
 * lacks one or asks for another value is told so at once, not on the page. */
#include "catalog/sentences.h"

#include "catalog/xml.h"

#include <stdlib.h>
#include <string.h>

static const struct { const char *id, *values; } known[] = {
    { "chi-so", "chi-so ky gia-tri" },
    { "chi-so-chi-hang", "chi-so ky hang" },
    { "chi-so-ngan", "chi-so gia-tri" },
    { "chi-so-ngan-chi-hang", "chi-so hang" },
    { "chi-so-gan-nhat", "chi-so ky" },
    { "gia-tri-gan-nhat", "gia-tri" },
    { "hang", "hang" },
    { "nhom", "nhom" },
    { "lop", "lop" },
    { "ngoai-xep-hang", "so" },
    { "trung-vi-bang", "trung-vi" },
    { "trung-vi-hon", "trung-vi muc" },
    { "trung-vi-kem", "trung-vi muc" },
    { "khong-cong-bo", "chi-so ky noi" },
    { "thay-doi", "ky-truoc huong muc" },
    { "khong-doi", "ky-truoc truoc" },
    { "hang-len", "tu den" },
    { "hang-xuong", "tu den" },
    { "nhung-len", "tu den" },
    { "nhung-xuong", "tu den" },
    { "hang-rieng-len", "tu den" },
    { "hang-rieng-xuong", "tu den" },
    { "hang-giu", "den" },
    { "chi-hang-len", "ky-truoc tu den" },
    { "chi-hang-xuong", "ky-truoc tu den" },
    { "chi-hang-giu", "ky-truoc" },
    { "doi-phuong-phap", "ky-truoc" },
    { "doi-so-tinh", "ky-truoc" },
    { "truoc-khong-cong-bo", "ky-truoc" },
    { "trong-chi-so", "chi-so ten hang" },
    { "manh-nhat", "ten hang" },
    { "yeu-nhat", "ten hang" },
    { "du-tang-nhat", "muc" },
    { "du-tang", "muc" },
    { "du-giam", "muc" },
    { "va-tang", "muc" },
    { "va-giam", "muc" },
    { "va-giam-nhat", "muc" },
    { "va-tang-nhat", "muc" },
    { "tang-nhat", "ten muc" },
    { "giam-nhat", "ten muc" },
    { "khong-giam", "phan nguong" },
    { "khong-phan-nao", "phan nguong" },
    { "muc-tieu-het", "tong" },
    { "muc-tieu-mot", "ten gia-tri muc-tieu" },
    { "muc-tieu", "dat tong" },
    { "muc-tieu-khong", "tong" },
    { "chua-dat", "ten gia-tri muc-tieu" },
    { "chua-dat-tiep", "ten gia-tri muc-tieu" },
    { "ket-qua", "ten gia-tri" },
    { "ket-qua-tiep", "ten gia-tri" },
    { "ket-qua-ky", "ky" },
    { "thieu-tat-ca", "tong ky" },
    { "thieu-nhieu", "so tong ky" },
    { "thieu-it", "ky cac-chi-so" },
    { "thieu-linh-vuc", "ky cac-linh-vuc" },
    { "thieu-van-ban", "ky" },
    { "mau-thuan", "so" },
    { "qd-muc-tieu", "ten gia-tri muc-tieu" },
    { "qd-chi-so-giam", "chi-so muc ky-truoc" },
    { "qd-giam", "ten chi-so muc" },
    { "qd-thap", "ten chi-so hang" },
    { "qd-thieu", "so ky" },
    { "nb-nhom", "chi-so so tu den" },
    { "nb-nhom-mot", "chi-so ky" },
    { "nb-hang", "chi-so ky hang" },
    { "nb-dat", "ten gia-tri muc-tieu" },
    { "nb-tang", "ten chi-so muc" },
    { "nb-ket-qua", "ten gia-tri" },
    { "hop-nhat", "noi ngay cac-noi" },
    { "hop-nhat-chi-so", "chi-so ky noi gia-tri" },
    { "hop-nhat-chi-so-tiep", "noi gia-tri" },
};
enum { KNOWN = sizeof known / sizeof *known };

static const char *const words[] = { "nhom-1", "nhom-2", "nhom-3", "nhom-4", "tang", "giam", "va" };
enum { WORDS = sizeof words / sizeof *words };

struct sentences { struct wording items[KNOWN]; const char *words[WORDS]; };

static const struct xml_rule rules[] = {
    { "sentences", NULL, "", false },
    { "word", "sentences", "id!", true },
    { "sentence", "sentences", "id!", true },
    { "b", "sentence", "", true },
};

static int sentence_number(const char *id)
{
    for (int i = 0; i < KNOWN; i++)
        if (strcmp(known[i].id, id) == 0)
            return i;
    return -1;
}

static int word_number(const char *id)
{
    for (int i = 0; i < WORDS; i++)
        if (strcmp(words[i], id) == 0)
            return i;
    return -1;
}

static bool listed(const char *values, const char *name, size_t n)
{
    for (const char *p = values; *p; p += strcspn(p, " "), p += *p == ' ')
        if (strcspn(p, " ") == n && memcmp(p, name, n) == 0)
            return true;
    return false;
}

static void check_values(const char *text, const char *values, struct at at, struct diag *d)
{
    for (const char *p = text; (p = strchr(p, '{')); p++) {
        size_t n = strcspn(p + 1, "}");
        if (!p[1 + n] || !listed(values, p + 1, n)) {
            diag_error(d, at, _("{%.*s} is no value of this sentence"), (int)n, p + 1);
            diag_expected(d, "%s", values);
        }
    }
}

/* Line breaks and indents of the file are one blank. */
static const char *one_line(struct arena *a, xmlNodePtr node)
{
    xmlChar *raw = xmlNodeGetContent(node);
    char *out = arena_strdup(a, raw ? (char *)raw : ""), *to = out;
    for (const char *p = out; *p; p++) {
        bool blank = strchr(" \t\r\n", *p) != NULL;
        if (!blank || to == out || to[-1] != ' ')
            *to++ = blank ? ' ' : *p;
    }
    *to = '\0';
    xmlFree(raw);
    return out;
}

static void read_sentence(struct sentences *s, xmlNodePtr node, const char *path, struct arena *a, struct diag *d)
{
    struct wording_part *parts = NULL;
    size_t n = 0, cap = 0;
    const char *id = xml_string(a, node, "id");
    int number = sentence_number(id);
    if (number < 0) {
        const char *names[KNOWN];
        for (int i = 0; i < KNOWN; i++)
            names[i] = known[i].id;
        const char *near = diag_nearest(id, names, KNOWN);
        diag_error(d, xml_at(path, node, "id"), _("\"%s\" is no sentence"), id);
        if (near)
            diag_expected(d, _("the nearest is \"%s\""), near);
        return;
    }
    for (xmlNodePtr child = node->children; child; child = child->next) {
        if (child->type == XML_COMMENT_NODE)
            continue;
        struct wording_part *p = ARENA_PUSH(a, parts, n, cap);
        p->bold = child->type == XML_ELEMENT_NODE;
        p->text = one_line(a, child);
        check_values(p->text, known[number].values, xml_at(path, node, NULL), d);
    }
    s->items[number] = (struct wording){ id, parts, n };
}

static void read_word(struct sentences *s, xmlNodePtr node, const char *path, struct arena *a, struct diag *d)
{
    const char *id = xml_string(a, node, "id");
    int number = word_number(id);
    if (number < 0)
        diag_error(d, xml_at(path, node, "id"), _("\"%s\" is no word"), id);
    else
        s->words[number] = one_line(a, node);
}

const struct sentences *sentences_read(const char *path, struct arena *a, struct diag *d)
{
    struct sentences *s = arena_new(a, struct sentences);
    size_t errors = d->errors;
    xmlDocPtr doc = xml_read(path, rules, sizeof rules / sizeof *rules, d);
    if (!doc)
        return NULL;
    xmlNodePtr root = xmlDocGetRootElement(doc);
    for (xmlNodePtr n = xml_first(root, "word"); n; n = xml_next(n, "word"))
        read_word(s, n, path, a, d);
    for (xmlNodePtr n = xml_first(root, "sentence"); n; n = xml_next(n, "sentence"))
        read_sentence(s, n, path, a, d);
    xmlFreeDoc(doc);
    for (int i = 0; i < KNOWN; i++)
        if (!s->items[i].id)
            diag_error(d, (struct at){ .file = path }, _("the sentence \"%s\" is missing"), known[i].id);
    for (int i = 0; i < WORDS; i++)
        if (!s->words[i])
            diag_error(d, (struct at){ .file = path }, _("the word \"%s\" is missing"), words[i]);
    return d->errors == errors ? s : NULL;
}

const struct wording *wording_find(const struct sentences *s, const char *id)
{
    int number = sentence_number(id);
    if (number < 0)
        die("no sentence \"%s\"", id);
    return &s->items[number];
}

const char *wording_word(const struct sentences *s, const char *id)
{
    int number = word_number(id);
    if (number < 0)
        die("no word \"%s\"", id);
    return s->words[number];
}

void sentences_each(const struct sentences *s, void (*take)(void *ctx, const char *text), void *ctx)
{
    for (int i = 0; i < KNOWN; i++)
        for (size_t k = 0; k < s->items[i].n; k++)
            take(ctx, s->items[i].parts[k].text);
    for (int i = 0; i < WORDS; i++)
        take(ctx, s->words[i]);
}
