/* Whether another program, poppler's pdftotext, reads on each page what this one reads.
 * Spaces and line ends are left out: readers see them where they like. */
#include "proof/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_TEXT = 256 * 1024 * 1024 };

static void run_pdftotext(const char *path, int out)
{
    int null = open("/dev/null", O_RDWR);
    dup2(null, 0);
    dup2(out, 1);
    dup2(null, 2);
    execlp("pdftotext", "pdftotext", "-raw", "-enc", "UTF-8", path, "-", (char *)NULL);
    _exit(127);
}

/* Text of all pages in the order of drawing, a form feed after each page. False if the
 * program is not there or fails. */
static bool reread(const char *path, struct buf *out)
{
    char block[65536];
    int ends[2], status = 0;
    ssize_t n;

    if (path[0] == '-' || pipe(ends) != 0) /* a name like an option: never ours */
        return false;
    pid_t child = fork();
    if (child == 0)
        run_pdftotext(path, ends[1]);
    close(ends[1]);
    while (child > 0 && ((n = read(ends[0], block, sizeof block)) > 0 || (n < 0 && errno == EINTR)))
        if (n > 0 && out->len < MAX_TEXT)
            buf_add(out, block, (size_t)n);
    close(ends[0]);
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Bytes of a space at s: ASCII, U+00A0, U+2000 to U+200A, U+202F; 0: none. */
static size_t space(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;
    if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
        return 1;
    if (n > 1 && p[0] == 0xC2 && p[1] == 0xA0)
        return 2;
    return n > 2 && p[0] == 0xE2 && p[1] == 0x80 && ((p[2] >= 0x80 && p[2] <= 0x8A) || p[2] == 0xAF) ? 3 : 0;
}

/* What two readers must agree on. */
static void squeeze(struct buf *out, const char *text, size_t n)
{
    for (size_t i = 0, skip; i < n; i += skip ? skip : 1) {
        skip = space(text + i, n - i);
        if (!skip)
            buf_char(out, text[i]);
    }
}

/* ---- page by page ---- */

/* The first place where two texts part, with what is before it. */
static void tell_difference(struct proof *p, size_t page, const char *theirs, const char *own)
{
    size_t i = 0;
    while (theirs[i] && theirs[i] == own[i])
        i++;
    while (i && ((unsigned char)theirs[i] & 0xC0) == 0x80)
        i--;
    size_t back = i > 20 ? i - 20 : 0;
    while (back < i && ((unsigned char)own[back] & 0xC0) == 0x80)
        back++;
    diag_error(p->d, p->at, _("page %zu: another program reads \"%s\""), page + 1,
               proof_excerpt(p, theirs + back, 50));
    diag_expected(p->d, "\"%s\"", proof_excerpt(p, own + back, 50));
}

/* Page by page without spaces: `text` is poppler's, `own` what the content says. */
static void compare_readers(struct proof *p, const struct buf *text, const struct buf *own)
{
    struct buf squeezed = { 0 };
    const char *from = text->data ? text->data : "", *end = from + text->len;

    for (size_t i = 0; i < reader_pages(p->r); i++) {
        const char *stop = memchr(from, '\f', (size_t)(end - from));
        stop = stop ? stop : end;
        buf_reset(&squeezed);
        squeeze(&squeezed, from, (size_t)(stop - from));
        if (squeezed.len != own[i].len || (own[i].len && memcmp(squeezed.data, own[i].data, own[i].len) != 0))
            tell_difference(p, i, squeezed.data ? squeezed.data : "", own[i].data ? own[i].data : "");
        from = stop < end ? stop + 1 : end;
    }
    buf_clear(&squeezed);
}

void reread_check(struct proof *p)
{
    size_t pages = reader_pages(p->r), n;
    struct buf *own = arena_array(&p->arena, struct buf, pages), text = { 0 };
    const struct text_piece *pieces;
    struct diag ignored = { 0 }; /* damage was told before */

    for (size_t i = 0; i < pages; i++)
        if (reader_text(p->r, i, &pieces, &n, &ignored))
            for (size_t k = 0; k < n; k++)
                squeeze(&own[i], pieces[k].text, strlen(pieces[k].text));
    if (reread(p->at.file, &text))
        compare_readers(p, &text, own);
    else
        diag_note(p->d, p->at, _("not read a second time: pdftotext (poppler-utils) is not there, or cannot read it"));
    for (size_t i = 0; i < pages; i++)
        buf_clear(&own[i]);
    buf_clear(&text);
    diag_clear(&ignored);
}
