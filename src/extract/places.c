/* extract/places.c -- the places that a passage names.
 *
 * A gazetteer name is a place unless the words around it make it part of a
 * person's, a street's or an organisation's name.  Units inside a province are
 * known by their noun ("huyện", "phường") and the capitalised words behind it. */
#include "extract/naming.h"

#include "text/spelling.h"

#include <string.h>

bool sentence_start(const struct passage *p, size_t i)
{
    const struct sentence *s = sentence_of(p, i);
    return !s || s->first == i || (s->first + 1 == i && p->t[s->first].kind == TOKEN_MARK);
}

bool all_upper(const struct passage *p, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (p->t[i].kind == TOKEN_WORD && !p->t[i].upper)
            return false;
    return true;
}

/* "tỉnh", "thành phố", "TP" directly before: surely a unit. */
bool unit_lead(const struct passage *p, size_t i)
{
    return i > 0 && (token_word(p, i - 1, "tinh?") || token_word(p, i - 1, "phO'") || token_word(p, i - 1, "tp") ||
                     (token_word(p, i - 1, "uy?") && token_word(p, i - 2, "tinh?")) || token_word(p, i - 1, "ubnd") ||
                     token_word(p, i - 1, "hDnd"));
}

/* A capitalised word before the name without a mark between: "Nguyễn Hòa Bình". */
static bool name_goes_before(const struct passage *p, size_t i)
{
    if (i == 0 || sentence_start(p, i) || p->t[i - 1].kind != TOKEN_WORD || !p->t[i - 1].upper || p->t[i - 1].caps)
        return false;
    uint32_t first;
    if (sentence_start(p, i - 1) && !sense_before(p, i, SENSE_PERSON, &first))
        return false; /* "Tại Lào Cai", "Riêng Hà Nội" */
    return !sense_before(p, i, SENSE_UNIT_INSIDE, &first);
}

bool in_other_name(const struct passage *p, size_t first, size_t end)
{
    uint32_t before;
    if (unit_lead(p, first))
        return false;
    if (name_goes_before(p, first))
        return true;
    if (first > 0 && !sentence_start(p, first) && sense_before(p, first, SENSE_ORGANISATION, &before))
        return true;
    if (first > 0 && p->t[first - 1].kind == TOKEN_WORD && sense_before(p, first, SENSE_PERSON, &before) &&
        !token_word(p, first - 1, "uy?"))
        return true;
    /* "Điện Biên Phủ": another capitalised word follows. */
    return end < p->n && p->t[end].kind == TOKEN_WORD && p->t[end].upper && !p->t[end].caps &&
           !p->t[first].caps && !sense_at(p, end, SENSE_PROVINCE, NULL) && !sentence_start(p, first);
}

/* "đoạn Hậu Giang - Cà Mau", "cao tốc Mỹ Thuận - Cần Thơ": either end of a route, behind a word for one. */
static bool in_route(const struct passage *p, size_t first, size_t end)
{
    static const char *const roads[] = { "Doan.", "tuyEn'", "DUQng`", "tOc'", "lO." };
    enum { ROAD_TOKENS = 8 };
    size_t from = first > ROAD_TOKENS ? first - ROAD_TOKENS : 0;
    bool behind = first > 1 && token_is(p, first - 1, '-') && p->t[first - 2].kind == TOKEN_WORD && p->t[first - 2].upper;
    bool before = token_is(p, end, '-') && end + 1 < p->n && p->t[end + 1].kind == TOKEN_WORD && p->t[end + 1].upper;
    bool road = false;
    for (size_t i = from; i < first; i++)
        road = road || TOKEN_ANY(p, i, roads);
    return (behind && (road || sense_within(p, from, first, SENSE_ORGANISATION))) || (before && road);
}

struct where *where_add(struct passage *p, size_t first, size_t end, enum where_kind kind, const char *name)
{
    struct where *w = ARENA_PUSH(p->a, p->places, p->n_places, p->cap_places);
    *w = (struct where){ .first = (uint32_t)first, .end = (uint32_t)end, .kind = kind, .name = name, .province = "",
                         .level = "" };
    for (size_t i = first; i < end; i++)
        p->taken[i] |= TAKEN_PLACE;
    return w;
}

/* The name's own words from the text in their usual spelling, blanks made single. */
const char *own_name(struct passage *p, size_t first, size_t end)
{
    char *s = arena_alloc(p->a, p->t[end - 1].end - p->t[first].start + (end - first) + 1, 1);
    size_t n = 0;
    for (size_t i = first; i < end; i++) {
        if (i > first && p->t[i].spaced)
            s[n++] = ' ';
        if (token_is(p, i, '"')) { /* of whatever shape */
            s[n++] = '\'';
            continue;
        }
        memcpy(s + n, p->text + p->t[i].start, p->t[i].end - p->t[i].start);
        n += p->t[i].end - p->t[i].start;
    }
    return text_name(p->a, s);
}

