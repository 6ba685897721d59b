#include "pdf/stamp.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/http.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>
#include <string.h>

enum { MAX_REPLY = 256 * 1024, TIMEOUT = 30 /* s */, HASH = 32 };

static bool hash(const void *value, size_t n, unsigned char digest[HASH])
{
    return EVP_Digest(value, n, digest, NULL, EVP_sha256(), NULL) == 1;
}

/* ---- the query ---- */

static TS_REQ *make_query(const unsigned char digest[HASH])
{
    TS_REQ *query = TS_REQ_new();
    TS_MSG_IMPRINT *imprint = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    bool ok = query && imprint && algorithm && X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
              TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 &&
              TS_MSG_IMPRINT_set_msg(imprint, (unsigned char *)digest, HASH) == 1 && TS_REQ_set_version(query, 1) == 1 &&
              TS_REQ_set_msg_imprint(query, imprint) == 1 && TS_REQ_set_cert_req(query, 1) == 1;
    X509_ALGOR_free(algorithm);
    TS_MSG_IMPRINT_free(imprint);
    if (ok)
        return query;
    TS_REQ_free(query);
    return NULL;
}

bool stamp_query(const void *value, size_t n, struct buf *query)
{
    unsigned char digest[HASH], *der = NULL;
    TS_REQ *request = hash(value, n, digest) ? make_query(digest) : NULL;
    int len = request ? i2d_TS_REQ(request, &der) : -1;

    buf_reset(query);
    if (len > 0)
        buf_add(query, der, (size_t)len);
    OPENSSL_free(der);
    TS_REQ_free(request);
    return len > 0;
}

/* ---- the token ---- */

static bool is_of(TS_TST_INFO *info, const void *value, size_t n)
{
    unsigned char digest[HASH];
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    const ASN1_OBJECT *algorithm = NULL;
    const ASN1_OCTET_STRING *told = imprint ? TS_MSG_IMPRINT_get_msg(imprint) : NULL;

    if (!told || !hash(value, n, digest))
        return false;
    X509_ALGOR_get0(&algorithm, NULL, NULL, TS_MSG_IMPRINT_get_algo(imprint));
    return OBJ_obj2nid(algorithm) == NID_sha256 && ASN1_STRING_length(told) == HASH &&
           memcmp(ASN1_STRING_get0_data(told), digest, HASH) == 0;
}

static const char *name_of(X509 *cert, struct arena *a)
{
    X509_NAME *subject = X509_get_subject_name(cert);
    int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    unsigned char *utf8 = NULL;
    const char *name = NULL;

    if (at >= 0 && ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))) >= 0)
        name = arena_strdup(a, (const char *)utf8);
    OPENSSL_free(utf8);
    return name;
}

/* The authority's signature is sound, and its certificate is for timestamps. */
static bool is_authority(CMS_ContentInfo *cms, struct arena *a, const char **authority)
{
    if (CMS_verify(cms, NULL, NULL, NULL, NULL, CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY) != 1)
        return false;
    STACK_OF(X509) *signers = CMS_get0_signers(cms);
    bool fits = sk_X509_num(signers) == 1 && X509_get_extended_key_usage(sk_X509_value(signers, 0)) == XKU_TIMESTAMP;
    if (fits)
        *authority = name_of(sk_X509_value(signers, 0), a);
    sk_X509_free(signers);
    return fits;
}

static const char *time_of(TS_TST_INFO *info, struct arena *a)
{
    struct tm t;
    if (!ASN1_TIME_to_tm(TS_TST_INFO_get_time(info), &t))
        return NULL;
    return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min,
                        t.tm_sec);
}

