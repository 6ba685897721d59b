#include "layout/card_schema.h"

#include <string.h>

/* One period of an index or one fact: the same attributes (layouts/README.md). */
#define FACT \
    "id ky ky-ten ky-ngan nam ky-van-ban loai vai gia-tri tren don-vi ty-le dau dau-chu cap nhan chinh cung tin-cay " \
    "trang-thai nguon mau-thuan dung phu-hop-ky sau-ky muc-tieu muc-tieu-dau muc-tieu-id muc-tieu-nguon muc-tieu-ky muc-tieu-cach dat " \
    "truoc truoc-ky thay-doi dang-ke hang tong hang-loai hang-id hang-nguon hang-truoc tong-truoc hang-thay-doi chi-xep " \
    "truoc-chua-cong-bo nhom nhom-ten lop n trung-vi q1 q3 thap-nhat cao-nhat tot-nhat tot-nhat-ten phan-bo ca-nuoc " \
    "dut dut-vi chi-so ma so"

/* A name after "~" is on a place's card alone, one after "+" on the country's, one after "&" on a book's.
 * `once`: it stands at most once in its parent. `apart`: attributes of which no
 * two neighbours have the same value; after "!", that only one of them has. */
static const struct { const char *name, *attributes, *children; bool once; const char *apart; } table[] = {
    { "the", "phien-ban ngay loai",
      "noi ky ~thong-ke ~nhan-xet ~y-chinh chi-so ~linh-vuc ~truc-thuoc vung ~mau-thuan ~ghi-chu ban-do nguon +tinh &tap", true, "" },
    { "noi", "ma ~ma-so ten ~ten-ngan ten-day-du ~loai ~vung ~vung-so bo tinh-den ~thanh-lap", "~tien-than", true, "" },
    { "tien-than", "ma ma-so ten ten-ngan ten-day-du den so-lieu", "chi-so chi-tieu", false, "ma ma-so" },
    { "ky", "ma ten nam truoc tu den", "", true, "" },
    { "thong-ke", "so-lieu chi-tieu tong-chi-tieu nguon mau-thuan", "", true, "" },
    { "nhan-xet", "loai", "b i nguon-dan", false, "" },
    { "y-chinh", "loai", "b i nguon-dan", false, "" },
    { "b", "", "i nguon-dan", false, "" },
    { "i", "", "b nguon-dan", false, "" },
    { "nguon-dan", "nguon cau", "", false, "" },
    { "chi-so", "ma ten ten-ngan nhan co-quan dia-chi don-vi ten-thanh-phan thang so-chu-so chi-nhom ~ky-so-sanh &ky-so-sanh ghi-chu +ky "
                "+n +trung-vi +q1 +q3 +thap-nhat +cao-nhat +tot-nhat +tot-nhat-ten +phan-bo +ca-nuoc",
      "~nam ~chua-cong-bo thanh-phan ~so-lieu", false, "ma ten ten-ngan" },
    { "nam", FACT, "+thanh-phan", false, "ky chi-so id" },
    { "chua-cong-bo", "ky chi-so", "", false, "ky chi-so" },
    { "thanh-phan", FACT " ten ten-ngan ten-cot thang so-chu-so ghi-chu", "~nam ~so-lieu", false, "ma so ten ten-ngan" },
    { "linh-vuc", "ma ten ten-ngan co tong ngoai-danh-muc", "chi-tieu", false, "ma ten" },
    { "chi-tieu", "ma ten ten-ngan don-vi chieu chinh co-trong-ky", "so-lieu", false, "ma ten" },
    { "so-lieu", FACT, "", false, "id !chinh" },
    { "truc-thuoc", "ten", "chi-tieu", false, "ten" },
    { "vung", "ten so", "~tinh +nam", false, "ten" },
    { "tinh", "ma ten ten-ngan ~minh +ma-so +ten-day-du +loai +vung +cot +dong +chi-tieu +tong-chi-tieu", "nam chua-cong-bo",
      false, "ma ma-so ten !minh" },
    { "mau-thuan", "so loai chi-tieu ten-ngan ten ky ky-ten ky-ngan ky-van-ban nam phu-hop-ky sau-ky dung hang tong", "so-lieu",
      false, "so" },
    { "ghi-chu", "loai linh-vuc ky ky-ten ky-ngan ky-van-ban nam phu-hop-ky sau-ky nguon cau", "", false, "" },
    { "ban-do", "bo", "o", true, "" },
    { "o", "ma cot dong nhan ten ~minh cung-vung thuoc", "", false, "ma !minh" },
    { "nguon", "ma so ten loai tieu-de so-hieu ngay co-quan noi dia-chi bam", "cau", false, "ma so" },
    { "cau", "ma chu tu den trang", "", false, "ma chu" },
    { "tap", "doan so-phieu so-trang so-lieu bang-tra", "phan muc", true, "" },
    { "phan", "so ten so-phieu trang den-trang neo nay", "phieu tinh", false, "so ten !nay" },
    { "phieu", "ma ten ten-ngan ten-day-du trang den-trang neo so-lieu", "", false, "ma neo" },
    { "muc", "ma ten ten-ngan nhom so-phieu moi-phieu", "phieu phan", false, "ma" },
};
/* Attributes that hold one of a few words. */
static const struct { const char *owners, *attribute, *words; } words[] = {
    { "so-lieu", "loai", "percent|fraction|count|money|rank|score|change|duration" },
    { "so-lieu", "vai", "ket-qua|muc-tieu|thay-doi" },
    { "nam so-lieu thanh-phan", "dat", "dat|gan|chua" },
    { "nam so-lieu thanh-phan", "hang-loai", "cong-bo|tinh-toan|van-ban" },
    { "chi-tieu", "chieu", "tang|giam" },
    { "nguon", "loai", "van-ban|bang" },
    { "noi tinh", "loai", "tỉnh|thành phố" },
    { "mau-thuan", "loai", "hang" },
    { "the", "loai", "quoc-gia|tap" }, { "tap", "doan", "dau|phan|phieu|cuoi" },
    { "nhan-xet", "loai", "chi-so|linh-vuc|cong-viec|khoang-trong|hop-nhat" },
    { "y-chinh", "loai", "can-quyet-dinh|noi-bat" },
    { "so-lieu", "chinh", "true" }, { "tinh o", "minh", "true" }, { "o", "cung-vung", "true" },
    { "linh-vuc", "ngoai-danh-muc", "true" }, { "chi-tieu", "co-trong-ky", "true" },
    { "chi-so", "chi-nhom", "true" }, { "nam so-lieu thanh-phan", "dut", "true" },
    { "nam so-lieu thanh-phan", "dang-ke", "true" }, { "nam so-lieu thanh-phan", "truoc-chua-cong-bo", "true" },
    { "nam so-lieu thanh-phan mau-thuan ghi-chu", "phu-hop-ky", "true" },
    { "nam so-lieu thanh-phan mau-thuan ghi-chu", "sau-ky", "true" },
    { "nam so-lieu thanh-phan mau-thuan ghi-chu", "ky-van-ban", "true" },
};
enum { COUNT = sizeof table / sizeof *table };

