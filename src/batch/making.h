/* batch/making.h -- how a file was made, attached to it: so that years later it can be
 * made again, and told apart what has changed since.
 *
 *     <cach-lam phien-ban="1" chuong-trinh="phieudiem 0.1" loai="phieu" bo-cuc="report.xml" bo-cuc-bam="9f..."
 *               danh-muc-bam="03..." ky="2024" tinh-den="2024-12-31">
 *       <tham-so ten="so">12</tham-so>
 *       <tap bo-cuc="book.xml" bo-cuc-bam="5c..."><tham-so ten="lan-in">2</tham-so></tap>   (of a book)
 *     </cach-lam>
 *
 * loai: "phieu", a card; "tap", a book; "tap-web", a book in the order that a browser reads it.
 * bo-cuc-bam, danh-muc-bam: SHA-256 of the layout with what it includes, of the catalog. */
#ifndef BATCH_MAKING_H
#define BATCH_MAKING_H
#include "card/card.h"
#include "layout/layout.h"

#define MAKING_NAME "cach-lam.xml" /* of the attached file, and of its root without ".xml" */
enum making_kind { MAKING_CARD, MAKING_BOOK, MAKING_WEB_BOOK };
extern const char *const making_kinds[]; /* "phieu", "tap", "tap-web" */

/* `book`: the layout of a book's own pages; NULL for a card. */
struct attachment making_file(const struct layout *layout, const struct layout *book, const struct card_set *cards,
                              enum making_kind kind, struct arena *a);
#endif
