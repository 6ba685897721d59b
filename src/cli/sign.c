/* sign -- puts a digital signature into a finished PDF. */
#include "base/file.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/guard.h"
#include "pdf/sign.h"
#include "pdf/stamp.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_REPLY = 256 * 1024 };

struct request {
    const char *file, *out, *password_file;
    const char *query, *reply, *tsa; /* timestamps: what to ask, the answer, whom to ask; NULL */
    struct signing signing;
};

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

/* The answer of an authority put beside the signature of `signed_file`. */
static bool stamp(const struct request *q, const struct buf *signed_file, const struct buf *reply, const char *reply_path,
                  struct diag *d)
{
    struct buf out = { 0 };
    struct reader *r = reader_open_bytes(q->file, signed_file->data, signed_file->len, d);
    bool ok = r && sign_stamp(r, reply, reply_path, &out, d) && file_write(q->out, out.data, out.len, d);
    reader_close(r);
    buf_clear(&out);
    return ok;
}

/* Asks the authority over the network. */
static bool ask(const struct request *q, const struct buf *signed_file, const struct buf *query, struct diag *d)
{
    struct buf reply = { 0 };
    bool ok = stamp_ask(q->tsa, query, &reply, d) && stamp(q, signed_file, &reply, q->tsa, d);
    buf_clear(&reply);
    return ok;
}

/* The signed file, and what it takes to have its time told by another. */
static bool finish(const struct request *q, const struct buf *signed_file, struct diag *d)
{
    struct buf query = { 0 };
    if (!q->query && !q->tsa)
        return file_write(q->out, signed_file->data, signed_file->len, d);
    struct reader *r = reader_open_bytes(q->file, signed_file->data, signed_file->len, d);
    bool ok = r && sign_query(r, &query, d);
    reader_close(r);
    if (ok && q->query)
        ok = file_write(q->out, signed_file->data, signed_file->len, d) && file_write(q->query, query.data, query.len, d);
    else if (ok)
        ok = ask(q, signed_file, &query, d);
    buf_clear(&query);
    return ok;
}

static void sign(struct request *q, struct diag *d)
{
    struct buf password = { 0 }, out = { 0 };
    struct reader *r = reader_open(q->file, d);

    if (r && read_password(q, &password, d) && sign_file(r, &q->signing, &out, d))
        finish(q, &out, d);
    reader_close(r);
    if (password.data)
        OPENSSL_cleanse(password.data, password.cap);
    buf_clear(&password);
    buf_clear(&out);
}

static void stamp_signed(const struct request *q, struct diag *d)
{
    struct buf file = { 0 }, reply = { 0 };
    if (file_read(q->reply, MAX_REPLY, &reply, d) && file_read(q->file, 0, &file, d))
        stamp(q, &file, &reply, q->reply, d);
    buf_clear(&file);
    buf_clear(&reply);
}

static int misused(const char *name, const struct request *q, int n)
{
    if (n != 1)
        return command_misuse(name, n ? _("one file at a time") : _("which PDF file?"));
    if (!q->signing.key && !q->reply)
        return command_misuse(name, _("with which key? Give --key KEY.p12"));
    if (!!q->query + !!q->reply + !!q->tsa > 1 || (q->reply && q->signing.key))
        return command_misuse(name, _("a timestamp is asked for (--key with --tsa or --timestamp-query) or put in (--timestamp)"));
    return STATUS_OK;
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
        { .name = "timestamp-query", .value = &q.query }, { .name = "timestamp", .value = &q.reply },
        { .name = "tsa", .value = &q.tsa },
        { .name = "output", .letter = 'o', .value = &q.out }, { 0 },
    };
    int n = args_parse(argc, argv, options, operands), status = n < 0 ? STATUS_USAGE : misused(argv[0], &q, n);
    if (status == STATUS_OK) {
        q.file = operands[0];
        q.out = q.out ? q.out : q.file;
        q.signing.stamped_later = q.query || q.tsa;
        if (!q.signing.time)
            q.signing.time = now(&a);
        guard_memory();
        if (q.reply)
            stamp_signed(&q, &d);
        else
            sign(&q, &d);
        status = command_end(&d, false);
    }
    arena_clear(&a);
    return status;
}
