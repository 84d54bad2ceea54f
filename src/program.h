/*-------------------------------------------------------------------------
 *
 * program.h
 *	  A ruleset compiled: flat, free of pointers, stored behind the document.
 *
 * Every rule is a run of steps in postfix order, so that it is worked out by
 * walking the run once with a stack.  Whoever changes anything here counts up
 * NTM_PROGRAM_VERSION: stored programs of another version are compiled anew
 * from the document.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_PROGRAM_H
#define NTM_PROGRAM_H

#include "ntm.h"

#include "document.h"

#define NTM_PROGRAM_VERSION		1

typedef enum NtmStepKind
{
	NTM_STEP_INTERVAL,			/* low <= measure <= high */
	NTM_STEP_OUTSIDE,			/* measure < low or measure > high */
	NTM_STEP_SHARE,				/* a share of two measures against its bounds */
	NTM_STEP_NODE,				/* the verdict of another node */
	NTM_STEP_NOT,
	NTM_STEP_GATE,				/* counts the items before it */
	NTM_STEP_UNKNOWN			/* delegated, and not yet set */
} NtmStepKind;

typedef struct NtmStep
{
	uint8		kind;			/* NtmStepKind */
	uint8		comparison;		/* NtmComparison, of comparisons */
	bool		at_most;		/* a gate's threshold is the most, not the least */
	bool		by_points;		/* a gate counts points, not items */
	int32		left;			/* measure; node; number of a gate's items */
	int32		right;			/* the share's denominator, or -1 */
	int32		points;			/* of this step as an item of a gate by points */
	int32		span;			/* steps of this whole condition, itself included */
	int32		scale;			/* of a share: the numerator is multiplied by this */
	int64		low;			/* bound in millionths; a gate's threshold in items or points */
	int64		high;
} NtmStep;

/* one rule of a node: the standard one, or a class's */
typedef struct NtmProgramRule
{
	int32		class_number;	/* -1: the standard rule */
	uint32		text;			/* canonical, as a string; 0 if not stated */
	uint32		source;			/* string, or 0 */
	int32		first_step;
	int32		step_count;		/* 0: only a source, the standard rule holds */
} NtmProgramRule;

typedef struct NtmProgramNode
{
	uint32		code;			/* these are strings, 0 for none */
	uint32		title;
	uint32		measure;
	uint32		unit;
	uint32		delegated;
	uint32		cite;
	int32		parent;			/* -1: a criterion */
	int32		own_measure;	/* its number, or -1 */
	int32		child_count;
	int32		first_rule;		/* the standard rule, then those by class */
	int32		rule_count;
} NtmProgramNode;

typedef struct NtmProgramMeasure
{
	uint32		name;
	uint32		title;			/* 0 for none */
	uint32		unit;
} NtmProgramMeasure;

typedef struct NtmProgramClass
{
	uint32		code;
	uint32		title;			/* 0 for none */
} NtmProgramClass;

/*
 * The head of a program; offsets are in bytes from its start.  The overall
 * rule belongs to one more node behind the others.
 */
typedef struct NtmProgram
{
	uint32		size;
	uint32		title;			/* of the set, 0 for none */
	uint32		code;
	uint32		cite;
	int32		node_count;		/* without the overall one */
	int32		rule_count;
	int32		step_count;
	int32		measure_count;
	int32		class_count;
	uint32		nodes;			/* NtmProgramNode[node_count + 1] */
	uint32		rules;			/* NtmProgramRule[rule_count] */
	uint32		steps;			/* NtmStep[step_count] */
	uint32		measures;		/* NtmProgramMeasure[measure_count], sorted by name */
	uint32		classes;		/* NtmProgramClass[class_count], sorted by code */
	uint32		order;			/* int32[node_count + 1]: order of assessment */
	uint32		tail;			/* what a scorecard carries behind its verdicts */
	uint32		tail_size;
	uint32		strings;		/* NUL-terminated, from offset 1 on */
} NtmProgram;

#define NTM_PROGRAM_PART(program, type, part) ((const type *) ((const char *) (program) + (program)->part))
#define NTM_PROGRAM_NODES(program)	NTM_PROGRAM_PART(program, NtmProgramNode, nodes)
#define NTM_PROGRAM_RULES(program)	NTM_PROGRAM_PART(program, NtmProgramRule, rules)
#define NTM_PROGRAM_STEPS(program)	NTM_PROGRAM_PART(program, NtmStep, steps)
#define NTM_PROGRAM_MEASURES(program) NTM_PROGRAM_PART(program, NtmProgramMeasure, measures)
#define NTM_PROGRAM_CLASSES(program) NTM_PROGRAM_PART(program, NtmProgramClass, classes)
#define NTM_PROGRAM_ORDER(program)	NTM_PROGRAM_PART(program, int32, order)

/* a string of the program, or NULL for 0 */
static inline const char *
ntm_program_string(const NtmProgram *program, uint32 string)
{
	return string ? (const char *) program + program->strings + string : NULL;
}

/* The rule of a node, of those that hold for certain classes, by node. */
static inline const NtmProgramRule *
ntm_program_rule(const NtmProgram *program, const int32 *rules, int node)
{
	return &NTM_PROGRAM_RULES(program)[rules[node]];
}

static inline const NtmStep *
ntm_program_steps(const NtmProgram *program, const NtmProgramRule *rule)
{
	return NTM_PROGRAM_STEPS(program) + rule->first_step;
}

/* Compile a document that has been checked; NULL after a soft error. */
extern NtmProgram *ntm_program_compile(const NtmDocument *document, struct Node *escontext);

#endif							/* NTM_PROGRAM_H */
