/*-------------------------------------------------------------------------
 *
 * satisfy.h
 *	  Can conditions hold together, for any values of their measures?
 *
 * The bounds that rules name cut the axis of each measure, and of each share,
 * into finitely many regions; within a region every condition is constant.  So
 * a search over regions decides.  Two rules make every "no" certain: axes count
 * as independent of each other, also those of a / b and of a; and a search
 * that grows too long ends with "yes".
 *
 * Values are numbers here, and shares have denominators: what is not applicable
 * (0 / 0 too) counts as met in every condition, and what is unknown decides
 * nothing.  So what is said holds of units to which everything applies.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_SATISFY_H
#define NTM_SATISFY_H

#include "ntm.h"

#include "utils/hsearch.h"

#include "document.h"

/* what a unit says of the values a measure can have */
typedef enum NtmDomain
{
	NTM_DOMAIN_OPEN,			/* any number */
	NTM_DOMAIN_YES_NO,			/* 0 or 1 */
	NTM_DOMAIN_PERCENT			/* 0 to 100 */
} NtmDomain;

/* how much of that is believed; every step includes those before it */
typedef enum NtmBelief
{
	NTM_BELIEVE_NOTHING,
	NTM_BELIEVE_YES_NO,
	NTM_BELIEVE_PERCENT			/* though growth, say, may be above 100 % */
} NtmBelief;

/* all values of a measure, of a share, or of another node's verdict */
typedef struct NtmAxis
{
	const char *left;			/* measure, NULL for a node's verdict */
	const char *right;			/* the denominator of a share, or NULL */
	NtmDomain	domain;
	NtmNumber  *bounds;			/* once closed: sorted and distinct */
	int			bound_count;
	int			bound_allocated;
	int			cell_count;		/* below, at and between the bounds, and above */
	int		   *possible;		/* how many of the cells before this one can be */
	int			cell;			/* the one the search is in, or -1 */

	/* while items are sorted by what they share */
	uint64		stamp;
	int			owner;			/* the last item that has this axis */
	int			owner_count;
	struct NtmAxis *next;
} NtmAxis;

/* A rule ready for the search: a range of cells of an axis, or a count of items. */
typedef struct NtmCondition
{
	const NtmRule *rule;		/* as it stands; a reference for each child of "*" */
	int			node;			/* where it stands, -1 for the overall rule */
	bool		inverted;		/* of what follows */

	NtmAxis    *axis;			/* NULL for a count */
	const NtmRule *comparison;	/* on an axis of a measure or share */
	int			low;			/* cells */
	int			high;

	int64		weight;			/* as an item: its points, or 1 */
	int64		needed;			/* holds if items of this weight in all do */
	int64		total;			/* weight of all items */
	int			count;
	struct NtmCondition **items;
} NtmCondition;

/* a condition, or its opposite */
typedef struct NtmLiteral
{
	const NtmCondition *condition;
	bool		want;
	int64		weight;
} NtmLiteral;

typedef struct NtmSpace
{
	const NtmDocument *document;
	NtmDomain	(*domain) (void *context, const char *measure);

	/*
	 * The rule that a reference to a node stands for; NULL leaves its verdict
	 * open.  Without the function all verdicts of other nodes are open.
	 */
	const NtmRule *(*expand) (void *context, int node);
	void	   *context;
	int64	   *work;			/* what may still be spent, over all spaces */

	HTAB	   *axis_numbers;
	NtmAxis   **axes;
	int			axis_count;
	int			axis_allocated;
	List	   *comparisons;	/* of NtmCondition, to be placed when closing */
	int			condition_count;
	bool		too_large;
	NtmBelief	belief;

	/* of the search */
	uint64		stamp;
	int64		query_work;
	int			branches;
	bool		exhausted;
} NtmSpace;

extern NtmSpace *ntm_space_create(const NtmDocument *document, int64 *work, void *context,
								  NtmDomain (*domain) (void *context, const char *measure),
								  const NtmRule *(*expand) (void *context, int node));

/* Add a rule that stands at a node (-1: overall); then close, then ask. */
extern NtmCondition *ntm_space_add(NtmSpace *space, const NtmRule *rule, int node);
extern void ntm_space_close(NtmSpace *space);

/* Can all of these hold at once?  False is certain, true may be not known. */
extern bool ntm_possible(NtmSpace *space, const NtmLiteral *literals, int count, NtmBelief belief);

/* The same for one condition. */
extern bool ntm_can_be(NtmSpace *space, const NtmCondition *condition, bool want, NtmBelief belief);

/*
 * Number the literals so that those which depend on each other, through axes
 * they share, have the same number; -1 for one that depends on no other.
 */
extern int *ntm_groups(NtmSpace *space, const NtmLiteral *literals, int count);

/*
 * What must hold for a condition to be as wanted, if that takes all of
 * several: nested such counts are opened.  Returns the number of literals.
 */
extern int	ntm_conjuncts(const NtmCondition *condition, bool want, NtmLiteral **literals);

/*
 * Of literals that cannot hold at once, keep as few as still cannot; those
 * before "fixed" stay.
 */
extern int	ntm_conflict(NtmSpace *space, NtmLiteral *literals, int count, int fixed, NtmBelief belief);

/* Order of two numbers as bounds of a measure or of a share. */
extern int	ntm_compare_bounds(NtmNumber left, NtmNumber right, bool share);

#endif							/* NTM_SATISFY_H */
