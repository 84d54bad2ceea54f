/*-------------------------------------------------------------------------
 *
 * assess.h
 *	  Assess a unit's measures by a ruleset.
 *
 * What depends only on the ruleset, the unit's classes or the layout of its
 * measures is worked out once per call site and kept for the rows to come.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_ASSESS_H
#define NTM_ASSESS_H

#include "ntm.h"

#include "measures.h"
#include "ruleset.h"

typedef struct NtmAssessor
{
	const NtmRuleset *ruleset;
	const NtmProgram *program;
	const int32 *rules;			/* for every node, its rule for these classes */
	const int32 *positions;		/* for every measure, its place in the values, or -1 */
	int64	   *values;			/* of the unit, by the program's measures */
	NtmVerdict *verdicts;		/* of the nodes, the overall one last */
	NtmVerdict *stack;
	int32	   *points;			/* beside the stack */
	int64		earned_points;	/* in the overall rule's gate by points; -1: none */
	int64		possible_points;	/* if all that is unknown were met */
} NtmAssessor;

/*
 * Assess the arguments of a function: measures first, ruleset second, classes
 * where the caller says.  The result is valid until the next call.
 */
extern const NtmAssessor *ntm_assess_arguments(FunctionCallInfo fcinfo, int classes_argument);

/* The verdict of one comparison with these values, by the program's measures. */
extern NtmVerdict ntm_comparison_verdict(const NtmStep *step, const int64 *values);

/* The verdict of every step of a rule, as in the assessment just made. */
extern void ntm_trace_rule(const NtmAssessor *assessor, const NtmProgramRule *rule,
						   NtmVerdict *trace);

#endif							/* NTM_ASSESS_H */
