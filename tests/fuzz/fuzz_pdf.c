/* libFuzzer over what `data`, `verify` and `sign` read: the first byte chooses whether the
 * rest is a file, a page's content, a ToUnicode map, or the answer of a timestamp authority. */
#include "cli/cli.h"
#include "pdf/content_scan.h"
#include "pdf/impose.h"
#include "pdf/reader.h"
#include "pdf/sign.h"
#include "pdf/stamp.h"
#include "scratch.h"

#include <openssl/pkcs12.h>
#include <openssl/x509.h>

/* Of main.c, which has a main() of its own. */
int command_misuse(const char *command, const char *fmt, ...)
{
    (void)command, (void)fmt;
    return STATUS_USAGE;
}

int command_end(struct diag *d, bool strict)
{
    (void)strict;
    diag_clear(d);
    return STATUS_OK;
}

static char key_path[2048];

/* A key that takes no time to open: one round of its password. */
static void make_key(void)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = X509_new();
    unsigned char *der = NULL;
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), 0);
    X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    X509_set_pubkey(cert, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN", MBSTRING_ASC, (const unsigned char *)"x", -1, -1, 0);
    X509_set_issuer_name(cert, X509_get_subject_name(cert));
    X509_sign(cert, key, EVP_sha256());
    PKCS12 *p12 = PKCS12_create("", "x", key, cert, NULL, 0, 0, 1, 1, 0);
    int n = i2d_PKCS12(p12, &der);
    if (n <= 0)
        exit(1);
    snprintf(key_path, sizeof key_path, "%s", scratch_write("key.p12", der, (size_t)n));
    OPENSSL_free(der);
    PKCS12_free(p12);
    X509_free(cert);
    EVP_PKEY_free(key);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    setenv("PATH", "", 1); /* no other reader: a process each would be slow */
    if (!(scratch_make() && freopen("/dev/null", "w", stdout)))
        exit(1); /* libFuzzer would go on */
    make_key();
    return 0;
}

/* What was signed has a signature that fits. */
static void sign_and_check(struct reader *r)
{
    const struct signing s = { .key = key_path, .password = "", .time = "2025-01-20T08:00:00Z", .reason = "x" };
    const struct signature *list;
    struct buf out = { 0 }, query = { 0 };
    struct diag d = { 0 };
    size_t n;
    sign_check(r, &list, &n);
    struct reader *again = sign_file(r, &s, &out, &d) ? reader_open_bytes("b.pdf", out.data, out.len, &d) : NULL;
    if (again) {
        sign_check(again, &list, &n);
        sign_query(again, &query, &d);
    }
    reader_close(again);
    buf_clear(&out);
    buf_clear(&query);
    diag_clear(&d);
}

static void read_answer(const uint8_t *data, size_t n)
{
    const struct buf reply = { (char *)data, n, n };
    struct buf token = { 0 };
    struct arena a = { 0 };
    const char *time, *authority;
    stamp_token(&reply, "value", 5, &token);
    stamp_check(data, n, "value", 5, &a, &time, &authority);
    buf_clear(&token);
    arena_clear(&a);
}

static void read_file(const uint8_t *data, size_t n)
{
    struct diag d = { 0 };
    const struct attachment *files;
    const struct text_piece *pieces;
    size_t k, len;
    char path[2048];
    snprintf(path, sizeof path, "%s", scratch_write("a.pdf", data, n));
    struct reader *r = reader_open(path, &d);
    if (!r && !d.errors)
        abort();
    if (r) {
        for (size_t i = 0; i < reader_pages(r) && i < 20; i++)
            reader_page_sealed(r, i), reader_text(r, i, &pieces, &k, &d);
        if (reader_attachments(r, &files, &k, &d))
            for (size_t i = 0; i < k; i++)
                reader_attachment_sealed(r, files + i);
        reader_seal(r);
        reader_xmp(r, &len);
        reader_info(r, "Title");
        sign_and_check(r);
    }
    reader_close(r);
    for (int as = IMPOSE_DUPLEX; as <= IMPOSE_BOOKLET; as++) {
        struct buf out = { 0 };
        struct imposed made;
        if (!impose_file(path, &(struct impose){ .as = (enum imposition)as, .creep = 1 }, &out, &made, &d) && !d.errors)
            abort();
        buf_clear(&out);
    }
    diag_clear(&d);
    char *verify[] = { (char[]){ "verify" }, path, NULL };
    command_verify(2, verify);
    char *take[] = { (char[]){ "data" }, path, NULL }, *list_all[] = { (char[]){ "data" }, (char[]){ "--list" }, path, NULL };
    command_data(2, take);
    command_data(3, list_all);
}

static const struct scan_map *one_map(void *context, const char *font)
{
    (void)font;
    return context;
}

static void read_content(const uint8_t *data, size_t n)
{
    struct arena a = { 0 };
    struct scan s = { 0 };
    struct scan_fonts fonts = { 0 };
    struct scan_reading reading = { .map = one_map, .context = scan_map_read("1 beginbfrange <0000> <00ff> <0041> endbfrange", 46) };
    if (!scan_content(&s, (const char *)data, n, &fonts, &a) && !s.fault)
        abort();
    scan_text(&reading, (const char *)data, n, &a);
    scan_map_free(reading.context);
    arena_clear(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static unsigned char known[65536 / 8];
    if (n < 1)
        return 0;
    char *copy = malloc(n); /* of its own size, so that a byte too far is seen */
    memcpy(copy, data + 1, n - 1);
    if (data[0] % 4 == 1)
        read_content((const uint8_t *)copy, n - 1);
    else if (data[0] % 4 == 2)
        scan_unicode(copy, n - 1, known), scan_map_free(scan_map_read(copy, n - 1));
    else if (data[0] % 4 == 3)
        read_answer((const uint8_t *)copy, n - 1);
    else
        read_file((const uint8_t *)copy, n - 1);
    free(copy);
    return 0;
}
