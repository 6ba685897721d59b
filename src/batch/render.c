/* The way of one card through the stages. */
#include "batch/internal.h"
#include "batch/making.h"
#include "pdf/pdf.h"
#include "typeset/typeset.h"

#include <string.h>

struct box_document *card_pages(const struct layout *layout, xmlDocPtr card, struct fontlib *fonts, struct arena *a,
                                struct pages *pages, struct diag *d)
{
    struct box_document *doc = layout_bind(layout, card, fonts, a, d);
    return doc && typeset(doc, fonts, a, pages, d) ? doc : NULL;
}

/* The card's own files, and how it was made. */
static const struct attachment *all_files(const struct box_document *doc, const struct layout *layout,
                                          const struct card_set *cards, struct arena *a)
{
    struct attachment *files = arena_array(a, struct attachment, doc->n_attachments + 1);
    if (doc->n_attachments)
        memcpy(files, doc->attachments, doc->n_attachments * sizeof *files);
    files[doc->n_attachments] = making_file(layout, NULL, cards, MAKING_CARD, a);
    return files;
}

bool render_card(const struct layout *layout, const struct card_set *cards, xmlDocPtr card, struct fontlib *fonts,
                 struct arena *a, struct rendered *out, struct diag *d)
{
    struct pages pages;
    struct box_document *doc = card_pages(layout, card, fonts, a, &pages, d);
    struct pdf *pdf = doc ? pdf_open(d) : NULL;
    if (!pdf)
        return false;
    struct pdf_info info = {
        .title = doc->title, .subject = doc->subject, .keywords = doc->keywords, .author = doc->author,
        .lang = doc->lang, .date = doc->date, .producer = "phieudiem " VERSION,
        .record = doc->record, .attachments = all_files(doc, layout, cards, a), .n_attachments = doc->n_attachments + 1,
    };
    out->pages = (int)pages.n;
    buf_reset(&out->pdf);
    bool ok = pdf_add(pdf, &pages, d) && pdf_finish(pdf, &info, &out->pdf, d);
    pdf_close(pdf);
    return ok;
}

xmlDocPtr batch_card(const struct layout *layout, const struct card_set *cards, const char *place, struct diag *d)
{
    return layout_is_national(layout) ? card_make_national(cards, d) : card_make(cards, place, d);
}
