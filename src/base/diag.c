#include "base/diag.h"

#include "base/buf.h"

#include <string.h>

static void add(struct diag *d, enum diag_level level, struct at at, bool machine, const char *fmt, va_list ap)
{
    struct diag_message *m = ARENA_PUSH(&d->arena, d->messages, d->n, d->cap);
    m->level = level;
    m->machine = machine;
    m->at = at;
    m->at.file = arena_strdup(&d->arena, at.file);
    m->at.element = arena_strdup(&d->arena, at.element);
    m->at.attribute = arena_strdup(&d->arena, at.attribute);
    m->text = arena_vprintf(&d->arena, fmt, ap);
    d->errors += level == DIAG_ERROR;
    d->warnings += level == DIAG_WARNING;
    d->machine |= machine;
}

#define REPORT(name, level, machine) \
    void name(struct diag *d, struct at at, const char *fmt, ...) \
    { \
        va_list ap; \
        va_start(ap, fmt); \
        add(d, level, at, machine, fmt, ap); \
        va_end(ap); \
    }
REPORT(diag_error, DIAG_ERROR, false)
REPORT(diag_warning, DIAG_WARNING, false)
REPORT(diag_note, DIAG_NOTE, false)
REPORT(diag_machine, DIAG_ERROR, true)

void diag_expected(struct diag *d, const char *fmt, ...)
{
    if (!d->n)
        return;
    va_list ap;
    va_start(ap, fmt);
    d->messages[d->n - 1].expected = arena_vprintf(&d->arena, fmt, ap);
    va_end(ap);
}

static const char *level_name(enum diag_level level)
{
    return level == DIAG_ERROR ? _("error") : level == DIAG_WARNING ? _("warning") : _("note");
}

size_t diag_print(const struct diag *d, FILE *out, size_t from)
{
    for (size_t i = from; i < d->n; i++) {
        const struct diag_message *m = &d->messages[i];
        if (m->at.file)
            fprintf(out, "%s:", m->at.file);
        else
            fputs("phieudiem:", out);
        if (m->at.line)
            fprintf(out, "%d:", m->at.line);
        if (m->at.line && m->at.col)
            fprintf(out, "%d:", m->at.col);
        fprintf(out, " %s: ", level_name(m->level));
        if (m->at.element)
            fprintf(out, "<%s%s%s>: ", m->at.element, m->at.attribute ? " " : "",
                    m->at.attribute ? m->at.attribute : "");
        fputs(m->text, out);
        if (m->expected)
            fprintf(out, "; %s %s", _("expected"), m->expected);
        fputc('\n', out);
    }
    return d->n;
}

void diag_json(const struct diag *d, FILE *out)
{
    struct buf b = { 0 };
    buf_str(&b, "[");
    for (size_t i = 0; i < d->n; i++) {
        const struct diag_message *m = &d->messages[i];
        static const char *const names[] = { "note", "warning", "error" };
        buf_printf(&b, "%s\n {\"level\":\"%s\"", i ? "," : "", names[m->level]);
        const struct { const char *key, *value; } texts[] = {
            { "file", m->at.file }, { "element", m->at.element }, { "attribute", m->at.attribute },
            { "message", m->text }, { "expected", m->expected },
        };
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            if (texts[k].value) {
                buf_printf(&b, ",\"%s\":", texts[k].key);
                buf_json(&b, texts[k].value);
            }
        if (m->at.line)
            buf_printf(&b, ",\"line\":%d", m->at.line);
        if (m->at.col)
            buf_printf(&b, ",\"column\":%d", m->at.col);
        buf_str(&b, "}");
    }
    buf_str(&b, d->n ? "\n]\n" : "]\n");
    fwrite(b.data, 1, b.len, out);
    buf_clear(&b);
}

int diag_status(const struct diag *d, bool strict)
{
    return d->machine ? 4 : d->errors ? 1 : strict && d->warnings ? 3 : 0;
}

void diag_append(struct diag *d, const struct diag *other)
{
    for (size_t i = 0; i < other->n; i++) {
        const struct diag_message *m = &other->messages[i];
        struct diag_message *copy = ARENA_PUSH(&d->arena, d->messages, d->n, d->cap);
        *copy = *m;
        copy->at.file = arena_strdup(&d->arena, m->at.file);
        copy->at.element = arena_strdup(&d->arena, m->at.element);
        copy->at.attribute = arena_strdup(&d->arena, m->at.attribute);
        copy->text = arena_strdup(&d->arena, m->text);
        copy->expected = arena_strdup(&d->arena, m->expected);
    }
    d->errors += other->errors;
    d->warnings += other->warnings;
    d->machine |= other->machine;
}

void diag_clear(struct diag *d)
{
    arena_clear(&d->arena);
    *d = (struct diag){ 0 };
}

static size_t edit_distance(const char *a, const char *b)
{
    enum { MOST = 64 };
    size_t row[MOST + 1];
    size_t na = strlen(a), nb = strlen(b);
    if (na > MOST || nb > MOST)
        return na + nb;
    for (size_t j = 0; j <= nb; j++)
        row[j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t up = row[j], best = diagonal + (a[i - 1] != b[j - 1]);
            if (up + 1 < best)
                best = up + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            row[j] = best;
            diagonal = up;
        }
    }
    return row[nb];
}

const char *diag_nearest(const char *word, const char *const *names, size_t n)
{
    size_t limit = strlen(word) / 3, best;
    const char *found = NULL;
    best = (limit < 2 ? 2 : limit) + 1;
    for (size_t i = 0; i < n; i++) {
        size_t far = edit_distance(word, names[i]);
        if (far < best) {
            best = far;
            found = names[i];
        }
    }
    return found;
}
