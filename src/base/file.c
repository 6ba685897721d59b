#define _GNU_SOURCE /* syncfs() */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef DATADIR
#define DATADIR "/usr/local/share/phieudiem"
#endif

static char program_dir[PATH_MAX];

bool file_read(const char *path, size_t limit, struct buf *out, struct diag *d)
{
    struct at at = { .file = path };
    bool standard = strcmp(path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    buf_reset(out);
    if (fd < 0) {
        diag_error(d, at, _("cannot be opened: %s"), strerror(errno));
        return false;
    }
    bool ok = fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode);
    if (!ok)
        diag_error(d, at, _("is a folder, not a file"));
    char block[65536];
    while (ok) {
        ssize_t n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            diag_error(d, at, _("cannot be read: %s"), strerror(errno));
            ok = false;
        }
        if (n <= 0)
            break;
        if (limit && out->len + (size_t)n > limit) {
            if (limit % (1 << 20) == 0)
                diag_error(d, at, _("is larger than %zu MB, the limit for this kind of file"), limit >> 20);
            else
                diag_error(d, at, _("is larger than %zu bytes, the limit for this kind of file"), limit);
            ok = false;
            break;
        }
        buf_add(out, block, (size_t)n);
    }
    if (!standard)
        close(fd);
    if (ok && !out->data)
        buf_add(out, "", 0);
    return ok;
}

bool file_write_all(int fd, const void *data, size_t n)
{
    for (const char *p = data; n;) {
        ssize_t w = write(fd, p, n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return false;
        p += w;
        n -= (size_t)w;
    }
    return true;
}

void file_beside(struct buf *b, const char *path, long pid)
{
    buf_printf(b, "%s.%ld.tmp", path, pid);
}

/* A device or a pipe is written to as it is: a rename would put a file in its place. */
static bool write_through(const char *path, const void *data, size_t n, struct diag *d)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool ok = fd >= 0 && file_write_all(fd, data, n);
    if (!ok)
        diag_machine(d, (struct at){ .file = path }, _("cannot be written: %s"), strerror(errno));
    if (fd >= 0)
        close(fd);
    return ok;
}

/* One wait of the disk for the file and for all that stands in the folder: two only if the file is a
 * link to another file system. */
static bool settle(int fd, const char *folder)
{
    struct stat file, all;
    int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = dir >= 0 && fstat(fd, &file) == 0 && fstat(dir, &all) == 0 && syncfs(dir) == 0 &&
              (file.st_dev == all.st_dev || fsync(fd) == 0);
    int why = errno;
    if (dir >= 0)
        close(dir);
    errno = why;
    return ok;
}

enum flush { FLUSH_NOTHING, FLUSH_FILE, FLUSH_FOLDER };

static bool flush_to_disk(int fd, enum flush what, const char *folder)
{
    return what == FLUSH_NOTHING || (what == FLUSH_FILE ? fsync(fd) == 0 : settle(fd, folder));
}

static bool write_beside(const char *path, const void *data, size_t n, enum flush what, const char *folder, struct diag *d)
{
    struct at at = { .file = path };
    struct stat st;
    char target[PATH_MAX];
    if (strcmp(path, "-") == 0) {
        if (file_write_all(STDOUT_FILENO, data, n))
            return true;
        diag_machine(d, (struct at){ 0 }, _("standard output cannot be written: %s"), strerror(errno));
        return false;
    }
    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
        return write_through(path, data, n, d);
    if (realpath(path, target)) /* what a link points to is replaced, not the link */
        path = target;
    struct buf beside = { 0 };
    file_beside(&beside, path, (long)getpid());
    int fd = open(beside.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool ok = fd >= 0 && file_write_all(fd, data, n) && flush_to_disk(fd, what, folder);
    int why = errno;
    if (fd >= 0 && close(fd) != 0 && ok) {
        ok = false;
        why = errno;
    }
    if (ok && rename(beside.data, path) != 0) {
        ok = false;
        why = errno;
    }
    if (!ok) {
        if (fd >= 0)
            unlink(beside.data);
        diag_machine(d, at, _("cannot be written: %s"), strerror(why));
    }
    buf_clear(&beside);
    return ok;
}

bool file_write(const char *path, const void *data, size_t n, struct diag *d)
{
    return write_beside(path, data, n, FLUSH_FILE, NULL, d);
}

bool file_place(const char *path, const void *data, size_t n, struct diag *d)
{
    return write_beside(path, data, n, FLUSH_NOTHING, NULL, d);
}

bool file_settle(const char *path, const void *data, size_t n, const char *folder, struct diag *d)
{
    return write_beside(path, data, n, FLUSH_FOLDER, folder, d);
}

bool file_mkdirs(const char *path, struct diag *d)
{
    struct buf b = { 0 };
    buf_str(&b, path);
    for (size_t i = 1; i <= b.len; i++) {
        if (b.data[i] != '/' && b.data[i] != '\0')
            continue;
        char kept = b.data[i];
        b.data[i] = '\0';
        if (mkdir(b.data, 0777) != 0 && errno != EEXIST) {
            diag_machine(d, (struct at){ .file = b.data }, _("the folder cannot be made: %s"), strerror(errno));
            buf_clear(&b);
            return false;
        }
        b.data[i] = kept;
    }
    struct stat st;
    bool ok = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    if (!ok)
        diag_machine(d, (struct at){ .file = path }, _("is not a folder"));
    buf_clear(&b);
    return ok;
}

const char *file_basename(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void file_set_program(const char *path)
{
    char real[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", real, sizeof real - 1);
    if (n > 0)
        real[n] = '\0';
    else if (!realpath(path, real))
        return;
    char *slash = strrchr(real, '/');
    if (slash)
        *slash = '\0';
    memcpy(program_dir, real, strlen(real) + 1);
}

const char *file_data(struct arena *a, const char *name)
{
    const char *set = getenv("PHIEUDIEM_DATA");
    const char *tries[6] = { 0 };
    size_t n = 0;
    if (set && *set)
        tries[n++] = arena_printf(a, "%s/%s", set, name);
    if (*program_dir) { /* build/phieudiem, build/san/phieudiem, and PREFIX/bin/phieudiem */
        tries[n++] = arena_printf(a, "%s/%s", program_dir, name); /* what the build makes: locale */
        tries[n++] = arena_printf(a, "%s/../%s", program_dir, name);
        tries[n++] = arena_printf(a, "%s/../../%s", program_dir, name);
        tries[n++] = arena_printf(a, "%s/../share/phieudiem/%s", program_dir, name);
    }
    tries[n++] = arena_printf(a, DATADIR "/%s", name);
    for (size_t i = 0; i < n; i++)
        if (access(tries[i], R_OK) == 0)
            return tries[i];
    return NULL;
}

void file_sha256(const void *data, size_t n, char hex[65])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    if (!EVP_Digest(data, n, digest, &len, EVP_sha256(), NULL) || len != 32)
        die("SHA-256 failed");
    for (unsigned i = 0; i < 32; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}
