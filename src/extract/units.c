/* extract/units.c -- districts and communes, by their noun ("huyện", "P.") and the capitalised words behind it, by a
 * name learned before, or in a list that units were announced for. */
#include "extract/naming.h"

#include <string.h>

static bool is_central_city(const char *name)
{
    static const char *const list[] = { "Hà Nội", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ" };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (!strcmp(list[i], name))
            return true;
    return false;
}

/* The province that a unit's name is followed by: ", Hậu Giang", "(Hậu Giang)", "tỉnh Hậu Giang". */
static const struct sense *province_behind(const struct passage *p, size_t i, uint32_t *end)
{
    uint32_t at;
    /* "xã Hòa Phú, huyện Long Hồ, tỉnh Vĩnh Long": the unit between is passed over. */
    if ((token_is(p, i, ',') || token_is(p, i, '(')) && sense_at(p, i + 1, SENSE_UNIT_INSIDE, &at) && at < p->n &&
        p->t[at].upper) {
        size_t name = at;
        while (name < p->n && name - at < 4 && p->t[name].kind == TOKEN_WORD && p->t[name].upper)
            name++;
        if (token_is(p, name, ','))
            i = name;
    }
    if (token_is(p, i, ',') || token_is(p, i, '('))
        i++;
    if (token_word(p, i, "cua?"))
        i++;
    if (token_word(p, i, "tinh?"))
        i++;
    const struct sense *s = sense_at(p, i, SENSE_PROVINCE, end);
    return s && all_upper(p, i, *end) ? s : NULL;
}

/* "UBND xã Tân Thành Bình Trần Quan Vinh": a person's name follows. */
static bool surname(const struct passage *p, size_t i)
{
    return sense_at(p, i, SENSE_PERSON, NULL) && i + 1 < p->n && p->t[i + 1].kind == TOKEN_WORD && p->t[i + 1].upper;
}

/* "xã Hà Đông (huyện Đak Đoa)": behind the unit that only says where it lies. */
static size_t behind_container(const struct passage *p, size_t i)
{
    uint32_t at;
    const struct sense *of = token_is(p, i, '(') || token_is(p, i, ',') ? sense_at(p, i + 1, SENSE_UNIT_INSIDE, &at) : NULL;
    if (!of || (token_is(p, i, ',') && strcmp(of->text, "huyện")))
        return i;
    size_t name = at;
    while (name < p->n && name - at < 4 && p->t[name].kind == TOKEN_WORD && p->t[name].upper)
        name++;
    if (token_is(p, i, ','))
        return name > at ? name : i; /* "xã Sơn Lộc, huyện Bố Trạch" */
    return name > at && token_is(p, name, ')') ? name + 1 : i;
}

/* "Chủ tịch HĐND xã Hứa Quốc Hưng": whose name stands behind the office, not a unit's. */
static bool office_holder(const struct passage *p, size_t i, size_t name)
{
    size_t from = i > 4 ? i - 4 : 0;
    bool office = false;
    for (size_t k = from; k < i; k++)
        office = office || ((token_word(p, k, "chu?") && token_word(p, k + 1, "tich.")) ||
                            (token_word(p, k, "bi'") && token_word(p, k + 1, "thU")));
    return office && surname(p, name);
}

/* Where a name in capitals ends: at the line's end, or where the title of the text begins. */
static bool heading_goes_on(const struct passage *p, size_t i)
{
    static const char *const words[] = { "lXn`", "nhiEm.", "khoa'", "nAm",   "tO?",   "thUc.", "triEn?", "tAng",
                                         "vE`",  "kEt'",   "Dat.",  "tiEp'", "hoan`", "Day?",  "nXng" };
    if (p->t[i].caps && TOKEN_ANY(p, i, words))
        return true;
    return p->t[i].caps && (p->t[i].line || sense_at(p, i, SENSE_DOCUMENT, NULL) || sense_at(p, i, SENSE_REPORT, NULL) ||
                            sense_at(p, i, SENSE_UNIT_INSIDE, NULL) || sense_at(p, i, SENSE_HERE, NULL));
}

/* "huyện", "phường", also "H.", "P." before a name; *at: behind it. */
static const struct sense *unit_noun(const struct passage *p, size_t i, uint32_t *at)
{
    static const char *const shorts[] = { "q", "h", "p", "x", "tx", "tt" };
    static const struct sense of[] = { { .text = "huyện" }, { .text = "huyện" }, { .text = "xã" },
                                       { .text = "xã" },    { .text = "huyện" }, { .text = "xã" } };
    const struct sense *s = sense_at(p, i, SENSE_UNIT_INSIDE, at);
    size_t name = i + 1; /* a full stop behind such a noun is part of it, or a mark of its own */
    name += token_is(p, name, '.') && !p->t[name].spaced;
    bool stop = name < p->n && p->t[i].upper && !p->t[name].spaced && p->text[p->t[name].start - 1] == '.';
    if (stop && p->t[name].kind == TOKEN_WORD) { /* "Ảnh: H.Lan" is a person's name */
        static const char *const leads[] = { "ubnd", "tai.", "Q?", "va`", "cua?", "ban`", "thuOc.", "hDnd" };
        stop = sentence_start(p, i) || (i > 0 && TOKEN_ANY(p, i - 1, leads));
    }
    for (size_t k = 0; !s && stop && k < sizeof shorts / sizeof *shorts; k++)
        if (token_word(p, i, shorts[k]) && (p->t[name].upper || (k == 0 && p->t[name].kind == TOKEN_NUMERAL))) {
            *at = (uint32_t)name;
            return &of[k];
        }
    return s;
}

static bool numbered_quarter(const struct passage *p, size_t i, uint32_t at)
{
    enum { QUARTERS = 12 }; /* of TP. Hồ Chí Minh */
    bool quarter = token_word(p, i, "q") || token_word(p, at - 1, "quXn.");
    return quarter && p->t[at].kind == TOKEN_NUMERAL && !p->t[at].decimals && p->t[at].value >= 1 &&
           p->t[at].value <= QUARTERS;
}

/* "huyện Phú Bình", "thị xã Kỳ Anh", "TP. Thái Nguyên"; true if one begins at i. */
bool unit_inside(struct passage *p, size_t i, size_t *end)
{
    uint32_t at, province_end;
    const struct sense *lead = unit_noun(p, i, &at);
    uint32_t name = at;

    if (!lead || at >= p->n)
        return false;
    if (numbered_quarter(p, i, at)) { /* "Quận 1", "Q.3" */
        where_add(p, i, at + 1, WHERE_UNIT, arena_printf(p->a, "Quận %d", (int)p->t[at].value))->level = lead->text;
        p->taken[at] |= TAKEN_NAME;
        *end = at + 1;
        return true;
    }
    const struct sense *province = sense_at(p, at, SENSE_PROVINCE, &province_end);
    if (province && all_upper(p, at, province_end)) {
        if (is_central_city(province->text) || (!token_word(p, at - 1, "phO'") && !token_word(p, at - 1, "tp")))
            return false; /* a central city: itself a province-level place */
        if (!strcmp(province->text, "Huế"))
            return false;
        struct where *w =
            where_add(p, i, province_end, WHERE_UNIT, arena_printf(p->a, "%s, %s", province->text, province->text));
        w->province = province->text;
        w->level = lead->text;
        *end = province_end;
        return true;
    }
    while (name < p->n && name - at < 4 && p->t[name].kind == TOKEN_WORD && p->t[name].upper &&
           (name == at || !p->t[name].caps || p->t[at].caps) &&
           (name == at || !sense_at(p, name, SENSE_PROVINCE, NULL)) &&
           (name == at || !heading_goes_on(p, name)) &&
           (name == at || !surname(p, name)))
        name++;
    if (name > at && token_is(p, name, '-') && p->t[name].spaced && token_word(p, at - 1, "phO'") && name + 2 < p->n &&
        p->t[name + 1].spaced && p->t[name + 1].upper && p->t[name + 2].upper &&
        !sense_at(p, name + 1, SENSE_PROVINCE, NULL) && !sense_at(p, name + 1, SENSE_UNIT_INSIDE, NULL))
        name += 3; /* "thành phố Phan Rang - Tháp Chàm" */
    while (name > at && name + 1 < p->n && token_is(p, name, '"') && !p->t[name].spaced &&
           p->t[name + 1].kind == TOKEN_WORD && !p->t[name + 1].spaced)
        name += 2; /* "Cư M'gar" */
    if (name == at || office_holder(p, i, at) || (name == at + 1 && p->t[at].caps && !p->t[i].caps))
        return false; /* no name, or an abbreviation ("thành phố HCM" is an alias) */
    struct where *w = where_add(p, i, name, WHERE_UNIT, own_name(p, at, name));
    w->level = lead->text;
    const struct sense *of = province_behind(p, name, &province_end);
    *end = strcmp(lead->text, "xã") && !token_is(p, name, '(') ? name : behind_container(p, name);
    for (size_t k = name; k < *end; k++)
        p->taken[k] |= TAKEN_PLACE;
    if (of) {
        w->province = of->text;
        w->name = arena_printf(p->a, "%s, %s", w->name, of->text);
        w->end = province_end;
        *end = province_end;
    }
    return true;
}

/* A unit of this document by its bare name, capitalised. */
bool known_unit(struct passage *p, size_t i, size_t *end)
{
    if (!p->units || !p->t[i].upper)
        return false;
    for (size_t k = 0; k < p->units->n; k++) {
        const struct unit_name *u = &p->units->items[k];
        size_t stop = p->t[i].start + u->len, last = i;
        if (stop > p->t[p->n - 1].end ||
            memcmp(p->text + p->t[i].start, u->name,
                   p->t[i].end - p->t[i].start < u->len ? p->t[i].end - p->t[i].start : u->len))
            continue;
        while (last < p->n && p->t[last].end < stop)
            last++;
        if (last >= p->n || p->t[last].end != stop || memcmp(p->text + p->t[i].start, u->name, u->len) ||
            in_other_name(p, i, last + 1))
            continue;
        struct where *w = where_add(p, i, last + 1, WHERE_UNIT, u->full);
        w->level = u->level;
        w->province = u->province;
        *end = last + 1;
        return true;
    }
    return false;
}

/* "Các huyện có tỷ lệ thấp gồm: Kông Chro (5/14 xã), Chư Păh (5/17 xã)": names with a bracketed number each, in a
 * list that units were announced for. */
bool listed_unit(struct passage *p, size_t i, size_t *end)
{
    static const struct {
        const char *word, *level;
    } kinds[] = { { "huyEn.", "huyện" }, { "xa~", "xã" }, { "phUQng`", "xã" }, { "quXn.", "huyện" } };
    enum { NAME_TOKENS = 4 };
    size_t name = i;
    while (name < p->n && name - i < NAME_TOKENS && p->t[name].kind == TOKEN_WORD && p->t[name].upper)
        name++;
    bool begins = i > 0 && (token_is(p, i - 1, ':') || token_is(p, i - 1, ',') || token_is(p, i - 1, ';') ||
                            token_word(p, i - 1, "va`"));
    if (name == i || !begins || !token_is(p, name, '(') || !token_numeral(p, name + 1))
        return false;
    const struct sentence *in = sentence_of(p, i);
    const char *level = NULL;
    bool colon = false;
    for (size_t k = in->first; k < i; k++) {
        colon = colon || (token_is(p, k, ':') && level);
        for (size_t l = 0; !colon && l < sizeof kinds / sizeof *kinds; l++)
            if (token_word(p, k, kinds[l].word) && k > 0 &&
                (token_word(p, k - 1, "cac'") || token_word(p, k - 1, "cXp'") || token_numeral(p, k - 1)))
                level = kinds[l].level;
    }
    if (!colon)
        return false;
    where_add(p, i, name, WHERE_UNIT, own_name(p, i, name))->level = level;
    *end = name;
    return true;
}

/* "71 xã, phường": the second noun of a row is no place spoken of. */
bool lists_units(const struct passage *p, size_t i)
{
    return i > 1 && token_is(p, i - 1, ',') &&
           (token_word(p, i - 2, "xa~") || token_word(p, i - 2, "phUQng`") || token_word(p, i - 2, "huyEn.") ||
            token_word(p, i - 2, "quXn.") || token_word(p, i - 2, "trXn'") ||
            token_word(p, i - 2, "tinh?")); /* "cấp tỉnh, huyện" */
}
