#include "cli/watch.h"

#include "base/buf.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    DEEPEST = 8,               /* as far as layouts may include */
    QUIET = 10,                /* ms without an event: an editor that writes, renames and syncs is through */
    EVENTS = IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE,
};

static bool counts(const char *own, const struct watched *w, const char *name)
{
    static const char *const ends[] = { ".png", ".xml", ".jpg", ".jpeg" };
    size_t n = strlen(name);
    if (w->name) { /* the store and its log, not the log's index: readers write that */
        size_t k = strlen(w->name);
        return strncmp(name, w->name, k) == 0 && (!name[k] || strcmp(name + k, "-wal") == 0);
    }
    bool made = own && strncmp(name, own, strlen(own)) == 0;
    for (size_t i = made ? 1 : 0; i < sizeof ends / sizeof *ends; i++)
        if (n > strlen(ends[i]) && strcmp(name + n - strlen(ends[i]), ends[i]) == 0)
            return true;
    return false;
}

static uint64_t mix(uint64_t h, const void *data, size_t n) /* FNV-1a */
{
    for (const unsigned char *p = data; n--; p++)
        h = (h ^ *p) * 0x100000001B3u;
    return h;
}

static uint64_t file_state(const char *path, const struct stat *st)
{
    uint64_t h = mix(0xCBF29CE484222325u, path, strlen(path));
    h = mix(h, &st->st_mtim.tv_sec, sizeof st->st_mtim.tv_sec);
    h = mix(h, &st->st_mtim.tv_nsec, sizeof st->st_mtim.tv_nsec);
    return mix(h, &st->st_size, sizeof st->st_size);
}

/* The sum over all files, whatever the order of the folder; folders that are new are watched from now on.
 * Empty ones are passed over: a log that a reader made, a file that is just being written. */
static uint64_t state_of(struct watch *w, const struct watched *item, const char *folder, int depth)
{
    uint64_t sum = 0;
    DIR *dir = opendir(folder);
    struct buf path = { 0 };
    inotify_add_watch(w->fd, folder, EVENTS);
    for (struct dirent *e; dir && (e = readdir(dir));) {
        struct stat st;
        buf_reset(&path);
        buf_printf(&path, "%s/%s", folder, e->d_name);
        if (e->d_name[0] == '.' || stat(path.data, &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode) && !item->name && depth < DEEPEST)
            sum += state_of(w, item, path.data, depth + 1);
        else if (S_ISREG(st.st_mode) && st.st_size > 0 && counts(w->own, item, e->d_name))
            sum += file_state(path.data, &st);
    }
    if (dir)
        closedir(dir);
    buf_clear(&path);
    return sum;
}

bool watch_open(struct watch *w, const char *own, struct diag *d)
{
    *w = (struct watch){ .fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC), .own = own };
    if (w->fd < 0)
        diag_machine(d, (struct at){ 0 }, _("files cannot be watched: %s"), strerror(errno));
    return w->fd >= 0;
}

unsigned watch_add(struct watch *w, const char *folder, const char *name)
{
    struct watched *item = &w->items[w->n];
    *item = (struct watched){ .folder = folder, .name = name };
    item->seen = state_of(w, item, folder, 0);
    return 1u << w->n++;
}

static bool drain(struct watch *w)
{
    char events[4096];
    struct pollfd p = { .fd = w->fd, .events = POLLIN };
    int timeout = -1, ready;
    while ((ready = poll(&p, 1, timeout)) > 0) {
        while (read(w->fd, events, sizeof events) > 0)
            ;
        timeout = QUIET;
    }
    return ready == 0;
}

unsigned watch_wait(struct watch *w)
{
    unsigned changed = 0;
    while (!changed && drain(w))
        for (unsigned i = 0; i < w->n; i++) {
            uint64_t now = state_of(w, &w->items[i], w->items[i].folder, 0);
            changed |= now != w->items[i].seen ? 1u << i : 0;
            w->items[i].seen = now;
        }
    return changed;
}

void watch_close(struct watch *w)
{
    if (w->fd >= 0)
        close(w->fd);
}
