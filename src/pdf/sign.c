/* The update is written with a hole for the signature, hashed around the hole,
 * and the hole is filled (ISO 32000-1, 12.8.1).  The CMS is put together step by
 * step, since CMS_final() would add the signing-time attribute that PAdES
 * forbids: the time stands in the signature dictionary alone. */
#include "pdf/sign.h"

#include "base/file.h"
#include "pdf/file.h"
#include "pdf/objects.h"
#include "pdf/stamp.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pkcs12.h>
#include <stdlib.h>
#include <string.h>

enum { HOLE = 12288 /* bytes for the CMS: a chain of four certificates and room */, STAMP = 8192 /* more for a timestamp */,
       MAX_KEY = 1024 * 1024, MAX_FIELDS = 64 };

struct credentials { EVP_PKEY *key; X509 *cert; STACK_OF(X509) *chain; };

struct row { unsigned number; size_t offset; };
struct update {
    struct reader *r;
    struct buf *out;
    struct row rows[8];          /* objects of the update */
    size_t n;
    unsigned next;               /* first free number */
    size_t hole, range;          /* where they lie in `out` */
    size_t room;                 /* bytes for the CMS */
};

/* ---- the update ---- */

static unsigned long last_xref(const struct buf *file)
{
    for (size_t i = file->len; i-- > 9;)
        if (memcmp(file->data + i - 9, "startxref", 9) == 0)
            return strtoul(file->data + i, NULL, 10);
    return 0;
}

static void begin_object(struct update *u, unsigned number)
{
    u->rows[u->n++] = (struct row){ number, u->out->len };
    buf_printf(u->out, "%u 0 obj\n", number);
}

/* A dictionary of the file again, with another value of one key. */
static void change(struct update *u, qpdf_oh dict, const char *key, const char *value)
{
    qpdf_data q = u->r->q;
    begin_object(u, (unsigned)qpdf_oh_get_object_id(q, dict));
    qpdf_oh_remove_key(q, dict, key); /* in memory alone */
    const char *text = qpdf_oh_unparse_resolved(q, dict);
    size_t n = strlen(text);
    buf_add(u->out, text, n >= 2 ? n - 2 : 0); /* without ">>" */
    buf_printf(u->out, "%s %s>>\nendobj\n", key, value);
}

static void put_items(struct update *u, qpdf_oh array, struct buf *out)
{
    for (int i = 0, n = file_count(u->r, array); i < n; i++)
        buf_printf(out, "%s ", qpdf_oh_unparse(u->r->q, file_item(u->r, array, i)));
}

/* "D:20250120080000+07'00'" */
static bool put_date(struct buf *out, const char *iso)
{
    size_t n = iso ? strlen(iso) : 0;
    if ((n != 20 && n != 25) || (n == 20 && iso[19] != 'Z'))
        return false;
    buf_str(out, "D:");
    for (size_t i = 0; i < 19; i++)
        if (iso[i] >= '0' && iso[i] <= '9')
            buf_char(out, iso[i]);
        else if (iso[i] != "0000-00-00T00:00:00"[i])
            return false;
    if (n == 20)
        buf_char(out, 'Z');
    else
        buf_printf(out, "%.3s'%.2s'", iso + 19, iso + 23);
    return true;
}

