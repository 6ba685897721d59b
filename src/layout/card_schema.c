#include "layout/card_schema.h"

#include <string.h>

/* One period of an index or one fact: the same attributes (layouts/README.md). */
#define FACT \
    "id ky ky-ten ky-ngan nam ky-van-ban loai vai gia-tri tren don-vi ty-le dau dau-chu cap nhan chinh cung tin-cay " \
    "trang-thai nguon mau-thuan dung phu-hop-ky sau-ky muc-tieu muc-tieu-dau muc-tieu-id muc-tieu-nguon muc-tieu-ky dat " \
    "truoc truoc-ky thay-doi dang-ke hang tong hang-loai hang-id hang-nguon hang-truoc tong-truoc hang-thay-doi chi-xep " \
    "truoc-chua-cong-bo nhom nhom-ten lop n trung-vi q1 q3 thap-nhat cao-nhat tot-nhat tot-nhat-ten phan-bo ca-nuoc " \
    "dut dut-vi chi-so ma so"

static const struct { const char *name, *attributes, *children; } table[] = {
    { "the", "phien-ban ngay loai",
      "noi ky thong-ke nhan-xet y-chinh chi-so linh-vuc truc-thuoc vung mau-thuan ghi-chu ban-do nguon tinh tap" },
    { "noi", "ma ma-so ten ten-ngan ten-day-du loai vung vung-so bo tinh-den thanh-lap", "tien-than" },
    { "tien-than", "ma ma-so ten ten-ngan ten-day-du den so-lieu", "chi-so chi-tieu" },
    { "ky", "ma ten nam truoc tu den", "" },
    { "thong-ke", "so-lieu chi-tieu tong-chi-tieu nguon mau-thuan", "" },
    { "nhan-xet", "loai", "b i nguon-dan" },
    { "y-chinh", "loai", "b i nguon-dan" },
    { "b", "", "i nguon-dan" },
    { "i", "", "b nguon-dan" },
    { "nguon-dan", "nguon cau", "" },
    { "chi-so", "ma ten ten-ngan nhan co-quan dia-chi don-vi ten-thanh-phan thang so-chu-so chi-nhom ky-so-sanh ghi-chu ky "
                "n trung-vi q1 q3 thap-nhat cao-nhat tot-nhat tot-nhat-ten phan-bo ca-nuoc",
      "nam chua-cong-bo thanh-phan so-lieu" },
    { "nam", FACT, "thanh-phan" },
    { "chua-cong-bo", "ky chi-so", "" },
    { "thanh-phan", FACT " ten ten-ngan ten-cot thang so-chu-so ghi-chu", "nam so-lieu" },
    { "linh-vuc", "ma ten ten-ngan co tong ngoai-danh-muc", "chi-tieu" },
    { "chi-tieu", "ma ten ten-ngan don-vi chieu chinh co-trong-ky", "so-lieu" },
    { "so-lieu", FACT, "" },
    { "truc-thuoc", "ten", "chi-tieu" },
    { "vung", "ten so", "tinh nam" },
    { "tinh", "ma ma-so ten ten-ngan ten-day-du loai minh vung cot dong chi-tieu tong-chi-tieu", "nam chua-cong-bo" },
    { "mau-thuan", "so loai chi-tieu ten-ngan ten ky ky-ten ky-ngan ky-van-ban nam phu-hop-ky sau-ky dung hang tong", "so-lieu" },
    { "ghi-chu", "loai linh-vuc ky ky-ten ky-ngan ky-van-ban nam phu-hop-ky sau-ky nguon cau", "" },
    { "ban-do", "bo", "o" },
    { "o", "ma cot dong nhan ten minh cung-vung thuoc", "" },
    { "nguon", "ma so ten loai tieu-de so-hieu ngay co-quan noi dia-chi bam", "cau" },
    { "cau", "ma chu tu den trang", "" },
    { "tap", "doan so-phieu so-trang so-lieu", "phan muc" },
    { "phan", "so ten so-phieu trang den-trang neo nay", "phieu tinh" },
    { "phieu", "ma ten ten-ngan ten-day-du trang den-trang neo so-lieu", "" },
    { "muc", "ma ten ten-ngan nhom so-phieu moi-phieu", "phieu phan" },
};
enum { COUNT = sizeof table / sizeof *table };

static bool listed(const char *list, const char *name, size_t n)
{
    for (const char *p = list; *p;) {
        size_t len = strcspn(p, " ");
        if (len == n && memcmp(p, name, n) == 0)
            return true;
        p += len + (p[len] == ' ');
    }
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

card_set_t card_schema_children(card_set_t of)
{
    card_set_t found = 0;
    for (int i = 0; i < COUNT; i++)
        for (int k = 0; k < COUNT && of >> i & 1; k++)
            if (listed(table[i].children, table[k].name, strlen(table[k].name)))
                found |= (card_set_t)1 << k;
    return found;
}

card_set_t card_schema_parents(card_set_t of)
{
    card_set_t found = 0;
    for (int i = 0; i < COUNT; i++)
        if (card_schema_children((card_set_t)1 << i) & of)
            found |= (card_set_t)1 << i;
    return found;
}

card_set_t card_schema_with(card_set_t of, const char *attribute)
{
    card_set_t found = 0;
    for (int i = 0; i < COUNT; i++)
        if (of >> i & 1 && (attribute ? listed(table[i].attributes, attribute, strlen(attribute)) : *table[i].attributes))
            found |= (card_set_t)1 << i;
    return found;
}

static bool among(const char **names, size_t n, const char *name, size_t len)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0)
            return true;
    return false;
}

size_t card_schema_attributes(card_set_t of, struct arena *a, const char **names, size_t max)
{
    size_t n = 0;
    for (int i = 0; i < COUNT; i++)
        for (const char *p = of >> i & 1 ? table[i].attributes : ""; *p && n < max;) {
            size_t len = strcspn(p, " ");
            if (!among(names, n, p, len))
                names[n++] = arena_strndup(a, p, len);
            p += len + (p[len] == ' ');
        }
    return n;
}

static void cover(xmlNodePtr node, int parent, struct buf *missing)
{
    int k = card_schema_find((const char *)node->name);
    if (k < 0 || (parent >= 0 && !(card_schema_children((card_set_t)1 << parent) >> k & 1))) {
        buf_printf(missing, "<%s> in <%s>\n", (const char *)node->name, parent >= 0 ? table[parent].name : "");
        if (k < 0)
            return;
    }
    for (xmlAttrPtr a = node->properties; a; a = a->next)
        if (!card_schema_with((card_set_t)1 << k, (const char *)a->name))
            buf_printf(missing, "<%s %s>\n", table[k].name, (const char *)a->name);
    for (xmlNodePtr c = node->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE)
            cover(c, k, missing);
}

bool card_schema_covers(xmlDocPtr card, struct buf *missing)
{
    size_t before = missing->len;
    cover(xmlDocGetRootElement(card), -1, missing);
    return missing->len == before;
}