/* Walks a list: the next name for this card, with its length and what stands before it; NULL at the end. */
static const char *next_name(const char **list, enum card_of card, size_t *n, char *sign)
{
    while (**list) {
        const char *p = *list;
        size_t len = strcspn(p, " ");
        *list += len + (p[len] == ' ');
        *sign = strchr("~+&!", *p) ? *p : 0;
        if (*sign && *sign != '!' && *sign != "~+&"[card])
            continue;
        *n = len - (*sign != 0);
        return p + (*sign != 0);
    }
    return NULL;
}

static bool listed(const char *list, const char *name, enum card_of card)
{
    size_t n;
    char sign;
    for (const char *p; (p = next_name(&list, card, &n, &sign));)
        if (strlen(name) == n && memcmp(p, name, n) == 0)
            return true;
    return false;
}

int card_schema_count(void)
{
    return COUNT;
}

int card_schema_find(const char *element)
{
    for (int i = 0; i < COUNT; i++)
        if (strcmp(table[i].name, element) == 0)
            return i;
    return -1;
}

const char *card_schema_name(int element)
{
    return table[element].name;
}

card_set_t card_schema_children(card_set_t of, enum card_of card)
{
    card_set_t found = 0;
    for (int i = 0; i < COUNT; i++)
        for (int k = 0; k < COUNT && of >> i & 1; k++)
            if (listed(table[i].children, table[k].name, card))
                found |= (card_set_t)1 << k;
    return found;
}

