/* extract/members.h -- counts of things that are then named, and of those whom a survey asked (internal to extract/). */
#ifndef EXTRACT_MEMBERS_H
#define EXTRACT_MEMBERS_H
#include "extract/passage.h"

/* Why a plain count reports nothing: its members follow one by one, or it is the sample of a survey, the units
 * that were to be judged, or a part of these; NULL. Earlier numbers of the passage have their answer already. */
const char *lists_or_samples(const struct passage *p, const struct quantity *q);
#endif
