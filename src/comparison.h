/*-------------------------------------------------------------------------
 *
 * comparison.h
 *	  The seven SQL functions of a btree operator class, from one comparison.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_COMPARISON_H
#define NTM_COMPARISON_H

#include "compat.h"

#define NTM_COMPARISON_FUNCTION(type, name, result) \
	PG_FUNCTION_INFO_V1(ntm_##type##_##name); \
	Datum \
	ntm_##type##_##name(PG_FUNCTION_ARGS) \
	{ \
		result; \
	} \
	extern int	no_such_function(void)	/* to take a semicolon */

/*
 * compare(fcinfo) orders the first two arguments; made are ntm_<type>_cmp for
 * the operator class and _lt, _le, _gt, _ge for the operators.
 */
#define NTM_ORDER_FUNCTIONS(type, compare) \
	NTM_COMPARISON_FUNCTION(type, cmp, PG_RETURN_INT32(compare(fcinfo))); \
	NTM_COMPARISON_FUNCTION(type, lt, PG_RETURN_BOOL(compare(fcinfo) < 0)); \
	NTM_COMPARISON_FUNCTION(type, le, PG_RETURN_BOOL(compare(fcinfo) <= 0)); \
	NTM_COMPARISON_FUNCTION(type, gt, PG_RETURN_BOOL(compare(fcinfo) > 0)); \
	NTM_COMPARISON_FUNCTION(type, ge, PG_RETURN_BOOL(compare(fcinfo) >= 0))

/* equal(fcinfo) says whether they are the same; made are _eq and _ne. */
#define NTM_EQUALITY_FUNCTIONS(type, equal) \
	NTM_COMPARISON_FUNCTION(type, eq, PG_RETURN_BOOL(equal(fcinfo))); \
	NTM_COMPARISON_FUNCTION(type, ne, PG_RETURN_BOOL(!equal(fcinfo)))

/* All seven; two arguments are the same if neither comes first. */
#define NTM_COMPARISON_FUNCTIONS(type, compare) \
	NTM_ORDER_FUNCTIONS(type, compare); \
	NTM_COMPARISON_FUNCTION(type, eq, PG_RETURN_BOOL(compare(fcinfo) == 0)); \
	NTM_COMPARISON_FUNCTION(type, ne, PG_RETURN_BOOL(compare(fcinfo) != 0))

#endif							/* NTM_COMPARISON_H */
