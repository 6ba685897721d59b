#include "batch/making.h"

#include "base/file.h"

const char *const making_kinds[] = { "phieu", "tap", "tap-web" };

static void put(struct buf *b, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    buf_printf(b, " %s=\"", name);
    buf_xml(b, value);
    buf_char(b, '"');
}

static void put_layout(struct buf *b, const struct layout *layout)
{
    put(b, "bo-cuc", file_basename(layout_path(layout)));
    put(b, "bo-cuc-bam", layout_hash(layout));
}

static void put_params(struct buf *b, const struct layout *layout)
{
    size_t n;
    const struct layout_param *params = layout_params(layout, &n);
    for (size_t i = 0; i < n; i++) {
        buf_str(b, "  <tham-so");
        put(b, "ten", params[i].name);
        buf_char(b, '>');
        buf_xml(b, params[i].value);
        buf_str(b, "</tham-so>\n");
    }
}

struct attachment making_file(const struct layout *layout, const struct layout *book, const struct card_set *cards,
                              enum making_kind kind, struct arena *a)
{
    struct attachment file = { .name = MAKING_NAME, .mime = "application/xml", .relationship = "Data",
                               .description = "Cách làm ra tệp: chương trình, bố cục, danh mục, tham số" };
    struct buf b = { 0 };

    buf_str(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<cach-lam phien-ban=\"1\"");
    put(&b, "chuong-trinh", "phieudiem " VERSION);
    put(&b, "loai", making_kinds[kind]);
    put_layout(&b, layout);
    put(&b, "danh-muc-bam", catalog_hash(card_set_catalog(cards)));
    put(&b, "ky", card_set_period(cards));
    put(&b, "tinh-den", card_set_as_of(cards));
    buf_str(&b, ">\n");
    put_params(&b, layout);
    if (book) {
        buf_str(&b, "  <tap");
        put_layout(&b, book);
        buf_str(&b, ">\n");
        put_params(&b, book);
        buf_str(&b, "  </tap>\n");
    }
    buf_str(&b, "</cach-lam>\n");
    file.data = arena_strndup(a, b.data, b.len);
    file.len = b.len;
    buf_clear(&b);
    return file;
}
