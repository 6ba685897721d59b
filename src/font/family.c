#include "font/family.h"

#include "base/file.h"
#include "base/tsv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { COLUMNS = 5 };

struct family *families_lookup(const struct families *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->items[i].name, name) == 0)
            return &f->items[i];
    return NULL;
}

static struct family *family_add(struct families *f, const char *name)
{
    struct family *family = families_lookup(f, name);
    if (!family) {
        family = ARENA_PUSH(&f->arena, f->items, f->n, f->cap);
        family->name = arena_strdup(&f->arena, name);
    }
    return family;
}

static struct candidate *candidate_add(struct families *f, struct family *family, const char *name)
{
    for (size_t i = 0; i < family->n; i++)
        if (!family->candidates[i].users && strcmp(family->candidates[i].name, name) == 0)
            return &family->candidates[i];
    struct candidate *c = ARENA_PUSH(&f->arena, family->candidates, family->n, family->cap);
    c->name = arena_strdup(&f->arena, name);
    return c;
}

static void face_add(struct families *f, struct candidate *c, struct face face)
{
    for (size_t i = 0; i < c->n; i++) {
        struct face *old = &c->faces[i];
        if (old->weight != face.weight || old->italic != face.italic)
            continue;
        if (!old->found)
            *old = face;
        return;
    }
    *ARENA_PUSH(&f->arena, c->faces, c->n, c->cap) = face;
}

static bool read_line(struct families *f, const char *folder, char *line, struct at at, struct diag *d)
{
    char *field[COLUMNS];
    if (!tsv_cut(line, field, COLUMNS)) {
        diag_error(d, at, _("a line that is no font face"));
        diag_expected(d, _("five fields between tabs: family, candidate, weight, slant, file"));
        return false;
    }
    if (strcmp(field[0], "family") == 0)
        return true;
    char *end;
    long weight = strtol(field[2], &end, 10);
    bool italic = strcmp(field[3], "italic") == 0, signs = strcmp(field[3], "signs") == 0;
    if (*end || weight < 100 || weight > 900 || (!italic && !signs && strcmp(field[3], "upright") != 0)) {
        diag_error(d, at, _("no font face: weight \"%s\", slant \"%s\""), field[2], field[3]);
        diag_expected(d, _("a weight from 100 to 900, and upright, italic or signs"));
        return false;
    }
    char *number = strrchr(field[4], '#');
    if (number)
        *number++ = '\0';
    struct face face = { .weight = (int)weight, .italic = italic,
                         .index = number ? (unsigned)strtoul(number, NULL, 10) : 0 };
    face.file = field[4][0] == '/' ? arena_strdup(&f->arena, field[4])
                                   : arena_printf(&f->arena, "%s/%s", folder, field[4]);
    face.found = access(face.file, R_OK) == 0;
    struct family *family = family_add(f, field[0]);
    family->known = true;
    struct candidate *c = candidate_add(f, family, field[1]);
    if (!signs)
        face_add(f, c, face);
    else if (face.found)
        *ARENA_PUSH(&f->arena, c->signs, c->n_signs, c->cap_signs) = face;
    return true;
}

bool families_read(struct families *f, const char *folder, struct diag *d)
{
    const char *path = arena_printf(&f->arena, "%s/families.tsv", folder);
    struct buf text = { 0 };
    bool ok = file_read(path, 1 << 20, &text, d);
    struct at at = { .file = path };
    for (char *line = text.data, *next; ok && line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        at.line++;
        if (*line && *line != '#' && !read_line(f, folder, line, at, d))
            ok = false;
    }
    buf_clear(&text);
    return ok;
}

void families_add_file(struct families *f, const char *family, int weight, bool italic, const char *file,
                       unsigned index)
{
    struct family *fam = family_add(f, family);
    if (!fam->n || !fam->candidates[0].users) {
        (void)ARENA_PUSH(&f->arena, fam->candidates, fam->n, fam->cap);
        memmove(fam->candidates + 1, fam->candidates, (fam->n - 1) * sizeof *fam->candidates);
        fam->candidates[0] = (struct candidate){ .name = fam->name, .users = true };
    }
    struct face face = { .weight = weight, .italic = italic, .index = index, .found = true,
                         .file = arena_strdup(&f->arena, file) };
    face_add(f, &fam->candidates[0], face);
}

bool families_name_file(const struct families *f, const char *file)
{
    for (size_t i = 0; i < f->n; i++)
        for (size_t k = 0; k < f->items[i].n; k++)
            for (size_t m = 0; m < f->items[i].candidates[k].n; m++)
                if (strcmp(f->items[i].candidates[k].faces[m].file, file) == 0)
                    return true;
    return false;
}

const struct face *candidate_face(const struct candidate *c, int weight, bool italic)
{
    const struct face *best = NULL;
    int best_distance = 101 * 2;
    for (size_t i = 0; i < c->n; i++) {
        const struct face *face = &c->faces[i];
        int distance = 2 * abs(face->weight - weight) + (face->weight < weight);
        if (face->italic == italic && distance < best_distance) {
            best = face;
            best_distance = distance;
        }
    }
    return best;
}

/* What a catalogued family needs is what its last candidate lists: a user's
 * Regular alone must not take the bold and italic faces away. */
static bool candidate_serves(const struct family *f, const struct candidate *c)
{
    const struct candidate *need = f->known ? &f->candidates[f->n - 1] : c;
    for (size_t i = 0; i < need->n; i++) {
        const struct face *face = candidate_face(c, need->faces[i].weight, need->faces[i].italic);
        if (!face || !face->found)
            return false;
    }
    return need->n > 0;
}

const struct candidate *family_choice(const struct family *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (candidate_serves(f, &f->candidates[i]))
            return &f->candidates[i];
    return NULL;
}

/* The head of a font file is its table directory; a collection's begins with where those of its fonts are. */
static void add_directory(const char *path, struct buf *out)
{
    char head[1024], hex[65];
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(head, 1, sizeof head, f) : 0;
    if (f)
        fclose(f);
    file_sha256(head, n, hex);
    buf_str(out, hex);
}

void families_stamp(const struct families *f, struct buf *out)
{
    for (size_t i = 0; i < f->n; i++) {
        const struct candidate *c = family_choice(&f->items[i]);
        for (size_t k = 0; c && k < c->n + c->n_signs; k++) {
            const struct face *face = k < c->n ? &c->faces[k] : &c->signs[k - c->n];
            buf_printf(out, "%s %d %d %u %s ", f->items[i].name, face->weight, face->italic, face->index,
                       file_basename(face->file));
            add_directory(face->file, out);
            buf_char(out, '\n');
        }
    }
}

void families_clear(struct families *f)
{
    arena_clear(&f->arena);
    *f = (struct families){ 0 };
}
