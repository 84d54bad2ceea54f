/*-------------------------------------------------------------------------
 *
 * target.h
 *	  What a measure would have to be for a comparison to hold.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_TARGET_H
#define NTM_TARGET_H

#include "ntm.h"

#include "program.h"

/*
 * The interval of values with which a comparison holds, of its measure or of
 * its share's numerator; "inside" is false where it holds outside of it.  An
 * interval may be empty.  False for a share without a positive denominator.
 */
extern bool ntm_holding_interval(const NtmStep *step, const int64 *values,
								 int64 *low, int64 *high, bool *inside);

/*
 * The value nearest to the present one with which a comparison holds, or does
 * not hold; an unknown value counts as 0.  False if there is none that a
 * measure could have.
 */
extern bool ntm_nearest_target(const NtmStep *step, const int64 *values, bool holds, int64 *target);

#endif							/* NTM_TARGET_H */
