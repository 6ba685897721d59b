/* extract/beside.h -- what the words beside a number say of targets (internal to extract/).
 *
 * Each answers one question about a number or about the word at token i; role.c puts the answers together,
 * target_list.c tells what goes on from sentence to sentence. `from`: where the sentence begins. */
#ifndef EXTRACT_BESIDE_H
#define EXTRACT_BESIDE_H
#include "extract/finding.h"

/* ---- the word at i ---- */
const struct sense *target_at(const struct passage *p, size_t i);   /* a word for a target; NULL */
bool strong_target(const struct sense *s);                          /* enough alone */
bool target_reached(const struct passage *p, size_t i);             /* "đạt mục tiêu", "vượt chỉ tiêu": an achievement */
const struct sense *achieved_at(const struct passage *p, size_t i); /* a word for what was reached; NULL */
/* "Hoàn thành 100% ...", "Duy trì tỷ lệ 100% ..." where targets are listed: what is to be done, not what was. */
bool to_be_done(const struct discourse *s, const struct passage *p, size_t from, size_t i);
bool done_before(const struct passage *p, size_t from, size_t i);   /* "đã ... và chỉ đạo xử lý": one of what was done */
bool future_at(const struct passage *p, size_t i);                  /* "sẽ", "dự kiến" */
bool shall(const struct passage *p, size_t from, size_t to);        /* ... which rules this clause, however long */
bool asked_of_files(const struct passage *p, const struct quantity *q, size_t i); /* "hồ sơ yêu cầu bổ sung": no request */

/* ---- the number ---- */
bool target_is(const struct passage *p, const struct quantity *q);      /* "chỉ tiêu toàn quốc là 60%" */
bool target_adjoins(const struct passage *p, const struct quantity *q); /* "vượt chỉ tiêu 80%" */
bool against_target(const struct passage *p, const struct quantity *q); /* "63,4% (mục tiêu 70%)": the first */
/* "thu đạt 5.396 tỷ đồng, đạt 105% dự toán và 134% chỉ tiêu": all three */
bool reached_of_plan(const struct passage *p, const struct quantity *q);
bool allotted(const struct passage *p, const struct quantity *q, size_t from); /* "bổ sung 44.000 tỷ đồng để chi ..." */
bool must_describes(const struct passage *p, size_t i);             /* "mặt hàng phải kiểm tra": no demand */
bool limit_set(const struct passage *p, const struct quantity *q);     /* "kiểm tra không quá 5%" */
bool for_doing(const struct passage *p, const struct quantity *q, size_t from); /* "để xây dựng 72 thủ tục" */
bool aimed_at(const struct passage *p, size_t from, size_t to);         /* "phấn đấu", "sẽ", "phải" within the clause */
bool must_keep(const struct passage *p, const struct quantity *q, size_t from); /* "phải cắt giảm ít nhất 30%" */
bool bound_by(const struct passage *p, const struct quantity *q);       /* "tối thiểu 30% ... trước 31/12/2025" */
bool requested(const struct passage *p, const struct quantity *q, size_t from); /* "yêu cầu các sở hoàn thành 100%" */
/* "b) Hoàn thành 100% TTHC ..." */
bool ordered(const struct discourse *s, const struct passage *p, const struct quantity *q, const struct sentence *in);
/* "16 hồ sơ (chiếm 0,08%)": what its bracket says of the number before. */
bool in_its_bracket(const struct passage *p, const struct quantity *previous, const struct quantity *q);

/* ---- plan_text.c ---- */
/* The sentence is of a plan's own section of goals; the number stands behind "Nhiệm vụ ...:". */
bool in_goals(const struct discourse *s, const struct passage *p, const struct sentence *in);
bool among_tasks(const struct discourse *s, const struct passage *p, const struct quantity *q, const struct sentence *in);

/* ---- target_list.c ---- */
int target_year(const struct discourse *s); /* of the plan whose targets go on; 9999 if it has none */
#endif