static bool province(struct passage *p, size_t i, size_t *end)
{
    uint32_t after;
    const struct sense *s = sense_at(p, i, SENSE_PROVINCE, &after);
    if (!s || !all_upper(p, i, after))
        return false;
    /* A short alias ("HN") only in capitals. */
    if (after == i + 1 && !p->t[i].caps && p->t[i].end - p->t[i].start <= 3)
        return false;
    *end = after;
    bool bare_chairman = !strcmp(s->text, "Hồ Chí Minh") && !unit_lead(p, i) && token_word(p, i, "hO`");
    if (in_other_name(p, i, after) || in_route(p, i, after) || bare_chairman) {
        for (size_t k = i; k < after; k++)
            p->taken[k] |= TAKEN_NAME;
        return true;
    }
    struct where *w = where_add(p, i, after, WHERE_PROVINCE, s->text);
    bool dateline = sentence_start(p, i) && token_is(p, after, '(') && after + 1 < p->n &&
                    p->t[after + 1].caps; /* "Hà Nội (TTXVN)" */
    w->issuer = dateline || names_issuer(p, unit_lead(p, i) ? i - 1 : i, after, false);
    return true;
}

/* Capitalised words with a bracket behind them: "Kông Chro (5/14 xã)". */
static bool bracket_follows(const struct passage *p, size_t i)
{
    enum { NAME_TOKENS = 4 };
    if (i > 0 && p->t[i - 1].upper)
        return false;
    for (size_t k = i + 1; k < p->n && k <= i + NAME_TOKENS; k++)
        if (!p->t[k].upper)
            return token_is(p, k, '(');
    return false;
}

static bool has(const struct passage *p, size_t i, enum sense_role role)
{
    return p->roles[i] >> role & 1;
}

/* One of the ways to name a place begins at i; most tokens have none of their words, and the bits say so. */
static bool named_here(struct passage *p, size_t i, bool listed, size_t *end)
{
    bool upper = p->t[i].upper;
    return ((has(p, i, SENSE_UNIT_INSIDE) || (upper && p->t[i].length <= 2)) && unit_inside(p, i, end)) ||
           (has(p, i, SENSE_PROVINCE) && province(p, i, end)) || (p->units && upper && known_unit(p, i, end)) ||
           (has(p, i, SENSE_NATIONAL) && national_subject(p, i, end)) ||
           (has(p, i, SENSE_OFFICE) && local_office(p, i, end)) ||
           (has(p, i, SENSE_AGENCY) && named(p, i, SENSE_AGENCY, WHERE_AGENCY, end)) ||
           (has(p, i, SENSE_MINISTRY) && bare_ministry(p, i, end)) || (upper && department(p, i, end)) ||
           (listed && listed_unit(p, i, end)) ||
           (has(p, i, SENSE_REGION) && named(p, i, SENSE_REGION, WHERE_REGION, end));
}

void places_find(struct passage *p)
{
    for (size_t i = 0; i < p->n;) {
        size_t end = i + 1;
        uint32_t after;
        bool listed = p->t[i].upper &&
                      (p->t[i].length <= 2 || bracket_follows(p, i)); /* may be a unit that nobody has named before */
        if (p->t[i].kind == TOKEN_MARK || (p->hit_at[i] == p->hit_at[i + 1] && !(p->units && p->t[i].upper) && !listed)) {
            i++;
            continue;
        }
        if (!named_here(p, i, listed, &end)) {
            if (sense_at(p, i, SENSE_EVERYWHERE, &after)) {
                where_add(p, i, after, WHERE_COUNTRY, "Cả nước")->issuer =
                    i > 1 && token_word(p, i - 1, "sO'") && token_word(p, i - 2, "trong");
                end = after;
            } else if (named(p, i, SENSE_COUNTRY, WHERE_COUNTRY, &end)) {
                /* Government, the centre, Việt Nam: who orders, mostly. */
                p->places[p->n_places - 1].issuer = !token_word(p, i, "ca?") && !token_word(p, i, "toan`");
            } else if (sense_at(p, i, SENSE_HERE, &after)) {
                if (sense_at(p, i + 1, SENSE_EVERYWHERE, &after)) {
                    i++;
                    continue; /* "của bộ, ngành, địa phương" */
                }
                uint32_t lead_end;
                if (after < p->n && p->t[after].upper && p->t[after].kind == TOKEN_WORD &&
                    sense_at(p, after - 1, SENSE_UNIT_INSIDE, &lead_end)) {
                    i++;
                    continue; /* "của thị xã Kỳ Anh" */
                }
                if (i > 0 &&
                    (token_word(p, i - 1, "cXp'") || token_word(p, i - 1, "cac'") || token_word(p, i - 1, "mOi~") ||
                     token_word(p, i - 1, "khOi'") || (after == i + 1u && token_numeral(p, i - 1)) ||
                     lists_units(p, i) || (token_word(p, after - 1, "xa~") && token_word(p, after, "hOi.")))) {
                    for (size_t k = i; lists_units(p, i) && k < after; k++)
                        p->taken[k] |= TAKEN_PLACE; /* and nothing that is counted */
                    i = after;
                    continue; /* "cấp huyện" is a level, "các huyện", "17 xã" many */
                }
                if (!sense_at(p, after, SENSE_PROVINCE, NULL)) /* "tỉnh Lào Cai" names itself */
                    where_add(p, i, after, WHERE_HERE, "")->level = sense_at(p, i, SENSE_HERE, NULL)->text;
                end = after;
            }
        }
        i = end;
    }
}
