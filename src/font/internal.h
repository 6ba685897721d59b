/* font/internal.h -- a face and the faces of a run, as font.c (files, faces) and shape.c (words) share them. */
#ifndef FONT_INTERNAL_H
#define FONT_INTERNAL_H
#include "font/family.h"
#include "font/font.h"

#include <freetype/freetype.h>
#include <hb.h>

enum { FACES_MAX = 64, SIGNS_MAX = 4 };

struct cache {
    struct arena arena;
    struct word *slots;           /* of shape.c: open addressing, `n_slots` a power of two, at most half full */
    size_t n_slots, n;
    hb_buffer_t *buffer;          /* reused */
    unsigned looked;              /* for which features it was asked whether the face has them */
};

struct font {
    struct buf data;
    unsigned index;
    const char *family, *postscript_name, *file;
    int weight, number;
    bool italic, cff;
    unsigned short fstype;        /* OS/2 */
    struct font_metrics metrics;
    hb_blob_t *blob;
    hb_face_t *hb_face;
    hb_font_t *hb;
    struct cache *cache;
    const struct font *signs[SIGNS_MAX]; /* faces for signs that it lacks */
    size_t n_signs;
};

struct fontlib {
    struct arena arena;
    const char *folder;
    FT_Library ft;
    hb_language_t language;
    struct families families;
    struct font *fonts[FACES_MAX]; /* opened, by number */
    size_t n;
};
#endif
