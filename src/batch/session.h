/* batch/session.h -- what every command that makes pages opens: catalog, facts, fonts, layout. */
#ifndef BATCH_SESSION_H
#define BATCH_SESSION_H
#include "base/texts.h"
#include "card/card.h"
#include "font/font.h"
#include "layout/layout.h"

struct session_options {
    const char *db, *layout;
    const char *period, *as_of;    /* NULL: as card_options says */
    struct texts sets;         /* "NAME=VALUE" */
};
struct session {
    struct arena arena;
    struct catalog *catalog;
    struct store *store;
    struct card_set *cards;
    struct fontlib *fonts;
    struct layout *layout;
    struct layout *book_layout;    /* NULL unless session_book_layout() was called */
    const char *inputs;            /* what cards depend on beside their data and the layout file */
};
/* All faults of the layout are told before any card is made. False after reports;
 * session_close() in any case. */
bool session_open(struct session *s, const struct session_options *o, struct diag *d);
/* The layout alone anew: it changed while the session was open. */
bool session_layout(struct session *s, const struct session_options *o, struct diag *d);
/* The facts anew, and with `catalog` the catalog too; fonts and layout stay open. */
bool session_cards(struct session *s, const struct session_options *o, bool catalog, struct diag *d);
/* The layout of a book's own pages; path NULL: the one that ships. False after reports. */
bool session_book_layout(struct session *s, const char *path, const struct texts *sets, struct diag *d);
void session_close(struct session *s);
#endif