const char *stamp_check(const void *token, size_t len, const void *value, size_t n, struct arena *a, const char **time,
                        const char **authority)
{
    const unsigned char *p = token, *q = token;
    CMS_ContentInfo *cms = len <= INT32_MAX ? d2i_CMS_ContentInfo(NULL, &p, (long)len) : NULL;
    PKCS7 *pkcs7 = cms ? d2i_PKCS7(NULL, &q, (long)len) : NULL;
    TS_TST_INFO *info = pkcs7 ? PKCS7_to_TS_TST_INFO(pkcs7) : NULL;
    const char *why = NULL;

    *time = *authority = NULL;
    if (!info)
        why = _("is no timestamp");
    else if (!is_of(info, value, n))
        why = _("is a timestamp of something else");
    else if (!is_authority(cms, a, authority))
        why = _("is not signed by a timestamp authority");
    else if (!(*time = time_of(info, a)))
        why = _("tells no time");
    TS_TST_INFO_free(info);
    PKCS7_free(pkcs7);
    CMS_ContentInfo_free(cms);
    ERR_clear_error();
    return why;
}

const char *stamp_token(const struct buf *reply, const void *value, size_t n, struct buf *token)
{
    const unsigned char *p = (const unsigned char *)reply->data;
    TS_RESP *response = reply->len && reply->len <= MAX_REPLY ? d2i_TS_RESP(NULL, &p, (long)reply->len) : NULL;
    long status = response ? ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response))) : -1;
    PKCS7 *inside = status == TS_STATUS_GRANTED || status == TS_STATUS_GRANTED_WITH_MODS ? TS_RESP_get_token(response) : NULL;
    unsigned char *der = NULL;
    int len = inside ? i2d_PKCS7(inside, &der) : -1;
    const char *why = NULL, *time, *authority;
    struct arena a = { 0 };

    buf_reset(token);
    if (!response)
        why = _("is no answer of a timestamp authority");
    else if (len <= 0)
        why = _("the authority gives no timestamp");
    else if (!(why = stamp_check(der, (size_t)len, value, n, &a, &time, &authority)))
        buf_add(token, der, (size_t)len);
    OPENSSL_free(der);
    TS_RESP_free(response);
    ERR_clear_error();
    arena_clear(&a);
    return why;
}

/* ---- the authority ---- */

static void tell_failure(const char *url, struct diag *d)
{
    const char *why = ERR_reason_error_string(ERR_peek_last_error());
    diag_machine(d, (struct at){ .file = url }, _("the timestamp authority cannot be asked: %s"),
                 why ? why : _("no reason is told"));
    ERR_clear_error();
}

static bool take_reply(BIO *answer, struct buf *reply)
{
    char block[4096];
    int n;
    buf_reset(reply);
    while ((n = BIO_read(answer, block, sizeof block)) > 0 && reply->len < MAX_REPLY)
        buf_add(reply, block, (size_t)n);
    return reply->len > 0;
}

bool stamp_ask(const char *url, const struct buf *query, struct buf *reply, struct diag *d)
{
    char *host = NULL, *port = NULL, *path = NULL;
    int tls = 0;
    bool ok = OSSL_HTTP_parse_url(url, &tls, NULL, &host, &port, NULL, &path, NULL, NULL) == 1;

    if (!ok || tls) {
        diag_error(d, (struct at){ 0 }, _("\"%s\" is no address of a timestamp authority"), url);
        diag_expected(d, "http://HOST/PATH");
        ok = false;
    } else {
        BIO *request = BIO_new_mem_buf(query->data, (int)query->len);
        BIO *answer = request ? OSSL_HTTP_transfer(NULL, host, port, path, 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL,
                                                   "application/timestamp-query", request, "application/timestamp-reply", 1,
                                                   MAX_REPLY, TIMEOUT, 0)
                              : NULL;
        ok = answer && take_reply(answer, reply);
        if (!ok)
            tell_failure(url, d);
        BIO_free(answer);
        BIO_free(request);
    }
    OPENSSL_free(host);
    OPENSSL_free(port);
    OPENSSL_free(path);
    ERR_clear_error();
    return ok;
}
