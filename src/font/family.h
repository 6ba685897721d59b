/* font/family.h -- which files a family name means.
 *
 * fonts/families.tsv gives for each family its candidates, best first, and the
 * files of each; a font file that a user put into fonts/ counts under its own
 * family name, before the catalog's candidates.  No fontconfig: what it picks
 * depends on the machine's settings and cache, and a card may not.
 */
#ifndef FONT_FAMILY_H
#define FONT_FAMILY_H
#include "base/buf.h"
#include "base/diag.h"

struct face {
    int weight;                   /* 100 to 900 */
    bool italic;
    unsigned index;               /* in a collection */
    const char *file;             /* the file that exists, else the last one looked for */
    bool found;
};
struct candidate {
    const char *name;
    struct face *faces;
    size_t n, cap;
    struct face *signs;           /* for what the faces lack beyond letters, best first */
    size_t n_signs, cap_signs;
    bool users;                   /* files put into fonts/ that the catalog does not name */
};
struct family {
    const char *name;
    struct candidate *candidates;
    size_t n, cap;
    bool known;                   /* named in families.tsv */
    bool warned;                  /* that it is not set in its first candidate */
};
struct families {
    struct arena arena;
    struct family *items;
    size_t n, cap;
};

/* Reads families.tsv of `folder`. False after reports. */
bool families_read(struct families *f, const char *folder, struct diag *d);
/* Adds a file that a user put into the folder. */
void families_add_file(struct families *f, const char *family, int weight, bool italic, const char *file,
                       unsigned index);
bool families_name_file(const struct families *f, const char *file);
struct family *families_lookup(const struct families *f, const char *name);
/* The candidate that serves: the first with all the faces that the family needs; NULL if none has. */
const struct candidate *family_choice(const struct family *f);
/* The candidate's face of this slant with the nearest weight, the heavier of
 * two; NULL if none is within 100: a bold word set in regular says less than it should. */
const struct face *candidate_face(const struct candidate *c, int weight, bool italic);
/* Which file serves each face, by name and by what its table directory says (length and checksum of
 * every table): two machines with the same text set the same pages. */
void families_stamp(const struct families *f, struct buf *out);
void families_clear(struct families *f);
#endif
