/* font/font.h -- fonts opened for measuring, shaping and embedding.
 *
 * Faces are found through fonts/families.tsv (families and their candidate
 * files, best first) and through any file that a user puts into fonts/.  A
 * face is opened once for the run and serves every card; a fontlib belongs to
 * one process or thread.  All advances are in font units; times size / upem
 * they are points.
 */
#ifndef FONT_FONT_H
#define FONT_FONT_H
#include "base/buf.h"
#include "base/diag.h"

#include <stdint.h>

struct fontlib;
struct font;

/* `folder`: the project's fonts/. NULL after a report. */
struct fontlib *fontlib_open(const char *folder, struct diag *d);
void fontlib_close(struct fontlib *lib);

/* A face by family name ("Source Sans 3"), weight (400, 600, 700) and slant;
 * opened at the first call. If the family's files are missing, the family's
 * next candidate (with one warning a run); never silently another family.
 * NULL after an error that names what was looked for and where. */
const struct font *fontlib_face(struct fontlib *lib, const char *family, int weight, bool italic, struct diag *d);
/* Appends which file serves each face of each family, with what tells its version: part of what a card's bytes depend on. */
void fontlib_stamp(const struct fontlib *lib, struct buf *out);
/* The same face for a look at its letters: nothing is reported, and none that may not be used is given. */
const struct font *fontlib_look(struct fontlib *lib, const char *family, int weight, bool italic);
bool fontlib_has_family(const struct fontlib *lib, const char *family);
/* What `phieudiem fonts` prints, a table with tabs: every face of every family
 * with the file used, the Vietnamese letters and signs that it lacks, and
 * whether it may be embedded. False if a face lacks a letter or may not be. */
bool fontlib_list(struct fontlib *lib, FILE *out, struct diag *d);
/* Between cards: forgets shaped words once they take more than some megabytes.
 * What font_shape() gave before is then gone; faces stay. NULL is fine. */
void fontlib_trim(struct fontlib *lib);

/* The 134 letters that Vietnamese adds to a-z and A-Z, in code point order. */
const uint32_t *font_vietnamese_letters(size_t *n);

struct font_metrics {
    int upem;
    int ascent, descent;          /* descent is negative */
    int cap_height, x_height;
    int underline, underline_thickness;
    int bbox[4];                  /* xmin ymin xmax ymax */
    double italic_angle;
};
const struct font_metrics *font_metrics(const struct font *f);
const char *font_family(const struct font *f);
const char *font_file(const struct font *f);
const char *font_postscript_name(const struct font *f);
int font_weight(const struct font *f);
bool font_italic(const struct font *f);
bool font_is_cff(const struct font *f);
/* The file's bytes, borrowed, and the face's number in a collection: for subsetting. */
const void *font_data(const struct font *f, size_t *n, unsigned *index);
/* The HarfBuzz face (hb_face_t *), borrowed, for hb-subset; void so that page and pdf
 * need no HarfBuzz header to name a font. */
void *font_hb_face(const struct font *f);
/* A number for the face, equal in every run that opens the same faces in the same order. */
int font_number(const struct font *f);
bool font_has(const struct font *f, uint32_t cp);
/* How much of text[0..len), at least a character, is set in one face, and in
 * which: `f`, or for signs that it lacks the face that families.tsv names for
 * them ("signs"). Letters are never set in another face. */
size_t font_piece(const struct font *f, const char *text, size_t len, const struct font **in);
/* Advance of a glyph in font units. */
int font_advance(const struct font *f, uint32_t gid);

enum font_feature {
    FONT_KERN = 1, FONT_TNUM = 2, FONT_ONUM = 4, FONT_SMCP = 8, FONT_SUPS = 16, FONT_LIGA = 32, FONT_CASE = 64,
    FONT_LNUM = 128, FONT_PNUM = 256, FONT_C2SC = 512, FONT_FRAC = 1024,
};
/* Warns, once a run for a face, of features asked for that change letters or figures and that the face has not.
 * (One without `tnum` mostly has tabular figures anyway.) */
void font_check_features(const struct font *f, unsigned features, struct at at, struct diag *d);
struct glyph {
    uint32_t gid;
    uint32_t cluster;             /* byte of the shaped text that it belongs to */
    int32_t advance;              /* font units, kerning included */
    int32_t dx, dy;               /* offset from the pen, font units, y up */
};
struct shaped {
    const struct glyph *glyphs;   /* borrowed from the font's cache: valid until fontlib_trim() */
    size_t n;
    int64_t advance;              /* sum */
};
/* Shapes NFC text (script Latn, language vi, left to right) and remembers the
 * result: a word is shaped once a run. False after an error that names the
 * missing code point; `at` is where the text came from. */
bool font_shape(const struct font *f, const char *text, size_t len, unsigned features, struct shaped *out,
                struct at at, struct diag *d);
/* Width of a line of text in pt, signs in their own face included; negative after an error. */
double font_width(const struct font *f, const char *text, double size, unsigned features, struct at at,
                  struct diag *d);
#endif
