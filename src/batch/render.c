/* The way of one card through the stages. */
#include "batch/internal.h"
#include "pdf/pdf.h"
#include "typeset/typeset.h"

struct box_document *card_pages(const struct layout *layout, xmlDocPtr card, struct fontlib *fonts, struct arena *a,
                                struct pages *pages, struct diag *d)
{
    struct box_document *doc = layout_bind(layout, card, fonts, a, d);
    return doc && typeset(doc, fonts, a, pages, d) ? doc : NULL;
}

bool render_card(const struct layout *layout, xmlDocPtr card, struct fontlib *fonts, struct arena *a,
                 struct rendered *out, struct diag *d)
{
    struct pages pages;
    struct box_document *doc = card_pages(layout, card, fonts, a, &pages, d);
    struct pdf *pdf = doc ? pdf_open(d) : NULL;
    if (!pdf)
        return false;
    struct pdf_info info = {
        .title = doc->title, .subject = doc->subject, .keywords = doc->keywords, .author = doc->author,
        .lang = doc->lang, .date = doc->date, .producer = "phieudiem " VERSION,
        .record = doc->record, .attachments = doc->attachments, .n_attachments = doc->n_attachments,
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