static void put_signature(struct update *u, unsigned number, const struct signing *s, const char *date)
{
    begin_object(u, number);
    buf_printf(u->out, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/M(%s)", date);
    if (s->reason && *s->reason) {
        buf_str(u->out, "/Reason");
        objects_put_string(u->out, s->reason);
    }
    buf_str(u->out, "/ByteRange");
    u->range = u->out->len;
    buf_printf(u->out, "%48s/Contents", "");
    u->hole = u->out->len;
    buf_char(u->out, '<');
    for (size_t i = 0; i < u->room; i++)
        buf_str(u->out, "00");
    buf_str(u->out, ">>>\nendobj\n");
}

/* The first empty signature field; null if there is none. */
static qpdf_oh empty_field(struct reader *r)
{
    qpdf_oh fields = file_key(r, file_key(r, qpdf_get_root(r->q), "/AcroForm"), "/Fields");
    for (int i = 0, n = file_count(r, fields); i < n; i++) {
        qpdf_oh f = file_item(r, fields, i);
        if (qpdf_oh_is_indirect(r->q, f) && qpdf_oh_is_name_and_equals(r->q, file_key(r, f, "/FT"), "/Sig") &&
            qpdf_oh_is_null(r->q, file_key(r, f, "/V")))
            return f;
    }
    return qpdf_oh_new_null(r->q);
}

/* Outside the page and of no size: nothing to see, nothing to read aloud. */
static void put_hidden_field(struct update *u, unsigned signature)
{
    struct reader *r = u->r;
    qpdf_oh page = qpdf_get_page_n(r->q, 0), form = file_key(r, qpdf_get_root(r->q), "/AcroForm");
    unsigned field = u->next++;
    struct buf list = { 0 };

    begin_object(u, field);
    buf_printf(u->out, "<</Type/Annot/Subtype/Widget/FT/Sig/T(Signature%u)/TU", field);
    objects_put_string(u->out, "Chữ ký số");
    buf_printf(u->out, "/Rect[-1 -1 -1 -1]/F 132/P %d 0 R/V %u 0 R>>\nendobj\n", qpdf_oh_get_object_id(r->q, page), signature);
    buf_char(&list, '[');
    put_items(u, file_key(r, page, "/Annots"), &list);
    buf_printf(&list, "%u 0 R]", field);
    change(u, page, "/Annots", list.data);
    buf_reset(&list);
    buf_str(&list, "<</Fields[");
    put_items(u, file_key(r, form, "/Fields"), &list);
    buf_printf(&list, "%u 0 R]/SigFlags 3>>", field);
    change(u, qpdf_get_root(r->q), "/AcroForm", list.data);
    buf_clear(&list);
}

static void use_field(struct update *u, qpdf_oh field, unsigned signature)
{
    struct reader *r = u->r;
    struct buf text = { 0 };

    buf_printf(&text, "%u 0 R", signature);
    change(u, field, "/V", text.data);
    buf_reset(&text);
    buf_str(&text, "<</Fields[");
    put_items(u, file_key(r, file_key(r, qpdf_get_root(r->q), "/AcroForm"), "/Fields"), &text);
    buf_str(&text, "]/SigFlags 3>>");
    change(u, qpdf_get_root(r->q), "/AcroForm", text.data);
    buf_clear(&text);
}

static int by_number(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

static void put_number(struct buf *out, unsigned long long v, int bytes)
{
    while (bytes--)
        buf_char(out, (char)(v >> 8 * bytes));
}

/* As a stream, since the file's own cross-reference table is one. */
static void put_xref(struct update *u, unsigned long before)
{
    struct reader *r = u->r;
    qpdf_oh trailer = qpdf_get_trailer(r->q);
    unsigned number = u->next++;
    size_t start = u->out->len;
    struct buf rows = { 0 };
    char hash[65];

    file_sha256(u->out->data, u->out->len, hash);
    u->rows[u->n++] = (struct row){ number, start };
    qsort(u->rows, u->n, sizeof *u->rows, by_number);
    buf_printf(u->out, "%u 0 obj\n<</Type/XRef/Size %u/W[1 4 2]/Prev %lu/Root %s", number, u->next, before,
               qpdf_oh_unparse(r->q, file_key(r, trailer, "/Root")));
    buf_printf(u->out, "/Info %s", qpdf_oh_unparse(r->q, file_key(r, trailer, "/Info")));
    buf_printf(u->out, "/ID[%s<%.32s>]/Index[", qpdf_oh_unparse_binary(r->q, file_item(r, file_key(r, trailer, "/ID"), 0)), hash);
    for (size_t i = 0; i < u->n; i++) {
        buf_printf(u->out, "%u 1 ", u->rows[i].number);
        put_number(&rows, 1, 1), put_number(&rows, u->rows[i].offset, 4), put_number(&rows, 0, 2);
    }
    buf_printf(u->out, "]/Length %zu>>stream\n", rows.len);
    buf_add(u->out, rows.data, rows.len);
    buf_printf(u->out, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", start);
    buf_clear(&rows);
}

/* Now that the length is known: what the signature covers. */
static void put_range(struct update *u)
{
    char text[64];
    size_t after = u->hole + 2 + 2 * u->room;
    int n = snprintf(text, sizeof text, "[0 %zu %zu %zu]", u->hole, after, u->out->len - after);
    memcpy(u->out->data + u->range, text, (size_t)n);
}

/* ---- CMS (RFC 5652, RFC 5035) ---- */

static int by_bytes(const void *a, const void *b)
{
    const struct buf *x = a, *y = b;
    size_t n = x->len < y->len ? x->len : y->len;
    int order = memcmp(x->data, y->data, n);
    return order ? order : (x->len > y->len) - (x->len < y->len);
}

/* The signed attributes as DER of a SET OF: what is signed. */
static void put_attributes(CMS_SignerInfo *si, struct buf *out)
{
    struct buf items[8] = { { 0 } };
    size_t n = 0, total = 0;

    for (int i = 0; i < CMS_signed_get_attr_count(si) && n < 8; i++) {
        unsigned char *der = NULL;
        int len = i2d_X509_ATTRIBUTE(CMS_signed_get_attr(si, i), &der);
        if (len > 0)
            buf_add(&items[n], der, (size_t)len);
        total += items[n++].len;
        OPENSSL_free(der);
    }
    qsort(items, n, sizeof *items, by_bytes);
    buf_char(out, 0x31);
    if (total < 128)
        put_number(out, total, 1);
    else if (total < 256)
        put_number(out, 0x8100 | total, 2);
    else
        put_number(out, 0x820000 | total, 3);
    for (size_t i = 0; i < n; i++) {
        buf_add(out, items[i].data, items[i].len);
        buf_clear(&items[i]);
    }
}

static bool sign_attributes(CMS_SignerInfo *si, EVP_PKEY *key)
{
    struct buf attributes = { 0 };
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    unsigned char *signature = NULL;
    size_t n = 0;

    put_attributes(si, &attributes);
    const unsigned char *bytes = (const unsigned char *)attributes.data;
    bool ok = md && EVP_DigestSignInit(md, NULL, EVP_sha256(), NULL, key) == 1 &&
              EVP_DigestSign(md, NULL, &n, bytes, attributes.len) == 1 && (signature = OPENSSL_malloc(n)) != NULL &&
              EVP_DigestSign(md, signature, &n, bytes, attributes.len) == 1 &&
              ASN1_STRING_set(CMS_SignerInfo_get0_signature(si), signature, (int)n) == 1;
    OPENSSL_free(signature);
    EVP_MD_CTX_free(md);
    buf_clear(&attributes);
    return ok;
}

static bool digest_ranges(const char *data, size_t first, size_t second, size_t end, unsigned char digest[32])
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    bool ok = md && EVP_DigestInit_ex(md, EVP_sha256(), NULL) == 1 && EVP_DigestUpdate(md, data, first) == 1 &&
              EVP_DigestUpdate(md, data + second, end - second) == 1 && EVP_DigestFinal_ex(md, digest, NULL) == 1;
    EVP_MD_CTX_free(md);
    return ok;
}

static CMS_ContentInfo *make_cms(const struct credentials *c, const unsigned char digest[32])
{
    CMS_ContentInfo *cms = CMS_sign(NULL, NULL, NULL, NULL, CMS_PARTIAL | CMS_BINARY | CMS_DETACHED);
    CMS_SignerInfo *si =
        cms ? CMS_add1_signer(cms, c->cert, c->key, EVP_sha256(), CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES) : NULL;
    bool ok = si != NULL;

    for (int i = 0; ok && i < sk_X509_num(c->chain); i++)
        ok = CMS_add1_cert(cms, sk_X509_value(c->chain, i)) == 1;
    if (ok && CMS_signed_get_attr_by_NID(si, NID_pkcs9_contentType, -1) < 0)
        ok = CMS_signed_add1_attr_by_NID(si, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj(NID_pkcs7_data), -1) == 1;
    ok = ok && CMS_signed_add1_attr_by_NID(si, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING, digest, 32) == 1 &&
         sign_attributes(si, c->key);
    if (ok)
        return cms;
    CMS_ContentInfo_free(cms);
    return NULL;
}

/* n bytes as digits from `to` on; false if they do not fit into `room` bytes. */
static bool fill(char *to, size_t room, const unsigned char *der, int n)
{
    static const char digits[] = "0123456789ABCDEF";
    if (n <= 0 || (size_t)n > room)
        return false;
    for (size_t i = 0; i < room; i++) {
        to[2 * i] = i < (size_t)n ? digits[der[i] >> 4] : '0';
        to[2 * i + 1] = i < (size_t)n ? digits[der[i] & 15] : '0';
    }
    return true;
}

static bool fill_hole(struct update *u, const struct credentials *c)
{
    unsigned char digest[32], *der = NULL;
    size_t after = u->hole + 2 + 2 * u->room;
    CMS_ContentInfo *cms =
        digest_ranges(u->out->data, u->hole, after, u->out->len, digest) ? make_cms(c, digest) : NULL;
    int n = cms ? i2d_CMS_ContentInfo(cms, &der) : -1;

    bool filled = fill(u->out->data + u->hole + 1, u->room, der, n);
    OPENSSL_free(der);
    CMS_ContentInfo_free(cms);
    return filled;
}

static void tell_openssl(struct diag *d, const char *file, const char *what)
{
    const char *why = ERR_reason_error_string(ERR_peek_last_error());
    diag_error(d, (struct at){ .file = file }, "%s: %s", what, why ? why : _("no reason is told"));
    ERR_clear_error();
}

static bool read_key(const struct signing *s, struct credentials *c, struct diag *d)
{
    struct buf bytes = { 0 };
    if (!file_read(s->key, MAX_KEY, &bytes, d))
        return false;
    const unsigned char *p = (const unsigned char *)bytes.data;
    PKCS12 *p12 = d2i_PKCS12(NULL, &p, (long)bytes.len);
    bool ok = p12 && PKCS12_parse(p12, s->password, &c->key, &c->cert, &c->chain) == 1 && c->key && c->cert;

    if (!ok)
        tell_openssl(d, s->key, p12 ? _("the key cannot be taken out; is the password right?") : _("is no PKCS #12 file"));
    PKCS12_free(p12);
    OPENSSL_cleanse(bytes.data, bytes.len);
    buf_clear(&bytes);
    return ok;
}

static bool write_update(struct update *u, const struct signing *s, const char *date, struct diag *d)
{
    struct reader *r = u->r;
    qpdf_oh size = file_key(r, qpdf_get_trailer(r->q), "/Size"), field = empty_field(r);
    unsigned long before = last_xref(&r->data);

    if (!before || !qpdf_oh_is_integer(r->q, size) || !reader_pages(r)) {
        diag_error(d, (struct at){ .file = r->path }, _("has no page that could be signed"));
        return false;
    }
    u->next = (unsigned)qpdf_oh_get_int_value_as_int(r->q, size);
    buf_reset(u->out);
    buf_add(u->out, r->data.data, r->data.len);
    if (u->out->data[u->out->len - 1] != '\n')
        buf_char(u->out, '\n');
    unsigned signature = u->next++;
    put_signature(u, signature, s, date);
    if (qpdf_oh_is_null(r->q, field))
        put_hidden_field(u, signature);
    else
        use_field(u, field, signature);
    put_xref(u, before);
    put_range(u);
    return !file_failed(r, d);
}

bool sign_file(struct reader *r, const struct signing *s, struct buf *out, struct diag *d)
{
    struct update u = { .r = r, .out = out, .room = HOLE + (s->stamped_later ? STAMP : 0) };
    struct credentials c = { 0 };
    struct buf date = { 0 };
    bool ok = put_date(&date, s->time);

    if (!ok) {
        diag_error(d, (struct at){ 0 }, _("\"%s\" is no time"), s->time ? s->time : "");
        diag_expected(d, "2025-01-20T08:00:00+07:00");
    }
    ok = ok && read_key(s, &c, d) && write_update(&u, s, date.data, d);
    if (ok && !fill_hole(&u, &c)) {
        tell_openssl(d, r->path, _("cannot be signed"));
        ok = false;
    }
    EVP_PKEY_free(c.key);
    X509_free(c.cert);
    sk_X509_pop_free(c.chain, X509_free);
    buf_clear(&date);
    return ok;
}

/* ---- checking ---- */

static size_t range_at(struct reader *r, qpdf_oh range, int i)
{
    qpdf_oh v = file_item(r, range, i);
    long long n = qpdf_oh_is_integer(r->q, v) ? qpdf_oh_get_int_value(r->q, v) : -1;
    return n >= 0 ? (size_t)n : SIZE_MAX / 2;
}

static const char *name_of(struct reader *r, CMS_ContentInfo *cms)
{
    STACK_OF(X509) *signers = CMS_get0_signers(cms);
    const char *name = NULL;
    unsigned char *utf8 = NULL;

    if (sk_X509_num(signers) > 0) {
        X509_NAME *subject = X509_get_subject_name(sk_X509_value(signers, 0));
        int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
        if (at >= 0 && ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))) >= 0)
            name = arena_strdup(&r->arena, (const char *)utf8);
    }
    OPENSSL_free(utf8);
    sk_X509_free(signers);
    return name;
}

