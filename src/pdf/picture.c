/* Pictures, read by libharu: JPEG goes into the file as it is, PNG as pixels,
 * its transparency as a soft mask.  libharu trusts a header's size, so the size
 * is looked at first. */
#include "pdf/parts.h"

#include "base/file.h"

#include <string.h>

enum { MAX_PIXELS = 64 * 1024 * 1024 };

static uint32_t be32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool png_size_sound(const struct image *i)
{
    if (i->len < 33 || memcmp(i->data, "\x89PNG\r\n\x1A\n", 8) != 0)
        return false;
    uint32_t w = be32(i->data + 16), h = be32(i->data + 20);
    return w && h && w <= MAX_PIXELS && h <= MAX_PIXELS / w;
}

static bool refuse(const struct image *image, struct diag *d, const char *why)
{
    diag_error(d, (struct at){ .file = image->path }, "%s", why);
    return false;
}

static bool load(struct pdf *pdf, const struct image *image, unsigned *object, struct diag *d)
{
    struct objects *o = &pdf->objects;
    HPDF_Image loaded;

    if (image->len > INT32_MAX || (image->png && !png_size_sound(image)))
        return refuse(image, d, _("is no PNG picture, or is larger than 64 million pixels"));
    if (image->png)
        loaded = HPDF_LoadPngImageFromMem(o->doc, image->data, (HPDF_UINT)image->len);
    else
        loaded = HPDF_LoadJpegImageFromMem(o->doc, image->data, (HPDF_UINT)image->len);
    if (!loaded) {
        diag_error(d, (struct at){ .file = image->path }, _("the picture cannot be read (libharu error 0x%04lx)"),
                   o->error);
        diag_expected(d, _("a PNG or JPEG file"));
        HPDF_ResetError(o->doc);
        return false;
    }
    HPDF_Name space = HPDF_Dict_GetItem(loaded, "ColorSpace", HPDF_OCLASS_NAME);
    if (space && strcmp(HPDF_Name_GetValue(space), "DeviceCMYK") == 0)
        return refuse(image, d, _("is a CMYK picture; convert it to RGB: the file's colours are sRGB"));
    *object = objects_number(loaded);
    return true;
}

bool pdf_picture(struct pdf *pdf, const struct image *image, size_t *index, struct diag *d)
{
    char hash[65];
    unsigned object;

    file_sha256(image->data, image->len, hash);
    for (*index = 0; *index < pdf->n_pictures; ++*index)
        if (strcmp(pdf->pictures[*index].sha256, hash) == 0)
            return true;
    if (!load(pdf, image, &object, d))
        return false;
    struct picture *p = ARENA_PUSH(&pdf->objects.arena, pdf->pictures, pdf->n_pictures, pdf->cap_pictures);
    memcpy(p->sha256, hash, sizeof hash);
    p->object = object;
    return true;
}
