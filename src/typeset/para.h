/* typeset/para.h -- a paragraph between its runs and its lines.
 *
 * para.c cuts the text into segments that lines are made of: words (or what
 * UAX 14 leaves of them), spaces, small charts.  breaks.c chooses the lines,
 * lines.c sets them. */
#ifndef TYPESET_PARA_H
#define TYPESET_PARA_H
#include "typeset/internal.h"

enum seg_kind { SEG_TEXT, SEG_SPACE, SEG_CHART, SEG_LEADER, SEG_TAB, SEG_END };
struct seg {
    enum seg_kind kind;
    bool may_break;              /* a line may end after it */
    bool dash;                   /* ... but behind a hyphen or stroke, which is less good than at a space */
    unsigned run;
    size_t start, end;           /* bytes of the paragraph's text */
    double width;
    const struct font *font;     /* the run's, or the one for signs that it lacks */
    struct shaped shaped;
};
struct prun {
    const struct run *run;
    const struct face_of *face;
    size_t start, end;
    struct node *node;           /* its link or span, once a line shows it */
    bool shown;
};
struct para {
    const struct box *box;
    const struct face_of *face;
    enum align align;
    double factor;               /* of all sizes: under 1 when shrunk to fit */
    char *text;
    size_t len;
    struct prun *runs;
    size_t n_runs;
    struct seg *segs;
    size_t n, cap;
};

/* What hangs outside takes no room where the end of the line counts. */
static inline bool para_hangs(const struct para *p, const struct seg *s)
{
    return p->runs[s->run].run->hang && p->align != ALIGN_START && p->align != ALIGN_JUSTIFY;
}
/* Font units of a segment to pt. */
static inline double seg_scale(const struct para *p, const struct seg *s)
{
    return p->runs[s->run].face->style->size * p->factor / font_metrics(s->font)->upem;
}
double para_first_indent(const struct para *p);
double para_later_indent(const struct para *p);
/* The paragraph with everything made to fit `room` by the layout's on-overflow:
 * smaller letters, or broken words. NULL after an error. */
struct para *para_make_fit(struct typesetter *ts, struct para *p, double room);

struct span {                     /* segments of a line */
    size_t start, end;
    double room, natural;         /* pt */
    bool forced;                  /* ends by force: not justified */
};
/* Lines by total fit; returns their number. */
size_t breaks_choose(struct typesetter *ts, const struct para *p, double first_room, double later_room,
                     struct span **out);
#endif