/* The value that a timestamp is of, and the timestamp if there is one. */
static ASN1_OCTET_STRING *value_of(CMS_ContentInfo *cms, ASN1_STRING **stamp)
{
    CMS_SignerInfo *si = cms ? sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0) : NULL;
    if (stamp)
        *stamp = si ? CMS_unsigned_get0_data_by_OBJ(si, OBJ_nid2obj(NID_id_smime_aa_timeStampToken), -3, V_ASN1_SEQUENCE) : NULL;
    return si ? CMS_SignerInfo_get0_signature(si) : NULL;
}

static void check_stamp(struct reader *r, CMS_ContentInfo *cms, struct signature *s)
{
    ASN1_STRING *stamp;
    ASN1_OCTET_STRING *value = value_of(cms, &stamp);
    if (value && stamp)
        s->stamp_fault = stamp_check(ASN1_STRING_get0_data(stamp), (size_t)ASN1_STRING_length(stamp), ASN1_STRING_get0_data(value),
                                     (size_t)ASN1_STRING_length(value), &r->arena, &s->stamped, &s->authority);
}

/* Whether the CMS is of these bytes; who trusts its certificate is another question. */
static bool cms_fits(struct reader *r, const char *der, size_t n, const struct buf *covered, struct signature *s)
{
    const unsigned char *p = (const unsigned char *)der;
    CMS_ContentInfo *cms = n <= INT32_MAX ? d2i_CMS_ContentInfo(NULL, &p, (long)n) : NULL;
    BIO *content = covered->len <= INT32_MAX ? BIO_new_mem_buf(covered->data, (int)covered->len) : NULL;
    bool fits = cms && content &&
                CMS_verify(cms, NULL, NULL, content, NULL, CMS_BINARY | CMS_DETACHED | CMS_NO_SIGNER_CERT_VERIFY) == 1;
    s->signer = fits ? name_of(r, cms) : NULL;
    if (fits)
        check_stamp(r, cms, s);
    BIO_free(content);
    CMS_ContentInfo_free(cms);
    ERR_clear_error();
    return fits;
}

