/* Pictures.  JPEG goes into the file as it is, read by libharu.  PNG is decoded
 * with libpng's simplified interface, because libharu's loader lets a damaged
 * file end the program: its handler returns to libpng, which then aborts. */
#include "pdf/parts.h"

#include "base/file.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PIXELS = 64 * 1024 * 1024 };

static unsigned write_pixels(struct objects *o, const struct buf *pixels, unsigned w, unsigned h, bool gray, unsigned mask)
{
    struct buf entries = { 0 };
    unsigned number = objects_reserve(o);

    buf_printf(&entries, "/Type/XObject/Subtype/Image/Width %u/Height %u/BitsPerComponent 8/ColorSpace/Device%s", w, h,
               gray ? "Gray" : "RGB");
    if (mask)
        buf_printf(&entries, "/SMask %u 0 R", mask);
    objects_stream(o, number, entries.data, pixels->data, pixels->len, true);
    buf_clear(&entries);
    return number;
}

/* Colours and transparency apart, as the file wants them. */
static unsigned write_png(struct objects *o, const unsigned char *rgba, unsigned w, unsigned h)
{
    struct buf colors = { 0 }, alpha = { 0 };
    size_t n = (size_t)w * h;
    bool gray = true, opaque = true;

    for (size_t i = 0; i < n; i++) {
        const unsigned char *p = rgba + 4 * i;
        gray &= p[0] == p[1] && p[1] == p[2];
        opaque &= p[3] == 255;
    }
    for (size_t i = 0; i < n; i++) {
        buf_add(&colors, rgba + 4 * i, gray ? 1 : 3);
        buf_char(&alpha, (char)rgba[4 * i + 3]);
    }
    unsigned mask = opaque ? 0 : write_pixels(o, &alpha, w, h, true, 0);
    unsigned number = write_pixels(o, &colors, w, h, gray, mask);
    buf_clear(&colors);
    buf_clear(&alpha);
    return number;
}

static bool load_png(struct objects *o, const struct image *image, unsigned *object, struct diag *d)
{
    png_image png = { .version = PNG_IMAGE_VERSION };
    unsigned char *rgba = NULL;

    if (png_image_begin_read_from_memory(&png, image->data, image->len) && png.height &&
        png.width <= MAX_PIXELS / png.height) {
        png.format = PNG_FORMAT_RGBA;
        rgba = xmalloc(PNG_IMAGE_SIZE(png));
        if (png_image_finish_read(&png, NULL, rgba, 0, NULL))
            *object = write_png(o, rgba, png.width, png.height);
    }
    free(rgba);
    png_image_free(&png);
    if (!*object) {
        diag_error(d, (struct at){ .file = image->path }, _("the picture cannot be read: %s"),
                   png.message[0] ? png.message : _("more than 64 million pixels"));
        diag_expected(d, _("a sound PNG file"));
    }
    return *object != 0;
}

static bool load_jpeg(struct objects *o, const struct image *image, unsigned *object, struct diag *d)
{
    HPDF_Image loaded =
        image->len > INT32_MAX ? NULL : HPDF_LoadJpegImageFromMem(o->doc, image->data, (HPDF_UINT)image->len);

    if (!loaded) {
        diag_error(d, (struct at){ .file = image->path }, _("the picture cannot be read: libharu error 0x%04lx"), o->error);
        diag_expected(d, _("a sound JPEG file"));
        HPDF_ResetError(o->doc);
        return false;
    }
    HPDF_Name space = HPDF_Dict_GetItem(loaded, "ColorSpace", HPDF_OCLASS_NAME);
    if (space && strcmp(HPDF_Name_GetValue(space), "DeviceCMYK") == 0) {
        diag_error(d, (struct at){ .file = image->path }, _("the picture is in CMYK, the file's colours are sRGB"));
        diag_expected(d, _("an RGB or grey picture"));
        return false;
    }
    *object = objects_number(loaded);
    return true;
}

bool pdf_picture(struct pdf *pdf, const struct image *image, size_t *index, struct diag *d)
{
    char hash[65];
    unsigned object = 0;

    file_sha256(image->data, image->len, hash);
    for (*index = 0; *index < pdf->n_pictures; ++*index)
        if (strcmp(pdf->pictures[*index].sha256, hash) == 0)
            return true;
    if (!(image->png ? load_png : load_jpeg)(&pdf->objects, image, &object, d))
        return false;
    struct picture *p = ARENA_PUSH(&pdf->objects.arena, pdf->pictures, pdf->n_pictures, pdf->cap_pictures);
    memcpy(p->sha256, hash, sizeof hash);
    p->object = object;
    return true;
}
