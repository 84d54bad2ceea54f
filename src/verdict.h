/*-------------------------------------------------------------------------
 *
 * verdict.h
 *	  One verdict: Kleene's logic plus "not applicable".
 *
 * The codes are ordered so that "and" is the smaller of two and sorting puts
 * the worst first.  They are stored on disk and shown to users as
 * verdict_code: never renumber.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_VERDICT_H
#define NTM_VERDICT_H

#include "compat.h"

typedef uint8 NtmVerdict;

#define NTM_NOT_MET			((NtmVerdict) 0)
#define NTM_UNKNOWN			((NtmVerdict) 1)
#define NTM_MET				((NtmVerdict) 2)
#define NTM_NOT_APPLICABLE	((NtmVerdict) 3)	/* counts as met */

#define NTM_COUNTS_AS_MET(verdict) ((verdict) >= NTM_MET)

#define DatumGetVerdict(d)		((NtmVerdict) DatumGetUInt8(d))
#define VerdictGetDatum(v)		UInt8GetDatum(v)
#define PG_GETARG_VERDICT(n)	DatumGetVerdict(PG_GETARG_DATUM(n))
#define PG_RETURN_VERDICT(v)	return VerdictGetDatum(v)

/* the text form, e.g. "not_met" */
extern const char *ntm_verdict_name(NtmVerdict verdict);

/* false if the text is no verdict */
extern bool ntm_verdict_from_name(const char *name, NtmVerdict *verdict);

static inline NtmVerdict
ntm_verdict_not(NtmVerdict verdict)
{
	if (verdict == NTM_UNKNOWN)
		return NTM_UNKNOWN;
	return NTM_COUNTS_AS_MET(verdict) ? NTM_NOT_MET : NTM_MET;
}

#endif							/* NTM_VERDICT_H */