/* A signature in the file: where its hole begins and ends, and how much it covers after it. */
struct hole { size_t first, second, rest; const char *der; size_t n; };

static bool find_hole(struct reader *r, qpdf_oh value, struct hole *h)
{
    qpdf_oh range = file_key(r, value, "/ByteRange"), contents = file_key(r, value, "/Contents");
    *h = (struct hole){ range_at(r, range, 1), range_at(r, range, 2), range_at(r, range, 3), NULL, 0 };
    h->der = qpdf_oh_is_string(r->q, contents) ? qpdf_oh_get_binary_string_value(r->q, contents, &h->n) : NULL;
    if (h->der) /* libqpdf keeps one string */
        h->der = arena_strndup(&r->arena, h->der, h->n);
    return h->der && file_count(r, range) == 4 && range_at(r, range, 0) == 0 && h->first <= h->second &&
           h->second <= r->data.len && h->rest <= r->data.len - h->second;
}

/* It covers all of the file but the hole, and that is the signature alone. */
static bool is_whole(const struct reader *r, const struct hole *h)
{
    return h->second + h->rest == r->data.len && h->second - h->first == 2 * h->n + 2;
}

static void check_signature(struct reader *r, qpdf_oh value, struct signature *s)
{
    struct hole h;
    struct buf covered = { 0 };

    s->time = file_text(r, file_key(r, value, "/M"));
    if (!find_hole(r, value, &h))
        return;
    buf_add(&covered, r->data.data, h.first);
    buf_add(&covered, r->data.data + h.second, h.rest);
    s->whole = is_whole(r, &h);
    s->sound = cms_fits(r, h.der, h.n, &covered, s);
    buf_clear(&covered);
}

