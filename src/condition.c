/*-------------------------------------------------------------------------
 *
 * condition.c
 *	  One comparison: its verdict, and what value would change it.
 *
 * Targets are whole millionths, so that one that is shown can also be entered,
 * and suffices.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "condition.h"

/*
 * Where a share stands against its bound: the sign of a / b - t.  The
 * denominator is not zero.
 */
static int
compare_share(const NtmStep *step, int64 numerator, int64 denominator, int64 bound)
{
	int			sign = ntm_compare_products(numerator, step->scale, bound, denominator);

	return denominator > 0 ? sign : -sign;
}

NtmVerdict
ntm_share_verdict(const NtmStep *step, int64 numerator, int64 denominator)
{
	bool		met;

	if (numerator == NTM_VALUE_NOT_APPLICABLE || denominator == NTM_VALUE_NOT_APPLICABLE)
		return NTM_NOT_APPLICABLE;
	if (numerator == NTM_VALUE_UNKNOWN || denominator == NTM_VALUE_UNKNOWN)
		return NTM_UNKNOWN;
	if (denominator == 0)
		return numerator == 0 ? NTM_NOT_APPLICABLE : NTM_UNKNOWN;

	switch ((NtmComparison) step->comparison)
	{
		case NTM_AT_LEAST:
			met = compare_share(step, numerator, denominator, step->low) >= 0;
			break;
		case NTM_AT_MOST:
			met = compare_share(step, numerator, denominator, step->low) <= 0;
			break;
		case NTM_ABOVE:
			met = compare_share(step, numerator, denominator, step->low) > 0;
			break;
		case NTM_BELOW:
			met = compare_share(step, numerator, denominator, step->low) < 0;
			break;
		case NTM_EQUAL:
			met = compare_share(step, numerator, denominator, step->low) == 0;
			break;
		case NTM_DIFFERENT:
			met = compare_share(step, numerator, denominator, step->low) != 0;
			break;
		case NTM_BETWEEN:
			met = compare_share(step, numerator, denominator, step->low) >= 0 &&
				compare_share(step, numerator, denominator, step->high) <= 0;
			break;
		default:
			elog(ERROR, "unexpected comparison %d in a share", step->comparison);
	}
	return met ? NTM_MET : NTM_NOT_MET;
}

NtmVerdict
ntm_condition_verdict(const NtmStep *step, const int64 *values)
{
	int64		value = values[step->left];
	bool		within;

	if (step->kind == NTM_STEP_SHARE)
		return ntm_share_verdict(step, value, values[step->right]);

	if (!NTM_VALUE_IS_NUMBER(value))
		return value == NTM_VALUE_UNKNOWN ? NTM_UNKNOWN : NTM_NOT_APPLICABLE;
	within = value >= step->low && value <= step->high;
	return within == (step->kind == NTM_STEP_INTERVAL) ? NTM_MET : NTM_NOT_MET;
}

/*
 * Whether a numerator is on the near side of a share's bound: at it or above
 * (lower bound), or at it or below (upper bound), or strictly so.
 */
static bool
within_bound(const NtmStep *step, int64 numerator, int64 denominator, bool lower)
{
	bool		strict = step->comparison == NTM_ABOVE || step->comparison == NTM_BELOW;
	int64		bound = !lower && step->comparison == NTM_BETWEEN ? step->high : step->low;
	int			sign = ntm_compare_products(numerator, step->scale, bound, denominator);

	if (!lower)
		sign = -sign;
	return strict ? sign > 0 : sign >= 0;
}

/* The first numerator within the lower bound, or the last within the upper one. */
static int64
bisect_bound(const NtmStep *step, int64 denominator, bool lower)
{
	int64		outside = lower ? -NTM_DECIMAL_LIMIT : NTM_DECIMAL_LIMIT;
	int64		inside = -outside;

	while ((lower ? inside - 1 : inside + 1) != outside)
	{
		/* the two have opposite signs at first, so halve before adding */
		int64		middle = outside / 2 + inside / 2 + (outside % 2 + inside % 2) / 2;

		if (middle == outside || middle == inside)
			middle = lower ? outside + 1 : outside - 1;
		if (within_bound(step, middle, denominator, lower))
			inside = middle;
		else
			outside = middle;
	}
	return inside;
}

bool
ntm_holding_interval(const NtmStep *step, const int64 *values,
					 int64 *low, int64 *high, bool *inside)
{
	int64		denominator;

	*low = step->low;
	*high = step->high;
	*inside = step->kind == NTM_STEP_INTERVAL;
	if (step->kind != NTM_STEP_SHARE)
		return true;

	denominator = values[step->right];
	if (!NTM_VALUE_IS_NUMBER(denominator) || denominator <= 0)
		return false;
	*low = -NTM_DECIMAL_LIMIT;
	*high = NTM_DECIMAL_LIMIT;
	*inside = step->comparison != NTM_DIFFERENT;
	if (step->comparison != NTM_AT_MOST && step->comparison != NTM_BELOW)
		*low = bisect_bound(step, denominator, true);
	if (step->comparison != NTM_AT_LEAST && step->comparison != NTM_ABOVE)
		*high = bisect_bound(step, denominator, false);
	return true;
}

bool
ntm_nearest_target(const NtmStep *step, const int64 *values, bool holds, int64 *target)
{
	const int64 highest = NTM_DECIMAL_LIMIT - 1;
	int64		value = values[step->left];
	int64		low;
	int64		high;
	bool		inside;

	if (!ntm_holding_interval(step, values, &low, &high, &inside))
		return false;

	/* of what is not known only the bound can be said */
	if (!NTM_VALUE_IS_NUMBER(value))
		value = low > -highest ? low : high;

	if (inside == holds)
	{
		low = Max(low, -highest);
		high = Min(high, highest);
		*target = Min(Max(value, low), high);
		return low <= high;
	}

	if (value < low || value > high)
		*target = value;
	else if (low <= -highest && high >= highest)
		return false;
	else if (low > -highest &&
			 (high >= highest || (uint64) value - (uint64) low < (uint64) high - (uint64) value))
		*target = low - 1;
	else
		*target = high + 1;
	return true;
}
