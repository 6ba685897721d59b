#include "pdf/web.h"

#include "base/file.h"

#include <qpdf/qpdf-c.h>
#include <string.h>

enum { DIGITS = 32 };

static char *find(char *from, char *end, const char *word, size_t n)
{
    for (char *p = from; (size_t)(end - p) >= n; p++) {
        p = memchr(p, word[0], (size_t)(end - p) - n + 1);
        if (!p || memcmp(p, word, n) == 0)
            return p;
    }
    return NULL;
}

/* Every "<id>" becomes "<digits>". */
static void replace(char *data, size_t n, const char *id, const char *digits)
{
    char word[DIGITS + 3], *end = data + n;
    snprintf(word, sizeof word, "<%.32s>", id);
    for (char *p = data; (p = find(p, end, word, DIGITS + 2)) != NULL; p += DIGITS + 2)
        memcpy(p + 1, digits, DIGITS);
}

static const char zeros[] = "00000000000000000000000000000000";

void web_identifier(const char *data, size_t n, const char id[33], char out[33])
{
    struct buf copy = { 0 };
    char hash[65];
    buf_add(&copy, data, n);
    replace(copy.data, copy.len, id, zeros);
    file_sha256(copy.data, copy.len, hash);
    snprintf(out, DIGITS + 1, "%.32s", hash);
    buf_clear(&copy);
}

/* The two strings of the first "/ID [<...><...>]": the old identifier and the new one. */
static bool identifiers(struct buf *pdf, char first[33], char second[33])
{
    char *p = find(pdf->data, pdf->data + pdf->len, "/ID [<", 6);
    if (!p || (size_t)(pdf->data + pdf->len - p) < 6 + 2 * (DIGITS + 2))
        return false;
    snprintf(first, DIGITS + 1, "%.32s", p + 6);
    snprintf(second, DIGITS + 1, "%.32s", p + 6 + DIGITS + 2);
    return p[6 + DIGITS] == '>' && p[6 + 2 * DIGITS + 2] == '>';
}

static bool identify(struct buf *pdf)
{
    char first[33], second[33], own[33];
    if (!identifiers(pdf, first, second))
        return false;
    replace(pdf->data, pdf->len, first, zeros);
    replace(pdf->data, pdf->len, second, zeros);
    web_identifier(pdf->data, pdf->len, zeros, own);
    replace(pdf->data, pdf->len, zeros, own);
    return true;
}

static bool write_again(qpdf_data q, struct buf *pdf)
{
    bool sound = !(qpdf_read_memory(q, "book", pdf->data, pdf->len, NULL) & QPDF_ERRORS) &&
                 !(qpdf_init_write_memory(q) & QPDF_ERRORS);
    if (!sound)
        return false;
    qpdf_set_linearization(q, QPDF_TRUE);
    qpdf_set_object_stream_mode(q, qpdf_o_generate);
    qpdf_set_deterministic_ID(q, QPDF_TRUE); /* no clock; identify() puts another in its place */
    qpdf_set_newline_before_endstream(q, QPDF_TRUE); /* ISO 19005-3, 6.1.7.1 */
    qpdf_set_minimum_pdf_version(q, "1.7");
    if (qpdf_write(q) & QPDF_ERRORS)
        return false;
    struct buf out = { 0 };
    buf_add(&out, qpdf_get_buffer(q), qpdf_get_buffer_length(q));
    buf_clear(pdf);
    *pdf = out;
    return true;
}

bool web_order(struct buf *pdf, struct diag *d)
{
    qpdf_data q = qpdf_init();
    qpdf_silence_errors(q);
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    bool done = write_again(q, pdf);
    if (!done)
        diag_machine(d, (struct at){ 0 }, _("libqpdf does not write the file again: %s"),
                     qpdf_has_error(q) ? qpdf_get_error_message_detail(q, qpdf_get_error(q)) : "");
    qpdf_cleanup(&q);
    if (done && !identify(pdf)) {
        diag_machine(d, (struct at){ 0 }, _("libqpdf wrote the file without an identifier"));
        done = false;
    }
    return done;
}