void sign_check(struct reader *r, const struct signature **list, size_t *n)
{
    qpdf_oh fields = file_key(r, file_key(r, qpdf_get_root(r->q), "/AcroForm"), "/Fields");
    struct signature *all = arena_array(&r->arena, struct signature, MAX_FIELDS);

    *n = 0;
    for (int i = 0, count = file_count(r, fields); i < count && *n < MAX_FIELDS; i++) {
        qpdf_oh field = file_item(r, fields, i), value = file_key(r, field, "/V");
        if (qpdf_oh_is_name_and_equals(r->q, file_key(r, field, "/FT"), "/Sig") && qpdf_oh_is_dictionary(r->q, value))
            check_signature(r, value, &all[(*n)++]);
    }
    *list = all;
}

/* ---- timestamps ---- */

/* The signature that covers the whole file. */
static CMS_ContentInfo *last_signature(struct reader *r, struct hole *h, struct diag *d)
{
    qpdf_oh fields = file_key(r, file_key(r, qpdf_get_root(r->q), "/AcroForm"), "/Fields");
    CMS_ContentInfo *cms = NULL;

    for (int i = 0, n = file_count(r, fields); i < n && i < MAX_FIELDS && !cms; i++) {
        qpdf_oh value = file_key(r, file_item(r, fields, i), "/V");
        if (!qpdf_oh_is_dictionary(r->q, value) || !find_hole(r, value, h) || !is_whole(r, h))
            continue;
        const unsigned char *p = (const unsigned char *)h->der;
        cms = d2i_CMS_ContentInfo(NULL, &p, (long)h->n);
    }
    if (cms && value_of(cms, NULL))
        return cms;
    CMS_ContentInfo_free(cms);
    ERR_clear_error();
    diag_error(d, (struct at){ .file = r->path }, _("has no signature that covers the whole file"));
    return NULL;
}

