/*-------------------------------------------------------------------------
 *
 * circuit.h
 *	  The rules that hold for one combination of classes, laid out for one
 *	  layout of measures, so that a unit is assessed without a branch or a
 *	  name: comparisons all at once, then gates as masks and counts.
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

#include "measures.h"
#include "program.h"

/* a gate: counts the slots of a mask, or their points, against a threshold */
typedef struct NtmGate
{
	int32		slot;
	bool		at_most;
	bool		inverted;		/* "not": its one item, the other way round */
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

/* a share of two measures */
typedef struct NtmShare
{
	int32		slot;
	int32		numerator;		/* place in the values, or -1: not there */
	int32		denominator;
	const NtmStep *step;
} NtmShare;

typedef struct NtmCircuit
{
	int32		node_count;
	int32		slot_count;
	int32		word_count;		/* words of 64 slots */

	/* lanes: a slot each; those without a plain comparison are masked out */
	uint64	   *lanes;			/* bit set: there is a comparison */
	int32	   *lane_counts;	/* lanes to be run in each word, a multiple of 8 */
	int32	   *positions;		/* in the values */
	int64	   *low;			/* low > high: no comparison here */
	int64	   *high;
	uint64	   *outside;		/* bit set: met outside of the interval */
	uint64	   *absent;			/* bit set: the measure is not in this layout */

	int32		share_count;
	NtmShare   *shares;

	int32		gate_count;
	NtmGate    *gates;			/* in an order in which each finds its items done */
	uint64	   *masks;
	int32	   *item_slots;
	int32	   *item_points;
	int32		points_gate;	/* the last gate by points of the overall rule, or -1 */

	int32	   *step_slots;		/* by step of the program; -1: not in use */

	/* of the unit assessed last */
	uint64	   *met;			/* counts as met */
	uint64	   *unknown;
	uint64	   *not_applicable;
} NtmCircuit;

/* rules: for every node, the one that holds; positions: of every measure, or -1 */
extern NtmCircuit *ntm_circuit_build(const NtmProgram *program, const int32 *rules, const int32 *positions);

/* Assess a unit; the values are those of its measures as they stand. */
extern void ntm_circuit_run(NtmCircuit *circuit, const int64 *values, int value_count);

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
