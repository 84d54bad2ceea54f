/*-------------------------------------------------------------------------
 *
 * condition.h
 *	  One comparison: its verdict, and what value would change it.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_CONDITION_H
#define NTM_CONDITION_H

#include "ntm.h"

#include "program.h"

/* The verdict of a comparison with these values, by the program's measures. */
extern NtmVerdict ntm_condition_verdict(const NtmStep *step, const int64 *values);

/* The verdict of a comparison with a share. */
extern NtmVerdict ntm_share_verdict(const NtmStep *step, int64 numerator, int64 denominator);

/*
 * The interval of values with which a comparison holds, of its measure or of
 * its share's numerator; "inside" is false where it holds outside of it.  An
 * interval may be empty.  False for a share without a positive denominator.
 */
extern bool ntm_holding_interval(const NtmStep *step, const int64 *values,
								 int64 *low, int64 *high, bool *inside);

/*
 * The value nearest to the present one with which a comparison holds, or does
 * not hold; for an unknown value the bound.  False if there is none that a
 * measure could have.
 */
extern bool ntm_nearest_target(const NtmStep *step, const int64 *values, bool holds, int64 *target);

#endif							/* NTM_CONDITION_H */
