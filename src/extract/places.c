/* extract/places.c -- the places that a passage names.
 *
 * A gazetteer name is a place unless the words around it make it part of a
 * person's, a street's or an organisation's name.  Units inside a province are
 * known by their noun ("huyện", "phường") and the capitalised words behind it. */
#include "extract/passage.h"

#include "text/spelling.h"

#include <string.h>

static bool sentence_start(const struct passage *p, size_t i)
{
    const struct sentence *s = sentence_of(p, i);
    return !s || s->first == i || (s->first + 1 == i && p->t[s->first].kind == TOKEN_MARK);
}

static bool all_upper(const struct passage *p, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (p->t[i].kind == TOKEN_WORD && !p->t[i].upper)
            return false;
    return true;
}

/* "tỉnh", "thành phố", "TP" directly before: surely a unit. */
static bool unit_lead(const struct passage *p, size_t i)
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

static bool in_other_name(const struct passage *p, size_t first, size_t end)
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
        for (size_t k = 0; k < sizeof roads / sizeof *roads; k++)
            road = road || token_word(p, i, roads[k]);
    return (behind && (road || sense_within(p, from, first, SENSE_ORGANISATION))) || (before && road);
}

static bool is_central_city(const char *name)
{
    static const char *const list[] = { "Hà Nội", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ" };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (!strcmp(list[i], name))
            return true;
    return false;
}

/* "tổ chức", "hội nghị", "chủ trì" in the same sentence, near the name. */
static bool meeting_near(const struct passage *p, size_t first, size_t end)
{
    const struct sentence *s = sentence_of(p, first);
    size_t from = first > 12 ? first - 12 : 0, to = end + 14;
    if (s && from < s->first)
        from = s->first;
    if (s && to > s->end)
        to = s->end;
    for (size_t i = from; i + 1 < to; i++)
        if ((token_word(p, i, "tO?") && token_word(p, i + 1, "chUc'")) || (token_word(p, i, "chu?") && token_word(p, i + 1, "tri`")) ||
            (token_word(p, i, "diEn~") && token_word(p, i + 1, "ra")) || (token_word(p, i, "DiEm?") && token_word(p, i + 1, "cXu`")) ||
            (token_word(p, i, "khai") && token_word(p, i + 1, "mac.")))
            return true;
    return false;
}

/* "(để Bộ X cấp phép)": in a bracket that holds no number. */
static bool in_aside(const struct passage *p, size_t first, size_t end)
{
    enum { ASIDE = 8 };
    size_t open = first, close = end;
    while (open > 0 && first - open < ASIDE && !token_is(p, open, '(') && !token_is(p, open, ')'))
        open--;
    while (close < p->n && close - end < ASIDE && !token_is(p, close, ')') && !token_numeral(p, close))
        close++;
    return token_is(p, open, '(') && token_is(p, close, ')');
}

/* "cho biết từ năm 2016 đến nay đã cắt giảm 174 thủ tục": who speaks tells of itself, if what was done has no
 * subject of its own; "đã có 45 tỉnh" has one. */
static bool tells_of_itself(const struct passage *p, size_t i)
{
    enum { TIME_TOKENS = 12 };
    size_t stop = i + TIME_TOKENS;
    while (i < p->n && i < stop && (p->taken[i] & TAKEN_TIME || token_is(p, i, ',') || token_is(p, i, ':') || token_word(p, i, "rAng`") ||
                                    token_word(p, i, "tU`") || token_word(p, i, "DEn'") || token_word(p, i, "nay") || token_word(p, i, "tinh'")))
        i++;
    if (!token_word(p, i, "Da~") && !token_word(p, i, "Dang") && !token_word(p, i, "se~"))
        return false;
    return i + 1 < p->n && !token_word(p, i + 1, "co'") && !token_word(p, i + 1, "DUQc.");
}

/* Words that make a name the one who orders, reports or is compared with. */
static bool names_issuer(const struct passage *p, size_t first, size_t end, bool agency)
{
    uint32_t at;
    if (first >= 1 && token_is(p, first - 1, '('))
        return true; /* an aside */
    if (first >= 1 && (token_word(p, first - 1, "do") || token_word(p, first - 1, "hQn") || token_word(p, first - 1, "sau") || token_word(p, first - 1, "giap'")))
        return true;
    if (first >= 2 && (token_word(p, first - 2, "so") && token_word(p, first - 1, "vQi'")))
        return true;
    /* "thành lập mới TP. Huế": what is founded; "tại Hà Nội, Bộ ... tổ chức hội nghị": where people met */
    for (size_t i = first; i-- > 0 && i + 4 >= first && p->t[i].kind == TOKEN_WORD;)
        if (token_word(p, i, "thanh`") && token_word(p, i + 1, "lXp."))
            return true;
    if (first >= 1 && !agency && (token_word(p, first - 1, "tai.") || (token_word(p, first - 1, "cXu`") && token_word(p, first - 2, "DiEm?"))) &&
        !token_word(p, first, "tinh?") && meeting_near(p, first, end))
        return true;
    if (!agency)
        return false;
    if (in_aside(p, first, end))
        return true;
    if (first >= 2 && token_word(p, first - 1, "cua?") && (sense_before(p, first - 1, SENSE_REPORT, &at) || token_word(p, first - 2, "sat'") ||
                                                           token_word(p, first - 2, "tra") || token_word(p, first - 2, "gia'")))
        return true; /* "theo khảo sát của VCCI" */
    if (first >= 1 && (sense_before(p, first, SENSE_REPORT, &at) || token_word(p, first - 1, "theo")))
        return true;
    /* "Bộ X cho biết", "đã báo cáo", "cũng cho biết" */
    if (token_is(p, end, '(') && token_is(p, end + 2, ')'))
        end += 3; /* its abbreviation */
    for (size_t i = end; i < end + 4 && i + 1 < p->n && p->t[i].kind == TOKEN_WORD; i++)
        if ((token_word(p, i, "cho") && (token_word(p, i + 1, "biEt'") || token_word(p, i + 1, "hay") || token_word(p, i + 1, "thXy'"))) ||
            (token_word(p, i, "bao'") && token_word(p, i + 1, "cao'")))
            return !tells_of_itself(p, i + 2);
        else if ((token_word(p, i, "hUQng'") && token_word(p, i + 1, "dXn~")) ||
            (token_word(p, i, "DE`") && token_word(p, i + 1, "nghi.")) || (token_word(p, i, "nhXn'") && token_word(p, i + 1, "manh.")) ||
            (token_word(p, i, "khAng?") && token_word(p, i + 1, "Dinh.")) || (token_word(p, i, "Danh'") && token_word(p, i + 1, "gia'")) ||
            (token_word(p, i, "cOng") && token_word(p, i + 1, "bO'") && !token_numeral(p, i + 2)) || /* "công bố 71 dịch vụ": its own */
            (token_word(p, i, "giao") && !token_word(p, i + 1, "thOng") && !token_word(p, i - 1, "DUQc.")))
            return true;
    return false;
}

static struct where *add(struct passage *p, size_t first, size_t end, enum where_kind kind, const char *name)
{
    struct where *w = ARENA_PUSH(p->a, p->places, p->n_places, p->cap_places);
    *w = (struct where){ .first = (uint32_t)first, .end = (uint32_t)end, .kind = kind, .name = name, .province = "",
                         .level = "" };
    for (size_t i = first; i < end; i++)
        p->taken[i] |= TAKEN_PLACE;
    return w;
}

/* The name's own words from the text in their usual spelling, blanks made single. */
static const char *own_name(struct passage *p, size_t first, size_t end)
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

/* The province that a unit's name is followed by: ", Hậu Giang", "(Hậu Giang)", "tỉnh Hậu Giang". */
static const struct sense *province_behind(const struct passage *p, size_t i, uint32_t *end)
{
    uint32_t at;
    /* "xã Hòa Phú, huyện Long Hồ, tỉnh Vĩnh Long": the unit between is passed over. */
    if ((token_is(p, i, ',') || token_is(p, i, '(')) && sense_at(p, i + 1, SENSE_UNIT_INSIDE, &at) && at < p->n && p->t[at].upper) {
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
        office = office || ((token_word(p, k, "chu?") && token_word(p, k + 1, "tich.")) || (token_word(p, k, "bi'") && token_word(p, k + 1, "thU")));
    return office && surname(p, name);
}

/* Where a name in capitals ends: at the line's end, or where the title of the text begins. */
static bool heading_goes_on(const struct passage *p, size_t i)
{
    static const char *const words[] = { "lXn`", "nhiEm.", "khoa'", "nAm", "tO?", "thUc.", "triEn?", "tAng", "vE`", "kEt'", "Dat.", "tiEp'", "hoan`", "Day?", "nXng" };
    for (size_t k = 0; p->t[i].caps && k < sizeof words / sizeof *words; k++)
        if (token_word(p, i, words[k]))
            return true;
    return p->t[i].caps && (p->t[i].line || sense_at(p, i, SENSE_DOCUMENT, NULL) || sense_at(p, i, SENSE_REPORT, NULL) ||
                            sense_at(p, i, SENSE_UNIT_INSIDE, NULL) || sense_at(p, i, SENSE_HERE, NULL));
}

/* "huyện", "phường", also "H.", "P." before a name; *at: behind it. */
static const struct sense *unit_noun(const struct passage *p, size_t i, uint32_t *at)
{
    static const char *const shorts[] = { "q", "h", "p", "x", "tx", "tt" };
    static const struct sense of[] = { { .text = "huyện" }, { .text = "huyện" }, { .text = "xã" }, { .text = "xã" }, { .text = "huyện" }, { .text = "xã" } };
    const struct sense *s = sense_at(p, i, SENSE_UNIT_INSIDE, at);
    size_t name = i + 1; /* a full stop behind such a noun is part of it, or a mark of its own */
    name += token_is(p, name, '.') && !p->t[name].spaced;
    bool stop = name < p->n && p->t[i].upper && !p->t[name].spaced && p->text[p->t[name].start - 1] == '.';
    if (stop && p->t[name].kind == TOKEN_WORD) { /* "Ảnh: H.Lan" is a person's name */
        static const char *const leads[] = { "ubnd", "tai.", "Q?", "va`", "cua?", "ban`", "thuOc.", "hDnd" };
        bool led = sentence_start(p, i);
        for (size_t k = 0; i > 0 && k < sizeof leads / sizeof *leads; k++)
            led = led || token_word(p, i - 1, leads[k]);
        stop = led;
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
    return quarter && p->t[at].kind == TOKEN_NUMERAL && !p->t[at].decimals && p->t[at].value >= 1 && p->t[at].value <= QUARTERS;
}

/* "huyện Phú Bình", "thị xã Kỳ Anh", "TP. Thái Nguyên"; true if one begins at i. */
static bool unit_inside(struct passage *p, size_t i, size_t *end)
{
    uint32_t at, province_end;
    const struct sense *lead = unit_noun(p, i, &at);
    uint32_t name = at;

    if (!lead || at >= p->n)
        return false;
    if (numbered_quarter(p, i, at)) { /* "Quận 1", "Q.3" */
        add(p, i, at + 1, WHERE_UNIT, arena_printf(p->a, "Quận %d", (int)p->t[at].value))->level = lead->text;
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
        struct where *w = add(p, i, province_end, WHERE_UNIT, arena_printf(p->a, "%s, %s", province->text, province->text));
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
    while (name > at && name + 1 < p->n && token_is(p, name, '"') && !p->t[name].spaced && p->t[name + 1].kind == TOKEN_WORD &&
           !p->t[name + 1].spaced)
        name += 2; /* "Cư M'gar" */
    if (name == at || office_holder(p, i, at) || (name == at + 1 && p->t[at].caps && !p->t[i].caps))
        return false; /* no name, or an abbreviation ("thành phố HCM" is an alias) */
    struct where *w = add(p, i, name, WHERE_UNIT, own_name(p, at, name));
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
static bool known_unit(struct passage *p, size_t i, size_t *end)
{
    if (!p->units || !p->t[i].upper)
        return false;
    for (size_t k = 0; k < p->units->n; k++) {
        const struct unit_name *u = &p->units->items[k];
        size_t stop = p->t[i].start + u->len, last = i;
        if (stop > p->t[p->n - 1].end ||
            memcmp(p->text + p->t[i].start, u->name, p->t[i].end - p->t[i].start < u->len ? p->t[i].end - p->t[i].start : u->len))
            continue;
        while (last < p->n && p->t[last].end < stop)
            last++;
        if (last >= p->n || p->t[last].end != stop || memcmp(p->text + p->t[i].start, u->name, u->len) ||
            in_other_name(p, i, last + 1))
            continue;
        struct where *w = add(p, i, last + 1, WHERE_UNIT, u->full);
        w->level = u->level;
        w->province = u->province;
        *end = last + 1;
        return true;
    }
    return false;
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
    struct where *w = add(p, i, after, WHERE_PROVINCE, s->text);
    bool dateline = sentence_start(p, i) && token_is(p, after, '(') && after + 1 < p->n && p->t[after + 1].caps; /* "Hà Nội (TTXVN)" */
    w->issuer = dateline || names_issuer(p, unit_lead(p, i) ? i - 1 : i, after, false);
    return true;
}

/* "Cục Thuế tỉnh Hà Nam", "Kho bạc Nhà nước Hà Nam": the office of a central agency in a province. */
static bool local_office(struct passage *p, size_t i, size_t *end)
{
    uint32_t after, province_end;
    const struct sense *office = sense_at(p, i, SENSE_OFFICE, &after);
    if (!office || !p->t[i].upper)
        return false;
    size_t name = after;
    while (name < after + 3u && (token_word(p, name, "tinh?") || token_word(p, name, "thanh`") || token_word(p, name, "phO'") ||
                                 token_word(p, name, "tp") || token_is(p, name, '.')))
        name++;
    const struct sense *province_name = sense_at(p, name, SENSE_PROVINCE, &province_end);
    const char *of = province_name && all_upper(p, name, province_end) ? province_name->text : NULL;
    if (!of && p->units && p->units->province && name == after + 1u && token_word(p, after, "tinh?")) { /* "Kho bạc Nhà nước tỉnh" */
        of = p->units->province;
        province_end = (uint32_t)name;
    }
    if (!of)
        return false;
    struct where *w = add(p, i, province_end, WHERE_AGENCY, arena_printf(p->a, "%s %s", office->text, of));
    w->issuer = names_issuer(p, i, province_end, true);
    *end = province_end;
    return true;
}

/* "Vụ Cải cách hành chính hoàn thành 13/13 nhiệm vụ": a department in a list of them, with its own number. */
static bool department(struct passage *p, size_t i, size_t *end)
{
    enum { NAME_TOKENS = 9, VERB_TOKENS = 3 };
    bool begins = i > 0 && (token_is(p, i - 1, ':') || token_is(p, i - 1, ';'));
    if (!begins || !p->t[i].upper || !(token_word(p, i, "vu.") || token_word(p, i, "cuc.")) || i + 1 >= p->n || !p->t[i + 1].upper)
        return false;
    size_t name = i + 1;
    while (name < p->n && name < i + NAME_TOKENS && p->t[name].kind == TOKEN_WORD && !sense_at(p, name, SENSE_REACH, NULL) &&
           !token_word(p, name, "hoan`") && !token_word(p, name, "co'"))
        name++;
    bool own = token_numeral(p, name);
    for (size_t k = name; k < name + VERB_TOKENS && k < p->n && p->t[k].kind == TOKEN_WORD; k++)
        own = own || token_numeral(p, k + 1);
    if (!own || name < i + 3)
        return false;
    add(p, i, name, WHERE_AGENCY, own_name(p, i, name));
    *end = name;
    return true;
}

/* "các bộ: Tài chính (370 điều kiện), Y tế (1.871 điều kiện)": a ministry without its "Bộ", in a list of them. */
static bool bare_ministry(struct passage *p, size_t i, size_t *end)
{
    uint32_t after;
    const struct sense *s = sense_at(p, i, SENSE_MINISTRY, &after);
    const struct sentence *in = s ? sentence_of(p, i) : NULL;
    if (!in || !p->t[i].upper || (i > 0 && p->t[i - 1].kind == TOKEN_WORD && (p->t[i - 1].upper || token_word(p, i - 1, "sQ?") || token_word(p, i - 1, "nganh`"))))
        return false;
    if (after < p->n && p->t[after].kind == TOKEN_WORD && p->t[after].upper)
        return false; /* part of a longer name */
    bool of_ministries = false;
    for (size_t k = in->first; k + 1 < i; k++) {
        bool ministries = token_word(p, k + 1, "bO.") && (token_word(p, k, "cac'") || p->taken[k] & TAKEN_QUANTITY || token_numeral(p, k));
        bool others = token_word(p, k, "sQ?") || (token_word(p, k, "cac'") && !ministries && token_word(p, k + 1, "nganh`"));
        of_ministries = ministries || (of_ministries && !others);
    }
    if (!of_ministries)
        return false;
    add(p, i, after, WHERE_AGENCY, s->text);
    *end = after;
    return true;
}

static bool named(struct passage *p, size_t i, enum sense_role role, enum where_kind kind, size_t *end)
{
    uint32_t after;
    const struct sense *s = sense_at(p, i, role, &after);
    size_t capital = i + (token_word(p, i, "nganh`") && i + 1 < p->n); /* "ngành Hải quan" */
    if (!s || (kind == WHERE_AGENCY && !p->t[capital].upper))
        return false;
    uint32_t name;
    if (kind == WHERE_AGENCY && sense_at(p, after, SENSE_UNIT_INSIDE, &name) && name < p->n && p->t[name].upper) {
        *end = after; /* "MTTQ Việt Nam xã Tân Phú": the one of the commune */
        return true;
    }
    *end = after;
    struct where *w = add(p, i, after, kind, s->text);
    w->issuer = names_issuer(p, i, after, kind == WHERE_AGENCY) || (kind == WHERE_AGENCY && sense_before(p, i, SENSE_PERSON, NULL));
    return true;
}

/* "Cổng Dịch vụ công quốc gia đã cung cấp ...": a system of the whole country as the subject of its clause;
 * "trên Cổng ..." is where others did something. */
static bool national_subject(struct passage *p, size_t i, size_t *end)
{
    enum { VERB_TOKENS = 3 };
    static const char *const verbs[] = { "Da~", "DUQc.", "co'", "hiEn.", "cung", "tiEp'", "kEt'", "tich'" };
    uint32_t after;
    const struct sentence *in = sense_at(p, i, SENSE_NATIONAL, &after) ? sentence_of(p, i) : NULL;
    if (!in || (i > in->first && !token_is(p, i - 1, ',') && !token_is(p, i - 1, ';') && !token_is(p, i - 1, ':')))
        return false;
    for (size_t v = after; v < after + VERB_TOKENS; v++)
        for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
            if (token_word(p, v, verbs[k])) {
                add(p, i, after, WHERE_COUNTRY, "Cả nước");
                *end = after;
                return true;
            }
    return false;
}

/* "Các huyện có tỷ lệ thấp gồm: Kông Chro (5/14 xã), Chư Păh (5/17 xã)": names with a bracketed number each, in a
 * list that units were announced for. */
static bool listed_unit(struct passage *p, size_t i, size_t *end)
{
    static const struct { const char *word, *level; } kinds[] = { { "huyEn.", "huyện" }, { "xa~", "xã" }, { "phUQng`", "xã" }, { "quXn.", "huyện" } };
    enum { NAME_TOKENS = 4 };
    size_t name = i;
    while (name < p->n && name - i < NAME_TOKENS && p->t[name].kind == TOKEN_WORD && p->t[name].upper)
        name++;
    bool begins = i > 0 && (token_is(p, i - 1, ':') || token_is(p, i - 1, ',') || token_is(p, i - 1, ';') || token_word(p, i - 1, "va`"));
    if (name == i || !begins || !token_is(p, name, '(') || !token_numeral(p, name + 1))
        return false;
    const struct sentence *in = sentence_of(p, i);
    const char *level = NULL;
    bool colon = false;
    for (size_t k = in->first; k < i; k++) {
        colon = colon || (token_is(p, k, ':') && level);
        for (size_t l = 0; !colon && l < sizeof kinds / sizeof *kinds; l++)
            if (token_word(p, k, kinds[l].word) && k > 0 && (token_word(p, k - 1, "cac'") || token_word(p, k - 1, "cXp'") || token_numeral(p, k - 1)))
                level = kinds[l].level;
    }
    if (!colon)
        return false;
    add(p, i, name, WHERE_UNIT, own_name(p, i, name))->level = level;
    *end = name;
    return true;
}

/* "71 xã, phường": the second noun of a row is no place spoken of. */
static bool lists_units(const struct passage *p, size_t i)
{
    return i > 1 && token_is(p, i - 1, ',') && (token_word(p, i - 2, "xa~") || token_word(p, i - 2, "phUQng`") || token_word(p, i - 2, "huyEn.") ||
                                                 token_word(p, i - 2, "quXn.") || token_word(p, i - 2, "trXn'") || token_word(p, i - 2, "tinh?")); /* "cấp tỉnh, huyện" */
}

void places_find(struct passage *p)
{
    for (size_t i = 0; i < p->n;) {
        size_t end = i + 1;
        uint32_t after;
        bool listed = p->t[i].upper && (i == 0 || !p->t[i - 1].upper || p->t[i].length <= 2); /* may be a unit that nobody has named before */
        if (p->t[i].kind == TOKEN_MARK || (p->hit_at[i] == p->hit_at[i + 1] && !(p->units && p->t[i].upper) && !listed)) {
            i++;
            continue;
        }
        if (!unit_inside(p, i, &end) && !province(p, i, &end) && !known_unit(p, i, &end) && !national_subject(p, i, &end) && !local_office(p, i, &end) && !named(p, i, SENSE_AGENCY, WHERE_AGENCY, &end) &&
            !bare_ministry(p, i, &end) && !department(p, i, &end) && !(listed && listed_unit(p, i, &end)) && !named(p, i, SENSE_REGION, WHERE_REGION, &end)) {
            if (sense_at(p, i, SENSE_EVERYWHERE, &after)) {
                add(p, i, after, WHERE_COUNTRY, "Cả nước")->issuer =
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
                if (i > 0 && (token_word(p, i - 1, "cXp'") || token_word(p, i - 1, "cac'") || token_word(p, i - 1, "mOi~") ||
                              token_word(p, i - 1, "khOi'") || (after == i + 1u && token_numeral(p, i - 1)) || lists_units(p, i) || (token_word(p, after - 1, "xa~") && token_word(p, after, "hOi.")))) {
                    for (size_t k = i; lists_units(p, i) && k < after; k++)
                        p->taken[k] |= TAKEN_PLACE; /* and nothing that is counted */
                    i = after;
                    continue; /* "cấp huyện" is a level, "các huyện", "17 xã" many */
                }
                if (!sense_at(p, after, SENSE_PROVINCE, NULL)) /* "tỉnh Lào Cai" names itself */
                    add(p, i, after, WHERE_HERE, "")->level = sense_at(p, i, SENSE_HERE, NULL)->text;
                end = after;
            }
        }
        i = end;
    }
}