bool sign_query(struct reader *r, struct buf *query, struct diag *d)
{
    struct hole h;
    CMS_ContentInfo *cms = last_signature(r, &h, d);
    ASN1_OCTET_STRING *value = value_of(cms, NULL);
    bool ok = value && stamp_query(ASN1_STRING_get0_data(value), (size_t)ASN1_STRING_length(value), query);

    if (value && !ok)
        tell_openssl(d, r->path, _("no timestamp can be asked for"));
    CMS_ContentInfo_free(cms);
    return ok;
}

static bool add_stamp(CMS_ContentInfo *cms, const struct buf *token)
{
    CMS_SignerInfo *si = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
    return CMS_unsigned_add1_attr_by_NID(si, NID_id_smime_aa_timeStampToken, V_ASN1_SEQUENCE, token->data, (int)token->len) == 1;
}

bool sign_stamp(struct reader *r, const struct buf *reply, const char *reply_path, struct buf *out, struct diag *d)
{
    struct hole h;
    struct buf token = { 0 };
    unsigned char *der = NULL;
    ASN1_STRING *stamp = NULL;
    CMS_ContentInfo *cms = last_signature(r, &h, d);
    ASN1_OCTET_STRING *value = value_of(cms, &stamp);
    const char *why = value ? stamp_token(reply, ASN1_STRING_get0_data(value), (size_t)ASN1_STRING_length(value), &token) : NULL;
    bool ok = false;

    if (why) {
        diag_error(d, (struct at){ .file = reply_path }, "%s", why);
        diag_expected(d, _("the answer to the query that `sign --timestamp-query` wrote for this file"));
    } else if (stamp) {
        diag_error(d, (struct at){ .file = r->path }, _("the signature has a timestamp already"));
    } else if (value) {
        buf_reset(out);
        buf_add(out, r->data.data, r->data.len);
        int n = add_stamp(cms, &token) ? i2d_CMS_ContentInfo(cms, &der) : -1;
        ok = fill(out->data + h.first + 1, (h.second - h.first - 2) / 2, der, n);
        if (!ok) {
            diag_error(d, (struct at){ .file = r->path }, _("the signature has no room for the timestamp"));
            diag_expected(d, "sign --timestamp-query FILE");
        }
    }
    OPENSSL_free(der);
    CMS_ContentInfo_free(cms);
    buf_clear(&token);
    ERR_clear_error();
    return ok;
}
