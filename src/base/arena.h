/* base/arena.h -- memory that lives as long as one document or one card.
 *
 * An arena gives zeroed memory and takes it back all at once; nothing in it is
 * freed piece by piece.  `struct arena a = { 0 };` is an empty arena.  Out of
 * memory ends the program (nobody could mend it), so nothing returns NULL.
 *
 *     struct arena a = { 0 };
 *     struct fact *f = arena_new(&a, struct fact);
 *     arena_clear(&a);
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stdarg.h>
#include <stddef.h>

struct arena_block;
struct arena {
    struct arena_block *head; /* newest ordinary block; NULL: nothing allocated */
    size_t total;             /* bytes asked of the system by this arena, now */
};

/* `n` zeroed items of `size` bytes, aligned for any type; never NULL, also for n = 0. */
void *arena_alloc(struct arena *a, size_t n, size_t size);
#define arena_new(a, type) ((type *)arena_alloc((a), 1, sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc((a), (n), sizeof(type)))

/* Copies; NUL-terminated.  NULL gives NULL. */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap);

/* Room for item `n` (0-based) of a growing array: returns the array, moved if
 * `n` == `*cap`; the old copy stays in the arena (growth doubles, so at most
 * as much again is lost).  Use through ARENA_PUSH. */
void *arena_grow(struct arena *a, void *items, size_t n, size_t *cap, size_t size);
/* Append to { T *items; size_t n, cap; }-like fields: returns the new, zeroed slot. */
#define ARENA_PUSH(a, items, n, cap) \
    ((items) = arena_grow((a), (items), (n), &(cap), sizeof *(items)), &(items)[(n)++])

/* Give everything back to the system. */
void arena_clear(struct arena *a);
/* Forget everything but keep one block for the next card: what makes the
 * memory of a worker flat. */
void arena_reset(struct arena *a);

/* malloc and friends for what outlives an arena; die() instead of NULL. */
void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size);
void *xrealloc(void *p, size_t n);
char *xstrdup(const char *s);

/* End the program for what nobody can mend (out of memory): message, exit 4. */
_Noreturn void die(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
#endif
