/* extract/home.c -- the place that a whole document is about. */
#include "extract/finding.h"

#include "text/spelling.h"

#include <string.h>

/* How often places are named, while the one that a document is about is sought. */
struct tally {
    const char *name, *level;
    enum where_kind kind;
    size_t count, block, blocks, last; /* how often; first block, in how many, last block */
};
struct tallies {
    struct tally items[96];
    size_t n, country;                  /* first block that names all */
    bool country_titled;                /* "Việt Nam" in the first line */
    bool above;                         /* the government, the centre, all provinces are named at all */
    struct tally agencies[8];           /* the first ones */
    size_t n_agencies;
    /* who is spoken of: "toàn tỉnh", "thành phố", "toàn huyện", "UBND xã", "toàn ngành" */
    size_t here, here_city, here_huyen, here_xa, here_branch;
    const char *titled;                 /* the only province of a short first line; NULL */
    const char *subject;                /* name in no list that opens the title; NULL */
    const char *publisher;              /* province in the name of a paper or portal, or before a date; NULL */
};

static void tally_add(struct discourse *s, struct tallies *all, const struct where *w, size_t weight, size_t block)
{
    for (size_t i = 0; i < all->n; i++) {
        struct tally *t = &all->items[i];
        size_t len = strcspn(t->name, ",");
        bool same = w->kind == WHERE_UNIT && t->kind == WHERE_UNIT && len == strcspn(w->name, ",") &&
                    !memcmp(t->name, w->name, len);
        if (same && strlen(w->name) > strlen(t->name))
            t->name = arena_strdup(s->a, w->name); /* "xã Tân Phú", then with its province */
        if (same || !strcmp(t->name, w->name)) {
            t->count += weight;
            t->blocks += t->last != block;
            t->last = block;
            return;
        }
    }
    if (all->n < sizeof all->items / sizeof *all->items)
        all->items[all->n++] = (struct tally){ arena_strdup(s->a, w->name), w->level, w->kind, weight, block, 1, block };
}

/* "xã Tân Phú" is "Tân Phú" from then on. */
static void remember_unit(struct discourse *s, const struct where *w)
{
    struct unit_names *u = &s->units;
    size_t len = strcspn(w->name, ",");
    if (len < 5 || *w->province)
        len = strcspn(w->name, ",");
    const char *comma = strchr(w->name, ',');
    if (comma && !strncmp(comma + 2, w->name, len))
        return; /* "Thái Nguyên, Thái Nguyên": the bare name is the province */
    for (size_t i = 0; i < u->n; i++)
        if (u->items[i].len <= len && !memcmp(u->items[i].name, w->name, u->items[i].len) &&
            (u->items[i].len == len || w->name[u->items[i].len] == ' ')) {
            if (*w->province && !*u->items[i].province) {
                u->items[i].full = arena_strdup(s->a, w->name);
                u->items[i].province = w->province;
            }
            return;
        }
    if (u->n < sizeof u->items / sizeof *u->items && memchr(w->name, ' ', len)) {
        const char *full = arena_strdup(s->a, w->name);
        u->items[u->n++] = (struct unit_name){ full, len, full, w->level, w->province };
    }
}

enum {
    HOME_BYTES = 16000, /* of a document looked at for its place */
    HEAD_BLOCKS = 4, TAIL_BLOCKS = 3, /* where a publisher names itself */
    PUBLISHER_TOKENS = 120, /* of a block that are looked at for it */
    LINE_TOKENS = 14    /* of a line that is a heading, a publisher's name or a signature */
};

static const struct sense *province_at(const struct passage *p, size_t i)
{
    uint32_t end;
    const struct sense *s = sense_at(p, i, SENSE_PROVINCE, &end);
    return s && p->t[i].upper && p->t[end - 1].upper ? s : NULL;
}

/* "baoquangnam.vn", "kontum.gov.vn": the province whose name without marks is in an address. */
static const char *province_of_address(const struct catalog *c, const char *word, size_t len)
{
    size_t n;
    const struct place *places = catalog_places(c, &n);
    for (size_t i = 0; i < n; i++) {
        char plain[64];
        size_t k = 0;
        for (const char *s = places[i].slug; *s && k < sizeof plain; s++)
            if (*s != '-')
                plain[k++] = *s;
        if (k >= 5 && k <= len && !memcmp(word + len - k, plain, k))
            return places[i].name;
    }
    return NULL;
}

