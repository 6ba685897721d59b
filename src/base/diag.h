/* base/diag.h -- what went wrong, where, and what would be right.
 *
 * Stages report to a diag and carry the failure up as false or NULL; only
 * commands print.  A message has a place (file, line, column, element,
 * attribute), says what is wrong, and may say what was expected:
 *
 *     diag_error(d, at, _("unknown element <%s>"), name);
 *     diag_expected(d, _("one of block, text, table; the nearest is <%s>"), near);
 *
 * prints   layouts/a.xml:12:3: error: unknown element <tabel>; expected ...
 * Texts are English in the code and translated by gettext.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H
#include "base/arena.h"

#include <libintl.h>
#include <stdbool.h>
#include <stdio.h>

#define _(text) gettext(text)
#define N_(text) text

struct at {
    const char *file;               /* NULL: no file */
    int line, col;                  /* from 1; 0: not known */
    const char *element, *attribute; /* of a layout or catalog; NULL: none */
};

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

struct diag_message {
    enum diag_level level;
    struct at at;         /* strings are copies in the diag's arena */
    const char *text, *expected; /* expected: NULL if nothing to say */
    bool machine;         /* the machine failed (disk, memory), not the input */
};

struct diag {
    struct arena arena;
    struct diag_message *messages;
    size_t n, cap;
    size_t errors, warnings;
    bool machine;         /* one of the errors was the machine's */
};

void diag_error(struct diag *d, struct at at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void diag_warning(struct diag *d, struct at at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
void diag_note(struct diag *d, struct at at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* An error of the machine: a full disk, a folder that cannot be written. */
void diag_machine(struct diag *d, struct at at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Says of the message just given what was expected instead. */
void diag_expected(struct diag *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Prints messages from number `from` on, one a line; returns how many there are now. */
size_t diag_print(const struct diag *d, FILE *out, size_t from);
/* All messages as a JSON array. */
void diag_json(const struct diag *d, FILE *out);
/* Exit status: 0, 1 input wrong, 3 warnings if `strict`, 4 the machine failed. */
int diag_status(const struct diag *d, bool strict);
void diag_clear(struct diag *d);
/* Says in `d` all that was said in `other`. */
void diag_append(struct diag *d, const struct diag *other);

/* The nearest of `n` names to `word` by edit distance, NULL if none is near
 * (distance over a third of the word's length, at least 2). */
const char *diag_nearest(const char *word, const char *const *names, size_t n);
#endif
