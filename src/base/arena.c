/* A list of blocks; the head is the one that still has room.  Large requests
 * get a block of their own behind the head, so that the head's room is not
 * lost.  Sanitizer builds set ARENA_BLOCK to 0: every request is then its own
 * malloc, and ASan sees an overrun of one byte. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef ARENA_BLOCK
#define ARENA_BLOCK (64 * 1024)
#endif

struct arena_block {
    struct arena_block *next;
    size_t used, cap; /* bytes of data */
    max_align_t data[];
};

_Noreturn void die(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("phieudiem: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    exit(4);
}

void *xmalloc(size_t n)
{
    void *p = malloc(n ? n : 1);
    if (!p)
        die("out of memory (%zu bytes)", n);
    return p;
}

void *xcalloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size ? size : 1);
    if (!p)
        die("out of memory (%zu items of %zu bytes)", n, size);
    return p;
}

void *xrealloc(void *p, size_t n)
{
    p = realloc(p, n ? n : 1);
    if (!p)
        die("out of memory (%zu bytes)", n);
    return p;
}

char *xstrdup(const char *s)
{
    size_t n = strlen(s) + 1;
    return memcpy(xmalloc(n), s, n);
}

/* Room for n items, not zeroed unless it is a block of its own. */
static void *take(struct arena *a, size_t n, size_t size, size_t *bytes)
{
    enum { ALIGN = _Alignof(max_align_t) };
    if (size && n > SIZE_MAX / 2 / size)
        die("arena: %zu items of %zu bytes", n, size);
    size_t want = n && size ? n * size : 1;
    size_t room = (want + ALIGN - 1) / ALIGN * ALIGN;
    int own = want > ARENA_BLOCK / 4;
    struct arena_block *b = a->head;

    if (own || !b || b->cap - b->used < room) {
        size_t cap = own ? want : ARENA_BLOCK;
        struct arena_block **at = own && b ? &b->next : &a->head;
        b = own ? xcalloc(1, sizeof *b + cap) : xmalloc(sizeof *b + cap);
        b->cap = cap;
        b->used = 0;
        b->next = *at;
        *at = b;
        a->total += sizeof *b + cap;
    }
    void *p = (char *)b->data + b->used;
    b->used += own ? want : room;
    *bytes = own ? 0 : want;
    return p;
}

/* Zeroed here and not with the block, most of which small documents never use. */
void *arena_alloc(struct arena *a, size_t n, size_t size)
{
    size_t bytes;
    void *p = take(a, n, size, &bytes);
    return bytes ? memset(p, 0, bytes) : p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
    if (!s)
        return NULL;
    size_t bytes;
    char *p = take(a, n + 1, 1, &bytes);
    memcpy(p, s, n);
    p[n] = '\0';
    return p;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return s ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n < 0)
        die("arena: bad format \"%s\"", fmt);
    size_t bytes;
    char *p = take(a, (size_t)n + 1, 1, &bytes);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *p = arena_vprintf(a, fmt, ap);
    va_end(ap);
    return p;
}

void *arena_grow(struct arena *a, void *items, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return items;
    size_t more = *cap ? *cap * 2 : 8;
    size_t bytes;
    char *p = take(a, more, size, &bytes);
    if (n)
        memcpy(p, items, n * size);
    if (bytes)
        memset(p + n * size, 0, bytes - n * size);
    *cap = more;
    return p;
}

void arena_clear(struct arena *a)
{
    for (struct arena_block *b = a->head, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    *a = (struct arena){ 0 };
}

void arena_reset(struct arena *a)
{
    struct arena_block *keep = a->head;
    if (!keep || keep->cap != ARENA_BLOCK) {
        arena_clear(a);
        return;
    }
    a->head = keep->next;
    arena_clear(a);
    keep->used = 0;
    keep->next = NULL;
    a->head = keep;
    a->total = sizeof *keep + keep->cap;
}