/* "Báo Quảng Nam", "Cổng thông tin điện tử tỉnh Kon Tum", "Kon Tum, ngày 5 tháng 6 ...", "(baoquangnam.vn)". */
static const char *publisher_named(const struct discourse *s, const struct passage *p)
{
    size_t line = 0, next = 0; /* first tokens of this line and of the next */
    for (size_t i = 0; i < p->n && i < PUBLISHER_TOKENS; i++) {
        if (i == next) {
            line = i;
            for (next = i + 1; next < p->n && !p->t[next].line; next++)
                ;
        }
        if (i - line >= LINE_TOKENS)
            continue;
        if (token_is(p, i + 1, '.') && !p->t[i + 1].spaced && (token_word(p, i + 2, "vn") || token_word(p, i + 2, "gov")) &&
            p->t[i].kind == TOKEN_WORD) {
            char plain[64];
            size_t k = 0;
            for (size_t b = p->t[i].start; b < p->t[i].end && k < sizeof plain; b++)
                plain[k++] = p->text[b] >= 'A' && p->text[b] <= 'Z' ? (char)(p->text[b] + 32) : p->text[b];
            const char *name = province_of_address(s->x->catalog, plain, k);
            if (name)
                return name;
        }
        const struct sense *province = next - line <= LINE_TOKENS ? province_at(p, i) : NULL;
        if (!province)
            continue;
        uint32_t end;
        sense_at(p, i, SENSE_PROVINCE, &end);
        size_t opens = line + (token_word(p, line, "theo") || token_word(p, line, "nguOn`"));
        opens += token_is(p, opens, '"') || token_is(p, opens, ':');
        /* "Hà Nội, ngày ...": where the government signs, too. */
        bool dated =
            i == line && strcmp(province->text, "Hà Nội") && token_is(p, end, ',') && token_word(p, end + 1, "ngay`");
        if (dated || token_word(p, opens, "bao'") || token_word(p, opens, "Dai`") || token_word(p, opens, "cOng?") ||
            token_word(p, opens, "trang"))
            return province->text;
    }
    return NULL;
}

/* The first blocks' passages, which are kept: most documents are no longer, and need not be cut into
 * words twice. */
static void read_head(struct discourse *s)
{
    size_t cap = 0;
    for (size_t i = 0; i < s->doc->n_blocks && s->doc->blocks[i].start < HOME_BYTES; i++) {
        size_t at = s->doc->blocks[i].start;
        struct passage *p = ARENA_PUSH(&s->head_arena, s->head, s->n_head, cap);
        passage_read(p, s->x->lexicon, s->doc->text, &at, s->doc->blocks[i].end, &s->head_arena);
    }
}

/* Units are first learned from the head, so that a title with the bare name ("Đà Lạt: ...") counts. */
static void learn_units(struct discourse *s, struct arena *scratch)
{
    for (size_t i = 0; i < s->n_head && i < HEAD_BLOCKS; i++) {
        struct passage p;
        passage_again(&p, &s->head[i], scratch);
        places_find(&p);
        for (size_t k = 0; k < p.n_places; k++)
            if (p.places[k].kind == WHERE_UNIT)
                remember_unit(s, &p.places[k]);
        arena_reset(scratch);
    }
}

static void tally_agency(struct discourse *s, struct tallies *all, const struct where *w, size_t block)
{
    size_t i = 0;
    while (i < all->n_agencies && strcmp(all->agencies[i].name, w->name))
        i++;
    if (i == sizeof all->agencies / sizeof *all->agencies)
        return;
    if (i == all->n_agencies)
        all->agencies[all->n_agencies++] =
            (struct tally){ arena_strdup(s->a, w->name), w->level, w->kind, 0, block, 1, block };
    all->agencies[i].count++;
}

static void tally_places(struct discourse *s, struct tallies *all, const struct passage *p, size_t block)
{
    for (size_t k = 0; k < p->n_places; k++) {
        const struct where *w = &p->places[k];
        if (w->kind == WHERE_UNIT)
            remember_unit(s, w);
        bool dateline = token_is(p, w->end, ',') && token_word(p, w->end + 1, "ngay`"); /* where it was signed */
        if (w->kind == WHERE_UNIT || (w->kind == WHERE_PROVINCE && !w->issuer && !(dateline && !strcmp(w->name, "Hà Nội"))))
            tally_add(s, all, w, block < 3 ? 2 : 1, block);
        if (w->kind == WHERE_AGENCY)
            tally_agency(s, all, w, block);
        bool mean =
            token_word(p, w->end - 1, "phUQng") || token_word(p, w->end - 1, "binh`") ||
            token_word(p, w->end - 1, "vi.") ||
            token_word(p, w->end - 1, "chung"); /* "các địa phương", "giá trị trung bình": of whatever they are */
        all->country_titled = all->country_titled || (w->kind == WHERE_COUNTRY && block == 0);
        all->above = all->above || (w->kind == WHERE_COUNTRY && !mean);
        if (w->kind == WHERE_COUNTRY && !w->issuer && block < all->country)
            all->country = block;
        if (w->kind == WHERE_HERE && !strcmp(w->level, "huyện"))
            all->here_huyen++;
        else if (w->kind == WHERE_HERE && !strcmp(w->level, "xã"))
            all->here_xa++;
        else if (w->kind == WHERE_HERE && !strcmp(w->level, "bộ"))
            all->here_branch++;
        else if (w->kind == WHERE_HERE && !strcmp(w->level, "tỉnh"))
            *(token_word(p, w->end - 1, "phO'") || token_word(p, w->first, "thanh`") ? &all->here_city : &all->here) += 1;
    }
}

