/* Two elements whose content is not read: the code of the data's hash, and the
 * place of a signature. */
#include "layout/bind.h"

#include "base/file.h"

#include <ctype.h>
#include <qrencode.h>
#include <string.h>

/* "SHA256:" and the hash of the card's XML as it is attached: what a reader of
 * the paper can hold against the file. Capitals are coded in fewer modules. */
static const char *data_hash(struct binder *b)
{
    char hex[65];
    const char *text = binder_card_text(b);
    file_sha256(text, strlen(text), hex);
    for (char *p = hex; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    return arena_printf(b->a, "SHA256:%s", hex);
}

static double width_of(const struct elem *e, enum attr_id id, double fallback)
{
    const struct attr *width = elem_attr(e, id);
    return width && width->u.tracks.v[0].unit == LEN_PT ? width->u.tracks.v[0].v : fallback;
}

struct box *bind_qr(struct binder *b, const struct context *c, const struct elem *e)
{
    const char *text = elem_attr(e, A_TEXT) ? eval_text(b, c, elem_attr(e, A_TEXT)) : data_hash(b);
    const char *alt = eval_text(b, c, elem_attr(e, A_ALT));
    if (!text)
        return NULL;
    bool plain = strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") == strlen(text);
    QRcode *code = !*text  ? NULL
                   : plain ? QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1)
                           : QRcode_encodeString8bit(text, 0, QR_ECLEVEL_L);
    struct prop_set none;
    if (!code) {
        if (*text)
            diag_error(b->d, e->at, _("%zu characters are too many for a QR code"), strlen(text));
        return NULL;
    }
    struct box *box = box_new(b, BOX_QR, e);
    size_t n = (size_t)code->width * (size_t)code->width;
    unsigned char *dark = arena_alloc(b->a, n, 1);
    for (size_t i = 0; i < n; i++)
        dark[i] = code->data[i] & 1;
    memset(&none, 0, sizeof none);
    box->props = props_of(&none, e);
    box->u.qr.dark = dark;
    box->u.qr.modules = code->width;
    box->u.qr.alt = alt && *alt ? alt : text;
    box->u.qr.size = elem_number(e, A_SIZE, 13 * 72 / 25.4);
    QRcode_free(code);
    return box;
}

struct box *bind_signature(struct binder *b, const struct context *c, const struct elem *e)
{
    struct box *box = box_new(b, BOX_SIGNATURE, e);
    struct prop_set none;
    const char *words = eval_text(b, c, elem_attr(e, A_REASON));

    memset(&none, 0, sizeof none);
    box->props = props_of(&none, e);
    box->u.signature.name = eval_code(b, c, elem_attr(e, A_NAME));
    box->u.signature.words = words && *words ? words : box->u.signature.name;
    box->u.signature.width = width_of(e, A_WIDTH, 50 * 72 / 25.4);
    box->u.signature.height = elem_number(e, A_HEIGHT, 20 * 72 / 25.4);
    return box;
}
