/* extract/offices.c -- ministries, agencies, their offices and departments, and systems of the whole country. */
#include "extract/naming.h"

#include <string.h>

/* "Cục Thuế tỉnh Hà Nam", "Kho bạc Nhà nước Hà Nam": the office of a central agency in a province. */
bool local_office(struct passage *p, size_t i, size_t *end)
{
    uint32_t after, province_end;
    const struct sense *office = sense_at(p, i, SENSE_OFFICE, &after);
    if (!office || !p->t[i].upper)
        return false;
    size_t name = after;
    while (name < after + 3u && (token_word(p, name, "tinh?") || token_word(p, name, "thanh`") ||
                                 token_word(p, name, "phO'") || token_word(p, name, "tp") || token_is(p, name, '.')))
        name++;
    const struct sense *province_name = sense_at(p, name, SENSE_PROVINCE, &province_end);
    const char *of = province_name && all_upper(p, name, province_end) ? province_name->text : NULL;
    if (!of && p->units && p->units->province && name == after + 1u &&
        token_word(p, after, "tinh?")) { /* "Kho bạc Nhà nước tỉnh" */
        of = p->units->province;
        province_end = (uint32_t)name;
    }
    if (!of)
        return false;
    struct where *w = where_add(p, i, province_end, WHERE_AGENCY, arena_printf(p->a, "%s %s", office->text, of));
    w->issuer = names_issuer(p, i, province_end, true);
    *end = province_end;
    return true;
}

/* "Vụ Cải cách hành chính hoàn thành 13/13 nhiệm vụ": a department in a list of them, with its own number. */
bool department(struct passage *p, size_t i, size_t *end)
{
    enum { NAME_TOKENS = 9, VERB_TOKENS = 3 };
    bool begins = i > 0 && (token_is(p, i - 1, ':') || token_is(p, i - 1, ';')) && !(p->units && p->units->province);
    if (!begins || !p->t[i].upper || !(token_word(p, i, "vu.") || token_word(p, i, "cuc.")) || i + 1 >= p->n ||
        !p->t[i + 1].upper)
        return false;
    size_t name = i + 1;
    while (name < p->n && name < i + NAME_TOKENS && p->t[name].kind == TOKEN_WORD &&
           !sense_at(p, name, SENSE_REACH, NULL) && !token_word(p, name, "hoan`") && !token_word(p, name, "co'") &&
           !token_word(p, name, "dXn~") && !token_word(p, name, "DUng'") && !token_word(p, name, "xEp'") &&
           !token_word(p, name, "vQi'"))
        name++;
    bool own = token_numeral(p, name);
    for (size_t k = name; k < name + VERB_TOKENS && k < p->n && p->t[k].kind == TOKEN_WORD; k++)
        own = own || token_numeral(p, k + 1);
    if (!own || name < i + 3)
        return false;
    where_add(p, i, name, WHERE_AGENCY, own_name(p, i, name));
    *end = name;
    return true;
}

/* "các bộ: Tài chính (370 điều kiện), Y tế (1.871 điều kiện)": a ministry without its "Bộ", in a list of them. */
bool bare_ministry(struct passage *p, size_t i, size_t *end)
{
    uint32_t after;
    const struct sense *s = sense_at(p, i, SENSE_MINISTRY, &after);
    const struct sentence *in = s ? sentence_of(p, i) : NULL;
    if (!in || !p->t[i].upper ||
        (i > 0 && p->t[i - 1].kind == TOKEN_WORD &&
         (p->t[i - 1].upper || token_word(p, i - 1, "sQ?") || token_word(p, i - 1, "nganh`"))))
        return false;
    if (after < p->n && p->t[after].kind == TOKEN_WORD && p->t[after].upper)
        return false; /* part of a longer name */
    bool of_ministries = false;
    for (size_t k = in->first; k + 1 < i; k++) {
        bool ministries = token_word(p, k + 1, "bO.") &&
                          (token_word(p, k, "cac'") || p->taken[k] & TAKEN_QUANTITY || token_numeral(p, k));
        bool others = token_word(p, k, "sQ?") || (token_word(p, k, "cac'") && !ministries && token_word(p, k + 1, "nganh`"));
        of_ministries = ministries || (of_ministries && !others);
    }
    if (!of_ministries)
        return false;
    where_add(p, i, after, WHERE_AGENCY, s->text);
    *end = after;
    return true;
}

bool named(struct passage *p, size_t i, enum sense_role role, enum where_kind kind, size_t *end)
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
    struct where *w = where_add(p, i, after, kind, s->text);
    w->issuer = names_issuer(p, i, after, kind == WHERE_AGENCY) ||
                (kind == WHERE_AGENCY && sense_before(p, i, SENSE_PERSON, NULL));
    return true;
}

/* "Cổng Dịch vụ công quốc gia đã cung cấp ...": a system of the whole country as the subject of its clause;
 * "trên Cổng ..." is where others did something. */
bool national_subject(struct passage *p, size_t i, size_t *end)
{
    enum { VERB_TOKENS = 3 };
    static const char *const verbs[] = { "Da~", "DUQc.", "co'", "hiEn.", "cung", "tiEp'", "kEt'", "tich'" };
    uint32_t after;
    const struct sentence *in = sense_at(p, i, SENSE_NATIONAL, &after) ? sentence_of(p, i) : NULL;
    if (!in || (i > in->first && !token_is(p, i - 1, ',') && !token_is(p, i - 1, ';') && !token_is(p, i - 1, ':')))
        return false;
    for (size_t v = after; v < after + VERB_TOKENS; v++)
        if (TOKEN_ANY(p, v, verbs)) {
            where_add(p, i, after, WHERE_COUNTRY, "Cả nước");
            *end = after;
            return true;
        }
    return false;
}
