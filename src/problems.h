/*-------------------------------------------------------------------------
 *
 * problems.h
 *	  What is probably wrong with a ruleset.
 *
 * A proposal is either a rule in the rule language, and then the whole rule to
 * put in the place of the old one (or the rule of the node that is missing), or
 * a sentence, and then it ends with a full stop, as no rule does.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_PROBLEMS_H
#define NTM_PROBLEMS_H

#include "ntm.h"

#include "satisfy.h"

typedef enum NtmSeverity
{
	NTM_SEVERITY_NOTICE,		/* worth a look */
	NTM_SEVERITY_WARNING,		/* most likely a slip */
	NTM_SEVERITY_ERROR			/* cannot be right */
} NtmSeverity;

typedef struct NtmProblems
{
	const NtmDocument *document;
	MemoryContext context;		/* of what is found */
	List	   *findings;
	int64		work;			/* what may still be spent on searching */
	NtmNames   *measures;
	const char **units;			/* of measures, by number; NULL if not stated */
	bool	   *disputed;		/* units that the document contradicts */

	/* rules found to hold never or always, so that it is not said again */
	bool	   *standard_decided;	/* by node, the overall rule last */
	List	  **variants_decided;	/* by node, of class codes */
} NtmProblems;

/* Note a problem; node -1 is the set as a whole, class NULL the standard rule. */
extern void ntm_problem(NtmProblems *problems, int node, const char *class_code,
						NtmSeverity severity, const char *problem, const char *proposal);

/* A rule between quotes, cut short if it is long. */
extern char *ntm_problem_quote(const NtmRule *rule);

/* The unit of a measure, or NULL; and what that says of its values. */
extern const char *ntm_problem_unit(const NtmProblems *problems, const char *measure);
extern NtmDomain ntm_problem_domain(void *problems, const char *measure);

/*
 * A copy of a rule in which some parts are others; the same pointer if
 * nothing changes, NULL if nothing is left.  The function returns what to put
 * in the place of a part: itself, another one, or NULL to leave it out.
 */
typedef const NtmRule *(*NtmSubstitute) (const NtmRule *rule, void *context);
extern const NtmRule *ntm_problem_rewrite(const NtmRule *rule, NtmSubstitute substitute, void *context);

/* The same with one part replaced, or left out for NULL. */
extern const NtmRule *ntm_problem_replace(const NtmRule *rule, const NtmRule *part, const NtmRule *with);

/* The text of a rule to propose, or NULL if there is none or it would be too large. */
extern char *ntm_problem_proposal(const NtmRule *rule);

/* problem_rules.c: one rule by itself; true if it holds never or always */
extern bool ntm_problems_of_rule(NtmProblems *problems, int node, const char *class_code,
								 const NtmRule *rule);

/* Do two rules of a node decide alike? */
extern bool ntm_problems_equivalent(NtmProblems *problems, int node, const NtmRule *left,
									const NtmRule *right, NtmBelief belief);

/* rules together with those they refer to, for units of a class or of none */
extern void ntm_problems_of_nodes(NtmProblems *problems);

/* problem_numbers.c: numbers that say something else than was probably meant */
extern void ntm_problems_of_numbers(NtmProblems *problems, int node, const char *class_code,
									const NtmRule *rule);

/* problem_bands.c: intervals of one measure, as children or as items */
extern void ntm_problems_of_children(NtmProblems *problems, int parent);
extern void ntm_problems_of_items(NtmProblems *problems, int node, const char *class_code,
								  const NtmRule *rule, const NtmRule *gate);

#endif							/* NTM_PROBLEMS_H */
