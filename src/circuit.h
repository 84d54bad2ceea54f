/*-------------------------------------------------------------------------
 *
 * circuit.h
 *	  The rules that hold for one combination of classes, laid out so that a
 *	  unit is assessed without looking at a rule or a name: all measures are
 *	  compared at once, then gates are masks and counts.
 *
 * Every condition has a slot, a bit in three bit sets: counts as met, unknown,
 * not applicable.  The first slots are the nodes in document order, the next
 * is the overall verdict, what remains are the parts of composite rules.
 *
 *-------------------------------------------------------------------------
 */
#ifndef NTM_CIRCUIT_H
#define NTM_CIRCUIT_H

#include "ntm.h"

#include "program.h"

/* a comparison by itself */
typedef struct NtmComparisonSlot
{
	int32		slot;
	const NtmStep *step;
} NtmComparisonSlot;

/*
 * A gate: at least so many of its items, or points of them, or the opposite of
 * that.  "At most k" is the opposite of "at least k + 1".
 */
typedef struct NtmGate
{
	int32		slot;
	int32		level;			/* above those of all its items */
	bool		all;			/* needs all its items, and is no opposite */
	bool		opposite;
	bool		inverted;		/* "not": what does not apply makes it not met */
	bool		listed;			/* counted item by item, not by mask */
	int64		threshold;

	/* by mask: the words of the bit sets from the first item's to the last's */
	int32		first_word;
	int32		word_count;
	int32		mask;			/* place in the circuit's masks */

	/* item by item: their place in item_slots and item_points */
	int32		first_item;
	int32		item_count;
} NtmGate;

/*
 * Gates of one level whose items all lie in one word, as do their own slots:
 * none waits for another, so they are worked out in one loop.
 */
typedef struct NtmBatch
{
	bool		all;			/* each is */
	int32		from_word;
	int32		to_word;
	int32		first;			/* place in batch_masks and so on */
	int32		count;
	uint64		opposite;		/* bit sets of their own slots */
	uint64		inverted;
} NtmBatch;

/* a batch, or a gate by itself; in an order in which each finds its items done */
typedef struct NtmStage
{
	bool		is_batch;
	int32		number;
} NtmStage;

typedef struct NtmCircuit
{
	int32		node_count;
	int32		slot_count;
	int32		word_count;		/* words of 64 slots */

	/* of each measure the first comparison that is an interval */
	int32		measure_count;
	int64	   *low;			/* without such a comparison, all values are inside */
	int64	   *high;
	int32	   *slots;
	uint64	   *compared;		/* bit set of the slots */
	uint64	   *delegated;		/* bit set: not decided, so unknown whatever the facts */

	/* all others: outside of an interval, shares, and what compares a measure again */
	int32		other_count;
	NtmComparisonSlot *others;

	int32		gate_count;
	NtmGate    *gates;
	uint64	   *masks;
	int32	   *item_slots;
	int32	   *item_points;
	int32		points_gate;	/* the last gate by points of the overall rule, or -1 */

	int32		stage_count;
	NtmStage   *stages;
	NtmBatch   *batches;
	uint64	   *batch_masks;	/* items of each gate */
	uint64	   *batch_bits;		/* its slot */
	int32	   *batch_thresholds;

	int32	   *step_slots;		/* by step of the program; -1: not in use */

	/* of the unit assessed last */
	uint64	   *met;			/* bit set: counts as met */
	uint64	   *unknown;
	uint64	   *not_applicable;
} NtmCircuit;

/* rules: for every node, the one that holds */
extern NtmCircuit *ntm_circuit_build(const NtmProgram *program, const int32 *rules);

/* Assess a unit; values: of the program's measures. */
extern void ntm_circuit_run(NtmCircuit *circuit, const int64 *values);

/* Points earned for certain and at best; false if the set does not score. */
extern bool ntm_circuit_points(const NtmCircuit *circuit, int64 *earned, int64 *possible);

static inline NtmVerdict
ntm_circuit_verdict(const NtmCircuit *circuit, int slot)
{
	uint64		bit = UINT64CONST(1) << (slot % 64);
	int			word = slot / 64;

	if (circuit->unknown[word] & bit)
		return NTM_UNKNOWN;
	if (circuit->not_applicable[word] & bit)
		return NTM_NOT_APPLICABLE;
	return circuit->met[word] & bit ? NTM_MET : NTM_NOT_MET;
}

#endif							/* NTM_CIRCUIT_H */
