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

#include "circuit.h"
#include "measures.h"
#include "ruleset.h"

typedef struct NtmAssessor
{
	const NtmRuleset *ruleset;
	const NtmProgram *program;
	const int32 *rules;			/* for every node, its rule for these classes */
	const int64 *values;		/* of the program's measures */
	NtmCircuit *circuit;		/* has the verdicts */
} NtmAssessor;

/*
 * Assess the arguments of a function: measures first, ruleset second, classes
 * where the caller says.  The result is valid until the next call.
 */
extern const NtmAssessor *ntm_assess_arguments(FunctionCallInfo fcinfo, int classes_argument);

/* The unit's values by the program's measures, palloc'd. */
extern int64 *ntm_assessor_values(const NtmAssessor *assessor);

/* The verdict of every step of a rule, palloc'd. */
extern NtmVerdict *ntm_assessor_trace(const NtmAssessor *assessor, const NtmProgramRule *rule);

#endif							/* NTM_ASSESS_H */
