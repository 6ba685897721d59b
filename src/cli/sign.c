/* sign -- puts a digital signature into a finished PDF. */
#include "base/file.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/guard.h"
#include "pdf/sign.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct request { const char *file, *out, *password_file; struct signing signing; };

/* The first line of the file. */
static bool read_password(struct request *q, struct buf *password, struct diag *d)
{
    if (q->password_file && !file_read(q->password_file, 4096, password, d))
        return false;
    if (password->len)
        password->data[strcspn(password->data, "\r\n")] = '\0';
    q->signing.password = password->len ? password->data : "";
    return true;
}

/* A signature tells when it was made: the one time that is not of the data. */
static const char *now(struct arena *a)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t t = epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm tm;
    char text[32];
    if (!gmtime_r(&t, &tm) || !strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm))
        return "";
    return arena_strdup(a, text);
}

static void sign(struct request *q, struct diag *d)
{
    struct buf password = { 0 }, out = { 0 };
    struct reader *r = reader_open(q->file, d);

    if (r && read_password(q, &password, d) && sign_file(r, &q->signing, &out, d))
        file_write(q->out, out.data, out.len, d);
    reader_close(r);
    if (password.data)
        OPENSSL_cleanse(password.data, password.cap);
    buf_clear(&password);
    buf_clear(&out);
}

int command_sign(int argc, char **argv)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct request q = { 0 };
    const char **operands = arena_array(&a, const char *, (size_t)argc);
    const struct args_option options[] = {
        { .name = "key", .value = &q.signing.key },       { .name = "password-file", .value = &q.password_file },
        { .name = "time", .value = &q.signing.time },     { .name = "reason", .value = &q.signing.reason },
        { .name = "output", .letter = 'o', .value = &q.out }, { 0 },
    };
    int status = STATUS_USAGE, n = args_parse(argc, argv, options, operands);
    if (n >= 0 && n != 1) {
        command_misuse(argv[0], n ? _("one file at a time") : _("which PDF file?"));
    } else if (n == 1 && !q.signing.key) {
        command_misuse(argv[0], _("with which key? Give --key KEY.p12"));
    } else if (n == 1) {
        q.file = operands[0];
        q.out = q.out ? q.out : q.file;
        if (!q.signing.time)
            q.signing.time = now(&a);
        guard_memory();
        sign(&q, &d);
        status = command_end(&d, false);
    }
    arena_clear(&a);
    return status;
}
