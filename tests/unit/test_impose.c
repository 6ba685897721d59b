/* Which page lies where. Folded in the mind: a signature's outer sheet has the first page on
 * the right of its front and the last on the left, and every leaf has two pages that follow
 * each other on its two sides. */
#include "check.h"
#include "pdf/impose.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    enum imposition as;
    int signature;
    size_t pages;
    const char *places; /* sheets: front left, front right, back left, back right; 0: blank */
} cases[] = {
    { IMPOSE_2UP, 0, 4, "1 2 3 4" },
    { IMPOSE_2UP, 0, 5, "1 2 3 4|5 0 0 0" },
    { IMPOSE_BOOKLET, 0, 1, "0 1 0 0" },
    { IMPOSE_BOOKLET, 0, 4, "4 1 2 3" },
    { IMPOSE_BOOKLET, 0, 5, "0 1 2 0|0 3 4 5" },
    { IMPOSE_BOOKLET, 0, 8, "8 1 2 7|6 3 4 5" },
    { IMPOSE_BOOKLET, 0, 13, "0 1 2 0|0 3 4 13|12 5 6 11|10 7 8 9" },
    { IMPOSE_BOOKLET, 1, 8, "4 1 2 3|8 5 6 7" },
    { IMPOSE_BOOKLET, 2, 13, "8 1 2 7|6 3 4 5|0 9 10 0|0 11 12 13" },
    { IMPOSE_BOOKLET, 3, 13, "8 1 2 7|6 3 4 5|0 9 10 0|0 11 12 13" }, /* 2 and 2, not 3 and 1 */
};

static void check_case(size_t i)
{
    struct arena a = { 0 };
    struct buf b = { 0 };
    struct places p;
    impose_places(&(struct impose){ .as = cases[i].as, .signature = cases[i].signature }, cases[i].pages, &p, &a);
    for (size_t s = 0; s < p.sheets; s++)
        buf_printf(&b, "%s%zu %zu %zu %zu", s ? "|" : "", p.at[s][0], p.at[s][1], p.at[s][2], p.at[s][3]);
    CHECK(strcmp(b.data, cases[i].places) == 0, "%zu pages: %s, not %s", cases[i].pages, b.data, cases[i].places);
    buf_clear(&b);
    arena_clear(&a);
}

/* Opens the folded signatures one after the other and reads: left leaf up, then right leaf down. */
static void read_booklet(size_t n, int signature)
{
    struct arena a = { 0 };
    struct places p;
    size_t next = 0, wrong = 0;
    impose_places(&(struct impose){ .as = IMPOSE_BOOKLET, .signature = signature }, n, &p, &a);
    for (size_t first = 0, last; first < p.sheets; first = last) {
        for (last = first + 1; last < p.sheets && p.depth[last] > 0;)
            last++;
        CHECK(signature == 0 || last - first <= (size_t)signature, "%zu pages: a signature of %zu", n, last - first);
        size_t order[4096], k = 0;
        for (size_t s = first; s < last; s++) { /* the right halves, from outside to the middle */
            order[k++] = p.at[s][1];
            order[k++] = p.at[s][2];
        }
        for (size_t s = last; s > first; s--) { /* the left halves, from the middle to outside */
            order[k++] = p.at[s - 1][3];
            order[k++] = p.at[s - 1][0];
        }
        for (size_t i = 0; i < k; i++, next++)
            wrong += order[i] != (next < n ? next + 1 : 0);
    }
    CHECK(wrong == 0 && next >= n && next < n + 4, "%zu pages, signatures of %d: %zu wrong of %zu", n, signature, wrong, next);
    arena_clear(&a);
}

int main(void)
{
    double size[2];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_case(i);
    for (size_t n = 1; n < 100; n++)
        for (int signature = 0; signature < 9; signature++)
            read_booklet(n, signature);
    CHECK(impose_paper("A4", size) && size[0] > 595.2 && size[0] < 595.3 && size[1] > 841.8 && size[1] < 841.9, "A4");
    CHECK(!impose_paper("A7", size) && !impose_paper("A44", size) && !impose_paper("", size), "no paper");
    return CHECK_DONE();
}
