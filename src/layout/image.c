/* Pictures: found in the layout's folder, measured from their headers.  pdf/ decodes them. */
#include "layout/bind.h"

#include "base/file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_IMAGE = 32 << 20 };

static unsigned be16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static bool png_size(const unsigned char *p, size_t n, struct image *i)
{
    static const unsigned char start[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };
    if (n < 24 || memcmp(p, start, 8) != 0 || memcmp(p + 12, "IHDR", 4) != 0 || p[16] || p[20])
        return false;
    i->png = true;
    i->width = (int)(be16(p + 17) << 8 | p[19]);
    i->height = (int)(be16(p + 21) << 8 | p[23]);
    return true;
}

/* The first frame header (SOF0..SOF15 without DHT, JPG, DAC) holds the size (ITU-T T.81, B.2.2). */
static bool jpeg_size(const unsigned char *p, size_t n, struct image *i)
{
    size_t at = 2;
    if (n < 4 || p[0] != 0xFF || p[1] != 0xD8)
        return false;
    while (at + 9 < n && p[at] == 0xFF) {
        unsigned marker = p[at + 1], len = be16(p + at + 2);
        if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
            i->height = (int)be16(p + at + 5);
            i->width = (int)be16(p + at + 7);
            return true;
        }
        at += 2 + (marker == 0xFF ? 0 : len);
        if (marker == 0xFF)
            at--;
    }
    return false;
}

static bool outside(const char *name)
{
    if (!*name || name[0] == '/' || strchr(name, ':') || strchr(name, '\\'))
        return true;
    for (const char *p = name; *p; p += strcspn(p, "/"), p += *p == '/')
        if (strcspn(p, "/") == 2 && p[0] == '.' && p[1] == '.')
            return true;
    return false;
}

static bool real_inside(const char *folder, const char *path)
{
    char a[PATH_MAX], b[PATH_MAX];
    if (!realpath(folder, a) || !realpath(path, b))
        return true; /* a missing file is told by file_read */
    size_t n = strlen(a);
    return strncmp(a, b, n) == 0 && b[n] == '/';
}

static const struct image *read_image(struct binder *b, const char *name, struct at at)
{
    const char *slash = strrchr(b->l->path, '/');
    const char *folder = slash ? arena_strndup(b->a, b->l->path, (size_t)(slash - b->l->path)) : ".";
    const char *path = arena_printf(b->a, "%s/%s", folder, name);
    struct image *i = arena_new(b->a, struct image);
    struct buf bytes = { 0 };
    if (outside(name) || !real_inside(folder, path)) {
        diag_error(b->d, at, _("the picture \"%s\" is not inside the layout's folder"), name);
        return NULL;
    }
    if (!file_read(path, MAX_IMAGE, &bytes, b->d)) {
        diag_note(b->d, at, _("used here"));
        return NULL;
    }
    i->path = path;
    i->len = bytes.len;
    i->data = (const unsigned char *)arena_strndup(b->a, bytes.data, bytes.len);
    buf_clear(&bytes);
    if ((png_size(i->data, i->len, i) || jpeg_size(i->data, i->len, i)) && i->width > 0 && i->height > 0)
        return i;
    diag_error(b->d, at, _("\"%s\" is no picture"), name);
    diag_expected(b->d, _("a PNG or JPEG file"));
    return NULL;
}

struct box *bind_image(struct binder *b, const struct context *c, const struct elem *e)
{
    const struct attr *src = elem_attr(e, A_SRC), *width = elem_attr(e, A_WIDTH);
    const char *name = eval_code(b, c, src);
    struct prop_set none;
    memset(&none, 0, sizeof none);
    if (!*name)
        return NULL;
    const struct image *i = read_image(b, name, src->at);
    if (!i)
        return NULL;
    struct box *box = box_new(b, BOX_IMAGE, e);
    double w = width && width->u.tracks.v[0].unit == LEN_PT ? width->u.tracks.v[0].v : 0,
           h = elem_number(e, A_HEIGHT, 0), ratio = (double)i->height / i->width;
    box->props = props_of(&none, e);
    box->u.image.image = i;
    box->u.image.alt = eval_text(b, c, elem_attr(e, A_ALT));
    box->u.image.cover = elem_choice(e, A_FIT, 0) == 1;
    if (w <= 0 && h <= 0)
        w = i->width * 72.0 / 150; /* 150 pixels an inch */
    box->u.image.width = w > 0 ? w : h / ratio;
    box->u.image.height = h > 0 ? h : w * ratio;
    return box;
}
