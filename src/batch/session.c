#include "batch/session.h"

#include "base/file.h"

#include <libxml/parser.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <pthread.h>
#include <string.h>
#include <unistd.h>

/* Splits "NAME=VALUE"s. */
static bool params_read(const struct texts *sets, struct arena *a, struct layout_param **params, struct diag *d)
{
    *params = arena_array(a, struct layout_param, sets->n);
    for (size_t i = 0; i < sets->n; i++) {
        const char *equals = strchr(sets->items[i], '=');
        if (!equals || equals == sets->items[i]) {
            diag_error(d, (struct at){ 0 }, _("\"--set %s\" gives no value"), sets->items[i]);
            diag_expected(d, _("--set NAME=VALUE"));
            return false;
        }
        (*params)[i].name = arena_strndup(a, sets->items[i], (size_t)(equals - sets->items[i]));
        (*params)[i].value = equals + 1;
    }
    return true;
}

static const char *data_folder(struct session *s, const char *name, struct diag *d)
{
    const char *path = file_data(&s->arena, name);
    if (!path)
        diag_machine(d, (struct at){ .file = name }, _("is not where the program's data should be; reinstall it, or "
                                                       "set PHIEUDIEM_DATA to the folder that holds it"));
    return path;
}

bool session_layout(struct session *s, const struct session_options *o, struct diag *d)
{
    struct layout_param *params;
    layout_close(s->layout);
    s->layout = NULL;
    if (!s->fonts || !params_read(&o->sets, &s->arena, &params, d))
        return false;
    s->layout = layout_open(o->layout, params, o->sets.n, s->fonts, d);
    if (s->layout && layout_is_book(s->layout)) {
        diag_error(d, (struct at){ .file = o->layout }, _("is the layout of a book, not of a card"));
        diag_expected(d, "batch CARD-LAYOUT --book FILE --book-layout %s", o->layout);
        return false;
    }
    return s->layout != NULL;
}

bool session_book_layout(struct session *s, const char *path, const struct texts *sets, struct diag *d)
{
    struct layout_param *params;
    if (!path)
        path = data_folder(s, "layouts/book.xml", d);
    if (!path || !params_read(sets, &s->arena, &params, d))
        return false;
    s->book_layout = layout_open(path, params, sets->n, s->fonts, d);
    if (s->book_layout && !layout_is_book(s->book_layout)) {
        diag_error(d, (struct at){ .file = path }, _("is no layout of a book"));
        diag_expected(d, "entity=\"book\"");
        return false;
    }
    return s->book_layout != NULL;
}

static bool open_layout(struct session *s, const struct session_options *o, struct diag *d)
{
    const char *folder = data_folder(s, "fonts", d);
    s->fonts = folder ? fontlib_open(folder, d) : NULL;
    return session_layout(s, o, d);
}

/* Catalog and facts: what a thread opens while the layout is read and checked. The two
 * know nothing of each other, and each takes a tenth of the time that 63 cards take. */
struct opening_cards { struct session *s; const struct session_options *o; const char *folder; struct diag d; };

static void *open_cards(void *data)
{
    struct opening_cards *c = data;
    struct session *s = c->s;
    struct card_options options = { .as_of = c->o->as_of, .period = c->o->period };
    s->catalog = catalog_open(c->folder, &c->d);
    s->store = s->catalog ? store_open(c->o->db, STORE_READ, &c->d) : NULL;
    s->cards = s->store ? card_set_open(s->store, s->catalog, &options, &c->d) : NULL;
    return NULL;
}

bool session_cards(struct session *s, const struct session_options *o, bool catalog, struct diag *d)
{
    struct card_options options = { .as_of = o->as_of, .period = o->period };
    card_set_close(s->cards); /* it borrows the other two */
    store_close(s->store);
    s->cards = NULL;
    s->store = NULL;
    if (catalog || !s->catalog) {
        const char *folder = data_folder(s, "layouts/catalog", d);
        catalog_close(s->catalog);
        s->catalog = folder ? catalog_open(folder, d) : NULL;
    }
    s->store = s->catalog ? store_open(o->db, STORE_READ, d) : NULL;
    s->cards = s->store ? card_set_open(s->store, s->catalog, &options, d) : NULL;
    return s->cards != NULL;
}

static const char *inputs_text(struct session *s, const struct session_options *o)
{
    struct buf b = { 0 };
    buf_str(&b, catalog_hash(s->catalog));
    for (size_t i = 0; i < o->sets.n; i++)
        buf_printf(&b, "\n%s", o->sets.items[i]);
    buf_char(&b, '\n');
    fontlib_stamp(s->fonts, &b);
    const char *text = arena_strndup(&s->arena, b.data, b.len);
    buf_clear(&b);
    return text;
}

/* The opening thread's heap grows by a page and a system call at a time unless it begins with room,
 * and a worker would give back after each card what it takes again for the next: 600 calls and a
 * twelfth of the run's processor time. What is not touched of the room is no memory. */
static void roomy_heap(void)
{
#ifdef __GLIBC__
    mallopt(M_TOP_PAD, 16 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
#endif
}

bool session_open(struct session *s, const struct session_options *o, struct diag *d)
{
    struct opening_cards cards = { .s = s, .o = o };
    pthread_t thread;
    *s = (struct session){ 0 };
    cards.folder = data_folder(s, "layouts/catalog", d);
    roomy_heap();
    xmlInitParser(); /* once, before two threads parse */
    bool beside = cards.folder && pthread_create(&thread, NULL, open_cards, &cards) == 0;
    bool layout = open_layout(s, o, d);
    if (beside)
        pthread_join(thread, NULL);
    else if (cards.folder)
        open_cards(&cards);
    diag_append(d, &cards.d); /* the layout's faults and the data's in one run */
    diag_clear(&cards.d);
    if (!s->cards || !layout)
        return false;
    s->inputs = inputs_text(s, o);
    return true;
}

void session_close(struct session *s)
{
    layout_close(s->layout);
    layout_close(s->book_layout);
    fontlib_close(s->fonts);
    card_set_close(s->cards);
    store_close(s->store);
    catalog_close(s->catalog);
    arena_clear(&s->arena);
}
