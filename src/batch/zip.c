#include "batch/deliver.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

static bool tell(const char *path, const char *what, struct diag *d)
{
    diag_machine(d, (struct at){ .file = path }, _("cannot be written: %s"), what);
    return false;
}

static bool add(zip_t *zip, const char *folder, const char *name, struct buf *path)
{
    buf_reset(path);
    buf_printf(path, "%s/%s", folder, name);
    zip_source_t *source = zip_source_file(zip, path->data, 0, -1);
    zip_int64_t at = source ? zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (at < 0) {
        zip_source_free(source);
        return false;
    }
    size_t n = strlen(name);
    bool packed = n > 4 && strcmp(name + n - 4, ".pdf") == 0;
    zip_uint64_t index = (zip_uint64_t)at;
    /* 1 January 1980, the first day that a ZIP knows; read by all, written by the owner. */
    return zip_file_set_dostime(zip, index, 0, 1 << 5 | 1, 0) == 0 &&
           zip_set_file_compression(zip, index, packed ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 6) == 0 &&
           zip_file_set_external_attributes(zip, index, 0, ZIP_OPSYS_UNIX, (zip_uint32_t)0100644 << 16) == 0;
}

/* libzip writes beside its target too, under a name of its own; the rename that counts is ours, once the
 * bytes are on the disk. */
static bool place(const char *beside, const char *path, struct diag *d)
{
    int fd = open(beside, O_RDONLY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0 && rename(beside, path) == 0;
    int why = errno;
    if (fd >= 0)
        close(fd);
    return ok || tell(path, strerror(why), d);
}

bool deliver_zip(const char *path, const char *folder, const char *const *files, size_t n, struct diag *d)
{
    struct buf beside = { 0 }, from = { 0 };
    int why = 0;
    file_beside(&beside, path, (long)getpid());
    zip_t *zip = zip_open(beside.data, ZIP_CREATE | ZIP_TRUNCATE, &why);
    zip_error_t error;
    zip_error_init_with_code(&error, why);
    bool ok = zip || tell(path, zip_error_strerror(&error), d);
    for (size_t i = 0; ok && i < n; i++)
        ok = add(zip, folder, files[i], &from) || tell(path, zip_strerror(zip), d);
    if (ok && zip_close(zip) != 0)
        ok = tell(path, zip_strerror(zip), d);
    else if (ok)
        zip = NULL;
    if (zip)
        zip_discard(zip);
    ok = ok && place(beside.data, path, d);
    if (!ok)
        unlink(beside.data);
    zip_error_fini(&error);
    buf_clear(&beside);
    buf_clear(&from);
    return ok;
}
