#include "batch/shard.h"

#include "base/buf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool whole_number(const char **p, size_t *n)
{
    char *end;
    if (!isdigit((unsigned char)**p))
        return false;
    unsigned long value = strtoul(*p, &end, 10);
    *n = value;
    *p = end;
    return value >= 1 && value <= SHARDS_MAX;
}

bool shard_parse(const char *text, struct shard *s)
{
    const char *p = text;
    return whole_number(&p, &s->number) && *p++ == '/' && whole_number(&p, &s->of) && !*p && s->number <= s->of;
}

size_t shard_count(struct shard s, size_t cards)
{
    if (!s.of)
        return cards;
    return cards < s.number ? 0 : (cards - s.number) / s.of + 1;
}

size_t shard_card(struct shard s, size_t i)
{
    return s.of ? s.number - 1 + i * s.of : i;
}

void shard_manifest(struct shard s, char name[SHARD_NAME])
{
    if (s.of)
        snprintf(name, SHARD_NAME, "manifest-%zu-of-%zu", s.number, s.of);
    else
        snprintf(name, SHARD_NAME, "manifest");
}

void shard_header(struct shard s, size_t cards, const char *run, struct buf *out)
{
    if (s.of)
        buf_printf(out, "#shard\t%zu\t%zu\t%zu\t%s\n", s.number, s.of, cards, run);
}