/* The one province that a heading names, and nobody else. */
static const char *only_province(struct discourse *s, const struct passage *p)
{
    const char *name = NULL;
    for (size_t i = 0; i < p->n_places; i++) {
        const struct where *w = &p->places[i];
        if (w->kind == WHERE_HERE)
            continue;
        if (w->kind != WHERE_PROVINCE || (name && strcmp(name, w->name)))
            return NULL;
        name = w->name;
    }
    return name ? arena_strdup(s->a, name) : NULL;
}

/* "Chư Prông: Thu ngân sách tăng 13%": a name in no list that opens the title, of whom "huyện" speaks. */
static const char *title_subject(struct discourse *s, const struct passage *p)
{
    size_t n = 0;
    while (n < p->n && n < 5 && p->t[n].kind == TOKEN_WORD && p->t[n].upper && !p->t[n].caps && !(p->taken[n] & TAKEN_PLACE))
        n++;
    if (n < 2 || n > 4 || !token_is(p, n, ':'))
        return NULL;
    const char *words = arena_strndup(s->a, p->text + p->t[0].start, p->t[n - 1].end - p->t[0].start);
    return text_name(s->a, words);
}

static void tally_blocks(struct discourse *s, struct tallies *all)
{
    struct arena scratch = { 0 };
    read_head(s);
    learn_units(s, &scratch);
    for (size_t i = 0; i < s->n_head; i++) {
        struct passage p;
        passage_again(&p, &s->head[i], &scratch);
        p.units = &s->units;
        places_find(&p);
        tally_places(s, all, &p, i);
        if (i == 0 && p.n < 2 * LINE_TOKENS && p.n_s == 1)
            all->titled = only_province(s, &p), all->subject = title_subject(s, &p);
        if (!all->publisher && (i < HEAD_BLOCKS || i + TAIL_BLOCKS >= s->doc->n_blocks))
            all->publisher = publisher_named(s, &p);
        arena_reset(&scratch);
    }
    arena_clear(&scratch);
}

/* A unit inside a province that a document is about: named more often than any province, and again and again,
 * or at the head of a text that then speaks of "huyện", "xã". */
static bool unit_is_home(const struct tallies *all, const struct tally *unit, const struct tally *province)
{
    /* Named in the title, and its province only below: "ĐẢNG BỘ XÃ TÂN PHÚ ..." of a text about "xã". */
    bool titled = unit && unit->block == 0 && province && province->block > 0 && unit->count >= 3 &&
                  (!strcmp(unit->level, "xã") ? all->here_xa : all->here_huyen) > 0;
    if (!unit || (province && !titled && unit->count <= province->count + all->here))
        return false;
    /* The only places named are units, one of them with its province at the head: the report of a commune. */
    bool own = !province && unit->block < 3 && strchr(unit->name, ',');
    size_t here = !strcmp(unit->level, "xã") ? all->here_xa : all->here_huyen + all->here_city;
    bool alone = all->n == 1 && unit->block == 0 && all->country == SIZE_MAX; /* nobody else is named at all */
    size_t second = 0; /* a text about several speaks of each alike */
    for (size_t i = 0; i < all->n; i++)
        if (all->items[i].kind == WHERE_UNIT && &all->items[i] != unit && all->items[i].count > second)
            second = all->items[i].count;
    return (unit->count >= 4 && 2 * unit->count >= 3 * second) || own || alone || (unit->block < 2 && here > 0);
}

/* A province that has most mentions of provinces: the only one named, in the title; or often enough, unless all
 * the country came first. */
