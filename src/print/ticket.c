/* What is asked for, held against what the printer supports. */
#include "print/ipp.h"

#include "base/buf.h"

#include <string.h>

struct word { const char *own, *ipp; };
static const struct word sides[] = {
    { "one", "one-sided" }, { "two-long", "two-sided-long-edge" }, { "two-short", "two-sided-short-edge" }, { 0 },
};
static const struct word colors[] = { { "auto", "auto" }, { "mono", "monochrome" }, { "color", "color" }, { 0 } };
static const struct word collations[] = {
    { "yes", "separate-documents-collated-copies" }, { "no", "separate-documents-uncollated-copies" }, { 0 },
};
static const struct word plain[] = { { 0 } };

static const char *own_word(const struct word *words, const char *ipp)
{
    for (; words->own; words++)
        if (strcmp(words->ipp, ipp) == 0)
            return words->own;
    return ipp;
}

static const char *ipp_word(const struct word *words, const char *own)
{
    for (; words->own; words++)
        if (strcmp(words->own, own) == 0)
            return words->ipp;
    return own;
}

static void tell_offer(const char *offer, struct diag *d)
{
    if (offer)
        diag_expected(d, _("one of what it supports: %s"), offer);
    else
        diag_expected(d, _("nothing: it lets nobody choose that"));
}

/* "A4" for "iso_a4_210x297mm", where libcups has a short name. */
static const char *short_media(const char *name)
{
    pwg_media_t *m = pwgMediaForPWG(name);
    return m && m->ppd && *m->ppd ? m->ppd : name;
}

/* What the attribute offers, in the words of `words`; NULL: nothing. */
static const char *offered(struct printer *p, ipp_attribute_t *at, const struct word *words)
{
    struct buf b = { 0 };
    for (int i = 0; at && i < ippGetCount(at); i++) {
        const char *s = ippGetString(at, i, NULL);
        /* The limits of custom sizes are no paper. */
        if (!s || strncmp(s, "custom_m", 8) == 0)
            continue;
        buf_printf(&b, "%s%s", b.len ? ", " : "", words ? own_word(words, s) : short_media(s));
    }
    const char *text = b.len ? arena_strdup(&p->arena, b.data) : NULL;
    buf_clear(&b);
    return text;
}

const char *printer_media_list(struct printer *p)
{
    return offered(p, ippFindAttribute(p->attributes, "media-supported", IPP_TAG_ZERO), NULL);
}

/* Puts IPP's word for *value; false after a report if the printer lacks it. */
static bool check_word(struct printer *p, const char *option, const char *attribute, const struct word *words,
                       const char **value, struct diag *d)
{
    if (!*value)
        return true;
    ipp_attribute_t *at = ippFindAttribute(p->attributes, attribute, IPP_TAG_ZERO);
    const char *ipp = ipp_word(words, *value);
    if (at && ippContainsString(at, ipp)) {
        *value = arena_strdup(&p->arena, ipp);
        return true;
    }
    diag_error(d, (struct at){ 0 }, _("%s %s: the printer \"%s\" does not offer that"), option, *value, p->name);
    tell_offer(offered(p, at, words), d);
    return false;
}

static bool check_copies(struct printer *p, const struct ticket *t, struct diag *d)
{
    int most = 1;
    ipp_attribute_t *at = ippFindAttribute(p->attributes, "copies-supported", IPP_TAG_RANGE);
    if (at)
        ippGetRange(at, 0, &most);
    if (t->copies <= most)
        return true;
    diag_error(d, (struct at){ 0 }, _("--copies %d: the printer \"%s\" does not make so many at once"), t->copies, p->name);
    diag_expected(d, _("at most %d"), most);
    return false;
}

/* A4, a4, iso_a4_210x297mm, iso-a4: what people and printers call paper. */
static bool check_media(struct printer *p, const char **media, struct diag *d)
{
    if (!*media)
        return true;
    ipp_attribute_t *at = ippFindAttribute(p->attributes, "media-supported", IPP_TAG_ZERO);
    pwg_media_t *m = pwgMediaForPPD(*media);
    if (!m)
        m = pwgMediaForPWG(*media);
    if (!m)
        m = pwgMediaForLegacy(*media);
    if (m && at && ippContainsString(at, m->pwg)) {
        *media = arena_strdup(&p->arena, m->pwg);
        return true;
    }
    diag_error(d, (struct at){ 0 }, _("--media %s: the printer \"%s\" has no such paper"), *media, p->name);
    tell_offer(printer_media_list(p), d);
    return false;
}

bool printer_check(struct printer *p, struct ticket *t, struct diag *d)
{
    bool ok = check_copies(p, t, d);
    ok &= check_word(p, "--sides", "sides-supported", sides, &t->sides, d);
    ok &= check_word(p, "--colour", "print-color-mode-supported", colors, &t->color, d);
    ok &= check_word(p, "--collate", "multiple-document-handling-supported", collations, &t->collate, d);
    ok &= check_word(p, "--tray", "media-source-supported", plain, &t->tray, d);
    ok &= check_media(p, &t->media, d);
    return ok;
}

const char *printer_media(struct printer *p, double width, double height)
{
    ipp_attribute_t *at = ippFindAttribute(p->attributes, "media-supported", IPP_TAG_ZERO);
    double shorter = width < height ? width : height, longer = width < height ? height : width;
    /* Hundredths of a millimetre; one of difference is rounding. */
    for (int i = 0; at && i < ippGetCount(at); i++) {
        const char *name = ippGetString(at, i, NULL);
        pwg_media_t *m = name && strncmp(name, "custom_m", 8) != 0 ? pwgMediaForPWG(name) : NULL;
        if (m && m->width - shorter * 2540 / 72 < 50 && shorter * 2540 / 72 - m->width < 50 &&
            m->length - longer * 2540 / 72 < 50 && longer * 2540 / 72 - m->length < 50)
            return arena_strdup(&p->arena, name);
    }
    return NULL;
}

static void add_keyword(ipp_t *request, const char *name, const char *value)
{
    if (value)
        ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, name, NULL, value);
}

/* A tray can be named in the collection alone (PWG 5100.3), and `media` must then not stand beside it. */
static void add_media(ipp_t *request, const struct ticket *t, const char *media)
{
    if (!t->tray) {
        add_keyword(request, "media", media);
        return;
    }
    ipp_t *col = ippNew();
    pwg_media_t *m = media ? pwgMediaForPWG(media) : NULL;
    if (m) {
        ipp_t *size = ippNew();
        ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", m->width);
        ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", m->length);
        ippAddCollection(col, IPP_TAG_ZERO, "media-size", size);
        ippDelete(size);
    }
    ippAddString(col, IPP_TAG_ZERO, IPP_TAG_KEYWORD, "media-source", NULL, t->tray);
    ippAddCollection(request, IPP_TAG_JOB, "media-col", col);
    ippDelete(col);
}

void ticket_apply(const struct printer *p, const struct ticket *t, const char *media, ipp_t *request)
{
    ipp_attribute_t *scaling = ippFindAttribute(p->attributes, "print-scaling-supported", IPP_TAG_KEYWORD);
    if (t->copies > 1)
        ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", t->copies);
    add_keyword(request, "sides", t->sides);
    add_keyword(request, "print-color-mode", t->color);
    add_keyword(request, "multiple-document-handling", t->collate);
    add_media(request, t, t->media ? t->media : media);
    /* On its own paper a page keeps its measures: an official document's margins are prescribed. */
    if (media && (!t->media || strcmp(media, t->media) == 0) && scaling && ippContainsString(scaling, "none"))
        add_keyword(request, "print-scaling", "none");
}
