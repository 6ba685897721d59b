#include "cli/reread.h"

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

bool reread(const char *path, struct buf *out)
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

void squeeze(struct buf *out, const char *text, size_t n)
{
    for (size_t i = 0, skip; i < n; i += skip ? skip : 1) {
        skip = space(text + i, n - i);
        if (!skip)
            buf_char(out, text[i]);
    }
}