static bool province_is_home(const struct tallies *all, const struct tally *province, size_t total)
{
    size_t others = 0; /* most paragraphs that name another province */
    for (size_t i = 0; i < all->n; i++)
        if (all->items[i].kind == WHERE_PROVINCE && &all->items[i] != province && all->items[i].blocks > others)
            others = all->items[i].blocks;
    bool spread = province && province->blocks >= 3 && province->blocks >= 3 * others &&
                  all->here + all->here_city >= 3; /* "của tỉnh", again and again */
    if (spread)
        return true;
    if (!province || province->count * 2 <= total)
        return false;
    bool titled = province->block == 0 && province->count == total && all->country > 0;
    bool published = all->publisher && !strcmp(all->publisher, province->name) && all->here + all->here_city > 0;
    size_t least = all->country < province->block ? 7 : 3;
    return titled || published || province->count + all->here + all->here_city >= least;
}

/* An agency that a text speaks of from its head on, and of no place, nor of all the country. */
static const char *agency_at_home(const struct tallies *all)
{
    const struct tally *most = NULL;
    size_t others = 0;
    for (size_t i = 0; i < all->n_agencies; i++)
        if (!most || all->agencies[i].count > most->count)
            most = &all->agencies[i];
    for (size_t i = 0; i < all->n_agencies; i++)
        others += &all->agencies[i] != most ? all->agencies[i].count : 0;
    /* A ministry's text is mostly of the country; the services of an agency below one are its own. */
    size_t provinces = 0;
    for (size_t i = 0; i < all->n; i++)
        provinces += all->items[i].count;
    static const char *const services[] = { "Tổng cục", "Cục", "Kho bạc", "Bảo hiểm", "Ngân hàng" };
    bool serves = false;
    for (size_t i = 0; most && i < sizeof services / sizeof *services; i++)
        serves = serves || !strncmp(most->name, services[i], strlen(services[i]));
    bool below = serves && most->count >= 4 && most->count > others + provinces && !all->here &&
                 !all->here_city && all->here_branch && !all->country_titled && most->block < HEAD_BLOCKS;
    if (below)
        return most->name;
    bool places = all->n || all->country != SIZE_MAX || all->here || all->here_city || all->here_huyen || all->here_xa;
    return most && !places && most->block < 2 && most->count >= 2 && most->count > 2 * others ? most->name : NULL;
}

const char *find_home(struct discourse *s)
{
    struct tallies all = { .country = SIZE_MAX };
    const struct tally *province = NULL, *unit = NULL;
    size_t total = 0;

    tally_blocks(s, &all);
    for (size_t i = 0; i < all.n; i++) {
        const struct tally *t = &all.items[i];
        const struct tally **best = t->kind == WHERE_UNIT ? &unit : &province;
        total += t->kind == WHERE_PROVINCE ? t->count : 0;
        if (!*best || t->count > (*best)->count ||
            (t->count == (*best)->count && strchr(t->name, ',') && !strchr((*best)->name, ',')))
            *best = t;
    }
    /* "Sở Tư pháp và thành phố Tuyên Quang" of a text that speaks of "UBND tỉnh": the city bears its province's name. */
    const char *comma = unit ? strchr(unit->name, ',') : NULL;
    bool namesake =
        comma && !strncmp(comma + 2, unit->name, (size_t)(comma - unit->name)) && !comma[2 + (comma - unit->name)];
    if (namesake && !province && all.here)
        return s->province = arena_strdup(s->a, comma + 2);
    if (unit_is_home(&all, unit, province)) {
        s->unit = unit->name;
        s->unit_level = unit->level;
        if (province && province->count * 2 > total)
            s->province = province->name;
        bool only = province && province->count == total && !strchr(unit->name, ',');
        if (only) /* the text names its province, and no other */
            s->unit = arena_printf(s->a, "%s, %s", unit->name, province->name);
        return s->unit;
    }
    if (province_is_home(&all, province, total))
        return s->province = province->name;
    if (all.titled && all.here + all.here_city) /* others are named beside it */
        return s->province = all.titled;
    if (all.subject && !total && !unit && all.here_huyen + all.here_xa) {
        s->unit_level = all.here_huyen >= all.here_xa ? "huyện" : "xã";
        remember_unit(s, &(struct where){ .name = all.subject, .kind = WHERE_UNIT, .province = "", .level = s->unit_level });
        return s->unit = all.subject;
    }
    const char *agency = agency_at_home(&all);
    s->home_agency = agency != NULL;
    if (agency)
        return s->agency = agency;
    /* "toàn tỉnh", or nobody else is named at all */
    if (all.publisher && !total && (all.here + all.here_city || all.country == SIZE_MAX))
        return s->province = all.publisher;
    if (all.n_agencies == 1 && !total && !unit && all.country == SIZE_MAX &&
        !strncmp(all.agencies[0].name, "Bộ ", strlen("Bộ ")))
        s->ministry = all.agencies[0].name;
    s->nameless = !total && !all.n_agencies && !all.above &&
                  (unit || all.here + all.here_city + all.here_huyen + all.here_xa > 0);
    return "";
}
