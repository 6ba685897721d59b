#include "batch/answer.h"

#include <string.h>

enum { FIELDS = 5 }; /* file, element, attribute, text, expected */

struct fixed { enum diag_level level; bool machine; int line, col; };

static void add_string(struct buf *b, const char *s)
{
    buf_char(b, s ? '+' : '-');
    if (s)
        buf_add(b, s, strlen(s) + 1);
}

/* The string at *p, NULL for an absent one; false past the end. */
static bool take_string(const char **p, const char *end, const char **s)
{
    *s = NULL;
    if (*p == end)
        return false;
    if (*(*p)++ != '+')
        return true;
    const char *stop = memchr(*p, '\0', (size_t)(end - *p));
    *s = *p;
    *p = stop ? stop + 1 : end;
    return stop != NULL;
}

void answer_write(struct buf *b, const struct answer *a, const struct diag *d)
{
    buf_add(b, a, sizeof *a);
    for (size_t i = 0; i < d->n; i++) {
        const struct diag_message *m = &d->messages[i];
        struct fixed f = { .level = m->level, .machine = m->machine, .line = m->at.line, .col = m->at.col };
        buf_add(b, &f, sizeof f);
        add_string(b, m->at.file);
        add_string(b, m->at.element);
        add_string(b, m->at.attribute);
        add_string(b, m->text);
        add_string(b, m->expected);
    }
}

bool answer_read(const char *data, size_t n, struct answer *a, const char **messages, size_t *len)
{
    if (n < sizeof *a)
        return false;
    memcpy(a, data, sizeof *a);
    *messages = data + sizeof *a;
    *len = n - sizeof *a;
    return true;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* A fault of the layout is every card's: it is told once.  Looking at the last
 * few suffices, as cards repeat the same few messages. */
static bool told(const struct diag *d, const struct fixed *f, const char *const field[FIELDS])
{
    for (size_t i = d->n; i > 0 && d->n - i < 64; i--) {
        const struct diag_message *m = &d->messages[i - 1];
        if (m->level == f->level && m->at.line == f->line && m->at.col == f->col && same(m->at.file, field[0]) &&
            same(m->text, field[3]) && same(m->expected, field[4]))
            return true;
    }
    return false;
}

static void report(struct diag *d, const struct fixed *f, const char *const field[FIELDS])
{
    struct at at = { .file = field[0], .line = f->line, .col = f->col, .element = field[1], .attribute = field[2] };
    const char *text = field[3] ? field[3] : "";
    if (f->machine)
        diag_machine(d, at, "%s", text);
    else if (f->level == DIAG_ERROR)
        diag_error(d, at, "%s", text);
    else if (f->level == DIAG_WARNING)
        diag_warning(d, at, "%s", text);
    else
        diag_note(d, at, "%s", text);
    if (field[4])
        diag_expected(d, "%s", field[4]);
}

size_t answer_messages(const char *data, size_t n, struct diag *d)
{
    const char *p = data, *end = data + n;
    size_t left_out = 0;
    while ((size_t)(end - p) > sizeof(struct fixed)) {
        struct fixed f;
        const char *field[FIELDS];
        memcpy(&f, p, sizeof f);
        p += sizeof f;
        for (int i = 0; i < FIELDS; i++)
            if (!take_string(&p, end, &field[i]))
                return left_out;
        if (told(d, &f, field))
            left_out++;
        else
            report(d, &f, field);
    }
    return left_out;
}