card_set_t card_schema_parents(card_set_t of, enum card_of card)
{
    card_set_t found = 0;
    for (int i = 0; i < COUNT; i++)
        if (card_schema_children((card_set_t)1 << i, card) & of)
            found |= (card_set_t)1 << i;
    return found;
}

card_set_t card_schema_with(card_set_t of, const char *attribute, enum card_of card)
{
    card_set_t found = 0;
    for (int i = 0; i < COUNT; i++)
        if (of >> i & 1 && (attribute ? listed(table[i].attributes, attribute, card) : *table[i].attributes))
            found |= (card_set_t)1 << i;
    return found;
}

bool card_schema_repeats(card_set_t elements)
{
    for (int i = 0; i < COUNT; i++)
        if (elements >> i & 1 && !table[i].once)
            return true;
    return false;
}

bool card_schema_tells_apart(card_set_t elements, const char *attribute, bool flag)
{
    for (int i = 0; i < COUNT; i++) {
        const char *list = table[i].apart;
        bool found = table[i].once || !(elements >> i & 1);
        char sign;
        size_t n;
        for (const char *p; !found && (p = next_name(&list, CARD_OF_PLACE, &n, &sign));)
            found = strlen(attribute) == n && memcmp(p, attribute, n) == 0 && (sign == '!' || !flag);
        if (!found)
            return false;
    }
    return true;
}

const char *card_schema_words(card_set_t owners, const char *attribute)
{
    const char *found = NULL;
    for (int i = 0; i < COUNT; i++) {
        const char *here = NULL;
        for (size_t k = 0; k < sizeof words / sizeof *words && owners >> i & 1; k++)
            if (strcmp(words[k].attribute, attribute) == 0 && listed(words[k].owners, table[i].name, CARD_OF_PLACE))
                here = words[k].words;
        if (owners >> i & 1 && (!here || (found && found != here)))
            return NULL;
        found = here ? here : found;
    }
    return found;
}

static bool among(const char **names, size_t n, const char *name, size_t len)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
            return true;
    return false;
}

bool card_word_among(const char *words_of, const char *word)
{
    size_t len = strlen(word);
    for (const char *p = words_of; p; p = strchr(p, '|') ? strchr(p, '|') + 1 : NULL)
        if (strcspn(p, "|") == len && memcmp(p, word, len) == 0)
            return true;
    return false;
}

size_t card_schema_attributes(card_set_t of, enum card_of card, struct arena *a, const char **names, size_t max)
{
    size_t n = 0, len;
    char sign;
    for (int i = 0; i < COUNT; i++) {
        const char *list = of >> i & 1 ? table[i].attributes : "";
        for (const char *p; n < max && (p = next_name(&list, card, &len, &sign));)
            if (!among(names, n, p, len))
                names[n++] = arena_strndup(a, p, len);
    }
    return n;
}

static void cover(xmlNodePtr node, int parent, enum card_of card, struct buf *missing)
{
    int k = card_schema_find((const char *)node->name);
    if (k < 0 || (parent >= 0 && !(card_schema_children((card_set_t)1 << parent, card) >> k & 1))) {
        buf_printf(missing, "<%s> in <%s>\n", (const char *)node->name, parent >= 0 ? table[parent].name : "");
        if (k < 0)
            return;
    }
    for (xmlAttrPtr a = node->properties; a; a = a->next) {
        const char *known = card_schema_words((card_set_t)1 << k, (const char *)a->name);
        const char *value = a->children ? (const char *)a->children->content : "";
        if (!card_schema_with((card_set_t)1 << k, (const char *)a->name, card))
            buf_printf(missing, "<%s %s>\n", table[k].name, (const char *)a->name);
        else if (known && !card_word_among(known, value))
            buf_printf(missing, "<%s %s=\"%s\">\n", table[k].name, (const char *)a->name, value);
    }
    for (xmlNodePtr c = node->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE)
            cover(c, k, card, missing);
}

bool card_schema_covers(xmlDocPtr card, struct buf *missing)
{
    size_t before = missing->len;
    xmlNodePtr root = xmlDocGetRootElement(card);
    xmlChar *type = xmlGetNoNsProp(root, (const xmlChar *)"loai");
    cover(root, -1, !type ? CARD_OF_PLACE : strcmp((const char *)type, "tap") == 0 ? CARD_OF_BOOK : CARD_OF_COUNTRY, missing);
    xmlFree(type);
    return missing->len == before;
}
