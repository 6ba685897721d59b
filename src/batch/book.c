#include "batch/internal.h"

#include "base/file.h"
#include "batch/pool.h"
#include "pdf/pdf.h"

#include <string.h>

/* The full name of the card's place, for its bookmark. */
static const char *place_name(xmlDocPtr card, const char *slug, struct arena *a)
{
    for (xmlNodePtr n = xmlFirstElementChild(xmlDocGetRootElement(card)); n; n = xmlNextElementSibling(n)) {
        xmlChar *name = xmlStrEqual(n->name, BAD_CAST "noi") ? xmlGetNoNsProp(n, BAD_CAST "ten-day-du") : NULL;
        if (name) {
            const char *copy = arena_strdup(a, (const char *)name);
            xmlFree(name);
            return copy;
        }
    }
    return slug;
}

/* True if the card has one bookmark of the first level, and that is its place's name. */
static bool is_under(const struct pages *pages, const char *name)
{
    size_t first = 0;
    for (size_t i = 0; i < pages->n_bookmarks; i++)
        first += pages->bookmarks[i].level == 1;
    return first == 1 && strcmp(pages->bookmarks[0].title, name) == 0;
}

/* The place becomes the first level; the card's own bookmarks go below it. */
static void put_under(struct pages *pages, const char *name, struct arena *a)
{
    size_t n = pages->n_bookmarks;
    if (is_under(pages, name))
        return;
    struct bookmark *all = arena_array(a, struct bookmark, n + 1);
    all[0] = (struct bookmark){ .level = 1, .title = name };
    for (size_t i = 0; i < n; i++) {
        all[i + 1] = pages->bookmarks[i];
        all[i + 1].level++;
    }
    pages->bookmarks = all;
    pages->n_bookmarks = pages->cap_bookmarks = n + 1;
}

/* The card's files under names that no other card has: "lao-cai.xml". */
static void attach(struct pdf *pdf, const struct box_document *doc, const struct card_set *cards, const char *place,
                   struct arena *a)
{
    for (size_t i = 0; i < doc->n_attachments; i++) {
        struct attachment file = doc->attachments[i];
        if (strncmp(file.name, place, strlen(place)) != 0)
            file.name = arena_printf(a, "%s-%s", place, file.name);
        pdf_attach(pdf, &file, card_set_as_of(cards));
    }
}

static bool add_card(struct pdf *pdf, const struct layout *layout, const struct card_set *cards, const char *place,
                     struct fontlib *fonts, struct arena *a, struct answer *answer, struct diag *d)
{
    struct diag own = { 0 }; /* what is wrong with the card its own job tells */
    struct pages pages;
    xmlDocPtr card = batch_card(layout, cards, place, &own);
    struct box_document *doc = card ? card_pages(layout, card, fonts, a, &pages, &own) : NULL;
    bool made = doc != NULL;
    if (made) {
        put_under(&pages, place_name(card, place, a), a);
        answer->pages += pages.n;
    }
    xmlFreeDoc(card);
    diag_clear(&own);
    if (!made)
        diag_error(d, (struct at){ 0 }, _("there is no book, since the card of \"%s\" cannot be made"), place);
    made = made && pdf_add(pdf, &pages, d);
    if (made)
        attach(pdf, doc, cards, place, a);
    return made;
}

static bool finish(struct pdf *pdf, const struct batch_options *o, const struct layout *layout,
                   const struct card_set *cards, struct answer *answer, struct arena *a, struct diag *d)
{
    struct buf bytes = { 0 };
    const char *period = card_set_period(cards);
    struct pdf_info info = {
        .title = arena_printf(a, "Tập phiếu điểm %s", period ? period : ""),
        .lang = "vi-VN", .date = card_set_as_of(cards), .producer = "phieudiem " VERSION,
    };
    (void)layout;
    bool ok = pdf_finish(pdf, &info, &bytes, d) && file_write(o->book, bytes.data, bytes.len, d);
    answer->bytes = bytes.len;
    buf_clear(&bytes);
    return ok;
}

bool book_make(const struct batch_options *o, const struct layout *layout, const struct card_set *cards,
               struct fontlib *fonts, struct answer *answer, struct diag *d)
{
    struct arena a = { 0 };
    struct pdf *pdf = pdf_open(d);
    bool ok = pdf != NULL;
    for (size_t i = 0; ok && i < o->n_places; i++) {
        if (pool_stopping())
            ok = false;
        else
            ok = add_card(pdf, layout, cards, o->places[i], fonts, &a, answer, d);
        arena_reset(&a);
        fontlib_trim(fonts);
    }
    ok = ok && finish(pdf, o, layout, cards, answer, &a, d);
    pdf_close(pdf);
    arena_clear(&a);
    return answer->ok = ok;
}
