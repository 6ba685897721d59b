/* tests/fuzz/scratch.h -- a folder of its own for what must be read from a path. */
#ifndef SCRATCH_H
#define SCRATCH_H
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static char scratch[] = "/tmp/phieudiem-fuzz-XXXXXX";
static char scratch_names[16][64];
static size_t scratch_n;

static const char *scratch_path(const char *name)
{
    static char path[2048]; /* more than all names together, so that compilers see it fit */
    snprintf(path, sizeof path, "%s/%s", scratch, name);
    return path;
}

static void scratch_leave(void)
{
    for (size_t i = 0; i < scratch_n; i++)
        unlink(scratch_path(scratch_names[i]));
    rmdir(scratch);
}

static bool scratch_make(void)
{
    if (!mkdtemp(scratch))
        return false;
    atexit(scratch_leave);
    return true;
}

static void scratch_keep(const char *name) /* to be removed at the end */
{
    for (size_t i = 0; i < scratch_n; i++)
        if (!strcmp(scratch_names[i], name))
            return;
    if (scratch_n < sizeof scratch_names / sizeof *scratch_names)
        snprintf(scratch_names[scratch_n++], sizeof *scratch_names, "%s", name);
}

/* No fsync: file_write() would be slow here. */
static inline const char *scratch_write(const char *name, const void *data, size_t n)
{
    const char *path = scratch_path(name);
    unlink(path); /* it may be a link to the real one */
    FILE *out = fopen(path, "wb");
    if (out) {
        scratch_keep(name);
        fwrite(data, 1, n, out);
        fclose(out);
    }
    return path;
}

static inline void scratch_link(const char *name, const char *folder)
{
    char target[4096], here[3000];
    if (!getcwd(here, sizeof here))
        return;
    snprintf(target, sizeof target, "%s/%s/%s", here, folder, name);
    unlink(scratch_path(name));
    if (symlink(target, scratch_path(name)) == 0)
        scratch_keep(name);
}
#endif
