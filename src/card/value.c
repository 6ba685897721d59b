/* What facts, periods, changes and statistics look like as attributes. */
#include "card/maker.h"
#include "card/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const signs[] = { "", "≈", ">", "≥", "<", "≤" };
static const char *const words[] = { "", "khoảng", "trên", "ít nhất", "dưới", "không quá" };
static const char *const roles[] = { "ket-qua", "muc-tieu", "thay-doi" };
static const char *const levels[] = { "", "tỉnh", "huyện", "xã", "" };

void maker_show(struct maker *m, const struct stored_fact *sf)
{
    for (size_t i = m->peers ? 0 : m->n_shown; i > 0 && i + 64 > m->n_shown; i--) /* shown twice in a row at most */
        if (m->shown[i - 1] == sf)
            return;
    if (!m->peers)
        *ARENA_PUSH(&m->arena, m->shown, m->n_shown, m->cap_shown) = sf;
    for (size_t i = 0; i < m->n_sources; i++)
        if (sf->source && m->sources[i]->id == sf->source->id) /* facts and notes are read apart: one source, two copies */
            return;
    if (sf->source)
        *ARENA_PUSH(&m->arena, m->sources, m->n_sources, m->cap_sources) = sf->source;
}

/* The second number: as told, or the scale's maximum that the catalog knows. */
static double second_number(const struct card_set *set, const struct item *it)
{
    const struct indicator *known = set->measures[it->measure].known;
    double of = it->stored->fact.of;
    if (isfinite(of) || !known || !known->index || it->kind != FACT_SCORE)
        return of;
    double max = known->number ? known->max : index_max(known->index, it->year);
    return max > 0 ? max : NAN;
}

void put_fact(struct maker *m, xmlNodePtr node, const struct item *it)
{
    const struct fact *f = &it->stored->fact;
    maker_show(m, it->stored);
    tree_id(node, "id", 'f', f->id);
    tree_number(node, "gia-tri", f->value);
    tree_number(node, "tren", second_number(m->set, it));
    tree_set(node, "dau", signs[f->qualifier]);
    tree_set(node, "dau-chu", words[f->qualifier]);
    if (f->status != FACT_PROPOSED)
        tree_set(node, "trang-thai", fact_status_name(f->status));
    if (f->confidence < 1)
        tree_number(node, "tin-cay", f->confidence);
    if (it->stored->source)
        tree_id(node, "nguon", 's', it->stored->source->id);
    tree_count(node, "mau-thuan", (long)it->stored->conflict);
}

xmlNodePtr put_single(struct maker *m, xmlNodePtr parent, const struct item *it)
{
    const struct fact *f = &it->stored->fact;
    xmlNodePtr node = tree_add(parent, "so-lieu");
    put_fact(m, node, it);
    tree_set(node, "loai", fact_kind_name(f->kind));
    tree_set(node, "vai", roles[f->role]);
    tree_set(node, "don-vi", f->unit);
    tree_set(node, "cap", it->level == LEVEL_OTHER ? f->level : levels[it->level]);
    put_period(m, node, it);
    return node;
}

bool in_period(const struct card_set *set, const struct item *it)
{
    return *it->last && strcmp(it->last, set->span.first) >= 0 && strcmp(it->last, set->span.last) <= 0;
}

bool after_period(const struct card_set *set, const struct item *it)
{
    return strcmp(it->last, set->span.last) > 0;
}

/* "6 tháng đầu năm 2023" -> "6 tháng 2023": for a narrow column. */
static void short_label(struct buf *b, const char *label)
{
    static const char *const nouns[] = { "năm ", "tháng " };
    const char *half = strstr(label, " đầu năm ");
    for (size_t i = 0; i < 2; i++)
        if (strncmp(label, nouns[i], strlen(nouns[i])) == 0)
            label += strlen(nouns[i]);
    if (half)
        buf_printf(b, "%.*s %s", (int)(half - label), label, half + strlen(" đầu năm "));
    else
        buf_str(b, label);
}

/* The month of a document whose fact tells no period. */
static void month_of(char out[16], const char *day)
{
    snprintf(out, 16, "%.4s-M%d", day, atoi(day + 5));
}

void put_period(struct maker *m, xmlNodePtr node, const struct item *it)
{
    struct buf label = { 0 }, narrow = { 0 };
    char month[16];
    bool own = *it->period && *it->period != '@';
    const char *period = own ? it->period : "";
    if (!own && strlen(it->last) == 10) {
        month_of(month, it->last);
        period = month;
    }
    period_label(&label, period);
    if (label.len)
        short_label(&narrow, label.data);
    tree_set(node, "ky", own ? it->period : NULL);
    tree_set(node, "ky-ten", label.data);
    tree_set(node, "ky-ngan", narrow.data);
    tree_flag(node, "ky-van-ban", !own && *period);
    tree_count(node, "nam", it->year);
    tree_flag(node, "phu-hop-ky", in_period(m->set, it));
    tree_flag(node, "sau-ky", after_period(m->set, it));
    buf_clear(&label);
    buf_clear(&narrow);
}

void put_statistics(xmlNodePtr node, const struct column *c, bool spread)
{
    if (c->n < 2)
        return;
    tree_int(node, "n", (long)c->n);
    if (isfinite(c->national))
        tree_number(node, "ca-nuoc", c->national);
    if (!c->complete)
        return;
    tree_number(node, "trung-vi", c->median);
    tree_number(node, "q1", c->q1);
    tree_number(node, "q3", c->q3);
    tree_number(node, "thap-nhat", c->least);
    tree_number(node, "cao-nhat", c->most);
    tree_number(node, "tot-nhat", c->best);
    tree_set(node, "tot-nhat-ten", c->best_name);
    if (spread)
        tree_set(node, "phan-bo", c->spread);
}

double change_of(const struct indicator *known, const struct cell *now, const struct cell *before)
{
    if (!now || !before)
        return NAN;
    const struct fact *f = fact_of(now), *g = fact_of(before);
    bool exact = f->qualifier == FACT_EQ && g->qualifier == FACT_EQ;
    bool broken = known && known->index &&
                  index_breaks_between(known->index, before->column->year, now->column->year);
    if (!exact || broken)
        return NAN;
    return f->value - g->value;
}

bool notable(const struct indicator *known, double change)
{
    double tolerance = known ? known->tolerance : 0;
    int decimals = known && known->decimals >= 0 ? known->decimals : 2;
    return isfinite(change) && tolerance > 0 && fabs(rounded(change, decimals)) >= tolerance - 1e-9;
}

void put_change(struct maker *m, xmlNodePtr node, const struct cell *c, const struct indicator *known)
{
    const struct cell *before = previous_of(m, c);
    double change = change_of(known, c, before);
    if (!isfinite(change))
        return;
    tree_number(node, "truoc", fact_of(before)->value);
    tree_set(node, "truoc-ky", before->column->period);
    tree_number(node, "thay-doi", change);
    tree_flag(node, "dang-ke", notable(known, change));
    maker_show(m, chosen(before)->stored);
}
